//! Addresses that had another name, for pages and links from before an update.

use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::Error;

/// How an address ended, and how it ends now.
const ENDS: &[(&str, &str)] = &[
    ("/next-steps/restorations", "/next-steps/undos"),
    ("/today/reopenings", "/today/ends/undos"),
    ("/review/reopenings", "/review/ends/undos"),
    ("/proposals/withdrawals", "/proposals/undos"),
    ("/snooze-withdrawals", "/snoozes/undos"),
    ("/move-on-withdrawals", "/move-ons/undos"),
    ("/outcome-withdrawals", "/outcomes/undos"),
    ("/referral-withdrawals", "/referrals/undos"),
    ("/preparation-withdrawals", "/preparations/undos"),
    ("/dismissal-withdrawals", "/dismissals/undos"),
    ("/skip-withdrawals", "/skips/undos"),
    ("/undoings", "/undos"),
    ("/reversals", "/undos"),
];

/// Addresses in the middle of which an id stands.
const AROUND_AN_ID: &[(&str, &str, &str)] = &[("/referral-tasks/", "/reopenings", "/done-marks/undos")];

/// What an address is called now, with its query; nothing where it never was one.
fn now(uri: &Uri) -> Option<String> {
    let path = uri.path();
    let around = AROUND_AN_ID.iter().filter(|(start, ..)| path.starts_with(start)).map(|(_, end, now)| (end, now));
    let (end, now) = around.chain(ENDS.iter().map(|(end, now)| (end, now))).find(|(end, _)| path.ends_with(**end))?;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{}{now}{query}", path.strip_suffix(end)?))
}

/// The answer to an address that is not in the route table: where it leads now, with the same method and form, or that there is
/// nothing.
pub async fn answer(uri: Uri) -> Response {
    match now(&uri) {
        Some(now) => Redirect::permanent(&now).into_response(),
        None => Error::NotFound.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_before_leads_on_with_its_query() {
        let led = |address: &'static str| now(&Uri::from_static(address));
        assert_eq!(
            led("/openings/1/changes/2/undoings?back=%2F").as_deref(),
            Some("/openings/1/changes/2/undos?back=%2F")
        );
        assert_eq!(led("/referral-tasks/1/reopenings").as_deref(), Some("/referral-tasks/1/done-marks/undos"));
        for other in ["/", "/referrals/1/withdrawals", "/referrals/1/reopenings", "/undoings-of-mine", "/nothing"] {
            assert_eq!(led(other), None, "{other}");
        }
    }
}
