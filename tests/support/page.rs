//! A page as its reader sees it: by labels, headings and sentences.

use std::cell::OnceCell;
use std::collections::HashMap;

use scraper::{ElementRef, Html, Selector};

use super::person::{Answer, Person};

/// A parsed page.
pub struct Page {
    html: Html,
    path: String,
    /// The words of each label by the id of its control, read when they are first asked for.
    labels: OnceCell<HashMap<String, String>>,
}

/// A form of a page, with everything a browser would send.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// `get` or `post`.
    pub method: String,
    /// What it sends, in order.
    pub fields: Vec<(String, String)>,
    /// Its controls: label, name, and for choices the value that goes with the label.
    pub controls: Vec<Control>,
    /// Its buttons.
    pub buttons: Vec<Button>,
    /// Sent as `multipart/form-data`.
    pub multipart: bool,
}

/// A control with its label.
#[derive(Debug, Clone)]
pub struct Control {
    /// The label, without 'optional'.
    pub label: String,
    /// Its label says that it may stay empty.
    pub optional: bool,
    /// The name of the field.
    pub name: String,
    /// `text`, `chooser` (where one of many is found by words), `checkbox`, `radio`, `select`, `textarea`, `hidden` ...
    pub kind: String,
    /// The value a checkbox or radio sends.
    pub value: String,
    /// A select's choices, or the first of a chooser's: value and words.
    pub options: Vec<(String, String)>,
}

/// A button that sends the form.
#[derive(Debug, Clone)]
pub struct Button {
    /// Its words.
    pub label: String,
    /// Its own field, if it has one.
    pub field: Option<(String, String)>,
    /// Where it sends the form instead, if it does.
    pub to: Option<String>,
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|e| panic!("{css}: {e}"))
}

fn button_of(button: ElementRef<'_>) -> Button {
    let name = attribute(button, "name");
    let field = (!name.is_empty()).then(|| (name, attribute(button, "value")));
    Button { label: label_of_button(button), field, to: button.attr("formaction").map(str::to_owned) }
}

/// The words of an element with single spaces.
fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn attribute(element: ElementRef<'_>, name: &str) -> String {
    element.attr(name).unwrap_or_default().to_owned()
}

fn label_of_button(button: ElementRef<'_>) -> String {
    button.attr("aria-label").map_or_else(|| words(button), str::to_owned)
}

impl Page {
    /// Reads a page.
    pub fn parse(html: &str, path: &str) -> Self {
        Self { html: Html::parse_document(html), path: path.to_owned(), labels: OnceCell::new() }
    }

    /// Every element that fits, for tests that look closer.
    pub fn all<'a>(&'a self, css: &str) -> Vec<ElementRef<'a>> {
        self.html.select(&selector(css)).collect()
    }

    /// The words of the first element that fits; empty where there is none.
    pub fn text(&self, css: &str) -> String {
        self.all(css).first().map(|e| words(*e)).unwrap_or_default()
    }

    /// The words of every element that fits.
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.all(css).into_iter().map(words).collect()
    }

    /// Whether anything fits.
    pub fn has(&self, css: &str) -> bool {
        !self.all(css).is_empty()
    }

    /// Whether the page's main part says this.
    pub fn says(&self, sentence: &str) -> bool {
        self.text("main").contains(sentence)
    }

    /// The sentence about what was just done.
    pub fn toast(&self) -> String {
        self.text("#toast .toast > span")
    }

    /// Every link: words and address.
    pub fn links(&self) -> Vec<(String, String)> {
        self.all("a[href]").into_iter().map(|a| (words(a), attribute(a, "href"))).collect()
    }

    /// The address of the link with these words.
    #[track_caller]
    pub fn link(&self, label: &str) -> String {
        let found = self.links().into_iter().find(|(words, _)| words == label);
        found.unwrap_or_else(|| panic!("{} has no link '{label}'", self.path)).1
    }

    /// What is wrong with the field of this label; empty where nothing is.
    #[track_caller]
    pub fn error_of(&self, label: &str) -> String {
        let control = self
            .all("input, select, textarea")
            .into_iter()
            .find(|control| self.label_of(*control) == label)
            .unwrap_or_else(|| panic!("{} has no field '{label}'", self.path));
        attribute(control, "aria-describedby")
            .split_whitespace()
            .filter(|id| id.ends_with("-error"))
            .map(|id| self.text(&format!("[id='{id}']")))
            .collect()
    }

    /// The first form that fits.
    #[track_caller]
    pub fn form(&self, css: &str) -> Form {
        let found = self.all(css);
        let form = found.first().unwrap_or_else(|| panic!("{} has no form {css}", self.path));
        self.read_form(*form)
    }

    /// The form that is sent to this path.
    #[track_caller]
    pub fn form_to(&self, action: &str) -> Form {
        self.form(&format!("form[action='{action}']"))
    }

    /// The first form with a button of these words.
    pub fn form_with(&self, label: &str) -> Option<Form> {
        let button = selector("button");
        let is_it = |form: &ElementRef<'_>| form.select(&button).any(|button| label_of_button(button) == label);
        self.all("form").into_iter().find(is_it).map(|form| self.read_form(form))
    }

    /// Every form.
    pub fn forms(&self) -> Vec<Form> {
        self.all("form").into_iter().map(|form| self.read_form(form)).collect()
    }

    /// The form that takes back what was just done.
    #[track_caller]
    pub fn undo(&self) -> Form {
        self.form("#toast form")
    }

    fn whole_label_of(&self, control: ElementRef<'_>) -> String {
        let read =
            || self.all("label[for]").into_iter().rev().map(|label| (attribute(label, "for"), words(label))).collect();
        if let Some(label) = control.attr("id").and_then(|id| self.labels.get_or_init(read).get(id)) {
            return label.clone();
        }
        let around = control.ancestors().filter_map(ElementRef::wrap).find(|e| e.value().name() == "label");
        around.map_or_else(|| attribute(control, "aria-label"), words)
    }

    fn label_of(&self, control: ElementRef<'_>) -> String {
        self.whole_label_of(control).trim_end_matches("(optional)").trim().to_owned()
    }

    fn read_form(&self, form: ElementRef<'_>) -> Form {
        let action = attribute(form, "action");
        let method = attribute(form, "method").to_lowercase();
        let multipart = attribute(form, "enctype") == "multipart/form-data";
        let (mut fields, mut controls, mut buttons) = (Vec::new(), Vec::new(), Vec::new());
        let anything = selector("input, select, textarea, button");
        let own = form.select(&anything);
        let elsewhere = form.attr("id").map(|id| self.all(&format!("[form='{id}']"))).unwrap_or_default();
        for control in own.chain(elsewhere) {
            let name = attribute(control, "name");
            let element = control.value().name();
            let kind = match element {
                "input" => control.attr("type").unwrap_or("text").to_owned(),
                other => other.to_owned(),
            };
            if element == "button" || kind == "submit" {
                if control.attr("type").unwrap_or("submit") == "submit" {
                    buttons.push(button_of(control));
                }
                continue;
            }
            let kind = if control.attr("data-chooser").is_some() { "chooser".to_owned() } else { kind };
            let mut options = Vec::new();
            let mut value = attribute(control, "value");
            let mut sent = true;
            match kind.as_str() {
                "select" => {
                    let mut chosen = None;
                    for option in control.select(&selector("option")) {
                        let key = option.attr("value").map_or_else(|| words(option), str::to_owned);
                        if option.attr("selected").is_some() {
                            chosen = Some(key.clone());
                        }
                        options.push((key, words(option)));
                    }
                    value = chosen.or_else(|| options.first().map(|(key, _)| key.clone())).unwrap_or_default();
                }
                "chooser" => {
                    let offered = format!("datalist[id='{}'] option", attribute(control, "list"));
                    options = self.all(&offered).into_iter().map(|o| (attribute(o, "value"), String::new())).collect();
                }
                "textarea" => {
                    let text: String = control.text().collect();
                    value = text.strip_prefix('\n').unwrap_or(&text).to_owned();
                }
                "checkbox" | "radio" => {
                    sent = control.attr("checked").is_some();
                    if control.attr("value").is_none() {
                        value = "on".into();
                    }
                }
                "file" => sent = false,
                _ => {}
            }
            if name.is_empty() || control.attr("disabled").is_some() {
                continue;
            }
            if sent {
                fields.push((name.clone(), value.clone()));
            }
            let optional = self.whole_label_of(control).ends_with("(optional)");
            controls.push(Control { label: self.label_of(control), optional, name, kind, value, options });
        }
        let method = if method.is_empty() { "get".into() } else { method };
        let action = if action.is_empty() { self.path.clone() } else { action };
        Form { action, method, fields, controls, buttons, multipart }
    }
}

impl Form {
    #[track_caller]
    fn control(&self, label: &str) -> &Control {
        self.controls.iter().find(|c| c.label == label).unwrap_or_else(|| {
            let there: Vec<_> = self.controls.iter().map(|c| c.label.as_str()).collect();
            panic!("the form to {} has no field '{label}', only {there:?}", self.action)
        })
    }

    /// Writes in the field of this label, or chooses there by words or value.
    #[track_caller]
    pub fn fill(mut self, label: &str, value: &str) -> Self {
        let control = self.control(label).clone();
        match control.kind.as_str() {
            "checkbox" => panic!("'{label}' is to be ticked"),
            "select" => {
                let chosen = control.options.iter().find(|(key, words)| words == value || key == value);
                let (key, _) = chosen.unwrap_or_else(|| panic!("'{label}' offers {:?}", control.options));
                self.put(&control.name, key)
            }
            _ => self.put(&control.name, value),
        }
        self
    }

    /// Ticks the box, or chooses the radio, of this label.
    #[track_caller]
    pub fn tick(mut self, label: &str) -> Self {
        let control = self.control(label).clone();
        if control.kind == "radio" {
            self.put(&control.name, &control.value);
        } else {
            self.fields.push((control.name, control.value));
        }
        self
    }

    /// Sets a field by its name, shown or hidden.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.put(name, value);
        self
    }

    /// As someone would make it up who never saw the page it was made for: without the mark of its account.
    pub fn forged(mut self) -> Self {
        self.fields.retain(|(name, _)| name != inroad::web::made_for::FIELD);
        self
    }

    /// The value a field would be sent with.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).unwrap_or_default()
    }

    /// The value of the field with this label.
    #[track_caller]
    pub fn filled(&self, label: &str) -> &str {
        self.value(&self.control(label).name)
    }

    fn put(&mut self, name: &str, value: &str) {
        match self.fields.iter_mut().find(|(n, _)| n == name) {
            Some(field) => value.clone_into(&mut field.1),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
    }

    /// Sends it with Enter, which presses the first button.
    pub async fn submit(self, by: &Person) -> Answer {
        let field = self.buttons.first().and_then(|button| button.field.clone());
        self.send(by, field).await
    }

    /// Sends it with the button of these words.
    #[track_caller]
    pub fn press<'a>(self, label: &str, by: &'a Person) -> impl Future<Output = Answer> + use<'a> {
        let button = self.buttons.iter().find(|button| button.label == label);
        let button = button.unwrap_or_else(|| panic!("no button '{label}' among {:?}", self.buttons));
        let (field, to) = (button.field.clone(), button.to.clone());
        let action = to.unwrap_or_else(|| self.action.clone());
        Self { action, ..self }.send(by, field)
    }

    async fn send(mut self, by: &Person, button: Option<(String, String)>) -> Answer {
        self.fields.extend(button);
        let fields: Vec<_> = self.fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        if self.method == "get" {
            let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            return by.get(&format!("{}?{query}", self.action)).await;
        }
        by.post(&self.action, &fields).await
    }
}
