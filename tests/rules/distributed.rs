//! What a PostgreSQL that is distributed by `user_id` refuses, held without one: what a statement may join and call, and how
//! constraints are named and compared.

use std::collections::BTreeSet;

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::database::TestDatabase;
use crate::source::{register, sources, words};
use crate::statements::named;

/// Statements that read both everyone's tables and one user's, by how they begin, and why.
const BOTH: &[(&str, &str)] = &[];

/// Functions whose result may change between two statements, over columns of an UPDATE, and why that does no harm.
const STABLE: &[(&str, &str)] = &[];

/// The tables of the schema, those of the users first.
struct Tables {
    owned: BTreeSet<String>,
    global: BTreeSet<String>,
}

impl Tables {
    async fn there(db: &mut PgConnection) -> Self {
        let all: Vec<(String, bool)> = sqlx::query_as(
            "select t.table_name::text, t.table_name <> 'sessions' and exists (select from information_schema.columns c
                 where c.table_schema = 'public' and c.table_name = t.table_name and c.column_name = 'user_id')
             from information_schema.tables t where t.table_schema = 'public' and t.table_name <> '_sqlx_migrations'",
        )
        .fetch_all(db)
        .await
        .unwrap();
        let of =
            |sought: bool| all.iter().filter(|(_, owned)| *owned == sought).map(|(name, _)| name.clone()).collect();
        Self { owned: of(true), global: of(false) }
    }
}

/// A query inside a statement: its words, but for those of the queries in it, each of which is one word `()`.
fn queries(words: &[String]) -> Vec<Vec<String>> {
    let mut open: Vec<(bool, Vec<String>)> = vec![(true, Vec::new())];
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).map(String::as_str).unwrap_or_default();
        if word == "(" && matches!(next, "select" | "with" | "insert" | "update" | "delete" | "values") {
            open.push((true, Vec::new()));
        } else if word == "(" {
            open.push((false, vec!["(".into()]));
        } else if word == ")" && open.len() > 1 {
            let (is_query, inner) = open.pop().unwrap();
            let outer = &mut open.last_mut().unwrap().1;
            if is_query {
                outer.push("()".into());
                found.push(inner);
            } else {
                outer.extend(inner);
                outer.push(")".into());
            }
        } else {
            open.last_mut().unwrap().1.push(word.clone());
        }
    }
    found.extend(open.into_iter().map(|(_, words)| words));
    found
}

/// Words that cannot be the name of rows.
const KEYWORDS: &[&str] =
    &["where", "join", "left", "cross", "on", "set", "order", "group", "select", "as", "using", "limit"];

/// The names that rows have in a query.
fn rows(query: &[String]) -> BTreeSet<&str> {
    let mut rows = BTreeSet::new();
    for (at, word) in query.iter().enumerate() {
        let [next, after] = [1, 2].map(|more| query.get(at + more).map(String::as_str).unwrap_or_default());
        if matches!(word.as_str(), "from" | "join" | "update" | "into" | "using" | "," | "lateral") {
            rows.extend([next, if after == "as" { query.get(at + 3).map_or("", String::as_str) } else { after }]);
        } else if matches!(word.as_str(), "()" | ")") {
            rows.insert(if next == "as" { after } else { next });
        }
    }
    rows.into_iter().filter(|name| !KEYWORDS.contains(name)).collect()
}

/// Where a query inside another takes the user from a row of the outer one.
fn takes_the_outer_user(sql: &str) -> Option<String> {
    for query in queries(&words(sql)) {
        let rows = rows(&query);
        for three in query.windows(3).filter(|three| three[1] == "=") {
            let [left, right] = [&three[0], &three[2]];
            if ![left, right].iter().all(|side| *side == "user_id" || side.ends_with(".user_id")) {
                continue;
            }
            let outer = [left, right].into_iter().find(|side| {
                side.strip_suffix(".user_id").is_some_and(|name| !rows.contains(name) && name != "excluded")
            });
            if let Some(outer) = outer {
                return Some(format!("{} = {}, where {outer} is of no row of the same query", three[0], three[2]));
            }
        }
    }
    None
}

/// What the rules refuse of a statement's form; nothing where it is right.
fn breach(sql: &str, tables: &Tables) -> Option<String> {
    let all = words(sql);
    let own = named(&all, &tables.owned);
    let everybodys = named(&all, &tables.global);
    if !own.is_empty() && !everybodys.is_empty() {
        return Some(format!("reads both {own:?} and {everybodys:?}"));
    }
    if let Some(outer) = takes_the_outer_user(sql) {
        return Some(outer);
    }
    queries(&all).iter().find_map(|query| breach_of_query(query, tables))
}

fn breach_of_query(query: &[String], tables: &Tables) -> Option<String> {
    let place = |sought: &[&str]| query.windows(sought.len()).position(|found| found.iter().eq(sought.iter()));
    if let Some(into) = place(&["insert", "into"]) {
        let table = &query[into + 2];
        if let Some(values) = query.iter().position(|word| word == "values") {
            let end = query.iter().position(|word| matches!(word.as_str(), "on" | "returning")).unwrap_or(query.len());
            if query[values..end.max(values)].iter().any(|word| word == "()") {
                return Some("has a query in its values".into());
            }
        }
        let source = query.windows(3).find(|w| w[0] == "from" && tables.owned.contains(&w[1])).map(|w| &w[1]);
        if let (Some(select), Some(source)) = (query.iter().position(|word| word == "select"), source) {
            let from = query[select..].iter().position(|word| word == "from").unwrap_or(0) + select;
            let begins = &query[from + 1] == source;
            if tables.owned.contains(table) && begins && query[select + 1].starts_with('$') {
                return Some(format!("takes {} for the user, not that of {source}", query[select + 1]));
            }
        }
        if let Some(update) = place(&["do", "update"])
            && tables.owned.contains(table)
        {
            let end = query.iter().position(|word| word == "returning").unwrap_or(query.len());
            let parameter = query[update..end.max(update)].iter().find(|word| word.starts_with('$'));
            return parameter.map(|parameter| format!("names {parameter}, not 'excluded', where the row is there"));
        }
        return None;
    }
    let target = match query {
        [first, target, ..] if first == "update" => target,
        _ => return None,
    };
    let from = query.iter().position(|word| word == "from")?;
    // What `is distinct from` compares is no source.
    (tables.global.contains(target) && query[from - 1] != "distinct")
        .then(|| format!("changes {target}, everyone's, from other rows"))
}

/// Whether a column stands among what a function is given, up to the bracket that ends it: a word that is neither a function
/// nor the type of a cast.
fn names_a_column(given: &[String]) -> bool {
    let mut depth = 1;
    for (at, word) in given.iter().enumerate() {
        depth += i32::from(word == "(") - i32::from(word == ")");
        if depth == 0 {
            return false;
        }
        let is_called = given.get(at + 1).is_some_and(|next| next == "(");
        let is_type = at > 0 && given[at - 1] == ":";
        let is_word = matches!(word.as_str(), "null" | "true" | "false" | "and" | "or" | "not" | "is");
        if word.starts_with(|c: char| c.is_alphabetic()) && !is_called && !is_type && !is_word {
            return true;
        }
    }
    false
}

/// The functions a query calls where an UPDATE sets columns or says which rows, over something that is no parameter.
fn called_over_columns(sql: &str) -> BTreeSet<String> {
    let mut called = BTreeSet::new();
    for query in queries(&words(sql)).iter().filter(|query| query.first().is_some_and(|word| word == "update")) {
        let Some(set) = query.iter().position(|word| word == "set") else { continue };
        let from = query[set..].windows(2).position(|w| w[1] == "from" && w[0] != "distinct").map(|at| at + set + 1);
        let conditions = query[set..].iter().position(|word| word == "where").map(|at| at + set);
        let end = query.iter().position(|word| word == "returning").unwrap_or(query.len());
        // Rows that a function makes are not asked of a row that changes.
        let is_source = |at: usize| from.is_some_and(|from| at > from && conditions.is_none_or(|start| at < start));
        for at in (set..end.min(query.len())).filter(|at| !is_source(*at)) {
            let is_call = query.get(at + 1).is_some_and(|next| next == "(");
            if is_call && query[at].starts_with(|c: char| c.is_alphabetic()) && names_a_column(&query[at + 2..]) {
                called.insert(query[at].clone());
            }
            // Of the casts, those from text to a day or an instant depend on the session's settings.
            if query[at] == ":" && query.get(at + 1).is_some_and(|next| next == ":") && !query[at - 1].starts_with('$')
            {
                let to = query.get(at + 2).map(String::as_str).unwrap_or_default();
                if matches!(to, "date" | "timestamptz" | "timestamp" | "time") && query[at - 1] != "''" {
                    called.insert(to.to_owned());
                }
            }
        }
    }
    called
}

/// Those of these functions that are not immutable, in every form they have.
async fn not_immutable(db: &mut PgConnection, called: BTreeSet<String>) -> Vec<String> {
    let names: Vec<String> = called.into_iter().collect();
    sqlx::query_scalar(
        "select distinct p.proname::text from pg_proc p
         where p.proname = any($1) and p.pronamespace = 'pg_catalog'::regnamespace and p.provolatile <> 'i'
             and p.proname not in (select a.proname from pg_proc a where a.prokind = 'a')
         order by 1",
    )
    .bind(names)
    .fetch_all(db)
    .await
    .unwrap()
}

#[tokio::test]
async fn every_statement_can_be_sent_to_the_shard_of_one_user() {
    let database = TestDatabase::new().await;
    let mut db = PgConnection::connect(&database.url).await.unwrap();
    let tables = Tables::there(&mut db).await;
    assert!(tables.owned.len() > 20 && tables.global.len() == 22, "{:?}", tables.global);
    let mut wrong = Vec::new();
    for (sql, _) in register() {
        let excepted = BOTH.iter().any(|(start, _)| sql.trim_start().starts_with(start));
        wrong.extend(breach(&sql, &tables).filter(|_| !excepted).map(|why| format!("{why}:\n{sql}")));
        let stable = not_immutable(&mut db, called_over_columns(&sql)).await;
        let stable: Vec<_> = stable.iter().filter(|name| STABLE.iter().all(|(known, _)| known != name)).collect();
        if !stable.is_empty() {
            wrong.push(format!("{stable:?} over columns of a change:\n{sql}"));
        }
    }
    assert!(wrong.is_empty(), "{} statements\n{}", wrong.len(), wrong.join("\n\n"));
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_statement_that_would_be_refused_is_noticed() {
    let database = TestDatabase::new().await;
    let mut db = PgConnection::connect(&database.url).await.unwrap();
    let tables = Tables::there(&mut db).await;
    for sql in [
        "select 1 from sessions s join contacts c on c.user_id = s.user_id where s.token_hash = $1",
        "select c.name from companies c cross join lateral (select count(*) as n from contacts where user_id = c.user_id) p
         where c.user_id = $1",
        "with x as (select id from companies where user_id = $1) select 1 from contacts c where c.user_id = $1
             and exists (select from openings o where o.user_id = c.user_id and o.company_id = c.company_id)",
        "insert into offers (user_id, id, opening_id) select $1, $2, o.id from openings o where o.user_id = $1",
        "with n as (insert into offers (user_id, id, opening_id) select $1, $2, o.id from openings o where o.user_id = $1
             returning id) select id from n",
        "insert into offers as f (user_id, id, salary) values ($1, $2, $3) on conflict (user_id, id) do update set salary = $3",
        "insert into offers as f (user_id, id, salary) values ($1, $2, $3) on conflict (user_id, id) do update
             set salary = excluded.salary where f.version = $4 returning f.id",
        "insert into grants (id, owner_id) values ($1, (select id from users where email = $2))",
        "update grants g set let_in_at = $1 from users u where u.id = g.coach_id",
        "with x as (update sessions s set looking_at = null from gone where s.user_id = gone.coach_id) select 1",
    ] {
        assert!(breach(sql, &tables).is_some(), "{sql}");
        // That it is SQL at all.
        sqlx::raw_sql(AssertSqlSafe(format!("prepare asked as {}", sql.replace("from gone", "from grants gone"))))
            .execute(&mut db)
            .await
            .unwrap();
        sqlx::raw_sql("deallocate asked").execute(&mut db).await.unwrap();
    }
    for sql in [
        "select k.name from contacts k join companies c on c.user_id = k.user_id and c.id = k.company_id where k.user_id = $1",
        "insert into offers as f (user_id, id, salary) select o.user_id, $2, $3 from openings o where o.user_id = $1
             on conflict (user_id, id) do update set salary = excluded.salary where f.version = excluded.version - 1",
        "insert into rate_limits as l (key) values ($1) on conflict (key) do update set count = $2",
        "update grants g set let_in_at = $1 where exists (select from users u where u.id = g.coach_id)",
        "update users set name = $2 where id = $1 and name is distinct from $2",
        "update contacts k set company_id = null from companies c where k.user_id = $1 and c.user_id = $1 and c.id = k.company_id",
    ] {
        assert_eq!(breach(sql, &tables), None, "{sql}");
    }
    for (sql, stable) in [
        ("update insights set before = jsonb_build_object('text', text) where user_id = $1", "jsonb_build_object"),
        ("update companies c set version = 2 where user_id = $1 and to_jsonb(c) = $2", "to_jsonb"),
        ("with x as (update contacts set notes = concat(lower($2), name) where user_id = $1) select 1", "concat"),
        ("update companies c set notes = format('%s', upper(c.name)) where user_id = $1", "format"),
        (
            "update contacts k set connected_on = (h.before ->> 'on')::date from contact_changes h where k.user_id = $1",
            "date",
        ),
    ] {
        let found = not_immutable(&mut db, called_over_columns(sql)).await;
        let found = found.iter().any(|name| name == stable);
        assert!(found, "{sql}");
    }
    for sql in [
        "update insights set before = jsonb_object(array['text'], array[text]) where user_id = $1",
        "update contacts set due_on = greatest(moved_from, $2::date), notes = coalesce(notes, name) where user_id = $1",
        "update users set preferences = preferences || jsonb_build_object('done', $2::date) where id = $1",
        "update users set preferences = preferences || jsonb_build_object('done', to_jsonb($2::text[])) where id = $1",
        "update contacts k set email = b.email from jsonb_to_record($3) as b (email text) where k.user_id = $1",
    ] {
        assert_eq!(not_immutable(&mut db, called_over_columns(sql)).await, [""; 0], "{sql}");
    }
    db.close().await.unwrap();
}

#[test]
fn names_of_constraints_are_compared_in_one_place() {
    let asks = |code: &str| code.contains(".constraint()");
    assert!(asks("e.constraint() == Some(\"questions_text_taken\")"));
    let places: Vec<String> = sources().into_iter().filter(|s| asks(&s.code())).map(|s| s.path).collect();
    assert_eq!(
        places,
        ["src/database/constraint.rs"],
        "a shard's names end in its number: use database::on_constraint"
    );
}

const LONG_OR_NUMBERED: &str = "select conname::text from pg_constraint where connamespace = 'public'::regnamespace
         and (conname ~ '[0-9]$' or length(conname) > 50)
     union select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('i', 'r')
         and (relname ~ '[0-9]$' or length(relname) > 50)";

#[tokio::test]
async fn no_name_of_the_schema_ends_in_a_digit_or_leaves_no_room_for_a_shards_number() {
    let database = TestDatabase::new().await;
    let mut db = PgConnection::connect(&database.url).await.unwrap();
    let found: Vec<String> = sqlx::query_scalar(LONG_OR_NUMBERED).fetch_all(&mut db).await.unwrap();
    assert_eq!(found, [""; 0]);
    let long = "a".repeat(51);
    let breach = format!("alter table users add constraint users_2 check (true), add constraint {long} check (true)");
    sqlx::raw_sql(AssertSqlSafe(breach)).execute(&mut db).await.unwrap();
    let found: Vec<String> = sqlx::query_scalar(LONG_OR_NUMBERED).fetch_all(&mut db).await.unwrap();
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), BTreeSet::from([long, "users_2".to_owned()]));
    db.close().await.unwrap();
}
