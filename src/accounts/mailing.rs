//! The job that sends mail: it takes what is due from the queue, makes the secret a link needs, and hands it over.
//!
//! What was asked for at the login or the sign-up waits as a bare address: whether there is an account, only this job looks up.
//! So asking takes as long for one that has none, and no link that opens an account is written down anywhere.

use std::pin::Pin;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use super::job::Job;
use super::jobs;
use super::password;
use super::queries::{email_links, password_links};
use super::rate_limit::{self, Limit};
use super::sending::{self, Queue};
use super::token::Token;
use crate::address::EmailAddress;
use crate::app::App;
use crate::config::Smtp;
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::mail::letter::Letter;
use crate::mail::message::{Head, message};
use crate::mail::queries::{self, Claimed};
use crate::mail::server::{PATIENCE, Refusal, Server};
use crate::mail::wording::{self, Words};

/// How long a mail is held while it is handed over: longer than that may take.
const HELD: SignedDuration = SignedDuration::from_mins(5);
/// How long a link that was asked for by mail sets a password.
const PASSWORD_HOLDS: SignedDuration = SignedDuration::from_mins(60);
/// Where a mail's link to confirm an address leads.
const CONFIRM: &str = "/settings/email/confirmation";
/// How long an address can be confirmed by a mail.
const CONFIRMATION_HOLDS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// After the first attempt that failed; twice as long after each further one, up to an hour.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_mins(1);

/// What a letter says that tells of a search; nothing where there is nothing to tell any more.
pub type Told = Pin<Box<dyn Future<Output = Result<Option<Words>>> + Send>>;
/// Puts such a letter into words when it leaves: whoever reads searches stands above the accounts.
pub type Teller = fn(App, UserId, Letter, Timestamp) -> Told;

/// Puts a mail that anyone may ask for to an address, unless enough were of late; whether it was. Who asked for it for an
/// account of their own, or of nobody, is not told: whoever has the address has those of before.
///
/// # Errors
/// Only the database's.
pub async fn ask(app: &App, limit: Limit, to: &EmailAddress, letter: &Letter, now: Timestamp) -> Result<bool> {
    let mut db = app.connection().await?;
    match rate_limit::count(&mut *db, now, limit, to.as_str()).await {
        Ok(()) => app.outbox.put(&mut *db, to, letter, now).await?,
        Err(Error::TooMany { .. }) => return Ok(false),
        Err(error) => return Err(error),
    }
    app.outbox.hurry();
    Ok(app.outbox.is_on())
}

/// Sends what is due until told to stop; what is on its way then is finished first.
pub async fn keep_sending(app: App, teller: Teller, stop: watch::Receiver<bool>) {
    let Some(smtp) = &app.config.smtp else { return };
    let server = match Server::of(&smtp.server, app.config.url.as_ref(), PATIENCE) {
        Ok(server) => server,
        Err(error) => return tracing::error!(%error, "mail cannot be sent; INROAD_SMTP_URL should be looked at"),
    };
    sending::keep(&Mailing { app: &app, teller, smtp, server: &server }, stop).await;
}

/// Sends the mail that is due longest. False where none is.
///
/// # Errors
/// Only the database's; what the mail server says is kept with the mail.
pub async fn send_next(app: &App, teller: Teller, smtp: &Smtp, server: &Server) -> Result<bool> {
    sending::next(&Mailing { app, teller, smtp, server }).await
}

/// The queue of mail, and what it takes to send it.
struct Mailing<'a> {
    app: &'a App,
    teller: Teller,
    smtp: &'a Smtp,
    server: &'a Server,
}

impl Queue for Mailing<'_> {
    type Taken = Claimed;
    /// There is one server.
    const AT_ONCE: usize = 1;

    async fn take(&self) -> Result<Option<Claimed>> {
        let now = self.app.clock.now();
        Ok(queries::claim(&mut *self.app.connection().await?, now, now + HELD).await?)
    }

    async fn send(&self, mail: Claimed) -> Result<()> {
        let Self { app, teller, smtp, server } = *self;
        let now = app.clock.now();
        let outcome = match mail.letter.clone().map(serde_json::from_value) {
            _ if mail.expires_at.0 <= now => None,
            Some(Ok(letter)) => match words(app, teller, &mail, letter, now).await? {
                Some(words) => Some(hand_over(app, smtp, server, &mail, &words).await),
                None => None,
            },
            Some(Err(_)) => Some(Err(Refusal::ForNow("another version of Inroad wrote it".into()))),
            None => None,
        };
        let mut db = app.connection().await?;
        let (now, id, kind) = (app.clock.now(), mail.id, mail.kind.as_str());
        match outcome {
            None => queries::delete(&mut *db, &mail).await?,
            Some(Ok(())) => {
                tracing::debug!(%id, kind, "a mail was sent");
                queries::delete(&mut *db, &mail).await?;
            }
            Some(Err(Refusal::ForNow(problem))) if now + pause(mail.attempts) < mail.expires_at.0 => {
                // What the server says may name the recipient: it stands with the mail, and in no log.
                tracing::warn!(%id, kind, attempt = mail.attempts, "a mail could not be sent, and is tried again");
                queries::put_back(&mut *db, &mail, &problem, now + pause(mail.attempts)).await?;
            }
            Some(Err(Refusal::ForNow(problem) | Refusal::ForGood(problem))) => {
                tracing::warn!(%id, kind, attempt = mail.attempts, "a mail could not be sent, and was given up");
                queries::give_up(&mut *db, &mail, &problem, now).await?;
            }
        }
        Ok(())
    }

    async fn note(&self, outcome: &Result<()>) {
        jobs::ran(self.app, Job::Mail, outcome).await;
    }

    async fn news(&self) {
        self.app.outbox.news().await;
    }
}

async fn hand_over(
    app: &App,
    smtp: &Smtp,
    server: &Server,
    mail: &Claimed,
    words: &Words,
) -> std::result::Result<(), Refusal> {
    let base = base(app);
    let head = Head { id: mail.id, from: &smtp.from, to: &mail.recipient, made_at: mail.made_at.0, base: &base };
    match message(&head, words) {
        Ok(message) => server.hand_over(message).await,
        Err(error) => Err(Refusal::ForGood(error.to_string().chars().take(300).collect())),
    }
}

/// 1 minute after the first attempt, 2 after the second, up to an hour.
pub(super) fn pause(attempts: i32) -> SignedDuration {
    FIRST_PAUSE * 2_i32.pow(u32::try_from(attempts - 1).unwrap_or_default().min(6)).min(60)
}

/// The address of this Inroad, as mails link to it: as configured, and by nobody's request.
pub fn base(app: &App) -> String {
    app.config.url.as_ref().map(|url| url.as_str().trim_end_matches('/').to_owned()).unwrap_or_default()
}

/// What a mail says, with the links it needs; nothing where nobody needs it any more.
async fn words(app: &App, teller: Teller, mail: &Claimed, letter: Letter, now: Timestamp) -> Result<Option<Words>> {
    let (base, recipient) = (base(app), mail.recipient.as_str());
    let host = app.config.url.as_ref().and_then(|url| url.host_str()).unwrap_or_default();
    let to = |path: &str| format!("{base}{path}");
    let security = || to("/settings/security");
    Ok(Some(match letter {
        Letter::SignUp | Letter::Confirmation => {
            let Some(account) = email_links::addressed(&mut *app.connection().await?, recipient).await? else {
                return Ok(None);
            };
            if account.confirmed {
                let signed_up = letter == Letter::SignUp;
                return Ok(signed_up.then(|| wording::has_account(host, to("/login"))));
            }
            let (token, until) = (Token::new()?, now + CONFIRMATION_HOLDS);
            let mut db = app.connection().await?;
            if !email_links::make(&mut *db, account.id, recipient, &token.hash(), until).await? {
                return Ok(None);
            }
            wording::confirmation(host, to(&format!("{CONFIRM}?link={}", token.reveal())))
        }
        Letter::Password => {
            let mut db = app.connection().await?;
            let account = email_links::addressed(&mut *db, recipient).await?;
            if account.is_none_or(|account| !account.confirmed) {
                return Ok(None);
            }
            let (token, until) = (Token::new()?, now + PASSWORD_HOLDS);
            if password_links::make(&mut *db, recipient, &token.hash(), until).await?.is_none() {
                return Ok(None);
            }
            wording::password(host, to(&password::link_path(&token)))
        }
        Letter::Invitation { by, link } => wording::invitation(host, &by, link),
        Letter::Coaching { by, link } => wording::coaching(host, &by, link),
        Letter::NewBrowser { browser, address } => wording::new_browser(host, &browser, &address, security()),
        Letter::Change { what } => wording::change(host, what, security()),
        Letter::Test => wording::test(host),
        Letter::Digest | Letter::Talk { .. } | Letter::Review => match mail.account {
            Some(account) => return teller(app.clone(), account, letter, now).await,
            None => return Ok(None),
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour() {
        let minutes: Vec<i64> = (1..=9).map(|attempts| pause(attempts).as_mins()).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(pause(i32::MAX).as_mins(), 60);
    }
}
