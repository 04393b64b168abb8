//! No two files need each other: whoever reads one has an order to read the others in.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Source, sources};
use crate::uses::{Uses, uses};

/// Groups of more than one that all lead to each other (Tarjan's strongly connected components).
fn circles(uses: &Uses) -> Vec<BTreeSet<String>> {
    struct Walk<'a> {
        uses: &'a Uses,
        order: BTreeMap<&'a str, (usize, usize)>,
        open: Vec<&'a str>,
        found: Vec<BTreeSet<String>>,
    }
    impl<'a> Walk<'a> {
        fn visit(&mut self, node: &'a str) -> usize {
            let nr = self.order.len();
            self.order.insert(node, (nr, nr));
            self.open.push(node);
            let mut low = nr;
            for next in self.uses.get(node).into_iter().flat_map(BTreeMap::keys) {
                if !self.order.contains_key(next.as_str()) {
                    low = low.min(self.visit(next));
                } else if self.open.contains(&next.as_str()) {
                    low = low.min(self.order[next.as_str()].0);
                }
            }
            self.order.insert(node, (nr, low));
            if low == nr {
                let at = self.open.iter().rposition(|open| *open == node).unwrap();
                let circle = self.open.split_off(at);
                if circle.len() > 1 {
                    self.found.push(circle.into_iter().map(str::to_owned).collect());
                }
            }
            low
        }
    }
    let mut walk = Walk { uses, order: BTreeMap::new(), open: Vec::new(), found: Vec::new() };
    for node in uses.keys() {
        if !walk.order.contains_key(node.as_str()) {
            walk.visit(node);
        }
    }
    walk.found
}

#[test]
fn there_is_no_circle_of_files() {
    let circles = circles(&uses(&sources()));
    assert!(circles.is_empty(), "files that need each other: {circles:#?}");
}

#[test]
fn a_circle_is_found() {
    let file = |path: &str, text: &str| Source { path: path.into(), text: text.into() };
    let mut files = vec![
        file("src/a/mod.rs", "pub mod form;\npub mod page;\npub mod queries;\n"),
        file("src/a/page.rs", "use super::{form::Form, queries::{self, Row}};\n\nfn f() {}\n"),
        file("src/a/form.rs", "use serde::Deserialize;\nuse crate::text::Line;\n"),
        file("src/a/queries.rs", "use crate::text::Line;\n"),
        file("src/text.rs", "pub struct Line;\n"),
    ];
    assert!(circles(&uses(&files)).is_empty());
    files[3].text = "fn row() -> super::page::Row { unreachable!() }\n".into();
    let found = circles(&uses(&files));
    assert_eq!(found, [BTreeSet::from(["a::page".to_owned(), "a::queries".to_owned()])]);
}
