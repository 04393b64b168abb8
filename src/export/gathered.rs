//! A file that is gathered before it is sent: in memory while it is small, on disk and without a name when it grows. Whoever
//! takes long to download it holds no connection to the database.

use std::io::{Seek, SeekFrom};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use jiff::Timestamp;
use tempfile::SpooledTempFile;
use tempfile::spooled_tempfile;
use tokio::io::AsyncReadExt;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::access::Owner;
use crate::accounts::rate_limit::{self, EXPORTS_BY_ACCOUNT};
use crate::app::App;
use crate::database::Lease;
use crate::error::{Error, Result};
use crate::web::download::headers_of;

/// Bytes that stay in memory.
const IN_MEMORY: usize = 4 * 1024 * 1024;
/// Bytes sent at once.
const PIECE: usize = 64 * 1024;
/// Files that are gathered, or brought in, at once.
static TURNS: Semaphore = Semaphore::const_new(2);
/// How long a turn is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for a turn, which ends with what is returned. Take it before a connection.
///
/// # Errors
/// `Busy` when there is none in time.
pub async fn turn() -> Result<SemaphorePermit<'static>> {
    match tokio::time::timeout(PATIENCE, TURNS.acquire()).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(Error::Busy),
    }
}

/// Counts a file that an account takes out, waits for a turn, and takes the connection it is gathered on.
///
/// # Errors
/// `TooMany` after sixty in an hour, `Busy` as [`turn`].
pub async fn begin(app: &App, by: Owner, now: Timestamp) -> Result<(SemaphorePermit<'static>, Lease)> {
    let account = by.user_id().to_string();
    rate_limit::count(&mut *app.connection().await?, now, EXPORTS_BY_ACCOUNT, &account).await?;
    Ok((turn().await?, app.connection().await?))
}

/// An empty file.
pub fn file() -> SpooledTempFile {
    spooled_tempfile(IN_MEMORY)
}

/// What was gathered, as an answer that is saved under this name.
///
/// # Errors
/// When it cannot be read back.
pub fn answer(mut file: SpooledTempFile, kind: &'static str, name: HeaderValue) -> Result<Response> {
    let length = file.seek(SeekFrom::End(0)).map_err(anyhow::Error::from)?;
    file.rewind().map_err(anyhow::Error::from)?;
    let body = match file.into_inner() {
        tempfile::SpooledData::InMemory(bytes) => Body::from(bytes.into_inner()),
        tempfile::SpooledData::OnDisk(file) => {
            let pieces = stream::try_unfold(tokio::fs::File::from_std(file), async |mut file| {
                let mut piece = vec![0; PIECE];
                let read = file.read(&mut piece).await?;
                piece.truncate(read);
                Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(piece), file)))
            });
            Body::from_stream(pieces)
        }
    };
    let headers = headers_of(HeaderValue::from_static(kind), name);
    Ok(([(header::CONTENT_LENGTH, HeaderValue::from(length))], headers, body).into_response())
}
