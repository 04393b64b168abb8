use super::*;

#[test]
fn marks_at_the_end_go_and_abbreviations_stay() {
    for (text, cut) in [
        ("Acme, Inc.", "Acme, Inc."),
        ("Acme, Inc..", "Acme, Inc."),
        ("Yahoo!", "Yahoo"),
        ("Who?", "Who"),
        ("It helps ...", "It helps"),
        ("It helps…", "It helps"),
        ("Plain.", "Plain"),
        ("Ada B.", "Ada B."),
        ("???", "???"),
        ("", ""),
    ] {
        assert_eq!(unended(text), cut);
    }
    assert_eq!(
        (ended("I start"), ended("I start."), ended("Really?")),
        ("I start.".into(), "I start.".into(), "Really?".into())
    );
    assert_eq!((ended("I start,"), ended("At Acme, Inc.")), ("I start.".into(), "At Acme, Inc.".into()));
}

#[test]
fn notes_read_inside_a_sentence() {
    for (note, read) in [
        ("The team works in pairs.", "the team works in pairs"),
        ("SQL matters most.", "SQL matters most"),
        ("Python is used everywhere", "Python is used everywhere"),
        ("I should learn dbt.", "I should learn dbt"),
        ("You moved from teaching into analysis.", "you moved from teaching into analysis"),
        ("Climate research", "climate research"),
        ("Data analyst work", "data analyst work"),
        ("Tony Hoare recommended you", "Tony Hoare recommended you"),
        ("Grace recommended you", "Grace recommended you"),
        ("Grace's talk", "Grace's talk"),
        ("Same school as I", "same school as I"),
        ("A question helps", "a question helps"),
        ("German clients", "German clients"),
        ("Mondays are planning", "Mondays are planning"),
        ("Is that so?", "is that so?"),
        ("", ""),
    ] {
        assert_eq!(inside(note), read, "{note}");
    }
    for (note, read) in [
        ("Send my portfolio.", "send my portfolio"),
        ("Mail Tony Hoare", "mail Tony Hoare"),
        ("SQL exercises", "SQL exercises"),
    ] {
        assert_eq!(action(note), read);
    }
    for (title, read) in [
        ("Data analyst", "data analyst"),
        ("Senior Data Analyst", "senior data analyst"),
        ("BI analyst", "BI analyst"),
        ("iOS developer", "iOS developer"),
        ("Java Developer", "Java developer"),
        ("UX/UI Designer", "UX/UI designer"),
        ("Co-Founder", "co-founder"),
        ("QA", "QA"),
        ("Head of Data & Insight", "head of data & insight"),
    ] {
        assert_eq!(role(title), read);
    }
}

#[test]
fn the_reader_is_spoken_to() {
    for (note, said) in [
        ("Send Élodie my hospital dashboard sample", "Send you my hospital dashboard sample"),
        ("Read Élodie's paper", "Read your paper"),
        ("Read Élodie’s paper, and tell Élodie", "Read your paper, and tell you"),
        ("Élodie uses R every day", "You use R every day"),
        ("that Élodie Martin was a nurse", "that you were a nurse"),
        ("What Élodie does all day", "What you do all day"),
        ("Send Élodie Martin's paper to Tony", "Send your paper to Tony"),
        ("Send her my sample and ask her opinion", "Send you my sample and ask your opinion"),
        ("Ask her", "Ask you"),
        ("She also carries a pager", "You also carry a pager"),
        ("She started as a nurse", "You started as a nurse"),
        ("Ask Tony whether he knows her", "Ask Tony whether he knows her"),
        ("Look at Élodie Dupont", "Look at Élodie Dupont"),
        ("Look at Élodie and me", "Look at you and me"),
        ("Write the report", "Write the report"),
    ] {
        assert_eq!(to_reader(note, "Élodie", "Élodie Martin"), said, "{note}");
    }
    assert_eq!(to_reader("Any text", "", ""), "Any text");
}
