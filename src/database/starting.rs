//! The start of the private cluster: its folder, the PostgreSQL that suits its data, its server.

use std::path::Path;

use super::cluster::{Cluster, Ground};
use super::keeper::Restarts;
use super::moving;

impl Cluster {
    /// Starts the cluster in this data folder once it answers: makes it where there is none, and moves it to a newer
    /// PostgreSQL where that can be.
    ///
    /// Errors when another Inroad uses the folder, when no PostgreSQL is found, or when it cannot start; the message
    /// says what to do.
    pub async fn start(bin: Option<&Path>, data_dir: &Path) -> anyhow::Result<Self> {
        Self::start_with(bin, data_dir, Restarts::default()).await
    }

    /// The same, started again by these rules when it ends by itself.
    pub async fn start_with(bin: Option<&Path>, data_dir: &Path, restarts: Restarts) -> anyhow::Result<Self> {
        let ground = Ground::take(data_dir)?;
        let programs = moving::programs_for(bin, &ground).await?;
        Self::run(ground, programs, restarts).await
    }
}
