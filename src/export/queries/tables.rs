//! THE list of what an archive holds: each table of a person's own rows, those that are named before those that name them.
//! `tests/http/archives.rs` compares it with the catalogue, and names the tables that are left out, each with its reason.

use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use sqlx::PgConnection;

use crate::access::{Owner, Viewer};

/// The three statements an archive needs of a table: its rows, whether there are any, and rows written.
macro_rules! tables {
    ($($name:literal)+) => {
        /// The tables, in an order in which they can be written.
        pub const TABLES: &[&str] = &[$($name),+];

        /// The rows of a table, each as JSON, without the account.
        pub fn rows<'d>(db: &'d mut PgConnection, by: Viewer, table: &str) -> BoxStream<'d, sqlx::Result<String>> {
            match table {
                $($name => sqlx::query_scalar!(
                    r#"select (to_jsonb(t) - 'user_id')::text as "row!" from "# + $name + r#" t where t.user_id = $1 order by t.id"#,
                    by.user_id() as _,
                )
                .fetch(db),)+
                _ => stream::empty().boxed(),
            }
        }

        /// Whether an account has a row there.
        pub async fn holds_something(db: &mut PgConnection, by: Owner, table: &str) -> sqlx::Result<bool> {
            match table {
                $($name => sqlx::query_scalar!(
                    r#"select (select t.id from "# + $name + r#" t where t.user_id = $1 order by t.id limit 1) is not null as "there!""#,
                    by.user_id() as _,
                )
                .fetch_one(db)
                .await,)+
                _ => Ok(false),
            }
        }

        /// Writes rows, a JSON array of objects with every column; those that say another account are not written.
        pub async fn insert(db: &mut PgConnection, by: Owner, table: &str, rows: &str) -> sqlx::Result<u64> {
            let done = match table {
                $($name => sqlx::query!(
                    "insert into " + $name + " select * from jsonb_populate_recordset(null::" + $name
                        + ", $2::text::jsonb) r where r.user_id = $1",
                    by.user_id() as _,
                    rows,
                )
                .execute(db)
                .await?,)+
                _ => return Ok(0),
            };
            Ok(done.rows_affected())
        }
    };
}

tables! {
    "imports"
    "company_lists"
    "documents"
    "document_versions"
    "companies"
    "contacts"
    "tags"
    "contact_tags"
    "contact_dates"
    "distinct_contacts"
    "distinct_companies"
    "forgotten"
    "captures"
    "introductions"
    "informational_interviews"
    "talk_proposals"
    "questions"
    "interview_questions"
    "findings"
    "captured_lines"
    "insights"
    "insight_links"
    "action_items"
    "openings"
    "opening_changes"
    "offers"
    "offer_criteria"
    "offer_marks"
    "referrals"
    "referral_tasks"
    "sent_documents"
    "touchpoints"
    "reasons"
    "contact_changes"
    "templates"
    "template_versions"
    "comments"
    "suggestions"
    "replans"
    "joins"
}
