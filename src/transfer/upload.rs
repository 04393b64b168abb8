//! A file sent by a form, streamed under its limits.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header;

use super::linkedin::unreadable::BYTES_MAX;
use crate::ids::ImportId;
use crate::text::Line;
use crate::web::made_for::{self, MadeFor};

/// Bytes a whole request with a file may have; one that announces more is not read at all.
pub const REQUEST_LIMIT: usize = 64 * 1024 * 1024;

/// Bytes of a field that is no file: an id, or a form's mark.
const SHORT: usize = 128;

/// A file as it was sent.
#[derive(Debug)]
pub struct Upload {
    /// Whose form it was chosen in.
    pub made_for: Option<MadeFor>,
    /// The id the form was drawn with, which makes a second press the same import.
    pub id: ImportId,
    /// The file's name, without folders.
    pub name: String,
    /// What is in it, at most [`BYTES_MAX`].
    pub bytes: Vec<u8>,
}

/// Why there is no file, in words.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The field was left empty.
    #[error("Choose the file Connections.csv first")]
    NoFile,
    /// The file is larger than any `Connections.csv`.
    #[error("{name}: a Connections.csv is usually under 1 MB; this has more than {most} MB", most = BYTES_MAX / 1024 / 1024)]
    FileTooLarge {
        /// The file's name.
        name: String,
    },
    /// The request is larger than any file that is taken.
    #[error("The request has more than {} MB", REQUEST_LIMIT / 1024 / 1024)]
    RequestTooLarge,
    /// What arrived is no form with a file.
    #[error("The file did not arrive whole. Choose it and send it again")]
    Broken,
}

impl From<MultipartError> for Refused {
    fn from(error: MultipartError) -> Self {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { Self::RequestTooLarge } else { Self::Broken }
    }
}

/// Reads the form's fields `id` and `file`. A file that is too large is read to its end without being kept, so that the
/// browser, which listens only once it has sent everything, gets to show why.
///
/// # Errors
/// [`Refused`].
pub async fn read(mut request: Request) -> Result<Upload, Refused> {
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > REQUEST_LIMIT) {
        return Err(Refused::RequestTooLarge);
    }
    DefaultBodyLimit::max(REQUEST_LIMIT).apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| Refused::Broken)?;
    let mut id = None;
    let mut mark = None;
    let mut file = None;
    while let Some(field) = form.next_field().await? {
        match field.name() {
            Some(made_for::FIELD) => mark = Some(MadeFor(short(field).await?)),
            Some("id") => id = short(field).await?.parse().ok(),
            Some("file") => {
                let name = field.file_name().map(base_name).unwrap_or_default();
                file = Some((name, whole(field).await?));
            }
            _ => {}
        }
    }
    match file {
        None => Err(Refused::NoFile),
        Some((name, Some(bytes))) if name.is_empty() && bytes.is_empty() => Err(Refused::NoFile),
        Some((name, bytes)) => {
            let name = if name.is_empty() { "The file".into() } else { name };
            match bytes {
                Some(bytes) => Ok(Upload { id: id.unwrap_or_else(ImportId::new), made_for: mark, name, bytes }),
                None => Err(Refused::FileTooLarge { name }),
            }
        }
    }
}

/// The value of a field that is no file; nothing a form of ours sends there is longer than a mark.
async fn short(mut field: Field<'_>) -> Result<String, MultipartError> {
    let mut value = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        value.extend(chunk.iter().take(SHORT.saturating_sub(value.len())));
    }
    Ok(String::from_utf8_lossy(&value).into_owned())
}

/// The bytes of a file, or nothing if there are too many.
async fn whole(mut field: Field<'_>) -> Result<Option<Vec<u8>>, MultipartError> {
    let mut bytes = Some(Vec::new());
    while let Some(chunk) = field.chunk().await? {
        bytes = bytes.filter(|kept: &Vec<u8>| kept.len() + chunk.len() <= BYTES_MAX);
        if let Some(kept) = &mut bytes {
            kept.extend_from_slice(&chunk);
        }
    }
    Ok(bytes)
}

/// The last part of a path of any system, fit to be shown.
fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    Line::<255>::fit(last).map(|fitted| fitted.value.as_str().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn request(body: impl Into<Body>) -> Request {
        Request::post("/imports")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(body.into())
            .unwrap()
    }

    fn file(name: &str, content: &str) -> Request {
        request(format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--b--\r\n"
        ))
    }

    #[tokio::test]
    async fn a_name_is_kept_without_its_folders() {
        for (sent, kept) in [
            ("Connections.csv", "Connections.csv"),
            ("../../etc/passwd", "passwd"),
            (r"C:\Users\ada\Connections.csv", "Connections.csv"),
            ("a\u{202e}b.csv", "ab.csv"),
            ("..", ".."),
        ] {
            assert_eq!(read(file(sent, "x")).await.unwrap().name, kept);
        }
    }

    #[tokio::test]
    async fn what_is_no_file_is_refused_in_words() {
        assert_eq!(read(file("", "")).await.unwrap_err(), Refused::NoFile);
        assert_eq!(read(request("--b--\r\n")).await.unwrap_err(), Refused::NoFile);
        assert_eq!(read(request("garbage")).await.unwrap_err(), Refused::Broken);
        assert_eq!(
            read(request("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhalf")).await.unwrap_err(),
            Refused::Broken
        );
        let plain = Request::post("/imports").body(Body::from("file=x")).unwrap();
        assert_eq!(read(plain).await.unwrap_err(), Refused::Broken);
        let large = file("big.csv", &"x".repeat(BYTES_MAX + 1));
        assert_eq!(read(large).await.unwrap_err(), Refused::FileTooLarge { name: "big.csv".into() });
    }
}
