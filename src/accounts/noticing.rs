//! The job that sends notices: it takes what is due from the queue, puts it into words as a mail would say it, seals it for its
//! device, and hands it to the service of that browser.

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use url::Url;

use super::job::Job;
use super::jobs;
use super::mailing::{Teller, base, pause};
use super::queries::push_devices::{self, Reached};
use super::sending::{self, Queue};
use crate::app::App;
use crate::config::Config;
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::notices::notice::{Notice, is_urgent, tag};
use crate::notices::queries::{self, Claimed};
use crate::notices::sealing::Seal;
use crate::notices::service::{Parcel, Refusal, Services};

/// How long a notice is held while it is handed over: longer than that may take.
const HELD: SignedDuration = SignedDuration::from_mins(1);
/// After the first attempts that failed: what is of a moment does not wait for minutes.
const FIRST_PAUSES: [SignedDuration; 2] = [SignedDuration::from_secs(10), SignedDuration::from_secs(30)];

/// Sends what is due until told to stop.
pub async fn keep_noticing(app: App, teller: Teller, stop: watch::Receiver<bool>) {
    let services = match Services::new() {
        Ok(services) => services,
        Err(error) => return tracing::error!(%error, "notices cannot be sent: no certificate authority is known here"),
    };
    sending::keep(&Noticing { app: &app, teller, services: &services }, stop).await;
}

/// Sends the notice that is due longest. False where none is.
///
/// # Errors
/// Only the database's.
pub async fn send_next(app: &App, teller: Teller, services: &Services) -> Result<bool> {
    sending::next(&Noticing { app, teller, services }).await
}

/// The queue of notices, and what it takes to send them.
struct Noticing<'a> {
    app: &'a App,
    teller: Teller,
    services: &'a Services,
}

impl Queue for Noticing<'_> {
    type Taken = Claimed;
    /// They go to many services, and one that is slow is nothing to the others.
    const AT_ONCE: usize = 4;

    async fn take(&self) -> Result<Option<Claimed>> {
        let now = self.app.clock.now();
        Ok(queries::claim(&mut *self.app.connection().await?, now, now + HELD).await?)
    }

    async fn send(&self, notice: Claimed) -> Result<()> {
        let Self { app, teller, services } = *self;
        let now = app.clock.now();
        let outcome = match serde_json::from_value(notice.letter.clone()) {
            _ if notice.expires_at.0 <= now => None,
            Ok(letter) => tell(app, teller, services, &notice, &letter, now).await?,
            Err(_) => Some(Err(Refusal::ForNow("another version of Inroad wrote it".into()))),
        };
        let mut db = app.connection().await?;
        let (now, id, attempt) = (app.clock.now(), notice.id, notice.attempts);
        let kind = notice.letter["kind"].as_str().unwrap_or_default();
        match outcome {
            None => queries::delete(&mut *db, &notice).await?,
            Some(Ok(())) => {
                queries::delete(&mut *db, &notice).await?;
                push_devices::told(&mut *db, notice.account, notice.device, now).await?;
            }
            Some(Err(Refusal::Gone)) => {
                tracing::info!(%id, kind, "a browser takes no notices any more, and was forgotten");
                push_devices::delete(&mut *db, notice.account, notice.device).await?;
            }
            Some(Err(Refusal::ForNow(problem))) if now + after(attempt) < notice.expires_at.0 => {
                tracing::warn!(%id, kind, attempt, problem, "a notice could not be sent, and is tried again");
                queries::put_back(&mut *db, &notice, now + after(attempt)).await?;
            }
            Some(Err(Refusal::ForNow(problem) | Refusal::ForGood(problem))) => {
                tracing::warn!(%id, kind, attempt, problem, "a notice could not be sent, and was given up");
                queries::delete(&mut *db, &notice).await?;
            }
        }
        Ok(())
    }

    async fn note(&self, outcome: &Result<()>) {
        jobs::ran(self.app, Job::Notices, outcome).await;
    }

    async fn news(&self) {
        self.app.notices.news().await;
    }
}

/// 10 seconds after the first attempt, 30 after the second, then as mails.
fn after(attempts: i32) -> SignedDuration {
    let past = attempts - i32::try_from(FIRST_PAUSES.len()).unwrap_or_default();
    let first = usize::try_from(attempts - 1).ok().and_then(|at| FIRST_PAUSES.get(at));
    first.copied().unwrap_or_else(|| pause(past.max(1)))
}

/// Hands a notice over; nothing where there is nothing to tell any more, or no browser to tell it.
async fn tell(
    app: &App,
    teller: Teller,
    services: &Services,
    claimed: &Claimed,
    letter: &Letter,
    now: Timestamp,
) -> Result<Option<std::result::Result<(), Refusal>>> {
    let notice = match letter {
        Letter::Test => Notice::test(),
        _ => match teller(app.clone(), claimed.account, letter.clone(), now).await? {
            Some(words) => Notice::of(letter, words, &base(app)),
            None => return Ok(None),
        },
    };
    let device = push_devices::reached(&mut *app.connection().await?, claimed.account, claimed.device).await?;
    let Some(Reached { endpoint, public_key, secret }) = device else { return Ok(None) };
    let sealed = match secret.try_into() {
        Ok(secret) => Seal { public_key, secret }.close(&notice).ok(),
        Err(_) => None,
    };
    // Which services are known may have changed since it was added.
    let to = Url::parse(&endpoint).ok().filter(|address| app.config.push_services.has(address));
    let (Some(sealed), Some(to)) = (sealed, to) else {
        return Ok(Some(Err(Refusal::ForGood("it cannot be reached as it says".into()))));
    };
    let parcel = Parcel {
        shown: app.notices.key.shown(&to, &contact(&app.config), now),
        to: &to,
        holds: claimed.expires_at.0.duration_since(now).as_secs().max(1),
        urgent: is_urgent(letter),
        topic: tag(letter),
        sealed,
    };
    Ok(Some(services.hand_over(parcel).await))
}

/// How a service reaches whoever runs this Inroad, as services ask for it.
fn contact(config: &Config) -> String {
    match (&config.smtp, &config.url) {
        (Some(smtp), _) => format!("mailto:{}", smtp.from.email),
        (None, Some(url)) if url.scheme() == "https" => url.as_str().to_owned(),
        _ => "mailto:inroad@localhost".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_pauses_are_short() {
        let seconds: Vec<i64> = (1..=6).map(|attempts| after(attempts).as_secs()).collect();
        assert_eq!(seconds, [10, 30, 60, 120, 240, 480]);
    }
}
