//! What she sends along, on its way into the database.

use anyhow::{Context, ensure};
use sqlx::PgConnection;

use super::Story;
use crate::demo::story::{DOCUMENTS, SentTo, Version};
use crate::documents::document::NewVersion;
use crate::documents::format::Format;
use crate::documents::queries::sent::{self, For, Sent};
use crate::documents::queries::{self, Kept};
use crate::documents::room::Room;
use crate::ids::{DocumentId, DocumentVersionId, SentDocumentId};
use crate::text::Line;

/// Room for a few pages of text, however little the installation gives.
const ROOM: Room = Room { each: 1 << 20, together: 1 << 20, files: 100 };

impl Story {
    pub(super) async fn documents(&self, db: &mut PgConnection) -> anyhow::Result<()> {
        for it in DOCUMENTS {
            let id = DocumentId::new();
            let mut is_there = false;
            for version in it.versions {
                let at = self.morning(self.day(version.days_ago));
                let file = NewVersion {
                    id: DocumentVersionId::new(),
                    file_name: Line::parse(version.file_name).context("a file's name fits")?,
                    format: Format::Text,
                    content: version.text.as_bytes().to_vec(),
                };
                let kept = if is_there {
                    queries::add(&mut *db, self.by, id, &file, ROOM, at).await?
                } else {
                    queries::create(&mut *db, self.by, (id, it.name, it.kind), &file, ROOM, at).await?
                };
                ensure!(kept == Kept::Yes, "the story's document {} is not kept: {kept:?}", it.name);
                is_there = true;
                self.sent(db, file.id, version).await?;
            }
        }
        Ok(())
    }

    async fn sent(&self, db: &mut PgConnection, version: DocumentVersionId, it: &Version) -> anyhow::Result<()> {
        for to in it.sent {
            let (what_for, days_ago) = match *to {
                SentTo::Opening(title, company, days_ago) => {
                    let company = *self.companies.get(company).with_context(|| format!("no company {company}"))?;
                    let opening =
                        self.openings.get(&(title, company)).with_context(|| format!("no opening {title}"))?;
                    (For::Opening(opening.0), days_ago)
                }
                SentTo::Referral(name, days_ago) => {
                    let contact = self.known(name)?.0;
                    let referral = self.referrals.get(&contact).with_context(|| format!("no referral by {name}"))?;
                    (For::Referral(referral.0), days_ago)
                }
            };
            let on = self.day(days_ago);
            let sent = Sent { id: SentDocumentId::new(), version, on };
            sent::note(&mut *db, self.by, sent, what_for, self.morning(on)).await?.context("it was sent")?;
        }
        Ok(())
    }
}
