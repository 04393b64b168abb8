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
}
