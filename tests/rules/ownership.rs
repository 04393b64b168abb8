//! Whose rows every statement of the register reads and writes, read from PostgreSQL's own plan: each node on a users'
//! table is bound to one user, whatever words the statement says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::plans::Planner;
use crate::source::register;

/// Statements about several people's rows, by how they begin, and why.
const OF_SEVERAL: &[(&str, &str)] = &[
    ("with searches as materialized", "a coach's overview counts each search by a grant of its own"),
    (
        "insert into looks (user_id, id, grant_id, by_name, path, looked_at)\n         select s.user_id",
        "that they were counted is noted for each of them",
    ),
    ("select of.user_id as \"member!: UserId\", of.first", "the sums of a cohort, of at least five people"),
    ("select user_id as \"account: UserId\", sum(size)", "an administrator sees what documents take, and none of them"),
];

/// What a condition says of a user's rows.
#[derive(Debug, PartialEq, Eq)]
enum Says {
    /// The rows of this name belong to the user of a parameter.
    Owned(String),
    /// They belong to one of the users of a parameter.
    OwnedByOneOf(String),
    /// The rows of the two names belong to the same user.
    Together(String, String),
}

/// The parts of a condition joined by `word`, where it stands outside all brackets and quotes.
fn split<'c>(condition: &'c str, word: &str) -> Vec<&'c str> {
    let (mut depth, mut quoted, mut start, mut parts) = (0, false, 0, Vec::new());
    for (at, c) in condition.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ if depth == 0 && !quoted && at >= start && condition[at..].starts_with(word) => {
                parts.push(&condition[start..at]);
                start = at + word.len();
            }
            _ => {}
        }
    }
    parts.push(&condition[start..]);
    parts
}

/// Without the brackets around the whole.
fn bare(condition: &str) -> &str {
    let mut bare = condition.trim();
    while let Some(inner) = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        let mut depth = 0;
        if inner.chars().any(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth < 0
        }) {
            break;
        }
        bare = inner.trim();
    }
    bare
}

/// The name of the rows whose `user_id` this is.
fn rows_of(side: &str) -> Option<&str> {
    side.strip_suffix(".user_id").map(|name| name.trim_matches('"')).filter(|name| !name.contains([' ', '(']))
}

fn is_parameter(side: &str) -> bool {
    let number = bare(side.trim_end_matches("::uuid")).strip_prefix('$');
    number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
}

/// What a condition says for certain: in an `or`, only what each branch says.
fn says(condition: &str) -> Vec<Says> {
    let condition = bare(condition);
    let both = split(condition, " AND ");
    if both.len() > 1 {
        return both.into_iter().flat_map(says).collect();
    }
    let either = split(condition, " OR ");
    if let [first, others @ ..] = either.as_slice()
        && !others.is_empty()
    {
        let others: Vec<_> = others.iter().map(|other| says(other)).collect();
        return says(first).into_iter().filter(|said| others.iter().all(|other| other.contains(said))).collect();
    }
    let Some((left, right)) = condition.split_once(" = ") else { return Vec::new() };
    match (rows_of(left), rows_of(right)) {
        (Some(one), Some(other)) => vec![Says::Together(one.to_owned(), other.to_owned())],
        (Some(rows), None) if is_parameter(right) => vec![Says::Owned(rows.to_owned())],
        (Some(rows), None) if right.starts_with("ANY ($") => vec![Says::OwnedByOneOf(rows.to_owned())],
        (None, Some(rows)) if is_parameter(left) => vec![Says::Owned(rows.to_owned())],
        _ => Vec::new(),
    }
}

/// What a plan reads and writes, and what its conditions say of it.
#[derive(Debug, Default)]
struct Reading {
    /// Each read of a users' table, by the name the plan gives it, with the table's.
    reads: BTreeMap<String, String>,
    /// Results of other parts of the plan: whose rows they are is asked where they are made.
    made: BTreeSet<String>,
    said: Vec<Says>,
    /// What stands for `user_id` in rows inserted into a users' table.
    inserted: Vec<(String, String)>,
    /// It may be about several people.
    of_several: bool,
}

impl Reading {
    fn of(sql: &str, plan: &Value, owned: &BTreeMap<String, usize>) -> Self {
        let of_several = OF_SEVERAL.iter().any(|(start, _)| sql.trim_start().starts_with(start));
        let mut reading = Self { of_several, ..Self::default() };
        reading.take(plan, owned);
        reading
    }

    fn take(&mut self, node: &Value, owned: &BTreeMap<String, usize>) {
        let text = |key: &str| node[key].as_str().unwrap_or_default().to_owned();
        let (kind, table, name) = (text("Node Type"), text("Relation Name"), text("Alias"));
        if kind == "ModifyTable" {
            if text("Operation") == "Insert"
                && let Some(place) = owned.get(&table)
            {
                let rows =
                    node["Plans"].as_array().into_iter().flatten().find(|part| part["Parent Relationship"] == "Outer");
                let user = rows.and_then(|rows| rows["Output"][place - 1].as_str()).unwrap_or("nothing");
                self.inserted.push((table, user.to_owned()));
            }
        } else if owned.contains_key(&table) {
            self.reads.insert(name, table);
        } else if matches!(kind.as_str(), "CTE Scan" | "Subquery Scan" | "WorkTable Scan") {
            self.made.insert(name);
        } else if kind == "Function Scan" && self.of_several {
            // The list of whom it is about.
            self.made.insert(name);
        }
        for key in ["Index Cond", "Recheck Cond", "Filter", "Hash Cond", "Merge Cond", "Join Filter"] {
            self.said.extend(says(&text(key)));
        }
        for part in node["Plans"].as_array().into_iter().flatten() {
            self.take(part, owned);
        }
    }

    /// Names of rows that are one user's.
    fn bound(&self) -> BTreeSet<&str> {
        let mut bound: BTreeSet<&str> = self.made.iter().map(String::as_str).collect();
        loop {
            let before = bound.len();
            for said in &self.said {
                match said {
                    Says::Owned(rows) => {
                        bound.insert(rows);
                    }
                    Says::OwnedByOneOf(rows) => {
                        bound.extend(self.of_several.then_some(rows.as_str()));
                    }
                    Says::Together(one, other) => {
                        if bound.contains(one.as_str()) || bound.contains(other.as_str()) {
                            bound.extend([one.as_str(), other.as_str()]);
                        }
                    }
                }
            }
            if bound.len() == before {
                return bound;
            }
        }
    }

    /// What is read or written without saying whose it is.
    fn unbound(&self) -> Vec<String> {
        let bound = self.bound();
        let reads = self.reads.iter().filter(|(name, _)| !bound.contains(name.as_str()));
        let inserted = self.inserted.iter().filter(|(_, user)| {
            let user = bare(user);
            !is_parameter(user) && rows_of(user).is_none_or(|rows| !bound.contains(rows))
        });
        reads
            .map(|(name, table)| format!("reads {table} as {name}"))
            .chain(inserted.map(|(table, user)| format!("inserts into {table} for {user}")))
            .collect()
    }
}

/// The users' tables: a session is found by its secret, before anybody knows whose it is.
async fn owned(planner: &mut Planner) -> BTreeMap<String, usize> {
    planner.owned().await.into_iter().filter(|(table, _)| table != "sessions").collect()
}

#[tokio::test]
async fn every_plan_binds_every_users_table_to_one_user() {
    let mut planner = Planner::of_two_hundred_people().await;
    let owned = owned(&mut planner).await;
    let mut wrong = Vec::new();
    for (sql, parameters) in register() {
        let Some(plan) = planner.plan(&sql, parameters).await else { continue };
        let unbound = Reading::of(&sql, &plan, &owned).unbound();
        if !unbound.is_empty() {
            wrong.push(format!("{} in:\n{sql}", unbound.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "{} statements\n{}", wrong.len(), wrong.join("\n\n"));
}

#[tokio::test]
async fn a_statement_that_only_names_the_user_is_noticed() {
    let mut planner = Planner::of_two_hundred_people().await;
    let owned = owned(&mut planner).await;
    for sql in [
        "select user_id, name from contacts where id = $1",
        "select name from contacts where id = $1 order by user_id",
        "select c.name from contacts c join companies k on k.user_id = c.user_id and k.id = c.company_id where c.id = $1",
        "select name from contacts where user_id = $1 or email = $2",
        "select name from public.contacts where id = $1",
        "select name from contacts where user_id <> $1 and id = $2",
        "select name from contacts where user_id = any(select id from users where email = $1)",
        "select name from contacts where not (user_id = $1) and id = $2",
        "select name from contacts where user_id = any($1::uuid[]) and id = $2",
        "insert into looks (user_id, id, grant_id, by_name, path, looked_at)
         select u, gen_random_uuid(), $2, 'x', '/', now() from unnest($1::uuid[]) as u",
        "select (select count(*) from companies k where k.id = c.company_id) from contacts c where c.user_id = $1",
        "delete from contacts where id = $1 returning user_id",
        "update contacts set name = $1 where id = $2 returning user_id",
        "delete from contacts c using companies k where k.user_id = $1 and k.id = c.company_id",
        "with x as (select user_id, id from contacts where id = $1) select k.name from x join companies k on k.user_id = x.user_id",
        "insert into findings (user_id, id, interview_id, source, text) select user_id, $1, id, 'website', 'x' from informational_interviews",
        "insert into companies (user_id, id, name, name_key, found_by, created_at)
         select u.id, $1, 'x', 'x', 'own_idea', now() from users u where u.email = $2",
    ] {
        let parameters = ["$1", "$2"].iter().filter(|parameter| sql.contains(**parameter)).count();
        let plan = planner.plan(sql, parameters).await.unwrap();
        assert!(!Reading::of(sql, &plan, &owned).unbound().is_empty(), "{sql}\n{plan:#}");
    }
}

#[test]
fn a_condition_says_what_holds_in_each_of_its_branches() {
    let owned = |name: &str| Says::Owned(name.to_owned());
    for (condition, said) in [
        ("(c.user_id = $1)", vec![owned("c")]),
        ("((c.user_id = ($1)::uuid) AND (c.id = $2))", vec![owned("c")]),
        ("((c.user_id = $1) OR (c.email = $2))", vec![]),
        ("(((c.user_id = $1) AND (c.id = $2)) OR ((c.user_id = $1) AND (c.id = $3)))", vec![owned("c")]),
        ("((c.name = 'x AND (c.user_id = $1)') AND (c.id = $2))", vec![]),
        ("(NOT (c.user_id = $1))", vec![]),
        ("(k.user_id = c.user_id)", vec![Says::Together("k".into(), "c".into())]),
        ("(c.user_id = u.id)", vec![]),
        ("(c.user_id = ANY ($1))", vec![Says::OwnedByOneOf("c".into())]),
    ] {
        assert_eq!(says(condition), said, "{condition}");
    }
}
