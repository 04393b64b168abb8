//! How a migration is written that a PostgreSQL distributed by `user_id` runs too.

use std::collections::BTreeSet;

use crate::source::{files, words};

/// Migrations that were there before these rules; what has once been run is never rewritten.
const BEFORE: i64 = 30;

/// What a distributed PostgreSQL refuses of a migration; nothing where it is right.
fn breach_of_migration(script: &str) -> Option<String> {
    let bare: String =
        script.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let statements: Vec<Vec<String>> = bare.split(';').map(words).filter(|words| !words.is_empty()).collect();
    let mut made = BTreeSet::new();
    let mut tied = false;
    for statement in &statements {
        let has = |word: &str| statement.iter().any(|found| found == word);
        let is = |begins: &[&str]| statement.iter().zip(begins).all(|(one, other)| one == other);
        let adds_key = is(&["alter", "table"]) && has("foreign") && made.contains(&statement[2]);
        if is(&["create", "table"]) {
            if has("references") {
                return Some(format!("{} is made with its foreign keys: add them at the end", statement[2]));
            }
            made.insert(statement[2].clone());
        }
        if is(&["alter", "table"]) {
            let mut depth = 0;
            let parts = statement.iter().filter(|word| {
                depth += i32::from(*word == "(") - i32::from(*word == ")");
                depth == 0 && *word == ","
            });
            let adds_constraint =
                has("constraint") && statement.windows(2).any(|w| w[0] == "add" && w[1] == "constraint");
            if adds_constraint && parts.count() > 0 {
                return Some(format!("an alter of {} adds a constraint and does something else", statement[2]));
            }
            if statement.windows(2).any(|w| w[0] == "add" && w[1] == "column") && has("constraint") && has("references")
            {
                return Some(format!("a column of {} is added with its foreign key", statement[2]));
            }
        }
        if tied && !adds_key {
            return Some(format!("foreign keys of a new table come last, after '{}'", statement.join(" ")));
        }
        tied |= adds_key;
    }
    None
}

#[test]
fn migrations_to_come_can_be_run_on_a_cluster() {
    let migrations = files("migrations", &[".sql"]);
    let version = |path: &str| -> i64 { path.trim_start_matches("migrations/")[..4].parse().unwrap() };
    assert!(migrations.iter().any(|migration| version(&migration.path) == BEFORE), "the list of those before is true");
    for migration in migrations.iter().filter(|migration| version(&migration.path) > BEFORE) {
        assert_eq!(breach_of_migration(&migration.text), None, "{}", migration.path);
    }
    for script in [
        "alter table a add column x text, add constraint a_x check (x <> '');",
        "create table a (user_id uuid constraint a_user references users (id) on delete cascade);",
        "create table a (x text); alter table a add constraint a_user foreign key (x) references users (id); drop table b;",
        "alter table a add column x uuid constraint a_b references b (id);",
    ] {
        assert!(breach_of_migration(script).is_some(), "{script}");
    }
    let right =
        "-- Why; so.\ncreate table a (x text constraint a_x check (x in ('a', 'b'))); create index a_by_x on a (x);
        alter table b add column y text, add column z text; alter table b add constraint b_y check (y <> '');
        alter table a add constraint a_user foreign key (x) references users (id);";
    assert_eq!(breach_of_migration(right), None);
}
