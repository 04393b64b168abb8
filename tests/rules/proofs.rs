//! Who makes proofs of access, and who reads what a constraint is called.

use crate::source::sources;

/// The files that may make a proof, and why.
const MAKERS: &[(&str, &str)] = &[
    ("src/accounts/coaches/overview.rs", "a coach's grants say whose numbers they see"),
    ("src/accounts/programs/caller.rs", "a token says whose account is read, and whether it is written to"),
    ("src/accounts/sign_up.rs", "the first account administers, and says who else may have one"),
    ("src/accounts/visit.rs", "what is due of whoever a session shows"),
    ("src/accounts/visit/extractors.rs", "a session says who is there"),
    ("src/commands/admin.rs", "whoever has the machine administers"),
    ("src/commands/archive.rs", "the command names the account it takes or brings in"),
    ("src/commands/user.rs", "whoever has the machine administers"),
    ("src/demo/load.rs", "the command fills an account it has just made"),
    ("src/export/feed.rs", "whoever has a feed's secret address reads what its owner chose"),
    (
        "src/reminders/account.rs",
        "a mail tells its account's search, and a link of it, whose signature is proven, does one thing there",
    ),
    ("src/reminders/job.rs", "the job looks for the talks of whoever wishes to be reminded of them"),
    ("src/renewal.rs", "an update writes everyone's folded names anew, one account after the other"),
    ("src/trash/purge.rs", "the daily job empties everyone's bin, one account after the other"),
];

/// The files outside the accounts that may use their queries, which take a bare id where no proof can exist yet.
const STRANGERS: &[(&str, &str)] = &[
    ("src/commands/admin.rs", "finds who administers, as whoever has the machine may"),
    ("src/commands/archive.rs", "finds the account of an address, as whoever has the machine may"),
    ("src/commands/serve.rs", "tells the setup token of a new installation"),
    ("src/commands/user.rs", "manages accounts by hand, as whoever has the machine may"),
    ("src/demo/load.rs", "makes the account it fills"),
    ("src/export/feed.rs", "finds whose feed an address is"),
    ("src/renewal.rs", "writes the addresses of accounts anew after an update"),
    ("src/trash/purge.rs", "goes through all accounts and forgets old attempts"),
];

/// Whether `code` makes a proof, under whatever name it knows the type.
fn makes_a_proof(code: &str) -> bool {
    let functions_of_rooms = ["queries::granted("];
    let calls = code.matches("::granted(").count() + code.matches("::granted_within(").count();
    let others: usize = functions_of_rooms.iter().map(|name| code.matches(name).count()).sum();
    calls > others
        || code.contains("::granted)")
        || code.contains("::granted;")
        || code.contains("::granted,")
        || code.contains("::granted_within;")
}

#[test]
fn proofs_are_made_by_a_session_a_command_or_a_job() {
    let makers: Vec<String> =
        sources().into_iter().filter(|source| makes_a_proof(&source.code())).map(|source| source.path).collect();
    assert_eq!(makers, MAKERS.iter().map(|(path, _)| *path).collect::<Vec<_>>());
}

/// Whether `code` names the queries of accounts; those of their days take proofs like every other room's.
fn uses_queries_of_accounts(code: &str) -> bool {
    let code = code.replace("accounts::queries::days", "");
    let grouped = code.match_indices("accounts::{").any(|(at, _)| {
        let group = code[at..].split(';').next().unwrap_or_default();
        group.contains("queries")
    });
    grouped || code.contains("accounts::queries")
}

#[test]
fn queries_of_accounts_are_used_by_accounts_and_the_commands() {
    let users: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.room() != "accounts" && uses_queries_of_accounts(&source.code()))
        .map(|source| source.path)
        .collect();
    assert_eq!(users, STRANGERS.iter().map(|(path, _)| *path).collect::<Vec<_>>());
}

#[test]
fn a_handler_that_makes_itself_a_proof_is_noticed() {
    for code in [
        "let by = Owner::granted(visit.person.id);",
        "let by = access::Owner::granted(id);",
        "use crate::access::Owner as By; By::granted(id)",
        "ids.map(Owner::granted)",
        "queries::granted(db, by); Viewer::granted(id)",
        "Viewer::granted_within(id, Scope::Everything, grant)",
    ] {
        assert!(makes_a_proof(code), "{code}");
    }
    assert!(!makes_a_proof("let grants = queries::granted(visit.db(), by).await?;"));
}
