//! Logins whose second step is still to come, and browsers that are not asked for it.

use axum::http::{HeaderMap, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use sqlx::PgConnection;

use crate::accounts::queries::{ceremonies, half_logins, remembered_browsers, second_step};
use crate::accounts::session::Origin;
use crate::accounts::token::Token;
use crate::app::App;
use crate::error::Error;
use crate::ids::{HalfLoginId, RememberedBrowserId, UserId};
use crate::web::cookies::Kind;

/// How long after the password the second step may come.
pub const HALF_HOLDS: SignedDuration = SignedDuration::from_mins(10);
/// How long a browser is not asked again, by choice.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What a half login waits for.
pub struct Waiting {
    /// Where to go on.
    pub next: String,
    /// A code of an app is taken.
    pub app: bool,
    /// A passkey is taken.
    pub passkeys: bool,
}

/// The half login of a browser: whose it is, and the secret that proves it.
pub struct Half {
    /// Whose password was right.
    pub user: UserId,
    token: Token,
}

impl Half {
    /// As the browser sent it.
    pub fn sent(app: &App, headers: &HeaderMap) -> Option<Self> {
        let value = app.cookies.read(headers, Kind::HalfLogin)?;
        let (user, token) = value.split_once('.')?;
        Some(Self { user: user.parse().ok()?, token: Token::parse(token)? })
    }

    /// Begins one that goes on to `next`. Returns the cookie that binds it to the browser.
    ///
    /// # Errors
    /// The database's, or no randomness.
    pub async fn begin(
        app: &App,
        db: &mut PgConnection,
        user: UserId,
        next: &str,
        now: Timestamp,
    ) -> Result<HeaderValue, Error> {
        let token = Token::new()?;
        half_logins::forget_old(&mut *db, user, now - HALF_HOLDS).await?;
        half_logins::insert(db, user, HalfLoginId::new(), &token.hash(), next, now).await?;
        Ok(app.cookies.set(Kind::HalfLogin, format!("{user}.{}", token.reveal()), HALF_HOLDS.as_secs()))
    }

    /// What it waits for, while it does, and while its account has a second step and may log in.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn waiting(&self, db: &mut PgConnection, now: Timestamp) -> Result<Option<Waiting>, Error> {
        let next = half_logins::waiting(&mut *db, self.user, &self.token.hash(), now - HALF_HOLDS).await?;
        let Some(next) = next else { return Ok(None) };
        let asked = second_step::asked(db, self.user).await?;
        Ok(asked.map(|asked| Waiting { next, app: asked.app, passkeys: asked.passkeys }))
    }

    /// Ends it. False where it has ended.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn end(&self, db: &mut PgConnection) -> Result<bool, Error> {
        Ok(half_logins::delete(db, self.user, &self.token.hash()).await?)
    }
}

/// Whether the browser need not be asked. Where it sent nothing, the answer is no.
///
/// # Errors
/// Only the database's.
pub async fn is_remembered(
    app: &App,
    db: &mut PgConnection,
    user: UserId,
    headers: &HeaderMap,
    now: Timestamp,
) -> Result<bool, Error> {
    let sent = app.cookies.read(headers, Kind::Remembered);
    let Some(token) = sent.as_deref().and_then(Token::parse) else { return Ok(false) };
    Ok(remembered_browsers::is_known(db, user, &token.hash(), now - REMEMBERED).await?)
}

/// Asks the browser no more for a while. Returns the cookie it is known by, a new one each time: whoever planted the one before
/// knows nothing of it.
///
/// # Errors
/// The database's, or no randomness.
pub async fn remember(
    app: &App,
    db: &mut PgConnection,
    user: UserId,
    origin: &Origin,
    now: Timestamp,
) -> Result<HeaderValue, Error> {
    let token = Token::new()?;
    remembered_browsers::forget_old(&mut *db, user, now - REMEMBERED).await?;
    let id = RememberedBrowserId::new();
    remembered_browsers::insert(db, user, id, &token.hash(), &origin.user_agent, now).await?;
    Ok(app.cookies.set(Kind::Remembered, token.reveal(), REMEMBERED.as_secs()))
}

/// Forgets what of an account has had its time.
///
/// # Errors
/// Only the database's.
pub async fn forget_over(db: &mut PgConnection, user: UserId, now: Timestamp) -> sqlx::Result<()> {
    half_logins::forget_old(&mut *db, user, now - HALF_HOLDS).await?;
    remembered_browsers::forget_old(db, user, now - REMEMBERED).await
}

/// Forgets every browser of an account that is not asked, and every login and answer that is waited for: what they rest on has
/// changed.
///
/// # Errors
/// Only the database's.
pub async fn forget_all(db: &mut PgConnection, user: UserId) -> Result<(), Error> {
    half_logins::delete_all(&mut *db, user).await?;
    ceremonies::delete_all(&mut *db, user).await?;
    remembered_browsers::delete_all(db, user).await?;
    Ok(())
}
