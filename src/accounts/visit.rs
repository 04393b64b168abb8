//! A visit: one request of a signed-in person, with the proof of what they may do and the connection it is done on.

mod cache;
mod extractors;

pub(super) use extractors::hour;

use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use sqlx::PgConnection;
use uuid::Uuid;

use super::acting::Acting;
use super::counting::count;
use super::login::{self, Why};
use super::preferences::Preferences;
use super::queries;
use super::queries::live_session::{SessionRow, live_session};
use super::queries::rail::{self, Counts, Keeping};
use super::session;
use super::writing::Writing;
use crate::access::{Owner, Scope, Viewer};
use crate::app::App;
use crate::clock;
use crate::database::Lease;
use crate::error::Error;
use crate::ids::{GrantId, SessionId, UserId};
use crate::web::dates::{self, Formats};
use crate::web::flash::{self, Flash};
use crate::web::list::last_used::{LastUsed, ShownOf};
use crate::web::made_for::{DrawnFor, MadeFor};
use crate::web::refused::DrawnWithin;
use crate::web::run::{self, Run};
use crate::web::shell::{Nav, Shell, Sight};
use crate::web::theme::Theme;

/// How long an account counts as new, and pages say what they are for.
const NEW_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The person whose data is shown.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their account.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Where they live, in time.
    pub zone: TimeZone,
    /// What they set for their search.
    pub preferences: Preferences,
    /// MB their documents may have together, where that is not as many as everyone's.
    pub documents_mb: Option<i16>,
    /// The version the account stands at, for a form that changes it.
    pub version: i32,
}

/// What a form that changes the account itself asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asks {
    /// The password, where there is one.
    pub password: bool,
    /// A code, where there is a second step with an app.
    pub code: bool,
    /// Something no form can hold comes first: a passkey, or an issuer's word.
    pub more_first: bool,
}

/// How someone looks at another's search.
#[derive(Debug, Clone, Copy)]
pub struct Looking {
    /// The grant they were given.
    pub grant: GrantId,
    /// How much they may see.
    pub scope: Scope,
    /// Whether they may comment.
    pub may_comment: bool,
}

impl Looking {
    fn of(row: &SessionRow) -> Option<Self> {
        let grant = row.grant.filter(|_| row.looking)?;
        // A scope that is missing shows the least.
        let scope = row.scope.unwrap_or(Scope::Progress);
        Some(Self { grant, scope, may_comment: row.may_comment.unwrap_or(false) && scope != Scope::Progress })
    }
}

/// One request of a signed-in person. `P` says what they may do: `Viewer`, `Owner`, `Commenter`, `Admin` or `Myself`.
pub struct Visit<P> {
    /// The proof.
    pub by: P,
    /// Whose data it is.
    pub person: Person,
    /// The connection this request works on.
    pub db: Lease,
    /// The instant of the request.
    pub now: Timestamp,
    /// The session.
    pub session: SessionId,
    /// Who is signed in; the owner, but for a coach.
    pub me: UserId,
    /// Who accepted to look at their search, and waits to be let in.
    pub accepted_by: Option<String>,
    /// Whose search they can look at since, and did not yet.
    pub let_in_by: Option<String>,
    /// How the lists were looked at last, in this browser.
    pub last_used: LastUsed,
    /// How many lines Today has.
    pub due: usize,
    /// How many things coaches said that wait there.
    comments: usize,
    /// Since when whoever is signed in is asked for a second step.
    pub second_step_since: Option<Timestamp>,
    has_password: bool,
    has_app: bool,
    confirmed_at: Timestamp,
    me_since: Timestamp,
    my_theme: Theme,
    my_name: String,
    admin: bool,
    /// How they look, where it is someone else's search.
    pub looking: Option<Looking>,
    kept: Kept,
    by_stage: Option<Vec<i32>>,
    example: bool,
    flash: Option<Flash>,
    run: Option<Run>,
}

/// Whether what is counted now can be kept, and under which stamp.
#[derive(Debug, Clone, Copy)]
struct Kept {
    stamp: Uuid,
    may_keep: bool,
}

impl<P> Visit<P> {
    /// The civil date where the person is.
    pub fn today(&self) -> Date {
        clock::date_in(&self.person.zone, self.now)
    }

    /// The frame for a page of that section.
    pub fn shell(&self, nav: Nav) -> Shell {
        let due = if self.person.preferences.rests_on(self.today()) { 0 } else { self.due };
        // What coaches said is between each of them and the seeker.
        let comments = if self.looking.is_some() { 0 } else { self.comments };
        Shell {
            account: self.person.id,
            name: self.my_name.clone(),
            theme: self.my_theme,
            nav,
            due: due + comments,
            admin: self.admin,
            flash: self.flash.clone(),
            looking_at: self.looking.map(|looking| Sight {
                name: self.person.name.clone(),
                scope: looking.scope,
                may_comment: looking.may_comment,
            }),
            is_new: self.now.duration_since(self.me_since) < NEW_FOR,
            read_only: self.looking.is_some(),
            run: self.run.clone(),
            example: self.example,
        }
    }

    /// How many contacts there are by stage, where that is kept.
    pub fn contacts_by_stage(&self) -> Option<&[i32]> {
        self.by_stage.as_deref()
    }

    /// The list that is gone through, and where in it.
    pub fn run(&self) -> Option<&Run> {
        self.run.as_ref()
    }

    /// What whoever is signed in is called.
    pub fn my_name(&self) -> &str {
        &self.my_name
    }

    /// Whether the password was given in the last minutes.
    pub fn is_confirmed(&self) -> bool {
        self.now.duration_since(self.confirmed_at) < session::CONFIRMED
    }

    /// What a form that changes the account asks for beside.
    pub fn asks(&self) -> Asks {
        let second_step = self.second_step_since.is_some();
        let more = !self.has_password || (second_step && !self.has_app);
        Asks {
            password: self.has_password,
            code: second_step && self.has_app,
            more_first: more && !self.is_confirmed(),
        }
    }

    /// The connection.
    pub fn db(&mut self) -> &mut PgConnection {
        &mut self.db
    }

    fn with<Q>(self, by: Q) -> Visit<Q> {
        Visit {
            by,
            person: self.person,
            db: self.db,
            now: self.now,
            session: self.session,
            me: self.me,
            accepted_by: self.accepted_by,
            let_in_by: self.let_in_by,
            last_used: self.last_used,
            confirmed_at: self.confirmed_at,
            me_since: self.me_since,
            my_theme: self.my_theme,
            my_name: self.my_name,
            admin: self.admin,
            looking: self.looking,
            due: self.due,
            comments: self.comments,
            second_step_since: self.second_step_since,
            has_password: self.has_password,
            has_app: self.has_app,
            kept: self.kept,
            by_stage: self.by_stage,
            example: self.example,
            flash: self.flash,
            run: self.run,
        }
    }
}

impl Visit<Owner> {
    /// The same, as a change wants it.
    pub fn acting(&mut self) -> Acting<'_> {
        let Person { zone, preferences, .. } = &self.person;
        Acting { db: &mut self.db, by: self.by, now: self.now, zone, preferences }
    }
}

impl Visit<Viewer> {
    /// Keeps how many contacts there are by stage, if they can be known to be of now.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn keep_contacts_by_stage(&mut self, by_stage: &[i32]) -> sqlx::Result<()> {
        if self.kept.may_keep {
            rail::keep_contacts(&mut *self.db, self.by, self.kept.stamp, by_stage).await?;
        }
        Ok(())
    }
}

async fn visit(parts: &mut Parts, app: &App) -> Result<Visit<()>, Response> {
    let Some(token) = session::sent_token(app, &parts.headers) else {
        return Err(login::first(app, parts, Why::Nobody).await);
    };
    let now = app.clock.now();
    let mut db = app.connection().await.map_err(IntoResponse::into_response)?;
    let row = live_session(&mut db, &token.hash(), now - session::IDLE, now - session::ABSOLUTE, now)
        .await
        .map_err(|e| Error::from(e).into_response())?;
    let Some(row) = row else {
        drop(db);
        return Err(login::first(app, parts, Why::Nobody).await);
    };
    if parts.extensions.get::<MadeFor>().is_some_and(|made_for| !made_for.is(row.me)) {
        drop(db);
        return Err(login::first(app, parts, Why::Another).await);
    }
    if let Some(drawn_for) = parts.extensions.get::<DrawnFor>() {
        drawn_for.set(row.me);
    }
    if let (Some(looking), Some(within)) = (Looking::of(&row), parts.extensions.get::<DrawnWithin>()) {
        within.set(looking.scope);
    }
    dates::show_as(Formats { dates: row.my_dates, times: row.my_times });
    if now.duration_since(row.seen_at.0) > session::NOTED_EVERY {
        queries::touch_session(&mut *db, row.session, now).await.map_err(|e| Error::from(e).into_response())?;
    }
    let kept = Kept { stamp: row.stamp.unwrap_or_else(Uuid::now_v7), may_keep: parts.method.is_safe() && !row.writing };
    let counts = due_now(&mut db, &row, kept, now).await.map_err(|e| Error::from(e).into_response())?;
    if !parts.method.is_safe() && !row.looking {
        let by = Owner::granted(row.me);
        rail::begin(&mut *db, by, now).await.map_err(|e| Error::from(e).into_response())?;
        if let Some(writing) = parts.extensions.get::<Writing>() {
            writing.begun(by);
        }
    }
    let run = run::read(&app.cookies, &parts.headers, row.owner, parts.uri.path());
    let last_used = LastUsed::read(&app.cookies, &parts.headers, row.owner);
    if let Some(shown_of) = parts.extensions.get::<ShownOf>() {
        shown_of.set(row.owner);
    }
    Ok(Visit { run, last_used, ..from_row(row, counts, kept, db, now, flash::read(&app.cookies, &parts.headers)) })
}

/// What is due now: as kept, or counted, and then kept where nothing is about to change.
async fn due_now(db: &mut PgConnection, row: &SessionRow, kept: Kept, now: Timestamp) -> sqlx::Result<Counts> {
    let (today, utc) = (clock::date_in(&zone(row), now), clock::date_in(&TimeZone::UTC, now));
    if let Some(counts) = row.kept_counts((today, utc)) {
        return Ok(counts);
    }
    let by = Viewer::granted(row.owner);
    let counts = count(&mut *db, by, &row.owner_preferences.0, (today, utc)).await?;
    if kept.may_keep {
        rail::keep(db, &[Keeping { by, stamp: kept.stamp, counts, today }], utc).await?;
    }
    Ok(counts)
}

fn zone(row: &SessionRow) -> TimeZone {
    TimeZone::get(&row.owner_zone).unwrap_or(TimeZone::UTC)
}

fn from_row(row: SessionRow, counts: Counts, kept: Kept, db: Lease, now: Timestamp, flash: Option<Flash>) -> Visit<()> {
    let (zone, looking) = (zone(&row), Looking::of(&row));
    Visit {
        by: (),
        person: Person {
            id: row.owner,
            name: row.owner_name,
            email: row.owner_email,
            zone,
            preferences: row.owner_preferences.0,
            documents_mb: row.owner_documents_mb,
            version: row.owner_version,
        },
        db,
        now,
        session: row.session,
        me: row.me,
        accepted_by: row.accepted_by,
        let_in_by: row.let_in_by,
        last_used: LastUsed::none(row.owner),
        confirmed_at: row.confirmed_at.0,
        me_since: row.me_since.0,
        my_theme: row.my_theme,
        my_name: row.my_name,
        admin: row.admin,
        looking,
        due: counts.due,
        comments: counts.comments,
        second_step_since: row.second_step_since.map(|at| at.0),
        has_password: row.has_password,
        has_app: row.has_app,
        kept,
        by_stage: row.by_stage.filter(|_| !row.writing),
        example: row.example,
        flash,
        run: None,
    }
}
