//! The page of who led to whom: the picture, and the same as nested lists.

use askama::Template;
use serde::Deserialize;

use super::queries::tree as queries;
use super::tree::{self, BOX, COLUMN, Mark, Node, Outcome};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::ContactId;
use crate::web::form::Query;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// How large the picture may be shown, in hundredths.
const ZOOMS: [usize; 4] = [50, 75, 100, 150];
/// Letters that fit into a box: of the name, and of the line below it.
const FIT: (usize, usize) = (26, 39);

/// How the picture is shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TreeQuery {
    zoom: String,
    /// Only the branch that begins with this person.
    from: Option<ContactId>,
}

#[derive(Template)]
#[template(path = "introductions/tree.html")]
struct TreePage {
    shell: Shell,
    nodes: Vec<Node>,
    lists: Vec<Mark>,
    size: (usize, usize),
    zoom: usize,
    /// Who begins the branch that is shown alone.
    alone: Option<ContactId>,
    /// Who begins the best branch, and what came of it.
    best: Option<(ContactId, String, String)>,
}

impl TreePage {
    fn heading(&self) -> String {
        let introduced = self.nodes.iter().filter(|node| node.parent.is_some()).count();
        words::count(i64::try_from(introduced).unwrap_or(i64::MAX), "person through someone", "people through someone")
    }

    /// Width and height as shown.
    fn shown(&self) -> (usize, usize) {
        (self.size.0 * self.zoom / 100, self.size.1 * self.zoom / 100)
    }

    /// A pixel around, for the lines of the outermost boxes.
    fn view_box(&self) -> String {
        format!("-1 -1 {} {}", self.size.0 + 2, self.size.1 + 2)
    }

    fn zooms(&self) -> Vec<(String, usize)> {
        ZOOMS.iter().map(|&zoom| (self.address(zoom, self.alone), zoom)).collect()
    }

    fn is_zoom(&self, zoom: &usize) -> bool {
        *zoom == self.zoom
    }

    fn address(&self, zoom: usize, from: Option<ContactId>) -> String {
        match from {
            Some(from) => format!("/introductions/tree?zoom={zoom}&from={from}"),
            None => format!("/introductions/tree?zoom={zoom}"),
        }
    }

    fn branch(&self, node: &Node) -> String {
        self.address(self.zoom, Some(node.id))
    }

    fn everything(&self) -> String {
        self.address(self.zoom, None)
    }

    fn x(&self, node: &Node) -> usize {
        node.depth * COLUMN
    }

    fn box_size(&self) -> (usize, usize) {
        BOX
    }

    /// The line from whoever led to them, with its ends level.
    fn line(&self, node: &Node) -> Option<String> {
        let parent = &self.nodes[node.parent?];
        let (from, to) = (self.x(parent) + BOX.0, self.x(node));
        let (high, low) = (parent.y + BOX.1 / 2, node.y + BOX.1 / 2);
        let middle = from.midpoint(to);
        Some(format!("M{from} {high}C{middle} {high} {middle} {low} {to} {low}"))
    }

    fn short_name(&self, node: &Node) -> String {
        tree::fit(&node.name, FIT.0)
    }

    fn leads(&self, node: &Node) -> bool {
        node.branch.people > 0
    }

    /// What came of the branch, or of the person; where they stand, if nothing did.
    fn came(&self, node: &Node) -> String {
        let parts = node.branch.parts();
        if parts.is_empty() { node.stage.label().to_owned() } else { parts.join(" · ") }
    }

    /// The same, as far as it fits: where there is much, people and what lies nearest to a job.
    fn short_came(&self, node: &Node) -> String {
        let came = self.came(node);
        let without_talks = Outcome { talks: 0, ..node.branch };
        let came = if came.chars().count() > FIT.1 { without_talks.parts().join(" · ") } else { came };
        tree::fit(&came, FIT.1)
    }

    /// What came of this person alone.
    fn own(&self, node: &Node) -> String {
        let mut parts = vec![node.stage.label().to_owned()];
        parts.extend(node.own.parts());
        parts.join(", ")
    }

    fn of_branch(&self, node: &Node) -> String {
        words::list(&node.branch.parts())
    }

    fn node(&self, i: &usize) -> &Node {
        &self.nodes[*i]
    }
}

/// `GET /introductions/tree`
pub async fn show(mut visit: Visit<Viewer>, Query(query): Query<TreeQuery>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let people = queries::people(visit.db(), by).await?;
    let all = tree::grow(&people);
    let best = tree::best(&all).map(|node| (node.id, node.name.clone(), words::list(&node.branch.parts())));
    let alone = query.from.filter(|from| all.iter().any(|node| node.id == *from));
    let nodes = match alone {
        Some(from) => tree::grow(&below(&people, from)),
        None => all,
    };
    let zoom = query.zoom.parse().ok().filter(|zoom| ZOOMS.contains(zoom)).unwrap_or(100);
    let (lists, size) = (tree::as_lists(&nodes), tree::size(&nodes));
    Ok(Page::ok(TreePage { shell: visit.shell(Nav::Contacts), nodes, lists, size, zoom, alone, best }))
}

/// A person and everyone they led to, directly or not.
fn below(people: &[tree::TreeNode], from: ContactId) -> Vec<tree::TreeNode> {
    let mut kept = vec![from];
    let mut at = 0;
    while at < kept.len() {
        let led = people.iter().filter(|person| person.introduced_by == Some(kept[at])).map(|person| person.id);
        let new: Vec<ContactId> = led.filter(|id| !kept.contains(id)).collect();
        kept.extend(new);
        at += 1;
    }
    let mut branch: Vec<_> = people.iter().filter(|person| kept.contains(&person.id)).cloned().collect();
    branch.iter_mut().filter(|person| person.id == from).for_each(|person| person.introduced_by = None);
    branch
}
