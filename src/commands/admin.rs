//! `inroad admin`: what the pages of the administration show and do, from the command line.

use anyhow::{Context, anyhow, bail};
use axum::http::HeaderMap;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sqlx::PgPool;

use super::user::email_address;
use crate::access::Admin;
use crate::accounts::admin::background::{self, expected};
use crate::accounts::admin::invitation::{HOLDS, Standing, link};
use crate::accounts::admin::queries::{self as administration, NewInvitation};
use crate::accounts::audit::{self, Event, Kind};
use crate::accounts::queries::{self, listed};
use crate::accounts::session;
use crate::accounts::token::Token;
use crate::address::EmailAddress;
use crate::clock::{Clock, date_in};
use crate::config::{AdminCommand, Config, SignUp};
use crate::database::dumps;
use crate::ids::{InvitationId, MailId};
use crate::mail::letter::Letter;
use crate::mail::message::{Head, message};
use crate::mail::outbox::Outbox;
use crate::mail::queries as mails;
use crate::mail::server::{PATIENCE, Refusal, Server};
use crate::mail::wording;
use crate::web::host;
use crate::web::words;

/// The word for leaving sign-up to how the program is started.
const AS_STARTED: &str = "as-started";
/// Mails that could not be sent that are listed.
const TROUBLED: i64 = 10;

/// Where and when the command is given.
struct Here {
    now: Timestamp,
    zone: TimeZone,
    today: Date,
}

impl Here {
    fn new() -> Self {
        let (now, zone) = (Clock::system().now(), TimeZone::system());
        Self { now, today: date_in(&zone, now), zone }
    }

    fn moment(&self, at: Timestamp) -> String {
        words::moment(at, &self.zone, self.today)
    }
}

/// Shows or changes how the installation is.
///
/// # Errors
/// In words that say what would be right.
pub async fn run(db: &PgPool, config: &Config, command: AdminCommand) -> anyhow::Result<()> {
    let here = Here::new();
    match command {
        AdminCommand::Status => status(db, config, &here).await,
        AdminCommand::SignUp { policy } => sign_up(db, config, policy.as_deref(), &here).await,
        AdminCommand::Invite { email, by } => invite(db, config, email.as_deref(), by.as_deref(), &here).await,
        AdminCommand::Invitations => invitations(db, &here).await,
        AdminCommand::Revoke { id } => revoke(db, &id, &here).await,
        AdminCommand::TestMail { email } => test_mail(config, &email, &here).await,
        AdminCommand::Log { last } => log(db, last).await,
    }
}

/// The administrator of that address; with none, the only one there is.
async fn administrator(db: &PgPool, by: Option<&str>) -> anyhow::Result<listed::ListedUser> {
    let mut all = listed::users(db).await?;
    all.retain(|user| user.admin && !user.disabled);
    if let Some(by) = by {
        let email = email_address(by)?;
        let named = all.into_iter().find(|user| user.email == email.as_str());
        return named.with_context(|| format!("{} administers nothing here", email.as_str()));
    }
    match all.len() {
        0 => bail!("Nobody administers this Inroad yet. Add someone with inroad user add --admin"),
        1 => Ok(all.remove(0)),
        _ => bail!("Several people administer this Inroad. Say with --by which of them invites"),
    }
}

/// The proof of whoever administers: who has the machine may do as any of them.
async fn anyone(db: &PgPool) -> anyhow::Result<Admin> {
    let mut all = listed::users(db).await?.into_iter();
    let first = all.find(|user| user.admin).context("Nobody administers this Inroad yet")?;
    Ok(Admin::granted(first.id))
}

async fn status(db: &PgPool, config: &Config, here: &Here) -> anyhow::Result<()> {
    let installation = administration::installation(db, anyone(db).await?, here.now - session::IDLE).await?;
    let most = config.documents_most >> 20;
    let dump = dumps::newest(config).map_or_else(|| "none is kept here".into(), |(taken, _)| here.moment(taken));
    let browsers = words::count(installation.sessions, "signed-in browser", "signed-in browsers");
    let documents = words::size(installation.documents_bytes);
    let facts = [
        ("Version", env!("CARGO_PKG_VERSION").to_owned()),
        ("Accounts", format!("{}, {browsers}", installation.accounts)),
        ("Sign-up", policy(installation.sign_up, config)),
        ("Database", format!("{}, PostgreSQL {}", words::size(installation.database_bytes), installation.postgres)),
        ("Documents", format!("{documents} of them, up to {most} MB an account")),
        ("Last dump", dump),
    ];
    for (what, says) in facts {
        println!("{what:<12}{says}");
    }
    let sends_mail = config.smtp.is_some();
    for line in background::lines(&installation, expected(sends_mail), here.now, &here.zone, here.today) {
        let ran = match (&line.problem, &line.ran) {
            (Some(problem), _) => format!("FAILED: {problem}."),
            (None, Some(ran)) if line.overdue => format!("NOT RUNNING, ran last {ran}."),
            (None, Some(ran)) => format!("Ran last {ran}."),
            (None, None) => "Has not run yet.".into(),
        };
        println!("{:<12}{ran} {}", line.job.label(), line.next);
    }
    for mail in mails::troubled(db, TROUBLED).await? {
        let next = mail.due_at.map_or_else(|| "given up".into(), |at| format!("tried again {}", here.moment(at.0)));
        println!("{:<12}{} to {}, {next}: {}", "Not sent", mail.kind.label(), mail.recipient, mail.problem);
    }
    Ok(())
}

/// 'By invitation', and whether that is how the program was started.
fn policy(chosen: Option<SignUp>, config: &Config) -> String {
    match chosen {
        Some(policy) => policy.label().to_owned(),
        None => format!("{}, as the program is started", config.signup.label()),
    }
}

async fn sign_up(db: &PgPool, config: &Config, word: Option<&str>, here: &Here) -> anyhow::Result<()> {
    let Some(word) = word else {
        println!("{}.", policy(queries::instance(db).await?.sign_up, config));
        return Ok(());
    };
    let chosen = match word {
        AS_STARTED => None,
        word => Some(word.parse().map_err(|_| anyhow!("Choose one of open, invite, closed and {AS_STARTED}"))?),
    };
    let by = anyone(db).await?;
    let mut transaction = db.begin().await?;
    administration::set_sign_up(&mut *transaction, by, chosen).await?;
    let event = Event::new(by.user_id(), Kind::SignUpChanged, here.now);
    event.about(chosen.map_or("as started", SignUp::as_str)).by_command_line(&mut *transaction).await?;
    transaction.commit().await?;
    println!("{}.", policy(chosen, config));
    Ok(())
}

async fn invite(
    db: &PgPool,
    config: &Config,
    email: Option<&str>,
    by: Option<&str>,
    here: &Here,
) -> anyhow::Result<()> {
    let email = email.map(email_address).transpose()?;
    let inviting = administrator(db, by).await?;
    let (by, token, base) = (Admin::granted(inviting.id), Token::new()?, host::base(config, &HeaderMap::new()));
    let new = NewInvitation {
        id: InvitationId::new(),
        token_hash: &token.hash(),
        email: email.as_ref().map(EmailAddress::as_str),
        expires_at: here.now + HOLDS,
    };
    let link = link(&base, &token);
    let outbox = Outbox::of(config);
    let mut transaction = db.begin().await?;
    administration::invite(&mut *transaction, by, new, here.now).await?;
    Event::new(inviting.id, Kind::Invited, here.now).by_command_line(&mut *transaction).await?;
    if let Some(email) = &email {
        let letter = Letter::Invitation { by: inviting.name, link: link.clone() };
        outbox.put(&mut *transaction, email, &letter, here.now).await?;
    }
    transaction.commit().await?;
    println!("{link}");
    match email.filter(|_| outbox.is_on()) {
        Some(email) => eprintln!("It works once, within seven days, and goes to {} by mail as well.", email.as_str()),
        None => eprintln!("It works once, within seven days. Send it to the person yourself."),
    }
    Ok(())
}

async fn invitations(db: &PgPool, here: &Here) -> anyhow::Result<()> {
    for made in administration::invitations(db, anyone(db).await?).await? {
        let standing = Standing::of(&made, here.now, |at| here.moment(at.0)).in_words();
        println!(
            "{}\t{}\tby {}\t{standing}",
            made.id,
            made.email.as_deref().unwrap_or("anyone with the link"),
            made.by
        );
    }
    Ok(())
}

async fn revoke(db: &PgPool, id: &str, here: &Here) -> anyhow::Result<()> {
    let id: InvitationId =
        id.parse().map_err(|_| anyhow!("{id} is no invitation: inroad admin invitations lists them"))?;
    let by = anyone(db).await?;
    let mut transaction = db.begin().await?;
    if !administration::revoke(&mut *transaction, by, id, here.now).await? {
        bail!("No open invitation is called {id}")
    }
    Event::new(by.user_id(), Kind::InvitationRevoked, here.now).by_command_line(&mut *transaction).await?;
    transaction.commit().await?;
    println!("The invitation is revoked: its link no longer works.");
    Ok(())
}

/// Hands a mail over at once, past the queue: whoever asks reads what the server says.
async fn test_mail(config: &Config, email: &str, here: &Here) -> anyhow::Result<()> {
    let to = email_address(email)?;
    let smtp = config
        .smtp
        .as_ref()
        .context("This Inroad sends no mail: start it with INROAD_SMTP_URL and INROAD_MAIL_FROM")?;
    let server = Server::of(&smtp.server, config.url.as_ref(), PATIENCE)?;
    let base = host::base(config, &HeaderMap::new());
    let head = Head { id: MailId::new(), from: &smtp.from, to: to.as_str(), made_at: here.now, base: &base };
    let host = config.url.as_ref().and_then(|url| url.host_str()).unwrap_or_default();
    let mail = message(&head, &wording::test(host))?;
    match server.hand_over(mail).await {
        Ok(()) => println!("The mail server took a test mail to {}.", to.as_str()),
        Err(Refusal::ForNow(said) | Refusal::ForGood(said)) => bail!("The mail was not taken: {said}"),
    }
    Ok(())
}

/// A line an event, the latest first, its parts set off by tabs.
async fn log(db: &PgPool, last: u16) -> anyhow::Result<()> {
    for event in audit::queries::of_all(db, anyone(db).await?, None, last.into()).await? {
        let by = event.by_name.map(|name| format!("by {name}")).unwrap_or_default();
        let about = event.about.unwrap_or_default();
        let at = event.happened_at.0;
        println!("{at:.0}\t{}\t{about}\t{}\t{by}\t{}", event.kind.label(), event.whose, event.address);
    }
    Ok(())
}
