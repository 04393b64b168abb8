//! Who has an employer.

/// What people write as their employer who have none, or will not say.
const NO_EMPLOYER: [&str; 10] = [
    "self employed",
    "freelance",
    "freelancer",
    "independent",
    "independent consultant",
    "confidential",
    "stealth",
    "stealth startup",
    "retired",
    "unemployed",
];

/// Whether the key of a name is that of a company, and not of having none.
pub fn is_employer(key: &str) -> bool {
    !NO_EMPLOYER.contains(&key)
}
