//! Writing down what was said in a talk, line by line: the user files the lines where the talk is wrapped up.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, json};

use crate::accounts::programs::writer::Work;
use crate::api::answer::Undo;
use crate::api::deed::{Deed, Wrote};
use crate::api::things::Thing;
use crate::ids::{CapturedLineId, InterviewId};
use crate::interviews::kinds::Catch;
use crate::interviews::live::catching::{Caught, catch};
use crate::interviews::queries::{captured, learned};
use crate::text::Text;
use crate::web::problem::Problem;
use crate::web::words;

/// Lines that are written down at once.
const MOST: usize = 100;

/// A line of what was said in a talk.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotedLine {
    /// What it most probably is; an insight where nothing is said. The user has the last word when they file it.
    #[serde(default)]
    kind: Option<Catch>,
    /// The words.
    #[schemars(length(min = 1, max = 2_000))]
    text: String,
}

/// Notes of a talk.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteTalk {
    /// One line for each thing that was said.
    #[schemars(length(min = 1, max = 100))]
    pub lines: Vec<NotedLine>,
}

impl Deed for NoteTalk {
    type Of = InterviewId;

    async fn carry_out(self, id: InterviewId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        if !(1..=MOST).contains(&self.lines.len()) {
            return Err(Problem::of_field("lines", "Send from 1 to 100 lines"));
        }
        let read = |line: NotedLine| -> Result<Caught, Problem> {
            let text = Text::parse(&line.text).map_err(|problem| Problem::of_field("lines", problem.to_string()))?;
            Ok(Caught { id: CapturedLineId::new(), kind: line.kind.unwrap_or(Catch::Insight), text })
        };
        let lines: Vec<Caught> = self.lines.into_iter().map(read).collect::<Result<_, _>>()?;
        let (by, now) = (work.by, work.now());
        catch(work.db(), by, id, &lines, now).await?;
        let ids: Vec<CapturedLineId> = lines.iter().map(|line| line.id).collect();
        let noted = words::count(i64::try_from(ids.len()).unwrap_or(i64::MAX), "line", "lines");
        let undo = Undo::by("POST", format!("{}/notes/undos", Thing::Interview.path_of(id)))
            .sending(Map::from_iter([("lines".to_owned(), json!(ids))]));
        Ok(Wrote::changed(Thing::Interview, id.0, format!("Noted {noted}, to be filed after the talk."), Some(undo)))
    }
}

/// Notes are discarded, as far as the user has not filed them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscardNotes {
    /// Which: as the answer to the notes said it.
    lines: Vec<CapturedLineId>,
}

impl Deed for DiscardNotes {
    type Of = InterviewId;

    async fn carry_out(self, id: InterviewId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let (by, now) = (work.by, work.now());
        if !learned::is_there(work.db(), by, id).await? {
            return Err(Problem::not_found());
        }
        let gone = captured::claim(work.db(), by, id, &[], &self.lines, now).await?;
        let said = match gone.len() {
            0 => "There is nothing to undo: these notes don't wait any more.".to_owned(),
            n => format!("Discarded {}.", words::count(i64::try_from(n).unwrap_or(i64::MAX), "note", "notes")),
        };
        Ok(Wrote::changed(Thing::Interview, id.0, said, None))
    }
}
