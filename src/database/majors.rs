//! Which PostgreSQL runs the data: the one that wrote it, or a newer one that it is moved to.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::programs::{self, OLDEST, Programs};
use super::system::System;

/// What a start does about the versions it finds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// Run these programs; the data is theirs, or there is none yet.
    Use(Programs),
    /// Move the data to newer programs first. The old ones are needed only where no dump holds everything.
    Move { old: Option<Programs>, new: Programs },
}

/// What is known of the data when a start looks for programs.
#[derive(Debug)]
pub(super) struct Data {
    /// Where it is.
    pub folder: PathBuf,
    /// The major version that wrote it.
    pub written_by: u32,
    /// Whether a dump holds all of it.
    pub is_dumped: bool,
    /// The newest dump there is.
    pub newest_dump: Option<PathBuf>,
}

/// Chooses among the programs of this machine, the named folder before all others.
///
/// Errors when none will do; the message says what will, on this machine.
pub(super) fn choose(named: Option<&Path>, data: Option<&Data>) -> anyhow::Result<Choice> {
    let wanted = programs::wanted(named)?;
    let Some(data) = data else { return programs::newest_enough(wanted).map(Choice::Use) };
    let olds = || programs::wanted(None).unwrap_or_default();
    match decide(&wanted, olds, data) {
        Some(choice) => Ok(choice),
        None => bail!("{}", what_would_work(&wanted, data, System::here())),
    }
}

fn decide(wanted: &[Programs], all: impl FnOnce() -> Vec<Programs>, data: &Data) -> Option<Choice> {
    let same = wanted.iter().find(|programs| programs.major == data.written_by);
    let newer = wanted.iter().find(|programs| programs.major > data.written_by.max(OLDEST - 1));
    // What a new cluster would be made with comes first; data made with it is never moved away.
    let preferred = wanted.iter().find(|programs| programs.major >= OLDEST);
    if let (Some(same), Some(preferred)) = (same, preferred)
        && preferred.major <= same.major
    {
        return Some(Choice::Use(same.clone()));
    }
    let Some(newer) = newer else { return same.cloned().map(Choice::Use) };
    let old = same.cloned().or_else(|| all().into_iter().find(|programs| programs.major == data.written_by));
    (old.is_some() || data.is_dumped).then(|| Choice::Move { old, new: newer.clone() })
}

fn what_would_work(wanted: &[Programs], data: &Data, system: System) -> String {
    let (major, folder) = (data.written_by, data.folder.display());
    let name_it = "or name the folder of its programs in INROAD_PG_BIN";
    if let Some(newer) = wanted.iter().find(|programs| programs.major > major) {
        let from_dump = match &data.newest_dump {
            Some(dump) => format!(
                " Or go on from the last dump, which may lack what was entered after it was taken: \
                 `mv '{folder}' '{folder}.{major}'`, then `inroad restore '{}'`.",
                dump.display()
            ),
            None => String::new(),
        };
        return format!(
            "The data in {folder} was written by PostgreSQL {major}, but this machine has only PostgreSQL {} ({}). \
             Install PostgreSQL {major} beside it {}: the next start then moves the data to {} by itself. Or keep to \
             {major}, and name the folder of its programs in INROAD_PG_BIN.{from_dump}",
            newer.major,
            newer.folder.display(),
            system.major(major),
            newer.major,
        );
    }
    let has = match wanted.first() {
        Some(old) => format!("this machine has only PostgreSQL {} ({})", old.major, old.folder.display()),
        None => "no PostgreSQL was found on this machine".into(),
    };
    let how = if data.is_dumped && wanted.is_empty() {
        format!(
            "Install PostgreSQL {major} or newer {}: a newer one takes the data over by itself, since the last dump holds \
             all of it",
            system.any()
        )
    } else {
        format!("Install PostgreSQL {major} {}", system.major(major))
    };
    format!("The data in {folder} was written by PostgreSQL {major}, but {has}. {how}, {name_it}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programs(major: u32) -> Programs {
        Programs { folder: format!("/programs/{major}").into(), major }
    }

    fn data(written_by: u32, is_dumped: bool) -> Data {
        Data { folder: "/data/postgres".into(), written_by, is_dumped, newest_dump: None }
    }

    fn decided(wanted: &[u32], all: &[u32], data: &Data) -> Option<Choice> {
        let list = |majors: &[u32]| majors.iter().map(|major| programs(*major)).collect::<Vec<_>>();
        decide(&list(wanted), || list(all), data)
    }

    #[test]
    fn the_version_that_wrote_the_data_runs_it_until_a_newer_one_comes_first_and_can_take_it_over() {
        let (old, new) = (Some(programs(15)), programs(18));
        let moved = Some(Choice::Move { old, new: new.clone() });
        let from_dump = Some(Choice::Move { old: None, new });
        let same = Some(Choice::Use(programs(15)));
        for (wanted, all, dumped, expected) in [
            (&[15_u32][..], &[15_u32][..], false, &same),
            (&[15, 18], &[15, 18], false, &same),
            (&[18, 15], &[18, 15], false, &moved),
            (&[18, 15], &[18, 15], true, &moved),
            // A folder was named.
            (&[15], &[18, 15], false, &same),
            (&[18], &[18, 15], false, &moved),
            // The old programs are gone.
            (&[18], &[18], true, &from_dump),
            (&[18], &[18], false, &None),
            (&[14, 18], &[14, 18], true, &from_dump),
            (&[14, 18], &[14, 18], false, &None),
            // Nothing newer.
            (&[14, 15], &[14, 15], true, &same),
            (&[14], &[14], true, &None),
            (&[], &[], true, &None),
        ] {
            assert_eq!(&decided(wanted, all, &data(15, dumped)), expected, "{wanted:?} {all:?} {dumped}");
        }
        // Data of a version that is too old for Inroad itself is moved only to one that is not.
        assert_eq!(decided(&[13], &[13], &data(12, true)), None);
    }

    #[test]
    fn where_nothing_will_do_the_message_says_what_will_here() {
        let message = |wanted: &[u32], data: &Data| {
            let wanted: Vec<_> = wanted.iter().map(|major| programs(*major)).collect();
            what_would_work(&wanted, data, System::Alpine)
        };
        let newer_only = message(&[18], &data(15, false));
        for words in ["written by PostgreSQL 15", "only PostgreSQL 18 (/programs/18)", "postgresql15", "by itself"] {
            assert!(newer_only.contains(words), "{words}: {newer_only}");
        }
        assert!(!newer_only.contains("inroad restore"), "{newer_only}");
        let dump = Data { newest_dump: Some("/data/dumps/a.dump".into()), ..data(15, false) };
        assert!(message(&[18], &dump).contains("`inroad restore '/data/dumps/a.dump'`"));
        let none = message(&[], &data(15, false));
        assert!(none.contains("no PostgreSQL was found") && none.contains("postgresql15"), "{none}");
        let none_but_dumped = message(&[], &data(15, true));
        assert!(
            none_but_dumped.contains("15 or newer") && none_but_dumped.contains("postgresql "),
            "{none_but_dumped}"
        );
        let older_only = message(&[14], &data(15, true));
        assert!(older_only.contains("only PostgreSQL 14") && older_only.contains("postgresql15"), "{older_only}");
        for message in [newer_only, none, none_but_dumped, older_only] {
            assert!(message.contains("INROAD_PG_BIN") && !message.contains("  "), "{message}");
        }
    }
}
