//! What stands above the day's list: that the user is away, that the search is over, that someone waits to look.

use jiff::civil::Date;

use crate::accounts::preferences::Preferences;
use crate::web::words;

/// What to say above the list.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Notices {
    /// While the user is away: the first day of the stretch, and what is said. The list is folded then.
    pub away: Option<(Date, String)>,
    /// The search is over.
    pub over: bool,
    /// Who accepted to look at the search, and waits to be let in.
    pub accepted_by: Option<String>,
    /// Whose search can be looked at since, and was not yet.
    pub let_in_by: Option<String>,
}

impl Notices {
    /// What these settings say on `today`.
    pub fn of(preferences: &Preferences, today: Date) -> Self {
        let away = preferences.away_on(today).map(|away| {
            let until = words::full_day(away.back, today);
            (away.from, format!("You are away until {until}: nothing is due. Enjoy it."))
        });
        Self { away, over: preferences.is_search_over(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::away::Away;
    use jiff::civil::date;

    #[test]
    fn being_away_is_said_with_the_day_of_return() {
        let mut preferences = Preferences::default();
        let (from, to) = (date(2026, 11, 26), date(2026, 12, 6));
        let away = Away::begin(from, to, String::new(), &mut preferences.cadence).unwrap();
        preferences.aways.push(away);
        assert_eq!(Notices::of(&preferences, date(2026, 11, 25)), Notices::default());
        let notices = Notices::of(&preferences, date(2026, 11, 30));
        let said = "You are away until Monday 7 December: nothing is due. Enjoy it.";
        assert_eq!(notices.away, Some((from, said.into())));
        assert_eq!(Notices::of(&preferences, date(2026, 12, 7)), Notices::default());
    }
}
