//! A list gone through page after page. Where the walk has come to travels in a cookie, as the sentence of a redirect does:
//! nothing of it is stored, and any page can show it without asking for it.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::cookies::{Cookies, Kind};
use crate::ids::UserId;
use crate::links::with_query;

/// Where every step of a run is decided: the list is made anew there each time.
pub const PATH: &str = "/run";

/// How long a run left alone is remembered, in seconds.
const KEPT: i64 = 3 * 60 * 60;

/// A button a run brings to a page that has none for the line: where it posts to, and one field that goes along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Press {
    /// The path.
    pub to: String,
    /// The field's name.
    pub field: String,
    /// The field's value.
    pub sends: String,
}

/// Where a run has come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Whose list it is; another account's run is none.
    pub account: UserId,
    /// The line it is at, by the list's own name for it.
    pub key: String,
    /// The line after that one; empty at the last.
    pub next_key: String,
    /// The page where the line is done.
    pub href: String,
    /// What the line says: 'Thank Grace Hopper'.
    pub line: String,
    /// What the line after it says; empty at the last.
    pub next: String,
    /// The place of the line, from 1.
    pub at: usize,
    /// How many lines there are, those done among them.
    pub of: usize,
    /// Minutes from this line to the end.
    pub left: u32,
    /// Minutes there were for all of it, if that was said.
    pub minutes: Option<u32>,
    /// Minutes the whole list took when the run began.
    pub began_with: u32,
    /// Says that the line is done.
    pub done: Option<Press>,
    /// Puts the line off.
    pub later: Option<Press>,
    /// Whether the page shown is the one where the line is done.
    #[serde(skip)]
    pub here: bool,
}

impl Run {
    /// The address of a step: `at`, `after` or `before` the line the run is at.
    pub fn step(&self, which: &str) -> String {
        with_query(PATH, &[(which, &self.key)])
    }

    /// 'About 25 minutes left. Next: Thank Kate Novak.'
    pub fn rest(&self) -> String {
        let minutes = match self.left {
            0 => String::new(),
            1 => "About a minute left. ".into(),
            left => format!("About {left} minutes left. "),
        };
        match self.next.as_str() {
            "" => format!("{minutes}It is the last one."),
            next => format!("{minutes}Next: {next}."),
        }
    }

    /// Whether that page is the line's own, or one beneath the same thing.
    pub fn is_on(&self, path: &str) -> bool {
        thing(path) == thing(&self.href)
    }

    /// The header that remembers it.
    pub fn cookie(&self, cookies: &Cookies) -> Option<HeaderValue> {
        Some(cookies.set(Kind::Run, serde_json::to_string(self).ok()?, KEPT))
    }
}

/// The part of an address that names a thing: `/contacts/1` of `/contacts/1/edit?x`.
pub fn thing(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    match path.match_indices('/').nth(2) {
        Some((at, _)) => &path[..at],
        None => path,
    }
}

/// The run of that account, as the page of `path` shows it.
pub fn read(cookies: &Cookies, headers: &HeaderMap, account: UserId, path: &str) -> Option<Run> {
    let json = cookies.read(headers, Kind::Run)?;
    let run: Run = serde_json::from_str(&json).ok().filter(|run: &Run| run.account == account)?;
    let here = run.is_on(path);
    Some(Run { here, ..run })
}

/// The layer that lets a run see what a form led to: the redirect goes by way of [`PATH`], where the line may be found done.
pub async fn follow(State(cookies): State<Cookies>, request: Request, next: Next) -> Response {
    let runs = request.method() == Method::POST && cookies.read(request.headers(), Kind::Run).is_some();
    let mut response = next.run(request).await;
    if !runs || response.status() != StatusCode::SEE_OTHER {
        return response;
    }
    let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
    match thing(&to) {
        "/login" => {
            response.headers_mut().append(header::SET_COOKIE, cookies.end(Kind::Run));
        }
        PATH => {}
        _ => {
            if let Ok(by_way) = HeaderValue::from_str(&with_query(PATH, &[("then", &to)])) {
                response.headers_mut().insert(header::LOCATION, by_way);
            }
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run() -> Run {
        Run {
            account: UserId::new(),
            key: "c1".into(),
            next_key: "p2".into(),
            href: "/interviews/7/prepare".into(),
            line: "Prepare the talk with Grace; Hopper = \u{1f600}".into(),
            next: "You promised Alan Turing".into(),
            at: 3,
            of: 12,
            left: 25,
            minutes: Some(30),
            began_with: 70,
            done: Some(Press { to: "/x".into(), field: "kind".into(), sends: "y".into() }),
            later: None,
            here: false,
        }
    }

    #[test]
    fn a_run_is_remembered_for_its_own_account_alone() {
        let (cookies, kept) = (Cookies::new(true, &[7; 64]), run());
        let cookie = kept.cookie(&cookies).unwrap();
        let pair = cookie.to_str().unwrap().split(';').next().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(&format!("a=b; {pair}")).unwrap());
        assert_eq!(read(&cookies, &headers, kept.account, "/contacts"), Some(kept.clone()));
        assert_eq!(read(&cookies, &headers, UserId::new(), "/contacts"), None);
        assert!(read(&cookies, &headers, kept.account, "/interviews/7/live").unwrap().here);
    }

    #[test]
    fn a_cookie_of_another_kind_is_no_run() {
        let cookies = Cookies::new(false, &[7; 64]);
        for value in ["", "\0", "{}", "{\"at\":1}"] {
            let set = cookies.set(Kind::Run, value, 60);
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(pair).unwrap())]);
            assert_eq!(read(&cookies, &headers, UserId::new(), "/"), None, "{value}");
        }
    }

    #[test]
    fn it_fits_into_a_cookie_whatever_people_are_called() {
        let name = "\u{1f600}".repeat(60);
        let long = Run { line: name.clone(), next: name, href: "/interviews/".to_owned() + &"1".repeat(48), ..run() };
        let cookie = long.cookie(&Cookies::new(true, &[7; 64])).unwrap();
        assert!(cookie.len() < 4096, "{}", cookie.len());
    }

    #[test]
    fn things_are_told_apart_by_their_address() {
        assert_eq!(thing("/contacts/1/edit?back=/"), "/contacts/1");
        assert_eq!(thing("/contacts/1?template=x"), "/contacts/1");
        assert_eq!((thing("/"), thing(""), thing("/login")), ("/", "", "/login"));
    }

    #[test]
    fn what_is_left_is_said_in_words() {
        assert_eq!(run().rest(), "About 25 minutes left. Next: You promised Alan Turing.");
        assert_eq!(Run { next: String::new(), left: 1, ..run() }.rest(), "About a minute left. It is the last one.");
    }
}
