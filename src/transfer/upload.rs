//! Files sent by a form, streamed into files without a name under their limits.

use std::io::{Seek, Write};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header;
use tempfile::SpooledTempFile;
use tokio::sync::{Semaphore, SemaphorePermit, mpsc};
use tokio::task::spawn_blocking;

use super::archive::base_name;
use super::archive::reading::PASTED;
use crate::ids::ImportId;
use crate::web::made_for::{self, MadeFor};

/// Bytes a whole request with files may have; one that announces more is not read at all.
pub const REQUEST_LIMIT: usize = 256 * 1024 * 1024;

/// Bytes of a field that is no file: an id, or a form's mark.
const SHORT: usize = 128;

/// Files that are taken at once.
const FILES_MAX: usize = 30;

/// Bytes of a file that are kept in memory; what is larger goes to the folder for temporary files.
const IN_MEMORY: usize = 2 * 1024 * 1024;

/// How long nothing may arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// Room for everything that is being sent by anyone, in MiB.
static ROOM: Semaphore = Semaphore::const_new(1024);
const MIB: usize = 1024 * 1024;

/// A file as it was sent.
#[derive(Debug)]
pub struct Sent {
    /// The file's name, without folders.
    pub name: String,
    /// What is in it, from its beginning.
    pub file: SpooledTempFile,
}

/// What a form with files held.
#[derive(Debug)]
pub struct Upload {
    /// Whose form it was chosen in.
    pub made_for: Option<MadeFor>,
    /// The id the form was drawn with, which makes a second press the same import.
    pub id: ImportId,
    /// The files, at least one.
    pub files: Vec<Sent>,
    /// Given back with the files.
    _room: Vec<SemaphorePermit<'static>>,
}

/// Why there are no files, in words.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The field was left empty.
    #[error("Choose a file first: the archive LinkedIn sent you, or a file of your contacts")]
    NoFile,
    /// Nothing was pasted.
    #[error("Paste some rows first")]
    NothingPasted,
    /// More files than an archive of LinkedIn has.
    #[error("At most {FILES_MAX} files can be imported at once")]
    TooMany,
    /// The request is larger than any archive that is taken.
    #[error("The files have more than {} MB together", REQUEST_LIMIT / MIB)]
    RequestTooLarge,
    /// What arrived is no form with a file.
    #[error("The file did not arrive whole. Choose it and send it again")]
    Broken,
    /// Too much is being sent by everyone together.
    #[error("Too many files are being sent right now. Try again in a minute")]
    NoRoom,
    /// The folder for temporary files is full, or cannot be written.
    #[error(
        "Inroad has no room for so large a file. Choose Connections.csv alone, or tell the person who runs this Inroad"
    )]
    NotKept,
}

impl Refused {
    /// The field it is said at.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::NothingPasted => "pasted",
            _ => "file",
        }
    }
}

impl From<MultipartError> for Refused {
    fn from(error: MultipartError) -> Self {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { Self::RequestTooLarge } else { Self::Broken }
    }
}

/// Reads the form's fields `id`, `file` and `pasted`.
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
    let (mut id, mut made_for, mut is_pasted) = (None, None, false);
    let mut upload = Upload { made_for: None, id: ImportId::new(), files: Vec::new(), _room: Vec::new() };
    while let Some(field) = patient(form.next_field()).await? {
        match field.name() {
            Some(made_for::FIELD) => made_for = Some(MadeFor(short(field).await?)),
            Some("id") => id = short(field).await?.parse().ok(),
            Some("file") => {
                let name = field.file_name().map(base_name).unwrap_or_default();
                let (file, length) = whole(field, &mut upload._room).await?;
                // A field in which nothing was chosen is sent all the same.
                if !name.is_empty() || length > 0 {
                    let name = if name.is_empty() { "The file".into() } else { name };
                    upload.files.push(Sent { name, file });
                }
            }
            Some("pasted") => {
                is_pasted = true;
                let (file, length) = whole(field, &mut upload._room).await?;
                if length > 0 {
                    upload.files.push(Sent { name: PASTED.into(), file });
                }
            }
            _ => {}
        }
        if upload.files.len() > FILES_MAX {
            return Err(Refused::TooMany);
        }
    }
    if upload.files.is_empty() {
        return Err(if is_pasted { Refused::NothingPasted } else { Refused::NoFile });
    }
    Ok(Upload { made_for, id: id.unwrap_or(upload.id), ..upload })
}

/// What arrives, as long as something does.
async fn patient<T>(arrives: impl Future<Output = Result<T, MultipartError>>) -> Result<T, Refused> {
    match tokio::time::timeout(PATIENCE, arrives).await {
        Ok(arrived) => Ok(arrived?),
        Err(_) => Err(Refused::Broken),
    }
}

/// The value of a field that is no file; nothing a form of ours sends there is longer than a mark.
async fn short(mut field: Field<'_>) -> Result<String, Refused> {
    let mut value = Vec::new();
    while let Some(chunk) = patient(field.chunk()).await? {
        value.extend(chunk.iter().take(SHORT.saturating_sub(value.len())));
    }
    Ok(String::from_utf8_lossy(&value).into_owned())
}

/// A file, kept as it arrives by a thread that may wait for the disk, and its length.
async fn whole(
    mut field: Field<'_>,
    room: &mut Vec<SemaphorePermit<'static>>,
) -> Result<(SpooledTempFile, usize), Refused> {
    let (send, mut receive) = mpsc::channel::<Bytes>(16);
    let keeping = spawn_blocking(move || {
        let mut file = SpooledTempFile::new(IN_MEMORY);
        while let Some(chunk) = receive.blocking_recv() {
            file.write_all(&chunk)?;
        }
        file.rewind()?;
        std::io::Result::Ok(file)
    });
    let (mut length, mut paid) = (0, 0);
    while let Some(chunk) = patient(field.chunk()).await? {
        length += chunk.len();
        while length > paid {
            room.push(ROOM.try_acquire().map_err(|_| Refused::NoRoom)?);
            paid += MIB;
        }
        if send.send(chunk).await.is_err() {
            break;
        }
    }
    drop(send);
    let file = keeping.await.map_err(|_| Refused::NotKept)?.map_err(|error| {
        tracing::error!(%error, "an uploaded file could not be kept in the folder for temporary files");
        Refused::NotKept
    })?;
    Ok((file, length))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use axum::body::Body;

    fn request(body: impl Into<Body>) -> Request {
        Request::post("/imports")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(body.into())
            .unwrap()
    }

    fn part(name: &str, content: &str) -> String {
        format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n")
    }

    fn file(name: &str, content: &str) -> Request {
        request(format!("{}--b--\r\n", part(name, content)))
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
            assert_eq!(read(file(sent, "x")).await.unwrap().files[0].name, kept);
        }
    }

    #[tokio::test]
    async fn several_files_come_whole_in_memory_or_not() {
        let large = "x".repeat(IN_MEMORY + 7);
        let body = format!("{}{}{}--b--\r\n", part("a.csv", "one"), part("", ""), part("b.csv", &large));
        let mut upload = read(request(body)).await.unwrap();
        let mut contents = upload.files.iter_mut().map(|sent| {
            let mut content = String::new();
            sent.file.read_to_string(&mut content).unwrap();
            (sent.name.clone(), content.len(), sent.file.is_rolled())
        });
        assert_eq!(contents.next(), Some(("a.csv".into(), 3, false)));
        assert_eq!(contents.next(), Some(("b.csv".into(), IN_MEMORY + 7, true)));
        assert_eq!(contents.next(), None);
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
        let many: String = (0..=FILES_MAX).map(|n| part(&format!("{n}.csv"), "x")).collect();
        assert_eq!(read(request(format!("{many}--b--\r\n"))).await.unwrap_err(), Refused::TooMany);
    }
}
