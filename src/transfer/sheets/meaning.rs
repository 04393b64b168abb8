//! What a column of a table can mean.

use std::str::FromStr;

use crate::kinds::kinds;

kinds! {
    /// What a column of a table means.
    pub enum Meaning {
        FirstName = "first_name", "First name";
        MiddleName = "middle_name", "Middle name";
        LastName = "last_name", "Last name";
        Name = "name", "Whole name";
        Company = "company", "Company";
        JobTitle = "job_title", "Job title";
        Email = "email", "E-mail";
        Phone = "phone", "Phone";
        Profile = "profile", "LinkedIn profile";
        Website = "website", "Website";
        ConnectedOn = "connected_on", "Connected on";
        Notes = "notes", "Notes";
        /// Goes to the notes, with the column's name before it.
        Also = "also", "Keep in the notes";
        Nothing = "nothing", "Leave out";
    }
}

/// The meanings of these words, in their order; a word nobody knows leaves its column out.
pub fn of_words(words: &[String]) -> Vec<Meaning> {
    words.iter().map(|word| Meaning::from_str(word).unwrap_or(Meaning::Nothing)).collect()
}

/// Whether someone's name is among what columns mean.
pub fn has_names(columns: &[Meaning]) -> bool {
    columns.iter().any(|column| matches!(column, Meaning::Name | Meaning::FirstName | Meaning::LastName))
}
