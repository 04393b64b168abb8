//! Where a referral ends: what was to be done for it goes with it, and comes back with it.

use crate::referrals::Scene;

impl Scene {
    /// The lines of today about Grace.
    async fn lines(&self) -> Vec<String> {
        let lines = self.show("/").await.texts("li[data-row]");
        lines.into_iter().filter(|line| line.contains("Grace Hopper") && line.contains("referral")).collect()
    }

    /// The number beside Today.
    async fn badge(&self) -> String {
        self.show("/settings").await.text(".rail a[href='/'] .count")
    }

    /// Grace agreed a week ago, and nothing was done since but what a person does at once.
    async fn agreed(&self) -> String {
        let path = self.to_ask().await;
        // Grace herself is to be written to some other day.
        sqlx::query("update contacts set next_due = null").execute(&self.app.db).await.unwrap();
        self.agree(&path, "Referral link").await.to();
        sqlx::query("update contacts set next_due = null").execute(&self.app.db).await.unwrap();
        self.days(9);
        path
    }
}

#[tokio::test]
async fn tasks_end_with_the_referral_and_come_back_with_it() {
    for end in ["makings", "withdrawals", "Closed", "Rejected", "Accepted", "Withdrawn"] {
        let scene = Scene::set().await;
        let path = scene.agreed().await;
        let (lines, badge) = (scene.lines().await, scene.badge().await);
        assert!(lines.iter().any(|line| line.contains("Send the referral link")), "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("Apply through the referral link")), "{lines:?}");
        let page = if end.ends_with('s') {
            scene.alice().follow(&scene.alice().post(&format!("{path}/{end}"), &[]).await).await
        } else {
            scene.move_opening(end).await
        };
        let left = scene.lines().await;
        assert!(
            left.iter().all(|line| !line.contains("referral link") && !line.contains("Make it easy")),
            "{end}: {left:?}"
        );
        assert!(end == "makings" || scene.badge().await.is_empty(), "{end}: {}", scene.badge().await);
        let of_it = scene.show(&path).await;
        assert!(of_it.says("not needed any more"), "{end}");
        assert!(!of_it.has("form[action$='/done-marks']"), "{end}");
        page.undo().submit(scene.alice()).await.to();
        assert_eq!((scene.lines().await, scene.badge().await), (lines, badge), "{end} taken back");
    }
}

#[tokio::test]
async fn nobody_is_asked_or_reminded_for_an_opening_that_is_over() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    scene.move_opening("Closed").await;
    assert_eq!(scene.step(&path).await, "Nothing to do now");
    assert!(scene.show(&path).await.says("The opening is over"));
    scene.move_opening("Applied").await;
    assert_eq!(scene.step(&path).await, "Ask for a referral Due today");
}

#[tokio::test]
async fn once_all_is_done_it_is_asked_whether_it_is_made() {
    let scene = Scene::set().await;
    let path = scene.agreed().await;
    assert!(scene.step(&path).await.starts_with("Make it easy for them"));
    let mut last = None;
    for _ in 0..4 {
        let page = scene.show(&path).await;
        let done = page.forms().into_iter().find(|form| form.action.ends_with("/done-marks")).unwrap();
        last = Some(scene.alice().follow(&done.submit(scene.alice()).await).await);
    }
    assert_eq!(scene.step(&path).await, "Is it made? Due today");
    assert!(scene.lines().await.iter().any(|line| line.contains("Is it made?")), "{:?}", scene.lines().await);
    let page = scene.show(&path).await;
    assert!(!page.has("textarea#message"), "there's no one to remind");
    last.unwrap().undo().submit(scene.alice()).await.to();
    assert!(scene.step(&path).await.starts_with("Make it easy for them"), "one thing is to be done again");
    let again = scene.show(&path).await.forms().into_iter().find(|form| form.action.ends_with("/done-marks")).unwrap();
    again.submit(scene.alice()).await.to();
    // The press on the line of Today says that it is made.
    let form = scene.show("/").await.form_to(&format!("{path}/makings"));
    let page = scene.alice().follow(&form.submit(scene.alice()).await).await;
    assert!(scene.step(&path).await.starts_with("Tell them and thank them"));
    page.undo().submit(scene.alice()).await.to();
    assert_eq!(scene.step(&path).await, "Is it made? Due today");
}

#[tokio::test]
async fn a_talk_comes_before_a_referral() {
    let scene = Scene::set().await;
    let rows = scene.app.rows(scene.alice());
    for n in 0..12 {
        rows.contact(&format!("Person {n:02}"), Some(scene.company)).await;
    }
    let (company, opening) = (format!("/companies/{}", scene.company), format!("/openings/{}", scene.opening));
    for (path, word) in [(&company, "Write"), (&opening, "Ask for a talk")] {
        let page = scene.show(path).await;
        assert!(!page.says("Ask for a referral"), "{path}: nobody there ever answered");
        let first = format!("{word}: ");
        assert_eq!(page.link(&format!("{first}Grace Hopper")), format!("/contacts/{}", scene.grace));
        let asked = page.links().into_iter().filter(|(label, _)| label.starts_with(&first)).count();
        assert_eq!(asked, 10, "{path}: the best ten");
        assert_eq!(page.link("All 13"), format!("/contacts?company={}", scene.company));
    }
    assert!(scene.show(&opening).await.says("Ask anyone there who answers you"));
    assert!(!scene.show(&format!("/contacts/{}", scene.grace)).await.says("Ask for a referral"));
    let page = scene.show(&format!("/referrals/new?contact={}", scene.grace)).await;
    assert_eq!(page.link("ask for a talk"), format!("/contacts/{}", scene.grace));
    // Chosen on the page itself, it is said before anything is added.
    let grace = scene.grace.to_string();
    let page = scene.alice().post("/referrals", &[("contact", &grace)]).await.is(422).page();
    assert!(page.error_of("Who could refer you").starts_with("Talk with them first"));
    page.form_to("/referrals").submit(scene.alice()).await.to();

    // She answered.
    rows.touchpoint(scene.grace, "held", "none").await;
    sqlx::query(
        "update contacts set stage = 'in_touch', next_step = 'write', last_touch_on = '2026-11-20' where id = $1",
    )
    .bind(scene.grace)
    .execute(&scene.app.db)
    .await
    .unwrap();
    let page = scene.show(&company).await;
    let people = page.links().into_iter().filter(|(label, _)| label.starts_with("Ask for a"));
    assert!(people.clone().next().unwrap().0.starts_with("Ask for a referral: Grace Hopper"), "she comes first");
    assert_eq!(people.filter(|(label, _)| label.starts_with("Ask for a referral")).count(), 1);
    let page = scene.show(&opening).await;
    let offered = page.all("form[action$='/confirmations'] datalist option");
    let offered: Vec<_> = offered.into_iter().filter_map(|option| option.attr("value")).collect();
    assert_eq!(offered, ["Grace Hopper"], "who answered is offered first");
    assert!(scene.show(&format!("/contacts/{}", scene.grace)).await.says("Ask for a referral"));
    assert!(!scene.show(&format!("/referrals/new?contact={}", scene.grace)).await.says("has not talked with you yet"));
}
