//! The second step at login, after the password: a code of an authenticator app, or a recovery code.

pub mod browsers;
pub mod qr;
pub mod recovery;
pub mod totp;

use jiff::Timestamp;
use sqlx::PgConnection;

use self::recovery::RecoveryCode;
use self::totp::Secret;
use super::queries::second_step as queries;
use crate::error::Error;
use crate::ids::UserId;

/// What is said of a code that does not count, whatever is wrong with it.
pub const NOT_RIGHT: &str = "That code isn't right, or was used before. Wait for the next one your app shows";

/// What is said of a code that does not count where none of an app was asked for.
const NOT_ONE_OF_YOURS: &str = "That code isn't right, or was used before";

/// What is said of a code that does not count, to someone who was asked for one of their app, or of another.
pub const fn not_right(of_app: bool) -> &'static str {
    if of_app { NOT_RIGHT } else { NOT_ONE_OF_YOURS }
}

/// What was typed where a code is asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Given {
    /// Six digits, as an app shows them.
    Code(String),
    /// One of the codes for a lost phone.
    Recovery(RecoveryCode),
}

impl Given {
    /// Reads it as people type and paste it, with spaces and dashes anywhere.
    pub fn read(typed: &str) -> Option<Self> {
        let text: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if text.len() == totp::DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Code(text));
        }
        RecoveryCode::read(&text).map(Self::Recovery)
    }
}

/// Whether what was typed is a code of the account's, which is used up by it.
///
/// # Errors
/// Only the database's.
pub async fn spend(db: &mut PgConnection, now: Timestamp, user: UserId, typed: &str) -> Result<bool, Error> {
    match Given::read(typed) {
        Some(Given::Code(code)) => {
            let stored = queries::secret(&mut *db, user).await?;
            let Some(secret) = stored.as_deref().and_then(Secret::stored) else { return Ok(false) };
            let Some(step) = secret.step_of(&code, now) else { return Ok(false) };
            Ok(queries::use_step(db, user, secret.bytes(), step, totp::step_at(now)).await?)
        }
        Some(Given::Recovery(code)) => Ok(queries::use_recovery_code(db, user, &code.hash(user)).await?),
        None => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in ["123456", " 123 456 ", "123-456", "123\u{a0}456"] {
            assert_eq!(Given::read(typed), Some(Given::Code("123456".into())), "{typed}");
        }
        for nothing in ["", "12345", "1234567", "12345a", "１２３４５６", "+12345"] {
            assert_eq!(Given::read(nothing), None, "{nothing}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_without_breaking(typed in any::<String>()) {
            let _ = Given::read(&typed);
        }

        #[test]
        fn a_recovery_code_is_read_however_it_is_laid_out(bytes in any::<[u8; 10]>(), gaps in proptest::collection::vec(0..16_usize, 0..6)) {
            let code = RecoveryCode::of(bytes);
            let mut typed = code.shown().to_uppercase();
            for gap in gaps {
                typed.insert(gap, if gap % 2 == 0 { ' ' } else { '-' });
            }
            prop_assert_eq!(Given::read(&typed), Some(Given::Recovery(code)));
        }
    }
}
