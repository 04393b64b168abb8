//! What templates look like: lines a reader sees whole, and tags written as the program looks for them.

use crate::source::files;

/// Columns a line of a template may have.
const WIDEST: usize = 120;

#[test]
fn no_line_of_a_template_is_wider_than_a_screen() {
    let mut wide = Vec::new();
    for template in files("templates", &[".html", ".svg"]) {
        for (line, number) in template.text.lines().zip(1..) {
            let columns = line.chars().count();
            if columns > WIDEST {
                wide.push(format!("{}:{number} has {columns} columns", template.path));
            }
        }
    }
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}

/// Forms get their mark behind `<form `, and other rules look for `<a `: a line may not end behind the name.
#[test]
fn the_first_attribute_of_forms_and_links_stands_on_the_line_of_its_tag() {
    for template in files("templates", &[".html"]) {
        for (line, number) in template.text.lines().zip(1..) {
            assert!(!line.ends_with("<form") && !line.ends_with("<a"), "{}:{number}: {line}", template.path);
        }
    }
}

/// 'Contacts / Introductions': where a page stands is one path, and its parts are told apart.
#[test]
fn the_parts_of_where_a_page_stands_are_told_apart() {
    for template in files("templates", &[".html"]) {
        for (at, _) in template.text.match_indices("class=\"crumbs\"") {
            let crumbs = template.text[at..].split("</p>").next().unwrap_or_default();
            let crumbs = crumbs.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(!crumbs.contains("</a> <a "), "{}: {crumbs}", template.path);
        }
    }
}

/// In rows a `small` has lines of its own: a break after it shows a blank one.
#[test]
fn no_break_follows_what_has_lines_of_its_own() {
    for template in files("templates", &[".html"]) {
        for (line, number) in template.text.lines().zip(1..) {
            let plain = line.replace("{% endif %}", "").replace("{%- endif %}", "");
            assert!(!plain.contains("</small><br>"), "{}:{number}: {line}", template.path);
        }
    }
}
