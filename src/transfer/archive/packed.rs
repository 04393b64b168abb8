//! A ZIP archive, opened as if whoever sent it meant harm: its names are never paths, only files that are known are read, and
//! how much may come out of it is limited while it comes.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use zip::ZipArchive;
use zip::result::ZipError;

use super::files::FileKind;

/// The most entries of an archive; LinkedIn's have some fifty, and one for each article.
const ENTRIES_MAX: usize = 2_000;
/// The most bytes of an archive's list of entries.
const LIST_MAX: u64 = 4 * 1024 * 1024;
/// The most bytes that come out of it.
const INFLATED_MAX: u64 = 320 * 1024 * 1024;
/// Text gets some ten times smaller; this is no text any more.
const RATIO_MAX: u64 = 200;
/// From here on the ratio counts: a short list of much the same lines gets very small.
const RATIO_FROM: u64 = 1024 * 1024;

/// Why an archive is not read, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// No archive, or one that was cut off.
    #[error("The archive is damaged. Download it again")]
    Damaged,
    /// More entries than an archive of a person's has.
    #[error("The archive has more than {ENTRIES_MAX} files")]
    TooMany,
    /// None of the files that are used.
    #[error(
        "There is no file of LinkedIn in this archive. Choose the one LinkedIn sent you, or Connections.csv, Invitations.csv or messages.csv out of it"
    )]
    NothingKnown,
}

/// Why one file of an archive is not read, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum Spoilt {
    #[error("It is locked with a password. Unpack the archive, and choose the files in it")]
    Locked,
    #[error("It is packed in a way that is not read here. Unpack the archive, and choose the files in it")]
    OtherMethod,
    #[error("The archive is damaged here. Download it again")]
    Damaged,
    #[error("More comes out of the archive than the {} MB that are read", INFLATED_MAX / 1024 / 1024)]
    TooLarge,
    #[error("It is packed so tightly that it cannot be a list of people")]
    TooTight,
}

/// An opened archive.
pub struct Packed<R> {
    archive: ZipArchive<Metered<R>>,
    left: u64,
}

impl<R: Read + Seek> Packed<R> {
    /// Opens an archive.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn open(source: R) -> Result<Self, Unusable> {
        let left = Rc::new(Cell::new(LIST_MAX));
        let metered = Metered { source, left: Rc::clone(&left) };
        let archive = ZipArchive::new(metered).map_err(|_| Unusable::Damaged)?;
        left.set(u64::MAX);
        if archive.len() > ENTRIES_MAX {
            return Err(Unusable::TooMany);
        }
        Ok(Self { archive, left: INFLATED_MAX })
    }

    /// The files that are known, with their places and names.
    ///
    /// # Errors
    /// [`Unusable::NothingKnown`].
    pub fn known(&mut self) -> Result<Vec<(usize, FileKind, String)>, Unusable> {
        let mut found = Vec::new();
        for at in 0..self.archive.len() {
            let Some(Ok(name)) = self.archive.name_for_index(at) else { continue };
            if let Some(kind) = FileKind::of_name(&name) {
                found.push((at, kind, super::base_name(&name)));
            }
        }
        if found.is_empty() { Err(Unusable::NothingKnown) } else { Ok(found) }
    }

    /// The files of wanted names, with their places.
    pub fn named(&mut self, wanted: impl Fn(&str) -> bool) -> Vec<(usize, String)> {
        let places = 0..self.archive.len();
        let named = places.filter_map(|at| Some((at, self.archive.name_for_index(at)?.ok()?.into_owned())));
        named.filter(|(_, name)| wanted(name)).collect()
    }

    /// Reads one file. Faults of the archive come as errors of the reader.
    pub fn read<T, E>(&mut self, at: usize, read: impl FnOnce(&mut dyn Read) -> Result<T, E>) -> Result<T, E>
    where
        E: From<io::Error>,
    {
        let left = &mut self.left;
        let file = self.archive.by_index(at).map_err(|error| io::Error::other(spoilt(&error)))?;
        if !matches!(file.compression(), zip::CompressionMethod::Stored | zip::CompressionMethod::Deflated) {
            return Err(io::Error::other(Spoilt::OtherMethod).into());
        }
        let packed = file.compressed_size().max(1);
        read(&mut Limited { source: file, packed, given: 0, left })
    }
}

fn spoilt(error: &ZipError) -> Spoilt {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Spoilt::Locked,
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => Spoilt::OtherMethod,
        _ => Spoilt::Damaged,
    }
}

/// A source of which only so many bytes are read: the list of entries is in memory as a whole, however long it says it is.
struct Metered<R> {
    source: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(to)?;
        let left = self.left.get();
        if length as u64 > left {
            return Err(io::Error::other(Unusable::TooMany));
        }
        if left != u64::MAX {
            self.left.set(left - length as u64);
        }
        Ok(length)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}

/// What comes out of one file, as long as it is not too much.
struct Limited<'l, R> {
    source: R,
    packed: u64,
    given: u64,
    /// Bytes that may still come out of the archive.
    left: &'l mut u64,
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(to).map_err(|_| io::Error::other(Spoilt::Damaged))?;
        self.given += length as u64;
        *self.left = self.left.checked_sub(length as u64).ok_or_else(|| io::Error::other(Spoilt::TooLarge))?;
        if self.given > RATIO_FROM && self.given / self.packed > RATIO_MAX {
            return Err(io::Error::other(Spoilt::TooTight));
        }
        Ok(length)
    }
}
