//! What the world answers, by dice: days later, through the forms in which a user writes it down.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar;
use super::scene::Search;
use crate::support::{Form, Page};

/// Something that is heard on a day.
#[derive(Debug, Clone)]
pub struct Letter {
    pub on: Date,
    /// The page of whom, or what, it is about.
    pub to: String,
    pub says: Says,
}

#[derive(Debug, Clone, Copy)]
pub enum Says {
    /// One press of these words.
    Press(&'static str),
    /// Later: one of the days there are.
    Later,
    /// Ask someone else.
    Names,
    /// One of the times that were proposed.
    TakesATime,
    /// The talk on another day.
    MovesTheTalk,
    /// Yes to a referral, and how it works there.
    Agrees,
    /// An opening moves.
    OpeningMoves,
}

impl Search {
    /// Something will be heard `days` from now.
    fn will_hear(&mut self, to: &str, days: usize, says: Says) {
        let on = self.day.saturating_add(i64::try_from(days).unwrap().days());
        self.letters.push(Letter { on, to: to.to_owned(), says });
    }

    /// Whether something of them is on its way: nobody answers twice at once.
    fn hears_from(&self, to: &str) -> bool {
        self.letters.iter().any(|letter| letter.to == to)
    }

    /// A message of that kind went to a contact.
    pub fn sent(&mut self, contact: &str, kind: &str) {
        if self.hears_from(contact) {
            return;
        }
        let dice = self.number(0..=99);
        let soon = self.number(0..=6);
        let answer = match (kind, dice) {
            ("requested", 0..45) => Some((self.number(0..=11), Says::Press("They accepted"))),
            ("requested", 45..49) => Some((self.number(18..=30), Says::Press("They accepted"))),
            ("requested", 49..53) => Some((soon, Says::Press("They said no"))),
            ("requested", 53..56) => Some((soon, Says::Press("They replied"))),
            ("introduction_asked", 0..65) => Some((soon, Says::Press("We were introduced"))),
            ("asked" | "followed_up", 0..30) => Some((soon, Says::Press("They said yes"))),
            ("asked" | "followed_up", 30..38) => Some((soon, Says::Later)),
            ("asked" | "followed_up", 38..45) => Some((soon, Says::Press("They said no"))),
            ("asked" | "followed_up", 45..52) => Some((soon, Says::Press("They answered in writing"))),
            ("asked" | "followed_up", 52..58) => Some((soon, Says::Names)),
            ("asked" | "followed_up", 58..64) => Some((soon, Says::Press("They replied"))),
            ("moving_on_note", 0..15) => Some((self.number(2..=20), Says::Press("They replied"))),
            ("moving_on_note", 15..22) => Some((self.number(2..=20), Says::Press("They said yes"))),
            ("wrote" | "thanked", 0..25) => Some((soon, Says::Press("They replied"))),
            _ => None,
        };
        if let Some((days, says)) = answer {
            self.will_hear(contact, days, says);
        }
    }

    /// An introduction was asked for, or reminded of.
    pub fn asked_to_introduce(&mut self, introduction: &str) {
        if self.hears_from(introduction) {
            return;
        }
        let days = self.number(0..=6);
        match self.number(0..=9) {
            0..=5 => self.will_hear(introduction, days, Says::Press("They introduced us")),
            6 => self.will_hear(introduction, days, Says::Press("They said no")),
            _ => {}
        }
    }

    /// Times were proposed to someone who said yes.
    pub fn proposed(&mut self, contact: &str) {
        if !self.hears_from(contact) && self.chance(80) {
            let days = self.number(1..=2);
            self.will_hear(contact, days, Says::TakesATime);
        }
    }

    /// A talk has its day.
    pub fn scheduled(&mut self, talk: &str, on: Date) {
        // A time they took may have gone by when it is written down.
        let ahead = usize::try_from((on - self.day).get_days()).unwrap_or(0);
        if ahead > 0 && self.chance(25) {
            let days = self.number(1..=ahead);
            let says = if self.chance(50) { Says::Press("Cancel the talk") } else { Says::MovesTheTalk };
            self.will_hear(talk, days, says);
        }
    }

    /// A referral was asked for, or its referrer reminded.
    pub fn asked_to_refer(&mut self, referral: &str) {
        let days = self.number(1..=9);
        match self.number(0..=9) {
            _ if self.hears_from(referral) => {}
            0..=5 => self.will_hear(referral, days, Says::Agrees),
            6..=7 => self.will_hear(referral, days, Says::Press("They said no")),
            _ => {}
        }
    }

    /// An opening goes its way.
    pub fn opening_will_move(&mut self, opening: &str) {
        for _ in 0..3 {
            let days = self.number(20..=90);
            self.will_hear(opening, days, Says::OpeningMoves);
        }
    }

    /// Writes down what was heard by today.
    pub async fn hear(&mut self) {
        let (heard, later) = std::mem::take(&mut self.letters).into_iter().partition(|letter| letter.on <= self.day);
        self.letters = later;
        let heard: Vec<Letter> = heard;
        for letter in heard {
            self.write_down(&letter).await;
        }
    }

    /// What no longer fits where things stand has no button any more, and is passed over.
    async fn write_down(&mut self, letter: &Letter) {
        let page = self.page(&letter.to).await;
        match letter.says {
            Says::Press(label) => {
                if let Some(form) = page.form_with(label) {
                    form.press(label, &self.alice).await.to();
                }
            }
            Says::Later => self.hear_later(&page).await,
            Says::Names => self.hear_a_name(&letter.to, &page).await,
            Says::TakesATime => {
                let choices: Vec<Form> =
                    page.forms().into_iter().filter(|form| form.action.ends_with("/proposals/choices")).collect();
                if !choices.is_empty() {
                    let nr = self.number(0..=choices.len() - 1);
                    let talk = choices[nr].clone().submit(&self.alice).await.to();
                    let on = self.day_of(&talk).await;
                    self.scheduled(&talk, on);
                }
            }
            Says::MovesTheTalk => {
                if page.form_with("Cancel the talk").is_some() {
                    let ahead = self.number(1..=5);
                    self.move_talk(&format!("{}/edit", letter.to), calendar::after(self.day, ahead)).await;
                }
            }
            Says::Agrees => self.hear_yes_to_a_referral(&letter.to, &page).await,
            Says::OpeningMoves => {
                let action = format!("{}/statuses", letter.to);
                if page.has(&format!("form[action='{action}']")) {
                    let form = page.form_to(&action);
                    // The likelier half of what may come.
                    let nr = self.number(0..=(form.buttons.len() - 1) / 2);
                    let label = form.buttons[nr].label.clone();
                    form.press(&label, &self.alice).await.to();
                }
            }
        }
    }

    async fn hear_later(&mut self, page: &Page) {
        let days =
            |form: &Form| form.value("kind") == "answered_later" && form.buttons.iter().all(|b| b.field.is_some());
        if let Some(form) = page.forms().into_iter().find(days) {
            let nr = self.number(0..=form.buttons.len() - 1);
            let label = form.buttons[nr].label.clone();
            form.press(&label, &self.alice).await.to();
        }
    }

    async fn hear_a_name(&mut self, contact: &str, page: &Page) {
        let to = format!("{contact}/sent-on");
        if page.links().iter().any(|(_, href)| *href == to) {
            let name = format!("Named on {} by {}", self.day, &contact[contact.len() - 4..]);
            let form = self.page(&to).await.form_to(&to).fill("Name", &name);
            form.submit(&self.alice).await.to();
        }
    }

    async fn hear_yes_to_a_referral(&mut self, referral: &str, page: &Page) {
        if page.form_with("They agreed").is_none() {
            return;
        }
        let way = self.one_of(&["link", "hand_in", "apply_and_speak", "introduction"]);
        let form = page.form_to(&format!("{referral}/agreements")).set("way", way);
        form.press("They agreed", &self.alice).await.to();
        if self.chance(75) {
            let days = self.number(2..=9);
            self.will_hear(referral, days, Says::Press("The referral is made"));
        }
    }
}
