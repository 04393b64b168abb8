//! Whether the quotation marks of a CSV file pair up.
//!
//! CSV readers are lenient: after a quotation mark that nothing closes they take the rest of the file for one cell and say
//! nothing. So the marks are checked (RFC 4180, section 2) before a file is read.

use super::decode::Separator;

/// A quotation mark that does not fit, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file ends inside a quoted cell.
    #[error("The quotation mark that opens a cell on line {line} is never closed")]
    Unclosed {
        /// The line on which the cell begins, counted from 1.
        line: u64,
    },
    /// A mark in the middle of a cell that is not quoted, or text after the mark that closes a cell.
    #[error("There is a stray quotation mark on line {line}")]
    Stray {
        /// The line, counted from 1.
        line: u64,
    },
}

#[derive(Debug, Clone, Copy)]
enum At {
    CellStart,
    Plain,
    Quoted {
        since: u64,
    },
    /// After a mark inside a quoted cell: the cell's end, or the first half of a doubled mark.
    Closing {
        since: u64,
    },
}

/// What a byte is in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Part of a cell, or a mark around it.
    Inside,
    /// The end of a cell, and not of its row.
    CellEnd,
    /// The end of a row.
    RowEnd,
}

/// Follows the marks of a table whose line breaks are LF, byte by byte.
#[derive(Debug)]
pub struct Marks {
    at: At,
    line: u64,
    separator: Separator,
}

impl Marks {
    /// Begins on that line, counted from 1.
    pub const fn from_line(line: u64, separator: Separator) -> Self {
        Self { at: At::CellStart, line, separator }
    }

    /// The line the next byte stands on.
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// Takes the next byte.
    ///
    /// # Errors
    /// [`Fault::Stray`].
    pub fn take(&mut self, byte: u8) -> Result<Place, Fault> {
        let ends_cell = byte == b'\n' || byte == self.separator.byte();
        let mut place = Place::Inside;
        self.at = match (self.at, byte) {
            (At::CellStart, b'"') => At::Quoted { since: self.line },
            (At::Closing { since }, b'"') => At::Quoted { since },
            (At::CellStart | At::Plain | At::Closing { .. }, _) if ends_cell => {
                place = if byte == b'\n' { Place::RowEnd } else { Place::CellEnd };
                At::CellStart
            }
            (At::Plain, b'"') | (At::Closing { .. }, _) => return Err(Fault::Stray { line: self.line }),
            (At::CellStart | At::Plain, _) => At::Plain,
            (At::Quoted { since }, b'"') => At::Closing { since },
            (At::Quoted { since }, _) => At::Quoted { since },
        };
        self.line += u64::from(byte == b'\n');
        Ok(place)
    }

    /// The table ends.
    ///
    /// # Errors
    /// [`Fault::Unclosed`].
    pub const fn end(&self) -> Result<(), Fault> {
        match self.at {
            At::Quoted { since } => Err(Fault::Unclosed { line: since }),
            _ => Ok(()),
        }
    }
}

/// Checks text whose first line is number `first_line` and whose line breaks are LF.
///
/// # Errors
/// [`Fault`], the first there is.
pub fn check(text: &str, separator: Separator, first_line: u64) -> Result<(), Fault> {
    let mut marks = Marks::from_line(first_line, separator);
    for byte in text.bytes() {
        marks.take(byte)?;
    }
    marks.end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_fault_is_named_with_its_line() {
        for (text, result) in [
            ("a,\"b,\"\"c\"\"\n\",d\n\"\"", Ok(())),
            ("a,\"b\nc", Err(Fault::Unclosed { line: 1 })),
            ("a\nb,\"c\n\"\"d\n", Err(Fault::Unclosed { line: 2 })),
            ("a\n\nb\"c", Err(Fault::Stray { line: 3 })),
            ("\"a\n\"b\n", Err(Fault::Stray { line: 2 })),
            ("a, \"b\"\n", Err(Fault::Stray { line: 1 })),
        ] {
            assert_eq!(check(text, Separator::Comma, 1), result, "{text:?}");
        }
        assert_eq!(check("a;\"b\";c\n\"d", Separator::Semicolon, 4), Err(Fault::Unclosed { line: 5 }));
    }

    proptest! {
        #[test]
        fn an_odd_mark_is_always_found(cells in prop::collection::vec("[a\",\n]{0,4}", 1..6), at in any::<prop::sample::Index>()) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(&cells).unwrap();
            let mut text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(check(&text, Separator::Comma, 1), Ok(()));
            text.insert(at.index(text.len()), '"');
            prop_assert!(check(&text, Separator::Comma, 1).is_err());
        }
    }
}
