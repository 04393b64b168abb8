//! Light or dark.

use crate::kinds::kinds;

kinds! {
    /// The colours pages are shown in.
    pub enum Theme {
        System = "system", "As this device";
        Light = "light", "Light";
        Dark = "dark", "Dark";
    }
}

impl Theme {
    /// Whether the device chooses.
    pub fn has_both(self) -> bool {
        self == Self::System
    }

    /// The scheme to show where none is chosen, by its name in CSS.
    pub const fn first(self) -> &'static str {
        if matches!(self, Self::Dark) { "dark" } else { "light" }
    }

    /// The schemes of CSS a page may have: one, or both for the device to choose.
    pub const fn schemes(self) -> &'static str {
        match self {
            Self::System => "light dark",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}
