//! The kinds of things an account holds, as programs know them, named once.

use std::fmt::Display;

use schemars::{Schema, SchemaGenerator};
use sqlx::PgConnection;
use uuid::Uuid;

use super::answer::{Listed, Written};
use super::queries::{Company, Contact, Insight, Interview, Opening, Referral, Resource, Touchpoint};
use crate::access::Viewer;

/// Hands every kind to a macro: its type, where it is, and what a list of it and one of it are called.
macro_rules! with_kinds {
    ($with:ident) => {
        $with! {
            Company "/api/v1/companies" companies company;
            Contact "/api/v1/contacts" contacts contact;
            Touchpoint "/api/v1/touchpoints" touchpoints touchpoint;
            Interview "/api/v1/interviews" interviews interview;
            Insight "/api/v1/insights" insights insight;
            Opening "/api/v1/openings" openings opening;
            Referral "/api/v1/referrals" referrals referral;
        }
    };
}
pub(super) use with_kinds;

macro_rules! things {
    ($($kind:ident $path:literal $list:ident $one:ident;)+) => {
        /// A kind of thing an account holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Thing {
            $(#[doc = concat!("What is at `", $path, "`.")] $kind,)+
        }

        impl Thing {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// Where the things of this kind are.
            pub const fn path(self) -> &'static str {
                match self { $(Self::$kind => $path),+ }
            }

            /// One of this kind as it is read, as JSON.
            ///
            /// # Errors
            /// Only the database's.
            pub async fn read(self, db: &mut PgConnection, by: Viewer, id: Uuid) -> sqlx::Result<Option<String>> {
                match self {
                    $(Self::$kind => Ok(<$kind as Resource>::one(db, by, id).await?.and_then(|one| serde_json::to_string(&one).ok())),)+
                }
            }

            /// What it is, as a schema.
            pub fn schema(self, schemas: &mut SchemaGenerator) -> Schema {
                match self { $(Self::$kind => schemas.subschema_for::<$kind>()),+ }
            }

            /// A page of them, as a schema.
            pub fn page(self, schemas: &mut SchemaGenerator) -> Schema {
                match self { $(Self::$kind => schemas.subschema_for::<Listed<$kind>>()),+ }
            }

            /// What is answered once one was written, as a schema.
            pub fn written(self, schemas: &mut SchemaGenerator) -> Schema {
                match self { $(Self::$kind => schemas.subschema_for::<Written<$kind>>()),+ }
            }
        }
    };
}

with_kinds!(things);

impl Thing {
    /// Where one of them is.
    pub fn path_of(self, id: impl Display) -> String {
        format!("{}/{id}", self.path())
    }
}
