//! The fuzzer's promises, tried for a few seconds each on the seeds and on what becomes of them. `INROAD_FUZZ_SECONDS` says how
//! many; a nightly compiler and `cargo fuzz` look longer and deeper.

#![expect(clippy::unwrap_used, reason = "a test's helpers fail with the test")]

use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

#[path = "../../fuzz/promises.rs"]
mod promises;

/// What is promised of any bytes: it panics where the promise is broken.
type Promise = fn(&[u8]);

/// Each promise of the fuzzer, by the name of its target.
const PROMISES: &[(&str, Promise)] = &[
    ("addresses", promises::addresses),
    ("archive", promises::archive),
    ("company_list", promises::company_list),
    ("connections", promises::connections),
    ("decode", promises::decode),
    ("document", promises::document),
    ("linkedin_archive", promises::linkedin_archive),
    ("table", promises::table),
    ("text", promises::text),
    ("vcard", promises::vcard),
    ("workbook", promises::workbook),
];

/// What tends to break readers, put in anywhere.
const SPICES: &[&[u8]] = &[
    b"\0",
    b"\r\n",
    b"\t",
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\xe2\x80\x8b",
    b"\xcc\x81",
    b"\xf0\x9f\x91\xa9\xe2\x80\x8d",
    b"\xc3",
    b"@",
    b"://",
    b"%00",
    b"%",
    b"..",
    b"#",
    b"xn--",
    b"9999-99-99",
    b" ",
];

/// One change of a text.
#[derive(Debug, Clone)]
enum Edit {
    Put(usize, Vec<u8>),
    Cut(usize, usize),
    Repeat(usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let put = prop_oneof![
        prop::sample::select(SPICES).prop_map(<[u8]>::to_vec),
        any::<char>().prop_map(|c| c.to_string().into_bytes()),
        any::<u8>().prop_map(|byte| vec![byte]),
    ];
    prop_oneof![
        3 => (any::<usize>(), put).prop_map(|(at, bytes)| Edit::Put(at, bytes)),
        1 => (any::<usize>(), 1..16_usize).prop_map(|(at, length)| Edit::Cut(at, length)),
        1 => (any::<usize>(), 1..64_usize).prop_map(|(at, length)| Edit::Repeat(at, length)),
    ]
}

fn edited(seed: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for edit in edits {
        let (at, length) = match edit {
            Edit::Put(at, _) => (at % (bytes.len() + 1), 0),
            Edit::Cut(at, length) | Edit::Repeat(at, length) => (at % (bytes.len() + 1), *length),
        };
        let part = at..(at + length).min(bytes.len());
        match edit {
            Edit::Put(_, put) => drop(bytes.splice(part, put.iter().copied())),
            Edit::Cut(..) => drop(bytes.drain(part)),
            Edit::Repeat(..) => bytes.extend_from_within(part),
        }
    }
    bytes
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What stands in the folder of a target's seeds.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = root().join("fuzz/seeds").join(name);
    let mut seeds: Vec<Vec<u8>> =
        std::fs::read_dir(folder).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    if name == "connections" {
        seeds.push(std::fs::read(root().join("tests/data/Connections.csv")).unwrap());
    }
    seeds.sort();
    seeds
}

fn keeps(name: &str) {
    let (_, promise) = *PROMISES.iter().find(|(named, _)| *named == name).unwrap();
    let seeds = seeds(name);
    assert!(!seeds.is_empty());
    seeds.iter().for_each(|seed| promise(seed));
    let seconds = std::env::var("INROAD_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(3);
    let end = Instant::now() + Duration::from_secs(seconds);
    let inputs = (prop::sample::select(seeds), prop::collection::vec(edit(), 0..12))
        .prop_map(|(seed, edits)| edited(&seed, &edits));
    let mut tried = 0;
    while Instant::now() < end {
        let cases = 64;
        let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&inputs, |bytes| {
            promise(&bytes);
            Ok(())
        });
        if let Err(failure) = outcome {
            panic!("{failure}");
        }
        tried += cases;
    }
    println!("{name}: {tried} inputs");
}

#[test]
fn addresses_are_safe_links() {
    keeps("addresses");
}

#[test]
fn an_archive_is_whole_or_refused() {
    keeps("archive");
}

#[test]
fn files_of_a_linkedin_archive_give_something_or_an_error() {
    keeps("linkedin_archive");
}

#[test]
fn a_pasted_list_is_answered_line_by_line() {
    keeps("company_list");
}

#[test]
fn a_file_gives_people_or_an_error() {
    keeps("connections");
}

#[test]
fn bytes_are_text_or_an_error() {
    keeps("decode");
}

#[test]
fn a_file_is_a_document_of_one_format_or_refused() {
    keeps("document");
}

#[test]
fn kept_text_fits_and_reads_back() {
    keeps("text");
}

#[test]
fn a_table_gives_people_or_an_error() {
    keeps("table");
}

#[test]
fn cards_give_people_or_an_error() {
    keeps("vcard");
}

#[test]
fn spreadsheets_give_people_or_an_error() {
    keeps("workbook");
}

/// The fuzzer's programs are made of one line each, so that what compiles here compiles there.
#[test]
fn the_fuzzer_has_these_promises_and_no_others() {
    let manifest = std::fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    let named: Vec<&str> = PROMISES.iter().map(|(name, _)| *name).collect();
    let listed: Vec<&str> =
        manifest.split("[[bin]]\nname = \"").skip(1).filter_map(|bin| bin.split('"').next()).collect();
    assert_eq!(listed, named);
    let files = std::fs::read_dir(root().join("fuzz/fuzz_targets")).unwrap();
    assert_eq!(files.count(), named.len());
    for name in named {
        let target = std::fs::read_to_string(root().join(format!("fuzz/fuzz_targets/{name}.rs"))).unwrap();
        assert_eq!(
            target,
            format!(
                "#![no_main]\n\n#[path = \"../promises.rs\"]\nmod promises;\n\n\
                 libfuzzer_sys::fuzz_target!(|bytes: &[u8]| promises::{name}(bytes));\n"
            )
        );
    }
}
