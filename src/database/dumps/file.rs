//! A file that takes its name once it is whole.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// How a dump in PostgreSQL's custom format begins.
const MAGIC: &[u8] = b"PGDMP";

/// A file being written beside its place, for its owner alone. What had the name stays until `finish`, and for good where
/// that is never reached.
#[derive(Debug)]
pub(super) struct Unfinished {
    file: File,
    path: PathBuf,
    target: PathBuf,
}

impl Unfinished {
    /// Begins a file that will have this name.
    pub fn beside(target: &Path) -> anyhow::Result<Self> {
        let Some(name) = target.file_name() else { bail!("{} is not the name of a file.", target.display()) };
        let mut unfinished = OsString::from(name);
        unfinished.push(format!(".{}.unfinished", std::process::id()));
        let path = target.with_file_name(unfinished);
        // Left by a program of the same number that was killed.
        fs::remove_file(&path).ok();
        let file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(&path);
        let file = file.with_context(|| format!("{} cannot be written", target.display()))?;
        Ok(Self { file, path, target: target.to_owned() })
    }

    /// The file, for who writes it.
    pub fn file(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Gives the file its name, once it is on the disk. Returns how many bytes it has.
    pub fn finish(self) -> io::Result<u64> {
        self.file.sync_all()?;
        let bytes = self.file.metadata()?.len();
        fs::rename(&self.path, &self.target)?;
        sync_folder_of(&self.target)?;
        Ok(bytes)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        fs::remove_file(&self.path).ok();
    }
}

/// Waits until the names in the folder of this file are on the disk too.
pub(in crate::database) fn sync_folder_of(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// Refuses a place where something other than an earlier dump would be lost.
pub(super) fn refuse_anothers(target: &Path) -> anyhow::Result<()> {
    let found = match fs::metadata(target) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("{} cannot be written", target.display())),
    };
    let mut start = Vec::new();
    if found.is_file() {
        let file = File::open(target).with_context(|| format!("{} cannot be looked into", target.display()))?;
        file.take(MAGIC.len() as u64).read_to_end(&mut start)?;
    }
    if found.is_dir() {
        bail!("{} is a folder. Name a file, such as {}.", target.display(), target.join("inroad.dump").display());
    }
    if !found.is_file() || !(start.is_empty() || start == MAGIC) {
        bail!("{} is there already and is not a dump. Choose another name.", target.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_had_the_name_stays_until_the_new_file_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a");
        fs::write(&target, "before").unwrap();
        let unfinished = Unfinished::beside(&target).unwrap();
        unfinished.file().unwrap().write_all(b"half").unwrap();
        drop(unfinished);
        assert_eq!(fs::read_to_string(&target).unwrap(), "before");
        let unfinished = Unfinished::beside(&target).unwrap();
        unfinished.file().unwrap().write_all(b"after").unwrap();
        assert_eq!(unfinished.finish().unwrap(), 5);
        assert_eq!(fs::read_to_string(&target).unwrap(), "after");
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn only_a_dump_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path
        };
        refuse_anothers(&folder.path().join("new")).unwrap();
        refuse_anothers(&file("dump", "PGDMP and more")).unwrap();
        refuse_anothers(&file("made by mktemp", "")).unwrap();
        for (path, word) in [
            (file("letter", "Dear"), "not a dump"),
            (folder.path().to_owned(), "is a folder"),
            ("/dev/null".into(), "not a dump"),
        ] {
            assert!(refuse_anothers(&path).unwrap_err().to_string().contains(word), "{}", path.display());
        }
    }
}
