//! The dossier of a company: who said what, agreeing and contradicting voices, what is missing, the document, and undo.

use inroad::ids::{CompanyId, ContactId, InsightId, InterviewId};
use jiff::Timestamp;

use crate::interviews::count;
use crate::support::{App, Page};

/// A company with two people, a talk with each.
pub(crate) struct Place {
    pub app: App,
    pub company: CompanyId,
    pub ada: (ContactId, InterviewId),
    pub grace: (ContactId, InterviewId),
}

impl Place {
    pub async fn new() -> Self {
        let app = App::start().await;
        let rows = app.rows(&app.alice);
        let company = rows.company("Orbit").await;
        let ada = rows.contact("Ada Lovelace", Some(company)).await;
        let grace = rows.contact("Grace Hopper", Some(company)).await;
        let talks = (rows.interview(ada, Some(company)).await, rows.interview(grace, Some(company)).await);
        Self { company, ada: (ada, talks.0), grace: (grace, talks.1), app }
    }

    /// Writes what someone said; its id.
    pub async fn said(&self, (contact, talk): (ContactId, InterviewId), topic: &str, text: &str) -> InsightId {
        said(&self.app, Some(self.company), (contact, talk), topic, text).await
    }

    pub fn path(&self) -> String {
        format!("/companies/{}/dossier", self.company)
    }

    pub async fn page(&self) -> Page {
        self.app.alice.get(&self.path()).await.is(200).page()
    }

    /// Ties two lines.
    pub async fn tie(&self, kind: &str, one: InsightId, with: InsightId) -> Page {
        let (one, with) = (one.to_string(), with.to_string());
        let fields = [("one", one.as_str()), ("with", &with), ("kind", kind), ("back", &self.path())];
        self.app.alice.follow(&self.app.alice.post("/insight-links", &fields).await).await
    }
}

/// Writes what someone said; its id.
pub(crate) async fn said(
    app: &App,
    company: Option<CompanyId>,
    (contact, talk): (ContactId, InterviewId),
    topic: &str,
    text: &str,
) -> InsightId {
    let id = InsightId::new();
    sqlx::query(
        "insert into insights (user_id, id, interview_id, contact_id, company_id, topic, text, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(app.alice.id)
    .bind(id)
    .bind(talk)
    .bind(contact)
    .bind(company)
    .bind(topic)
    .bind(text)
    .bind(inroad::database::At(app.now()))
    .execute(&app.db)
    .await
    .unwrap();
    id
}

async fn undone(app: &App, page: &Page) -> Page {
    let answer = page.undo().submit(&app.alice).await;
    app.alice.follow(&answer).await
}

#[tokio::test]
async fn each_line_stands_in_its_section_with_who_said_it_and_when() {
    let place = Place::new().await;
    place.said(place.ada, "requirements", "SQL joins").await;
    place.said(place.grace, "resources", "The evening course").await;
    let charlies = place.app.rows(&place.app.charlie).company("Elsewhere").await;
    let page = place.page().await;
    assert_eq!(page.text("h1"), "Dossier: Orbit");
    assert!(page.says("2 lines from 2 people"));
    assert!(page.text("#requirements").contains("SQL joins"));
    assert!(page.text("#advice").contains("The evening course"), "resources are advice");
    assert_eq!(page.link("Ada Lovelace"), format!("/contacts/{}", place.ada.0));
    assert!(page.has(&format!("#requirements a[href='/interviews/{}'] time", place.ada.1)));
    assert!(page.text("#people").contains("Grace Hopper"), "people there stand in it, too");
    place.app.alice.get(&format!("/companies/{charlies}/dossier")).await.is(404);
    place.app.charlie.get(&place.path()).await.is(404);
    place.app.alice.get("/companies/nonsense/dossier").await.is(404);

    let company = place.app.alice.get(&format!("/companies/{}", place.company)).await.page();
    assert!(company.says("2 insights from 2 people. 2 of its 2 topics come from one person so far."));
    assert_eq!(company.link("Open the dossier"), place.path());
}

#[tokio::test]
async fn agreeing_voices_are_counted_and_a_merge_is_taken_back() {
    let place = Place::new().await;
    let one = place.said(place.ada, "team", "Seven analysts in the team").await;
    let two = place.said(place.grace, "team", "Seven analysts, two wards each").await;
    let three = place.said(place.ada, "team", "Seven, as I said").await;
    let page = place.page().await;
    assert!(
        page.says("Looks like the same as “Seven analysts in the team”") || page.says("Looks like the same as Seven")
    );
    let form = page.form("form.alike");
    assert_eq!(form.value("one"), one.to_string());
    let answer = place.app.alice.post("/insight-links", &form_fields(&form, "same")).await;
    let merged = place.app.alice.follow(&answer).await;
    assert_eq!(merged.toast(), "2 lines say the same now.");
    assert!(merged.text("#team").contains("2 people said so") && !merged.has("form.alike"));
    let all = place.tie("same", two, three).await;
    assert!(all.text("#team").contains("2 people said so"), "Ada counts once: {}", all.text("#team"));
    assert_eq!(place.tie("same", one, three).await.toast(), "They're already marked so.");
    assert_eq!(count(&place.app, "select count(*) from insight_links where user_id = $1").await, 2);

    // The one in the middle goes; the others stay together; undo brings it back.
    let answer = place.app.alice.post(&format!("/insights/{two}/separations"), &[("back", &place.path())]).await;
    let apart = place.app.alice.follow(&answer).await;
    assert_eq!(apart.toast(), "It's on its own now.");
    assert!(!apart.text("#team").contains("2 people said so"));
    assert_eq!(place.tie("same", one, three).await.toast(), "They're already marked so.");
    place.app.alice.post(&format!("/insights/{two}/separations"), &[]).await.to();
    let back = place.tie("same", one, two).await;
    assert!(back.text("#team").contains("2 people said so"));
    assert!(!undone(&place.app, &back).await.text("#team").contains("2 people said so"));
}

fn form_fields<'a>(form: &'a crate::support::Form, kind: &'a str) -> Vec<(&'a str, &'a str)> {
    form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain([("kind", kind)]).collect()
}

#[tokio::test]
async fn contradicting_lines_stand_side_by_side_until_that_is_taken_away() {
    let place = Place::new().await;
    let one = place.said(place.ada, "culture", "Everyone works at home").await;
    let two = place.said(place.grace, "culture", "All come in on Tuesdays").await;
    let page = place.tie("contrary", one, two).await;
    assert_eq!(page.texts("#culture .disputed .side .said"), ["Everyone works at home", "All come in on Tuesdays"]);
    assert!(page.text("#culture").contains("They disagree"));
    assert!(!undone(&place.app, &page).await.text("#culture").contains("They disagree"));

    place.tie("contrary", one, two).await;
    let page = place.page().await;
    let form = page.form("#culture form[action^='/insight-links/removals']");
    let gone = place.app.alice.follow(&form.submit(&place.app.alice).await).await;
    assert!(!gone.text("#culture").contains("They disagree"));
    let again = undone(&place.app, &gone).await;
    assert!(again.text("#culture").contains("They disagree"));
    // Saying the same is the stronger word; taking that back shows the contradiction again.
    let same = place.tie("same", one, two).await;
    assert!(same.text("#culture").contains("2 people said so") && !same.text("#culture").contains("They disagree"));
    assert!(place.tie("contrary", one, two).await.toast().starts_with("These are marked as saying the same"));
    assert!(undone(&place.app, &same).await.text("#culture").contains("They disagree"));
}

#[tokio::test]
async fn a_proposal_is_answered_once() {
    let place = Place::new().await;
    let one = place.said(place.ada, "team", "Seven analysts").await;
    let two = place.said(place.grace, "team", "Analysts there are seven").await;
    assert!(place.page().await.has("form.alike"));
    let page = place.tie("apart", one, two).await;
    assert!(!page.has("form.alike"));
    assert!(undone(&place.app, &page).await.has("form.alike"));
}

#[tokio::test]
async fn ticked_lines_are_tied_and_too_few_or_many_are_told() {
    let place = Place::new().await;
    let mut lines = Vec::new();
    for text in ["One", "Two", "Three"] {
        lines.push(place.said(place.ada, "team", text).await.to_string());
    }
    let post = async |ticked: &[String], kind: &str| {
        let fields: Vec<(&str, &str)> =
            ticked.iter().map(|line| ("line", line.as_str())).chain([("kind", kind)]).collect();
        place.app.alice.post("/insight-links", &fields).await
    };
    let toast = async |ticked: &[String], kind: &str| place.app.alice.follow(&post(ticked, kind).await).await.toast();
    assert_eq!(toast(&lines[..1], "same").await, "Tick two lines or more that say the same.");
    assert_eq!(toast(&lines, "contrary").await, "Tick the two lines that contradict each other.");
    assert_eq!(toast(&lines, "same").await, "3 lines say the same now.");
    post(&lines[..2], "weather").await.is(400);
    post(&[lines[0].clone(), InsightId::new().to_string()], "same").await.is(404);
    let page = place.page().await;
    assert_eq!(page.all("#team .rows.lines > li").len(), 1);
    assert_eq!(page.all("#team .voice").len(), 3);
}

#[tokio::test]
async fn own_research_is_added_edited_weighed_filed_elsewhere_and_hidden_and_each_is_taken_back() {
    let place = Place::new().await;
    let app = &place.app;
    let form = place.page().await.form_to(&format!("/companies/{}/insights", place.company));
    let wrong =
        form.clone().fill("What you found out", " ").set("topic", "weather").submit(&app.alice).await.is(422).page();
    assert_eq!(wrong.error_of("What you found out"), "Enter something here");
    assert!(!wrong.error_of("Topic").is_empty());
    let form = form.fill("What you found out", "Python, says the posting").set("topic", "requirements");
    form.clone().submit(&app.alice).await.to();
    let added = app.alice.follow(&form.submit(&app.alice).await).await;
    assert_eq!(count(app, "select count(*) from insights where user_id = $1").await, 1, "sent twice, kept once");
    assert!(
        added.text("#requirements").contains("Not sure yet") && added.text("#requirements").contains("Own research")
    );
    let id: String = sqlx::query_scalar("select id::text from insights where user_id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    let back = place.path();

    let press = async |path: &str, fields: &[(&str, &str)]| {
        let fields: Vec<_> = fields.iter().copied().chain([("back", back.as_str())]).collect();
        app.alice.follow(&app.alice.post(&format!("/insights/{id}/{path}"), &fields).await).await
    };
    let weighed = press("weights", &[("weight", "essential")]).await;
    assert_eq!(weighed.texts("#requirements h3"), ["Essential"]);
    let taken_back = undone(app, &weighed).await;
    assert_eq!(taken_back.texts("#requirements h3"), ["Not sure yet"]);
    app.alice.post(&format!("/insights/{id}/undos"), &[]).await.is(404);
    app.alice.post(&format!("/insights/{id}/weights"), &[("weight", "heavy")]).await.is(400);

    let hidden = press("hidings", &[]).await;
    assert!(!hidden.has("#requirements") && hidden.says("Hidden lines: 1"));
    assert!(undone(app, &hidden).await.has("#requirements"));
    press("hidings", &[]).await;
    let form = place.page().await.form(".hidden-lines form");
    assert!(app.alice.follow(&form.submit(&app.alice).await).await.has("#requirements"));

    let edit = format!("/insights/{id}/edit?back={back}");
    let form = app.alice.get(&edit).await.is(200).page().form_to(&format!("/insights/{id}"));
    let stale = form.clone();
    form.clone().fill("What you learned", "").submit(&app.alice).await.is(422);
    let answer =
        form.fill("What you learned", "They write in Python").set("topic", "day_to_day").submit(&app.alice).await;
    assert_eq!(answer.to(), back);
    let filed = app.alice.follow(&answer).await;
    assert!(filed.text("#work").contains("They write in Python") && !filed.has("#requirements"));
    let conflict = stale.clone().fill("What you learned", "Mine").submit(&app.alice).await.is(409).page();
    assert!(conflict.says("They write in Python"));
    assert_eq!(conflict.form_to(&format!("/insights/{id}")).filled("What you learned"), "Mine");
    assert!(undone(app, &filed).await.text("#requirements").contains("Python, says the posting"));

    let gone = press("deletions", &[]).await;
    assert!(!gone.has("#requirements"));
    assert!(undone(app, &gone).await.has("#requirements"));
}

#[tokio::test]
async fn gaps_propose_questions_and_one_press_adds_them_to_the_talk_that_comes() {
    let place = Place::new().await;
    place.said(place.ada, "team", "Seven").await;
    let gaps = place.page().await;
    assert!(gaps.text("#gaps").contains("Team and structure 1 person so far"));
    assert!(gaps.text("#gaps").contains("Culture no one yet"));
    let form = gaps.form("#gaps form");
    assert_eq!(form.action, format!("/interviews/{}/questions", place.ada.1), "the talk that comes first");
    let picks = form.fields.iter().filter(|(name, _)| name == "pick").count();
    let shown = place.app.alice.follow(&form.press("Add these questions to that talk", &place.app.alice).await).await;
    assert_eq!(shown.all("#questions ol > li").len(), picks);
    assert!(!place.page().await.form("#gaps form").fields.iter().any(|(_, value)| shown.says(value)));

    place.said(place.grace, "team", "Seven, and one more").await;
    assert!(!place.page().await.text("#gaps").contains("Team and structure"), "two voices are enough");
    let prepare = place.app.alice.get(&format!("/interviews/{}/prepare", place.grace.1)).await.is(200).page();
    assert!(prepare.text("#lacking").contains("Culture no one yet"));
    let form = prepare.form("#lacking form");
    let picked = place.app.alice.follow(&form.press("Add these questions", &place.app.alice).await).await;
    assert!(picked.toast().ends_with("questions added."));
}

#[tokio::test]
async fn without_a_talk_ahead_the_questions_wait() {
    let place = Place::new().await;
    sqlx::query("update informational_interviews set starts_at = $2 where user_id = $1")
        .bind(place.app.alice.id)
        .bind(inroad::database::At(Timestamp::from_second(1_700_000_000).unwrap()))
        .execute(&place.app.db)
        .await
        .unwrap();
    place.said(place.ada, "team", "Seven").await;
    let page = place.page().await;
    assert!(page.text("#gaps").contains("Ask these in the next talk here") && !page.has("#gaps form"));
}

#[tokio::test]
async fn the_document_holds_the_same_lines() {
    let place = Place::new().await;
    place.said(place.ada, "team", "# Seven *analysts*").await;
    let answer = place.app.alice.get(&format!("{}.md", place.path())).await.is(200);
    assert_eq!(answer.header("content-type"), "text/markdown; charset=utf-8");
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"dossier-orbit.md\"; filename*=UTF-8''dossier-orbit.md"
    );
    assert!(answer.body.contains("# Orbit: dossier\n") && answer.body.contains("- \\# Seven \\*analysts\\*\\\n"));
    place.app.charlie.get(&format!("{}.md", place.path())).await.is(404);
    place.app.bob.get(&format!("{}.md", place.path())).await.is(200);
}

#[tokio::test]
async fn who_is_in_the_bin_says_nothing_and_comes_back() {
    let place = Place::new().await;
    place.said(place.ada, "team", "Seven").await;
    place.app.alice.post(&format!("/contacts/{}/deletions", place.ada.0), &[]).await.to();
    assert!(!place.page().await.has("#team"));
    place.app.alice.post(&format!("/contacts/{}/restorations", place.ada.0), &[]).await.to();
    assert!(place.page().await.text("#team").contains("Seven"));
    place.app.alice.post(&format!("/companies/{}/deletions", place.company), &[]).await.to();
    place.app.alice.get(&place.path()).await.is(404);
}

#[tokio::test]
async fn lines_that_agree_by_way_of_one_that_is_purged_stay_together() {
    let place = Place::new().await;
    let (one, two) = (place.said(place.ada, "team", "Seven").await, place.said(place.grace, "team", "7").await);
    let between = place.said(place.grace, "team", "Seven, or 7").await;
    place.tie("same", one, between).await;
    place.tie("same", between, two).await;
    place.app.alice.post(&format!("/insights/{between}/deletions"), &[]).await.to();
    assert!(place.page().await.text("#team").contains("2 people said so"));
    let later = place.app.now() + jiff::SignedDuration::from_hours(24 * 31);
    inroad::trash::purge::purge(&place.app.db, later).await.unwrap();
    assert_eq!(count(&place.app, "select count(*) from insights where user_id = $1").await, 2);
    assert!(place.page().await.text("#team").contains("2 people said so"));
}

#[tokio::test]
async fn a_coach_reads_and_changes_nothing() {
    let place = Place::new().await;
    let one = place.said(place.ada, "team", "Seven").await;
    let two = place.said(place.grace, "team", "Nine").await;
    let bob = &place.app.bob;
    assert!(bob.get(&place.path()).await.is(200).page().text("#team").contains("Seven"));
    for path in ["weights", "hidings", "showings", "undos", "separations"] {
        bob.post(&format!("/insights/{one}/{path}"), &[]).await.is(403);
        place.app.charlie.post(&format!("/insights/{one}/{path}"), &[]).await.is(404);
    }
    let (one, two) = (one.to_string(), two.to_string());
    let fields = [("one", one.as_str()), ("with", two.as_str()), ("kind", "same")];
    bob.post("/insight-links", &fields).await.is(403);
    place.app.charlie.post("/insight-links", &fields).await.is(404);
    assert_eq!(count(&place.app, "select count(*) from insight_links where user_id = $1").await, 0);
}

#[tokio::test]
async fn an_empty_dossier_teaches() {
    let app = App::start().await;
    let company = app.alice.company("Orbit").await;
    let page = app.alice.get(&format!("/companies/{company}/dossier")).await.is(200).page();
    assert_eq!(page.text(".empty h2"), "Nothing known from inside yet");
    assert_eq!(page.link("Schedule a talk"), "/interviews/new");
    assert!(app.alice.get(&format!("/companies/{company}")).await.page().says("Empty so far"));
}
