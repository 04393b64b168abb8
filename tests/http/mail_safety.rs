//! Mail that is what we meant it to be, whatever people call themselves and whatever a request claims.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mail_parser::MessageParser;
use tokio::net::TcpStream;

use super::mails::start;
use crate::support::{App, Person, Sink, readers};

/// Names that would be something else if a header, a line, a tag or a link could be made of them.
const NAMES: &[&str] = &[
    "Ada\r\nBcc: eve@evil.example",
    "Ada\nBcc: eve@evil.example",
    "Ada\rBcc: eve@evil.example",
    "Ada%0d%0aBcc: eve@evil.example",
    "Ada\r\n\r\n<h1>Hello</h1>",
    "Ada\u{85}Bcc: eve@evil.example",
    "Ada\u{2028}Bcc: eve@evil.example",
    "Ada\u{b}Bcc: eve@evil.example",
    "Ada\r\n.\r\nMAIL FROM:<eve@evil.example>",
    ".\r\nRCPT TO:<eve@evil.example>",
    "\"Ada\" <eve@evil.example>",
    "Ada <eve@evil.example>, Eve",
    "eve@evil.example",
    "=?utf-8?q?Ada=0D=0ABcc:_eve@evil.example?=",
    "=?utf-8?b?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=",
    "<script>alert(1)</script>",
    "<a href=\"https://evil.example\">Click</a>",
    "<img src=x onerror=alert(1)>",
    "</p></div><style>*{display:none}</style>",
    "<!-- ",
    "&lt;b&gt;",
    "{{ 7 * 7 }} {% if true %}",
    "https://evil.example/login",
    "Log in at evil.example now",
    "www.evil.example",
    "evil.example/x?y=z",
    "javascript:alert(1)",
    "mailto:eve@evil.example",
    "Ада Байрон",
    "阿达 🚀 \u{202e}moc.live",
    "--boundary--",
];

async fn rename(app: &App, person: &Person, name: &str) -> bool {
    let page = person.get("/settings/profile").await.is(200).page();
    let answer = page.form_to("/settings/profile").fill("Name", name).submit(person).await;
    // A name that cannot be kept is refused by the form; what the database holds goes into the mail all the same.
    if answer.status != 303 {
        let sql = "update users set name = $2, version = version + 1 where id = $1";
        sqlx::query(sql).bind(person.id).bind(name).execute(&app.db).await.unwrap();
    }
    answer.status == 303
}

#[tokio::test]
async fn no_name_makes_a_header_a_recipient_a_tag_or_a_link() {
    let (app, sink) = start().await;
    let mut usual = None;
    for name in NAMES {
        sqlx::query("delete from rate_limits").execute(&app.db).await.unwrap();
        rename(&app, &app.alice, name).await;
        let form = app.alice.get("/settings/people").await.page().form_to("/settings/people");
        form.fill("Who is it for?", "Tom").fill("E-mail", "tom@example.org").submit(&app.alice).await.is(200);
        app.send_mail().await;
        let mail = sink.one();
        assert_eq!(mail.to, ["tom@example.org"], "{name:?}");
        let headers = mail.headers();
        assert_eq!(usual.get_or_insert_with(|| headers.clone()), &headers, "{name:?}");
        assert_eq!(mail.subject(), "An invitation to look at a job search", "{name:?}");
        let message = mail.message();
        assert_eq!(
            (message.text_body_count(), message.html_body_count(), message.attachment_count()),
            (1, 1, 0),
            "{name:?}"
        );
        let (plain, html) = (mail.plain(), mail.html());
        let base = app.config.url.as_ref().unwrap().as_str();
        for text in [&plain, &html] {
            assert!(!text.contains("evil.example"), "{name:?}: {text}");
            for (at, _) in text.match_indices("://") {
                let start = text[..at].rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
                assert!(text[start..].starts_with(base.trim_end_matches('/')), "{name:?}: {}", &text[start..]);
            }
        }
        let page = scraper::Html::parse_document(&html);
        let count = |css: &str| page.select(&scraper::Selector::parse(css).unwrap()).count();
        assert_eq!(
            (count("a"), count("script"), count("img"), count("style"), count("h1")),
            (2, 0, 0, 1, 1),
            "{name:?}"
        );
    }
    let usual = usual.unwrap();
    for header in ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"] {
        assert_eq!(usual.iter().filter(|name| name.eq_ignore_ascii_case(header)).count(), 1, "{header} in {usual:?}");
    }
}

#[tokio::test]
async fn no_request_says_where_a_mail_links_to() {
    let (app, sink) = start().await;
    let post = |headers: &[(&'static str, &'static str)]| {
        let mut request =
            app.visitor().request(reqwest::Method::POST, "/password-links").header("sec-fetch-site", "same-origin");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.form(&[("email", "alice@example.org")])
    };
    app.visitor().send(post(&[("host", "evil.example")])).await.is(421);
    let forged = [
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example;proto=https"),
        ("x-original-url", "https://evil.example/"),
        ("x-forwarded-proto", "gopher"),
    ];
    app.visitor().send(post(&forged)).await.is(303);
    app.send_mail().await;
    let mail = sink.one();
    let base = app.config.url.as_ref().unwrap().as_str();
    assert!(!String::from_utf8_lossy(&mail.data).contains("evil"), "{}", mail.plain());
    assert!(mail.plain().contains(&format!("{base}password?link=")), "{}", mail.plain());
}

/// aiosmtpd, an independent implementation, keeping what it takes in a folder; it ends with this value.
struct Aiosmtpd {
    server: Child,
    folder: tempfile::TempDir,
    address: std::net::SocketAddr,
}

impl Drop for Aiosmtpd {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Aiosmtpd {
    async fn start() -> Self {
        let python = readers::program("python");
        let folder = tempfile::tempdir().unwrap();
        let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let server = Command::new(&python)
            .args(["-m", "aiosmtpd", "-n", "-l", &address.to_string(), "-c", "aiosmtpd.handlers.Mailbox"])
            .arg(folder.path().join("mails"))
            .stdout(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} cannot be run ({error}); bin/test brings it", python.display()));
        let started = Self { server, folder, address };
        for _ in 0..200 {
            if TcpStream::connect(address).await.is_ok() {
                return started;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("aiosmtpd does not answer on {address}");
    }

    fn mails(&self) -> Vec<Vec<u8>> {
        let new = std::fs::read_dir(self.folder.path().join("mails/new")).unwrap();
        new.map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect()
    }
}

#[tokio::test]
async fn a_server_that_is_not_ours_takes_the_mail_whole() {
    let sink = Sink::start().await;
    let theirs = Aiosmtpd::start().await;
    let app = App::start_with(|settings| {
        sink.set_up(settings);
        settings.smtp_url = Some(format!("smtp://{}", theirs.address));
    })
    .await;
    rename(&app, &app.alice, "Zoë Ångström, née Łukasiewicz").await;
    let form = app.alice.get("/settings/people").await.page().form_to("/settings/people");
    form.fill("Who is it for?", "Tom").fill("E-mail", "tom@bücher.example").submit(&app.alice).await.is(200);
    assert_eq!(app.send_mail().await, 1);
    let taken = theirs.mails();
    assert_eq!(taken.len(), 1);
    let mail = MessageParser::default().parse(&taken[0]).unwrap();
    assert_eq!(mail.header_raw("X-RcptTo").map(str::trim), Some("tom@xn--bcher-kva.example"));
    assert_eq!(mail.header_raw("X-MailFrom").map(str::trim), Some("inroad@inroad.example"));
    assert_eq!(mail.subject(), Some("An invitation to look at a job search"));
    for text in [mail.body_text(0).unwrap(), mail.body_html(0).unwrap()] {
        assert!(text.contains("Zoë Ångström, née Łukasiewicz invites you"), "{text}");
    }
    assert!(taken[0].is_ascii(), "any server on the way can take it");
    // Lines as mail has them: none longer than a server must take.
    assert!(taken[0].split(|byte| *byte == b'\n').all(|line| line.len() <= 998));
}
