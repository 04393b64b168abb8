use super::*;
use proptest::prelude::*;

fn key(name: &str) -> String {
    CompanyName::parse(name).unwrap().key().as_str().to_owned()
}

#[test]
fn spellings_of_one_company_share_a_key() {
    let groups: &[(&[&str], &str)] = &[
        (
            &["Acme, Inc.", "acme inc", "ACME  Inc", "Acme", "Acme Inc", "ＡＣＭＥ", "Acme, L.L.C.", "Acme S. A."],
            "acme",
        ),
        (
            &["Fern & Field", "fern and field", "Fern&Field", "Fern & Field GmbH & Co. KG", "Fern and Field Pty Ltd"],
            "fern and field",
        ),
        (&["Société Générale", "Societe Generale S.A.", "SOCIÉTÉ GÉNÉRALE SA"], "societe generale"),
        (&["O'Reilly", "O’Reilly"], "oreilly"),
        (&["Tiffany & Co.", "Tiffany"], "tiffany"),
        (&["Straße AG", "STRASSE"], "strasse"),
        (&["Hermès S.à r.l.", "Hermes SARL"], "hermes"),
        (&["Allegro Sp. z o.o.", "allegro"], "allegro"),
        (&["Maersk A/S", "maersk"], "maersk"),
        (&["株式会社アクメ"], "株式会社アクメ"),
        (&["🚀🚀"], "🚀🚀"),
        (&["!!!"], "!!!"),
        (&["Inc.", "INC"], "inc"),
        (&["Canal+"], "canal+"),
        (&["Co Inc"], "co"),
    ];
    for (spellings, shared) in groups {
        for name in *spellings {
            assert_eq!(key(name), *shared, "{name:?}");
        }
    }
}

#[test]
fn different_companies_keep_different_keys() {
    let names = ["SAS Institute", "SAP", "Canal", "Canal+", "Acme Labs", "Acme", "Coop", "Co-op Bank", "ガ", "カ"];
    for (at, name) in names.iter().enumerate() {
        assert!(names[..at].iter().all(|other| key(other) != key(name)), "{name:?}");
    }
}

fn listed(text: &str) -> Vec<(usize, String)> {
    let said = |content| match content {
        Listed::Company { name, website: None } => name.to_string(),
        Listed::Company { name, website: Some(website) } => format!("{name} | {website}"),
        Listed::Repeated { name, first } => format!("{name} = {first}"),
        Listed::Problem(problem) => format!("! {problem}"),
    };
    parse_list(text).into_iter().map(|line| (line.number, said(line.content))).collect()
}

#[test]
fn a_list_is_names_with_or_without_websites() {
    for (line, said) in [
        ("Acme", "Acme"),
        ("Acme, acme.com", "Acme | https://acme.com"),
        ("Acme\thttp://acme.com/", "Acme | http://acme.com"),
        ("Acme, Inc.", "Acme, Inc."),
        ("Acme, Inc., acme.com", "Acme, Inc. | https://acme.com"),
        ("Acme, Inc.\tacme.com", "Acme, Inc. | https://acme.com"),
        ("\"Acme, Inc.\",acme.com", "Acme, Inc. | https://acme.com"),
        ("Acme, Co.Ltd", "Acme, Co.Ltd"),
        ("Acme, S.A.", "Acme, S.A."),
        ("Acme, Fern and Field", "Acme, Fern and Field"),
        ("Acme, 3.5", "Acme, 3.5"),
        ("Acme,", "Acme"),
        ("Acme\t", "Acme"),
        ("acme.com", "acme.com"),
        ("- Acme", "- Acme"),
        ("Acme, ftp://acme.com", "! The website: Only addresses that begin with http:// or https:// can be kept"),
        ("Acme, javascript:alert(1)", "! The website: Only addresses that begin with http:// or https:// can be kept"),
        (
            "Acme\tnowhere",
            "! The website: This is not the address of a page; one looks like acme.com or https://acme.com/about",
        ),
        ("https://acme.com", "! Write the company's name before its website"),
        ("\u{7}Acme", "! The name: Contains a character that cannot be kept (U+0007)"),
    ] {
        assert_eq!(listed(line), [(1, said.to_owned())], "{line:?}");
    }
}

#[test]
fn blank_lines_count_and_repeats_name_the_first() {
    assert_eq!(
        listed("\u{FEFF}Acme\r\n\r\n  \nBeta\rACME, Inc.\n\0\nGamma"),
        [
            (1, "Acme".to_owned()),
            (4, "Beta".to_owned()),
            (5, "ACME, Inc. = 1".to_owned()),
            (6, "! The name: Contains a character that cannot be kept (U+0000)".to_owned()),
            (7, "Gamma".to_owned()),
        ]
    );
}

#[test]
fn a_long_list_says_where_it_was_cut() {
    let text: String = (1..=502).map(|n| format!("Company {n}\n\n")).collect();
    let lines = parse_list(&text);
    assert_eq!(lines.len(), 501);
    assert_eq!(lines[500], ListLine { number: 1001, content: Listed::Problem(ListProblem::TooMany) });
    assert!(lines[..500].iter().all(|line| matches!(line.content, Listed::Company { .. })));
}

proptest! {
    #[test]
    fn a_key_is_its_own_key_and_never_empty(name in "\\PC{1,12}|[a-zİΣςßéẞ&.,' +̈-]{1,12}( inc| s\\.a\\.| co| and)?") {
        if let Ok(name) = CompanyName::parse(&name) {
            let key = name.key();
            prop_assert!(!key.as_str().is_empty());
            prop_assert_eq!(NameKey::of(key.as_str()), key.clone());
            prop_assert_eq!(NameKey::parse(key.as_str()), Ok(key));
        }
    }

    #[test]
    fn a_legal_form_makes_no_other_company(
        name in "[A-Z][a-z]{3,9}( [A-Z][a-z]{5,9})?",
        form in prop::sample::select(vec![
            ", Inc.", " Inc", " LLC", " Ltd.", " GmbH", " AG", " SA", " S.A.", " B.V.", " Oy", " AB", " PLC", " Corp.",
            " Co.", " Pty Ltd", " SE", " KG", " SARL", " S.p.A.", " GmbH & Co. KG",
        ]),
    ) {
        prop_assume!(!LEGAL_FORMS.contains(&name.to_lowercase().as_str()));
        prop_assert_eq!(key(&format!("{name}{form}")), key(&name));
        prop_assert_eq!(key(&format!("{name}{form}").to_uppercase()), key(&name));
    }

    #[test]
    fn nothing_pasted_makes_it_panic(text in any::<String>()) {
        prop_assert!(parse_list(&text).len() <= LIST_MAX + 1);
    }

    #[test]
    fn every_filled_line_is_answered(names in prop::collection::vec("[A-Za-z,. \t]{0,12}", 0..9)) {
        let filled = names.iter().filter(|name| !name.trim().is_empty()).count();
        prop_assert_eq!(parse_list(&names.join("\n")).len(), filled);
    }
}
