//! From an empty installation to a tracked referral.
