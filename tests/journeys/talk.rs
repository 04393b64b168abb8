//! A talk on a phone, from getting ready to the thank-you; and that nothing typed in it is lost, whatever breaks.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use inroad::ids::{ContactId, InterviewId};
use serde_json::json;

use crate::browser::DevTools;
use crate::support::App;
use crate::support::database::server_url;
use crate::support::proxy::Proxy;
use crate::{Browser, browser_of};

/// Alice with a talk tomorrow.
async fn a_talk(app: &App) -> (ContactId, InterviewId) {
    let company = app.alice.company("Orbit").await;
    let contact = app.rows(&app.alice).contact("Katherine Johnson", Some(company)).await;
    let form = app.alice.get(&format!("/interviews/new?contact={contact}")).await.page().form_to("/interviews");
    let talk = form.set("date", "2026-11-25").set("time", "15:00").submit(&app.alice).await.to();
    let talk: InterviewId = talk.trim_start_matches("/interviews/").parse().unwrap();
    app.alice.post(&format!("/interviews/{talk}/questions"), &[("pick", "team|Who is in the team?")]).await.to();
    (contact, talk)
}

/// Everything of a talk that was typed and is kept by the server.
async fn kept(app: &App, talk: InterviewId) -> String {
    sqlx::query_scalar(
        "select concat_ws(' | ', t.notes, (select string_agg(q.answer, ' | ') from interview_questions q where q.interview_id = t.id),
             (select string_agg(l.kind || ': ' || l.text, ' | ' order by l.captured_at, l.id) from captured_lines l where l.interview_id = t.id))
         from informational_interviews t where t.user_id = $1 and t.id = $2",
    )
    .bind(app.alice.id)
    .bind(talk)
    .fetch_one(&app.db)
    .await
    .unwrap()
}

/// Waits until the server has all of these words, each once.
async fn has_all(app: &App, talk: InterviewId, words: &[&str]) {
    let mut there = String::new();
    for _ in 0..150 {
        there = kept(app, talk).await;
        if words.iter().all(|word| there.contains(word)) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    for word in words {
        assert_eq!(there.matches(word).count(), 1, "{word:?} in {there:?}");
    }
}

/// Types on behind what stands in a box.
async fn type_on(browser: &Browser, id: &str, words: &str) {
    browser.client.find(fantoccini::Locator::Id(id)).await.unwrap().send_keys(words).await.unwrap();
}

async fn catch(browser: &Browser, words: &str, what: &str) {
    type_on(browser, "catch", words).await;
    browser.press(what).await;
    browser.see(words).await;
}

/// The words of a keystroke are safe after two seconds.
async fn two_seconds() {
    tokio::time::sleep(Duration::from_millis(2_100)).await;
}

async fn offline(browser: &Browser, offline: bool) {
    let network = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.client.issue_cmd(DevTools("Network.emulateNetworkConditions", network)).await.unwrap();
}

/// The program itself, as people run it, on the test's database.
struct Real {
    program: Child,
}

impl Real {
    async fn start(app: &App, address: SocketAddr) -> Self {
        let mut url = server_url();
        url.set_path(app.db.connect_options().get_database().unwrap());
        // Held from the first: it is killed and waited for whatever happens next.
        let program = Self {
            program: Command::new(env!("CARGO_BIN_EXE_inroad"))
                .arg("serve")
                .env("DATABASE_URL", url.as_str())
                .env("INROAD_LISTEN", address.to_string())
                .env("INROAD_LOG", "error")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap(),
        };
        for _ in 0..200 {
            if tokio::net::TcpStream::connect(address).await.is_ok() {
                return program;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the program does not listen on {address} within 10 s");
    }

    /// `kill -9`.
    fn kill(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// A port nobody uses.
fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

#[tokio::test]
async fn from_getting_ready_to_the_thank_you_on_a_phone() {
    let app = App::start().await;
    let (contact, talk) = a_talk(&app).await;
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    browser.size(390, 844).await;
    let look = async |name: &str| {
        browser.picture(&format!("talk-{name}")).await;
        assert_eq!(browser.overflow().await, 0, "{name} is wider than a phone");
        for scheme in ["light", "dark"] {
            browser.scheme(scheme).await;
            assert_eq!(browser.axe().await, Vec::<String>::new(), "{name}, {scheme}");
        }
        browser.scheme("light").await;
    };

    browser.open(&format!("/interviews/{talk}/prepare")).await;
    browser.see("Enough to be ready").await;
    look("prepare").await;
    browser.press("Mark as prepared").await;
    browser.see("You are prepared").await;
    browser.press("Start the talk").await;
    browser.see("Begin now").await;
    browser.press("Begin now").await;
    browser.fill("Who is in the team?", "Three people, one of them half a week.").await;
    catch(&browser, "send the dashboard write-up", "I will").await;
    catch(&browser, "A second analyst is budgeted for January", "Insight").await;
    catch(&browser, "Tony Hoare", "Person").await;
    browser.press("They speak").await;
    look("live").await;
    has_all(&app, talk, &["Three people", "mine: send the dashboard", "insight: A second analyst", "person: Tony"])
        .await;
    browser.press("Wrap up").await;
    browser.see("Your notes from the talk").await;
    look("wrap-up").await;
    browser.press("Save all").await;
    browser.see("Saved 1 action item, 1 insight, 1 contact.").await;
    browser.press("Thank-you: A second analyst").await;
    browser.tick("Time kept").await;
    browser.choose("Confidence after", "4").await;
    browser.press("Save: the talk took place").await;
    browser.see("Saved").await;
    look("saved").await;
    browser.press("Write the thank-you").await;
    browser.see("Next: thank them").await;
    let drafted = "const words = document.querySelector('#message').value;
        return words.includes('second analyst is budgeted') && words.includes('send the dashboard write-up')";
    assert!(browser.until(drafted, json!(null)).await, "the thank-you does not speak of the talk");
    browser.press("Mark as sent").await;
    browser.see("Next: write to keep in touch").await;
    browser.open(&format!("/contacts/{contact}/proposals")).await;
    browser.see("Up to three times").await;
    look("proposals").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

/// What can be seen and used on the page, a group of choices once; then how high the page is.
const AMOUNT: &str = "
    const controls = [...document.querySelectorAll('main :is(a[href], button, input, select, textarea, summary)')];
    const seen = controls.filter(control => control.type !== 'hidden' && control.checkVisibility());
    const names = seen.map((control, at) => control.type === 'radio' ? control.name : at);
    return [new Set(names).size, document.querySelector('main').scrollHeight]";

#[tokio::test]
async fn four_lines_are_wrapped_up_with_one_press() {
    let app = App::start().await;
    let (_, talk) = a_talk(&app).await;
    for (line, kind) in [
        ("send her the write-up on waiting times", "mine"),
        ("introduce me to Tony Hoare", "theirs"),
        ("A second analyst is budgeted for January", "insight"),
        ("Jonas Weber, leads analytics at Ada Health", "person"),
    ] {
        app.alice.post(&format!("/interviews/{talk}/captured-lines"), &[("line", line), ("kind", kind)]).await.to();
        app.pass(jiff::SignedDuration::from_secs(1));
    }
    let browser = browser_of(&app, &app.alice).await;
    browser.size(1280, 800).await;
    browser.open(&format!("/interviews/{talk}/wrap-up")).await;
    browser.see("Your notes from the talk").await;
    let (controls, pixels): (u64, u64) =
        serde_json::from_value(browser.client.execute(AMOUNT, vec![]).await.unwrap()).unwrap();
    assert!(controls <= 32, "{controls} controls");
    assert!(pixels <= 1_400, "{pixels} px");
    // A line asks for nothing that another kind of line has.
    let day_of = async |line: u64| {
        let script = "return document.querySelectorAll('.filing')[arguments[0]].querySelector('input[type=date]').checkVisibility()";
        browser.client.execute(script, vec![json!(line)]).await.unwrap() == json!(true)
    };
    assert_eq!((day_of(0).await, day_of(2).await, day_of(3).await), (true, false, false));
    let choose = "document.querySelectorAll('.filing')[2].querySelector('[value=mine]').click()";
    browser.client.execute(choose, vec![]).await.unwrap();
    assert!(day_of(2).await, "what is chosen brings its own fields");
    let choose = choose.replace("mine", "insight");
    browser.client.execute(&choose, vec![]).await.unwrap();
    browser.press("Save all").await;
    browser.see("Saved 2 action items, 1 insight, 1 contact.").await;
    browser.press("Undo").await;
    browser.see("Undone: your notes are back.").await;
    let back = "return [...document.querySelectorAll('.filing textarea')].some(text => text.value === arguments[0])";
    assert!(browser.until(back, json!("Jonas Weber")).await);
}

#[tokio::test]
async fn what_was_typed_in_one_form_stays_when_another_is_sent() {
    let app = App::start().await;
    let (_, talk) = a_talk(&app).await;
    app.alice
        .post(&format!("/interviews/{talk}/captured-lines"), &[("line", "Jonas leads analytics"), ("kind", "person")])
        .await
        .to();
    let browser = browser_of(&app, &app.alice).await;
    browser.open(&format!("/interviews/{talk}/wrap-up")).await;
    browser.see("Your notes from the talk").await;
    let change = "const line = document.querySelector('.filing');
        line.querySelector('textarea').value = 'Jonas Weber leads analytics at Ada Health';
        line.querySelector('[value=insight]').click()";
    browser.client.execute(change, vec![]).await.unwrap();
    browser.press("Save: the talk took place").await;
    browser.see("Saved.").await;
    let kept = "const line = document.querySelector('.filing');
        return line.querySelector('textarea').value.startsWith('Jonas Weber') && line.querySelector('[value=insight]').checked";
    assert!(browser.until(kept, json!(null)).await, "the line is as it was typed");
    // The form that was sent is as it was saved.
    browser.press("Save all").await;
    browser.see("Saved 1 insight.").await;
}

#[tokio::test]
async fn a_program_killed_in_the_middle_of_typing_loses_nothing() {
    let app = App::start().await;
    let (_, talk) = a_talk(&app).await;
    let address = free_address();
    let mut program = Real::start(&app, address).await;
    let browser = Browser::start(format!("http://{address}")).await;
    browser.cookie("inroad", &app.alice.token().unwrap()).await;
    browser.open(&format!("/interviews/{talk}/live")).await;
    browser.see("Saves by itself").await;
    type_on(&browser, "notes", "Mondays are planning. ").await;
    has_all(&app, talk, &["Mondays are planning."]).await;
    type_on(&browser, "notes", "Tuesdays ").await;
    program.kill();
    type_on(&browser, "notes", "are for the port teams. ").await;
    catch(&browser, "introduce Tony Hoare", "They will").await;
    browser.see("kept in this browser").await;
    two_seconds().await;
    let program = Real::start(&app, address).await;
    has_all(&app, talk, &["Mondays are planning. Tuesdays are for the port teams.", "theirs: introduce Tony Hoare"])
        .await;
    browser.see("Saved").await;
    drop(program);
}

#[tokio::test]
async fn a_tab_closed_without_a_connection_leaves_its_words_for_the_next_one() {
    let app = App::start().await;
    let (_, talk) = a_talk(&app).await;
    let browser = browser_of(&app, &app.alice).await;
    let live = format!("/interviews/{talk}/live");
    browser.open(&live).await;
    browser.see("Saves by itself").await;
    // A second tab without a connection as well: each keeps its own words.
    let first = browser.client.window().await.unwrap();
    let second = browser.client.new_window(true).await.unwrap().handle;
    browser.client.switch_to_window(second.clone()).await.unwrap();
    browser.open(&live).await;
    browser.see("Saves by itself").await;
    offline(&browser, true).await;
    type_on(&browser, "notes", "Heard in the second tab").await;
    catch(&browser, "Second analyst", "Opening 5").await;
    two_seconds().await;
    browser.client.close_window().await.unwrap();
    browser.client.switch_to_window(first).await.unwrap();
    offline(&browser, true).await;
    type_on(&browser, "notes", "Heard in the first tab").await;
    two_seconds().await;
    let third = browser.client.new_window(true).await.unwrap().handle;
    browser.client.close_window().await.unwrap();
    browser.client.switch_to_window(third).await.unwrap();
    // Any page sends what was caught; the page of the talk sends what was typed.
    browser.open("/companies").await;
    has_all(&app, talk, &["opening: Second analyst"]).await;
    browser.open(&live).await;
    has_all(&app, talk, &["Heard in the first tab", "Heard in the second tab", "opening: Second analyst"]).await;
}

#[tokio::test]
async fn a_network_cut_for_a_while_is_made_good() {
    let wire = Proxy::start().await;
    let app =
        App::start_with(|settings| settings.database_url = settings.database_url.as_deref().map(|url| wire.url(url)))
            .await;
    let (_, talk) = a_talk(&app).await;
    let browser = browser_of(&app, &app.alice).await;
    browser.size(360, 640).await;
    browser.open(&format!("/interviews/{talk}/live")).await;
    browser.see("Saves by itself").await;
    // First the program cannot reach its database, then the browser cannot reach the program.
    wire.cut();
    browser.fill("Who is in the team?", "Three people.").await;
    catch(&browser, "send the write-up", "I will").await;
    two_seconds().await;
    offline(&browser, true).await;
    wire.mend();
    type_on(&browser, "notes", "A second analyst in January.").await;
    catch(&browser, "SQL first", "Insight").await;
    two_seconds().await;
    assert_eq!(browser.overflow().await, 0);
    browser.picture("talk-offline").await;
    offline(&browser, false).await;
    has_all(
        &app,
        talk,
        &["Three people.", "A second analyst in January.", "mine: send the write-up", "insight: SQL first"],
    )
    .await;
    browser.see("Saved").await;
}

#[tokio::test]
async fn lines_are_caught_by_keys_alone() {
    let app = App::start().await;
    let (_, talk) = a_talk(&app).await;
    let browser = browser_of(&app, &app.alice).await;
    browser.open(&format!("/interviews/{talk}/live")).await;
    browser.see("Saves by itself").await;
    // A key says what comes; Enter catches it.
    let keys = "return document.activeElement.id === arguments[0]";
    browser.client.find(fantoccini::Locator::Css("body")).await.unwrap().send_keys("4").await.unwrap();
    assert!(browser.until(keys, json!("catch")).await, "the key leads to the box");
    type_on(&browser, "catch", "Tony Hoare\u{e007}").await;
    browser.see("Tony Hoare").await;
    // While one types, the same key with Alt.
    type_on(&browser, "catch", "send the paper\u{e00a}1\u{e00a}").await;
    has_all(&app, talk, &["person: Tony Hoare", "mine: send the paper"]).await;
    assert!(browser.until("return document.querySelector('#catch').value === ''", json!(null)).await);
}
