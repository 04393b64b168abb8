//! Companies that the archive names because the person follows them, saved a job there, applied, or dreams of them.

use std::io::Read;

use serde::{Deserialize, Serialize};

use super::files::FileKind;
use crate::companies::name::CompanyName;
use crate::kinds::kinds;
use crate::transfer::table::{Fault, ROWS_MAX, Table};

kinds! {
    /// Why a company is named; what says more comes first.
    pub enum WishKind {
        Dream = "dream", "one of your dream companies";
        Applied = "applied", "you applied here";
        Saved = "saved", "you saved a job here";
        Follows = "follows", "you follow it";
    }
}

/// A company, and why it is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Its name.
    pub name: CompanyName,
    /// Why.
    pub why: WishKind,
}

/// Reads the column of companies of such a file.
///
/// # Errors
/// [`Fault`]; nothing of the file may be used then.
pub fn read(source: impl Read, kind: FileKind) -> Result<Vec<Wish>, Fault> {
    let (column, why) = match kind {
        FileKind::CompanyFollows => ("organization", WishKind::Follows),
        FileKind::SavedJobs => ("companyname", WishKind::Saved),
        FileKind::Applications => ("companyname", WishKind::Applied),
        _ => ("dreamcompanies", WishKind::Dream),
    };
    let mut table = Table::open(source, kind.marks())?;
    let column = table.column(&[column]);
    let mut wishes = Vec::new();
    while table.advance()? {
        let cell = table.cell(column);
        // One row holds all the dreams.
        let names: Vec<&str> = match why {
            WishKind::Dream => cell.split([',', ';', '|', '\n']).collect(),
            _ => vec![cell],
        };
        wishes.extend(names.into_iter().filter_map(CompanyName::fit).map(|name| Wish { name: name.value, why }));
        if wishes.len() > ROWS_MAX {
            return Err(Fault::TooMany { most: ROWS_MAX, what: "companies" });
        }
    }
    Ok(wishes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(file: &str, kind: FileKind) -> Vec<String> {
        read(file.as_bytes(), kind).unwrap().into_iter().map(|wish| wish.name.as_str().to_owned()).collect()
    }

    #[test]
    fn each_file_names_its_companies() {
        let follows = "Organization,Followed On\n\"Acme, Inc.\",Mon Feb 08 10:11:12 UTC 2026\n,x\n";
        assert_eq!(names(follows, FileKind::CompanyFollows), ["Acme, Inc."]);
        let saved =
            "Saved Date,Job Url,Job Title,Company Name\n\"1/8/26, 6:14 PM\",https://l.example/1,Analyst,Globex\n";
        assert_eq!(names(saved, FileKind::SavedJobs), ["Globex"]);
        let applied = "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,Question And Answers\n\"1/8/26, 6:14 PM\",a@b.example,1,Initech,Dev,https://x.example,cv.pdf,\"Q\nA\"\n";
        assert_eq!(names(applied, FileKind::Applications), ["Initech"]);
        let dreams = "Locations,Industries,Job Titles,Dream Companies\nOslo,IT,Engineer,\"Hooli, Acme\"\n";
        assert_eq!(names(dreams, FileKind::Preferences), ["Hooli", "Acme"]);
        assert!(read(&b"Organization\nAcme\n"[..], FileKind::CompanyFollows).is_err());
    }
}
