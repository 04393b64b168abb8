use std::collections::HashSet;

use super::*;

fn people(text: &[u8]) -> Vec<String> {
    super::super::tests::people(&read("contacts.vcf", text).unwrap())
}

#[test]
fn cards_of_every_version_are_read() {
    assert_eq!(
        people(
            b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;Dr.;\r\n\
              TEL;CELL:+49 171 1234567\r\nEMAIL;INTERNET:joerg@example.org\r\nORG:Acme;Research\r\nTITLE:Engineer\r\n\
              PHOTO;ENCODING=BASE64;JPEG:\r\n AAAA\r\n BBBB\r\n\r\nEND:VCARD\r\n"
        ),
        ["Jörg Müller|Acme|Engineer|joerg@example.org|+49 171 1234567||Department: Research"]
    );
    assert_eq!(
        people(
            b"BEGIN:VCARD\nVERSION:3.0\nFN:Grace Hopper\nN:Hopper;Grace;;;\nEMAIL;TYPE=HOME:home@example.org\n\
              EMAIL;TYPE=WORK,PREF:grace@navy.example\nitem1.URL:https://www.linkedin.com/in/Grace-Hopper\n\
              item1.X-ABLabel:LinkedIn\nNOTE:Compilers\\, mostly\\nCOBOL\nCATEGORIES:Navy,Friends\nEND:VCARD\n"
        ),
        [
            "Grace Hopper|||grace@navy.example||/in/grace-hopper|Compilers, mostly\nCOBOL\nAlso: home@example.org\nLabels: Navy, Friends"
        ]
    );
    assert_eq!(
        people(
            b"BEGIN:VCARD\nVERSION:4.0\nFN:Ada\n  Lovelace\nTEL;VALUE=uri:tel:+44-20-1\n\
              X-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/ada\nEND:VCARD\n\
              BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nEND:VCARD\n"
        ),
        ["Ada Lovelace||||+44-20-1|/in/ada|"]
    );
}

#[test]
fn all_that_a_card_says_is_kept_or_named() {
    let card = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Lovelace\r\nN:Lovelace;;;Dr.;PhD\r\nNICKNAME:Countess\r\nBDAY:18151210\r\n\
        ADR:;;12 St James Square;London;;SW1;UK\r\nGENDER:F\r\nIMPP:xmpp:ada@example.org\r\nX-ABUID:1\r\n\
        EMAIL;PREF=2:second@example.org\r\nEMAIL;PREF=1:first@example.org\r\nEMAIL:last@example.org\r\nEND:VCARD\r\n";
    let sheet = read("contacts.vcf", card).unwrap();
    assert_eq!(
        people(card),
        ["Ada Lovelace|||first@example.org|||Also: second@example.org\nAlso: last@example.org\nNickname: Countess\n\
          Birthday: 1815-12-10\nAddress: 12 St James Square, London, SW1, UK"]
    );
    let unread = sheet.people(&mut HashSet::new()).columns.unread;
    assert_eq!(unread, ["Name prefix", "Name suffix", "Instant messages"]);
    assert!(sheet.rows.iter().all(|row| row.cells.len() == sheet.columns.len()));
}

#[test]
fn old_cards_of_east_asia_are_read() {
    let name = |charset: &str, bytes: &[u8]| {
        let written: String = bytes.iter().map(|byte| format!("={byte:02X}")).collect();
        let card = format!(
            "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{written}\r\nEND:VCARD\r\n"
        );
        people(card.as_bytes()).concat()
    };
    for (charset, encoding, text) in [
        ("SHIFT_JIS", encoding_rs::SHIFT_JIS, "山田太郎"),
        ("EUC-JP", encoding_rs::EUC_JP, "山田太郎"),
        ("EUC-KR", encoding_rs::EUC_KR, "김철수"),
        ("GB2312", encoding_rs::GBK, "王小明"),
        ("GBK", encoding_rs::GBK, "王小明"),
        ("BIG5", encoding_rs::BIG5, "王小明"),
    ] {
        let (bytes, ..) = encoding.encode(text);
        assert_eq!(name(charset, &bytes), format!("{text}||||||"), "{charset}");
    }
}

#[test]
fn what_is_no_file_of_cards_is_refused_with_its_line() {
    for (text, says) in [
        ("BEGIN:VCARD\nVERSION:3.0\nFN:Ada\n", "The card that begins on line 1 does not end"),
        ("BEGIN:VCARD\nFN:Ada\nEND:VCARD\nhello\n", "Line 4, 'hello', is in no card"),
        ("BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Acme\nEND:VCARD\n", "There is no card of a person in it"),
        ("", "The file is empty"),
    ] {
        let why = read("contacts.vcf", text.as_bytes()).unwrap_err().to_string();
        assert!(why.contains(says), "{why}");
    }
}
