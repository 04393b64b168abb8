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
        (&["Nubank Ltda", "Nubank Ltda.", "Nubank"], "nubank"),
        (&["Grupo Bimbo, S.A.B. de C.V.", "Grupo Bimbo S. A. B. de C. V.", "grupo bimbo"], "grupo bimbo"),
        (&["Norte S. de R.L. de C.V.", "Norte S.A.P.I. de C.V.", "Norte SA de CV", "Norte"], "norte"),
        (&["Petronas Sdn Bhd", "Petronas Sdn. Bhd.", "Petronas Berhad", "PETRONAS"], "petronas"),
        (&["PT Telkom Indonesia (Persero) Tbk", "PT. Telkom Indonesia, Tbk.", "Telkom Indonesia"], "telkom indonesia"),
        (
            &[
                "株式会社サイバー",
                "サイバー株式会社",
                "（株）サイバー",
                "㈱サイバー",
                "サイバー (株)",
                "株式会社 サイバー",
                "ｻｲﾊﾞｰ",
            ],
            "サイバー",
        ),
        (&["華為技術有限公司", "華為技術"], "華為技術"),
        (&["ООО «Яндекс»", "Яндекс, ООО", "ПАО Яндекс", "Яндекс", "ЯНДЕКС"], "яндекс"),
        (&["주식회사 카카오", "카카오 주식회사", "㈜카카오", "(주)카카오", "카카오"], "카카오"),
        (&["Koç Holding A.Ş.", "Koc Holding"], "koc holding"),
        (&["Yıldız Ltd. Şti.", "yildiz"], "yildiz"),
        (&["Akbank T.A.Ş.", "Akbank"], "akbank"),
        (&["Siemens Aktiengesellschaft", "Siemens AG", "Siemens"], "siemens"),
        (&["Aktiebolaget Volvo", "Volvo Aktiebolag", "AB Volvo", "Volvo AB"], "volvo"),
        (&["Lidl Gesellschaft mit beschränkter Haftung", "Lidl GmbH"], "lidl"),
        (&["Danone Société Anonyme", "Danone SA"], "danone"),
        (&["Richter Nyrt.", "Richter Zrt.", "Richter"], "richter"),
        (&["UAB Vinted", "Vinted, UAB", "Vinted"], "vinted"),
        (&["SIA Printful", "Printful SIA", "Printful"], "printful"),
        (&["Ericsson AB (publ)", "Ericsson (publ)", "Ericsson"], "ericsson"),
        (&["טבע בע\"מ", "טבע בע״מ", "טבע"], "טבע"),
        (&["บริษัท ปตท จำกัด (มหาชน)", "ปตท จำกัด", "ปตท"], "ปตท"),
        (&["شركة أرامكو", "أرامكو", "ارامكو"], "ارامكو"),
        (&["The Walt Disney Company", "Walt Disney"], "walt disney"),
        (&["The Limited"], "the limited"),
        (&["Eni S.p.A.", "Eni SpA", "Eni SPA", "Eni S. p. A.", "eni"], "eni"),
        (&["ČEZ, a.s.", "ČEZ a. s.", "cez"], "cez"),
        (&["DNB Bank AS", "DNB BANK AS", "dnb bank"], "dnb bank"),
        (&["Ørsted", "Orsted A/S"], "orsted"),
        (&["Ocado Private Limited", "Ocado Pvt. Ltd.", "Ocado"], "ocado"),
        (&["株式会社"], "株式会社"),
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
    let names = [
        "Strategy&",
        "Strategy",
        "Unity & Company",
        "Unity",
        "Bain & Company",
        "Bain",
        "Day Spa",
        "DAY SPA CENTRE",
        "Day",
        "Same as",
        "Same",
        "The",
        "Spa",
        "And",
        "Smith and Sons",
        "Smith",
        "Sia Furler",
        "Furler",
        "SAS Institute",
        "SAP",
        "Canal",
        "Canal+",
        "Acme Labs",
        "Acme",
        "Coop",
        "Co-op Bank",
        "ガ",
        "カ",
    ];
    for (at, name) in names.iter().enumerate() {
        assert!(names[..at].iter().all(|other| key(other) != key(name)), "{name:?}");
    }
}

#[test]
fn a_name_is_spoken_without_its_legal_form() {
    for (name, spoken) in [
        ("Acme, Inc.", "Acme"),
        ("Acme", "Acme"),
        ("Tiffany & Co.", "Tiffany"),
        ("Bain & Company", "Bain & Company"),
        ("Fern & Field GmbH & Co. KG", "Fern & Field"),
        ("ООО «Яндекс»", "Яндекс"),
        ("PT Bank Mandiri (Persero) Tbk", "Bank Mandiri"),
        ("Inc.", "Inc."),
        ("", ""),
    ] {
        assert_eq!(super::spoken(name), spoken, "{name:?}");
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
        prop_assume!(!is_legal_form(&name) && !name.starts_with("The "));
        prop_assert_eq!(key(&format!("{name}{form}")), key(&name));
        prop_assert_eq!(key(&format!("{name}{form}").to_uppercase()), key(&name));
    }
}
