//! Tables as CSV files (RFC 4180), fit for spreadsheets: UTF-8 with a mark at its start, and no cell that is taken for a formula.

use std::io::Write;

use crate::error::Result;

/// Tells programs that the file is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// How a formula begins, also in the wide letters of East Asian keyboards, and what spreadsheets skip before one.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\t', '\r'];

/// A CSV file that is being written.
pub struct Sheet<W: Write>(csv::Writer<W>);

impl<W: Write> Sheet<W> {
    /// Begins one with its head.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin<'h>(mut to: W, head: impl IntoIterator<Item = &'h str>) -> Result<Self> {
        to.write_all(MARK).map_err(anyhow::Error::from)?;
        let mut sheet = Self(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to));
        sheet.row(head)?;
        Ok(sheet)
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) -> Result<()> {
        for cell in cells {
            let cell = cell.as_ref();
            let written = if is_taken_for_a_formula(cell) {
                self.0.write_field(format!("'{cell}"))
            } else {
                self.0.write_field(cell)
            };
            written.map_err(anyhow::Error::from)?;
        }
        Ok(self.0.write_record(None::<&[u8]>).map_err(anyhow::Error::from)?)
    }

    /// Returns what it was written to.
    ///
    /// # Errors
    /// When the last of it cannot be written.
    pub fn end(self) -> Result<W> {
        self.0.into_inner().map_err(|error| anyhow::anyhow!("{}", error.error()).into())
    }
}

/// A cell of such a file as it was before it was written, whoever wrote it.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|bare| is_taken_for_a_formula(bare)).unwrap_or(cell)
}

/// Whether a spreadsheet would reckon with the cell.
fn is_taken_for_a_formula(cell: &str) -> bool {
    cell.trim_start_matches([' ', '\u{a0}', '\u{3000}', '\n']).starts_with(FORMULA)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(rows: &[&[&str]]) -> String {
        let mut sheet = Sheet::begin(Vec::new(), ["Name", "Note"]).unwrap();
        for row in rows {
            sheet.row(*row).unwrap();
        }
        String::from_utf8(sheet.end().unwrap()).unwrap()
    }

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        for cell in [
            "=1+1",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(A1)",
            "＝1+1",
            "＋1",
            "－x",
            "＠x",
            "\t=1",
            "\r=1",
            " =1",
            "\n=1",
            "-",
            "\u{3000}=1",
        ] {
            let file = written(&[&[cell, "x"]]);
            let row =
                csv::ReaderBuilder::new().from_reader(file.trim_start_matches('\u{feff}').as_bytes()).records().next();
            let row = row.unwrap().unwrap();
            assert_eq!(row.get(0), Some(format!("'{cell}").as_str()), "{cell:?}");
            assert_eq!(row.get(0).map(unguarded), Some(cell));
        }
        for cell in ["'tis", "''=1", "it's", "'", ""] {
            assert_eq!(unguarded(cell), cell);
        }
        assert_eq!(
            written(&[&["0.5", "5"], &["a \"b\", c", ""]]),
            "\u{feff}Name,Note\r\n0.5,5\r\n\"a \"\"b\"\", c\",\r\n"
        );
    }
}
