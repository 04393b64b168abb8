use std::collections::HashSet;

use proptest::prelude::*;

use super::meaning::Meaning::{self, *};
use super::*;

fn sheet(text: &str) -> Sheet {
    rows::read("people.csv", text.as_bytes()).unwrap()
}

/// The people of a sheet: name, employer, title, address, number, profile and notes.
pub(super) fn people(sheet: &Sheet) -> Vec<String> {
    let found = sheet.people(&mut HashSet::new());
    let said = |one: &crate::transfer::linkedin::Connection| {
        [
            Some(one.name.to_string()),
            one.employer.as_ref().map(|it| it.to_string()),
            one.job_title.as_ref().map(|it| it.to_string()),
            one.email.as_ref().map(|it| it.as_str().to_owned()),
            one.phone.as_ref().map(|it| it.to_string()),
            one.profile.as_ref().map(|it| it.key().to_owned()),
            one.notes.as_ref().map(|it| it.to_string()),
        ]
        .map(Option::unwrap_or_default)
        .join("|")
    };
    found.rows.iter().map(said).collect()
}

const GOOGLE: &str = "First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Nickname,Organization Name,Organization Title,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Website 1 - Label,Website 1 - Value\n\
Grace,B.,Hopper,,Dr.,Amazing,Navy,Rear Admiral,Compilers,https://p.example/1,Friends ::: * myContacts,Home,home@example.org,* Work,grace@navy.example,Mobile,+1 555 0100 ::: +1 555 0101,LinkedIn,https://www.linkedin.com/in/grace-hopper\n\
,,,,,,Acme,,,,* myContacts,,info@acme.example,,,,,,\n";

#[test]
fn contacts_of_google_need_no_word() {
    let sheet = sheet(GOOGLE);
    assert_eq!((sheet.origin, sheet.is_settled), (Origin::Google, true));
    assert_eq!(
        people(&sheet),
        [
            "Grace B. Hopper|Navy|Rear Admiral|grace@navy.example|+1 555 0100|/in/grace-hopper|Compilers\nAlso: home@example.org\nAlso: +1 555 0101\nNickname: Amazing\nLabels: Friends"
        ]
    );
    let found = sheet.people(&mut HashSet::new());
    assert_eq!(found.left_out.iter().map(|row| row.line).collect::<Vec<_>>(), [3]);
}

#[test]
fn old_contacts_of_google_are_known_too() {
    let sheet = sheet(
        "Name,Given Name,Additional Name,Family Name,Yomi Name,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title\n\
         Ada Lovelace,Ada,,Lovelace,,,* myContacts,* Home,ada@example.org ::: ada@work.example,Mobile,123 456 789,,Analytical,Countess\n",
    );
    assert_eq!(sheet.origin, Origin::Google);
    assert_eq!(
        people(&sheet),
        ["Ada Lovelace|Analytical|Countess|ada@example.org|123 456 789||Also: ada@work.example"]
    );
}

#[test]
fn the_title_of_outlook_is_an_address_and_no_job() {
    let sheet = sheet(
        "First Name;Middle Name;Last Name;Title;Suffix;Web Page;Notes;E-mail Address;E-mail 2 Address;Home Phone;Mobile Phone;Company;Job Title;Categories\r\n\
         Jörg;;Müller;Dr.;;https://acme.example;;joerg@acme.example;;;0171 1234567;Acme;Engineer;Work\r\n",
    );
    assert_eq!((sheet.origin, sheet.is_settled), (Origin::Outlook, true));
    assert_eq!(
        people(&sheet),
        ["Jörg Müller|Acme|Engineer|joerg@acme.example|0171 1234567||Website: https://acme.example\nCategories: Work"]
    );
}

#[test]
fn columns_are_guessed_by_name_in_many_languages_or_by_content() {
    for (heading, meanings) in [
        (
            "Vorname;Nachname;Firma;Funktion;E-Mail-Adresse;Telefon",
            vec![FirstName, LastName, Company, JobTitle, Email, Phone],
        ),
        (
            "Prénom,Nom,Société,Poste,Courriel,Téléphone portable",
            vec![FirstName, LastName, Company, JobTitle, Email, Phone],
        ),
        ("Nombre,Apellidos,Empresa,Puesto,Correo electrónico", vec![FirstName, LastName, Company, JobTitle, Email]),
        ("Nome,Azienda,Ruolo,Telefono", vec![Name, Company, JobTitle, Phone]),
        ("姓名,公司,职位,邮箱,电话", vec![Name, Company, JobTitle, Email, Phone]),
        ("Full name\tTitle\tEmployer\tLinkedIn URL\tShoe size", vec![Name, JobTitle, Company, Profile, Nothing]),
        ("Title above\n\nName,E-mail", vec![Name, Email]),
    ] {
        let separator = if heading.contains(';') {
            ';'
        } else if heading.contains('\t') {
            '\t'
        } else {
            ','
        };
        let values = vec!["x"; meanings.len()].join(&separator.to_string());
        let sheet = sheet(&format!("{heading}\n{values}\n"));
        assert_eq!((sheet.columns.clone(), sheet.is_settled), (meanings, false), "{heading}");
    }
    let bare =
        sheet("Ada Lovelace\tada@example.org\thttps://www.linkedin.com/in/ada\nGrace Hopper\tgrace@navy.example\t\n");
    assert!(!bare.has_heading);
    assert_eq!(bare.columns, [Name, Email, Profile]);
    assert_eq!(people(&bare).len(), 2);
}

#[test]
fn what_was_said_of_the_columns_counts() {
    let mut sheet = sheet(
        "Who,Where,Since\nAda Lovelace,Analytical,2020-02-01\nGrace Hopper,Navy,\nAda Lovelace,Analytical,\n,Acme,\n",
    );
    assert!(sheet.has_heading && !meaning::has_names(&sheet.columns));
    sheet.settle(true, &[Name, Company, ConnectedOn]);
    let found = sheet.people(&mut HashSet::new());
    assert_eq!(found.rows.iter().map(|row| row.is_connected).collect::<Vec<_>>(), [true, false]);
    assert_eq!((found.repeated, found.left_out.len(), found.left_out[0].line), (1, 1, 5));
    sheet.settle(false, &[Name, Company, Nothing]);
    assert_eq!(people(&sheet).len(), 3);
}

#[test]
fn cells_copied_out_of_a_spreadsheet_keep_their_marks() {
    let sheet = sheet("Name\tNotes\nAda\tA 5\" disk\nGrace\tshort\n");
    assert_eq!(people(&sheet), ["Ada||||||A 5\" disk", "Grace||||||short"]);
}

#[test]
fn what_is_no_table_is_refused_with_its_line() {
    let wide = vec!["x"; COLUMNS_MAX + 1].join(",");
    let many = "Ada,Lovelace\n".repeat(30_002);
    for (text, says) in [
        ("", "The file is empty"),
        ("Name,E-mail\n", "only a heading"),
        ("Name,E-mail\nAda,\"a\nb", "line 2 is never closed"),
        ("Name,E-mail\nAda \"the\" first,a\n", "stray quotation mark on line 2"),
        (wide.as_str(), "The row on line 1 has more than 200 cells"),
        (many.as_str(), "more than 30000 people"),
    ] {
        let why = rows::read("people.csv", text.as_bytes()).unwrap_err().to_string();
        assert!(why.contains(says), "{why}");
    }
}

#[test]
fn a_bare_name_beside_a_first_name_loses_no_surname() {
    for (text, name) in [
        ("Name;Vorname;Firma\nHopper;Grace;Navy\n", "Grace Hopper"),
        ("Naam,Voornaam\nHopper,Grace\n", "Grace Hopper"),
        ("Namn,Förnamn\nHopper,Grace\n", "Grace Hopper"),
        ("Nom,Prénom\nHopper,Grace\n", "Grace Hopper"),
        ("Name,First Name\nGrace Hopper,Grace\n", "Grace Hopper"),
        ("Name,First Name\nHopper,Grace\n", "Grace Hopper"),
        ("Name,Last Name\nGrace,Hopper\n", "Grace Hopper"),
        ("Name,Last Name\nGrace Hopper,Hopper\n", "Grace Hopper"),
        ("Name,First Name\n,Grace\n", "Grace"),
    ] {
        let found = people(&sheet(text));
        assert_eq!(found[0].split('|').next(), Some(name), "{text}");
    }
}

#[test]
fn empty_dates_and_empty_columns_are_nothing() {
    let text = "First Name,Last Name,Suffix,Spouse,Birthday,E-mail Address,Mobile Phone,Categories\n\
        Grace,Hopper,,,0/0/00,grace@navy.example,1 555,\nAda,Lovelace,,,10/12/1815,,,00.00.00\n";
    let sheet = sheet(text);
    let notes: Vec<String> =
        people(&sheet).iter().map(|one| one.rsplit('|').next().unwrap_or_default().into()).collect();
    assert_eq!(notes, ["", "Birthday: 10/12/1815"]);
    let mut table = super::rows::read("t.csv", b"Name,E-mail,Suffix,Shoe size\nGrace,g@x.example,,38\n").unwrap();
    table.settle(true, &[Name, Email, Nothing, Nothing]);
    assert_eq!(table.people(&mut HashSet::new()).columns.unread, ["Shoe size"]);
}

#[test]
fn what_guards_a_cell_against_reckoning_is_taken_off() {
    let sheet = sheet("Name,Phone,Notes\n'=SUM(A1),'+1 555 0100,'tis so\n");
    assert_eq!(people(&sheet), ["=SUM(A1)||||+1 555 0100||'tis so"]);
}

proptest! {
    #[test]
    fn whatever_is_said_of_the_columns_each_row_is_someone_or_left_out(
        text in "([a-zA-Z@. ]{0,6}[,\t;]){1,4}[a-z]{1,3}\n([a-z@.+0-9 ]{0,8}[,\t;]){1,4}[a-z]{0,3}\n",
        said in prop::collection::vec(prop::sample::select(Meaning::ALL.to_vec()), 8),
        has_heading in any::<bool>(),
    ) {
        if let Ok(mut sheet) = rows::read("people.csv", text.as_bytes()) {
            sheet.settle(has_heading, &said);
            let found = sheet.people(&mut HashSet::new());
            prop_assert_eq!(found.rows.len() + found.repeated + found.left_out.len(), sheet.body().len());
        }
    }
}
