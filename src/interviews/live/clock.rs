//! The clock of a talk: when it really began, and who speaks how long.
//!
//! A press may reach the server late, when the connection is back: it says how many seconds ago it was made.

use axum::Json;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::json;

use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::InterviewId;
use crate::interviews::queries::speaking;
use crate::interviews::view::{View, by_script};
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;

/// The longest a press may have waited in a browser, in seconds: a day.
const LATEST: i64 = 86_400;

/// A press, and how long ago it was made.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Press {
    ago: i64,
    /// `me`, `them`, or nothing for a pause.
    speaker: String,
}

impl Press {
    fn at(&self, now: Timestamp) -> Timestamp {
        now - SignedDuration::from_secs(self.ago.clamp(0, LATEST))
    }
}

/// `POST /interviews/{id}/starts`: the talk begins now; the time left counts from here.
pub async fn start(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    headers: HeaderMap,
    Form(press): Form<Press>,
) -> Result<Response> {
    let (by, at) = (visit.by, press.at(visit.now));
    if !speaking::start(visit.db(), by, id, at).await? {
        return Err(Error::NotFound);
    }
    if by_script(&headers) {
        return Ok(Json(json!({ "started_at": at })).into_response());
    }
    Ok(Done::to(View::Live.address(id)).saying("The clock runs from now.").into_response())
}

/// `POST /interviews/{id}/speakers`: who speaks from now on.
pub async fn speak(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    headers: HeaderMap,
    Form(press): Form<Press>,
) -> Result<Response> {
    use sqlx::Connection;
    let (by, at) = (visit.by, press.at(visit.now));
    let mut transaction = visit.db().begin().await?;
    let before = speaking::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let after = before.then(press.speaker.parse().ok(), at);
    if after != before {
        speaking::set(&mut *transaction, by, id, after).await?;
        transaction.commit().await?;
    }
    if by_script(&headers) {
        return Ok(Json(json!({ "mine": after.mine, "theirs": after.theirs })).into_response());
    }
    Ok(Done::to(View::Live.address(id)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interviews::kinds::Speaker;
    use crate::interviews::queries::speaking::MOST;
    use crate::interviews::queries::speaking::Shared;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    const NOBODY: Shared = Shared { speaking: None, mine: 0, theirs: 0 };

    #[test]
    fn seconds_go_to_whoever_speaks() {
        let talk = NOBODY.then(Some(Speaker::Them), at(0)).then(Some(Speaker::Me), at(90)).then(None, at(120));
        assert_eq!(talk, Shared { speaking: None, mine: 30, theirs: 90 });
        let again = talk.then(Some(Speaker::Them), at(500)).then(None, at(510));
        assert_eq!((again.mine, again.theirs), (30, 100));
        assert_eq!(talk.percent(at(999)), Some(75));
    }

    #[test]
    fn a_press_twice_or_late_counts_nothing_twice() {
        let them = NOBODY.then(Some(Speaker::Them), at(0));
        assert_eq!(them.then(Some(Speaker::Them), at(60)), them);
        let me = them.then(Some(Speaker::Me), at(-50));
        assert_eq!(me, Shared { speaking: Some((Speaker::Me, at(0))), mine: 0, theirs: 0 });
        assert_eq!(NOBODY.then(None, at(5)), NOBODY);
        assert_eq!(them.then(None, at(10_000_000)).theirs, MOST);
    }

    #[test]
    fn the_share_counts_who_speaks_still_and_says_nothing_of_a_moment() {
        let them = Shared { speaking: Some((Speaker::Them, at(0))), mine: 60, theirs: 0 };
        assert_eq!(them.percent(at(60)), Some(50));
        assert_eq!(NOBODY.then(Some(Speaker::Me), at(0)).percent(at(59)), None);
        assert_eq!(NOBODY.percent(at(0)), None);
    }

    #[test]
    fn a_press_says_how_long_ago_it_was() {
        let press = |ago| Press { ago, ..Press::default() }.at(at(100_000));
        assert_eq!([press(30), press(-5), press(1_000_000)], [at(99_970), at(100_000), at(13_600)]);
    }
}
