//! What was typed, shown again by an answer that could not take it.

use askama::Template;
use axum::body::Bytes;

/// A field and what was typed there.
pub struct Field {
    /// What the field is called, in words.
    pub name: String,
    /// What was typed.
    pub text: String,
}

fn pairs(body: &[u8]) -> Vec<(String, String)> {
    serde_html_form::from_bytes(body).unwrap_or_default()
}

fn is_secret(name: &str) -> bool {
    name.contains("password") || name.contains("token") || name == "code"
}

/// The body of a form but for its secrets, which are never sent back and never kept.
pub fn without_secrets(body: &[u8]) -> String {
    let kept: Vec<_> = pairs(body).into_iter().filter(|(name, _)| !is_secret(name)).collect();
    serde_html_form::to_string(kept).unwrap_or_default()
}

/// What a person typed of a form: neither secrets nor what the page itself put in.
pub fn fields(body: &[u8]) -> Vec<Field> {
    let own = ["id", "version", "back", "next", "kept_form", super::made_for::FIELD];
    pairs(body)
        .into_iter()
        .filter(|(name, text)| {
            let is_own =
                own.contains(&name.as_str()) || name.starts_with("base-") || uuid::Uuid::try_parse(text).is_ok();
            !is_own && !is_secret(name) && !text.trim().is_empty()
        })
        .map(|(name, text)| Field { name: name.replace(['_', '-'], " "), text })
        .collect()
}

/// What was typed, in a page that could not take it.
#[derive(Template)]
#[template(path = "typed.html")]
struct TypedPiece {
    fields: Vec<Field>,
    /// The form as it was sent, to be sent again, and where to.
    again: Option<(String, Vec<(String, String)>)>,
}

/// The piece of a page that shows the form in `body`; with `again`, a button sends it there once more. Empty where nothing
/// was typed.
pub fn piece(body: &Bytes, again: Option<&str>) -> String {
    let sent = pairs(body);
    let whole = !sent.iter().any(|(name, _)| is_secret(name));
    let again = again.filter(|_| whole).map(|path| (path.to_owned(), sent));
    let fields = fields(body);
    if fields.is_empty() && again.is_none() {
        return String::new();
    }
    TypedPiece { fields, again }.render().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_neither_shown_nor_kept() {
        let body = b"current_password=a&notes=b&setup_token=c&code=123456";
        assert_eq!(without_secrets(body), "notes=b");
        let shown: Vec<_> = fields(body).into_iter().map(|field| (field.name, field.text)).collect();
        assert_eq!(shown, [("notes".to_owned(), "b".to_owned())]);
        assert!(!piece(&Bytes::from_static(body), Some("/x")).contains("<form"), "it could not be sent whole");
    }

    #[test]
    fn what_the_page_put_in_is_not_shown_as_typed() {
        let body = b"id=1&version=2&form_of=m&company=0192f3c4-0000-7000-8000-000000000000&job_title=Nurse&why=+";
        let shown: Vec<_> = fields(body).into_iter().map(|field| (field.name, field.text)).collect();
        assert_eq!(shown, [("job title".to_owned(), "Nurse".to_owned())]);
    }
}
