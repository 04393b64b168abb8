//! What comes next for openings, on its way into the database.

use anyhow::Context;
use jiff::ToSpan;
use sqlx::PgConnection;

use super::Story;
use crate::demo::queries::ahead as queries;
use crate::demo::story::ahead::{CAREERS, NEXT_STEPS};

impl Story {
    pub(super) async fn ahead(&self, db: &mut PgConnection) -> anyhow::Result<()> {
        let company = |name: &str| self.companies.get(name).copied().with_context(|| format!("no company {name}"));
        for it in NEXT_STEPS {
            let key = (it.title, company(it.company)?);
            let (opening, ..) = self.openings.get(&key).with_context(|| format!("no opening {}", it.title))?;
            let on = self.today.saturating_add(i32::from(it.days_ahead).days());
            queries::next_step(db, self.by, *opening, it.step, on).await?;
        }
        for (name, days, ago) in CAREERS {
            let looked_on = self.today.saturating_sub(i32::from(*ago).days());
            queries::careers(db, self.by, company(name)?, *days, looked_on).await?;
        }
        Ok(())
    }
}
