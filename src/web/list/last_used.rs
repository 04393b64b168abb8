//! How a list was looked at last. What was pressed in it, a filter, an order or columns, travels in a cookie, so that a plain
//! visit shows the list so again. What was searched for does not: it was about one moment.

use std::sync::{Arc, OnceLock};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use url::form_urlencoded;

use super::views::KEPT;
use crate::ids::UserId;
use crate::web::cookies::{Cookies, Kind};

/// How long it is remembered, in seconds: as long as somebody may stay signed in.
const SECONDS: i64 = 60 * 60 * 24 * 30;
/// The longest that is remembered of a list.
const LONGEST: usize = 300;
/// The words of an address that say how the list is looked at.
const LASTING: [&str; 3] = ["show", "sort", "cols"];
/// Those that are about one moment.
const PASSING: [&str; 3] = ["q", "after", "before"];

/// What the addresses of the lists said last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastUsed {
    /// Whose lists they are; for another account nothing is remembered.
    account: UserId,
    lists: Vec<(String, String)>,
}

/// Whose lists are shown: left on the request by whoever knows, for the layer.
#[derive(Clone, Default)]
pub struct ShownOf(Arc<OnceLock<UserId>>);

impl ShownOf {
    /// The page shows that account's.
    pub fn set(&self, account: UserId) {
        let _ = self.0.set(account);
    }
}

impl LastUsed {
    /// Of an account whose lists were not looked at.
    pub fn none(account: UserId) -> Self {
        Self { account, lists: Vec::new() }
    }

    /// What the browser remembers of that account's lists.
    pub fn read(cookies: &Cookies, headers: &HeaderMap, account: UserId) -> Self {
        let kept = cookies.read(headers, Kind::Lists).and_then(|json| serde_json::from_str::<Self>(&json).ok());
        kept.filter(|kept| kept.account == account).unwrap_or_else(|| Self::none(account))
    }

    /// What the address of the list at this path said, if anything.
    pub fn of(&self, path: &str) -> Option<&str> {
        self.lists.iter().find(|(list, _)| list == path).map(|(_, words)| words.as_str())
    }

    fn with(mut self, path: &str, words: String) -> Self {
        self.lists.retain(|(list, _)| list != path);
        self.lists.push((path.into(), words));
        self
    }
}

/// What a request asks of a list, if that was pressed in the list itself: a link to some of it from elsewhere is no wish to
/// see it so from now on.
fn pressed(request: &Request) -> Option<(&'static str, String)> {
    let list = KEPT.into_iter().find(|list| request.method() == Method::GET && *list == request.uri().path())?;
    let from = request.headers().get(header::REFERER)?.to_str().ok()?.parse::<Uri>().ok()?;
    let pairs: Vec<_> =
        form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes()).into_owned().collect();
    // A part of the list, as one company's contacts, is no list of its own.
    let is_whole = pairs.iter().all(|(word, _)| LASTING.contains(&word.as_str()) || PASSING.contains(&word.as_str()));
    let lasting = pairs.into_iter().filter(|(word, said)| LASTING.contains(&word.as_str()) && !said.is_empty());
    let words = form_urlencoded::Serializer::new(String::new()).extend_pairs(lasting).finish();
    (from.path() == list && is_whole && (1..=LONGEST).contains(&words.len())).then_some((list, words))
}

/// The layer that remembers it. Nothing is stored here; the browser keeps it.
pub async fn remember(State(cookies): State<Cookies>, mut request: Request, next: Next) -> Response {
    let Some((list, words)) = pressed(&request) else { return next.run(request).await };
    let shown = ShownOf::default();
    request.extensions_mut().insert(shown.clone());
    let headers = request.headers().clone();
    let mut response = next.run(request).await;
    if let Some(account) = shown.0.get().filter(|_| response.status() == StatusCode::OK) {
        let used = LastUsed::read(&cookies, &headers, *account).with(list, words);
        if let Some(cookie) = cookie(&cookies, &used) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

fn cookie(cookies: &Cookies, used: &LastUsed) -> Option<HeaderValue> {
    Some(cookies.set(Kind::Lists, serde_json::to_string(used).ok()?, SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn asked(path: &str, from: &str) -> Option<(&'static str, String)> {
        pressed(&Request::get(path).header(header::REFERER, from).body(Body::empty()).unwrap())
    }

    #[test]
    fn only_what_was_pressed_in_the_list_lasts() {
        let here = "http://localhost/contacts?show=due";
        assert_eq!(asked("/contacts?show=asked&q=x&after=y", here), Some(("/contacts", "show=asked".into())));
        assert_eq!(asked("/contacts?sort=name&cols=due.stage", here).unwrap().1, "sort=name&cols=due.stage");
        for (path, from) in [
            ("/contacts?show=asked", "http://localhost/"),
            ("/contacts?show=asked", "http://localhost/companies"),
            ("/contacts?show=asked", ""),
            ("/contacts?company=1&show=asked", here),
            ("/contacts?q=grace", here),
            ("/contacts", here),
            ("/bin?show=all", "http://localhost/bin"),
        ] {
            assert_eq!(asked(path, from), None, "{path} from {from}");
        }
        let long = format!("/contacts?show={}", "x".repeat(LONGEST));
        assert_eq!(asked(&long, here), None);
    }

    #[test]
    fn it_is_remembered_for_its_own_account_and_fits_into_a_cookie() {
        let (cookies, account) = (Cookies::new(true, &[7; 64]), UserId::new());
        let full = KEPT.iter().fold(LastUsed::none(account), |used, list| used.with(list, "%41".repeat(LONGEST / 3)));
        let full = full.with("/contacts", "show=due".into());
        assert_eq!((full.of("/contacts"), full.lists.len()), (Some("show=due"), KEPT.len()));
        let set = cookie(&cookies, &full).unwrap();
        assert!(set.len() < 4096, "{}", set.len());
        let pair = set.to_str().unwrap().split(';').next().unwrap();
        let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(pair).unwrap())]);
        assert_eq!(LastUsed::read(&cookies, &headers, account), full);
        assert_eq!(LastUsed::read(&cookies, &headers, UserId::new()).of("/contacts"), None);
    }
}
