//! Passwords: what is accepted, how they are hashed, and how many at once.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use jiff::SignedDuration;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::token::Token;
use crate::error::Error;

/// Fewest characters of a password (NIST SP 800-63B-4 section 3.1.1.2: 15 where it is the only factor).
pub const SHORTEST: usize = 15;
/// Fewest where a second step follows (the same section).
const SHORTEST_OF_TWO: usize = 8;
/// Most characters of a password.
pub const LONGEST: usize = 1024;

/// Passwords that many people use: the list of zxcvbn-ts (its licence lies beside it), one a line, lower-cased.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("common_passwords/list.txt").lines().collect());

/// Words an attacker tries first here.
const OF_THIS_PLACE: [&str; 4] = ["inroad", "linkedin", "interview", "referral"];

/// A new password that passed the rules. Never printed.
#[derive(Clone)]
pub struct NewPassword(String);

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(..)")
    }
}

/// Why a password is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Fewer characters than `SHORTEST`.
    #[error("Use at least 15 characters; a few unrelated words do well")]
    Short,
    /// Fewer than are enough before a second step.
    #[error("Use at least 8 characters; a few unrelated words do well")]
    ShortOfTwo,
    /// More characters than `LONGEST`.
    #[error("Use at most 1024 characters")]
    Long,
    /// On the list of common passwords, or one character or word over and over.
    #[error("Many people use this one; take a few unrelated words instead")]
    Common,
    /// Little more than the person's name, e-mail or this program's name.
    #[error("This is close to your name, your e-mail or the name of this place; take a few unrelated words instead")]
    Guessable,
}

impl NewPassword {
    /// Checks a password against the rules. Code points are counted; no kind of character is required or refused.
    pub fn parse(text: &str, name: &str, email: &str) -> Result<Self, Weak> {
        if is_long_enough(text) { Self::checked(text, name, email) } else { Err(Weak::Short) }
    }

    /// Checks a password that a second step follows, if one does: it may be shorter then.
    pub fn parse_before(second_step: bool, text: &str, name: &str, email: &str) -> Result<Self, Weak> {
        match second_step {
            false => Self::parse(text, name, email),
            true if normal(text).chars().count() < SHORTEST_OF_TWO => Err(Weak::ShortOfTwo),
            true => Self::checked(text, name, email),
        }
    }

    fn checked(text: &str, name: &str, email: &str) -> Result<Self, Weak> {
        let text = normal(text);
        let length = text.chars().count();
        if length > LONGEST {
            return Err(Weak::Long);
        }
        let lower = text.to_lowercase();
        if COMMON.contains(lower.as_str()) || is_repetition(&lower) {
            return Err(Weak::Common);
        }
        let local = email.split('@').next().unwrap_or_default();
        let own = [email, name, local].into_iter().chain(name.split_whitespace()).map(str::to_lowercase);
        let mut rest = lower.clone();
        for word in own.chain(OF_THIS_PLACE.map(str::to_owned)).filter(|word| word.chars().count() >= 3) {
            rest = rest.replace(&word, "");
        }
        let rest = rest.trim();
        if rest != lower && (rest.chars().count() <= SHORTEST / 2 || COMMON.contains(rest)) {
            return Err(Weak::Guessable);
        }
        Ok(Self(text))
    }
}

/// What is said of a new password before it is typed.
pub fn hint(second_step: bool) -> &'static str {
    match second_step {
        true => "At least 8 characters, as a second step follows; a few unrelated words do well",
        false => "At least 15 characters; a few unrelated words do well",
    }
}

/// Whether a password is long enough to be the only thing asked for.
pub fn is_long_enough(text: &str) -> bool {
    normal(text).chars().count() >= SHORTEST
}

/// The same password typed on another keyboard is the same password.
fn normal(text: &str) -> String {
    text.nfkc().collect()
}

/// One character, or a piece of up to eight characters, again and again; or the alphabet or digits in order.
fn is_repetition(lower: &str) -> bool {
    let chars: Vec<char> = lower.chars().collect();
    let repeats = (1..=8).any(|n| chars.len() >= 2 * n && chars.iter().zip(chars.iter().skip(n)).all(|(a, b)| a == b));
    let steps = |step: i64| chars.windows(2).all(|w| i64::from(w[1] as u32) - i64::from(w[0] as u32) == step);
    repeats || steps(1) || steps(-1)
}

/// Hashes and verifies passwords, no more at once than there are cores, with a bounded queue before them.
#[derive(Clone)]
pub struct Hashing {
    turns: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    decoy: Arc<str>,
}

/// How a hash of today's parameters begins.
const PARAMETERS: &str = "$argon2id$v=19$m=19456,t=4,p=1$";

/// argon2id with OWASP's memory of 19 MiB and one lane; four passes, so that a guess costs at least 20 ms on a fast machine.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 4, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash_now(password: &str) -> anyhow::Result<String> {
    let hash: argon2::password_hash::phc::PasswordHash =
        argon2().hash_password(password.as_bytes()).map_err(|e| anyhow::anyhow!("hashing failed: {e}"))?;
    Ok(hash.to_string())
}

/// What a check of a password found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// It is the one.
    Right {
        /// The parameters changed since it was hashed: hash it anew.
        outdated: bool,
    },
    /// It is not, or there is no such account.
    Wrong,
}

impl Hashing {
    /// With as many turns as the machine has cores.
    ///
    /// # Errors
    /// When no hash can be computed at all, which would be the machine's fault.
    pub fn new() -> anyhow::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Self {
            turns: Arc::new(Semaphore::new(cores)),
            waiting: Arc::new(Semaphore::new(64)),
            decoy: hash_now("a password nobody has, for accounts that do not exist")?.into(),
        })
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let _place = self.waiting.try_acquire().map_err(|_| Error::Busy)?;
        let turn = tokio::time::timeout(Duration::from_secs(10), self.turns.clone().acquire_owned())
            .await
            .map_err(|_| Error::Busy)?
            .map_err(|_| Error::Busy)?;
        tokio::task::spawn_blocking(move || {
            let result = work();
            drop(turn);
            result
        })
        .await
        .map_err(|e| Error::Internal(e.into()))
    }

    /// The PHC string of a new password.
    ///
    /// # Errors
    /// `Busy` when too many wait already.
    pub async fn hash(&self, password: NewPassword) -> Result<String, Error> {
        self.in_turn(move || hash_now(&password.0)).await?.map_err(Error::Internal)
    }

    /// Checks a password against the stored hash; without one, takes as long and says wrong.
    ///
    /// # Errors
    /// `Busy` when too many wait already.
    pub async fn check(&self, password: &str, stored: Option<&str>) -> Result<Checked, Error> {
        let password = normal(password);
        let exists = stored.is_some();
        let stored = stored.unwrap_or(&self.decoy).to_owned();
        self.in_turn(move || {
            let Ok(hash) = PasswordHash::new(&stored) else { return Checked::Wrong };
            let right = argon2().verify_password(password.as_bytes(), &hash).is_ok();
            let outdated = !stored.starts_with(PARAMETERS);
            if right && exists { Checked::Right { outdated } } else { Checked::Wrong }
        })
        .await
    }

    /// The PHC string of a password just checked, whose parameters are outdated.
    ///
    /// # Errors
    /// `Busy` when too many wait already.
    pub async fn rehash(&self, password: &str) -> Result<String, Error> {
        let password = normal(password);
        self.in_turn(move || hash_now(&password)).await?.map_err(Error::Internal)
    }
}

/// How long a link works.
pub const LINK_HOLDS: SignedDuration = SignedDuration::from_hours(24);

/// Path and query of a link.
pub fn link_path(token: &Token) -> String {
    format!("/password?link={}", token.reveal())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<(), Weak> {
        NewPassword::parse(text, "Ada Byron", "ada.byron@example.com").map(|_| ())
    }

    #[test]
    fn length_counts_characters_and_nothing_else_is_required() {
        for good in [
            "correct horse battery staple",
            "aaaabbbbccccddddx",
            "    leading and trailing    ",
            "пароль из многих слов",
            "密码很长很长很长很长很长很长一二三四",
            "🐎🔋📎🪨🌲🌊🎻🧊🪁🧵🧶🪡🧷🪢🧭",
            "ünïcödé is welcome here",
            "NUL \0 inside is fine too",
            "<script>alert(1)</script>",
            "' or 1=1; drop table users",
            "one two three four five",
            "glacier violin lantern moss",
            "12 Bakers in 9 Kitchens",
            "tab\tand newline\nokay",
            "percent%20and%00encoded",
        ] {
            assert_eq!(parse(good), Ok(()), "{good:?}");
        }
        assert_eq!(parse(&"x y".repeat(342)), Err(Weak::Long));
        assert_eq!(parse(&format!("{}end", "word salad ".repeat(12))), Ok(()), "more than 72 bytes");
        for short in ["", " ", "short", "fourteen chars", "🐎🔋📎🪨🌲🌊🎻", "ünïcödé", "12345678901234"]
        {
            assert_eq!(parse(short), Err(Weak::Short), "{short:?}");
        }
    }

    #[test]
    fn nothing_is_cut_off() {
        let long = "word salad ".repeat(12);
        let (a, b) = (format!("{long}end a"), format!("{long}end b"));
        assert_ne!(NewPassword::parse(&a, "", "").unwrap().0, NewPassword::parse(&b, "", "").unwrap().0);
    }

    #[test]
    fn what_many_people_use_is_refused() {
        assert!(COMMON.len() >= 20_000);
        let long_and_common = COMMON.iter().filter(|word| word.chars().count() >= SHORTEST).take(5);
        for word in long_and_common.copied().chain([
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabcabcabc",
            "abcdefghijklmnopq",
            "passwordpassword",
        ]) {
            assert_eq!(parse(word), Err(Weak::Common), "{word}");
            assert_eq!(parse(&word.to_uppercase()), Err(Weak::Common), "{word}");
        }
    }

    #[test]
    fn what_names_the_person_or_the_place_is_refused() {
        for word in [
            "ada.byron@example.com",
            "AdaByronAdaByron",
            "inroadinroad2026!",
            "Ada Byron 1234567",
            "linkedin-interview",
        ] {
            assert!(matches!(parse(word), Err(Weak::Guessable | Weak::Common)), "{word}");
        }
    }

    #[tokio::test]
    async fn a_hash_names_its_parameters_and_only_the_right_password_passes() {
        let hashing = Hashing::new().unwrap();
        let hash = hashing.hash(NewPassword::parse("correct horse battery staple", "", "").unwrap()).await.unwrap();
        assert!(hash.starts_with(PARAMETERS), "{hash}");
        let right = hashing.check("correct horse battery staple", Some(&hash)).await.unwrap();
        assert_eq!(right, Checked::Right { outdated: false });
        assert_eq!(hashing.check("correct horse battery stapl", Some(&hash)).await.unwrap(), Checked::Wrong);
        let decoy = "a password nobody has, for accounts that do not exist";
        assert_eq!(hashing.check(decoy, None).await.unwrap(), Checked::Wrong);
    }

    #[tokio::test]
    async fn an_older_hash_is_recognised_as_outdated() {
        let older = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8_192, 1, 1, None).unwrap());
        let hash: PasswordHash = older.hash_password(b"correct horse battery staple").unwrap();
        let checked =
            Hashing::new().unwrap().check("correct horse battery staple", Some(&hash.to_string())).await.unwrap();
        assert_eq!(checked, Checked::Right { outdated: true });
    }
}
