//! The statements of an SQL script.

/// What a script holds between two semicolons that part statements, without those that hold nothing but white space and
/// comments. What stands in quotes, in dollar quotes or in comments parts nothing.
pub fn statements(script: &str) -> Vec<&str> {
    let (mut found, mut start, mut at, mut says_something) = (Vec::new(), 0, 0, false);
    while let Some(c) = script[at..].chars().next() {
        let rest = &script[at..];
        if rest.starts_with("--") || rest.starts_with("/*") {
            at += comment(rest);
        } else if c == ';' {
            if says_something {
                found.push(script[start..at].trim());
            }
            at += 1;
            (start, says_something) = (at, false);
        } else {
            says_something |= !c.is_whitespace();
            at += match c {
                '\'' => quoted(rest, '\'', ends_escaped(&script[start..at])),
                '"' => quoted(rest, '"', false),
                '$' => dollar_quoted(rest, &script[start..at]),
                _ => c.len_utf8(),
            };
        }
    }
    if says_something {
        found.push(script[start..].trim());
    }
    found
}

/// How long the comment is that begins here; those between `/*` and `*/` may hold others.
fn comment(rest: &str) -> usize {
    if rest.starts_with("--") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// How long the text or name in quotes is that begins here; a doubled quote is one of its own, as parts that touch are one.
fn quoted(rest: &str, quote: char, escapes: bool) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = escapes && c == '\\' && !escaped;
    }
    rest.len()
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

/// Whether a quote that follows begins a text with escapes (`E'...'`).
fn ends_escaped(before: &str) -> bool {
    before.strip_suffix(['e', 'E']).is_some_and(|before| !before.ends_with(is_of_a_word))
}

/// How long the text in dollar quotes is that begins here; a dollar in a word, or before a parameter's number, begins none.
fn dollar_quoted(rest: &str, before: &str) -> usize {
    let tag = rest[1..].find('$').map(|end| &rest[..end + 2]).filter(|tag| {
        let name = &tag[1..tag.len() - 1];
        !name.starts_with(|c: char| c.is_ascii_digit()) && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    });
    match tag {
        Some(tag) if !before.ends_with(is_of_a_word) => {
            rest[tag.len()..].find(tag).map_or(rest.len(), |end| end + 2 * tag.len())
        }
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_script_is_parted_where_statements_end() {
        for (script, parts) in [
            ("", vec![]),
            (" ;; -- nothing; here\n /* nor; /* here; */ ; */ ;", vec![]),
            ("select 1; select 2", vec!["select 1", "select 2"]),
            ("-- why; so\nselect 1;\n", vec!["-- why; so\nselect 1"]),
            ("select 'a;''b'; select \";\"", vec!["select 'a;''b'", "select \";\""]),
            (r"select 'a\'; select 2", vec![r"select 'a\'", "select 2"]),
            (r"select E'a\';b'; select 2", vec![r"select E'a\';b'", "select 2"]),
            (r"select type'a\'; select 2", vec![r"select type'a\'", "select 2"]),
            ("do $$ a; b $$; select $1;", vec!["do $$ a; b $$", "select $1"]),
            ("do $x$ $$;$y$ $x$; select 2", vec!["do $x$ $$;$y$ $x$", "select 2"]),
            ("select a$b$ ; select c$b$", vec!["select a$b$", "select c$b$"]),
            ("select 1 - -1; select 3 / 2 * 4", vec!["select 1 - -1", "select 3 / 2 * 4"]),
            ("select 'ä;'; select '", vec!["select 'ä;'", "select '"]),
        ] {
            assert_eq!(statements(script), parts, "{script}");
        }
    }

    /// A piece of a statement, none of which ends one.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z0-9ü(),.=<> \n]{0,8}",
            "[a-z;\"$\\-/*\n]{0,6}".prop_map(|text| format!(" '{text}''{text}' ")),
            "[a-z;'$\\-/*]{0,6}".prop_map(|name| format!(" \"{name}\" ")),
            "[a-z;'\"\\-/*\n]{0,6}".prop_map(|text| format!(" $t${text}$$;$t$ ")),
            "[a-z;'\"$/*]{0,6}".prop_map(|text| format!(" -- {text}\n")),
            "[a-z;'\"$\n]{0,6}".prop_map(|text| format!(" /* {text} /* ;{text} */ */ ")),
            r"[a-z;$]{0,6}".prop_map(|text| format!(r" e'\'{text}\\' ")),
        ]
    }

    proptest! {
        #[test]
        fn what_was_joined_is_parted_again(
            joined in prop::collection::vec(prop::collection::vec(piece(), 0..5).prop_map(|pieces| format!("x {}", pieces.concat())), 0..5)
        ) {
            let parted: Vec<String> = statements(&joined.join(";")).into_iter().map(str::to_owned).collect();
            let whole: Vec<String> = joined.iter().map(|statement| statement.trim().to_owned()).collect();
            prop_assert_eq!(parted, whole);
        }

        #[test]
        fn nothing_breaks_it(script in any::<String>(), signs in "['\"$;a\\-/*\\\\eE ä\n]{0,30}") {
            for script in [script, signs] {
                for statement in statements(&script) {
                    prop_assert!(!statement.is_empty());
                }
            }
        }
    }
}
