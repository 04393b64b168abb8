//! What forms and pages are made of, each piece a template of its own: a macro of a template is compiled anew wherever it is
//! used, and the fields of forms stand in hundreds of places. Templates call the macros of `pieces.html`, which name the
//! arguments, give their defaults, and hand them over here in that order.

use std::fmt::Display;

use askama::Template;
use askama::filters::HtmlSafe;

use crate::web::chooser::Chooser;
use crate::web::form::{Errors, Faults, same};

/// A symbol.
#[derive(Template)]
#[template(path = "pieces/icon.html")]
pub struct Icon<'a> {
    name: &'a str,
    size: usize,
}

/// A symbol of `static/icons.svg`, of that many pixels.
pub fn icon(name: &impl AsRef<str>, size: usize) -> Icon<'_> {
    Icon { name: name.as_ref(), size }
}

/// A value that a form carries.
#[derive(Template)]
#[template(path = "pieces/hidden.html")]
pub struct Hidden<'a> {
    name: &'a str,
    value: &'a dyn Display,
}

/// A value that a form carries under a name.
pub fn hidden<'a>(name: &'a impl AsRef<str>, value: &'a impl Display) -> Hidden<'a> {
    Hidden { name: name.as_ref(), value }
}

/// A button.
#[derive(Template)]
#[template(path = "pieces/button.html")]
pub struct Button<'a> {
    label: &'a dyn Display,
    tone: &'a str,
    sign: &'a str,
    field: &'a str,
    sends: &'a dyn Display,
    key: &'a str,
    confirm: &'a str,
}

/// A button that sends the form it stands in.
pub fn button<'a>(
    label: &'a impl Display,
    tone: &'a impl AsRef<str>,
    sign: &'a impl AsRef<str>,
    field: &'a impl AsRef<str>,
    sends: &'a impl Display,
    key: &'a impl AsRef<str>,
    confirm: &'a impl AsRef<str>,
) -> Button<'a> {
    Button {
        label,
        tone: tone.as_ref(),
        sign: sign.as_ref(),
        field: field.as_ref(),
        sends,
        key: key.as_ref(),
        confirm: confirm.as_ref(),
    }
}

/// A link that looks like a button.
#[derive(Template)]
#[template(path = "pieces/link.html")]
pub struct Link<'a> {
    label: &'a dyn Display,
    href: &'a dyn Display,
    tone: &'a str,
    sign: &'a str,
    key: &'a str,
    out: bool,
}

/// A link that looks like a button.
pub fn link<'a>(
    label: &'a impl Display,
    href: &'a impl Display,
    tone: &'a impl AsRef<str>,
    sign: &'a impl AsRef<str>,
    key: &'a impl AsRef<str>,
    out: bool,
) -> Link<'a> {
    Link { label, href, tone: tone.as_ref(), sign: sign.as_ref(), key: key.as_ref(), out }
}

/// A form of one button.
#[derive(Template)]
#[template(path = "pieces/post.html")]
pub struct Post<'a> {
    action: &'a dyn Display,
    button: Button<'a>,
    about: &'a str,
}

/// A form of one button, sent to that address.
pub fn post<'a>(action: &'a impl Display, button: Button<'a>, about: &'a impl AsRef<str>) -> Post<'a> {
    Post { action, button, about: about.as_ref() }
}

/// A button that copies.
#[derive(Template)]
#[template(path = "pieces/copy.html")]
pub struct Copy<'a> {
    from: &'a dyn Display,
    label: &'a dyn Display,
    tone: &'a str,
    open: &'a str,
    key: &'a str,
}

/// A button that copies what stands in an element, and then opens an address.
pub fn copy<'a>(
    from: &'a impl Display,
    label: &'a impl Display,
    tone: &'a impl AsRef<str>,
    open: &'a impl AsRef<str>,
    key: &'a impl AsRef<str>,
) -> Copy<'a> {
    Copy { from, label, tone: tone.as_ref(), open: open.as_ref(), key: key.as_ref() }
}

/// The head of a form that was refused.
#[derive(Template)]
#[template(path = "pieces/summary.html")]
pub struct Summary<'a> {
    errors: &'a Errors,
    at: &'a str,
}

/// What is to be mended, at the head of a form; nothing where nothing is.
pub fn summary<'a>(errors: &'a Errors, at: &'a impl AsRef<str>) -> Summary<'a> {
    Summary { errors, at: at.as_ref() }
}

/// What every field of a form has.
pub struct Asked<'a> {
    errors: &'a dyn Faults,
    name: &'a str,
    label: &'a dyn Display,
    hint: &'a str,
    required: bool,
    optional: bool,
    at: &'a str,
}

/// What every field of a form has: its name and label, what stands under it, and before which ids `at` stands.
pub fn asked<'a>(
    errors: &'a impl Faults,
    name: &'a impl AsRef<str>,
    label: &'a impl Display,
    hint: &'a impl AsRef<str>,
    required: bool,
    optional: bool,
    at: &'a impl AsRef<str>,
) -> Asked<'a> {
    Asked { errors, name: name.as_ref(), label, hint: hint.as_ref(), required, optional, at: at.as_ref() }
}

/// What is typed into a field of one line, and how a browser helps with it.
pub struct Typing<'a> {
    kind: &'a str,
    mode: &'a str,
    complete: &'a str,
    placeholder: &'a str,
    list: &'a str,
    longest: usize,
}

/// What is typed into a field: its kind, the keyboard for it, what a browser may fill in, an example, the id of a list of
/// words, and the longest text (0 for any).
pub fn typing<'a>(
    kind: &'a impl AsRef<str>,
    mode: &'a impl AsRef<str>,
    complete: &'a impl AsRef<str>,
    placeholder: &'a impl AsRef<str>,
    list: &'a impl AsRef<str>,
    longest: usize,
) -> Typing<'a> {
    Typing {
        kind: kind.as_ref(),
        mode: mode.as_ref(),
        complete: complete.as_ref(),
        placeholder: placeholder.as_ref(),
        list: list.as_ref(),
        longest,
    }
}

/// Between which numbers, dates or hours a value lies.
pub struct Range<'a> {
    least: &'a str,
    most: &'a str,
    step: &'a str,
}

/// Between which values one lies, and in which steps; empty for no bound.
pub fn range<'a>(least: &'a impl AsRef<str>, most: &'a impl AsRef<str>, step: &'a impl AsRef<str>) -> Range<'a> {
    Range { least: least.as_ref(), most: most.as_ref(), step: step.as_ref() }
}

/// A field of one line.
#[derive(Template)]
#[template(path = "pieces/field.html")]
pub struct Field<'a> {
    asked: Asked<'a>,
    value: &'a dyn Display,
    typing: Typing<'a>,
    range: Range<'a>,
    focus: bool,
    zone: bool,
}

/// A field of one line. `focus` puts the cursor there, `zone` lets a script fill in the zone of the browser.
pub fn field<'a>(
    asked: Asked<'a>,
    value: &'a impl Display,
    typing: Typing<'a>,
    range: Range<'a>,
    focus: bool,
    zone: bool,
) -> Field<'a> {
    Field { asked, value, typing, range, focus, zone }
}

/// A field of several lines.
#[derive(Template)]
#[template(path = "pieces/textarea.html")]
pub struct Textarea<'a> {
    asked: Asked<'a>,
    value: &'a str,
    rows: usize,
    limit: usize,
    count: bool,
    draft: &'a str,
    placeholder: &'a str,
}

/// A field of several lines. `limit` shows a count against it, `count` a plain count; `draft` keeps what is typed in the
/// browser under that name.
pub fn textarea<'a>(
    asked: Asked<'a>,
    value: &'a impl AsRef<str>,
    rows: usize,
    limit: usize,
    count: bool,
    draft: &'a impl AsRef<str>,
    placeholder: &'a impl AsRef<str>,
) -> Textarea<'a> {
    let (value, draft, placeholder) = (value.as_ref(), draft.as_ref(), placeholder.as_ref());
    Textarea { asked, value, rows, limit, count, draft, placeholder }
}

/// One of a few to choose from.
pub struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

/// What can be chosen, each with its label, and which is.
pub fn choices<V: Display, L: Display>(options: &impl AsRef<[(V, L)]>, chosen: &impl Display) -> Vec<Choice> {
    let choice = |(value, label): &(V, L)| Choice {
        value: value.to_string(),
        label: label.to_string(),
        chosen: same(value, chosen),
    };
    options.as_ref().iter().map(choice).collect()
}

/// One of a few, in a list that opens.
#[derive(Template)]
#[template(path = "pieces/select.html")]
pub struct Select<'a> {
    asked: Asked<'a>,
    choices: Vec<Choice>,
}

/// One of a few, in a list that opens.
pub fn select(asked: Asked<'_>, choices: Vec<Choice>) -> Select<'_> {
    Select { asked, choices }
}

/// One of a few, all in sight.
#[derive(Template)]
#[template(path = "pieces/radios.html")]
pub struct Radios<'a> {
    asked: Asked<'a>,
    choices: Vec<Choice>,
}

/// One of a few, all in sight.
pub fn radios(asked: Asked<'_>, choices: Vec<Choice>) -> Radios<'_> {
    Radios { asked, choices }
}

/// Yes or no.
#[derive(Template)]
#[template(path = "pieces/checkbox.html")]
pub struct Checkbox<'a> {
    asked: Asked<'a>,
    checked: bool,
    value: &'a dyn Display,
}

/// Yes or no: ticked, it sends that value, unticked nothing.
pub fn checkbox<'a>(asked: Asked<'a>, checked: bool, value: &'a impl Display) -> Checkbox<'a> {
    Checkbox { asked, checked, value }
}

/// One of many, found by words.
#[derive(Template)]
#[template(path = "pieces/chooser.html")]
pub struct Chosen<'a> {
    asked: Asked<'a>,
    it: &'a Chooser,
}

/// One of many, found by words.
pub fn chooser<'a>(asked: Asked<'a>, it: &'a Chooser) -> Chosen<'a> {
    Chosen { asked, it }
}

/// A page with nothing to show.
#[derive(Template)]
#[template(path = "pieces/empty.html")]
pub struct Empty<'a> {
    sign: &'a str,
    title: &'a dyn Display,
    text: &'a dyn Display,
    href: &'a dyn Display,
    label: &'a dyn Display,
    more: &'a str,
}

/// What a page with nothing to show says: what belongs there, and where to begin.
pub fn empty<'a>(
    sign: &'a impl AsRef<str>,
    title: &'a impl Display,
    text: &'a impl Display,
    href: &'a impl Display,
    label: &'a impl Display,
    more: &'a impl AsRef<str>,
) -> Empty<'a> {
    Empty { sign: sign.as_ref(), title, text, href, label, more: more.as_ref() }
}

impl HtmlSafe for Icon<'_> {}
impl HtmlSafe for Hidden<'_> {}
impl HtmlSafe for Button<'_> {}
impl HtmlSafe for Link<'_> {}
impl HtmlSafe for Post<'_> {}
impl HtmlSafe for Copy<'_> {}
impl HtmlSafe for Summary<'_> {}
impl HtmlSafe for Field<'_> {}
impl HtmlSafe for Textarea<'_> {}
impl HtmlSafe for Select<'_> {}
impl HtmlSafe for Radios<'_> {}
impl HtmlSafe for Checkbox<'_> {}
impl HtmlSafe for Chosen<'_> {}
impl HtmlSafe for Empty<'_> {}
