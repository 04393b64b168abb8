//! A form with one file, read into memory under its limit.

use std::collections::HashMap;
use std::time::Duration;

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::document::size_in_words;
use super::format::{Unknown, base_name};
use crate::web::made_for::{self, MadeFor};

/// Bytes of a field that is no file.
const SHORT: usize = 1024;
/// Bytes a request may have; one that announces more is not read at all.
const REQUEST_MOST: usize = 64 * MIB;
const MIB: usize = 1024 * 1024;
/// How long nothing may arrive.
const PATIENCE: Duration = Duration::from_secs(30);
/// Room for everything that is being sent by anyone, in MiB.
static ROOM: Semaphore = Semaphore::const_new(256);

/// A form as it was sent.
#[derive(Debug)]
pub struct Sent {
    /// Whose form it was.
    pub made_for: Option<MadeFor>,
    /// Its fields but for the file.
    fields: HashMap<String, String>,
    /// The file, or why it is not taken.
    pub file: Result<File, Refused>,
}

/// A file as it was sent.
#[derive(Debug)]
pub struct File {
    /// Its name, without folders.
    pub name: String,
    /// What is in it.
    pub content: Vec<u8>,
    /// Room for it.
    pub held: Held,
}

/// Room that is given back once what is in it was written.
#[derive(Debug, Default)]
pub struct Held(Vec<SemaphorePermit<'static>>);

impl Sent {
    /// A field; empty where it was not sent.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// Why a file is not kept, in words.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The field was left empty.
    #[error("Choose a file")]
    NoFile,
    /// It has more bytes than a document may have.
    #[error("The file is larger than {}", size_in_words(*.0))]
    TooLarge(i64),
    /// What arrived is no form with a file.
    #[error("The file did not arrive whole. Choose it and send it again")]
    Broken,
    /// Too much is being sent by everyone together.
    #[error("Too many files are being sent right now. Try again in a minute")]
    Busy,
    /// The account has no room for it.
    #[error("There's no room: your documents may have {} together, with those in the bin", size_in_words(*.0))]
    NoRoom(i64),
    /// The account has as many as it may.
    #[error("You have {0} files already, with those in the bin")]
    TooMany(i64),
    /// The page was opened by another account.
    #[error("Someone else was logged in when you opened this page. It is yours now: choose the file again")]
    OfAnother,
    /// It is no document.
    #[error(transparent)]
    Unknown(#[from] Unknown),
}

/// Reads the form. A file larger than `most` is read to its end without being kept: a browser listens only then.
///
/// # Errors
/// [`Refused`], where not even the other fields arrived.
pub async fn read(mut request: Request, most: i64) -> Result<Sent, Refused> {
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > REQUEST_MOST) {
        return Err(Refused::TooLarge(most));
    }
    DefaultBodyLimit::max(REQUEST_MOST).apply(&mut request);
    let wrong = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refused::TooLarge(most),
        _ => Refused::Broken,
    };
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| Refused::Broken)?;
    let mut sent = Sent { made_for: None, fields: HashMap::new(), file: Err(Refused::NoFile) };
    loop {
        let field = tokio::time::timeout(PATIENCE, form.next_field()).await.map_err(|_| Refused::Broken)?;
        let Some(field) = field.map_err(wrong)? else { return Ok(sent) };
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file_name = base_name(&as_named(field.file_name().unwrap_or_default())).to_owned();
            sent.file = match whole(field, usize::try_from(most).unwrap_or(usize::MAX), wrong).await? {
                Whole::All(content, _) if content.is_empty() && file_name.is_empty() => Err(Refused::NoFile),
                Whole::All(content, held) => Ok(File { name: file_name, content, held }),
                Whole::TooLarge => Err(Refused::TooLarge(most)),
                Whole::NoRoom => Err(Refused::Busy),
            };
        } else {
            let Whole::All(value, _) = whole(field, SHORT, wrong).await? else { return Err(Refused::Broken) };
            let value = String::from_utf8(value).map_err(|_| Refused::Broken)?;
            match name.as_str() {
                made_for::FIELD => sent.made_for = Some(MadeFor(value)),
                _ => drop(sent.fields.insert(name, value)),
            }
        }
    }
}

/// A field that was read to its end.
enum Whole {
    All(Vec<u8>, Held),
    TooLarge,
    NoRoom,
}

/// A field of no more than `most` bytes.
async fn whole(mut field: Field<'_>, most: usize, wrong: impl Fn(MultipartError) -> Refused) -> Result<Whole, Refused> {
    let mut whole = Whole::All(Vec::new(), Held::default());
    loop {
        let chunk = tokio::time::timeout(PATIENCE, field.chunk()).await.map_err(|_| Refused::Broken)?;
        let Some(chunk) = chunk.map_err(&wrong)? else { return Ok(whole) };
        let Whole::All(content, held) = &mut whole else { continue };
        content.extend_from_slice(&chunk);
        if content.len() > most {
            whole = Whole::TooLarge;
            continue;
        }
        while content.len() > held.0.len() * MIB {
            match ROOM.try_acquire() {
                Ok(piece) => held.0.push(piece),
                Err(_) => {
                    whole = Whole::NoRoom;
                    break;
                }
            }
        }
    }
}

/// The name of a file as it was before its browser sent it: three letters are written otherwise in a form (WHATWG HTML,
/// multipart/form-data).
fn as_named(sent: &str) -> String {
    sent.replace("%22", "\"").replace("%0D", " ").replace("%0A", " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    const MOST: i64 = 1000;

    fn request(body: impl Into<Body>) -> Request {
        Request::post("/documents")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(body.into())
            .unwrap()
    }

    fn part(name: &str, content: &str) -> String {
        format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n")
    }

    fn form(file: &str) -> Request {
        let kind = "--b\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nletter\r\n";
        request(format!("{file}{kind}--b--\r\n"))
    }

    #[tokio::test]
    async fn a_file_comes_whole_without_its_folders() {
        for (sent, kept) in
            [("Ada.pdf", "Ada.pdf"), ("../../etc/passwd", "passwd"), (r"C:\Ada\Resume.pdf", "Resume.pdf")]
        {
            let file = read(form(&part(sent, "x")), MOST).await.unwrap().file.unwrap();
            assert_eq!((file.name.as_str(), &*file.content), (kept, &b"x"[..]));
        }
        let just = "x".repeat(1000);
        assert_eq!(read(form(&part("a", &just)), MOST).await.unwrap().file.unwrap().content.len(), 1000);
    }

    #[tokio::test]
    async fn what_is_typed_beside_a_file_that_is_refused_is_kept() {
        let larger = "x".repeat(1001);
        for (file, refused) in [
            (part("a.pdf", &larger), Refused::TooLarge(MOST)),
            (part("a.pdf", &larger.repeat(1000)), Refused::TooLarge(MOST)),
            (part("", ""), Refused::NoFile),
            (String::new(), Refused::NoFile),
        ] {
            let sent = read(form(&file), MOST).await.unwrap();
            assert_eq!((sent.field("kind"), sent.field("name")), ("letter", ""));
            assert_eq!(sent.file.unwrap_err(), refused);
        }
        assert!(read(form(&part("a.pdf", "")), MOST).await.unwrap().file.unwrap().content.is_empty());
    }

    #[tokio::test]
    async fn what_is_no_form_is_refused_in_words() {
        for broken in ["garbage", "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhalf"] {
            assert_eq!(read(request(broken), MOST).await.unwrap_err(), Refused::Broken);
        }
        let plain = Request::post("/documents").body(Body::from("file=x")).unwrap();
        assert_eq!(read(plain, MOST).await.unwrap_err(), Refused::Broken);
        let mut announced = form(&part("a.pdf", "x"));
        announced.headers_mut().insert(header::CONTENT_LENGTH, (REQUEST_MOST + 1).into());
        assert_eq!(read(announced, MOST).await.unwrap_err(), Refused::TooLarge(MOST));
    }
}
