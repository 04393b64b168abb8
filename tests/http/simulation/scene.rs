//! The search as it begins, and its days one after the other.

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, ToSpan};
use proptest::prelude::RngExt;
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::calendar::{self, AWAY, AWAY_IS_SAID, HOLIDAYS, is_away, is_ill, week_of};
use super::world::Letter;
use crate::due::{lines, next_due, rail};
use crate::support::{App, Page, Person};

const COMPANIES: [&str; 15] = [
    "Acme",
    "Globex",
    "Initech",
    "Orbit",
    "Hooli",
    "Umbrella",
    "Stark",
    "Wayne",
    "Cyberdyne",
    "Tyrell",
    "Aperture",
    "Soylent",
    "Vandelay",
    "Wonka",
    "Dunder",
];
const FIRST: [&str; 12] =
    ["Ada", "Grace", "Kate", "Ruth", "Mary", "Alan", "Edsger", "Donald", "Niklaus", "Barbara", "Frances", "Ken"];
const CLOSE: [&str; 5] = ["same_role", "adjacent", "hiring_manager", "recruiter", "other"];
const WARM: [&str; 4] = ["knows_me", "same_school", "same_employer", "stranger"];

/// The most requests a week and notes a month in this search.
pub const REQUESTS_A_WEEK: i64 = 6;
pub const NOTES_A_MONTH: i64 = 5;

/// A search, its seeker, and what the world has in store.
pub struct Search {
    pub app: App,
    /// The seeker, in the browser of the week.
    pub alice: Person,
    pub seed: u64,
    dice: TestRng,
    /// What will be heard, each on its day.
    pub letters: Vec<Letter>,
    /// The day it is.
    pub day: Date,
    week: Option<Date>,
    people: usize,
    /// The day of the next thing, as Today named it last; the day itself where something stood there.
    next: Option<Date>,
}

impl Search {
    /// Companies, people, openings, words of her own, and a pace with ceilings that matter.
    pub async fn set(seed: u64) -> Self {
        let app = App::start().await;
        let alice = app.another_browser(&app.alice).await;
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let dice = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let day = calendar::BEGINS;
        let mut search =
            Self { app, alice, seed, dice, letters: Vec::new(), day, week: None, people: 0, next: Some(day) };
        search.set_pace().await;
        let form = search.page("/settings").await.form_to("/settings/search");
        form.set("target_roles", "Data analyst").set("schools", "London").submit(&search.alice).await.to();
        for company in COMPANIES {
            search.alice.company(company).await;
            for _ in 0..4 {
                search.find_somebody(company, false).await;
            }
        }
        search.know_introducers().await;
        for company in [COMPANIES[0], COMPANIES[5], COMPANIES[9]] {
            let form = search.page("/openings/new").await.form_to("/openings");
            let to = form.fill("Title", "Data analyst").fill("Company", company).submit(&search.alice).await.to();
            search.opening_will_move(&to);
        }
        for (name, moment, body) in [
            (
                "My plea",
                "ask_for_talk",
                "Hello {first_name}, may I ask you about {company}? Would {proposed_time} suit you?",
            ),
            ("My thanks", "thank", "Dear {first_name}, thank you. I learned that {what_i_learned}."),
        ] {
            let form = search.page(&format!("/library/new?moment={moment}")).await.form("form:has(#f-body)");
            form.fill("Name", name).fill("Text", body).submit(&search.alice).await.to();
        }
        search.alice.post("/first-steps/skips", &[("step", "import")]).await.to();
        search
    }

    /// Three people outside the companies who could introduce her to someone at one.
    async fn know_introducers(&mut self) {
        for (nr, company) in [COMPANIES[2], COMPANIES[4], COMPANIES[7]].into_iter().enumerate() {
            let form = self.page("/contacts/new").await.form_to("/contacts").fill("Name", &format!("Introducer {nr}"));
            let introducer = form.tick("We are already connected").submit(&self.alice).await.to();
            let introducer = introducer.trim_start_matches("/contacts/");
            let wanted = self.find_somebody(company, true).await;
            let wanted = wanted.trim_start_matches("/contacts/");
            let pair = [("introducer", introducer), ("introduced", wanted)];
            self.alice.post("/introductions", &pair).await.to();
        }
    }

    async fn set_pace(&self) {
        let form = self.page("/settings/pace").await.form_to("/settings/pace");
        let form = form
            .set("requests_a_week", &REQUESTS_A_WEEK.to_string())
            .set("notes_a_month", &NOTES_A_MONTH.to_string())
            .set("second_follow_up_days", "4")
            .set("moving_on_days", "4")
            .set("rhythm_days", "21");
        form.submit(&self.alice).await.to();
        let days = HOLIDAYS.map(|day| day.to_string()).join("\n");
        self.alice.post("/settings/holidays", &[("days", &days)]).await.to();
    }

    /// Adds someone at a company as they come: near or far, warm or not, some connected already.
    pub async fn find_somebody(&mut self, company: &str, is_new: bool) -> String {
        self.people += 1;
        let name = format!("{} {company} {}", FIRST[self.people % FIRST.len()], self.people);
        let form = self.page("/contacts/new").await.form_to("/contacts").fill("Name", &name).fill("Company", company);
        let mut form = form.set("closeness", self.one_of(&CLOSE)).set("warmth", self.one_of(&WARM));
        if self.chance(60) {
            form = form.set("profile", &format!("https://www.linkedin.com/in/person-{}", self.people));
        }
        if self.chance(40) {
            form = form.set("email", &format!("person{}@example.com", self.people));
        }
        if !is_new && self.chance(15) {
            form = form.tick("We are already connected");
        }
        form.submit(&self.alice).await.to()
    }

    /// Lives a working day: hears what the world has to say, picks once a week, and does what Today says.
    /// Returns Today as it stands in the evening.
    pub async fn live(&mut self, day: Date) -> Page {
        self.look_in_until(day).await;
        self.day = day;
        self.at(9);
        if self.week != Some(week_of(day)) {
            // Sessions end; a new week begins with a new one.
            self.alice = self.app.another_browser(&self.app.alice).await;
        }
        if day == AWAY_IS_SAID {
            self.go_away().await;
        }
        self.hear().await;
        let evening = if is_ill(day) { self.page("/").await } else { self.work_through().await };
        self.next = self.named(&evening);
        evening
    }

    /// Looks at Today each morning up to that day: it stands as empty, or as full, as was said before. At weekends people
    /// answer, too.
    async fn look_in_until(&mut self, day: Date) {
        let mornings: Vec<Date> = self.day.series(1.day()).skip(1).take_while(|morning| *morning <= day).collect();
        for morning in mornings {
            self.day = morning;
            self.at(6);
            let page = self.page("/").await;
            let due = self.next.is_some_and(|next| next <= morning);
            let at = format!("seed {}, {morning}", self.seed);
            assert_eq!(rail(&page) > 0, due, "{at}: the next thing was to come {:?}: {}", self.next, page.text("main"));
            if !is_away(morning) {
                assert_eq!(rail(&page), lines(&page).len(), "{at}: {:#?}", lines(&page));
            }
            if matches!(morning.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_away(morning) {
                self.hear().await;
                let page = self.page("/").await;
                self.next = self.named(&page);
            }
        }
    }

    /// The day of the next thing.
    fn named(&self, page: &Page) -> Option<Date> {
        if rail(page) > 0 { Some(self.day) } else { next_due(page, self.day) }
    }

    /// Picks once a week, and does what Today says.
    async fn work_through(&mut self) -> Page {
        let day = self.day;
        if self.week != Some(week_of(day)) {
            self.week = Some(week_of(day));
            self.pick().await;
        }
        self.work().await
    }

    /// Sets the clock to an hour of the day.
    pub fn at(&self, hour: i8) {
        let at = self.day.at(hour, 0, 0, 0).in_tz("UTC").unwrap().timestamp();
        self.app.pass(at.duration_since(self.app.now()).max(SignedDuration::from_secs(1)));
    }

    /// Says when she is away, and moves the talks that lie there.
    async fn go_away(&mut self) {
        let form = self.page("/away").await.form_to("/away");
        let form = form.set("from", &AWAY.0.to_string()).set("to", &AWAY.1.to_string());
        let answer = form.submit(&self.alice).await;
        let page = self.alice.follow(&answer).await;
        for (_, href) in page.links().into_iter().filter(|(words, _)| words.starts_with("Move it")) {
            let ahead = self.number(1..=3);
            self.move_talk(&href, calendar::after(AWAY.1, ahead)).await;
        }
    }

    /// Picks those the page has ticked, as one press does.
    async fn pick(&self) {
        let page = self.page("/contacts/suggestions").await;
        let ids =
            page.all(".suggestions input[checked]").into_iter().map(|tick| tick.attr("value").unwrap().to_owned());
        let ids: Vec<String> = ids.collect();
        if !ids.is_empty() {
            let mut form = page.form("#picking");
            form.fields.extend(ids.into_iter().map(|id| ("id".to_owned(), id)));
            assert_eq!(form.submit(&self.alice).await.to(), "/");
        }
    }

    /// A page of hers.
    pub async fn page(&self, path: &str) -> Page {
        self.alice.get(path).await.is(200).page()
    }

    /// Whether it happens, in per cent.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.dice.random_range(0..100) < percent
    }

    pub fn number(&mut self, of: std::ops::RangeInclusive<usize>) -> usize {
        self.dice.random_range(of)
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.dice.random_range(0..all.len())]
    }
}
