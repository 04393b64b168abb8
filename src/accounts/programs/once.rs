//! What is sent with an `Idempotency-Key` is written once: whoever sends the same again within a day gets the same answer
//! (draft-ietf-httpapi-idempotency-key-header).

use axum::http::{HeaderMap, StatusCode};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::queries::answers::{self, Answer};
use super::writer::Work;
use crate::web::problem::Problem;

/// The header.
const HEADER: &str = "idempotency-key";
/// Characters a key may have.
const MOST: usize = 255;
/// How long an answer is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// The key of a request, and what was asked with it.
#[derive(Debug, Clone)]
pub struct Once {
    id: Uuid,
    request_hash: [u8; 32],
}

impl Once {
    /// Of a request with these headers; nothing where it has no key. `asked` is what has to be the same when it comes again.
    ///
    /// # Errors
    /// Where the key is none.
    pub fn of(headers: &HeaderMap, asked: &[&[u8]]) -> Result<Option<Self>, Problem> {
        let Some(sent) = headers.get(HEADER) else { return Ok(None) };
        let key = sent.to_str().unwrap_or_default().trim();
        let key = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(key);
        if key.is_empty() || key.len() > MOST || headers.get_all(HEADER).iter().count() > 1 {
            return Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "An Idempotency-Key has 1 to 255 characters, and comes once.",
            ));
        }
        let mut hash = Sha256::new();
        for part in asked {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        let key = Sha256::digest(key.as_bytes());
        let mut id = [0; 16];
        id.copy_from_slice(&key[..16]);
        Ok(Some(Self { id: Uuid::from_bytes(id), request_hash: hash.finalize().into() }))
    }

    /// Takes the key for what is about to be written; the answer, where it was written before.
    ///
    /// # Errors
    /// Where the key was used for something else or is being used, and the database's.
    pub async fn claim(&self, work: &mut Work<'_>) -> Result<Option<Answer>, Problem> {
        let (by, now) = (work.by, work.now());
        match answers::claim(work.db(), by, self.id, &self.request_hash, now, now - KEPT).await? {
            answers::Claimed::Yes => Ok(None),
            answers::Claimed::Before(before) if before.request_hash != self.request_hash => Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "This Idempotency-Key was sent with another request. Use a new key for each.",
            )),
            answers::Claimed::Before(before) => Ok(Some(before.answer)),
            answers::Claimed::UnderWay => {
                Err(Problem::conflict("A request with this Idempotency-Key is under way. Send it again in a moment."))
            }
        }
    }

    /// Keeps the answer, together with what it answers.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn keep(&self, work: &mut Work<'_>, answer: &Answer) -> sqlx::Result<()> {
        let by = work.by;
        answers::keep(work.db(), by, self.id, answer).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn once(key: &str, asked: &[&[u8]]) -> Result<Option<Once>, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, key.parse().unwrap());
        Once::of(&headers, asked)
    }

    #[test]
    fn a_key_is_the_same_with_and_without_quotes() {
        let (bare, quoted) = (once("abc", &[b"x"]).unwrap().unwrap(), once("\"abc\"", &[b"x"]).unwrap().unwrap());
        assert_eq!((bare.id, bare.request_hash), (quoted.id, quoted.request_hash));
        assert_ne!(once("abd", &[b"x"]).unwrap().unwrap().id, bare.id);
        assert!(Once::of(&HeaderMap::new(), &[]).unwrap().is_none());
        for wrong in ["", "\"\"", &"x".repeat(256)] {
            assert!(once(wrong, &[]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_asked_is_told_apart_by_its_parts() {
        let hash = |asked: &[&[u8]]| once("k", asked).unwrap().unwrap().request_hash;
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
        assert_eq!(hash(&[b"ab", b"c"]), hash(&[b"ab", b"c"]));
    }
}
