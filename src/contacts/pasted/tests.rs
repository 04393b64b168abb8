use super::titles::SITES;
use super::*;
use proptest::prelude::*;

mod signatures;

/// Name, title, company, profile, e-mail.
fn parts(read: &Read) -> [&str; 5] {
    [&read.name, &read.job_title, &read.company, &read.profile, &read.email].map(String::as_str)
}

#[test]
fn what_is_no_name_is_taken_apart() {
    let profile = "https://www.linkedin.com/in/grace-hopper-4c1d2e";
    let linked = format!("Grace Hopper {profile}");
    let marked = format!("[Grace Hopper]({profile})");
    let labelled = format!("LinkedIn: {profile}");
    for (pasted, read) in [
        (profile, ["Grace Hopper", "", "", profile, ""]),
        ("linkedin.com/in/grace-hopper-4c1d2e", ["Grace Hopper", "", "", "linkedin.com/in/grace-hopper-4c1d2e", ""]),
        ("in/grace-hopper", ["Grace Hopper", "", "", "in/grace-hopper", ""]),
        ("www.people.example/grace", ["", "", "", "www.people.example/grace", ""]),
        (&linked, ["Grace Hopper", "", "", profile, ""]),
        (&marked, ["Grace Hopper", "", "", profile, ""]),
        (&labelled, ["Grace Hopper", "", "", profile, ""]),
        ("Grace Hopper - Rear Admiral - US Navy | LinkedIn", ["Grace Hopper", "Rear Admiral", "US Navy", "", ""]),
        ("(3) Grace Hopper | LinkedIn", ["Grace Hopper", "", "", "", ""]),
        (
            "(99+) Grace Hopper – Rear Admiral at US Navy | LinkedIn",
            ["Grace Hopper", "Rear Admiral", "US Navy", "", ""],
        ),
        ("Grace Hopper · 2nd", ["Grace Hopper", "", "", "", ""]),
        ("Grace Hopper • 3rd+ Rear Admiral at US Navy", ["Grace Hopper", "Rear Admiral", "US Navy", "", ""]),
        ("Grace Hopper - Rear Admiral", ["Grace Hopper", "Rear Admiral", "", "", ""]),
        ("maxm (Max Mustermann) · GitHub", ["Max Mustermann", "", "", "", ""]),
        ("Max Mustermann | XING", ["Max Mustermann", "", "", "", ""]),
        ("Grace Hopper <grace@navy.example>", ["Grace Hopper", "", "", "", "grace@navy.example"]),
        ("\"Hopper, Grace\" <grace@navy.example>", ["Grace Hopper", "", "", "", "grace@navy.example"]),
        ("van der Berg, Jan <jan@acme.example>", ["Jan van der Berg", "", "", "", "jan@acme.example"]),
        ("\"García Márquez, Gabriel\" <g@acme.example>", ["Gabriel García Márquez", "", "", "", "g@acme.example"]),
        ("Grace Hopper, PhD <grace@navy.example>", ["Grace Hopper, PhD", "", "", "", "grace@navy.example"]),
        (
            "Grace Hopper, Rear Admiral <grace@navy.example>",
            ["Grace Hopper", "Rear Admiral", "", "", "grace@navy.example"],
        ),
        ("Ada Lovelace, CTO at Acme, ada@acme.example", ["Ada Lovelace", "CTO", "Acme", "", "ada@acme.example"]),
        (
            "Ada Lovelace, Acme Robotics <ada@acme.example>",
            ["Ada Lovelace", "", "Acme Robotics", "", "ada@acme.example"],
        ),
        ("Ada, CTO <ada@acme.example>", ["Ada", "CTO", "", "", "ada@acme.example"]),
        ("Hopper, Grace <grace@navy.example>", ["Grace Hopper", "", "", "", "grace@navy.example"]),
        ("Grace Hopper, PhD <grace@navy.example>", ["Grace Hopper, PhD", "", "", "", "grace@navy.example"]),
        ("Grace Hopper (grace@navy.example)", ["Grace Hopper", "", "", "", "grace@navy.example"]),
        ("Grace Hopper mailto:grace@navy.example", ["Grace Hopper", "", "", "", "grace@navy.example"]),
        ("grace.hopper@navy.example", ["Grace Hopper", "", "", "", "grace.hopper@navy.example"]),
        ("grace@navy.example", ["", "", "", "", "grace@navy.example"]),
        ("Jonas Weber, leads analytics at Ada Health", ["Jonas Weber", "leads analytics", "Ada Health", "", ""]),
    ] {
        let found = in_name(pasted).unwrap_or_else(|| panic!("{pasted:?} was taken for a name"));
        assert_eq!(parts(&found), read, "{pasted:?}");
        assert_eq!(found.rest, "", "{pasted:?}");
    }
}

#[test]
fn a_telephone_number_is_no_name() {
    for (pasted, name, phone) in [
        ("+49 170 1234567", "", "+49 170 1234567"),
        ("Grace Hopper +1 (202) 555-0143", "Grace Hopper", "+1 (202) 555-0143"),
        ("Grace Hopper, Tel.: 030 1234567", "Grace Hopper", "030 1234567"),
        ("Hopper, Grace, mobile: 0170 1234567", "Grace Hopper", "0170 1234567"),
    ] {
        let found = in_name(pasted).unwrap_or_else(|| panic!("{pasted:?} was taken for a name"));
        assert_eq!((found.name.as_str(), found.phone.as_str()), (name, phone), "{pasted:?}");
        assert_eq!(found.rest, "", "{pasted:?}");
    }
}

#[test]
fn a_name_stays_a_name() {
    for name in [
        "Grace Hopper",
        "Grace Hopper, PhD",
        "Ada King, PhD, MBA",
        "Sammy Davis, Jr.",
        "Jean-Luc Picard",
        "O’Brien",
        "Dr. K. Johnson",
        "Robert (Bob) Smith",
        "Grace Hopper (she/her)",
        "王小明",
        "김철수",
        "Хоппер Грейс",
        "María José de la Cruz",
        "X Æ A-12",
        "Inga",
    ] {
        assert_eq!(in_name(name), None, "{name:?}");
        assert!(name_of_person(name).is_ok(), "{name:?}");
    }
    assert_eq!(name_of_person(" ").unwrap_err(), "Enter their name");
    assert_eq!(name_of_person("https://www.linkedin.com/in/grace").unwrap_err(), "Enter only the person's name here");
}

#[test]
fn a_line_names_the_job_and_the_company() {
    for (line, read) in [
        ("Jonas Weber, leads analytics at Ada Health", ["Jonas Weber", "leads analytics", "Ada Health"]),
        ("Jonas Weber (Head of Data, Ada Health)", ["Jonas Weber", "Head of Data", "Ada Health"]),
        ("Jonas Weber (Head of Data at Ada Health)", ["Jonas Weber", "Head of Data", "Ada Health"]),
        ("Jonas Weber (Head of Data)", ["Jonas Weber", "Head of Data", ""]),
        ("Jonas Weber - Head of Data - Ada Health", ["Jonas Weber", "Head of Data", "Ada Health"]),
        ("Jonas Weber, Head of Data, Ada Health", ["Jonas Weber", "Head of Data", "Ada Health"]),
        ("Jonas Weber, CTO", ["Jonas Weber", "CTO", ""]),
        ("Jonas Weber, PhD, CTO, Ada Health", ["Jonas Weber, PhD", "CTO", "Ada Health"]),
        ("Jonas Weber from Ada Health", ["Jonas Weber", "", "Ada Health"]),
        ("Jonas Weber at Ada Health", ["Jonas Weber", "", "Ada Health"]),
        ("Jonas Weber, PhD", ["Jonas Weber, PhD", "", ""]),
        ("Jonas Weber", ["Jonas Weber", "", ""]),
        ("Jonas (he/him)", ["Jonas (he/him)", "", ""]),
    ] {
        let found = in_line(line);
        assert_eq!(parts(&found)[..3], read, "{line:?}");
    }
}

#[test]
fn nothing_that_is_shared_is_dropped() {
    let read = in_shared(
        "",
        "Jane Doe\nVP Engineering, Foo, Inc.\njane@foo.example | linkedin.com/in/janedoe\nTel: +49 (30) 123 456-78\nWe met at the fair.",
        "",
    );
    assert_eq!(
        parts(&read),
        ["Jane Doe", "VP Engineering", "Foo, Inc.", "linkedin.com/in/janedoe", "jane@foo.example"]
    );
    assert_eq!((read.phone.as_str(), read.rest.as_str()), ("+49 (30) 123 456-78", "We met at the fair."));

    let read = in_shared(
        "",
        "Jane Doe / VP Engineering, Foo, Inc. / jane@foo.example | +1 202 555 0143 | linkedin.com/in/janedoe",
        "",
    );
    assert_eq!(
        parts(&read),
        ["Jane Doe", "VP Engineering", "Foo, Inc.", "linkedin.com/in/janedoe", "jane@foo.example"]
    );
    assert_eq!((read.phone.as_str(), read.rest.as_str()), ("+1 202 555 0143", ""));

    let read =
        in_shared("(2) Kate Miller - Analyst - Acme | LinkedIn", "Look https://www.linkedin.com/in/kmiller.", "");
    assert_eq!(parts(&read), ["Kate Miller", "Analyst", "Acme", "https://www.linkedin.com/in/kmiller", ""]);
    assert_eq!(read.rest, "Look");

    for (title, url) in [
        ("Feed | LinkedIn", "https://www.linkedin.com/feed/"),
        ("Acme: Overview | LinkedIn", "https://www.linkedin.com/company/acme/"),
        ("A post", "https://www.linkedin.com/posts/ada_x-1"),
    ] {
        let read = in_shared(title, "", url);
        assert_eq!(parts(&read), ["", "", "", "", ""], "{url}");
        assert_eq!(read.rest, format!("{title}\n{url}"));
    }
    for (title, url, name) in [
        ("Max Mustermann | XING", "https://www.xing.com/profile/Max_Mustermann", "Max Mustermann"),
        ("maxm (Max Mustermann) · GitHub", "https://github.com/maxm", "Max Mustermann"),
        ("Ada King", "https://ada.example/about", "Ada King"),
        ("Ada King – Designer", "https://ada.example/", "Ada King"),
    ] {
        let read = in_shared(title, "", url);
        assert_eq!((read.name.as_str(), read.profile.as_str()), (name, url));
    }
}

#[test]
fn the_titles_of_profiles_are_taken_apart() {
    for (title, profile) in [
        ("Grace Hopper (@grace) / X", "https://x.com/grace"),
        ("(3) Grace Hopper (@grace) / X", "https://x.com/grace"),
        ("Grace Hopper (@grace.example.com) — Bluesky", "https://bsky.app/profile/grace.example.com"),
        ("Grace Hopper (@grace@mastodon.example) - Mastodon", "https://mastodon.example/@grace"),
        ("Grace Hopper (@grace) • Instagram photos and videos", "https://www.instagram.com/grace/"),
        (
            "\u{202a}Grace Hopper\u{202c} - \u{202a}Google Scholar\u{202c}",
            "https://scholar.google.com/citations?user=abc",
        ),
        ("Grace Hopper (0000-0002-1825-0097) - ORCID", "https://orcid.org/0000-0002-1825-0097"),
        ("Grace Hopper – Medium", "https://medium.com/@grace"),
    ] {
        let read = in_shared(title, "", profile);
        assert_eq!((parts(&read), read.rest.as_str()), (["Grace Hopper", "", "", profile, ""], ""), "{title}");
    }
}

#[test]
fn a_text_may_begin_with_a_title() {
    let title = "Grace Hopper - Rear Admiral - US Navy | LinkedIn";
    let profile = "https://www.linkedin.com/in/grace-hopper";
    let read = ["Grace Hopper", "Rear Admiral", "US Navy", "", ""];
    assert_eq!(parts(&in_shared("", title, "")), read);
    let linked = ["Grace Hopper", "Rear Admiral", "US Navy", profile, ""];
    assert_eq!(parts(&in_shared("", &format!("{title}\n{profile}"), "")), linked);
    assert_eq!(parts(&in_shared("", title, profile)), linked);
    let met = in_shared("", &format!("{title}\nWe met at the fair"), "");
    assert_eq!((parts(&met), met.rest.as_str()), (read, "We met at the fair"));
    let line = in_shared("", "Jonas Weber, leads analytics at Ada Health", "");
    assert_eq!(parts(&line), ["Jonas Weber", "leads analytics", "Ada Health", "", ""]);
    let posting = in_shared("Analyst - Acme", "Berlin", "https://jobs.lever.co/acme/1");
    assert_eq!(
        (parts(&posting), posting.rest.as_str()),
        ([""; 5], "Analyst - Acme\nhttps://jobs.lever.co/acme/1\nBerlin")
    );
}

proptest! {
    #[test]
    fn what_was_read_as_a_name_is_one(text in "[A-Za-zé,.@<>()|/: -]{0,40}|(\\([0-9]\\) )?[A-Z][a-z]+ [A-Z][a-z]+( - [A-Z][a-z]+){0,3}( \\| LinkedIn)?( <[a-z]+@[a-z]+\\.com>)?") {
        if let Some(read) = in_name(&text) {
            prop_assert_eq!(in_name(&read.name), None, "{:?}", read);
        }
    }

    #[test]
    fn nothing_pasted_makes_it_panic(title in any::<String>(), text in any::<String>()) {
        let _ = in_name(&title);
        let _ = in_line(&text);
        let _ = in_shared(&title, &text, &title);
    }

    #[test]
    fn every_word_shared_is_somewhere(text in "([A-Za-z]{1,9}[ \n|]){1,8}") {
        let read = in_shared("", &text, "");
        let all = [&read.name, &read.job_title, &read.company, &read.rest].map(String::as_str).join(" ");
        for word in text.split([' ', '\n', '|']).filter(|word| !word.is_empty()) {
            prop_assert!(all.contains(word) || SITES.contains(&word) || word == "at", "{word} of {text:?} is not in {read:?}");
        }
    }
}
