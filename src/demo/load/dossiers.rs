//! What makes dossiers of what was learned.

use anyhow::Context;
use sqlx::PgConnection;

use super::Story;
use crate::demo::queries::dossier;
use crate::demo::story::dossier::{FOUND, RESEARCH, TIES};

impl Story {
    /// What she read and found herself, and which lines agree; what was said stands already.
    pub(super) async fn dossiers(&self, db: &mut PgConnection) -> anyhow::Result<()> {
        for it in RESEARCH {
            let company = self.companies.get(it.company).with_context(|| format!("no company {}", it.company))?;
            dossier::research(db, self.by, *company, &it.insight, self.morning(self.day(it.days_ago))).await?;
        }
        for it in FOUND {
            let talk = self.talks.iter().find(|(_, talk)| talk.contact == it.before);
            let (id, talk) = talk.with_context(|| format!("no talk with {}", it.before))?;
            dossier::found(db, self.by, *id, it, self.morning(self.day(talk.days_ago + 1))).await?;
        }
        for tie in TIES {
            dossier::tie(db, self.by, *tie, self.now).await?;
        }
        Ok(())
    }
}
