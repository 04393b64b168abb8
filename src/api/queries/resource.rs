//! What the kinds have in common.

use std::future::Future;

use schemars::JsonSchema;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::Viewer;

/// A kind of thing an account holds.
pub trait Resource: Serialize + JsonSchema + Sized + Send {
    /// Which one it is.
    fn id(&self) -> Uuid;

    /// Those after one, in the order of their making.
    fn page(
        db: &mut PgConnection,
        by: Viewer,
        after: Option<Uuid>,
        most: i64,
    ) -> impl Future<Output = sqlx::Result<Vec<Self>>> + Send;

    /// The one of this id.
    fn one(db: &mut PgConnection, by: Viewer, id: Uuid) -> impl Future<Output = sqlx::Result<Option<Self>>> + Send;
}

/// The two statements of a kind: what `select` reads of the table `from`, whose rows are `t`, where `alive` holds.
macro_rules! resource {
    ($type:ident, from = $from:literal, select = $select:literal, alive = $alive:literal) => {
        impl $crate::api::queries::resource::Resource for $type {
            fn id(&self) -> uuid::Uuid {
                self.id.0
            }

            async fn page(
                db: &mut sqlx::PgConnection,
                by: $crate::access::Viewer,
                after: Option<uuid::Uuid>,
                most: i64,
            ) -> sqlx::Result<Vec<Self>> {
                sqlx::query_as!(
                    $type,
                    $select
                        + " from "
                        + $from
                        + " t where t.user_id = $1 and ($2::uuid is null or t.id > $2)"
                        + $alive
                        + " order by t.id limit $3",
                    by.user_id() as _,
                    after,
                    most,
                )
                .fetch_all(db)
                .await
            }

            async fn one(
                db: &mut sqlx::PgConnection,
                by: $crate::access::Viewer,
                id: uuid::Uuid,
            ) -> sqlx::Result<Option<Self>> {
                sqlx::query_as!(
                    $type,
                    $select + " from " + $from + " t where t.user_id = $1 and t.id = $2" + $alive,
                    by.user_id() as _,
                    id,
                )
                .fetch_optional(db)
                .await
            }
        }
    };
}
pub(super) use resource;
