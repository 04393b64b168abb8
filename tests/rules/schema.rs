//! The rules of the schema, read from the catalogue: the same schema runs on one machine and on a cluster that is
//! distributed by `user_id`.

use crate::database::TestDatabase;

/// Tables that belong to the whole installation.
const GLOBAL: [&str; 22] = [
    "access_tokens",
    "audit_events",
    "ceremonies",
    "cohort_members",
    "cohorts",
    "grants",
    "identities",
    "invitations",
    "job_runs",
    "mails",
    "notices",
    "oauth_clients",
    "oauth_codes",
    "passkeys",
    "push_devices",
    "rails",
    "rate_limits",
    "reminders",
    "reminders_told",
    "sessions",
    "settings",
    "users",
];

/// Asks for what breaks a rule: `$1` are the global tables, `own` in the statement the oids of the users' tables.
async fn breaks(rule: &str, sql: &str) {
    let database = TestDatabase::new().await;
    let own = "own as (select oid, relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and relname <> all($1) and relname <> '_sqlx_migrations')";
    let sql = sqlx::AssertSqlSafe(format!("with {own} {sql}"));
    let found: Vec<String> = sqlx::query_scalar(sql).bind(GLOBAL.as_slice()).fetch_all(&database.pool()).await.unwrap();
    assert!(found.is_empty(), "{rule}: {found:#?}");
}

#[tokio::test]
async fn every_table_but_the_listed_ones_belongs_to_a_user() {
    breaks(
        "without 'user_id uuid not null'",
        "select relname::text from own where not exists (select from pg_attribute
             where attrelid = own.oid and attname = 'user_id' and atttypid = 'uuid'::regtype and attnotnull)",
    )
    .await;
    breaks(
        "listed, but not there",
        "select name from unnest($1) name where not exists (select from pg_class where relnamespace = 'public'::regnamespace
             and relname = name)",
    )
    .await;
}

#[tokio::test]
async fn the_primary_key_is_user_and_id() {
    breaks(
        "another primary key",
        "select relname::text from own where not exists (select from pg_constraint c where c.conrelid = own.oid and c.contype = 'p'
             and (select array_agg(a.attname::text order by k.nr) from unnest(c.conkey) with ordinality k (num, nr)
                 join pg_attribute a on a.attrelid = own.oid and a.attnum = k.num) = array['user_id', 'id'])",
    )
    .await;
    breaks(
        "an id that is no uuid, or may be missing",
        "select relname::text from own where not exists (select from pg_attribute
             where attrelid = own.oid and attname = 'id' and atttypid = 'uuid'::regtype and attnotnull)",
    )
    .await;
}

#[tokio::test]
async fn every_index_and_foreign_key_of_a_users_table_begins_with_the_user() {
    breaks(
        "an index that begins otherwise",
        "select i.indexrelid::regclass::text from pg_index i join own on own.oid = i.indrelid
             join pg_attribute u on u.attrelid = own.oid and u.attname = 'user_id' where i.indkey[0] <> u.attnum",
    )
    .await;
    breaks(
        "a foreign key that begins otherwise",
        "select conname::text from pg_constraint c join own on own.oid = c.conrelid
             join pg_attribute u on u.attrelid = own.oid and u.attname = 'user_id' where c.contype = 'f' and c.conkey[1] <> u.attnum",
    )
    .await;
    breaks(
        "a foreign key to another user's rows",
        "select conname::text from pg_constraint c join own on own.oid = c.conrelid join own other on other.oid = c.confrelid
             join pg_attribute u on u.attrelid = other.oid and u.attname = 'user_id' where c.contype = 'f' and c.confkey[1] <> u.attnum",
    )
    .await;
    breaks(
        "no foreign key to the user, which deletes with them",
        "select relname::text from own where not exists (select from pg_constraint c where c.conrelid = own.oid and c.contype = 'f'
             and c.confrelid = 'users'::regclass and c.confdeltype = 'c')",
    )
    .await;
}

/// But for `saved_from`, which marks the open page that wrote a text last and names no row, and `grant_id`: grants are the
/// installation's, and what a coach did stays told when theirs is gone.
#[tokio::test]
async fn whatever_names_another_row_is_a_foreign_key() {
    breaks(
        "an id that refers to nothing",
        "select own.relname || '.' || a.attname from own join pg_attribute a on a.attrelid = own.oid and a.attnum > 0 and not a.attisdropped
         where a.atttypid = 'uuid'::regtype and a.attname <> 'id' and a.attname !~ '(^|_)saved_from$' and a.attname <> 'grant_id' and not exists (
             select from pg_constraint c where c.conrelid = own.oid and c.contype = 'f' and a.attnum = any(c.conkey))",
    )
    .await;
    breaks(
        "a foreign key without an index to follow it back",
        "select conname::text from pg_constraint c join own on own.oid = c.conrelid
         where c.contype = 'f' and cardinality(c.conkey) = 2 and not exists (select from pg_index i
             where i.indrelid = own.oid and i.indkey[0] = c.conkey[1] and c.conkey[2] = any(i.indkey::smallint[]))",
    )
    .await;
}

#[tokio::test]
async fn foreign_keys_cascade_or_refuse_and_have_names_of_their_own() {
    breaks(
        "sets null or default",
        "select conname::text from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
             and (confdeltype not in ('c', 'a') or confupdtype <> 'a')",
    )
    .await;
    breaks(
        "a name that PostgreSQL made",
        "select conname::text from pg_constraint c where connamespace = 'public'::regnamespace and contype in ('f', 'c', 'u')
             and conrelid <> coalesce(to_regclass('_sqlx_migrations'), 0::oid) and conname ~ '_(fkey|check|key)[0-9]*$'
            ",
    )
    .await;
}

#[tokio::test]
async fn nothing_happens_by_itself() {
    breaks(
        "triggers, rules, functions, sequences, views, identities",
        "select 'trigger ' || tgname from pg_trigger where not tgisinternal
         union all select 'rule ' || rulename from pg_rewrite where ev_class in (select oid from own)
         union all select 'function ' || proname from pg_proc p where pronamespace = 'public'::regnamespace
             -- What an extension brings is PostgreSQL's own.
             and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
         union all select 'relation ' || relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('S', 'v', 'm', 'f')
         union all select 'identity ' || attrelid::regclass || '.' || attname from pg_attribute
             where attrelid in (select oid from own) and (attidentity <> '' or attgenerated <> '')
         union all select 'default ' || adrelid::regclass || ' ' || pg_get_expr(adbin, adrelid) from pg_attrdef
             where adrelid in (select oid from own) and pg_get_expr(adbin, adrelid) ~ '\\(' and pg_get_expr(adbin, adrelid) <> 'now()'",
    )
    .await;
}

#[tokio::test]
async fn every_text_is_limited() {
    breaks(
        "text or bytes without a length, a form or a list of words",
        "select own.relname || '.' || a.attname from own join pg_attribute a on a.attrelid = own.oid and a.attnum > 0 and not a.attisdropped
         where a.atttypid in ('text'::regtype, 'jsonb'::regtype, 'bytea'::regtype) and not exists (
             select from pg_constraint c where c.conrelid = own.oid and c.contype = 'c' and c.conkey = array[a.attnum]
                 and pg_get_constraintdef(c.oid) ~ '(char_length|octet_length|ANY|~| = )')",
    )
    .await;
    breaks(
        "varchar, char or arrays",
        "select own.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) from own
         join pg_attribute a on a.attrelid = own.oid and a.attnum > 0 and not a.attisdropped
         where format_type(a.atttypid, a.atttypmod) not in
             ('uuid', 'text', 'jsonb', 'bytea', 'boolean', 'smallint', 'integer', 'date', 'timestamp with time zone')",
    )
    .await;
}
