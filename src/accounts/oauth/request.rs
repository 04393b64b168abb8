//! What a program asks for when it sends a person here: RFC 6749 as OAuth 2.1 has it, with PKCE (RFC 7636) always.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::client::RedirectUri;
use crate::accounts::programs::scope::Scope;

/// Characters a program may have carried back to it.
const LONGEST_STATE: usize = 1000;

/// The parameters as they came.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Parameters {
    pub response_type: String,
    pub client_id: String,
    pub redirect_uri: String,
    pub scope: String,
    pub state: String,
    pub code_challenge: String,
    pub code_challenge_method: String,
    pub resource: String,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The challenge that the program answers when it turns the code into a token.
    pub challenge: String,
    /// Whether it asks to write as well.
    pub writes: bool,
}

/// Why a program is sent back without being let in: as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    UnsupportedResponseType,
    InvalidRequest,
    InvalidScope,
    InvalidTarget,
    /// The person said no.
    AccessDenied,
}

impl Refused {
    /// Its name in RFC 6749, or RFC 8707.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidRequest => "invalid_request",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidTarget => "invalid_target",
            Self::AccessDenied => "access_denied",
        }
    }
}

/// Whether a token is asked for what is here.
pub fn is_of(resource: &str, base: &str) -> bool {
    let resource = resource.trim_end_matches('/');
    resource.is_empty() || resource.strip_prefix(base).is_some_and(|rest| ["", "/mcp", "/api/v1"].contains(&rest))
}

/// The answer to a challenge, as it is stored (RFC 7636, S256).
pub fn challenge_of(verifier: &str) -> String {
    use sha2::{Digest, Sha256};
    BASE64URL_NOPAD.encode(&Sha256::digest(verifier.as_bytes()))
}

impl Parameters {
    /// Where the answer goes, if it is an address at all.
    pub fn redirect_uri(&self) -> Option<RedirectUri> {
        RedirectUri::parse(&self.redirect_uri)
    }

    /// What they mean, for an installation at this address.
    ///
    /// # Errors
    /// As the program is told.
    pub fn parse(&self, base: &str) -> Result<Asked, Refused> {
        if self.response_type != "code" {
            return Err(Refused::UnsupportedResponseType);
        }
        let is_hash = BASE64URL_NOPAD.decode(self.code_challenge.as_bytes()).is_ok_and(|hash| hash.len() == 32);
        if self.code_challenge_method != "S256" || !is_hash || self.state.len() > LONGEST_STATE {
            return Err(Refused::InvalidRequest);
        }
        if !is_of(&self.resource, base) {
            return Err(Refused::InvalidTarget);
        }
        let scopes: Result<Vec<Scope>, _> = self.scope.split_whitespace().map(str::parse).collect();
        let scopes = scopes.map_err(|_| Refused::InvalidScope)?;
        Ok(Asked { challenge: self.code_challenge.clone(), writes: scopes.contains(&Scope::Write) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://inroad.example";

    fn asking() -> Parameters {
        Parameters {
            response_type: "code".into(),
            code_challenge: challenge_of("a verifier of forty-three characters and more"),
            code_challenge_method: "S256".into(),
            scope: "read write".into(),
            ..Parameters::default()
        }
    }

    #[test]
    fn the_challenge_is_that_of_the_standards_example() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge_of(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn only_a_code_with_a_hashed_challenge_for_what_is_here_is_given() {
        assert_eq!(asking().parse(BASE).map(|asked| asked.writes), Ok(true));
        let reading = Parameters { scope: String::new(), ..asking() };
        assert_eq!(reading.parse(BASE).map(|asked| asked.writes), Ok(false));
        type Change = fn(&mut Parameters);
        let cases: [(Change, Refused); 7] = [
            (|it| it.response_type = "token".into(), Refused::UnsupportedResponseType),
            (|it| it.code_challenge_method = "plain".into(), Refused::InvalidRequest),
            (|it| it.code_challenge = String::new(), Refused::InvalidRequest),
            (|it| it.code_challenge = "short".into(), Refused::InvalidRequest),
            (|it| it.state = "x".repeat(1001), Refused::InvalidRequest),
            (|it| it.scope = "read admin".into(), Refused::InvalidScope),
            (|it| it.resource = "https://evil.example/mcp".into(), Refused::InvalidTarget),
        ];
        for (change, refused) in cases {
            let mut asked = asking();
            change(&mut asked);
            assert_eq!(asked.parse(BASE), Err(refused));
        }
    }

    #[test]
    fn what_is_here_is_known_by_its_address() {
        for here in
            ["", BASE, "https://inroad.example/", "https://inroad.example/mcp", "https://inroad.example/api/v1/"]
        {
            assert!(is_of(here, BASE), "{here}");
        }
        for elsewhere in
            ["https://inroad.example.evil.example", "https://inroad.example/settings", "http://inroad.example", "x"]
        {
            assert!(!is_of(elsewhere, BASE), "{elsewhere}");
        }
    }
}
