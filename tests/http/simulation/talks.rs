//! Talks: a time is found, the talk prepared, held or not, and wrapped up with what it brought.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar;
use super::scene::Search;

impl Search {
    /// Sets the time with someone who said yes, or proposes three, or asks once more.
    pub async fn agree_on_a_time(&mut self, contact: &str) {
        let page = self.page(contact).await;
        if self.chance(65) {
            let mut form = self.page(&page.link("Set the time")).await.form_to("/interviews");
            let ahead = if self.chance(10) { 0 } else { self.number(1..=6) };
            let on = calendar::after(self.day, ahead);
            let time = self.one_of(&["10:00", "11:30", "14:00", "15:15"]);
            form = form.set("date", &on.to_string()).set("time", time);
            if self.chance(12) {
                form = form.set("way", "in_writing");
            }
            let talk = form.submit(&self.alice).await.to();
            self.scheduled(&talk, on);
            return;
        }
        if let Some((_, href)) = page.links().into_iter().find(|(words, _)| words == "Suggest times")
            && self.chance(60)
        {
            let form = self.page(&href).await.form_to(&href);
            form.press("Keep these times", &self.alice).await.to();
        }
        self.write(contact).await;
        self.proposed(contact);
    }

    /// The day of a talk, as its page says.
    pub async fn day_of(&self, talk: &str) -> Date {
        let page = self.page(talk).await;
        page.all("dl.facts time[datetime]")[0].attr("datetime").unwrap()[..10].parse().unwrap()
    }

    /// Moves a talk through the page where that is done.
    pub async fn move_talk(&mut self, edit: &str, to: Date) {
        let talk = edit.trim_end_matches("/edit");
        let form = self.page(edit).await.form_to(talk);
        form.set("date", &to.to_string()).submit(&self.alice).await.to();
    }

    /// Takes the questions that are suggested, and is ready.
    pub async fn prepare(&self, prepare: &str) {
        let page = self.page(prepare).await;
        let questions = prepare.replace("/prepare", "/questions");
        let suggested = page.form_to(&questions);
        if !suggested.value("pick").is_empty() {
            suggested.submit(&self.alice).await.to();
        }
        let ready = self.page(prepare).await.form_to(&prepare.replace("/prepare", "/preparations"));
        ready.submit(&self.alice).await.to();
    }

    /// The talk of the day, in the afternoon: someone does not come now and then.
    pub async fn hold(&mut self, line: &str) {
        let talk = line.trim_end_matches("/live").trim_end_matches("/wrap-up");
        self.at(17);
        if self.chance(10) {
            let page = self.page(talk).await;
            let form = page.form_with("It did not take place").unwrap();
            form.press("It did not take place", &self.alice).await.to();
            return;
        }
        self.catch(talk).await;
        self.wrap_up(talk).await;
    }

    /// Catches one thing while they talk.
    async fn catch(&self, talk: &str) {
        let page = self.page(&format!("{talk}/live")).await;
        if !page.has("#catch-form") {
            return;
        }
        let form = page.form("#catch-form").set("line", "Everyone writes SQL");
        let is_insight = |field: &Option<(String, String)>| field.as_ref().is_some_and(|(_, word)| word == "insight");
        let label = form.buttons.iter().find(|button| is_insight(&button.field)).unwrap().label.clone();
        form.press(&label, &self.alice).await;
    }

    async fn wrap_up(&mut self, talk: &str) {
        let path = format!("{talk}/wrap-up");
        let page = self.page(&path).await;
        if let Some(caught) = page.form_with("Save all") {
            caught.press("Save all", &self.alice).await.to();
        }
        if self.chance(70) {
            let form = page.form_to(&format!("{talk}/insights")).fill("What you learned", "They hire in spring");
            form.submit(&self.alice).await.to();
        }
        for whose in ["mine", "theirs"] {
            if self.chance(45) {
                let due = self.day.saturating_add(i64::try_from(self.number(1..=9)).unwrap().days());
                let form = page.form_to(&format!("{talk}/action-items")).fill("What", "Send the paper");
                form.set("whose", whose).set("due_on", &due.to_string()).submit(&self.alice).await.to();
            }
        }
        if self.chance(20) {
            let name = format!("Mentioned on {}", self.day);
            let form = page.form_to(&format!("{talk}/people")).fill("Name", &name);
            form.submit(&self.alice).await.to();
        }
        let will_ask = self.chance(45);
        let before = self.number(1..=3).to_string();
        let form = self.page(&path).await.form_to(&format!("{talk}/outcomes"));
        let form = form
            .fill("Referral", if will_ask { "will_ask" } else { "" })
            .set("how_it_went", "4")
            .set("their_share", "70")
            .set("confidence_before", &before)
            .set("confidence_after", "4");
        let answer = form.submit(&self.alice).await;
        let page = self.alice.follow(&answer).await;
        // What is said makes the referral, once.
        assert!(!will_ask || page.has("a[href^='/referrals/0']"), "{}", page.text("main"));
    }
}
