//! Why an archive is not taken, in words that say what and where.

use crate::documents::room::{Room, Taken};

/// Bytes of the file as it is sent, at most.
pub const FILE_MOST: u64 = 256 * 1024 * 1024;
/// Bytes of everything in it, unpacked.
pub const UNPACKED_MOST: u64 = 512 * 1024 * 1024;
/// Bytes of one row.
pub const ROW_MOST: usize = 40 * 1024 * 1024;
/// Rows of all tables.
pub const ROWS_MOST: u64 = 1_000_000;
/// Bytes of rows of one table that name rows after them.
pub const WAITING_MOST: usize = 32 * 1024 * 1024;

const MIB: u64 = 1024 * 1024;

const fn mb(bytes: i64) -> i64 {
    bytes / 1024 / 1024
}

const fn mb_up(bytes: i64) -> i64 {
    mb(bytes + 1024 * 1024 - 1)
}

/// Why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing was chosen, or nothing is in it.
    #[error("The file is empty. Choose an archive that an Inroad made; its name ends in .zip")]
    Empty,
    /// It is no zip file, or its end is missing.
    #[error(
        "This is no zip file, or it was cut off. Choose the archive as it was downloaded, and download it again if that doesn't help"
    )]
    NoZip,
    /// A file in it cannot be unpacked.
    #[error("{file} in it can't be unpacked: the archive is damaged. Download it again")]
    Damaged {
        /// The file inside.
        file: String,
    },
    /// A zip of something else.
    #[error(
        "This zip file holds no inroad.json, so it's no archive of Inroad. Choose one that was downloaded under Export"
    )]
    NoManifest,
    /// What the archive says of itself makes no sense.
    #[error("inroad.json in it can't be read: {what}")]
    Manifest {
        /// What is wrong.
        what: String,
    },
    /// A later program made it.
    #[error(
        "It was made by a newer Inroad (schema {schema}; this one knows {known}). Update this Inroad first, then bring it in"
    )]
    Newer {
        /// Its number.
        schema: i64,
        /// The last that is known.
        known: i64,
    },
    /// Files of rows nobody knows.
    #[error("It holds {file}, which this Inroad doesn't know")]
    Unknown {
        /// The file inside.
        file: String,
    },
    /// More than anybody's search needs.
    #[error("It holds too much: unpacked, an archive may have {} MB and {ROWS_MOST} rows", UNPACKED_MOST / MIB)]
    TooMuch,
    /// One row is wrong.
    #[error("{file}, line {line}: {what}")]
    Row {
        /// The file inside.
        file: String,
        /// Counted from 1.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
    /// Documents that have no room here.
    #[error(
        "It holds documents of {} MB, and one of {} MB; here they may have {} MB together, {} MB each, and {} files. Ask the person who runs this Inroad for more room",
        mb_up(taken.together), mb_up(taken.largest), mb(room.together), mb(room.each), room.files
    )]
    NoRoom {
        /// What they take.
        taken: Taken,
        /// What there is.
        room: Room,
    },
    /// Not all of it is there, or more.
    #[error(
        "{file} in it has {found} rows, and inroad.json says {said}: it isn't as it was written. Download the archive again"
    )]
    Count {
        /// The file inside.
        file: String,
        /// The rows found.
        found: u64,
        /// The rows there should be.
        said: u64,
    },
    /// The account has something in it.
    #[error(
        "This account isn't empty. An archive comes into an account with nothing in it, not even in the bin: make a new account for it"
    )]
    NotEmpty,
}
