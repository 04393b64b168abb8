//! Checks of an installation, and of a running Inroad from outside.

mod checks;
mod probe;

pub use checks::examine;
pub use probe::healthcheck;
