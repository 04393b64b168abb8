//! Someone a file of the archive names.

use serde::{Deserialize, Serialize};

use crate::address::ProfileAddress;
use crate::folding::folded;
use crate::text::Line;

/// A name, and the profile where the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name, as the file has it.
    pub name: Line<200>,
    /// The profile; files of earlier years have none.
    pub profile: Option<ProfileAddress>,
}

impl Person {
    /// Reads two cells; nothing where they name nobody.
    pub fn read(name: &str, profile: &str) -> Option<Self> {
        let profile = ProfileAddress::parse(profile).ok();
        let name = Line::fit(name).map(|fitted| fitted.value);
        // A slug is better than nobody.
        let name =
            name.or_else(|| Line::fit(profile.as_ref()?.key().rsplit('/').next()?).map(|fitted| fitted.value))?;
        Some(Self { name, profile })
    }

    /// Whether it is somebody who left LinkedIn, of whom nothing is told any more.
    pub fn is_nobody(&self) -> bool {
        self.profile.is_none() && folded(self.name.as_str()) == "linkedin member"
    }
}
