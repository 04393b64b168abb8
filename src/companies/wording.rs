//! Sentences and labels about companies.

/// What the form calls one of its fields.
pub fn label(field: &str) -> &str {
    match field {
        "name" => "Name",
        "website" => "Website",
        "careers_url" => "Careers page",
        "linkedin" => "LinkedIn",
        "industry" => "Industry",
        "place" => "Place",
        "notes" => "Notes",
        other => other,
    }
}
