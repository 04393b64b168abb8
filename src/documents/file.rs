//! A version, as it is saved. It is never shown here: it may hold anything, and runs nowhere.

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use super::queries;
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::DocumentVersionId;
use crate::web::download::{attachment_named, headers_of};
use crate::web::path::Id;

/// Bytes that are held at once for one who saves a file, however slowly.
const PIECE: i32 = 512 * 1024;

/// `GET /document-versions/{id}/file`
pub async fn download(
    State(app): State<App>,
    mut visit: Visit<Viewer>,
    Id(id): Id<DocumentVersionId>,
) -> Result<Response> {
    let by = visit.by;
    let file = queries::file(visit.db(), by, id, PIECE).await?.ok_or(Error::NotFound)?;
    drop(visit);
    let name = attachment_named(&file.format.file_name(&file.file_name));
    let headers = headers_of(HeaderValue::from_static(file.format.media_type()), name);
    let length = [(header::CONTENT_LENGTH, HeaderValue::from(file.size))];
    Ok((length, headers, pieces(app, by, id, file)).into_response())
}

/// What is in it, piece by piece; no connection waits for whoever saves it.
fn pieces(app: App, by: Viewer, id: DocumentVersionId, file: queries::FileRow) -> Body {
    let size = file.size;
    let pieces = stream::try_unfold((0, Some(file.start)), move |(after, read)| {
        let app = app.clone();
        async move {
            if after >= size {
                return Ok(None);
            }
            let piece = match read {
                Some(piece) => piece,
                None => {
                    let mut db = app.connection().await?;
                    queries::piece(&mut *db, by, id, after, PIECE).await?.ok_or(Error::NotFound)?
                }
            };
            let after = after.saturating_add(PIECE);
            Ok::<_, Error>(Some((Bytes::from(piece), (after, None))))
        }
    });
    Body::from_stream(pieces)
}
