//! Secrets handed out: 256 bits from the system, of which only the SHA-256 is kept.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

/// A secret for a cookie or a link. Never printed.
pub struct Token([u8; 32]);

impl Token {
    /// A fresh one.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn new() -> anyhow::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("no randomness: {e}"))?;
        Ok(Self(bytes))
    }

    /// Reads one as handed out.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.trim().as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The text to hand out, once.
    pub fn reveal(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// What is stored, and looked up by.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_no_two_are_alike() {
        let (a, b) = (Token::new().unwrap(), Token::new().unwrap());
        assert_eq!(Token::parse(&a.reveal()).unwrap().hash(), a.hash());
        assert_ne!(a.hash(), b.hash());
        assert!(Token::parse("short").is_none());
    }
}
