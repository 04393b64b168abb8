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

#[test]
fn a_job_at_a_company_with_its_legal_form_is_both() {
    for (line, job, company) in [
        ("CTO at Daleks GmbH", "CTO", "Daleks GmbH"),
        ("Senior Analyst @ Foo GmbH", "Senior Analyst", "Foo GmbH"),
        ("Responsable data – Foo SAS", "Responsable data", "Foo SAS"),
        ("Leiterin Einkauf | Foo AG", "Leiterin Einkauf", "Foo AG"),
    ] {
        shared(
            &format!("Tom Baker\n{line}\ntom@daleks.example"),
            ["Tom Baker", job, company, "", "tom@daleks.example"],
            "",
            "",
        );
    }
}

#[test]
fn names_without_a_space_and_companies_with_the_form_in_front_are_read() {
    for (text, expected) in [
        (
            "王小明\n数据分析师\n腾讯科技\nwang@tencent.example",
            ["王小明", "数据分析师", "腾讯科技", "", "wang@tencent.example"],
        ),
        (
            "谢谢\n王小明\n数据分析师\n深圳市腾讯计算机系统有限公司",
            ["王小明", "数据分析师", "深圳市腾讯计算机系统有限公司", "", ""],
        ),
        (
            "佐藤花子（サトウハナコ）\n株式会社フー データ部\nhanako@foo.example",
            ["佐藤花子（サトウハナコ）", "データ部", "株式会社フー", "", "hanako@foo.example"],
        ),
        (
            "山田 太郎\n株式会社サンプル\n営業部 部長\ntaro@sample.example",
            ["山田 太郎", "営業部 部長", "株式会社サンプル", "", "taro@sample.example"],
        ),
        ("김철수\n주식회사 한빛\n데이터 분석가", ["김철수", "데이터 분석가", "주식회사 한빛", "", ""]),
    ] {
        let rest = if text.starts_with("谢谢") { "谢谢" } else { "" };
        shared(text, expected, "", rest);
    }
}
