//! Who may sign up, and how the installation is.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;

use super::background::{self, JobLine, expected};
use super::queries::{self, Installation};
use crate::access::Admin;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::confirm::Confirmed;
use crate::accounts::rate_limit::{self, TESTS_BY_ACCOUNT};
use crate::accounts::settings::moment;
use crate::accounts::visit::Visit;
use crate::accounts::{proxies, session};
use crate::address::EmailAddress;
use crate::app::App;
use crate::config::{DatabaseSource, SignUp};
use crate::database;
use crate::error::Result;
use crate::mail::letter::{Letter, MailKind};
use crate::mail::queries as mails;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The form as typed; empty leaves it to how the program was started.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignUpForm {
    sign_up: String,
}

#[derive(Template)]
#[template(path = "accounts/admin/installation.html")]
struct InstallationPage {
    shell: Shell,
    installation: Installation,
    sign_up: String,
    started_with: SignUp,
    schema_is_current: bool,
    uptime: String,
    /// The last dump of the private cluster, and when.
    dump: Option<String>,
    /// Whether dumps are taken here at all.
    keeps_dumps: bool,
    /// Bytes one account may keep in documents.
    documents_most: i64,
    /// What is wrong with the proxy in front.
    proxy: Option<String>,
    mail: Option<Mail>,
    /// The work in the background.
    jobs: Vec<JobLine>,
    errors: Errors,
}

/// How mail is sent.
struct Mail {
    server: String,
    from: String,
    /// What could not be sent, or not at once.
    troubled: Vec<TroubledLine>,
}

struct TroubledLine {
    kind: MailKind,
    recipient: String,
    problem: String,
    made: String,
    /// When it is tried again; never where it was given up.
    again: Option<String>,
}

impl InstallationPage {
    async fn load(app: &App, mut visit: Visit<Admin>) -> Result<Self> {
        let (by, now) = (visit.by, visit.now);
        let installation = queries::installation(visit.db(), by, now - session::IDLE).await?;
        let mail = mail(app, &mut visit).await?;
        let shell = visit.shell(Nav::Admin);
        let (zone, today) = (visit.person.zone.clone(), visit.today());
        // The next question is asked on a connection of its own.
        drop(visit);
        let dump = database::dumps::newest(&app.config).map(|(taken, _)| moment(taken, &zone, today));
        Ok(Self {
            shell,
            dump,
            keeps_dumps: matches!(app.config.database, DatabaseSource::Embedded),
            documents_most: app.config.documents_most,
            sign_up: installation.sign_up.map(|policy| policy.to_string()).unwrap_or_default(),
            jobs: background::lines(&installation, expected(app.outbox.is_on()), now, &zone, today),
            proxy: proxies::warning(installation.unlisted_proxy(), &app.config.trusted_proxies, now),
            installation,
            started_with: app.config.signup,
            schema_is_current: database::schema_is_current(&app.db).await?,
            uptime: uptime(app.started_at, now),
            mail,
            errors: Errors::default(),
        })
    }

    fn policies(&self) -> Vec<(&'static str, String)> {
        let as_started = format!("As the program was started ({})", self.started_with.label().to_lowercase());
        let fixed = SignUp::ALL.iter().map(|policy| (policy.as_str(), policy.label().to_owned()));
        [("", as_started)].into_iter().chain(fixed).collect()
    }

    fn size(&self) -> String {
        words::size(self.installation.database_bytes)
    }

    fn documents(&self) -> String {
        words::size(self.installation.documents_bytes)
    }

    fn documents_most(&self) -> String {
        format!("{} MB", self.documents_most >> 20)
    }
}

/// Failures shown.
const FAILURES: i64 = 10;

async fn mail(app: &App, visit: &mut Visit<Admin>) -> Result<Option<Mail>> {
    let Some(smtp) = &app.config.smtp else { return Ok(None) };
    let troubled = mails::troubled(visit.db(), FAILURES).await?;
    let (zone, today) = (&visit.person.zone, visit.today());
    let line = |mail: mails::Troubled| TroubledLine {
        kind: mail.kind,
        recipient: mail.recipient,
        problem: mail.problem,
        made: words::moment(mail.made_at.0, zone, today),
        again: mail.due_at.map(|at| words::moment(at.0, zone, today)),
    };
    Ok(Some(Mail {
        server: smtp.server.to_string(),
        from: smtp.from.to_string(),
        troubled: troubled.into_iter().map(line).collect(),
    }))
}

/// '3 days', '5 hours', '12 minutes'.
fn uptime(started: Timestamp, now: Timestamp) -> String {
    match now.duration_since(started).as_mins() {
        minutes @ ..60 => words::count(minutes.max(0), "minute", "minutes"),
        minutes @ ..2880 => words::count(minutes / 60, "hour", "hours"),
        minutes => words::count(minutes / 1440, "day", "days"),
    }
}

/// `GET /admin/installation`
pub async fn show(State(app): State<App>, visit: Visit<Admin>) -> Result<Page<impl Template>> {
    Ok(Page::ok(InstallationPage::load(&app, visit).await?))
}

/// `POST /admin/installation`
pub async fn update(
    State(app): State<App>,
    Confirmed(mut visit): Confirmed<Admin>,
    Form(form): Form<SignUpForm>,
) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut errors = Errors::default();
    let policy = errors.optional("sign_up", &form.sign_up, |word| word.parse().map_err(|_| "Choose one from the list"));
    if !errors.is_empty() {
        let page = InstallationPage { errors, ..InstallationPage::load(&app, visit).await? };
        return Ok(Page::unprocessable(page).into_response());
    }
    queries::set_sign_up(visit.db(), by, policy).await?;
    let event = Event::new(by.user_id(), Kind::SignUpChanged, now);
    event.about(policy.map_or("as started", SignUp::as_str)).by_session(visit.db(), this).await?;
    Ok(Done::to("/admin/installation").saying("Saved.").into_response())
}

/// `POST /admin/installation/test-mails`: to whoever asks, confirmed or not.
pub async fn send_test(State(app): State<App>, Confirmed(mut visit): Confirmed<Admin>) -> Result<Done> {
    let (now, me) = (visit.now, visit.me);
    let done = Done::to("/admin/installation");
    let (true, Ok(to)) = (app.outbox.is_on(), EmailAddress::parse(&visit.person.email)) else {
        return Ok(done.saying("This Inroad sends no mail."));
    };
    rate_limit::count(visit.db(), now, TESTS_BY_ACCOUNT, &me.to_string()).await?;
    app.outbox.put(visit.db(), &to, &Letter::Test, now).await?;
    app.outbox.hurry();
    Ok(done.saying(format!("A test mail to {} is on its way. If it can't be sent, this page says why.", to.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    #[test]
    fn uptime_is_said_in_its_largest_unit() {
        let said = |minutes| uptime(Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes));
        assert_eq!((said(0), said(1), said(59)), ("0 minutes".into(), "1 minute".into(), "59 minutes".into()));
        assert_eq!(
            (said(60), said(47 * 60 + 59), said(48 * 60)),
            ("1 hour".into(), "47 hours".into(), "2 days".into())
        );
    }
}
