//! A dossier as a Markdown document (CommonMark 0.31): what the user wrote stands in it as text, whatever signs it holds.

use std::fmt::{self, Write};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::queries::Gathered;
use super::summary::{InsightLine, Point, Shelf, Summary, Voice};
use crate::insights::sections::Section;
use crate::web::words::full_day;

/// The whole document, ending in a line break.
pub fn render(company: &Gathered, whole: &Summary, zone: &TimeZone, today: Date) -> String {
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = document(&mut out, company, whole, zone, today);
    out
}

fn document(out: &mut String, company: &Gathered, whole: &Summary, zone: &TimeZone, today: Date) -> fmt::Result {
    writeln!(out, "# {}: dossier", inline(&company.name))?;
    let about: Vec<String> =
        [&company.industry, &company.place].into_iter().flatten().map(|text| inline(text)).collect();
    if !about.is_empty() {
        writeln!(out, "\n{}", about.join(", "))?;
    }
    writeln!(out, "\nAs of {}.", full_day(today, today))?;
    for section in Section::ALL {
        let part = whole.part(*section);
        let people = *section == Section::People && !company.people.is_empty();
        let openings = *section == Section::Openings && !company.openings.is_empty();
        if part.is_none() && !people && !openings {
            continue;
        }
        writeln!(out, "\n## {}", section.label())?;
        for shelf in part.into_iter().flat_map(|part| &part.shelves) {
            shelf_of(out, shelf, today)?;
        }
        if openings {
            out.push('\n');
            for row in &company.openings.0 {
                write!(
                    out,
                    "- Opening: {}, {}, seen {}",
                    inline(&row.title),
                    row.status.label().to_lowercase(),
                    full_day(row.seen_on, today)
                )?;
                match (&row.confirmed_by, row.confirmed_on) {
                    (Some(name), Some(on)) => {
                        writeln!(out, "; confirmed open by {}, {}", inline(name), full_day(on, today))?
                    }
                    _ => writeln!(out, "; not confirmed from inside")?,
                }
            }
        }
        if people {
            out.push('\n');
            for row in &company.people.0 {
                let title = row.job_title.as_deref().map(|title| format!(", {}", inline(title))).unwrap_or_default();
                writeln!(out, "- {}{title} ({})", inline(&row.name), row.stage.label().to_lowercase())?;
            }
            if company.more_people() > 0 {
                writeln!(out, "- and {} more", company.more_people())?;
            }
        }
    }
    if !company.findings.is_empty() {
        writeln!(out, "\n## Found before talks\n")?;
        for row in &company.findings.0 {
            let on = full_day(zone.to_datetime(row.at).date(), today);
            writeln!(out, "- {}\\", block(&row.text))?;
            writeln!(out, "  {}, for the talk with {}, {on}", row.source.label(), inline(&row.name))?;
        }
    }
    Ok(())
}

fn shelf_of(out: &mut String, shelf: &Shelf, today: Date) -> fmt::Result {
    if let Some(heading) = shelf.heading {
        writeln!(out, "\n### {heading}")?;
    }
    out.push('\n');
    shelf.points.iter().try_for_each(|point| point_of(out, point, today))
}

fn point_of(out: &mut String, point: &Point, today: Date) -> fmt::Result {
    for (nr, line) in point.lines.iter().enumerate() {
        let against = if nr > 0 { "**On the other hand:** " } else { "" };
        writeln!(out, "- {against}{}\\", block(&line.first.row.text))?;
        writeln!(out, "  {}", source(line, today))?;
        for voice in &line.others {
            writeln!(out, "  - {}\\", block(&voice.row.text).replace('\n', "\n  "))?;
            writeln!(out, "    {}", who(voice, today))?;
        }
    }
    Ok(())
}

fn source(line: &InsightLine, today: Date) -> String {
    match line.agreement() {
        Some(agreement) => format!("{}. **{agreement}.**", who(&line.first, today)),
        None => who(&line.first, today),
    }
}

/// Who said it, their title, and when.
fn who(voice: &Voice, today: Date) -> String {
    let title = voice.row.job_title.as_deref().map(|title| format!(" ({})", inline(title))).unwrap_or_default();
    format!("{}{title}, {}", inline(voice.who()), full_day(voice.on, today))
}

/// A text of several lines inside a list item: each line stays a line, a blank one parts paragraphs.
fn block(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(inline) {
        let is_blank = line.is_empty();
        match lines.last_mut() {
            None if is_blank => continue,
            Some(last) if is_blank && last.is_empty() => continue,
            Some(last) if !is_blank && !last.is_empty() => last.push('\\'),
            _ => {}
        }
        lines.push(line);
    }
    lines.join("\n  ").trim_end().to_owned()
}

/// A text of one line: every sign that Markdown could read as its own is told to be a sign. Text that runs from right to
/// left is set apart, so that the signs around it keep their places.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = text.trim();
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in text.char_indices() {
        let starts_block =
            (at == 0 && matches!(c, '-' | '+' | '=' | ':')) || (number > 0 && at == number && matches!(c, '.' | ')'));
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~' | '|' | '!' | '$' => out.extend(['\\', c]),
            _ if starts_block => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    if out.chars().any(is_right_to_left) { format!("\u{2068}{out}\u{2069}") } else { out }
}

/// Hebrew, Arabic and the scripts beside them (Unicode blocks 0590 to 08FF, and their presentation forms).
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests;
