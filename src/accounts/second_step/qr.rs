//! A text as a square that a camera reads.

use anyhow::Context;
use qrcode::{Color, EcLevel, QrCode};

/// Light modules around it, without which no camera finds it.
const QUIET: usize = 4;

/// The square, to be drawn: dark on light, whatever the colours of the page.
pub struct Square {
    /// Its side, with the light around it.
    pub side: usize,
    /// The dark modules, as the path of an SVG.
    pub path: String,
}

impl Square {
    /// Of a text.
    ///
    /// # Errors
    /// When the text is too long for one.
    pub fn of(text: &str) -> anyhow::Result<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).context("too long for a square")?;
        let width = code.width();
        let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
        let path = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET)).collect();
        Ok(Self { side: width + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_begins_with_the_marks_cameras_look_for() {
        let square = Square::of("otpauth://totp/Inroad:ada%40example%2Eorg?secret=GEZDGNBVGY3TQOJQ").unwrap();
        assert_eq!((square.side - 2 * QUIET - 17) % 4, 0, "a size that exists");
        // The upper edge of the mark in the corner: seven dark, then a light one.
        assert!((0..7).all(|x| square.path.contains(&format!("M{} 4h", x + 4))) && !square.path.contains("M11 4h"));
        assert!(Square::of(&"x".repeat(3000)).is_err());
    }
}
