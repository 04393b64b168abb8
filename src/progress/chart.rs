//! The pictures: figures turned into lengths and places. What is drawn stands in the templates, and as a table beside each picture.

use super::answers::Rate;
use super::experience::Confidence;
use super::weeks::Week;
use crate::web::dates;

/// A bar over its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub x: f64,
    pub y: f64,
    pub height: f64,
    pub label: String,
    pub value: usize,
}

/// Columns of equal width side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    pub columns: Vec<Column>,
    /// The width of one.
    pub width: f64,
    /// The height of the goal's line, if there is a goal.
    pub goal_y: Option<f64>,
    /// What the top of the picture stands for.
    pub most: usize,
}

/// The size of a picture: its view box is 0 0 WIDTH, HEIGHT + LABELS.
pub const WIDTH: f64 = 560.0;
pub const HEIGHT: f64 = 120.0;
/// The room below it for labels.
pub const LABELS: f64 = 22.0;
/// The room above it for figures.
const HEAD: f64 = 14.0;

/// Columns of these values; the tallest, or the goal, reaches the top.
pub fn columns(values: impl IntoIterator<Item = (String, usize)>, goal: Option<usize>) -> Columns {
    let values: Vec<(String, usize)> = values.into_iter().collect();
    let most = values.iter().map(|(_, value)| *value).chain(goal).max().unwrap_or(0).max(1);
    let step = WIDTH / values.len().max(1) as f64;
    let height = |value: usize| (HEIGHT - HEAD) * value as f64 / most as f64;
    let columns = values
        .into_iter()
        .enumerate()
        .map(|(at, (label, value))| Column {
            x: step * at as f64,
            y: HEIGHT - height(value),
            height: height(value),
            label,
            value,
        })
        .collect();
    Columns { columns, width: step, goal_y: goal.map(|goal| HEIGHT - height(goal)), most }
}

/// The columns of a figure of each week; the labels thin out where there are many.
pub fn weekly(weeks: &[Week], figure: impl Fn(&Week) -> usize, goal: usize) -> Columns {
    let every = weeks.len().div_ceil(7).max(1);
    let label = |at: usize, week: &Week| match (weeks.len() - 1 - at) % every {
        0 => dates::shown().short(week.first, week.first),
        _ => String::new(),
    };
    columns(weeks.iter().enumerate().map(|(at, week)| (label(at, week), figure(week))), Some(goal))
}

/// A rate as a dot on the line from 0 to 100, within its range.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    pub rate: Rate,
    /// In per cent: the dot, and the ends of the range; none for few.
    pub places: Option<(f64, f64, f64)>,
}

/// The rates as dots.
pub fn dots(rates: Vec<Rate>) -> Vec<Dot> {
    rates
        .into_iter()
        .map(|rate| Dot { places: rate.share().map(|s| (s.seen * 100.0, s.low * 100.0, s.high * 100.0)), rate })
        .collect()
}

/// A line through points.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// As the `points` of a polyline.
    pub path: String,
    pub points: Vec<(f64, f64)>,
}

/// The curves before and after the talks: 1 lies at the bottom, 5 at the top.
pub fn confidence(curve: &[Confidence]) -> (Line, Line) {
    let step = WIDTH / curve.len().max(1) as f64;
    let y = |value: i16| HEIGHT - (HEIGHT - HEAD) * f64::from(value - 1) / 4.0;
    let line = |figure: fn(&Confidence) -> i16| {
        let points: Vec<(f64, f64)> =
            curve.iter().enumerate().map(|(at, talk)| (step * (at as f64 + 0.5), y(figure(talk)))).collect();
        let path = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ");
        Line { path, points }
    };
    (line(|talk| talk.before), line(|talk| talk.after))
}
