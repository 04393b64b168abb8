//! Which file of the archive a file is: by its columns, or else by its name.

use crate::kinds::kinds;
use crate::transfer::decode::beginning;
use crate::transfer::linkedin::unreadable::WITHIN;
use crate::transfer::table::{has_all, plain, plain_names};

kinds! {
    /// The files that are used.
    pub enum FileKind {
        Connections = "connections", "Connections.csv";
        Invitations = "invitations", "Invitations.csv";
        Messages = "messages", "messages.csv";
        Notes = "notes", "Notes.csv";
        CompanyFollows = "company_follows", "Company Follows.csv";
        SavedJobs = "saved_jobs", "Saved Jobs.csv";
        Applications = "applications", "Job Applications.csv";
        Preferences = "preferences", "Job Seeker Preferences.csv";
        Profile = "profile", "Profile.csv";
        Positions = "positions", "Positions.csv";
        Education = "education", "Education.csv";
    }
}

impl FileKind {
    /// The columns that tell it, without case, spaces and underscores.
    pub const fn marks(self) -> &'static [&'static str] {
        match self {
            Self::Connections => &["firstname", "connectedon"],
            Self::Invitations => &["from", "to", "sentat", "direction"],
            Self::Messages => &["conversationid", "from", "to", "date"],
            Self::Notes => &["connectionfirstname", "note"],
            Self::CompanyFollows => &["organization", "followedon"],
            Self::SavedJobs => &["saveddate", "companyname"],
            Self::Applications => &["applicationdate", "companyname"],
            Self::Preferences => &["dreamcompanies"],
            Self::Profile => &["firstname", "lastname", "headline"],
            Self::Positions => &["companyname", "title", "startedon"],
            Self::Education => &["schoolname", "startdate"],
        }
    }

    /// The kind of a file that begins like this.
    pub fn of_start(start: &[u8]) -> Option<Self> {
        let (text, _) = beginning(start).ok()?;
        text.lines().take(WITHIN).find_map(|line| {
            let names = plain_names(line);
            Self::ALL.iter().copied().find(|kind| has_all(&names, kind.marks()))
        })
    }

    /// The kind of a file of this name, in whatever folder and however often it was downloaded.
    pub fn of_name(name: &str) -> Option<Self> {
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = base.to_lowercase();
        let stem = stem.strip_suffix(".csv")?;
        let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | '_' | ' ' | '-'));
        let sought = plain(stem);
        Self::ALL.iter().copied().find(|kind| plain(kind.label().trim_end_matches(".csv")) == sought)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_whatever_folder_and_spelling() {
        for (name, kind) in [
            ("Connections.csv", Some(FileKind::Connections)),
            ("connections (2).csv", Some(FileKind::Connections)),
            ("Basic/Jobs/Job Applications_1.csv", Some(FileKind::Applications)),
            (r"Jobs\Saved_Jobs.csv", Some(FileKind::SavedJobs)),
            ("company_follows.CSV", Some(FileKind::CompanyFollows)),
            ("MESSAGES.csv", Some(FileKind::Messages)),
            ("Jobs/Job Seeker Preferences.csv", Some(FileKind::Preferences)),
            ("Positions.csv", Some(FileKind::Positions)),
            ("Education.csv", Some(FileKind::Education)),
            ("guide_messages.csv", None),
            ("Connections.csv/", None),
            ("Connections.txt", None),
            ("", None),
        ] {
            assert_eq!(FileKind::of_name(name), kind, "{name}");
        }
    }

    #[test]
    fn columns_tell_the_file_whatever_it_is_called() {
        for (start, kind) in [
            (
                "Notes:\n\"x\"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
                Some(FileKind::Connections),
            ),
            ("From,To,Sent At,Message,Direction\n", Some(FileKind::Invitations)),
            (
                "\u{feff}\"CONVERSATION ID\",\"CONVERSATION TITLE\",\"FROM\",\"SENDER PROFILE URL\",\"TO\",\"DATE\"",
                Some(FileKind::Messages),
            ),
            ("Organization;Followed On\n", Some(FileKind::CompanyFollows)),
            ("First Name,Last Name\nAda,L\n", None),
        ] {
            assert_eq!(FileKind::of_start(start.as_bytes()), kind, "{start}");
        }
    }
}
