//! What a database can tell of titles: enough for the best of thousands to be among those whose titles are read.

use super::words::telling_stems;

/// Patterns of folded titles with a space around them, as `like` takes them.
pub struct NearTitles {
    /// Of those that have every word of a role.
    pub in_role: Vec<String>,
    /// Of those that share one.
    pub near: Vec<String>,
}

impl NearTitles {
    /// Of these roles.
    pub fn of(target_roles: &[String]) -> Self {
        let roles: Vec<Vec<String>> = target_roles.iter().map(|role| telling_stems(role)).collect();
        let near = roles.iter().flatten().map(|stem| format!("%{}%", within(stem))).collect();
        let in_role = roles.iter().flat_map(|stems| orders(stems)).collect();
        Self { in_role, near }
    }
}

/// A stem as it stands in a title: one of two letters is a word, since it is in many.
fn within(stem: &str) -> String {
    let plain = stem.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    if stem.is_ascii() && stem.len() < 3 { format!(" {plain} ") } else { plain }
}

/// The words of a role in any order, as long as they are few.
fn orders(stems: &[String]) -> Vec<String> {
    let pattern = |order: &[usize]| {
        let words: Vec<String> = order.iter().map(|at| within(&stems[*at])).collect();
        format!("%{}%", words.join("%"))
    };
    match stems.len() {
        0 => Vec::new(),
        2 => vec![pattern(&[0, 1]), pattern(&[1, 0])],
        3 => [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
            .iter()
            .map(|order| pattern(order))
            .collect(),
        n => vec![pattern(&(0..n).collect::<Vec<_>>())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_role_are_looked_for_in_any_order() {
        let found = NearTitles::of(&["Senior data analyst".to_owned(), "IT manager".to_owned(), "Junior".to_owned()]);
        assert_eq!(found.in_role, ["%data%analy%", "%analy%data%", "% it %"]);
        assert_eq!(found.near, ["%data%", "%analy%", "% it %"]);
    }
}
