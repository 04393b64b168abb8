//! What comes next for her openings, and the careers pages she looks at now and then.

/// What to do next about an opening.
pub struct Ahead {
    /// Title of the opening.
    pub title: &'static str,
    /// Its company.
    pub company: &'static str,
    /// What to do.
    pub step: &'static str,
    /// Days from the day the demo is made.
    pub days_ahead: i16,
}

/// The next first.
pub const NEXT_STEPS: &[Ahead] = &[
    Ahead {
        title: "BI analyst",
        company: "Orbit Insurance",
        step: "Ask whether they have read the application",
        days_ahead: 0,
    },
    Ahead {
        title: "Information analyst",
        company: "Larkfield Trust",
        step: "Go through the bed figures once more",
        days_ahead: 2,
    },
];

/// Companies, how often she looks at their careers pages in days, and how many days ago she last did.
pub const CAREERS: &[(&str, i16, i16)] =
    &[("Larkfield Trust", 7, 9), ("Compass Health", 14, 15), ("Redwing Mutual", 7, 2)];
