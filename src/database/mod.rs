//! The way to the database: the pool, the schema's migrations, and the private cluster where no server is named.
//!
//! No statements of features are here; each feature has its own `queries`.

mod cluster;
mod connect;
mod constraint;
pub mod dumps;
mod keeper;
pub mod large;
mod lease;
mod leftover;
mod majors;
mod migrations;
mod moving;
mod open;
mod parent_death;
mod place;
mod process;
mod programs;
mod pulse;
mod queries;
mod sql;
mod starting;
mod system;
mod time;
mod trouble;

pub use cluster::Cluster;
pub use constraint::{Restored, on_constraint, refusal};
pub use keeper::{Health, Restarts};
pub use lease::{Lease, connection};
pub use migrations::{MIGRATIONS, migrate, schema_is_current};
pub use open::{Database, Found, look, open, open_beside, open_running, time};
pub use pulse::Pulse;
pub(crate) use queries::paged::paged;
pub use time::{At, Day};
pub use trouble::{Trouble, in_words};
