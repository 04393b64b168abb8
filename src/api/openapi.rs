//! The description of the interface (OpenAPI 3.1), made from the types that are sent and answered.

use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::answer::Written;
use super::deeds::{DEEDS, Described};
use super::search::Found;
use super::things::Thing;
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
    for thing in Thing::ALL {
        kind(&mut paths, &mut schemas, *thing);
    }
    let today = operation("What is due today", &[], &schema::<Today>(&mut schemas), &READING);
    add(&mut paths, "/api/v1/today", "get", today);
    let sought = json!({ "name": "q", "in": "query", "required": true, "description": "What to look for",
        "schema": { "type": "string", "minLength": 1, "maxLength": 200, "pattern": "\\S" } });
    let search = operation("The best of each kind for some words", &[sought], &schema::<Found>(&mut schemas), &READING);
    add(&mut paths, "/api/v1/search", "get", search);
    for deed in DEEDS {
        let described = writing(&mut schemas, deed);
        add(&mut paths, deed.path, &deed.method.to_lowercase(), described);
    }
    let mut components: Map<String, Value> = schemas.take_definitions(true);
    components.insert("Problem".into(), problem());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Inroad",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What an account of Inroad holds, to read and to write. A token is made under Settings, Data, Programs. \
                Nothing is ever sent to anyone.",
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

fn add(paths: &mut Map<String, Value>, path: &str, method: &str, operation: Value) {
    paths.entry(path).or_insert_with(|| json!({}))[method] = operation;
}

fn schema<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Value {
    schemas.subschema_for::<T>().to_value()
}

/// What is told of a problem (RFC 9457).
fn problem() -> Value {
    json!({ "type": "object", "required": ["type", "title", "status", "detail"], "properties": {
        "type": { "type": "string" }, "title": { "type": "string" },
        "status": { "type": "integer" }, "detail": { "type": "string" },
        "errors": { "type": "object", "additionalProperties": { "type": "string" },
            "description": "What is wrong, by field" } } })
}

fn kind(paths: &mut Map<String, Value>, schemas: &mut SchemaGenerator, thing: Thing) {
    let page = [
        json!({ "name": "limit", "in": "query", "description": "How many; 50 where nothing is said",
            "schema": { "type": "integer", "minimum": 1, "maximum": 200 } }),
        json!({ "name": "after", "in": "query", "description": "The id of the last one of the page before",
            "schema": { "type": "string", "format": "uuid" } }),
    ];
    let plural = thing.path().rsplit('/').next().unwrap_or_default();
    let list = operation(&format!("A page of {plural}"), &page, &thing.page(schemas).to_value(), &READING);
    add(paths, thing.path(), "get", list);
    let path = format!("{}/{{id}}", thing.path());
    let one = operation(&format!("One of the {plural}"), &[id("id")], &thing.schema(schemas).to_value(), &READING_ONE);
    add(paths, &path, "get", one);
}

fn id(name: &str) -> Value {
    json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } })
}

/// How a call can end, besides as asked: its status, and what that means.
type Ends = [(&'static str, &'static str)];

const READING: [(&str, &str); 5] = [
    ("304", "Unchanged since the ETag that If-None-Match names"),
    ("400", "The request cannot be read"),
    ("401", "No token that holds"),
    ("429", "Too many calls in this minute"),
    ("503", "Inroad cannot answer just now"),
];

const READING_ONE: [(&str, &str); 6] =
    [READING[0], READING[1], READING[2], ("404", "There is no such thing in this account"), READING[3], READING[4]];

const WRITING: [(&str, &str); 10] = [
    READING[1],
    READING[2],
    ("403", "The token only reads"),
    ("404", "There is no such thing in this account"),
    ("409", "It cannot be done as things stand, or a request with this Idempotency-Key is under way"),
    ("413", "The request is too large"),
    ("415", "The request is not JSON"),
    ("422", "What was sent cannot be meant, or its Idempotency-Key was sent with something else"),
    READING[3],
    READING[4],
];

const CHANGING: [(&str, &str); 2] =
    [("412", "It was changed since the ETag that If-Match names"), ("428", "Changes need If-Match")];

fn operation(summary: &str, parameters: &[Value], schema: &Value, ends: &Ends) -> Value {
    let mut responses =
        json!({ "200": { "description": "As asked", "content": { "application/json": { "schema": schema } } } });
    for (status, description) in ends {
        responses[status] = match *status {
            "304" => json!({ "description": description }),
            _ => json!({ "description": description,
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } }),
        };
    }
    json!({ "summary": summary, "parameters": parameters, "responses": responses })
}

fn writing(schemas: &mut SchemaGenerator, deed: &Described) -> Value {
    let mut parameters: Vec<Value> =
        deed.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}').map(id)).collect();
    parameters.push(json!({ "name": "Idempotency-Key", "in": "header",
        "description": "Sent again within a day, with the same request, it gets the same answer, and nothing is written twice",
        "schema": { "type": "string", "minLength": 1, "maxLength": 255 } }));
    if deed.is_change {
        parameters.push(json!({ "name": "If-Match", "in": "header", "required": true,
            "description": "The ETag of what was read", "schema": { "type": "string", "pattern": "^\"[0-9a-f]+\"$" } }));
    }
    let answered = match deed.thing {
        Some(thing) => thing.written(schemas).to_value(),
        None => schema::<Written<()>>(schemas),
    };
    let ends: Vec<_> = WRITING.iter().chain(CHANGING.iter().filter(|_| deed.is_change)).copied().collect();
    let mut described = operation(deed.summary, &parameters, &answered, &ends);
    if deed.is_new
        && let Some(responses) = described["responses"].as_object_mut()
        && let Some(whole) = responses.remove("200")
    {
        responses.insert("201".into(), whole);
    }
    let sent = (deed.sent)(schemas).to_value();
    if deed.method != "DELETE" {
        described["requestBody"] = json!({ "content": { "application/json": { "schema": sent } } });
    }
    described
}
