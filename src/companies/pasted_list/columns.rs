//! Rows of columns without a head that is known.

use super::series::Series;
use super::several::parts;
use super::site::{is_theirs, is_written_like_address};
use crate::companies::name::is_legal_form;

/// What shows that the lines of a list are rows.
#[derive(Debug, Default)]
pub struct Columns {
    /// What separates the cells, and how many a row has.
    rows: Vec<(char, usize)>,
}

impl Columns {
    /// Whether the lines have the same number of parts, and what stands in them is no list of names.
    pub fn of(lines: &[&str], series: &Series) -> Self {
        let mut rows = Vec::new();
        for separator in [';', '；', ','] {
            let split: Vec<Vec<&str>> = lines
                .iter()
                .map(|line| parts(series.unmarked(line).0, separator))
                .filter(|parts| parts.len() > 1)
                .collect();
            let mut widths: Vec<usize> = split.iter().map(Vec::len).collect();
            widths.sort_unstable();
            widths.dedup();
            for width in widths {
                let alike: Vec<&Vec<&str>> = split.iter().filter(|parts| parts.len() == width).collect();
                if alike.len() > 1 && are_rows(&alike, separator) {
                    rows.push((separator, width));
                }
            }
        }
        Self { rows }
    }

    /// The cells of a line that is a row, by itself or beside the others.
    pub fn cells<'l>(&self, line: &'l str) -> Option<Vec<&'l str>> {
        [';', '；', ','].into_iter().filter(|separator| line.contains(*separator)).find_map(|separator| {
            let parts = parts(line, separator);
            let name = parts.first().copied().unwrap_or_default();
            let has_site = parts.iter().skip(1).any(|part| is_written_like_address(part) && is_theirs(name, part));
            let by_itself = has_site && (separator != ',' || parts.len() > 2);
            let beside = self.rows.contains(&(separator, parts.len()))
                // A name and an address are read with more care where they stand alone.
                && !(separator == ',' && parts.len() == 2 && is_written_like_address(parts[1]));
            let is_row = parts.len() > 1 && (by_itself || beside) && !name.contains("://");
            is_row.then_some(parts)
        })
    }
}

fn are_rows(rows: &[&Vec<&str>], separator: char) -> bool {
    let later = || rows.iter().flat_map(|row| row.iter().skip(1).copied());
    let sites = rows.iter().filter(|row| row.iter().skip(1).any(|cell| is_written_like_address(cell))).count();
    let numbered = rows.iter().all(|row| !row[0].is_empty() && row[0].chars().all(|c| c.is_ascii_digit()));
    let has_form = |cell: &str| cell.rsplit_once([' ', ',']).is_some_and(|(_, last)| is_legal_form(last));
    if sites > 1 || numbered {
        return true;
    }
    let width = rows.first().map_or(0, |row| row.len());
    let repeats = (1..width).any(|at| {
        let cells: Vec<String> =
            rows.iter().map(|row| row[at].to_lowercase()).filter(|cell| !cell.is_empty()).collect();
        cells.iter().enumerate().any(|(nr, cell)| cells[..nr].contains(cell))
    });
    !later().any(has_form) && (separator != ',' || repeats)
}
