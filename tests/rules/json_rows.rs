//! Rows that travel as JSON: what a statement calls its keys, and what the struct that reads them calls its fields.
//!
//! SQL is checked when it is compiled, but not what stands inside JSON: a misspelt key of a field that may be missing would
//! silently be none. So each `Json<..>` column's keys are compared with the type that reads it, both ways and all the way down.

mod shape;
mod types;

use std::collections::BTreeSet;

use sqlx::PgPool;
use syn::{GenericArgument, PathArguments, Type};

use self::shape::{Shape, Tables, answered, assigned};
use self::types::{Named, Program, serde_words, words};
use crate::database::TestDatabase;
use crate::source::{Source, register, sources};

/// Fields that not every statement fills, as `Struct.field`, and why. Each has `serde(default)`.
const MAY_BE_MISSING: &[(&str, &str)] = &[
    ("Candidate.named_them", "a company is nobody whom someone could have named"),
    ("Candidate.led", "counted on the page of all ways alone, which tells what else came of them"),
    ("Choice.about", "where two of one label cannot be"),
    ("Peer.by_title", "read from the job title after the row was"),
    ("Peer.by_employer", "read from the company after the row was"),
    ("Peer.warmth_said", "told where people to ask are listed"),
    ("Peer.introducer", "shown with suggestions alone"),
    ("Peer.job_title", "shown with suggestions alone"),
    ("StepRow.days_late", "reckoned by the playbook after the row was read"),
    ("PromiseRow.days_late", "as that of steps"),
    ("ReferralRow.days_late", "as that of steps"),
    ("TaskRow.days_late", "as that of steps"),
    ("OpeningRow.days_late", "as that of steps"),
    ("HistoryEvent.in_writing", "told only where a next step is read from the history"),
];

/// Columns whose JSON a struct reads, and which statements write key by key.
const KEPT: &[(&str, &str)] = &[("users.preferences", "crate::accounts::preferences::Preferences")];

/// Statements that put JSON together for no struct, by how they begin, and who reads it.
const READ_ELSEWHERE: &[(&str, &str)] = &[
    ("select (to_jsonb(t) - 'user_id')::text", "rows of an archive, which go back into the same table"),
    ("select p.name, jsonb_pretty(", "is told to people"),
    ("with news as (", "keeps what an import changed, which its undoing reads by '->>'"),
    ("select c.id from companies c", "compares rows with what an import wrote"),
    ("with taken_back as", "compares rows with what an import wrote"),
    ("update companies k set", "keeps a row as a join left it, which its undoing compares by fields"),
    ("update contacts k set", "keeps a row as a join left it, which its undoing compares by fields"),
    ("select to_jsonb(k) as \"row!\" from", "the undoing of a join compares it by fields"),
];

/// Functions that make JSON of rows.
const MAKE_JSON: [&str; 6] =
    ["json_build_object", "to_json(", "json_agg", "jsonb_build_object", "to_jsonb(", "jsonb_agg"];

/// The types JSON passes through on its way to another.
const AROUND: &[&str] = &["Json", "Option", "Box", "Arc"];
const LISTS: &[&str] = &["Vec", "BTreeSet", "HashSet", "VecDeque"];
/// Types that take whatever keys there are.
const OPEN: &[&str] = &["BTreeMap", "HashMap", "Value", "Map"];

/// Where keys and fields differ in one program over one schema; how often a struct was compared, and what was excepted.
struct Comparison<'p> {
    program: &'p Program,
    schema: &'p Tables,
    problems: Vec<String>,
    compared: usize,
    excepted: BTreeSet<&'static str>,
}

impl<'p> Comparison<'p> {
    /// Compares what the program says whole, and what the register says beyond that.
    fn of(program: &'p Program, schema: &'p Tables, register: &[String]) -> Self {
        let mut own = Self { program, schema, problems: Vec::new(), compared: 0, excepted: BTreeSet::new() };
        let mut said = BTreeSet::new();
        for statement in program.statements() {
            said.insert(statement.sql);
            own.statement(Some(statement.module), statement.sql);
        }
        register.iter().filter(|sql| !said.contains(sql.as_str())).for_each(|sql| own.statement(None, sql));
        own
    }

    /// Without a module, the statement is put together from parts of several.
    fn statement(&mut self, module: Option<&[String]>, sql: &str) {
        if !MAKE_JSON.iter().any(|name| sql.contains(name)) {
            return;
        }
        let place = module.map_or_else(|| "from parts".to_owned(), |module| module.join("::"));
        let about = format!("{place}: {}", sql.trim().lines().next().unwrap_or_default());
        let columns = match answered(sql, self.schema) {
            Ok(columns) => columns,
            Err(error) => return self.problems.push(format!("{about}: {error}")),
        };
        let mut has_reader = self.kept(&about, sql);
        for (column, shape) in columns {
            let Some((name, type_)) = column.split_once(": ") else { continue };
            let Ok(type_) = syn::parse_str::<Type>(type_) else { continue };
            has_reader |= words(&type_).is_some_and(|words| words.last().is_some_and(|last| last == "Json"));
            match module.or_else(|| self.program.module_of_part(sql, &column)) {
                Some(module) => self.compare(&format!("{about}: {name}"), module, &type_, &shape),
                None => self.problems.push(format!("{about}: who reads {column} is not found")),
            }
        }
        let listed = READ_ELSEWHERE.iter().find(|(start, _)| sql.trim_start().starts_with(start));
        match listed {
            _ if has_reader => {}
            Some((start, _)) => drop(self.excepted.insert(start)),
            None => self.problems.push(format!("{about}: puts JSON together that no column hands to a struct")),
        }
    }

    /// Compares the keys written into a stored column with the struct that reads it; whether there was such a column.
    fn kept(&mut self, about: &str, sql: &str) -> bool {
        let mut has_reader = false;
        for (column, shape) in assigned(sql, self.schema) {
            let Some((_, path)) = KEPT.iter().find(|(kept, _)| *kept == column) else { continue };
            let path: Vec<String> = path.split("::").map(str::to_owned).collect();
            let Some((within, Named::Struct(declared))) = self.program.find(&[], &path) else {
                return false;
            };
            let fields = self.program.fields(&within, declared);
            if let Shape::Object(keys) = shape {
                has_reader = true;
                for key in keys.keys().filter(|key| !fields.contains_key(*key)) {
                    self.problems.push(format!("{about}: no field of {} reads the key '{key}'", declared.ident));
                }
            }
        }
        has_reader
    }

    fn compare(&mut self, about: &str, module: &[String], type_: &Type, shape: &Shape) {
        let Some(path) = words(type_) else {
            return self.compare_tuple(about, module, type_, shape);
        };
        let last = path.last().map(String::as_str).unwrap_or_default();
        if OPEN.contains(&last) {
            return;
        }
        if AROUND.contains(&last) {
            return self.compare(about, module, inner(type_), shape);
        }
        if LISTS.contains(&last) {
            return match shape {
                Shape::List(each) => self.compare(about, module, inner(type_), each),
                Shape::Tuple(each) => each.iter().for_each(|each| self.compare(about, module, inner(type_), each)),
                Shape::Object(_) => self.problems.push(format!("{about}: one object is read as a list")),
                Shape::Stored | Shape::Value => {}
            };
        }
        match self.program.find(module, &path) {
            Some((within, Named::Alias(type_))) => self.compare(about, &within, &type_.clone(), shape),
            Some((within, Named::Struct(declared))) if is_read_by_name(declared) => {
                self.compare_struct(about, &within, declared, shape);
            }
            _ if matches!(shape, Shape::Object(_) | Shape::List(_)) => {
                self.problems.push(format!("{about}: {last} is no struct that reads {shape:?}"));
            }
            _ => {}
        }
    }

    fn compare_tuple(&mut self, about: &str, module: &[String], type_: &Type, shape: &Shape) {
        match (type_, shape) {
            (Type::Tuple(tuple), Shape::Tuple(each)) if tuple.elems.len() == each.len() => {
                for (type_, shape) in tuple.elems.iter().zip(each) {
                    self.compare(about, module, type_, shape);
                }
            }
            _ => self.problems.push(format!("{about}: is not read as {shape:?}")),
        }
    }

    fn compare_struct(&mut self, about: &str, module: &[String], declared: &syn::ItemStruct, shape: &Shape) {
        let name = declared.ident.to_string();
        let keys = match shape {
            Shape::Object(keys) => keys,
            // What the program wrote into a column it reads by the same type.
            Shape::Stored => return,
            Shape::List(_) | Shape::Tuple(_) | Shape::Value => {
                return self.problems.push(format!("{about}: which keys {name} gets cannot be told"));
            }
        };
        self.compared += 1;
        let fields = self.program.fields(module, declared);
        for key in keys.keys().filter(|key| !fields.contains_key(*key)) {
            self.problems.push(format!("{about}: no field of {name} reads the key '{key}'"));
        }
        for (field, read) in &fields {
            let full = format!("{name}.{field}");
            match keys.get(field) {
                Some(shape) => self.compare(&format!("{about}.{field}"), &read.module, &read.type_, shape),
                None => match MAY_BE_MISSING.iter().find(|(listed, _)| read.may_be_missing && *listed == full) {
                    Some((listed, _)) => drop(self.excepted.insert(listed)),
                    None => self.problems.push(format!("{about}: no key fills the field '{field}' of {name}")),
                },
            }
        }
    }
}

/// Whether `serde` reads an object into the fields of the struct, by their names.
fn is_read_by_name(declared: &syn::ItemStruct) -> bool {
    let has_names = declared.fields.iter().all(|field| field.ident.is_some());
    let told = serde_words(&declared.attrs);
    has_names && !told.iter().any(|(word, _)| ["transparent", "try_from", "from"].contains(&word.as_str()))
}

/// What a type is generic over, the first of it.
fn inner(type_: &Type) -> &Type {
    let Type::Path(path) = type_ else { return type_ };
    match path.path.segments.last().map(|last| &last.arguments) {
        Some(PathArguments::AngleBracketed(arguments)) => match arguments.args.first() {
            Some(GenericArgument::Type(inner)) => inner,
            _ => type_,
        },
        _ => type_,
    }
}

/// The columns of all tables.
async fn schema(pool: &PgPool) -> Tables {
    let sql = "select table_name::text, column_name::text from information_schema.columns where table_schema = 'public'
        order by table_name, ordinal_position";
    let mut tables = Tables::new();
    for (table, column) in sqlx::query_as::<_, (String, String)>(sql).fetch_all(pool).await.unwrap() {
        tables.entry(table).or_default().push((column, Shape::Stored));
    }
    tables
}

#[tokio::test]
async fn every_key_of_json_is_read_by_a_field_and_every_field_is_filled_by_a_key() {
    let database = TestDatabase::new().await;
    let (program, schema) = (Program::of(&sources()), schema(&database.pool()).await);
    let register: Vec<String> = register().into_iter().map(|(sql, _)| sql).collect();
    let Comparison { problems, compared, excepted, .. } = Comparison::of(&program, &schema, &register);
    assert!(problems.is_empty(), "{}\n\n{} in all", problems.join("\n"), problems.len());
    assert!(compared > 100, "{compared}");
    let listed: BTreeSet<&str> = MAY_BE_MISSING.iter().chain(READ_ELSEWHERE).map(|(listed, _)| *listed).collect();
    assert_eq!(excepted, listed, "an exception that is none any more");
}

/// What is wrong with a program of one room that reads `people` with this statement, and as these types.
fn wrong(sql: &str, types: &str) -> Vec<String> {
    let file = |path: &str, text: String| Source { path: path.into(), text };
    let sources = [
        file("src/lib.rs", String::new()),
        file("src/accounts/mod.rs", String::new()),
        file("src/room/mod.rs", String::new()),
        file("src/room/rows.rs", format!("use serde::Deserialize;\n{types}")),
        file(
            "src/room/queries.rs",
            format!(
                "use super::rows::{{self, Person as Row}};\nfn read() {{ sqlx::query!(r#\"{sql}\"#, by.user_id() as _) }}"
            ),
        ),
        file(
            "src/accounts/preferences.rs",
            "#[derive(Deserialize)] #[serde(default)] pub struct Preferences { pub goals: u8 }".into(),
        ),
    ];
    let columns = ["id", "name", "born"].map(|column| (column.to_owned(), Shape::Stored));
    let schema = Tables::from([("people".into(), columns.to_vec()), ("users".into(), Vec::new())]);
    let program = Program::of(&sources);
    let problems = Comparison::of(&program, &schema, &[]).problems;
    problems.into_iter().map(|problem| problem.rsplit(": ").next().unwrap().to_owned()).collect()
}

#[test]
fn a_key_that_no_field_reads_and_a_field_that_no_key_fills_are_noticed() {
    let person = "#[derive(Deserialize)] pub struct Person { pub id: u8, pub name: Option<String> }";
    for json in ["json", "jsonb"] {
        let built = |keys: &str| {
            format!(r#"select (select {json}_agg({json}_build_object({keys})) from people p) as "x!: Json<Vec<Row>>""#)
        };
        assert_eq!(wrong(&built("'id', p.id, 'name', p.name"), person), [""; 0]);
        assert_eq!(
            wrong(&built("'id', p.id, 'nmae', p.name"), person),
            ["no field of Person reads the key 'nmae'", "no key fills the field 'name' of Person",]
        );
    }
    // Rows of a query and of a table, whole or less a key.
    let rows = |rows: &str| {
        format!(
            r#"with q as ({rows}) select (select coalesce(json_agg(to_json(s)), '[]') from (select * from q) s) as "x!: Json<Vec<rows::Person>>""#
        )
    };
    assert_eq!(wrong(&rows("select id, lower(name) as name from people"), person), [""; 0]);
    assert_eq!(wrong(&rows("select id from people"), person), ["no key fills the field 'name' of Person"]);
    let table = |row: &str| format!(r#"select to_jsonb(p){row} as "x: Json<Option<Row>>" from people p"#);
    assert_eq!(wrong(&table(" - 'born'"), person), [""; 0]);
    assert_eq!(wrong(&table(""), person), ["no field of Person reads the key 'born'"]);
    assert_eq!(
        wrong(&table(" - 'born' || jsonb_build_object('age', 7)"), person),
        ["no field of Person reads the key 'age'"]
    );
}

#[test]
fn names_of_serde_and_structs_in_structs_are_followed() {
    let types = r#"#[derive(Deserialize)] pub struct Person { #[serde(rename = "on")] pub day: u8, #[serde(flatten)] pub both: Both, pub r#in: Place }
        #[derive(Deserialize)] pub struct Both { pub sent: u8, pub answered: u8 }
        type Place = Option<Box<Town>>;
        #[derive(Deserialize)] pub struct Town { pub name: String, #[serde(default)] pub rivers: Vec<String>, #[serde(skip)] pub seen: bool }"#;
    let built = |town: &str, more: &str| {
        format!(
            r#"select case when true then jsonb_build_object('on', 1, 'sent', 2, 'answered', 3{more},
                'in', (select jsonb_build_object({town}) from people p limit 1)) end as "x: Json<Row>""#
        )
    };
    assert_eq!(wrong(&built("'name', p.name, 'rivers', (select jsonb_agg(q.name) from people q)", ""), types), [""; 0]);
    assert_eq!(
        wrong(&built("'name', p.name", ", 'day', 4"), types),
        ["no field of Person reads the key 'day'", "no key fills the field 'rivers' of Town",]
    );
    assert_eq!(
        wrong(&built("'name', p.name, 'rivers', '[]', 'seen', true", ""), types),
        ["no field of Town reads the key 'seen'"]
    );
}

#[test]
fn what_cannot_be_told_is_no_success() {
    let person = "#[derive(Deserialize)] pub struct Person { pub id: u8 }";
    let by_hand = r#"select jsonb_agg(concat('{', p.id, '}')::jsonb) as "x: Json<Vec<Row>>" from people p"#;
    assert_eq!(wrong(by_hand, person), ["which keys Person gets cannot be told"]);
    let unread = "select jsonb_build_object('id', p.id) as x from people p";
    assert_eq!(wrong(unread, person), ["puts JSON together that no column hands to a struct"]);
    let unknown = r#"select jsonb_build_object('id', p.id) as "x: Json<Stranger>" from people p"#;
    assert_eq!(wrong(unknown, person).len(), 1);
    let setting = |key: &str| {
        format!("update users set preferences = preferences || jsonb_build_object('{key}', 1) where id = $1")
    };
    assert_eq!(wrong(&setting("goals"), person), [""; 0]);
    assert_eq!(wrong(&setting("gaols"), person), ["no field of Preferences reads the key 'gaols'"]);
}
