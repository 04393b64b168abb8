//! Signatures as testers pasted them.

use super::*;

#[track_caller]
fn shared(text: &str, expected: [&str; 5], phone: &str, rest: &str) {
    let read = in_shared("", text, "");
    assert_eq!(parts(&read), expected, "{text:?}");
    assert_eq!((read.phone.as_str(), read.rest.as_str()), (phone, rest), "{text:?}");
}

#[test]
fn a_companys_website_is_nobodys_profile() {
    let linkedin = "https://www.linkedin.com/in/janedoe";
    shared(
        &format!("Jane Doe\nHead of Data at Acme\njane@acme.com\nhttps://www.acme.com\n{linkedin}"),
        ["Jane Doe", "Head of Data", "Acme", linkedin, "jane@acme.com"],
        "",
        "https://www.acme.com",
    );
    for site in
        ["https://www.acme.com", "https://www.acme.com/", "https://acme.com/careers", "https://elsewhere.example"]
    {
        shared(
            &format!("Jane Doe\nHead of Data at Acme\njane@acme.com\n{site}"),
            ["Jane Doe", "Head of Data", "Acme", "", "jane@acme.com"],
            "",
            site,
        );
    }
    shared(
        "Jane Doe\nHead of Data at Acme\njane@acme.com | https://janedoe.example/about",
        ["Jane Doe", "Head of Data", "Acme", "https://janedoe.example/about", "jane@acme.com"],
        "",
        "",
    );
    // Of a page and what is marked on it, the profile counts, and the page is kept.
    let read = in_shared("Team", &format!("Jane Doe {linkedin}"), "https://acme.com/blog/team");
    assert_eq!(read.profile, linkedin);
    assert!(read.rest.contains("https://acme.com/blog/team") && read.name == "Jane Doe", "{read:?}");
}

#[test]
fn the_company_follows_the_job() {
    for (text, expected) in [
        ("Jane Doe\nVP Engineering\nAcme", ["Jane Doe", "VP Engineering", "Acme", "", ""]),
        (
            "Jane Doe\nHead of Data\nAcme Robotics\njane@acme.com",
            ["Jane Doe", "Head of Data", "Acme Robotics", "", "jane@acme.com"],
        ),
        (
            "Erika Muster\nLeiterin Einkauf\nMuster GmbH\nerika@muster.example",
            ["Erika Muster", "Leiterin Einkauf", "Muster GmbH", "", "erika@muster.example"],
        ),
        (
            "Jeanne Dupont\nDirectrice financière\nSociété Générale",
            ["Jeanne Dupont", "Directrice financière", "Société Générale", "", ""],
        ),
        ("Анна Иванова\nРуководитель проекта\nЯндекс", ["Анна Иванова", "Руководитель проекта", "Яндекс", "", ""]),
        ("Jane Doe\nAcme GmbH\nHead of Data", ["Jane Doe", "Head of Data", "Acme GmbH", "", ""]),
        ("Jane Doe\nAcme\nHead of Data\njane@acme.com", ["Jane Doe", "Head of Data", "Acme", "", "jane@acme.com"]),
        (
            "Jane Doe | VP Engineering | Acme | jane@acme.com",
            ["Jane Doe", "VP Engineering", "Acme", "", "jane@acme.com"],
        ),
        (
            "Jane Doe\nDirector, Strategy & Operations\nAcme Health Inc.",
            ["Jane Doe", "Director, Strategy & Operations", "Acme Health Inc.", "", ""],
        ),
        ("Jane Doe\n· 2nd\nHead of Data at Acme", ["Jane Doe", "Head of Data", "Acme", "", ""]),
        ("Jane Doe, Product Manager, Acme", ["Jane Doe", "Product Manager", "Acme", "", ""]),
        (
            "Jane Doe, Product Manager, Acme\njane@acme.com",
            ["Jane Doe", "Product Manager", "Acme", "", "jane@acme.com"],
        ),
        (
            "Jane Doe\nHead of Data\nAcme Labs Ltd\njane@other.example",
            ["Jane Doe", "Head of Data", "Acme Labs Ltd", "", "jane@other.example"],
        ),
        ("\"Doe, Jane\" <jane@acme.com>", ["Jane Doe", "", "", "", "jane@acme.com"]),
    ] {
        shared(text, expected, "", "");
    }
    shared(
        "Jane Doe\nVP Engineering\nWe met at the fair",
        ["Jane Doe", "VP Engineering", "", "", ""],
        "",
        "We met at the fair",
    );
    shared(
        "Jane Doe\nVP Engineering\n12 Main Street\nAcme",
        ["Jane Doe", "VP Engineering", "", "", ""],
        "",
        "12 Main Street\nAcme",
    );
}

#[test]
fn what_ends_a_letter_is_no_person() {
    for closing in [
        "Best Regards,",
        "Kind Regards",
        "Many Thanks,",
        "Viele Grüße",
        "Liebe Grüße,",
        "Mit freundlichen Grüßen",
        "Mit freundlichen Grüssen",
        "Herzliche Grüße",
        "Cordialement",
        "Bien cordialement,",
        "Saludos",
        "Saludos cordiales,",
        "С уважением",
    ] {
        shared(
            &format!("{closing}\nJane Doe\nHead of Data\nAcme"),
            ["Jane Doe", "Head of Data", "Acme", "", ""],
            "",
            closing.trim_end_matches(','),
        );
    }
}

#[test]
fn what_begins_a_letter_is_no_person() {
    shared(
        "Hi Tom,\nit was great to meet you.\n\nBest,\nJane Doe\nHead of Data, Acme",
        ["Jane Doe", "Head of Data", "Acme", "", ""],
        "",
        "Hi Tom\nit was great to meet you.\nBest",
    );
}

#[test]
fn pronouns_are_neither_a_name_nor_a_job() {
    for text in ["Jane Doe (she/her)\nHead of Data\nAcme", "Jane Doe\nshe/her\nHead of Data\nAcme"] {
        shared(text, ["Jane Doe", "Head of Data", "Acme", "", ""], "", "she/her");
    }
    shared(
        "Jane Doe\nPronouns: she/her\nHead of Data\nAcme",
        ["Jane Doe", "Head of Data", "Acme", "", ""],
        "",
        "Pronouns: she/her",
    );
    shared("Robert (Bob) Smith\nHead of Data\nAcme", ["Robert (Bob) Smith", "Head of Data", "Acme", "", ""], "", "");
}

#[test]
fn a_telephone_number_is_whole_and_no_fax() {
    let jane = ["Jane Doe", "Head of Data", "Acme", "", ""];
    shared("Jane Doe\nHead of Data\nAcme\nTelefon +49 (0)30 / 1234-56", jane, "+49 (0)30 / 1234-56", "");
    shared("Jane Doe\nMobil: +49 170 1234567\nHead of Data\nAcme", jane, "+49 170 1234567", "");
    shared(
        "Jane Doe\nHead of Data\nAcme\nFax: +49 30 1234567\nTel: +49 30 7654321",
        jane,
        "+49 30 7654321",
        "Fax: +49 30 1234567",
    );
    shared(
        "Jane Doe\nTel: +49 30 7654321\nMobil: +49 170 1234567\nHead of Data\nAcme",
        jane,
        "+49 30 7654321",
        "Mobil: +49 170 1234567",
    );
}
