//! Referrals move by move: taken back, put off, with faults; tasks and news along the way.

use crate::referrals::Scene;

#[tokio::test]
async fn every_move_can_be_taken_back() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    let mut before = vec![scene.step(&path).await];
    let mut undos = Vec::new();
    for n in 0..4 {
        let answer = match n {
            0 => scene.send(&path, "asks").await,
            1 => scene.agree(&path, "Referral link").await,
            2 => {
                scene
                    .show(&path)
                    .await
                    .form_to(&format!("{path}/makings"))
                    .press("The referral is made", scene.alice())
                    .await
            }
            _ => scene.send(&path, "tellings").await,
        };
        undos.push(scene.alice().follow(&answer).await.undo());
        before.push(scene.step(&path).await);
    }
    for undo in undos.into_iter().rev() {
        before.pop();
        let again = undo.clone();
        assert_eq!(undo.submit(scene.alice()).await.to(), path);
        assert_eq!(&scene.step(&path).await, before.last().unwrap());
        again.submit(scene.alice()).await.to();
        assert_eq!(&scene.step(&path).await, before.last().unwrap(), "a second press");
    }
    let page = scene.show(&path).await;
    assert!(!page.says("Send the referral link") || page.has("details"), "the tasks are gone");
    let tasks: i64 = sqlx::query_scalar("select count(*) from referral_tasks").fetch_one(&scene.app.db).await.unwrap();
    assert_eq!(tasks, 0);
}

#[tokio::test]
async fn a_move_with_faults_shows_them_and_what_was_typed() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    let too_long = "x".repeat(20_001);
    let page =
        scene.alice().post(&format!("{path}/asks"), &[("body", &too_long), ("on", "2026-12-01")]).await.is(422).page();
    assert!(page.text("textarea#message").starts_with("xxx"));
    assert!(page.text(".summary").contains("At most 20000 characters"), "{}", page.text(".summary"));
    let page = scene.alice().post(&format!("{path}/agreements"), &[]).await.is(422).page();
    assert!(page.says("Choose how it works there"));
    let page = scene.alice().post(&format!("{path}/makings"), &[]).await.is(422).page();
    assert!(page.says("Choose how they referred you"));
    assert_eq!(scene.history().await, Vec::<String>::new());
    scene.alice().post(&format!("{path}/outcomes"), &[("outcome", "fame")]).await.is(400);
    scene.alice().post(&format!("{path}/snoozes"), &[("until", "2026-11-24")]).await.is(400);
}

#[tokio::test]
async fn a_step_is_put_off_and_taken_back() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    let form = scene.show(&path).await.form_to(&format!("{path}/snoozes")).fill("Snooze until", "2026-12-05");
    let page = scene.alice().follow(&form.submit(scene.alice()).await).await;
    assert_eq!(page.toast(), "Due 5 December.", "a day the user picked stands, though it be a Saturday");
    let page = scene.alice().follow(&page.undo().submit(scene.alice()).await).await;
    assert_eq!(page.toast(), "Due today.");
    assert_eq!(scene.step(&path).await, "Ask for a referral Due today");
}

#[tokio::test]
async fn tasks_are_done_opened_again_and_moved() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    scene.agree(&path, "Referral link").await.to();
    let page = scene.show(&path).await;
    let action = page.all("form[action$='/done-marks']")[0].attr("action").unwrap().to_owned();
    let page = scene.alice().follow(&page.form_to(&action).submit(scene.alice()).await).await;
    assert_eq!(page.texts("s").len(), 1);
    let page = scene.alice().follow(&page.undo().submit(scene.alice()).await).await;
    assert_eq!(page.texts("s").len(), 0);
    let due = action.replace("done-marks", "due-dates");
    let page = scene.alice().follow(&scene.alice().post(&due, &[("due_on", "2026-12-24")]).await).await;
    assert!(page.says("24 December"));
    scene.alice().post(&due, &[("due_on", "soon")]).await.is(400);
    // It works otherwise there: what was not done makes room.
    let form = page.form_to(&format!("{path}/agreements")).tick("They hand in the résumé");
    let page = scene.alice().follow(&form.press("Change it", scene.alice()).await).await;
    assert!(page.says("Hand in the résumé") && !page.says("Send the referral link"));
    assert_eq!(scene.history().await, ["referral_agreed"]);
}

#[tokio::test]
async fn the_news_goes_back_with_the_change() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    scene.agree(&path, "Referral link").await.to();
    scene.alice().post(&format!("{path}/makings"), &[]).await.to();
    scene.send(&path, "tellings").await.to();
    let page = scene.move_opening("Interviewing").await;
    assert!(scene.step(&path).await.starts_with("Tell them and thank them"));
    page.undo().submit(scene.alice()).await.to();
    assert_eq!(scene.step(&path).await, "Nothing to do now");
    assert!(scene.show(&path).await.texts(".steps li").last().unwrap().starts_with("Outcome"));
}

#[tokio::test]
async fn without_an_opening_the_outcome_is_the_news() {
    let scene = Scene::set().await;
    let page = scene.show(&format!("/referrals/new?contact={}", scene.grace)).await;
    let path = page.form_to("/referrals").submit(scene.alice()).await.to();
    scene.alice().post(&format!("{path}/makings"), &[("way", "introduction")]).await.to();
    scene.send(&path, "tellings").await.to();
    let form = scene.show(&path).await.form_to(&format!("{path}/outcomes"));
    let page = scene.alice().follow(&form.press("Interview", scene.alice()).await).await;
    assert_eq!(page.toast(), "Outcome: interview.");
    assert_eq!(scene.step(&path).await, "Tell them and thank them Due tomorrow");
    page.undo().submit(scene.alice()).await.to();
    assert!(scene.show(&path).await.texts(".steps li").last().unwrap().starts_with("Outcome"));
}

#[tokio::test]
async fn a_change_of_the_very_instant_of_the_telling_is_told() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    scene.agree(&path, "Referral link").await.to();
    scene.alice().post(&format!("{path}/makings"), &[]).await.to();
    for status in ["Interviewing", "Rejected"] {
        scene.send(&path, "tellings").await.to();
        assert_eq!(scene.step(&path).await, "Nothing to do now");
        let opening = format!("/openings/{}", scene.opening);
        let form = scene.show(&opening).await.form_to(&format!("{opening}/statuses"));
        form.press(status, scene.alice()).await.to();
        assert!(scene.step(&path).await.starts_with("Tell them and thank them"), "{status}");
    }
}
