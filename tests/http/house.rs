//! A house full of rows, and every form of its pages ready to be sent: what the tests of fields stand on.

use std::collections::BTreeSet;

use inroad::ids::UserId;
use inroad::routes::Who;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::support::everything::Everything;
use crate::support::page::Control;
use crate::support::person::sign_in_again;
use crate::support::routes::{Found, Opened, crawl, forms};
use crate::support::{Answer, App, Form};

/// Alice and Charlie with rows of everything, and every form of Alice's pages.
pub struct House {
    /// The program.
    pub app: App,
    /// What Charlie has.
    pub charlies: Everything,
    /// Every page Alice can open.
    pub opened: Vec<Opened>,
    /// Every form of hers that changes something.
    pub forms: Vec<Found>,
}

impl House {
    /// With its forms as they are drawn now.
    pub async fn new() -> Self {
        let app = App::start().await;
        let ids = app.fill(&app.alice).await;
        let charlies = app.fill(&app.charlie).await;
        let opened = crawl(&app, &app.alice, &ids).await;
        // Forms of someone as such, logging out for one, have tests of their own.
        let forms = forms(&opened).into_iter().filter(|found| found.route.who == Who::Owner).collect();
        Self { app, charlies, opened, forms }
    }

    /// Sends a form as Alice; whatever it was, nothing breaks.
    pub async fn send(&self, form: &Form, fields: &[(String, String)]) -> Answer {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = self.app.alice.post(&form.action, &fields).await;
        assert!(!answer.status.is_server_error(), "{} with {fields:?}: {}", form.action, answer.gist());
        if answer.status == 401 {
            sign_in_again(&self.app, &self.app.alice).await;
        }
        answer
    }

    /// The form as it stands on its page now: what was sent before may have changed its version.
    pub async fn again(&self, found: &Found) -> Form {
        if !found.form.controls.iter().any(|control| control.name == "version") {
            return found.form.clone();
        }
        let page = self.app.alice.get(&found.on).await.page();
        let same =
            page.forms().into_iter().find(|form| form.action == found.form.action && names(form) == names(&found.form));
        same.unwrap_or_else(|| found.form.clone())
    }

    /// The rows of an account that say this in a column of this type, but for their own id.
    pub async fn rows_saying(&self, user: UserId, column_type: &str, text: &str) -> Vec<String> {
        let columns: Vec<(String, String)> = sqlx::query_as(
            "select c.table_name::text, c.column_name::text from information_schema.columns c
             join information_schema.columns u on u.table_schema = 'public' and u.table_name = c.table_name and u.column_name = 'user_id'
             where c.table_schema = 'public' and c.column_name not in ('id', 'user_id') and c.data_type like $1",
        )
        .bind(column_type)
        .fetch_all(&self.app.db)
        .await
        .unwrap();
        let mut found = Vec::new();
        for (table, column) in columns {
            let sql =
                format!("select t::text from {table} t where user_id = $1 and position($2 in {column}::text) > 0");
            let rows: Vec<String> =
                sqlx::query_scalar(AssertSqlSafe(sql)).bind(user).bind(text).fetch_all(&self.app.db).await.unwrap();
            found.extend(rows.into_iter().map(|row| format!("{table}.{column}: {row}")));
        }
        found
    }
}

/// The names of a form's fields.
pub fn names(form: &Form) -> BTreeSet<String> {
    form.controls.iter().map(|control| control.name.clone()).collect()
}

/// The fields of a form filled in, with its first button's; a hidden key of the row to be is a new one each time.
pub fn filled(form: &Form) -> Vec<(String, String)> {
    let mut form = form.clone().filled_in();
    if form.controls.iter().any(|control| control.kind == "hidden" && control.name == "id") {
        form = form.set("id", &Uuid::now_v7().to_string());
    }
    let button = form.buttons.first().and_then(|button| button.field.clone());
    form.fields.into_iter().chain(button).collect()
}

/// The same fields with another value of one.
pub fn with(mut fields: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    match fields.iter_mut().find(|(n, _)| n == name) {
        Some(field) => field.1 = value.to_owned(),
        None => fields.push((name.to_owned(), value.to_owned())),
    }
    fields
}

/// Whether anything can be typed there.
pub fn takes_text(control: &Control) -> bool {
    matches!(control.kind.as_str(), "text" | "chooser" | "textarea" | "search" | "tel")
}
