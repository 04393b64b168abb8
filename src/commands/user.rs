//! `inroad user`: accounts from the command line.

use std::io::{BufRead, IsTerminal};

use anyhow::{Context, anyhow, bail};
use axum::http::HeaderMap;
use sqlx::PgPool;

use crate::access::Admin;
use crate::accounts::admin::change::{Change, noted, tell};
use crate::accounts::admin::queries as administration;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::password::{self, Hashing, NewPassword};
use crate::accounts::queries::{self, Created, NewUser, password_links};
use crate::accounts::second_step::browsers::forget_all;
use crate::accounts::token::Token;
use crate::address::EmailAddress;
use crate::clock::Clock;
use crate::config::{Config, UserCommand};
use crate::database::large::take_time;
use crate::ids::UserId;
use crate::mail::outbox::Outbox;
use crate::text::Line;
use crate::web::host;

/// Adds, lists or helps accounts.
///
/// # Errors
/// In words that say what would be right.
pub async fn run(db: &PgPool, config: &Config, command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Add { email, name, admin } => add(db, &email, &name, admin).await,
        UserCommand::List => list(db).await,
        UserCommand::ResetLink { email } => reset_link(db, config, &email).await,
        UserCommand::Disable { email } => change(db, config, &email, Change::Disable).await,
        UserCommand::Enable { email } => change(db, config, &email, Change::Enable).await,
        UserCommand::Promote { email } => change(db, config, &email, Change::Promote).await,
        UserCommand::Demote { email } => change(db, config, &email, Change::Demote).await,
        UserCommand::EndSecondStep { email, passkeys } => {
            let what = if passkeys { Change::EndPasskeys } else { Change::EndSecondStep };
            change(db, config, &email, what).await
        }
        UserCommand::Room { email, mb } => set_room(db, config, &email, mb).await,
        UserCommand::Delete { email, yes } => delete(db, &email, yes).await,
        UserCommand::SetPassword { email } => set_password(db, &email).await,
    }
}

/// The address as it was typed, checked.
pub(super) fn email_address(text: &str) -> anyhow::Result<EmailAddress> {
    EmailAddress::parse(text).map_err(|e| anyhow!("{text} is no e-mail address: {e}"))
}

fn read_password(second_step: bool, name: &str, email: &EmailAddress) -> anyhow::Result<NewPassword> {
    if std::io::stdin().is_terminal() {
        eprint!("Password (shown as you type): ");
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("No password on standard input")?;
    let password = line.trim_end_matches(['\r', '\n']);
    NewPassword::parse_before(second_step, password, name, email.as_str())
        .map_err(|weak| anyhow!("The password: {weak}"))
}

async fn add(db: &PgPool, email_text: &str, name: &str, admin: bool) -> anyhow::Result<()> {
    let email = email_address(email_text)?;
    let name = Line::<100>::parse(name).map_err(|e| anyhow!("The name: {e}"))?;
    let password_hash = Hashing::new()?.hash(read_password(false, name.as_str(), &email)?).await?;
    let zone = jiff::tz::TimeZone::system();
    let new = NewUser {
        id: UserId::new(),
        name: name.as_str(),
        email: email.as_str(),
        password_hash: Some(&password_hash),
        time_zone: zone.iana_name().unwrap_or("UTC"),
        admin,
    };
    let (id, now) = (new.id, Clock::system().now());
    match queries::insert_user(db, new, now).await? {
        Created::Yes => {
            Event::new(id, Kind::AccountMade, now).by_command_line(db).await?;
            println!("{} has an account now.", email.as_str());
        }
        Created::EmailTaken => bail!("{} has an account already", email.as_str()),
    }
    Ok(())
}

async fn list(db: &PgPool) -> anyhow::Result<()> {
    for user in queries::listed::users(db).await? {
        let marks = [(user.admin, " (administrator)"), (user.disabled, " (disabled)")];
        let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
        println!("{}\t{}{marks}", user.email, user.name);
    }
    Ok(())
}

async fn reset_link(db: &PgPool, config: &Config, email_text: &str) -> anyhow::Result<()> {
    let email = email_address(email_text)?;
    let token = Token::new()?;
    let now = Clock::system().now();
    let until = now + password::LINK_HOLDS;
    let Some(account) = password_links::make(db, email.as_str(), &token.hash(), until).await? else {
        bail!("{} has no account that may log in", email.as_str())
    };
    Event::new(account.id, Kind::LinkMade, now).by_command_line(db).await?;
    println!("{}{}", host::base(config, &HeaderMap::new()), password::link_path(&token));
    eprintln!("Anyone who opens it gets into the account. It works once, within a day.");
    Ok(())
}

/// The account of an address.
async fn account(db: &PgPool, email_text: &str) -> anyhow::Result<queries::listed::ListedUser> {
    let email = email_address(email_text)?;
    let mut users = queries::listed::users(db).await?.into_iter();
    users.find(|user| user.email == email.as_str()).with_context(|| format!("{} has no account", email.as_str()))
}

async fn change(db: &PgPool, config: &Config, email_text: &str, change: Change) -> anyhow::Result<()> {
    let (user, now) = (account(db, email_text).await?, Clock::system().now());
    let mut transaction = db.begin().await?;
    queries::lock_instance(&mut transaction).await?;
    let done = change.apply(&mut transaction, Admin::granted(user.id), user.id, now).await?;
    if done.is_empty() {
        bail!("{}", change.refused(&user.email))
    }
    for kind in &done {
        noted(user.id, *kind, now).by_command_line(&mut *transaction).await?;
    }
    tell(&Outbox::of(config), &mut transaction, user.id, &done, now).await?;
    transaction.commit().await?;
    println!("{}", change.said(&user.name, &done));
    Ok(())
}

async fn set_room(db: &PgPool, config: &Config, email_text: &str, mb: Option<i16>) -> anyhow::Result<()> {
    let (user, now) = (account(db, email_text).await?, Clock::system().now());
    let mut transaction = db.begin().await?;
    administration::set_documents_mb(&mut *transaction, Admin::granted(user.id), user.id, mb).await?;
    Event::new(user.id, Kind::RoomChanged, now).by_command_line(&mut *transaction).await?;
    transaction.commit().await?;
    println!("{} has {} MB for documents.", user.name, mb.map_or(config.documents_most >> 20, i64::from));
    Ok(())
}

async fn delete(db: &PgPool, email_text: &str, is_meant: bool) -> anyhow::Result<()> {
    let user = account(db, email_text).await?;
    if !is_meant {
        bail!("Everything in the account of {} would go for good. If that is meant, add --yes", user.email)
    }
    let now = Clock::system().now();
    let mut transaction = db.begin().await?;
    queries::lock_instance(&mut transaction).await?;
    take_time(&mut *transaction).await?;
    if !queries::ended::delete_account(&mut transaction, user.id, now).await? {
        bail!("{} is the only administrator. Promote someone else first", user.email)
    }
    transaction.commit().await?;
    println!("The account of {} is deleted, with everything in it.", user.email);
    Ok(())
}

async fn set_password(db: &PgPool, email_text: &str) -> anyhow::Result<()> {
    let email = email_address(email_text)?;
    let Some(account) = queries::credentials(db, email.as_str()).await? else {
        bail!("{} has no account that may log in", email.as_str())
    };
    let password_hash = Hashing::new()?.hash(read_password(account.second_step, &account.name, &email)?).await?;
    let mut transaction = db.begin().await?;
    password_links::set_password(&mut *transaction, account.id, &password_hash).await?;
    queries::delete_sessions(&mut *transaction, account.id).await?;
    forget_all(&mut transaction, account.id).await?;
    let event = Event::new(account.id, Kind::PasswordChanged, Clock::system().now());
    event.by_command_line(&mut *transaction).await?;
    transaction.commit().await?;
    println!("{} has a new password; every session was ended.", email.as_str());
    Ok(())
}
