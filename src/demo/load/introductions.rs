//! Who could introduce her to whom, and who did: what the story's histories say of each person someone led her to.

use sqlx::PgConnection;

use super::Story;
use crate::demo::queries::introductions as queries;
use crate::demo::story::{self, BRIDGES};
use crate::ids::{ContactId, IntroductionId};
use crate::playbook::event::Kind;
use crate::playbook::introduction::Standing;

impl Story {
    /// An introduction for everyone someone leads her to, as far as it has got, and those she has only noted.
    pub(super) async fn introductions(&mut self, db: &mut PgConnection) -> anyhow::Result<()> {
        for it in story::contacts() {
            let Some(introducer) = it.introduced_by else { continue };
            let lines: Vec<_> = it.history.iter().map(|told| (told.kind, self.day(told.days_ago))).collect();
            let speaks = |kind| matches!(kind, Kind::IntroductionAsked | Kind::Introduced);
            let lines: Vec<_> = lines.into_iter().filter(|(kind, _)| speaks(*kind)).collect();
            let id = self.introduction(db, (introducer, it.name), &Standing::of(&lines), None).await?;
            self.introductions.insert(it.name, id);
        }
        for (introducer, introduced, note) in BRIDGES {
            self.introduction(db, (introducer, introduced), &Standing::of(&[]), Some(note)).await?;
        }
        Ok(())
    }

    async fn introduction(
        &self,
        db: &mut PgConnection,
        (introducer, introduced): (&str, &str),
        standing: &Standing,
        note: Option<&str>,
    ) -> anyhow::Result<IntroductionId> {
        let id = IntroductionId::new();
        let pair: (ContactId, ContactId) = (self.known(introducer)?.0, self.known(introduced)?.0);
        let began = standing.asked_on.or(standing.made_on).map_or(self.now, |day| self.morning(day));
        queries::introduction(db, self.by, id, pair, standing, note, began).await?;
        Ok(id)
    }

    /// The introduction an event of a history is about.
    pub(super) fn introduction_of(&self, name: &str, kind: Kind) -> Option<IntroductionId> {
        let speaks = matches!(kind, Kind::IntroductionAsked | Kind::Introduced);
        self.introductions.get(name).copied().filter(|_| speaks)
    }
}
