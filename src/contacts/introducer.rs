//! Who led the user to a contact, as other rooms note it.

use sqlx::PgConnection;

use super::queries::introducer as queries;
use crate::access::Owner;
use crate::ids::ContactId;

/// Notes that a contact was introduced by another. Returns who was noted before; nothing where there is no such contact.
pub async fn note(
    db: &mut PgConnection,
    by: Owner,
    contact: ContactId,
    introducer: ContactId,
) -> sqlx::Result<Option<Option<ContactId>>> {
    queries::set(db, by, contact, introducer).await
}

/// Puts back who was noted before, if `introducer` is still noted.
pub async fn put_back(
    db: &mut PgConnection,
    by: Owner,
    contact: ContactId,
    introducer: ContactId,
    earlier: Option<ContactId>,
) -> sqlx::Result<()> {
    queries::put_back(db, by, contact, introducer, earlier).await
}
