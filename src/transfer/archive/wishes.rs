//! Companies that the archive names because the person follows them, saved a job there, applied, or dreams of them; and those jobs.

use std::io::Read;

use serde::{Deserialize, Serialize};

use super::files::FileKind;
use super::jobs::Job;
use crate::address::WebAddress;
use crate::companies::name::CompanyName;
use crate::kinds::kinds;
use crate::text::Line;
use crate::transfer::dates::{Order, Written};
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

/// What a file about jobs and companies says.
#[derive(Debug, Default)]
pub struct Wished {
    /// The companies it names.
    pub companies: Vec<Wish>,
    /// The jobs that were saved or applied for.
    pub jobs: Vec<Job>,
    /// The cell of the job titles that are wanted.
    pub roles: String,
}

/// Reads such a file.
///
/// # Errors
/// [`Fault`]; nothing of the file may be used then.
pub fn read(source: impl Read, kind: FileKind) -> Result<Wished, Fault> {
    let (company, day, why) = match kind {
        FileKind::CompanyFollows => ("organization", "followedon", WishKind::Follows),
        FileKind::SavedJobs => ("companyname", "saveddate", WishKind::Saved),
        FileKind::Applications => ("companyname", "applicationdate", WishKind::Applied),
        _ => ("dreamcompanies", "", WishKind::Dream),
    };
    let mut table = Table::open(source, kind.marks())?;
    let [company, day, title, url, roles] =
        [company, day, "jobtitle", "joburl", "jobtitles"].map(|name| table.column(&[name]));
    let mut found = Wished::default();
    let mut days = Vec::new();
    while table.advance()? {
        let cell = table.cell(company);
        // One row holds all the dreams.
        let names: Vec<&str> = match why {
            WishKind::Dream => cell.split([',', ';', '|', '\n']).collect(),
            _ => vec![cell],
        };
        let names: Vec<CompanyName> =
            names.into_iter().filter_map(CompanyName::fit).map(|fitted| fitted.value).collect();
        if let (WishKind::Saved | WishKind::Applied, [company]) = (why, &names[..])
            && let Some(title) = Line::fit(table.cell(title))
        {
            days.push(Written::parse(table.cell(day)));
            found.jobs.push(Job {
                title: title.value,
                company: company.clone(),
                url: WebAddress::parse(table.cell(url)).ok(),
                saved_on: None,
                is_applied: why == WishKind::Applied,
                applied_on: None,
            });
        }
        if found.roles.is_empty() {
            table.cell(roles).clone_into(&mut found.roles);
        }
        found.companies.extend(names.into_iter().map(|name| Wish { name, why }));
        if found.companies.len() > ROWS_MAX {
            return Err(Fault::TooMany { most: ROWS_MAX, what: "companies" });
        }
    }
    let order = Order::of(days.iter().copied().flatten());
    for (job, written) in found.jobs.iter_mut().zip(days) {
        let on = written.and_then(|written| written.in_order(order));
        *(if job.is_applied { &mut job.applied_on } else { &mut job.saved_on }) = on;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn names(file: &str, kind: FileKind) -> Vec<String> {
        read(file.as_bytes(), kind).unwrap().companies.into_iter().map(|wish| wish.name.as_str().to_owned()).collect()
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
    #[test]
    fn jobs_are_read_with_their_days_and_pages() {
        let saved = "Saved Date,Job Url,Job Title,Company Name\n\
            \"1/8/26, 6:14 PM\",https://www.linkedin.com/jobs/view/4012345678,Analyst,Globex\n\
            \"1/31/26, 6:14 PM\",javascript:x,Director,Globex\nx,,,Globex\n";
        let found = read(saved.as_bytes(), FileKind::SavedJobs).unwrap();
        let said = |job: &Job| (job.title.to_string(), job.url.is_some(), job.saved_on, job.is_applied);
        let days = [8, 31].map(|day| Some(date(2026, 1, day)));
        let expected = [("Analyst".to_owned(), true, days[0], false), ("Director".to_owned(), false, days[1], false)];
        assert_eq!(found.jobs.iter().map(said).collect::<Vec<_>>(), expected);
        assert_eq!(found.companies.len(), 3);
        let applied = "Application Date,Company Name,Job Title,Job Url\n\"2/3/26, 9:00 AM\",Acme,Dev,\n";
        let found = read(applied.as_bytes(), FileKind::Applications).unwrap();
        assert_eq!((found.jobs[0].is_applied, found.jobs[0].applied_on), (true, Some(date(2026, 2, 3))));
        let wanted = "Job Titles,Dream Companies\n\"Analyst, Data lead\",Hooli\n";
        assert_eq!(read(wanted.as_bytes(), FileKind::Preferences).unwrap().roles, "Analyst, Data lead");
    }
}
