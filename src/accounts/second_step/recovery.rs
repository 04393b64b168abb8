//! Recovery codes, for a lost phone: ten, each used once, of which only hashes are kept.

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

use crate::ids::UserId;

/// How many there are of an account.
pub const COUNT: usize = 10;

/// One of them: 80 bits, so that a hash tells nothing. Never printed but where it is handed out.
#[derive(PartialEq, Eq)]
pub struct RecoveryCode([u8; 10]);

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

impl RecoveryCode {
    /// A fresh set.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn fresh() -> anyhow::Result<Vec<Self>> {
        let fresh = |_| {
            let mut bytes = [0; 10];
            getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("no randomness: {e}"))?;
            Ok(Self(bytes))
        };
        (0..COUNT).map(fresh).collect()
    }

    /// The one with these bits.
    #[cfg(test)]
    pub fn of(bytes: [u8; 10]) -> Self {
        Self(bytes)
    }

    /// Reads one without gaps; digits no code has are taken for the letters they look like.
    pub fn read(text: &str) -> Option<Self> {
        let letter = |c: char| match c {
            '0' => 'O',
            '1' => 'I',
            '8' => 'B',
            other => other.to_ascii_uppercase(),
        };
        let letters: String = text.chars().map(letter).collect();
        BASE32_NOPAD.decode(letters.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// As it is shown, once: `k3wq-7hfa-m2xz-pd4r`.
    pub fn shown(&self) -> String {
        let letters = BASE32_NOPAD.encode(&self.0).to_lowercase();
        letters.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
    }

    /// What is kept of it.
    pub fn hash(&self, user: UserId) -> Vec<u8> {
        Sha256::new().chain_update(user.0.as_bytes()).chain_update(self.0).finalize().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_of_ten_different_ones() {
        let fresh = RecoveryCode::fresh().unwrap();
        let shown: std::collections::BTreeSet<String> = fresh.iter().map(RecoveryCode::shown).collect();
        assert_eq!(shown.len(), COUNT);
        assert!(shown.iter().all(|code| code.len() == 19), "{shown:?}");
    }

    #[test]
    fn a_hash_is_of_one_account() {
        let code = RecoveryCode::of([7; 10]);
        assert_ne!(code.hash(UserId::new()), code.hash(UserId::new()));
        assert_eq!(format!("{code:?}"), "RecoveryCode(..)");
    }

    #[test]
    fn letters_that_look_alike_are_the_same() {
        let code = RecoveryCode::read("OIBOIBOIBOIBOIBO").unwrap();
        assert_eq!(RecoveryCode::read("0180180180180180"), Some(code));
        for wrong in ["", "OIBO", "OIBOIBOIBOIBOIBOIB", "OIBOIBOIBOIBOIB9"] {
            assert_eq!(RecoveryCode::read(wrong), None, "{wrong}");
        }
    }
}
