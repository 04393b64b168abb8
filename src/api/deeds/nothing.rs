//! A deed that has nothing to say.

use schemars::JsonSchema;
use serde::Deserialize;

/// Nothing needs to be sent.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}
