use super::*;

fn zipped(parts: &[(&str, &str)]) -> Cursor<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap()
}

fn open_document(table: &str) -> Cursor<Vec<u8>> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="People">{table}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let manifest = r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", manifest),
    ])
}

fn cell(text: &str) -> String {
    format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
}

fn excel(rows: &str) -> Cursor<Vec<u8>> {
    excel_after("", rows)
}

/// With rows on the sheet before, named 'Empty'.
fn excel_after(before: &str, rows: &str) -> Cursor<Vec<u8>> {
    zipped(&[
        (
            "[Content_Types].xml",
            r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        (
            "_rels/.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Empty" sheetId="1" r:id="rId1"/><sheet name="People" sheetId="2" r:id="rId2"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#,
        ),
        (
            "xl/styles.xml",
            r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#,
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(
                r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{before}</sheetData></worksheet>"#
            ),
        ),
        (
            "xl/worksheets/sheet2.xml",
            &format!(
                r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
            ),
        ),
    ])
}

fn cells(found: &Found) -> Vec<String> {
    found.sheet.rows.iter().map(|row| format!("{} {}", row.line, row.cells.join("|"))).collect()
}

#[test]
fn sheets_of_both_programs_are_read_with_dates_and_values() {
    let rows = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Connected on</t></is></c><c r="C1" t="inlineStr"><is><t>Phone</t></is></c></row>
            <row r="3"><c r="A3" t="str"><f>A1</f><v>Ada Lovelace</v></c><c r="B3" s="1"><v>43862</v></c><c r="C3"><v>4915112345678</v></c></row>"#;
    let found = read("people.xlsx", excel(rows)).unwrap();
    assert_eq!(cells(&found), ["1 Name|Connected on|Phone", "3 Ada Lovelace|2020-02-01|4915112345678"]);
    assert_eq!(found.said.as_deref(), Some("sheet 'People', the other one was not read"));

    let date = r#"<table:table-cell office:value-type="date" office:date-value="2020-02-01"><text:p>1.2.20</text:p></table:table-cell>"#;
    let many = r#"<table:table-cell table:number-columns-repeated="16382"/>"#;
    let table = format!(
        "<table:table-row>{}{}{many}</table:table-row><table:table-row>{}{date}{many}</table:table-row>\
             <table:table-row table:number-rows-repeated=\"1048574\">{many}</table:table-row>",
        cell("Name"),
        cell("Connected on"),
        cell("Ada Lovelace"),
    );
    let found = read("people.ods", open_document(&table)).unwrap();
    assert_eq!(cells(&found), ["1 Name|Connected on", "2 Ada Lovelace|2020-02-01"]);
}

#[test]
fn the_sheet_of_people_is_read_wherever_it_stands() {
    let row = |at: u32, cells: [&str; 2]| {
        let cell = |text: &str| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
        format!(r#"<row r="{at}">{}{}</row>"#, cell(cells[0]), cell(cells[1]))
    };
    let people = row(1, ["Name", "E-mail"]) + &row(2, ["Ada Lovelace", "ada@acme.example"]);
    let cover = row(1, ["Our alumni", "2026"]) + &row(2, ["Ask Jo", "before you write"]);
    let read = |before: &str, rows: &str| cells(&read("people.xlsx", excel_after(before, rows)).unwrap());
    let expected = ["1 Name|E-mail", "2 Ada Lovelace|ada@acme.example"];
    assert_eq!(read(&cover, &people), expected, "after a cover");
    assert_eq!(read(&people, &cover), expected, "before notes");
    assert_eq!(read(&row(1, ["Name", "E-mail"]), &people), expected, "after one that is only a heading");
    assert_eq!(read(&cover, &row(1, ["Name", "E-mail"])), ["1 Our alumni|2026", "2 Ask Jo|before you write"]);
}

#[test]
fn what_would_become_more_than_there_is_room_for_is_refused() {
    let far = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let wide = r#"<table:table-row><table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    let tall = format!(r#"<table:table-row table:number-rows-repeated="1048576">{}</table:table-row>"#, cell("x"));
    for (file, says) in [
        (excel(far), "The row on line 1048576 has more than 200 cells"),
        (open_document(wide), "has more than 200 cells"),
        (open_document(""), "There is nothing in it"),
        (zipped(&[("a.txt", "x")]), "This is no spreadsheet"),
        (Cursor::new(b"PK\x03\x04 cut off".to_vec()), "The archive is damaged"),
        (zipped(&[("xl/workbook.xml", "<workbook><sheets>")]), "The spreadsheet is damaged"),
    ] {
        let Err(why) = read("file", file) else { panic!("{says} is not said") };
        assert!(why.to_string().contains(says), "{why}");
    }
    let one = read("file", open_document(&tall)).unwrap();
    assert_eq!(cells(&one), ["1 x"], "the same row a million times is one");
}
