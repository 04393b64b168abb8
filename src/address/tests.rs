use super::*;
use proptest::prelude::*;

#[test]
fn only_http_and_https_become_links() {
    let kept = [
        ("acme.com", "https://acme.com"),
        ("  acme.com\n", "https://acme.com"),
        ("Acme.COM/About", "https://acme.com/About"),
        ("www.acme.co.uk", "https://www.acme.co.uk"),
        ("http://acme.com", "http://acme.com"),
        ("HTTPS://acme.com/", "https://acme.com"),
        ("https://acme.com/?a=b#c", "https://acme.com/?a=b#c"),
        ("acme.com:8443/jobs", "https://acme.com:8443/jobs"),
        ("acme.com/search?q=a:b", "https://acme.com/search?q=a:b"),
        ("acme.com/\"><script>", "https://acme.com/%22%3E%3Cscript%3E"),
        ("bücher.de", "https://xn--bcher-kva.de"),
        ("http://localhost:3000/x", "http://localhost:3000/x"),
        ("http://[::1]/", "http://[::1]"),
        ("http://10.0.0.7", "http://10.0.0.7"),
    ];
    for (typed, address) in kept {
        assert_eq!(WebAddress::parse(typed).map(String::from).as_deref(), Ok(address), "{typed:?}");
    }
    let refused = [
        ("", Problem::Empty),
        (" \t\n", Problem::Empty),
        ("javascript:alert(1)", Problem::Scheme),
        ("JaVaScRiPt:alert(1)", Problem::Scheme),
        ("  javascript:alert(1)", Problem::Scheme),
        ("javascript://acme.com/%0aalert(1)", Problem::Scheme),
        ("javascript:1", Problem::NotWeb),
        ("\u{1}javascript:alert(1)", Problem::Spaced),
        ("java\tscript:alert(1)", Problem::Spaced),
        ("java\nscript:alert(1)", Problem::Spaced),
        ("data:text/html,<script>alert(1)</script>", Problem::Scheme),
        ("DATA:text/html;base64,AAAA", Problem::Scheme),
        ("vbscript:msgbox(1)", Problem::Scheme),
        ("file:///etc/passwd", Problem::Scheme),
        ("ftp://acme.com", Problem::Scheme),
        ("mailto:ada@acme.com", Problem::Scheme),
        ("tel:+15551234", Problem::Scheme),
        ("blob:https://acme.com/x", Problem::Scheme),
        ("view-source:https://acme.com", Problem::Scheme),
        ("http:acme.com", Problem::Scheme),
        ("https:///acme.com", Problem::Scheme),
        ("https://", Problem::NotWeb),
        ("//acme.com", Problem::NotWeb),
        ("/jobs", Problem::NotWeb),
        ("https:\\\\acme.com", Problem::Spaced),
        ("https://acme.com\\@evil.com", Problem::Spaced),
        ("https://ada:secret@acme.com", Problem::Credentials),
        ("https://acme.com@evil.com", Problem::Credentials),
        ("ada@acme.com", Problem::Credentials),
        ("acme", Problem::NotWeb),
        ("Inc.", Problem::NotWeb),
        ("S.A.", Problem::NotWeb),
        ("3.5", Problem::NotWeb),
        ("acme..com", Problem::NotWeb),
        (".com", Problem::NotWeb),
        ("https://acme.com)", Problem::NotWeb),
        ("https://acme.com))/", Problem::NotWeb),
        ("(acme.com", Problem::NotWeb),
        ("https://acme.com%29/jobs", Problem::NotWeb),
        ("acme dot com", Problem::Spaced),
        ("https://acme.com/a b", Problem::Spaced),
        ("https://ac\0me.com", Problem::Spaced),
    ];
    for (typed, problem) in refused {
        assert_eq!(WebAddress::parse(typed), Err(problem), "{typed:?}");
    }
    let long = format!("acme.com/{}", "a".repeat(2000));
    assert_eq!(WebAddress::parse(&long), Err(Problem::TooLong { most: 2000, has: 2009 }));
    assert_eq!(WebAddress::parse_optional(" "), Ok(None));
    assert_eq!(WebAddress::parse("https://www.acme.com/a?b").unwrap().host(), "acme.com");
}

#[test]
fn a_mailbox_is_one_and_lower_case() {
    for (typed, address) in [
        (" Ada.King@Example.ORG ", "ada.king@example.org"),
        ("ada+search@mail.example.co.uk", "ada+search@mail.example.co.uk"),
        ("o'neil_x-1@acme-corp.io", "o'neil_x-1@acme-corp.io"),
        ("jürgen@bücher.de", "jürgen@bücher.de"),
    ] {
        assert_eq!(EmailAddress::parse(typed).map(String::from).as_deref(), Ok(address), "{typed:?}");
    }
    for typed in [
        "ada",
        "ada@",
        "@acme.com",
        "ada@acme",
        "ada@@acme.com",
        "ada@a@acme.com",
        ".ada@acme.com",
        "ada.@acme.com",
        "a..da@acme.com",
        "ada@acme..com",
        "ada@-acme.com",
        "ada@acme-.com",
        "ada@.acme.com",
        "ada king@acme.com",
        "ada@ac me.com",
        "\"ada\"@acme.com",
        "ada@[10.0.0.1]",
        "ada@10.0.0.1",
        "ada\0@acme.com",
        "ada@acme.com\u{7}",
        "ada\r\nBcc:x@acme.com",
    ] {
        assert!(
            matches!(EmailAddress::parse(typed), Err(Problem::NotEmail | Problem::SeveralEmails)),
            "{typed:?} became {:?}",
            EmailAddress::parse(typed)
        );
    }
    for list in ["ada@acme.com, bob@acme.com", "ada@acme.com;bob@acme.com", "ada@acme.com bob@acme.com"] {
        assert_eq!(EmailAddress::parse(list), Err(Problem::SeveralEmails), "{list:?}");
    }
    let long = format!("ada@{}.com", "a.".repeat(130));
    assert!(matches!(EmailAddress::parse(&long), Err(Problem::TooLong { most: 254, .. })));
    assert!(EmailAddress::parse(&format!("{}@acme.com", "a".repeat(65))).is_err());
}

#[test]
fn one_person_has_one_key_however_their_profile_is_written() {
    for typed in [
        "https://www.linkedin.com/in/ada-king",
        "http://linkedin.com/in/Ada-King/",
        "linkedin.com/in/ada-king",
        "www.linkedin.com/in/ada-king?trk=people",
        "https://de.linkedin.com/in/ada-king",
        "https://m.linkedin.com/in/ada-king",
        "https://www.linkedin.com/in/ada-king/en",
        "https://www.linkedin.com/in/ada-king/de/?originalSubdomain=de",
        "https://www.linkedin.com/in/ada-king/overlay/contact-info/",
        "https://www.linkedin.com/mwlite/in/ada-king",
        "https://www.linkedin.com/mwlite/profile/in/ada-king#top",
        "https://www.linkedin.com/IN/ada%2Dking",
        "  https://uk.linkedin.com/in/ada-king  ",
        "https://www.linkedin.com/comm/in/ada-king?midToken=AQ&trk=eml",
        "https://www.linkedin.com/comm/mwlite/../in/ada-king",
        "https://www.linkedin.com/in/ada-king,",
        "https://www.linkedin.com/in/ada-king.",
        "https://www.linkedin.com/in/ada-king%20",
        "https://www.linkedin.com/in/ada-king%20/",
        "https://www.linkedin.com/in/ada-king).",
        "linkedin.com//in/ada-king",
        "in/ada-king",
        "/in/ada-king/",
        "<https://www.linkedin.com/in/ada-king>",
        "LinkedIn: https://www.linkedin.com/in/ada-king",
        "Profile: linkedin.com/in/ada-king",
        "https://www.linkedin.com/in/ada-king (work)",
        "[Ada King](https://www.linkedin.com/in/ada-king)",
        "[https://www.linkedin.com/in/ada-king](https://www.linkedin.com/in/ada-king)",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.linkedin.com%2Fin%2Fada-king%3Ftrk%3Dx&data=05",
        "https://www.google.com/url?q=https://www.linkedin.com/in/ada-king&sa=D",
        "https://www.google.de/url?sa=t&url=https%3A%2F%2Fde.linkedin.com%2Fin%2Fada-king",
        "https://www.linkedin.com/authwall?trk=x&sessionRedirect=https%3A%2F%2Fwww.linkedin.com%2Fin%2Fada-king",
        "https://www.linkedin.com/login?session_redirect=%2Fin%2Fada-king",
        "https://www.google.com/url?q=https%3A%2F%2Fwww.linkedin.com%2Fauthwall%3FsessionRedirect%3Dhttps%253A%252F%252Flinkedin.com%252Fin%252Fada-king",
        "https://urldefense.com/v3/__https://www.linkedin.com/in/ada-king__;!!Abc!x$",
        "https://urldefense.com/v3/__https:/www.linkedin.com/in/ada-king/__;!!Abc",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.linkedin.com_in_ada-2Dking&d=DwMF",
        "https://lm.facebook.com/l.php?u=https%3A%2F%2Fwww.linkedin.com%2Fin%2Fada-king",
        "https://click.mail.example/ls?upn=1&target=https%3A%2F%2Fwww.linkedin.com%2Fin%2Fada-king",
    ] {
        let profile = ProfileAddress::parse(typed).unwrap();
        assert_eq!(profile.key(), "/in/ada-king", "{typed:?}");
        assert_eq!(profile.as_str(), "https://www.linkedin.com/in/ada-king", "{typed:?}");
        assert!(profile.is_linkedin());
    }
    let composed = ProfileAddress::parse("linkedin.com/in/j%C3%BCrgen-1").unwrap();
    let typed = ProfileAddress::parse("linkedin.com/in/Ju\u{308}rgen-1").unwrap();
    assert_eq!((composed.key(), typed.key()), ("/in/jürgen-1", "/in/jürgen-1"));
    assert_eq!(composed.as_str(), "https://www.linkedin.com/in/j%C3%BCrgen-1");
}

#[test]
fn ids_keep_their_case_in_the_link_and_other_products_name_people_too() {
    let id = "ACoAABxYz1234567890abcdEFGhijk";
    let by_id = ProfileAddress::parse(&format!("https://www.linkedin.com/in/{id}?x=1")).unwrap();
    assert_eq!(by_id.as_str(), format!("https://www.linkedin.com/in/{id}"));
    assert_eq!(by_id.key(), format!("/in/{}", id.to_lowercase()));
    for (alike, key) in [
        (
            &["linkedin.com/pub/ada-king/12/345/6b7", "http://de.linkedin.com/pub/Ada-King/12/345/6b7?trk=x"][..],
            "/pub/ada-king/12/345/6b7",
        ),
        (
            &[
                "https://www.linkedin.com/sales/lead/ACwAAAbC1,NAME_SEARCH,x1",
                "https://www.linkedin.com/sales/people/ACwAAAbC1,NAME",
            ],
            "/sales/lead/acwaaabc1",
        ),
        (&["https://www.linkedin.com/talent/profile/AEMAbc?x=1"], "/talent/profile/aemabc"),
        (&["https://www.linkedin.com/recruiter/profile/12,x"], "/recruiter/profile/12"),
        (&["https://www.linkedin.com/profile/view?id=123&trk=x"], "/profile/view/123"),
        (
            &[
                "github.com/Ada",
                "https://github.com/ada",
                "http://www.GitHub.com/ADA/?tab=repositories",
                "https://github.com/ada/engine/blob/main/README.md",
            ],
            "https://github.com/ada",
        ),
        (
            &[
                "https://twitter.com/Ada",
                "x.com/ada",
                "https://mobile.twitter.com/ada?s=20",
                "https://x.com/ada/status/1",
            ],
            "https://x.com/ada",
        ),
        (
            &["https://www.xing.com/profile/Ada_King", "xing.com/profile/Ada_King/cv"],
            "https://xing.com/profile/ada_king",
        ),
        (
            &["http://people.example/~ada/", "https://www.people.example/~ada?utm_source=x#top"],
            "https://people.example/~ada",
        ),
        (&["https://www.facebook.com/profile.php?id=5&ref=x"], "https://facebook.com/profile.php?id=5"),
    ] {
        for typed in alike {
            assert_eq!(ProfileAddress::parse(typed).unwrap().key(), key, "{typed:?}");
        }
    }
    assert_eq!(ProfileAddress::parse("https://People.example/Ada").unwrap().key(), "https://people.example/Ada");
}

#[test]
fn one_mailbox_has_one_address() {
    for typed in [
        "ada@bücher.example",
        "ada@xn--bcher-kva.example",
        "ADA@BÜCHER.example",
        "ada@bu\u{308}cher.example",
        "Ada <ada@bücher.example>",
        "<ada@bücher.example>",
        "mailto:ada@bücher.example",
        "MAILTO:ada@bücher.example?subject=x",
        "ada@bücher.example.",
        "ada@bücher.example;",
        "\"King, Ada\" <ada@bücher.example>",
        " ada@bücher.example, ",
    ] {
        assert_eq!(EmailAddress::parse(typed).map(String::from).as_deref(), Ok("ada@bücher.example"), "{typed:?}");
    }
    let composed = EmailAddress::parse("josé@example.com").unwrap();
    assert_eq!(EmailAddress::parse("jose\u{301}@example.com").unwrap(), composed);
    assert!(EmailAddress::parse("ada@भारत.example").is_ok(), "letters with marks of their own");
    assert!(EmailAddress::parse("x\u{328}\u{301}@example.com").is_ok(), "letters that have no composed form");
}

#[test]
fn profiles_elsewhere_are_pages_and_other_pages_of_linkedin_no_profiles() {
    let other = ProfileAddress::parse("Example.org/~ada").unwrap();
    assert_eq!((other.key(), other.is_linkedin()), ("https://example.org/~ada", false));
    let lookalike = ProfileAddress::parse("https://evil-linkedin.com/in/ada").unwrap();
    assert_eq!(lookalike.key(), "https://evil-linkedin.com/in/ada");
    for page in [
        "",
        "company/acme/",
        "school/mit",
        "showcase/x",
        "feed/",
        "posts/ada_x",
        "login",
        "signup",
        "authwall",
        "checkpoint/lg/x",
        "messaging/thread/2-x",
        "pulse/how-to",
        "learning/rust",
        "newsletters/x-1",
        "jobs/view/1",
        "search/results/people/?q=in/ada",
        "groups/1",
        "events/1",
        "mynetwork/",
        "pub/dir/Ada/King",
        "in/",
        "sales/lead",
        "sales/lead/,0",
        "anything-new/in/ada",
        "comm/company/acme",
    ] {
        let refused = ProfileAddress::parse(&format!("https://www.linkedin.com/{page}"));
        assert!(matches!(refused, Err(Problem::NotAPerson(_))), "{page:?} became {refused:?}");
    }
    for page in [
        "github.com",
        "github.com/orgs/acme",
        "https://github.com/features",
        "https://x.com/home",
        "x.com/search?q=ada",
        "https://twitter.com/i/lists/1",
        "https://www.xing.com/companies/acme",
        "https://lnkd.in/dAbc",
        "https://t.co/abc",
    ] {
        let refused = ProfileAddress::parse(page);
        assert!(matches!(refused, Err(Problem::NotAPerson(_))), "{page:?} became {refused:?}");
    }
    let said = ProfileAddress::parse("linkedin.com/company/acme").unwrap_err().to_string();
    assert!(said.starts_with("That's a company page; paste the person's profile"), "{said}");
    assert_eq!(ProfileAddress::parse("javascript:alert(1)//linkedin.com/in/a"), Err(Problem::Scheme));
}

proptest! {
    #[test]
    fn what_is_kept_is_a_plain_link_and_reads_back(typed in "(https?://|www\\.|)[a-zA-Z.:@/?#%\\[\\]\\\\ é\u{0}-]{0,30}") {
        if let Ok(address) = WebAddress::parse(&typed) {
            prop_assert!(address.as_str().starts_with("http://") || address.as_str().starts_with("https://"));
            prop_assert!(address.as_str().is_ascii());
            prop_assert!(!address.as_str().contains(|c: char| c.is_control() || c == ' '));
            prop_assert_eq!(WebAddress::parse(address.as_str()).unwrap(), address.clone());
        }
    }

    #[test]
    fn a_mailbox_reads_back(typed in "[a-zA-ZİéΣ.+-]{1,9}@[a-zA-Zİ.-]{1,9}") {
        if let Ok(address) = EmailAddress::parse(&typed) {
            prop_assert_eq!(EmailAddress::parse(address.as_str()).unwrap(), address);
        }
    }

    #[test]
    fn a_profile_reads_back(slug in "(\\PC|%[0-9A-F]{2}|[a-zİΣ.-]){1,12}") {
        if let Ok(profile) = ProfileAddress::parse(&format!("linkedin.com/in/{slug}")) {
            prop_assert_eq!(ProfileAddress::parse(profile.as_str()).unwrap(), profile);
        }
    }

    #[test]
    fn a_profile_anywhere_reads_back(typed in "(https?://)?(www\\.)?(github|linkedin|twitter|people)\\.(com|example)/?(in|pub|comm/in|sales/lead|url)?/?([a-zA-Z0-9%,./?=&()\"';:!*|<>\\[\\] -]|%20){0,20}") {
        if let Ok(profile) = ProfileAddress::parse(&typed) {
            prop_assert_eq!(ProfileAddress::parse(profile.as_str()).unwrap(), profile);
        }
    }

    #[test]
    fn nothing_typed_makes_them_panic(typed in any::<String>()) {
        let _ = WebAddress::parse(&typed);
        let _ = EmailAddress::parse(&typed);
        let _ = ProfileAddress::parse(&typed);
    }
}
