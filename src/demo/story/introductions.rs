//! Who said they could introduce her, and whom she has not asked yet: introducer, to whom, how they know each other.

pub const BRIDGES: &[(&str, &str, &str)] = &[
    ("Grace Hopper", "Claude Shannon", "They sat on the same panel; she offered to write a line whenever I ask."),
    ("Mary Jackson", "Hedy Lamarr", "Worked on the same ward data for a year. Ask after the spring figures are out."),
    ("Joan Clarke", "Shafi Goldwasser", "Old friends from the reading group."),
];
