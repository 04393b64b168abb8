//! How columns are called in the languages address books are kept in.

use super::meaning::{Meaning, has_names};

/// Names as `plain` has them, with spaces between them.
pub const NAMES: &[(Meaning, &str)] = &[
    (
        Meaning::FirstName,
        "firstname first givenname given forename vorname prenom nombre nombredepila nome voornaam imie \
         fornavn fornamn etunimi ad adi isim имя keresztnev jmeno 名 名字 이름",
    ),
    (Meaning::MiddleName, "middlename additionalname zweitervorname weiterervorname secondprenom отчество"),
    (
        Meaning::LastName,
        "lastname last familyname family surname nachname familienname nomdefamille nom apellido apellidos \
         sobrenome cognome achternaam nazwisko etternavn efternamn efternavn sukunimi soyad soyadi фамилия \
         vezeteknev prijmeni 姓 姓氏 성",
    ),
    (
        Meaning::Name,
        "name fullname wholename displayname contact contactname person nomcomplet vollstandigername \
         nombrecompleto nomecompleto naam namn navn nimi adsoyad имяифамилия фио 姓名 氏名 名前 성명",
    ),
    (
        Meaning::Company,
        "company companyname employer organization organisation organizationname organization1name firm \
         accountname currentcompany firma unternehmen arbeitgeber entreprise societe employeur empresa \
         compania organizacion azienda societa bedrijf werkgever foretag arbetsgivare virksomhed yritys \
         sirket компания организация 公司 单位 会社 会社名 회사",
    ),
    (
        Meaning::JobTitle,
        "jobtitle position title role occupation jobrole currentposition organizationtitle organization1title \
         headline beruf funktion stelle rolle poste fonction intitule puesto cargo ruolo posizione mansione \
         functie functietitel stanowisko befattning titel stilling unvan должность 职位 职务 役職 직책",
    ),
    (
        Meaning::Email,
        "email emails mail emailaddress emailadresse adresseemail courriel correo correoelectronico \
         enderecodeemail indirizzoemail epost epostadresse eposta sahkoposti workemail businessemail \
         personalemail primaryemail электроннаяпочта почта 邮箱 电子邮件 メール メールアドレス 이메일",
    ),
    (
        Meaning::Phone,
        "phone phones phonenumber telephone tel mobile mobilephone cell cellphone homephone businessphone \
         workphone primaryphone otherphone companymainphone telefon telefonnummer handy mobil mobiltelefon \
         telephoneportable portable telefono movil celular telefone cellulare telefoon telefoonnummer puhelin \
         телефон 电话 手机 電話 電話番号 전화",
    ),
    (
        Meaning::Profile,
        "linkedin linkedinurl linkedinprofile linkedinprofileurl profile profileurl linkedinprofil profil",
    ),
    (Meaning::Website, "website webpage web url homepage siteweb sitioweb webseite personalwebpage"),
    (
        Meaning::ConnectedOn,
        "connectedon connectedsince connectiondate dateconnected verbundenam connectele conectadoel",
    ),
    (
        Meaning::Notes,
        "notes note comment comments remarks remark description notizen notiz bemerkung bemerkungen kommentar \
         remarque remarques commentaire notas observaciones observacoes appunti notities opmerkingen uwagi \
         anteckningar notater notlar заметки примечания 备注 メモ 備考 메모",
    ),
    (Meaning::Also, "labels groupmembership categories tags birthday nickname geburtstag anniversaire cumpleanos"),
];

/// A name without case, accents, spaces and marks, so that `E-mail Address` and `email_address` are one.
pub fn plain(name: &str) -> String {
    crate::folding::folded(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What a column of this name means, where the name says it.
pub fn named(name: &str) -> Option<Meaning> {
    let plain = plain(name);
    let found = NAMES.iter().find(|(_, names)| names.split(' ').any(|name| name == plain)).map(|(meaning, _)| *meaning);
    // Several columns of one kind are counted: 'E-mail 2', 'Phone 3 - Value'.
    found.or_else(|| {
        let stem: String = plain.chars().filter(|c| !c.is_ascii_digit()).collect();
        let stem = stem.strip_suffix("value").or_else(|| stem.strip_suffix("address")).unwrap_or(&stem);
        [
            ("email", Meaning::Email),
            ("phone", Meaning::Phone),
            ("website", Meaning::Website),
            ("mobilephone", Meaning::Phone),
        ]
        .into_iter()
        .chain([("businessphone", Meaning::Phone), ("homephone", Meaning::Phone)])
        .find(|(name, _)| *name == stem)
        .map(|(_, meaning)| meaning)
    })
}

/// Whether these are the names of columns, one of them of someone's name.
pub fn names_someone(names: &[String]) -> bool {
    let meanings: Vec<Meaning> = names.iter().filter_map(|name| named(name)).collect();
    meanings.len() > 1 && has_names(&meanings)
}
