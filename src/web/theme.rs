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
    /// Whether pages are light whatever the device has.
    pub fn is_light(self) -> bool {
        self == Self::Light
    }

    /// The media in which a picture for dark pages is shown; of no use where pages are always light.
    pub const fn when_dark(self) -> &'static str {
        if matches!(self, Self::Dark) { "all" } else { "(prefers-color-scheme: dark)" }
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
