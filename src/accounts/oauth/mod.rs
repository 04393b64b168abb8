//! Programs that are let in by pressing a button instead of pasting a token: OAuth 2.1 with PKCE, Inroad being both who lets in and
//! where the token opens something. Every program is a public client that introduces itself (RFC 7591).

pub mod client;
pub mod consent;
pub mod metadata;
pub mod queries;
pub mod register;
pub mod request;
pub mod tokens;

use jiff::SignedDuration;

/// How long a code can be turned into a token.
pub const CODE_HOLDS: SignedDuration = SignedDuration::from_mins(10);
/// How long a token opens anything before it has to be renewed.
pub const TOKEN_HOLDS: SignedDuration = SignedDuration::from_hours(1);
/// How long a program is let in.
pub const LET_IN_FOR: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How long a program that nobody let in is remembered.
pub const UNUSED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Where a person is asked whether to let a program in.
pub const AUTHORIZE: &str = "/oauth/authorize";
/// Where a code is turned into a token, and a token renewed.
pub const TOKEN: &str = "/oauth/token";
/// Where a program introduces itself.
pub const REGISTER: &str = "/oauth/register";
/// Where a program gives its token back.
pub const REVOKE: &str = "/oauth/revoke";

/// Where what is at `path` says who lets in to it.
pub fn metadata_of(path: &str) -> &'static str {
    if path.starts_with("/mcp") {
        "/.well-known/oauth-protected-resource/mcp"
    } else {
        "/.well-known/oauth-protected-resource/api/v1"
    }
}
