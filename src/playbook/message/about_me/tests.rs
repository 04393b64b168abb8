use super::*;

/// What people write into the field, and the sentence that is made of it.
const WRITTEN: &[(&str, &str)] = &[
    (
        "I build dashboards for hospitals and would like to do so for climate research",
        "I build dashboards for hospitals and would like to do so for climate research.",
    ),
    ("I turn ward notes into tools.", "I turn ward notes into tools."),
    ("i build compilers", "I build compilers."),
    ("I am a nurse", "I am a nurse."),
    ("I'm a nurse!", "I am a nurse."),
    ("I’m a nurse ...", "I am a nurse."),
    ("Im a nurse", "I am a nurse."),
    ("am a nurse", "I am a nurse."),
    ("I am I build things", "I build things."),
    ("I am nurse of six years", "I am a nurse of six years."),
    ("I am Ada Byron", "I am Ada Byron."),
    ("I've nursed for six years", "I've nursed for six years."),
    ("Hi, I'm a nurse", "I am a nurse."),
    ("My work is making sense of ward data", "My work is making sense of ward data."),
    ("my name is Ada", "My name is Ada."),
    ("We build dashboards", "We build dashboards."),
    ("We're two nurses", "We're two nurses."),
    ("As a nurse of six years, I know wards", "As a nurse of six years, I know wards."),
    ("As a nurse of six years", "I am a nurse of six years."),
    ("a nurse of six years", "I am a nurse of six years."),
    ("A nurse of six years.", "I am a nurse of six years."),
    ("nurse of six years", "I am a nurse of six years."),
    ("Nurse of six years", "I am a nurse of six years."),
    ("Nurse turned analyst", "I am a nurse turned analyst."),
    ("analyst", "I am an analyst."),
    ("MBA student", "I am an MBA student."),
    ("UX designer", "I am a UX designer."),
    ("iOS developer", "I am an iOS developer."),
    ("Python developer in Leeds", "I am a Python developer in Leeds."),
    ("university lecturer", "I am a university lecturer."),
    ("Experienced nurse", "I am an experienced nurse."),
    ("Former nurse, now learning data analysis", "I am a former nurse, now learning data analysis."),
    ("Marketing specialist with ten years in retail", "I am a marketing specialist with ten years in retail."),
    ("Teaching assistant", "I am a teaching assistant."),
    ("Research assistant", "I am a research assistant."),
    ("Lead developer", "I am a lead developer."),
    ("Design student", "I am a design student."),
    ("Head of nursing at St Agnes", "I am head of nursing at St Agnes."),
    ("Currently a nurse", "I am currently a nurse."),
    ("Currently nurse", "I am currently a nurse."),
    ("Currently working as a nurse", "I am currently working as a nurse."),
    ("Currently work as a nurse", "I currently work as a nurse."),
    ("Formerly a nurse, now an analyst", "I was formerly a nurse, now an analyst."),
    ("Working as a nurse", "I am working as a nurse."),
    ("Building dashboards for hospitals", "I am building dashboards for hospitals."),
    ("Learning data analysis after six years as a nurse", "I am learning data analysis after six years as a nurse."),
    ("Build dashboards for hospitals", "I build dashboards for hospitals."),
    ("Help hospitals read their data", "I help hospitals read their data."),
    ("Worked as a nurse for six years", "I worked as a nurse for six years."),
    ("Led a ward", "I led a ward."),
    ("Passionate about data", "I am passionate about data."),
    ("New to data", "I am new to data."),
    ("Based in Leeds, learning data analysis", "I am based in Leeds, learning data analysis."),
    ("In my sixth year as a nurse", "I am in my sixth year as a nurse."),
    ("From nursing, on the way to data", "I am from nursing, on the way to data."),
    ("With six years of nursing behind me", "I have six years of nursing behind me."),
    ("After ten years in nursing", "I come to this after ten years in nursing."),
    ("Six years of nursing", "I have six years of nursing."),
    ("10 years in retail", "I have 10 years in retail."),
    ("Data is what I love", "Data is what I love."),
    ("I am a nurse. I build dashboards.", "I am a nurse. I build dashboards."),
    ("I work at Acme, Inc.", "I work at Acme, Inc."),
    ("Ich bin Krankenschwester", "Ich bin Krankenschwester."),
    ("  a   nurse ,", "I am a nurse."),
    ("看護師です", "看護師です."),
];

#[test]
fn however_it_is_written_it_becomes_a_sentence() {
    for (written, sentence) in WRITTEN {
        assert_eq!(AboutMe::read(written).unwrap().sentence(), *sentence, "{written}");
    }
    for nothing in ["", "  ", "...", "-"] {
        assert_eq!(AboutMe::read(nothing), None);
    }
}

#[test]
fn what_was_made_of_it_is_read_back_as_it_is() {
    for (_, sentence) in WRITTEN {
        assert_eq!(AboutMe::read(sentence).unwrap().sentence(), *sentence);
    }
}

#[test]
fn where_it_leads_is_said_once() {
    let told = |about, target| who_i_am(about, target).unwrap_or_default();
    assert_eq!(told("a nurse", Some("Data Analyst")), "I am a nurse, moving towards data analyst work.");
    assert_eq!(
        told("a nurse of six years, learning data analysis", Some("data analyst")),
        "I am a nurse of six years, learning data analysis and moving towards data analyst work."
    );
    assert_eq!(
        told("I build dashboards", Some("data analyst")),
        "I build dashboards. I am moving towards data analyst work."
    );
    assert_eq!(
        told("I build dashboards and would like to do so for climate research", Some("data analyst")),
        "I build dashboards and would like to do so for climate research."
    );
    assert_eq!(told("", Some("Social work")), "I am moving towards social work.");
    assert_eq!(told("a nurse", None), "I am a nurse.");
    assert_eq!(told("", None), "");
}

#[test]
fn the_fragment_is_what_finishes_i_am() {
    let about = |written| AboutMe::read(written).unwrap();
    assert_eq!(about("Nurse of six years").fragment(), Some("a nurse of six years"));
    assert_eq!(about("I build dashboards").fragment(), None);
    assert_eq!(about("I am a nurse. I read.").fragment(), None);
    assert_eq!(
        (about("I build").clause(), about("My work is fun").clause()),
        ("I build".into(), "my work is fun".into())
    );
}
