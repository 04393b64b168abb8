//! How much an account may keep here.

use crate::config::Config;

/// Files an account may have.
const FILES_MOST: i64 = 500;

/// Room an account may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Bytes one file may have.
    pub each: i64,
    /// Bytes of all files together.
    pub together: i64,
    /// Files.
    pub files: i64,
}

impl Room {
    /// Of an account with as many MB of its own, if it has any; otherwise as the installation is set up.
    pub fn of(config: &Config, documents_mb: Option<i16>) -> Self {
        let together = documents_mb.map_or(config.documents_most, |mb| i64::from(mb) << 20);
        Self { each: config.document_most, together, files: FILES_MOST }
    }

    /// Whether this much may be taken.
    pub const fn holds(&self, taken: &Taken) -> bool {
        taken.largest <= self.each && taken.together <= self.together && taken.files <= self.files
    }
}

/// Room an account has taken, with what is in the bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Bytes of the largest file.
    pub largest: i64,
    /// Bytes of all files together.
    pub together: i64,
    /// Files.
    pub files: i64,
}
