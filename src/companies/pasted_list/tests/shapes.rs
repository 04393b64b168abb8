//! Lists as testers pasted them: rows of files, numbers without a space, names on one line, and names that look like either.

use super::*;

/// Reads lists that say `name`, `name | site`, or either with what is to be looked at behind ` ? `.
#[track_caller]
fn read(cases: &[(&str, &[&str])]) {
    for (text, said) in cases {
        reads(text, said);
    }
}

#[test]
fn names_with_commas_numbers_and_dashes_stay_names() {
    let names = [
        "3M",
        "7-Eleven",
        "1&1",
        "Meta Platforms, Inc.",
        "Ernst & Young",
        "23andMe",
        "1-800-Flowers",
        "8x8",
        "37signals",
        "99 Cents Only",
        "Amazon.com, Inc.",
        "Johnson & Johnson",
        "T-Mobile",
        "Procter & Gamble Co.",
        "Moody's",
        ".NET Foundation",
        "A. Lange & Söhne",
        "Siemens AG",
        "Rolls-Royce plc",
        "AT&T",
        "Toys \"R\" Us",
        "Yahoo!",
        "E.ON SE",
        "Canal+",
    ];
    for name in names {
        let lines = parse_list(name);
        assert!(is_clean(&lines), "{name}: {lines:?}");
        reads(name, &[name]);
    }
    let all = names.join("\n");
    reads(&all, &names);
    assert!(is_clean(&parse_list(&all)));
    reads("1-800-Flowers\n7-Eleven\n37signals\n3M", &["1-800-Flowers", "7-Eleven", "37signals", "3M"]);
    reads("99 Cents Only\n100 Thieves", &["99 Cents Only", "100 Thieves"]);
}

#[test]
fn rows_without_a_head_are_rows() {
    read(&[
        ("Stripe,https://stripe.com,Dublin", &["Stripe | https://stripe.com ? Left out: Dublin"]),
        (
            "Stripe,https://stripe.com,Dublin\nAdyen,,Amsterdam\nKlarna,https://klarna.com,Stockholm",
            &[
                "Stripe | https://stripe.com ? Left out: Dublin",
                "Adyen ? Left out: Amsterdam",
                "Klarna | https://klarna.com ? Left out: Stockholm",
            ],
        ),
        ("Bosch GmbH;https://bosch.de", &["Bosch GmbH | https://bosch.de"]),
        ("Google;google.com", &["Google | https://google.com"]),
        ("Acme, Inc.;acme.com;Berlin", &["Acme, Inc. | https://acme.com ? Left out: Berlin"]),
        (
            "Stripe;Payments;Dublin\nAdyen;Payments;Amsterdam",
            &["Stripe ? Left out: Payments, Dublin", "Adyen ? Left out: Payments, Amsterdam"],
        ),
        (
            "Stripe,Payments,Dublin\nAdyen,Payments,Amsterdam",
            &["Stripe ? Left out: Payments, Dublin", "Adyen ? Left out: Payments, Amsterdam"],
        ),
        ("1,Google,Mountain View\n2,Stripe,Dublin", &["Google ? Left out: Mountain View", "Stripe ? Left out: Dublin"]),
        (
            "Target company,Industry,City\nStripe,Payments,Dublin\nBosch,Cars,Stuttgart",
            &["(The head of a table)", "Stripe", "Bosch"],
        ),
        ("Ziel;Webseite\nBosch;bosch.de", &["(The head of a table)", "Bosch | https://bosch.de"]),
        ("Company,City\n,Berlin\nStripe,Dublin", &["(The head of a table)", "(No name stands in this row)", "Stripe"]),
        ("SAP\tNYSE:SAP", &["SAP ? Left out: NYSE:SAP"]),
        ("Stripe\tftp://stripe.com", &["Stripe ? Left out: ftp://stripe.com"]),
        // Two rows of two companies each stay four.
        (
            "Siemens AG; BASF SE\nBayer AG; Allianz SE",
            &[
                "Siemens AG ? Several names stand on this line",
                "BASF SE ? Several names stand on this line",
                "Bayer AG ? Several names stand on this line",
                "Allianz SE ? Several names stand on this line",
            ],
        ),
    ]);
}

#[test]
fn numbers_and_signs_without_a_space_are_marks() {
    let names = ["Google", "Meta", "Stripe"];
    for marks in [
        ["1.", "2.", "3."],
        ["1)", "2)", "3)"],
        ["1 - ", "2 - ", "3 - "],
        ["1: ", "2: ", "3: "],
        ["1 ", "2 ", "3 "],
        ["1-", "2-", "3-"],
        ["#1 ", "#2 ", "#3 "],
        ["a) ", "b) ", "c) "],
        ["i) ", "ii) ", "iii) "],
        ["-", "-", "-"],
        ["*", "*", "*"],
        ["–", "–", "–"],
        ["1️⃣ ", "2️⃣ ", "3️⃣ "],
        ["🔹", "🔹 ", "👉 "],
        ["⭐ ", "🚀 ", "▸ "],
        ["➜ ", "∙ ", "★ "],
        ["🇩🇪 ", "👩‍💻 ", "👍🏽 "],
    ] {
        let list: Vec<String> = marks.iter().zip(names).map(|(mark, name)| format!("{mark}{name}")).collect();
        let list = list.join("\n");
        reads(&list, &names);
        assert!(is_clean(&parse_list(&list)), "{list}");
    }
    read(&[
        ("1.Google", &["Google"]),
        ("1)Google", &["Google"]),
        ("#1 Google", &["Google"]),
        ("1.google\n2.meta", &["google", "meta"]),
        ("9.ai", &["9.ai"]),
        ("1 - Stripe", &["Stripe ? Left out: 1"]),
        ("1 Google\n2 Meta", &["Google ? Left out: 1", "Meta ? Left out: 2"]),
        ("1 Google\n2 Meta\n1 Stripe\n2 Adyen", &["Google", "Meta", "Stripe", "Adyen"]),
        ("-Google", &["-Google"]),
        ("🔹\nGoogle", &["(Only a sign)", "Google"]),
    ]);
}

#[test]
fn names_on_one_line_are_looked_at() {
    let several = |names: &[&str]| {
        names.iter().map(|name| format!("{name} ? Several names stand on this line")).collect::<Vec<_>>()
    };
    for (line, names) in [
        (
            "Alphabet Inc., Apple Inc., Meta Platforms, Inc., Amazon.com, Inc.",
            &["Alphabet Inc.", "Apple Inc.", "Meta Platforms, Inc.", "Amazon.com, Inc."][..],
        ),
        ("Salesforce, Inc., Oracle Corporation, Adobe Inc.", &["Salesforce, Inc.", "Oracle Corporation", "Adobe Inc."]),
        ("Google, Meta", &["Google", "Meta"]),
        ("Stripe, Adyen", &["Stripe", "Adyen"]),
        ("Google, Meta, and Apple", &["Google", "Meta", "Apple"]),
        ("Google, Meta, Netflix and Apple", &["Google", "Meta", "Netflix", "Apple"]),
        ("Siemens, Bosch, und SAP", &["Siemens", "Bosch", "SAP"]),
        ("Renault, Danone, et Axa", &["Renault", "Danone", "Axa"]),
        ("Google, Meta, Ernst & Young", &["Google", "Meta", "Ernst & Young"]),
        ("Google, Meta, & Apple", &["Google", "Meta", "Apple"]),
        ("Google / Meta / Apple", &["Google", "Meta", "Apple"]),
        ("Google • Meta • Apple", &["Google", "Meta", "Apple"]),
        ("Google, Booking.com, Meta", &["Google", "Booking.com", "Meta"]),
    ] {
        reads(line, &several(names).iter().map(String::as_str).collect::<Vec<_>>());
    }
    read(&[
        (
            "[Google](https://google.com), [Meta](https://meta.com)",
            &[
                "Google | https://google.com ? Several names stand on this line",
                "Meta | https://meta.com ? Several names stand on this line",
            ],
        ),
        ("Google, Meta and Apple", &["Google, Meta and Apple ? Several names? Give each a line of its own"]),
        ("Acme, the robot company", &["Acme ? Left out: the robot company"]),
    ]);
}

#[test]
fn a_website_is_found_however_it_is_put() {
    read(&[
        ("Stripe (stripe.com)", &["Stripe | https://stripe.com"]),
        ("Meta: meta.com", &["Meta | https://meta.com"]),
        ("Stripe - stripe.com", &["Stripe | https://stripe.com"]),
        ("Dropbox, Inc. (dropbox.com)", &["Dropbox, Inc. | https://dropbox.com"]),
        ("Stripe https://stripe.com great team", &["Stripe | https://stripe.com ? Left out: great team"]),
        ("[Stripe](https://stripe.com) - Payments", &["Stripe | https://stripe.com ? Left out: Payments"]),
        ("Google\nGoogle, google.com", &["Google | https://google.com", "Google = 1"]),
    ]);
}

#[test]
fn headings_are_no_companies() {
    read(&[
        ("Companies I would love to work for:\nStripe", &["(A heading)", "Stripe"]),
        ("**Tier 1**\nStripe\n**Tier 2**\nAdyen", &["(A heading)", "Stripe", "(A heading)", "Adyen"]),
        ("**Payments**\n- Stripe\n- Adyen", &["(A heading)", "Stripe", "Adyen"]),
        ("**Stripe**\n**Adyen**", &["Stripe", "Adyen"]),
    ]);
}

#[test]
fn what_is_too_much_for_one_list_is_a_list_of_its_own() {
    let left = |text: &str| rest::rest(text, &parse_list(text)).map(|rest| (rest.text, rest.lines));
    assert_eq!(left("Acme\nGlobex"), None);
    let many: Vec<String> = (1..=620).map(|n| format!("Company {n}")).collect();
    assert_eq!(left(&many.join("\n\n")), Some((many[500..].join("\n"), 120)));
    let rows: Vec<String> = many.iter().map(|name| format!("{name},Berlin")).collect();
    let table = format!("Company,City\n{}", rows.join("\r\n"));
    // The head is one of its lines.
    assert_eq!(left(&table), Some((format!("Company,City\n{}", rows[499..].join("\n")), 121)));
    let json = serde_json::to_string(&many).unwrap();
    assert_eq!(left(&json), Some((serde_json::to_string(&many[500..]).unwrap(), 120)));
}

#[test]
fn a_row_whose_first_cell_is_empty_keeps_its_columns() {
    read(&[
        ("Rank\tCompany\tCountry\n\tWalmart\tUS\n2\tAmazon\tUS", &["(The head of a table)", "Walmart", "Amazon"]),
        (
            "Notes\tCompany\tWebsite\ngreat\tZalando\tzalando.com\n\tCriteo\tcriteo.com",
            &["(The head of a table)", "Zalando | https://zalando.com", "Criteo | https://criteo.com"],
        ),
        ("\tCompany\tCountry\n\tWalmart\tUS\n\tAmazon\tUS", &["(The head of a table)", "Walmart", "Amazon"]),
        ("\tAcme\n\tInitech", &["Acme", "Initech"]),
    ]);
}

#[test]
fn commas_in_brackets_separate_nothing() {
    read(&[
        ("Google (Mountain View, CA)", &["Google (Mountain View, CA)"]),
        ("楽天（東京, 日本）", &["楽天（東京, 日本）"]),
    ]);
}
