//! The words of a kind are the same in Rust and in the database.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::Row;

use crate::database::TestDatabase;
use crate::source::{quoted, sources};

type Words = BTreeSet<String>;

/// Columns whose words no enum holds, and why.
const EXCEPTIONS: &[(&str, &str)] = &[];

/// The enums made by `kinds!`, with their stored words.
fn kinds() -> BTreeMap<String, Words> {
    let mut found = BTreeMap::new();
    for source in sources() {
        let code = source.code();
        for block in code.split("kinds! {").skip(1) {
            let Some((_, rest)) = block.split_once("enum ") else { continue };
            let Some((name, members)) = rest.split_once('{') else { continue };
            let members = members.split("\n    }").next().unwrap();
            let words = members.split(';').filter_map(|member| quoted(member.split_once('=')?.1).into_iter().next());
            found.insert(format!("{}::{}", source.path, name.trim()), words.collect());
        }
    }
    found
}

/// The columns whose check lists words.
async fn columns() -> BTreeMap<String, Words> {
    let database = TestDatabase::new().await;
    let sql = "select c.conrelid::regclass || '.' || a.attname, pg_get_constraintdef(c.oid) from pg_constraint c
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
        where c.contype = 'c' and c.connamespace = 'public'::regnamespace and cardinality(c.conkey) = 1 and a.atttypid = 'text'::regtype";
    let rows = sqlx::query(sql).fetch_all(&database.pool()).await.unwrap();
    let read = |definition: &str| definition.split('\'').skip(1).step_by(2).map(str::to_owned).collect::<Words>();
    rows.into_iter()
        .map(|row| (row.get::<String, _>(0), row.get::<String, _>(1)))
        // A list reads 'ANY (ARRAY[..])', or '= word' where it has one.
        .filter(|(_, definition)| definition.contains("ANY (ARRAY") || definition.contains("= '"))
        .map(|(column, definition)| (column, read(&definition)))
        .collect()
}

#[tokio::test]
async fn every_list_of_words_in_the_schema_is_a_kind_with_the_same_words() {
    let (kinds, columns) = (kinds(), columns().await);
    assert!(kinds.len() > 10 && columns.len() > 15, "{} kinds, {} columns", kinds.len(), columns.len());
    let mut wrong = Vec::new();
    for (column, words) in columns {
        let excepted = EXCEPTIONS.iter().any(|(name, _)| *name == column);
        if excepted || kinds.values().any(|kind| *kind == words) {
            continue;
        }
        let nearest = kinds.iter().max_by_key(|(_, kind)| kind.intersection(&words).count());
        let (name, kind) = nearest.unwrap();
        let differs: Vec<_> = kind.symmetric_difference(&words).collect();
        wrong.push(format!("{column}: no kind has its words; the nearest, {name}, differs in {differs:?}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
