//! The seeker: reads Today's lines by their verbs and does each as it offers itself.

use std::collections::BTreeSet;

use scraper::{ElementRef, Selector};

use super::scene::Search;
use crate::support::{Answer, Form, Page};

/// How often Today is read through in a day; more would mean that what is done comes back.
const MOST: usize = 15;

/// Verbs of first messages, which wait while someone else at the company may answer.
const FIRST: [&str; 4] =
    ["Send a request to", "Ask for a talk:", "Ask for an introduction to", "Ask for an introduction:"];

/// A line of Today.
#[derive(Debug, Clone)]
pub struct Line {
    /// The id of its element.
    pub key: String,
    /// What to do.
    pub verb: String,
    /// Where.
    pub href: String,
}

/// The lines of the day; nobody and nothing has two.
pub fn lines(page: &Page) -> Vec<Line> {
    let select = |css: &str| Selector::parse(css).unwrap();
    let (verb, link) = (select("b"), select("a[href]"));
    let first = |of: ElementRef<'_>, what: &Selector| {
        of.select(what).next().map(|e| (words(e), e.attr("href").map(str::to_owned)))
    };
    let read = |line: ElementRef<'_>| Line {
        key: line.attr("id").unwrap().to_owned(),
        verb: first(line, &verb).unwrap().0,
        href: first(line, &link).unwrap().1.unwrap(),
    };
    let lines: Vec<Line> = page.all("li[data-row][id^=line-]").into_iter().map(read).collect();
    let keys: BTreeSet<&str> = lines.iter().map(|line| line.key.as_str()).collect();
    assert_eq!(keys.len(), lines.len(), "two next steps: {lines:?}");
    lines
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The form of a line that leads to a resource.
fn own_form(page: &Page, line: &Line, resource: &str) -> Form {
    page.form(&format!("[id='{}'] form[action$='/{resource}']", line.key))
}

impl Search {
    /// Does the whole day, the talks of the day last, until nothing is left and Today says so; returns Today as it is then.
    pub async fn work(&mut self) -> Page {
        for _ in 0..MOST {
            let page = self.page("/").await;
            let lines = lines(&page);
            let (talks, others): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.verb == "Talk with");
            if lines.is_empty() {
                assert!(page.says("Done for today"), "seed {}, {}: {}", self.seed, self.day, page.text("main"));
                return page;
            }
            for line in if others.is_empty() { talks } else { others } {
                // What was done meanwhile may hold a first message back.
                let is_first = FIRST.contains(&line.verb.as_str());
                if is_first && self::lines(&self.page("/").await).iter().all(|now| now.key != line.key) {
                    continue;
                }
                self.act(&page, line).await;
            }
        }
        panic!("seed {}, {}: the day does not end: {:?}", self.seed, self.day, lines(&self.page("/").await));
    }

    async fn act(&mut self, page: &Page, line: &Line) {
        match line.verb.as_str() {
            "Send a request to"
            | "Ask for a talk:"
            | "Follow up with"
            | "Second follow-up to"
            | "Moving-on note to"
            | "Write to"
                if self.chance(6) =>
            {
                own_form(page, line, "snoozes").submit(&self.alice).await.to();
            }
            "Thank"
            | "Send a request to"
            | "Ask for a talk:"
            | "Follow up with"
            | "Second follow-up to"
            | "Moving-on note to"
            | "Write to" => self.write(&line.href).await,
            "Ask someone else besides" => self.ask_a_second_person(page, line).await,
            "Another way to" => self.try_another_way(page, line).await,
            "Agree on a time with" => self.agree_on_a_time(&line.href).await,
            "Prepare the talk with" | "Send your questions to" => self.prepare(&line.href).await,
            "Talk with" | "How did it go with" | "Read the answers of" | "Did they answer:" => {
                self.hold(&line.href).await;
            }
            "You promised" => _ = own_form(page, line, "done-marks").submit(&self.alice).await.to(),
            "Remind, gently:" => {
                let page = self.page(&line.href).await;
                self.send(&page, "reminder").await.to();
            }
            "Ask for an introduction to" if self.chance(40) => self.write(&line.href).await,
            "Ask for an introduction to" => self.ask_whoever_knows_them(&line.href).await,
            "Ask for an introduction:" | "Remind once, gently:" if line.href.starts_with("/introductions/") => {
                self.ask_for_an_introduction(&line.href).await;
            }
            "Ask for a referral:" | "Remind once, gently:" => {
                let page = self.page(&line.href).await;
                self.send(&page, "message").await.to();
                self.asked_to_refer(&line.href);
            }
            "Is it made?" => _ = own_form(page, line, "makings").submit(&self.alice).await.to(),
            "Make it easy for" | "Tell and thank" => {
                let page = self.page(&line.href).await;
                self.send(&page, "message").await.to();
            }
            "For the referral by" => _ = own_form(page, line, "done-marks").submit(&self.alice).await.to(),
            "Waiting on" => {
                let resource = if self.chance(50) { "done-marks" } else { "due-dates" };
                own_form(page, line, resource).submit(&self.alice).await.to();
            }
            _ => panic!("Today offers what nobody here knows: {line:?}"),
        }
    }

    /// Marks a composer's message as sent: without a note where the page says that none is left, as it is where gaps are open.
    async fn send(&self, page: &Page, from: &str) -> Answer {
        let composer = |page: &Page| page.form(&format!("form:has([name=from][value={from}])"));
        let no_note = page.says("Send the request without a note");
        let label = if no_note { "Sent without a note" } else { "Mark as sent" };
        let answer = composer(page).press(label, &self.alice).await;
        if answer.status != 422 {
            return answer;
        }
        composer(&answer.page()).press("Send as it is", &self.alice).await
    }

    /// Writes the message that stands ready on a contact's page. Now and then it was a slip, and is taken back at once.
    pub async fn write(&mut self, contact: &str) {
        let page = self.page(contact).await;
        let kind = page.form("form:has([name=from][value=message])").value("kind").to_owned();
        let answer = self.send(&page, "message").await;
        if self.chance(4) {
            self.alice.follow(&answer).await.undo().submit(&self.alice).await.to();
            return;
        }
        answer.to();
        self.sent(contact, &kind);
    }

    /// Asks whoever is known to introduce someone for it.
    async fn ask_whoever_knows_them(&mut self, contact: &str) {
        let links = self.page(contact).await.links();
        let (_, new) = links
            .into_iter()
            .find(|(_, to)| to.starts_with("/introductions/new?introducer=") && to.contains("introduced="))
            .unwrap();
        let form = self.page(&new).await.form_to("/introductions");
        let introduction = form.submit(&self.alice).await.to();
        self.ask_for_an_introduction(&introduction).await;
    }

    /// Sends the message of an introduction's page.
    async fn ask_for_an_introduction(&mut self, introduction: &str) {
        let form = self.page(introduction).await.form(&format!("form[action^='{introduction}/']:has(#message)"));
        form.press("Mark as sent", &self.alice).await.to();
        self.asked_to_introduce(introduction);
    }

    /// Asks the second person the page names; finds one where nobody is known; else lets it be.
    async fn ask_a_second_person(&mut self, today: &Page, line: &Line) {
        let page = self.page(&line.href).await;
        if page.has("form[action$='/second-people']") {
            page.form("form[action$='/second-people']").submit(&self.alice).await.to();
            return;
        }
        let search = page.links().into_iter().find(|(words, _)| words == "Find someone there");
        if let Some((_, company)) = search
            && self.chance(60)
        {
            let name = self.page(&company).await.text("h1");
            self.find_somebody(&name, true).await;
        } else if self.chance(50) {
            own_form(today, line, "snoozes").press_last(&self.alice).await.to();
        } else {
            own_form(today, line, "dismissals").set("note", "Nobody else there").submit(&self.alice).await.to();
        }
    }

    async fn try_another_way(&mut self, today: &Page, line: &Line) {
        match self.number(0..=9) {
            0..=4 => self.write(&line.href).await,
            5..=6 => {
                let page = self.page(&line.href).await;
                page.form_with("Move on").unwrap().press("Move on", &self.alice).await.to();
            }
            7..=8 => {
                let page = self.page(&line.href).await;
                let form = page.form("form:has([value=done_otherwise])");
                form.set("note", "Said hello at a meetup").press("Done", &self.alice).await.to();
            }
            _ => _ = own_form(today, line, "dismissals").set("note", "Not now").submit(&self.alice).await.to(),
        }
    }
}

impl Form {
    /// Sends it with its last button.
    pub async fn press_last(self, by: &crate::support::Person) -> Answer {
        let label = self.buttons.last().unwrap().label.clone();
        self.press(&label, by).await
    }
}
