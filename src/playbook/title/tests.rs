use super::words::telling_stems;
use super::*;

fn closeness_by(title: &str, target_roles: &[String]) -> Closeness {
    Roles::of(target_roles).closeness_by(title)
}

fn near(said: Closeness, title: Option<&str>, target_roles: &[String]) -> (Closeness, bool) {
    Roles::of(target_roles).near(said, title)
}

#[test]
fn a_title_is_held_against_the_roles() {
    let roles = ["Data analyst".to_owned(), "Product manager".to_owned()];
    for (title, closeness) in [
        ("Senior Data Analyst", Closeness::SameRole),
        ("Analyst, clinical data (part-time)", Closeness::SameRole),
        ("Product Managers", Closeness::SameRole),
        ("Head of Data", Closeness::HiringManager),
        ("Director of Product Management, data analyst teams", Closeness::HiringManager),
        ("Data Engineer", Closeness::Adjacent),
        ("Business analyst", Closeness::Adjacent),
        ("Recruiter, data and AI", Closeness::Recruiter),
        ("Head of Talent | ex-Acme", Closeness::Recruiter),
        ("Engineering Manager", Closeness::Other),
        ("CEO & Co-founder \u{1f680}", Closeness::Other),
        ("", Closeness::Other),
    ] {
        assert_eq!(closeness_by(title, &roles), closeness, "{title}");
    }
    assert_eq!(closeness_by("Senior", &["Senior".to_owned()]), Closeness::Other);
    assert_eq!(closeness_by("Data analyst", &[]), Closeness::Other);
}

#[test]
fn what_the_user_says_beats_the_title() {
    let roles = ["Data analyst".to_owned()];
    assert_eq!(near(Closeness::Other, Some("Data analyst"), &roles), (Closeness::SameRole, true));
    assert_eq!(near(Closeness::Other, Some("Baker"), &roles), (Closeness::Other, false));
    assert_eq!(near(Closeness::Other, None, &roles), (Closeness::Other, false));
    assert_eq!(near(Closeness::NotNear, Some("Data analyst"), &roles), (Closeness::NotNear, false));
    assert_eq!(near(Closeness::Adjacent, Some("Data analyst"), &roles), (Closeness::Adjacent, false));
}

/// What titles are taken for by someone who aims at a role.
#[track_caller]
fn seen(role: &str, expected: &[(&str, Closeness)]) {
    for (title, closeness) in expected {
        assert_eq!(closeness_by(title, &[role.to_owned()]), *closeness, "'{title}' for '{role}'");
    }
}

#[test]
fn what_leads_a_kind_of_work_is_told_by_its_words() {
    use Closeness::{Adjacent, HiringManager, Other, SameRole};
    let leads =
        |role, titles: &[&str]| seen(role, &titles.iter().map(|title| (*title, HiringManager)).collect::<Vec<_>>());
    leads("Software engineer", &["Engineering Manager", "VP Engineering", "Head of Engineering", "CTO"]);
    leads(
        "Data analyst",
        &["Head of Analytics", "CTO", "Directeur Data", "Leiter Data & Analytics", "Data Teamleiterin"],
    );
    leads("Product designer", &["Head of Design", "Design Director"]);
    leads("Softwareentwickler", &["Leiter Softwareentwicklung", "Leiterin Software-Entwicklung"]);
    leads("Analista de datos", &["Jefa de Datos"]);
    leads("Аналитик данных", &["Руководитель отдела данных"]);
    seen(
        "Data analyst",
        &[("Data Analyst, Management Accounting", SameRole), ("CFO", Other), ("Chief Happiness Officer", Other)],
    );
    seen(
        "Chef de projet",
        &[("Cheffe de projet", SameRole), ("Agent de sécurité", Other), ("Projets spéciaux", Adjacent)],
    );
}

#[test]
fn words_of_every_kind_of_work_make_nobody_a_neighbour() {
    use Closeness::{Adjacent, Other, Recruiter, SameRole};
    seen(
        "IT manager",
        &[
            ("Restaurant Manager", Other),
            ("Human Resources Manager", Recruiter),
            ("Data Analytics Manager", Other),
            ("Senior IT Manager", SameRole),
        ],
    );
    seen("Support Specialist, Customer Care", &[("IT support specialist", Adjacent), ("Tax specialist", Other)]);
    seen("Head of Data", &[("Head of People", Other), ("Head of Data", SameRole)]);
    seen(
        "Analista de datos",
        &[("Jefe de cocina", Other), ("Agent de sécurité", Other), ("Director de Marketing", Other)],
    );
    seen(
        "Chief of staff",
        &[("Chief Executive Officer", Other), ("Chief Accountant", Other), ("Chief of Staff to the CEO", SameRole)],
    );
    seen("Executive assistant", &[("Account Executive", Other), ("Executive Assistant", SameRole)]);
    seen("Physician assistant", &[("Physician", Adjacent), ("Physician Assistant", SameRole)]);
    seen("Sales associate", &[("Sales Engineer", Adjacent), ("Sales Associate", SameRole)]);
    seen("Associate product manager", &[("Product manager", SameRole)]);
    seen("Manager", &[("Restaurant Manager", Other), ("Manager", SameRole)]);
    seen("c++ developer", &[("Java Developer", Adjacent), ("C++ Developer", SameRole)]);
}

#[test]
fn whoever_looks_for_people_is_a_recruiter_but_to_recruiters() {
    use Closeness::{Adjacent, HiringManager, Recruiter, SameRole};
    for title in [
        "Technical Recruiter hiring Data Analysts",
        "Recruiter for data analysts",
        "Talent Partner",
        "Chargée de recrutement",
        "Рекрутер",
        "Personalberaterin",
        "Chasseur de têtes",
        "HR Business Partner",
    ] {
        seen("Data analyst", &[(title, Recruiter)]);
    }
    seen("Data analyst", &[("Data Engineer, Talent Products", Adjacent), ("HR Data Analyst", SameRole)]);
    seen(
        "Talent acquisition specialist",
        &[
            ("Head of Talent Acquisition", HiringManager),
            ("Talent Acquisition Specialist", SameRole),
            ("Technical Recruiter", Adjacent),
        ],
    );
}

#[test]
fn what_somebody_was_or_would_be_is_not_their_work() {
    use Closeness::{Other, SameRole};
    seen(
        "Data analyst",
        &[
            ("Aspiring Data Analyst", Other),
            ("Former data analyst, now chef", Other),
            ("Student | looking for data analyst roles", Other),
            ("Data analyst (retired)", Other),
            ("Data Analyst | ex-Acme", SameRole),
            ("Data Analyst seeking new opportunities", SameRole),
        ],
    );
}

#[test]
fn spelling_gender_and_script_make_no_other_work() {
    use Closeness::SameRole;
    seen("Softwareentwickler", &[("Softwareentwicklerin", SameRole), ("Software-Entwickler", SameRole)]);
    seen("Développeur web", &[("Developpeur web", SameRole), ("Développeuse web", SameRole)]);
    seen("Front-end developer", &[("Frontend Developer", SameRole), ("Front end developer", SameRole)]);
    seen("Frontend developer", &[("Front-End Developer", SameRole)]);
    seen("データアナリスト", &[("シニアデータアナリスト", SameRole)]);
    seen("产品经理", &[("高级产品经理", SameRole)]);
}

#[test]
fn the_stems_that_tell_leave_ranks_out() {
    assert_eq!(telling_stems("Senior data analyst (remote)"), ["data", "analy"]);
    assert_eq!(telling_stems("Junior"), [""; 0]);
}
