//! What an administrator sees of the work in the background, and of the room that accounts have for documents.

use inroad::accounts::job::Job;
use inroad::accounts::jobs::ran;
use inroad::error::{Error, Result};
use jiff::SignedDuration;

use crate::documents::{MIB, PDF, send};
use crate::mails;
use crate::support::{App, Page};

async fn installation(app: &App) -> Page {
    app.dora.get("/admin/installation").await.is(200).page()
}

/// The line of a job.
fn line(page: &Page, job: &str) -> String {
    let lines = page.texts("ul.rows li");
    lines.into_iter().find(|line| line.starts_with(job)).unwrap_or_default()
}

#[tokio::test]
async fn jobs_that_ran_failed_or_stand_still_are_told_apart() {
    let app = App::start().await;
    assert!(line(&installation(&app).await, "Cleaning up").contains("Not yet run"));
    assert_eq!(line(&installation(&app).await, "Mail"), "", "no mail is sent here");

    let well: Result<u64> = Ok(0);
    ran(&app.state().await, Job::Cleaning, &well).await;
    let said = line(&installation(&app).await, "Cleaning up");
    assert!(
        said.contains("Ran last Tuesday 24 November, 09:00") && !said.contains("Failed") && !said.contains("Not yet"),
        "{said}"
    );

    let badly: Result<u64> = Err(Error::Invalid("The disk is full".into()));
    ran(&app.state().await, Job::Cleaning, &badly).await;
    let said = line(&installation(&app).await, "Cleaning up");
    assert!(said.contains("Failed") && said.contains("The disk is full."), "{said}");
    ran(&app.state().await, Job::Cleaning, &well).await;
    assert!(!line(&installation(&app).await, "Cleaning up").contains("Failed"));

    app.pass(SignedDuration::from_hours(73));
    assert!(line(&installation(&app).await, "Cleaning up").contains("Not running"));
}

#[tokio::test]
async fn one_that_goes_well_all_the_time_is_written_down_now_and_then() {
    let app = App::start().await;
    let well: Result<()> = Ok(());
    let at = async || {
        ran(&app.state().await, Job::Mail, &well).await;
        let sql = "select ran_at::text from job_runs where job = 'mail'";
        sqlx::query_scalar::<_, String>(sql).fetch_one(&app.db).await.unwrap()
    };
    let first = at().await;
    app.pass(SignedDuration::from_secs(10));
    assert_eq!(at().await, first);
    app.pass(SignedDuration::from_mins(5));
    assert_ne!(at().await, first);
}

#[tokio::test]
async fn what_waits_for_a_job_is_told() {
    let (app, _sink) = mails::start().await;
    let page = installation(&app).await;
    for (job, waits) in
        [("Mail", "No mail waits"), ("Notices", "No notice waits"), ("Reminders", "Nobody has switched")]
    {
        assert!(line(&page, job).contains(waits), "{}", line(&page, job));
    }
    for _ in 0..2 {
        app.dora.post("/admin/installation/test-mails", &[]).await.to();
    }
    let after = line(&installation(&app).await, "Mail");
    assert!(after.contains("2 mails wait, the first since Tuesday 24 November"), "{after}");
}

#[tokio::test]
async fn one_account_has_more_room_than_the_others() {
    let app = App::start().await;
    let (alice, path) = (&app.alice, format!("/admin/accounts/{}/room", app.alice.id));
    let rooms = async || app.dora.get("/admin").await.is(200).page().texts("td[data-label='MB of documents']");
    assert_eq!(rooms().await, ["0 of 100"; 4]);

    for wrong in ["0", "201", "ten", "1.5"] {
        let page = app.dora.post(&path, &[("mb", wrong)]).await.is(422).page();
        assert!(page.error_of("MB for all documents together").contains("from 1 to 200"), "{wrong}");
        assert_eq!(page.form_to(&path).value("mb"), wrong, "what was typed stays");
    }
    assert_eq!(app.dora.post(&path, &[("mb", "1")]).await.to(), "/admin");
    assert_eq!(app.dora.get("/admin").await.page().toast(), "Alice Adams has 1 MB for documents.");
    let large = [PDF, &[b' '; MIB]].concat();
    let refused = send(alice, "/documents", "Large.pdf", &large).await.is(422).page();
    assert!(refused.error_of("File").starts_with("There's no room: your documents may have 1 MB together"));
    assert!(alice.get("/documents").await.page().says("1 MB"));
    assert_eq!(send(&app.charlie, "/documents", "Large.pdf", &large).await.to(), "/documents");

    assert_eq!(app.dora.post(&path, &[("mb", "3")]).await.to(), "/admin");
    assert_eq!(send(alice, "/documents", "Large.pdf", &large).await.to(), "/documents");
    assert_eq!(rooms().await, ["2 of 3", "0 of 100", "2 of 100", "0 of 100"]);
    assert_eq!(app.dora.post(&path, &[("mb", " ")]).await.to(), "/admin");
    assert_eq!(rooms().await[0], "2 of 100");
    let noted = app.dora.get("/admin/activity").await.page();
    assert!(noted.says("Room for documents changed"));

    let nobody = format!("/admin/accounts/{}/room", inroad::ids::UserId::new());
    app.dora.get(&nobody).await.is(404);
    app.dora.post(&nobody, &[("mb", "5")]).await.is(404);
}
