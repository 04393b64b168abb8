//! Codes of an authenticator app: RFC 6238 with what every app takes, SHA-1, six digits and thirty seconds.

use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Builder, Totp};

/// Digits of a code.
pub const DIGITS: usize = 6;
/// Seconds for which an app shows one code.
const STEP: u64 = 30;
/// Steps before and after the present one whose codes count: clocks differ, and typing takes time.
const SKEW: u16 = 1;

/// What an app and this program share: 160 bits. Never printed.
pub struct Secret([u8; 20]);

impl Secret {
    /// A fresh one.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn new() -> anyhow::Result<Self> {
        let mut bytes = [0; 20];
        getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("no randomness: {e}"))?;
        Ok(Self(bytes))
    }

    /// The one that is stored.
    pub fn stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// What is stored.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret as it is typed into an app, four letters at a time.
    pub fn typed(&self) -> String {
        let letters = BASE32_NOPAD.encode(&self.0);
        letters.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
    }

    /// The address an app takes the secret from.
    pub fn address(&self, email: &str) -> String {
        let account = utf8_percent_encode(email, NON_ALPHANUMERIC);
        let secret = BASE32_NOPAD.encode(&self.0);
        format!(
            "otpauth://totp/Inroad:{account}?secret={secret}&issuer=Inroad&algorithm=SHA1&digits={DIGITS}&period={STEP}"
        )
    }

    /// The step whose code this is, among those that count now.
    pub fn step_of(&self, code: &str, now: Timestamp) -> Option<i32> {
        let step = self.totp().check(code, seconds(now))?;
        i32::try_from(step).ok()
    }

    fn totp(&self) -> Totp {
        Builder::new().with_secret(self.0).with_step_duration(STEP).with_skew(SKEW).build_noncompliant()
    }
}

fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_second()).unwrap_or_default()
}

/// The step an instant is in.
pub fn step_at(now: Timestamp) -> i32 {
    i32::try_from(seconds(now) / STEP).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// The code an app shows then.
    fn shown(secret: &Secret, now: Timestamp) -> String {
        secret.totp().generate(seconds(now)).to_string()
    }

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        let secret = Secret(*b"12345678901234567890");
        // Appendix B has eight digits; six are the last of them.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(shown(&secret, at(second)), code);
            assert_eq!(secret.step_of(code, at(second)), Some(step_at(at(second))));
        }
    }

    #[test]
    fn an_app_reads_the_address() {
        let secret = Secret(*b"12345678901234567890");
        assert_eq!(secret.typed(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            secret.address("ada+b@example.org"),
            "otpauth://totp/Inroad:ada%2Bb%40example%2Eorg?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Inroad&algorithm=SHA1&digits=6&period=30"
        );
    }

    proptest! {
        #[test]
        fn a_code_counts_in_its_own_step_and_the_two_beside_it(bytes in any::<[u8; 20]>(), second in 60..4_000_000_000_i64) {
            let (secret, now) = (Secret(bytes), at(second));
            let code = shown(&secret, now);
            for away in -1..=1_i64 {
                let then = now + SignedDuration::from_secs(30 * away);
                let found = secret.step_of(&code, then);
                // Two steps beside each other show the same code once in a million times.
                prop_assert!(found.is_some_and(|step| (step - step_at(now)).abs() <= 2));
                prop_assert_eq!(found.map(|step| shown(&secret, at(i64::from(step) * 30))), Some(code.clone()));
            }
        }

        #[test]
        fn a_code_of_another_step_never_passes(bytes in any::<[u8; 20]>(), second in 10_000..4_000_000_000_i64, away in 2..300_i64, later in any::<bool>()) {
            let (secret, now) = (Secret(bytes), at(second));
            let then = now + SignedDuration::from_secs(30 * if later { away } else { -away });
            let code = shown(&secret, now);
            let beside = (-1..=1_i64).any(|n| shown(&secret, then + SignedDuration::from_secs(30 * n)) == code);
            prop_assert_eq!(secret.step_of(&code, then).is_some(), beside);
        }
    }
}
