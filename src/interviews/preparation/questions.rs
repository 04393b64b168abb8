//! The questions of one talk: picked from the bank, written oneself, put in order.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::prepare;
use super::question_forms::{MOST, OwnForm, Reword};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{InterviewId, InterviewQuestionId};
use crate::interviews::queries::questions as kept;
use crate::interviews::queries::questions::Reworded;
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::path::Id;
use crate::web::words;

/// `POST /interviews/{id}/questions`
pub async fn create(mut visit: Visit<Owner>, Id(id): Id<InterviewId>, Form(form): Form<OwnForm>) -> Result<Response> {
    use sqlx::Connection;
    let (by, now) = (visit.by, visit.now);
    let questions = match form.parse() {
        Ok(questions) => questions,
        Err(errors) => return prepare::again(visit, id, |page| (page.own, page.own_errors) = (form, errors)).await,
    };
    let mut transaction = visit.db().begin().await?;
    let there = kept::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    if there + questions.len() as i64 > MOST as i64 {
        drop(transaction);
        let errors = Errors::of("question", format!("A talk takes {MOST} questions at most: remove some first"));
        return prepare::again(visit, id, |page| (page.own, page.own_errors) = (form, errors)).await;
    }
    let added = kept::pick(&mut *transaction, by, id, &questions).await?;
    if let ([question], false) = (questions.as_slice(), form.keep.is_empty()) {
        kept::keep_in_bank(&mut *transaction, by, question, now).await?;
    }
    transaction.commit().await?;
    let added = i64::try_from(added).unwrap_or_default();
    let text = match added {
        0 => "On your list already.".to_owned(),
        n => format!("{} added.", words::count(n, "question", "questions")),
    };
    Ok(Done::to(format!("/interviews/{id}/prepare")).saying(text).into_response())
}

/// A question's words.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RewordForm {
    text: String,
}

/// `POST /interview-questions/{id}`
pub async fn update(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewQuestionId>,
    Form(form): Form<RewordForm>,
) -> Result<Response> {
    let by = visit.by;
    let talk = kept::place(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?.interview_id;
    let problem = match Line::<500>::parse(&form.text) {
        Ok(text) => match kept::reword(visit.db(), by, id, text.as_str()).await? {
            Reworded::Yes => {
                return Ok(Done::to(format!("/interviews/{talk}/prepare")).saying("Saved.").into_response());
            }
            Reworded::Twice => "This question is on the list already".to_owned(),
        },
        Err(problem) => problem.to_string(),
    };
    prepare::again(visit, talk, |page| page.reword = Some(Reword { id, text: form.text, problem })).await
}

/// Up or down.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MoveForm {
    to: String,
}

/// `POST /interview-questions/{id}/moves`
pub async fn step(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewQuestionId>,
    Form(form): Form<MoveForm>,
) -> Result<Done> {
    use sqlx::Connection;
    let by = visit.by;
    let up = match form.to.as_str() {
        "up" => true,
        "down" => false,
        _ => return Err(Error::Invalid("A question moves up or down.".into())),
    };
    let mut transaction = visit.db().begin().await?;
    let talk = kept::place(&mut *transaction, by, id, false).await?.ok_or(Error::NotFound)?.interview_id;
    kept::step(&mut transaction, by, talk, id, up).await?;
    transaction.commit().await?;
    Ok(Done::to(format!("/interviews/{talk}/prepare")))
}

/// `POST /interview-questions/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<InterviewQuestionId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let place = kept::place(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    kept::delete(visit.db(), by, id, now).await?;
    let undo = format!("/interview-questions/{id}/restorations");
    Ok(Done::to(format!("/interviews/{}/prepare", place.interview_id)).saying("Removed the question.").undo(undo))
}

/// `POST /interview-questions/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<InterviewQuestionId>) -> Result<Done> {
    let by = visit.by;
    let talk = kept::place(visit.db(), by, id, true).await?.ok_or(Error::NotFound)?.interview_id;
    let back = kept::restore(visit.db(), by, id).await?;
    let text = if back { "The question is back." } else { "It is on the list already." };
    Ok(Done::to(format!("/interviews/{talk}/prepare")).saying(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::topic::Topic;

    fn wrong(form: OwnForm) -> Vec<&'static str> {
        form.parse().err().unwrap().iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn questions_are_picked_by_topic_and_words() {
        let form = OwnForm {
            pick: vec!["team|Who is in it?".into(), "weather|Rain?".into(), "team|".into()],
            ..OwnForm::default()
        };
        let questions = form.parse().ok().unwrap();
        assert_eq!(questions.len(), 1);
        assert_eq!((questions[0].topic, questions[0].text.as_str()), (Topic::Team, "Who is in it?"));
        assert_eq!(wrong(OwnForm::default()), ["pick"]);
    }

    #[test]
    fn an_own_question_needs_a_topic_and_words() {
        let own = |topic: &str, question: &str| OwnForm {
            own: "true".into(),
            topic: topic.into(),
            question: question.into(),
            ..OwnForm::default()
        };
        assert_eq!(wrong(own("weather", "")), ["topic", "question"]);
        assert_eq!(wrong(own("team", &"x".repeat(501))), ["question"]);
        assert_eq!(own("team", "Who?").parse().ok().unwrap().len(), 1);
    }
}
