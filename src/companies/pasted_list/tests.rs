use super::*;
use proptest::prelude::*;

mod assistants;
mod shapes;

fn listed(text: &str) -> Vec<(usize, String)> {
    let said = |line: ListLine| {
        let doubt = line.doubt.map(|doubt| format!(" ? {doubt}")).unwrap_or_default();
        match line.content {
            Listed::Company { name, website: None } => format!("{name}{doubt}"),
            Listed::Company { name, website: Some(website) } => format!("{name} | {website}{doubt}"),
            Listed::Repeated { name, first } => format!("{name} = {first}"),
            Listed::NoCompany(why) => format!("({why})"),
            Listed::Problem(problem) => format!("! {problem}"),
        }
    };
    parse_list(text).into_iter().map(|line| (line.number, said(line))).collect()
}

#[track_caller]
fn reads(text: &str, said: &[&str]) {
    let found: Vec<String> = listed(text).into_iter().map(|(_, said)| said).collect();
    assert_eq!(found, said, "{text:?}");
}

#[test]
fn a_list_is_names_with_or_without_websites() {
    for (line, said) in [
        ("Acme", "Acme"),
        ("Acme, acme.com", "Acme | https://acme.com"),
        ("Acme\thttp://acme.com/", "Acme | http://acme.com"),
        ("Acme, Inc.", "Acme, Inc."),
        ("Acme,Inc.", "Acme,Inc."),
        ("Acme, Inc., acme.com", "Acme, Inc. | https://acme.com"),
        ("Acme, Inc.\tacme.com", "Acme, Inc. | https://acme.com"),
        ("\"Acme, Inc.\",acme.com", "Acme, Inc. | https://acme.com"),
        ("Acme, Co.Ltd", "Acme, Co.Ltd"),
        ("Acme, S.A.", "Acme, S.A."),
        // One name, or three: kept whole, and looked at.
        ("Acme, Fern and Field", "Acme, Fern and Field ? Several names? Give each a line of its own"),
        ("Acme, 3.5", "Acme, 3.5"),
        ("Acme,", "Acme"),
        ("Acme\t", "Acme"),
        ("acme.com", "acme.com"),
        ("3M", "3M"),
        ("1-800-Flowers", "1-800-Flowers"),
        ("23andMe", "23andMe"),
        ("7-Eleven", "7-Eleven"),
        ("Coca-Cola", "Coca-Cola"),
        ("Acme, ftp://acme.com", "! The website: Only addresses that begin with http:// or https:// can be kept"),
        ("Acme, javascript:alert(1)", "! The website: Only addresses that begin with http:// or https:// can be kept"),
        ("https://acme.com", "! This is only https://acme.com. Write the company's name before its website"),
        ("\u{7}Acme", "! The name: Contains a character that cannot be kept (U+0007)"),
    ] {
        assert_eq!(listed(line), [(1, said.to_owned())], "{line:?}");
    }
}

#[test]
fn the_marks_of_lists_are_no_part_of_a_name() {
    reads(
        "• Google\n· Netflix\n- Amazon\n– Microsoft\n▪ IBM\n✅ Stripe\n☐ Adyen\n[ ] Klarna\n- [x] Spotify\n* **Wix**\n+ `Etsy`\n> Ebay",
        &[
            "Google",
            "Netflix",
            "Amazon",
            "Microsoft",
            "IBM",
            "Stripe",
            "Adyen",
            "Klarna",
            "Spotify",
            "Wix",
            "Etsy",
            "Ebay",
        ],
    );
    reads(
        "4. The Walt Disney Company\n1) Stripe\n(2) Adyen\n1. Google\nGoogle",
        &["The Walt Disney Company", "Stripe", "Adyen", "Google", "Google = 4"],
    );
}

#[test]
fn an_address_may_stand_anywhere_behind_the_name() {
    for line in [
        "Stripe https://stripe.com",
        "Stripe — https://stripe.com",
        "Stripe - https://stripe.com",
        "Stripe: https://stripe.com",
        "Stripe (https://stripe.com)",
        "Stripe <https://stripe.com>",
        "- [Stripe](https://stripe.com)",
        "1. **Stripe** - https://stripe.com",
        "Stripe | https://stripe.com",
        "| Stripe | https://stripe.com |",
        "Stripe www.stripe.com",
    ] {
        let expected =
            if line.contains("www") { "Stripe | https://www.stripe.com" } else { "Stripe | https://stripe.com" };
        reads(line, &[expected]);
    }
    reads("- [Stripe](https://stripe.com) | London", &["Stripe | https://stripe.com ? Left out: London"]);
}

#[test]
fn tables_are_read_by_their_names() {
    reads(
        "| Company | Where |\n|---|---|\n| Stripe | Dublin |\n| **Adyen** | Amsterdam |",
        &["(The head of a table)", "(A rule)", "Stripe", "Adyen"],
    );
    reads(
        "1\tWalmart\tUnited States\n2\tAmazon\tUnited States",
        &["Walmart ? Left out: United States", "Amazon ? Left out: United States"],
    );
    reads("SAP SE\tSoftware\tWalldorf", &["SAP SE ? Left out: Software, Walldorf"]);
    reads("Stripe\tPayments", &["Stripe ? Left out: Payments"]);
    reads(
        "Rank\tCompany\tWebsite\n1\tWalmart\twalmart.com",
        &["(The head of a table)", "Walmart | https://walmart.com"],
    );
    reads("Company,Country\nStripe,Ireland\nAdyen,Netherlands", &["(The head of a table)", "Stripe", "Adyen"]);
    reads("\"Acme, Inc.\",\"https://acme.example\",\"text\"", &["Acme, Inc. | https://acme.example ? Left out: text"]);
}

#[test]
fn what_is_no_company_is_left_out_with_a_word() {
    reads("# Tier 1\nStripe\n---\nTier 2:\nAdyen", &["(A heading)", "Stripe", "(A rule)", "(A heading)", "Adyen"]);
    reads("[\nStripe,\nAdyen\n]", &["(Only brackets)", "Stripe", "Adyen", "(Only brackets)"]);
}

#[test]
fn what_a_program_wrote_is_read_by_its_names() {
    reads("[\"Stripe\", \"Adyen\", \"Stripe\"]", &["Stripe", "Adyen", "Stripe = 1"]);
    reads(
        "[{\"name\": \"Stripe\", \"size\": 7000, \"website\": \"https://stripe.com\"}, {\"Company\": \"Adyen\"}, {\"id\": 3}]",
        &["Stripe | https://stripe.com", "Adyen", "(No name stands in this entry)"],
    );
    assert_eq!(
        listed(
            "{\n  \"targets\": [\n    {\n      \"url\": \"https://stripe.com\",\n      \"title\": \"Stripe\"\n    }\n  ]\n}"
        ),
        [(5, "Stripe | https://stripe.com".to_owned())]
    );
    // What is cut off is read line by line.
    reads("[\n  \"Stripe\",\n  \"Adyen\",", &["(Only brackets)", "Stripe", "Adyen"]);
}

#[test]
fn lists_in_many_scripts_are_read_alike() {
    let several =
        |names: &[&str]| names.iter().map(|name| format!("{name} ? Several names stand on this line")).collect();
    let cases: [(&str, Vec<String>); 11] = [
        ("1、阿里巴巴\n２．腾讯\n③百度", vec!["阿里巴巴".into(), "腾讯".into(), "百度".into()]),
        ("公司，城市\n阿里巴巴，杭州", vec!["(The head of a table)".into(), "阿里巴巴".into()]),
        (
            "・ソニー\n・任天堂（https://www.nintendo.co.jp）",
            vec!["ソニー".into(), "任天堂 | https://www.nintendo.co.jp".into()],
        ),
        ("ソニー、任天堂、トヨタ", several(&["ソニー", "任天堂", "トヨタ"])),
        (
            "회사\t지역\n삼성전자\t수원\n1) 카카오",
            vec!["(The head of a table)".into(), "삼성전자".into(), "카카오".into()],
        ),
        ("Компании:\n— Яндекс\n1. Сбер", vec!["(A heading)".into(), "Яндекс".into(), "Сбер".into()]),
        ("١- أرامكو\n٢- سابك", vec!["أرامكو".into(), "سابك".into()]),
        ("أرامكو، سابك، زين", several(&["أرامكو", "سابك", "زين"])),
        ("१. टाटा\n२. इन्फोसिस", vec!["टाटा".into(), "इन्फोसिस".into()]),
        ("• Εθνική Τράπεζα\n• ΟΤΕ", vec!["Εθνική Τράπεζα".into(), "ΟΤΕ".into()]),
        ("[ ] טבע\n[x] ויקס\n๑. ปตท\n* Վիվա", vec!["טבע".into(), "ויקס".into(), "ปตท".into(), "Վիվա".into()]),
    ];
    for (text, said) in cases {
        reads(text, &said.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn several_names_on_a_line_are_taken_apart_and_looked_at() {
    let doubt = "Several names stand on this line";
    let each = |names: &[&str]| names.iter().map(|name| format!("{name} ? {doubt}")).collect::<Vec<_>>();
    for (line, names) in [
        ("Google, Meta, Netflix, Apple, Amazon", &["Google", "Meta", "Netflix", "Apple", "Amazon"][..]),
        ("Siemens AG; BASF SE; Bayer AG", &["Siemens AG", "BASF SE", "Bayer AG"]),
        ("Microsoft,Sap", &["Microsoft", "Sap"]),
    ] {
        let expected = each(names);
        reads(line, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    }
    for line in ["Ebay,Bill.com", "Monday.com, Wix.com"] {
        let lines = parse_list(line);
        assert!(!is_clean(&lines) && lines[0].doubt.as_deref().unwrap().contains("taken for their website"), "{line}");
    }
    assert!(!is_clean(&parse_list("Acme, hr@acme.example")));
    reads("Acme&amp;Co", &["Acme&Co"]);
    assert!(is_clean(&parse_list("1. Acme\n2. Globex, globex.com\n3. Acme")));
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
    assert_eq!((lines[500].number, &lines[500].content), (1001, &Listed::Problem(ListProblem::TooMany)));
    assert!(lines[..500].iter().all(|line| matches!(line.content, Listed::Company { .. })));
}

proptest! {
    #[test]
    fn nothing_pasted_makes_it_panic(text in any::<String>()) {
        prop_assert!(parse_list(&text).len() <= LIST_MAX + 1);
    }

    #[test]
    fn quoted_cells_keep_the_lines_in_order(lines in prop::collection::vec("[A-Za-z,;\"<>/ \\t]{0,16}", 0..9)) {
        let answered: Vec<usize> = parse_list(&lines.join("\n")).iter().map(|line| line.number).collect();
        prop_assert!(answered.is_sorted() && answered.last().is_none_or(|last| *last <= lines.len()), "{:?}", answered);
    }

    #[test]
    fn every_filled_line_is_answered(lines in prop::collection::vec("[A-Za-z,. \\t\\-*#|\\[\\]()0-9:/;@]{0,16}", 0..9)) {
        let filled: Vec<usize> =
            lines.iter().enumerate().filter(|(_, line)| !is_blank(line)).map(|(at, _)| at + 1).collect();
        let mut answered: Vec<usize> = parse_list(&lines.join("\n")).iter().map(|line| line.number).collect();
        answered.dedup();
        prop_assert_eq!(answered, filled);
    }
}
