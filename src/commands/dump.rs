//! `inroad dump` and `inroad restore`: everything into one file, and back.

use std::path::Path;

use crate::config::Config;
use crate::database::dumps;

/// Writes everything into a file.
///
/// # Errors
/// In words that say what would be right.
pub async fn take(config: &Config, file: &Path) -> anyhow::Result<()> {
    let bytes = dumps::take(config, file).await?;
    println!("Everything is in {} ({}).", file.display(), size(bytes));
    Ok(())
}

/// Brings back what a dump holds.
///
/// # Errors
/// In words that say what would be right.
pub async fn restore(config: &Config, file: &Path, replace: bool) -> anyhow::Result<()> {
    let accounts = match dumps::restore(config, file, replace).await? {
        1 => "one account".into(),
        accounts => format!("{accounts} accounts"),
    };
    println!("What {} holds is back: {accounts}.", file.display());
    Ok(())
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
