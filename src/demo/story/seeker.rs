//! Whose story it is.

use super::parts::Seeker;

/// The seeker.
pub const SEEKER: Seeker = Seeker {
    name: "Ada Byron",
    email: "ada@inroad.example",
    zone: "Europe/London",
    about: "a nurse of six years, learning data analysis",
    resume: "https://ada.example/resume",
    target_roles: &["Data analyst", "Healthcare data analyst", "BI analyst"],
    places: &["London", "Remote"],
    industries: &["Health care", "Health technology", "Insurance", "Public services"],
    schools: &["University of London"],
    former_employers: &["St Agnes Hospital", "Northfield Clinics"],
    company_goal: 50,
    weekly_requests: 8,
    weekly_talks: 2,
};
