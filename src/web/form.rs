//! Forms: strings as typed in, errors by field out.

use std::borrow::Cow;
use std::fmt::Display;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{header, request::Parts};
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use crate::error::Error;

/// A posted form. Unknown fields are ignored; a field sent twice where one is meant is refused.
pub struct Form<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Error;
    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(Error::Invalid("A form was expected (application/x-www-form-urlencoded).".into()));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| Error::TooLarge)?;
        serde_html_form::from_bytes(&bytes)
            .map(Self)
            .map_err(|e| Error::Invalid(format!("This form is broken: {e}. Load the page again.")))
    }
}

/// The query of an address. What is empty counts as not there, and of what stands there twice the first counts: addresses
/// are typed, shortened and put together by hand. One that still cannot be read is a bad request.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let mut filled: Vec<(Cow<'_, str>, Cow<'_, str>)> = Vec::new();
        for (name, value) in form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()) {
            if !value.trim().is_empty() && !filled.iter().any(|(known, _)| *known == name) {
                filled.push((name, value));
            }
        }
        let query = serde_html_form::to_string(&filled).map_err(anyhow::Error::from)?;
        serde_html_form::from_str(&query).map(Self).map_err(|_| unreadable())
    }
}

/// The query of an address in which a name may stand several times, as ticked boxes do.
pub struct Several<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Several<T> {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let query = parts.uri.query().unwrap_or_default();
        serde_html_form::from_str(query).map(Self).map_err(|_| unreadable())
    }
}

fn unreadable() -> Error {
    Error::Invalid("Something in this address cannot be read. Open the page from a link or from the menu again.".into())
}

/// Whether two things are written the same: a choice, and the value a field holds, are often of different types.
pub fn same(choice: impl Display, value: impl Display) -> bool {
    choice.to_string() == value.to_string()
}

/// What the pieces of a form ask of what is wrong with it.
pub trait Faults {
    /// The fault of a field, if any.
    fn get(&self, field: &str) -> Option<&str>;
    /// Whether this field is the first that is wrong: the cursor goes there.
    fn is_first(&self, field: &str) -> bool;
    /// Nothing wrong.
    fn is_empty(&self) -> bool;
}

impl<T: Faults + ?Sized> Faults for &T {
    fn get(&self, field: &str) -> Option<&str> {
        (**self).get(field)
    }

    fn is_first(&self, field: &str) -> bool {
        (**self).is_first(field)
    }

    fn is_empty(&self) -> bool {
        (**self).is_empty()
    }
}

impl Faults for Errors {
    fn get(&self, field: &str) -> Option<&str> {
        self.get(field)
    }

    fn is_first(&self, field: &str) -> bool {
        self.0.first().is_some_and(|(name, _)| *name == field)
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

/// What is wrong with a form, by field, in the form's order.
#[derive(Debug, Default, Clone)]
pub struct Errors(Vec<(&'static str, String)>);

impl Errors {
    /// The one fault of one field.
    pub fn of(field: &'static str, problem: impl ToString) -> Self {
        Self(vec![(field, problem.to_string())])
    }

    /// Notes a fault of one field.
    pub fn add(&mut self, field: &'static str, problem: impl ToString) {
        self.0.push((field, problem.to_string()));
    }

    /// Notes a fault of one field in place of what was noted of it.
    pub fn put(&mut self, field: &'static str, problem: impl ToString) {
        match self.0.iter_mut().find(|(name, _)| *name == field) {
            Some((_, noted)) => *noted = problem.to_string(),
            None => self.add(field, problem),
        }
    }

    /// The fault of a field, if any.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, problem)| problem.as_str())
    }

    /// Nothing wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every fault with its field.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(field, problem)| (*field, problem.as_str()))
    }

    /// How many fields have a fault.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Keeps the value of a parsed field, or notes its fault.
    pub fn take<T, E: ToString>(&mut self, field: &'static str, parsed: Result<T, E>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(problem) => {
                self.add(field, problem);
                None
            }
        }
    }

    /// What the kept fields mean together, where nothing is wrong; else every fault that was noted.
    ///
    /// # Errors
    /// The faults. A field that is not there without one is a slip of the form that reads it.
    pub fn give<T>(self, meaning: impl FnOnce() -> Option<T>) -> Result<T, Self> {
        if self.is_empty()
            && let Some(meant) = meaning()
        {
            return Ok(meant);
        }
        debug_assert!(!self.is_empty(), "a form refused without a word");
        Err(self)
    }

    /// Keeps the value of a field chosen from a fixed set of words.
    pub fn choose<T: std::str::FromStr>(&mut self, field: &'static str, word: &str) -> Option<T> {
        self.take(field, word.parse().map_err(|_| "Choose one from the list"))
    }

    /// Keeps an optional value; empty means none.
    pub fn optional<T, E: ToString>(
        &mut self,
        field: &'static str,
        text: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = text.trim();
        if text.is_empty() { None } else { self.take(field, parse(text)) }
    }

    /// Keeps an optional civil date.
    pub fn optional_date(&mut self, field: &'static str, text: &str) -> Option<jiff::civil::Date> {
        self.optional(field, text, |t| t.parse().map_err(|_| "Write the date as year-month-day, like 2026-11-24"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_means_something_or_tells_every_fault() {
        let read = |name: Result<&'static str, &'static str>, day: &str| {
            let mut errors = Errors::default();
            let name = errors.take("name", name);
            let day = errors.optional_date("day", day);
            errors.give(|| Some((name?, day)))
        };
        assert_eq!(read(Ok("Ada"), "").unwrap(), ("Ada", None));
        assert_eq!(read(Err("Write a name"), "").unwrap_err().len(), 1);
        let both = read(Err("Write a name"), "tomorrow").unwrap_err();
        assert_eq!(both.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["name", "day"]);
        assert_eq!(read(Ok("Ada"), "tomorrow").unwrap_err().get("name"), None);
    }
}
