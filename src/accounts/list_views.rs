//! Ways to look at a list: chosen, kept under a name, renamed, removed and brought back.

use serde::Deserialize;
use sqlx::Connection;

use super::settings::queries;
use crate::access::Owner;
use crate::accounts::queries::days::set_views;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::list::{KEPT, SavedView};

/// The most views of one list.
const MOST: usize = 20;

/// The longest query that is kept.
const LONGEST: usize = 1_000;

/// How a list is to be shown, and under which name it is to be kept, if any.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ViewForm {
    list: String,
    query: String,
    /// The usual columns, where columns were chosen; then those ticked are sent.
    columns: String,
    column: Vec<String>,
    name: String,
    /// The name it had, where it is changed.
    was: String,
    usual: bool,
}

/// A view by its name.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Named {
    list: String,
    name: String,
}

/// The path of a list, as it is written here.
fn list_at(path: &str) -> Result<&'static str> {
    let known = KEPT.into_iter().find(|list| *list == path);
    known.ok_or_else(|| Error::Invalid("There is no such list.".into()))
}

fn named(name: &str) -> Result<String> {
    let name = Line::<60>::parse(name).map_err(|e| Error::Invalid(format!("The name of the view: {e}.")))?;
    Ok(name.into())
}

/// What the address of the list is to say.
fn words(form: &ViewForm) -> Result<String> {
    let pairs = url::form_urlencoded::parse(form.query.as_bytes()).into_owned();
    let mut words: Vec<(String, String)> =
        pairs.filter(|(word, _)| word != "cols" || form.columns.is_empty()).collect();
    if !form.columns.is_empty() {
        // A word of no column says that none is shown.
        let chosen = if form.column.is_empty() { "none".to_owned() } else { form.column.join(".") };
        if chosen != form.columns {
            words.push(("cols".into(), chosen));
        }
    }
    let words = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(words).finish();
    if words.len() > LONGEST {
        return Err(Error::Invalid("That is too much for one view: search for less.".into()));
    }
    Ok(words)
}

fn address(list: &str, words: &str) -> String {
    if words.is_empty() { list.to_owned() } else { format!("{list}?{words}") }
}

/// Changes the views under a lock, so that two tabs lose nothing.
async fn change<T>(visit: &mut Visit<Owner>, act: impl FnOnce(&mut Vec<SavedView>) -> Result<T>) -> Result<T> {
    let by = visit.by;
    let mut tx = visit.db().begin().await?;
    let mut stored = queries::lock(&mut *tx, by).await?;
    let done = act(&mut stored.preferences.views)?;
    set_views(&mut *tx, by, &stored.preferences.views).await?;
    tx.commit().await?;
    Ok(done)
}

/// Puts a view where the one of the name `was` stood, or last; what stood under its name before, if anything did.
fn put(views: &mut Vec<SavedView>, view: SavedView, was: &str) -> Result<Option<SavedView>> {
    let at = |views: &[SavedView], name: &str| views.iter().position(|v| v.list == view.list && v.name == name);
    let place = at(views, was);
    let taken = at(views, &view.name);
    if let (Some(place), Some(taken)) = (place, taken)
        && place != taken
    {
        return Err(Error::Invalid(format!("You have a view called {} already.", view.name)));
    }
    if place.or(taken).is_none() && views.iter().filter(|v| v.list == view.list).count() >= MOST {
        return Err(Error::Invalid(format!("You have {MOST} views of this list. Remove one first.")));
    }
    let (usual, list) = (view.usual, view.list.clone());
    let (place, before) = match place.or(taken) {
        Some(place) => (place, Some(std::mem::replace(&mut views[place], view))),
        None => {
            views.push(view);
            (views.len() - 1, None)
        }
    };
    if usual {
        let others = views.iter_mut().enumerate().filter(|(at, other)| *at != place && other.list == list);
        others.for_each(|(_, other)| other.usual = false);
    }
    Ok(before)
}

/// `POST /list-views`: shows the list so and, with a name, keeps that.
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<ViewForm>) -> Result<Done> {
    let (list, words) = (list_at(&form.list)?, words(&form)?);
    let to = address(list, &words);
    if form.name.trim().is_empty() && form.was.is_empty() {
        return Ok(Done::to(to));
    }
    let view = SavedView { list: list.into(), name: named(&form.name)?, query: words, usual: form.usual };
    let (name, deletion) = (view.name.clone(), view.deletion());
    let before = change(&mut visit, |views| put(views, view, &form.was)).await?;
    let done = Done::to(to).saying(format!("Saved {name}"));
    Ok(match before {
        // What it was called before is in the form still; what stood under its name would be lost.
        Some(before) if before.name == name => done.undo(before.restoration()),
        Some(_) => done,
        None => done.undo(deletion),
    })
}

/// `POST /list-views/deletions`
pub async fn delete(mut visit: Visit<Owner>, Query(view): Query<Named>) -> Result<Done> {
    let list = list_at(&view.list)?;
    let removed = change(&mut visit, |views| {
        let place = views.iter().position(|v| v.list == list && v.name == view.name).ok_or(Error::NotFound)?;
        Ok(views.remove(place))
    })
    .await?;
    Ok(Done::to(list).saying(format!("Removed {}", removed.name)).undo(removed.restoration()))
}

/// `POST /list-views/restorations`
pub async fn restore(mut visit: Visit<Owner>, Query(view): Query<SavedView>) -> Result<Done> {
    let list = list_at(&view.list)?;
    let form = ViewForm { query: view.query, ..ViewForm::default() };
    let view = SavedView { list: list.into(), name: named(&view.name)?, query: words(&form)?, usual: view.usual };
    let to = address(list, &view.query);
    change(&mut visit, |views| put(views, view, "")).await?;
    Ok(Done::to(to).saying("Undone"))
}
