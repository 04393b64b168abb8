//! A search of fourteen weeks by someone who does what Today says, and nothing else.
//!
//! The *seeker* knows the pages only: picks from the suggestions once a week, opens Today each working day and does every line as
//! the line and its page offer it. The *world* answers by dice, days later, and what it answers is pressed where a user would
//! press it. A seed decides everything, so a search that fails fails again: the message names the seed.
//!
//! What must hold of such a search is asked of the stored rows, by statements and dates of the test's own: [`rules`],
//! [`approaches`], [`figures`]. Each morning, weekends included, Today, the rail and the day that was named for the next thing
//! the evening before must agree.

mod approaches;
mod calendar;
mod figures;
mod rules;
mod scene;
mod seeker;
mod talks;
mod world;

use jiff::civil::Date;

use self::scene::Search;

/// The seed of the search in every run; the seeds after it follow where `INROAD_HISTORIES` asks for several searches.
const SEED: u64 = 3;

async fn search(seed: u64) {
    let mut search = Search::set(seed).await;
    for day in calendar::days() {
        let evening = search.live(day).await;
        if !calendar::is_ill(day) {
            rules::at_the_end_of_a_day(&search, day, &evening).await;
        }
    }
    rules::at_the_end(&search).await;
    approaches::one_at_a_time(&search).await;
    figures::are_those_of_plain_sql(&search, None).await;
    figures::are_those_of_plain_sql(&search, Some((Date::constant(2026, 12, 1), Date::constant(2026, 12, 31)))).await;
}

#[tokio::test]
async fn a_search_that_follows_only_today_keeps_every_rule() {
    let times: u64 = std::env::var("INROAD_HISTORIES").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    for seed in SEED..SEED + times {
        println!("the search of seed {seed}");
        search(seed).await;
    }
}
