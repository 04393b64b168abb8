//! docs/access.md says of each page what scope a coach needs, as the route table does.

use std::fmt::Write;
use std::fs;

use inroad::access::Scope;
use inroad::routes::{TABLE, Who};

use crate::source::root;

const HEAD: &str = "| page | least scope |\n|---|---|\n";

/// The table, as the routes have it.
fn table() -> String {
    let mut table = HEAD.to_owned();
    for scope in Scope::ALL {
        for route in TABLE.iter().filter(|route| route.who == Who::Viewer && route.scope == Some(*scope)) {
            writeln!(table, "| `{}` | {} |", route.path, scope.label()).unwrap();
        }
    }
    table
}

#[test]
fn the_document_has_the_scopes_of_the_route_table() {
    let path = root().join("docs/access.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, written) = text.split_once(HEAD).expect("the table of pages stands at the end of docs/access.md");
    let table = table();
    if std::env::var_os("INROAD_RENEW").is_some() {
        fs::write(&path, format!("{before}{table}")).unwrap();
        return;
    }
    assert_eq!(format!("{HEAD}{written}"), table, "renew it: INROAD_RENEW=1 cargo test --test rules access::");
}
