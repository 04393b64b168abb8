//! The description of the interface (OpenAPI 3.1), made from the types that are answered.

use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::answer::Listed;
use super::queries::{Company, Contact, Insight, Interview, Opening, Referral, Touchpoint};
use super::search::Found;
use super::today::Today;

/// `GET /api/v1/openapi.json`
pub async fn show() -> Response {
    static TEXT: LazyLock<String> = LazyLock::new(|| format!("{:#}", document()));
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], TEXT.as_str()).into_response()
}

/// The whole description.
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
    let mut schemas = settings.into_generator();
    let mut paths = Map::new();
    kind::<Company>(&mut paths, &mut schemas, "companies", "company");
    kind::<Contact>(&mut paths, &mut schemas, "contacts", "contact");
    kind::<Touchpoint>(&mut paths, &mut schemas, "touchpoints", "touchpoint");
    kind::<Interview>(&mut paths, &mut schemas, "interviews", "talk");
    kind::<Insight>(&mut paths, &mut schemas, "insights", "insight");
    kind::<Opening>(&mut paths, &mut schemas, "openings", "opening");
    kind::<Referral>(&mut paths, &mut schemas, "referrals", "referral");
    let today = operation("What is due today", &[], schema::<Today>(&mut schemas), false);
    paths.insert("/api/v1/today".into(), json!({ "get": today }));
    let sought = json!({ "name": "q", "in": "query", "required": true, "description": "What to look for",
        "schema": { "type": "string", "minLength": 1, "maxLength": 200, "pattern": "\\S" } });
    let search = operation("The best of each kind for some words", &[sought], schema::<Found>(&mut schemas), false);
    paths.insert("/api/v1/search".into(), json!({ "get": search }));
    let problem = json!({ "type": "object", "required": ["type", "title", "status", "detail"], "properties": {
        "type": { "type": "string" }, "title": { "type": "string" },
        "status": { "type": "integer" }, "detail": { "type": "string" } } });
    let mut components: Map<String, Value> = schemas.take_definitions(true);
    components.insert("Problem".into(), problem);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Inroad",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What an account of Inroad holds, to read. A token is made under Settings, Data, Programs.",
            "license": { "name": "AGPL-3.0-only", "identifier": "AGPL-3.0-only" }
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } }
        }
    })
}

fn schema<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Value {
    schemas.subschema_for::<T>().to_value()
}

fn kind<T: JsonSchema + serde::Serialize>(
    paths: &mut Map<String, Value>,
    schemas: &mut SchemaGenerator,
    plural: &str,
    singular: &str,
) {
    let page = [
        json!({ "name": "limit", "in": "query", "description": "How many; 50 where nothing is said",
            "schema": { "type": "integer", "minimum": 1, "maximum": 200 } }),
        json!({ "name": "after", "in": "query", "description": "The id of the last one of the page before",
            "schema": { "type": "string", "format": "uuid" } }),
    ];
    let list = operation(&format!("A page of {plural}"), &page, schema::<Listed<T>>(schemas), false);
    paths.insert(format!("/api/v1/{plural}"), json!({ "get": list }));
    let id = json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } });
    let one = operation(&format!("One {singular}"), &[id], schema::<T>(schemas), true);
    paths.insert(format!("/api/v1/{plural}/{{id}}"), json!({ "get": one }));
}

fn operation(summary: &str, parameters: &[Value], schema: Value, may_be_missing: bool) -> Value {
    let problem = |description: &str| {
        json!({ "description": description,
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } })
    };
    let mut responses = json!({
        "200": { "description": "As asked", "content": { "application/json": { "schema": schema } } },
        "304": { "description": "Unchanged since the ETag that If-None-Match names" },
        "400": problem("The request cannot be read"),
        "401": problem("No token that holds"),
        "429": problem("Too many calls in this minute"),
        "503": problem("Inroad cannot answer just now"),
    });
    if may_be_missing {
        responses["404"] = problem("There is no such thing in this account");
    }
    json!({ "summary": summary, "parameters": parameters, "responses": responses })
}
