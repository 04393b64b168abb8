//! What is known of the contacts beside the people themselves, before files are held against them.

use std::collections::HashMap;

use sqlx::PgConnection;

use super::plan::jobs::Openings;
use super::queries::Kept;
use crate::access::Viewer;
use crate::contacts::forgotten::Marks;
use crate::contacts::imports::queries::{self as contacts, Past};
use crate::contacts::queries::forgotten;
use crate::ids::ContactId;
use crate::openings::imports::queries as openings;

/// What is known already.
#[derive(Debug, Default)]
pub struct Before {
    /// Their histories.
    pub pasts: HashMap<ContactId, Past>,
    /// Their notes.
    pub notes: HashMap<ContactId, String>,
    /// Whom the user asked to forget.
    pub forgotten: Marks,
    /// The openings that are there.
    pub openings: Openings,
}

impl Before {
    /// As far as files that are kept like this say something about it.
    pub async fn files(db: &mut PgConnection, by: impl Into<Viewer>, kept: Kept) -> sqlx::Result<Self> {
        let by: Viewer = by.into();
        let forgotten = forgotten::marks(&mut *db, by).await?;
        Ok(match kept {
            Kept::Connections => Self { forgotten, ..Self::default() },
            Kept::People => Self { notes: contacts::notes(db, by).await?, forgotten, ..Self::default() },
            Kept::Archive => Self {
                pasts: contacts::pasts(&mut *db, by).await?,
                notes: contacts::notes(&mut *db, by).await?,
                forgotten,
                openings: Openings::of(&openings::known(db, by).await?),
            },
        })
    }
}
