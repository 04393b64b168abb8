//! Referrals: from whom to ask to the outcome, each way, with reminders, news to tell, the board and the list.

use inroad::ids::{CompanyId, ContactId, OpeningId};
use jiff::SignedDuration;

use crate::support::{Answer, App, Page, Person};

/// Alice, and Grace whom she may ask.
pub(crate) struct Scene {
    pub(crate) app: App,
    pub(crate) company: CompanyId,
    pub(crate) grace: ContactId,
    pub(crate) opening: OpeningId,
}

impl Scene {
    /// Alice knows Grace at Acme, where there is an opening.
    pub(crate) async fn set() -> Self {
        let app = App::start().await;
        let company = app.alice.company("Acme").await;
        let rows = app.rows(&app.alice);
        let grace = rows.contact("Grace Hopper", Some(company)).await;
        let opening = rows.opening(company, "Data analyst").await;
        Self { app, company, grace, opening }
    }

    /// The person who asks.
    pub(crate) fn alice(&self) -> &Person {
        &self.app.alice
    }

    /// Puts Grace's referral for the opening on the list; returns its path.
    pub(crate) async fn to_ask(&self) -> String {
        let page = self
            .alice()
            .get(&format!("/referrals/new?contact={}&opening={}", self.grace, self.opening))
            .await
            .is(200)
            .page();
        page.form_to("/referrals").submit(self.alice()).await.to()
    }

    /// A page of hers.
    pub(crate) async fn show(&self, path: &str) -> Page {
        self.alice().get(path).await.is(200).page()
    }

    /// Marks the message of the next step as sent.
    pub(crate) async fn send(&self, path: &str, resource: &str) -> Answer {
        let form = self.show(path).await.form_to(&format!("{path}/{resource}"));
        form.set("as_is", "yes").press("Mark as sent", self.alice()).await
    }

    /// Notes that Grace agreed, and to what.
    pub(crate) async fn agree(&self, path: &str, way: &str) -> Answer {
        self.show(path).await.form_to(&format!("{path}/agreements")).tick(way).press("They agreed", self.alice()).await
    }

    /// Gives the opening another status a minute later; returns the page that follows.
    pub(crate) async fn move_opening(&self, status: &str) -> Page {
        self.app.pass(SignedDuration::from_mins(1));
        let path = format!("/openings/{}", self.opening);
        let answer = self.show(&path).await.form_to(&format!("{path}/statuses")).press(status, self.alice()).await;
        self.alice().follow(&answer).await
    }

    /// The next step as its card says it, or the heading that says there is none.
    pub(crate) async fn step(&self, path: &str) -> String {
        let page = self.show(path).await;
        let card = ".cols > .stack > section:first-child header";
        format!("{} {}", page.text(&format!("{card} h2")), page.text(&format!("{card} small"))).trim().to_owned()
    }

    /// The kinds of what happened with Grace, but that she was found.
    pub(crate) async fn history(&self) -> Vec<String> {
        sqlx::query_scalar("select kind from touchpoints where contact_id = $1 and kind <> 'found' order by id")
            .bind(self.grace.0)
            .fetch_all(&self.app.db)
            .await
            .unwrap()
    }

    /// Lets days pass.
    pub(crate) fn days(&self, days: i64) {
        self.app.pass(SignedDuration::from_hours(24 * days));
    }
}

#[tokio::test]
async fn the_first_visit_says_when_to_ask() {
    let app = App::start().await;
    let page = app.alice.get("/referrals").await.is(200).page();
    assert!(page.says("No one asked yet"));
    assert!(app.alice.get("/referrals?view=list").await.is(200).page().says("No one asked yet"));
}

#[tokio::test]
async fn from_ask_to_hired_each_way() {
    for (way, task) in [
        ("Referral link", "Send the referral link"),
        ("They hand in the résumé", "Hand in the résumé"),
        ("Apply online, and they speak to the team", "Speak to the team"),
        ("Introduction to the hiring manager", "Write the introduction to the hiring manager"),
    ] {
        let scene = Scene::set().await;
        let path = scene.to_ask().await;
        let page = scene.show(&path).await;
        assert!(page.text("textarea#message").contains("do you recommend I apply online?"));
        assert_eq!(scene.step(&path).await, "Ask for a referral Due today");
        scene.send(&path, "asks").await.to();
        assert_eq!(scene.step(&path).await, "Remind them gently Due 1 December");

        scene.agree(&path, way).await.to();
        let page = scene.show(&path).await;
        assert!(page.says(task) && page.says("They, Friday"), "{way}: {}", page.text("main"));
        assert_eq!(scene.step(&path).await, "Make it easy for them Due 1 December");
        assert!(page.text("textarea#message").contains("Opening: Data analyst"));

        let made = page.form_to(&format!("{path}/makings")).press("The referral is made", scene.alice()).await;
        let page = scene.alice().follow(&made).await;
        assert!(page.texts("s").contains(&task.to_owned()), "what they were to do is done");
        assert_eq!(scene.step(&path).await, "Tell them and thank them Due tomorrow");
        scene.send(&path, "tellings").await.to();
        assert_eq!(scene.step(&path).await, "Nothing to do now");

        for (status, outcome, news) in [
            ("Applied", "Outcome", "My application is in."),
            ("Interviewing", "Interview", "They have invited me to an interview."),
            ("Offer", "Offer", "They have made me an offer."),
            ("Accepted", "Hired", "They offered it to me, and I said yes."),
        ] {
            let page = scene.move_opening(status).await;
            assert!(page.toast().ends_with("1 referrer is to hear it first: tell and thank."), "{}", page.toast());
            let page = scene.show(&path).await;
            assert_eq!(scene.step(&path).await, "Tell them and thank them Due tomorrow", "{way} {status}");
            assert!(page.text("textarea#message").contains(news));
            assert!(page.texts(".steps li").last().unwrap().starts_with(outcome), "{:?}", page.texts(".steps li"));
            scene.send(&path, "tellings").await.to();
        }
        let told = ["referral_told"; 5];
        assert_eq!(
            scene.history().await,
            [&["referral_asked", "referral_agreed", "referral_made"][..], &told].concat()
        );
        let board = scene.show("/referrals").await;
        assert!(board.texts(".board section").last().unwrap().contains("Grace Hopper"));
    }
}

#[tokio::test]
async fn no_answer_gets_one_reminder_and_then_rests() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    scene.send(&path, "asks").await.to();
    scene.days(7);
    assert_eq!(scene.step(&path).await, "Remind them gently Due today");
    assert!(scene.show("/").await.says("Grace Hopper"), "Today says so");
    scene.send(&path, "reminders").await.to();
    assert!(scene.show(&path).await.says("Now it's their turn"));
    scene.days(12);
    assert_eq!(scene.step(&path).await, "Nothing to do now");
    assert_eq!(scene.history().await, ["referral_asked", "wrote"]);

    scene.agree(&path, "Referral link").await.to();
    scene.days(7);
    assert!(scene.step(&path).await.starts_with("Make it easy for them"));
    scene.send(&path, "reminders").await.to();
    assert!(scene.show(&path).await.says("the next move is theirs"));
}

#[tokio::test]
async fn declined_and_withdrawn_end_it_without_blame_and_open_again() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    scene.send(&path, "asks").await.to();
    let page = scene.show(&path).await;
    let answer = page.form_to(&format!("{path}/declines")).submit(scene.alice()).await;
    let page = scene.alice().follow(&answer).await;
    assert!(page.says("They said no, and that is fine"));
    assert!(scene.show("/referrals").await.says("Declined or withdrawn: 1"));

    // There is room for another one now; the first may not come back beside it.
    let second = scene.to_ask().await;
    assert_ne!(second, path);
    let page = scene.alice().follow(&page.form_to(&format!("{path}/reopenings")).submit(scene.alice()).await).await;
    assert!(page.toast().starts_with("Nothing was changed: they already have this referral"), "{}", page.toast());

    let answer = scene.show(&second).await.form_to(&format!("{second}/withdrawals")).submit(scene.alice()).await;
    let page = scene.alice().follow(&answer).await;
    assert!(page.says("You owe no one anything"));
    let page = scene.alice().follow(&page.undo().submit(scene.alice()).await).await;
    assert!(page.text(".next h2").contains("Ask for a referral"));
    assert!(scene.history().await.iter().all(|kind| kind != "moved_on"), "the relation is as before");
}

#[tokio::test]
async fn the_same_form_sent_twice_counts_once() {
    let scene = Scene::set().await;
    let page = scene.show(&format!("/referrals/new?contact={}", scene.grace)).await;
    let form = page.form_to("/referrals");
    let path = form.clone().submit(scene.alice()).await.to();
    assert_eq!(form.submit(scene.alice()).await.to(), path);

    let page = scene.show(&path).await;
    assert!(page.text("textarea#message").contains("I know of nothing posted"), "it is for the company");
    let ask = page.form_to(&format!("{path}/asks")).set("as_is", "yes");
    ask.clone().press("Mark as sent", scene.alice()).await.to();
    ask.press("Mark as sent", scene.alice()).await.to();
    assert_eq!(scene.history().await, ["referral_asked"]);
    // Another tab, drawn before, with an id of its own.
    let page = scene.alice().follow(&scene.alice().post(&format!("{path}/asks"), &[]).await).await;
    assert_eq!(page.toast(), "Nothing was changed: this referral is at 'Asked' by now.");
    assert_eq!(scene.history().await, ["referral_asked"]);
}

#[tokio::test]
async fn nobody_is_asked_twice_for_the_same() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    let page = scene.show(&format!("/referrals/new?contact={}&opening={}", scene.grace, scene.opening)).await;
    let page = page.form_to("/referrals").submit(scene.alice()).await.is(422).page();
    assert_eq!(page.error_of("Who could refer you"), "There is a referral of theirs for this already");
    assert_eq!(page.link("Open that referral"), path);
    // For the company itself there may be one beside it.
    let page = scene.show(&format!("/referrals/new?contact={}", scene.grace)).await;
    page.form_to("/referrals").submit(scene.alice()).await.to();
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_said() {
    let scene = Scene::set().await;
    let nowhere = scene.app.rows(scene.alice()).contact("Joan Clarke", None).await.to_string();
    let stranger = scene.app.rows(&scene.app.charlie).contact("Mallory", None).await.to_string();
    let label = "Who could refer you";
    for (fields, label, error) in [
        (vec![], label, "Choose who could refer you"),
        (vec![("contact", stranger.as_str())], label, "They're no longer in your contacts"),
        (vec![("contact", nowhere.as_str())], "For what", "Choose an opening: they work at no company of your list"),
        (vec![("contact", nowhere.as_str()), ("opening", "x")], "For what", "Choose one from the list"),
        (
            vec![("contact", nowhere.as_str()), ("planned_on", "1999-01-01")],
            "Ask on",
            "Choose a day within the next two years",
        ),
    ] {
        let page = scene.alice().post("/referrals", &fields).await.is(422).page();
        assert_eq!(page.error_of(label), error, "{fields:?}");
    }
}

#[tokio::test]
async fn the_board_and_the_list_show_the_same() {
    let scene = Scene::set().await;
    let rows = scene.app.rows(scene.alice());
    let joan = rows.contact("Joan Clarke", Some(scene.company)).await;
    rows.referral(joan, scene.company, None).await;
    let path = scene.to_ask().await;
    let board = scene.show("/referrals").await;
    let columns = board.texts(".board section");
    assert_eq!(columns.len(), 5);
    assert!(columns[0].contains("Grace Hopper") && columns[0].contains("Data analyst, Acme"));
    assert!(columns[1].contains("Joan Clarke") && columns[1].contains("Remind them gently"));

    let asked = board.form_to(&format!("{path}/asks")).submit(scene.alice()).await;
    assert_eq!(asked.to(), "/referrals");
    let list = scene.show("/referrals?view=list&show=asked&sort=name").await;
    assert_eq!(list.texts("tbody tr th a"), ["Grace Hopper", "Joan Clarke"]);
    assert_eq!(scene.show("/referrals?view=list&q=joan").await.texts("tbody tr th a"), ["Joan Clarke"]);
    let form = list.form_to(&format!("{path}/agreements")).press("Agreed: Referral link", scene.alice()).await;
    assert!(form.to().starts_with("/referrals?view=list"), "back to the list as it was");
    assert_eq!(scene.show("/referrals?view=list&show=agreed").await.texts("tbody tr th a"), ["Grace Hopper"]);
    let chips = scene.show("/referrals?view=list").await.texts(".filters a");
    assert_eq!(chips[..4], ["All 2", "To ask 0", "Asked 1", "Agreed 1"]);
    assert!(
        scene.show(&format!("/companies/{}", scene.company)).await.says("Make it easy for them"),
        "on the company's page"
    );
    assert!(
        scene.show(&format!("/openings/{}", scene.opening)).await.says("Referral: agreed"),
        "on the opening's page"
    );
}

#[tokio::test]
async fn notes_of_two_tabs_are_both_shown() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    let first = scene.show(&path).await.form_to(&path);
    let second = first.clone();
    let label = "How it works there, who to send what";
    first.fill(label, "From the first").submit(scene.alice()).await.to();
    let page = second.fill(label, "From the second").submit(scene.alice()).await.is(409).page();
    assert!(page.says("From the first") && page.form_to(&path).filled(label) == "From the second");
    page.form_to(&path).submit(scene.alice()).await.to();
    assert_eq!(scene.show(&path).await.form_to(&path).filled(label), "From the second");
    let too_long = "x".repeat(4_001);
    scene.alice().post(&path, &[("notes", &too_long)]).await.is(422);
}

#[tokio::test]
async fn a_deleted_referral_comes_back_unless_there_is_another() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    let delete = scene.show(&path).await.form_to(&format!("{path}/deletions"));
    let page = scene.alice().follow(&delete.clone().submit(scene.alice()).await).await;
    scene.alice().get(&path).await.is(404);
    let page = scene.alice().follow(&page.undo().submit(scene.alice()).await).await;
    assert_eq!(page.toast(), "The referral is back.");
    delete.submit(scene.alice()).await.to();
    scene.to_ask().await;
    let page = scene.alice().follow(&scene.alice().post(&format!("{path}/restorations"), &[]).await).await;
    assert!(page.toast().starts_with("It stays in the bin"));
}

#[tokio::test]
async fn others_referrals_are_not_there_and_a_coach_only_reads() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    scene.agree(&path, "Referral link").await.to();
    let task = scene.show(&path).await.all("form[action$='/done-marks']")[0].attr("action").unwrap().to_owned();
    let mut paths = vec![
        path.clone(),
        task.clone(),
        task.replace("done-marks", "done-marks/undos"),
        task.replace("done-marks", "due-dates"),
    ];
    for resource in
        ["asks", "reminders", "makings", "declines", "withdrawals", "reopenings", "outcomes", "tellings", "deletions"]
    {
        paths.push(format!("{path}/{resource}"));
    }
    for path in &paths {
        scene.app.charlie.post(path, &[("way", "link")]).await.is(404);
        scene.app.bob.post(path, &[("way", "link")]).await.is(403);
    }
    scene.app.charlie.post(&format!("{path}/agreements"), &[("way", "link")]).await.is(404);
    scene.app.charlie.post(&format!("{path}/snoozes"), &[("until", "2026-12-24")]).await.is(404);
    scene.app.charlie.get(&path).await.is(404);
    assert!(scene.app.bob.get(&path).await.is(200).page().says("Who does what by when"));
    assert_eq!(scene.history().await, ["referral_agreed"]);
}
