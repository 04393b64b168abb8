use super::*;
use proptest::prelude::*;

fn rows(bytes: &[u8]) -> Result<Vec<(u64, String)>, Fault> {
    let mut table = Table::open(bytes, &["name", "note"])?;
    let (name, note) = (table.column(&["name"]), table.column(&["note"]));
    let mut found = Vec::new();
    while table.advance()? {
        found.push((table.line, format!("{}: {}", table.cell(name), table.cell(note))));
    }
    Ok(found)
}

#[test]
fn cells_are_found_by_name_and_rows_know_their_lines() {
    for text in [
        "Name,Note\nAda,x\n\n\nBob,\"two\nlines\"\nCy,z",
        "Name,Note\r\nAda,x\r\n\r\n\r\nBob,\"two\r\nlines\"\r\nCy,z\r\n",
        "\u{feff}_Note_;more; na me \nx;1;Ada\n\n\n\"two\nlines\";2;Bob\nz;3;Cy\n",
    ] {
        let expected = [(2, "Ada: x".to_owned()), (5, "Bob: two\nlines".into()), (7, "Cy: z".into())];
        assert_eq!(rows(text.as_bytes()).unwrap(), expected, "{text}");
    }
    let utf_16: Vec<u8> = "\u{feff}Name,Note\nZoë,x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(rows(&utf_16).unwrap(), [(2, "Zoë: x".to_owned())]);
    assert_eq!(rows(b"Notes:\n\"said, before\"\n\nName,Note\nAda,x\n").unwrap(), [(5, "Ada: x".to_owned())]);
}

#[test]
fn a_row_that_is_cut_off_has_no_such_cell() {
    assert_eq!(rows(b"Name,Note\nAda\n").unwrap(), [(2, "Ada: ".to_owned())]);
}

proptest! {
    #[test]
    fn what_a_writer_of_csv_wrote_is_read_as_it_was(cells in prop::collection::vec("[a-c\",;\n ]{0,6}", 1..40)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["Name", "Note"]).unwrap();
        cells.iter().for_each(|cell| writer.write_record(["x", cell]).unwrap());
        let found = rows(&writer.into_inner().unwrap()).unwrap();
        let expected: Vec<_> = cells.iter().map(|cell| format!("x: {}", cell.trim())).collect();
        prop_assert_eq!(found.into_iter().map(|(_, row)| row).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = rows(&[b"Name,Note\n", &bytes[..]].concat());
    }
}
