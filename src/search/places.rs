//! Pages and actions: what the program has, found by its words.

use super::fit::{How, fit};
use super::found::{Hit, Kind};
use super::sought::{Sought, Word};
use crate::playbook::message::built_in;

/// Who is offered a page or an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Also a coach who looks.
    Everyone,
    /// Whose search it is.
    Owner,
    /// Who administers the installation.
    Admin,
}

/// A page or an action: its name, where it is, other words for it, and who has it.
struct Offered(Kind, &'static str, &'static str, &'static str, For);

const OFFERED: &[Offered] = &[
    Offered(Kind::Action, "Start today's list", "/run", "begin run continue", For::Owner),
    Offered(Kind::Action, "Add a contact", "/contacts/new", "new person people contacts", For::Owner),
    Offered(Kind::Action, "Capture", "/capture", "paste signature share new person", For::Owner),
    Offered(Kind::Action, "Add companies", "/companies/new", "new company list target", For::Owner),
    Offered(Kind::Action, "Schedule a talk", "/interviews/new", "add new interview meeting call", For::Owner),
    Offered(Kind::Action, "Add an opening", "/openings/new", "new job role posting", For::Owner),
    Offered(Kind::Action, "Ask for a referral", "/referrals/new", "add new recommendation", For::Owner),
    Offered(Kind::Action, "Note an introduction", "/introductions/new", "add new introduce connect", For::Owner),
    Offered(Kind::Action, "Write a template", "/library/new", "add new message wording", For::Owner),
    Offered(Kind::Action, "Import contacts", "/import", "add linkedin upload file csv", For::Owner),
    Offered(Kind::Place, "Today", "/", "home due tasks start", For::Everyone),
    Offered(Kind::Place, "Companies", "/companies", "employers targets", For::Everyone),
    Offered(Kind::Place, "Companies listed twice?", "/companies/duplicates", "duplicates merge join", For::Everyone),
    Offered(Kind::Place, "Careers pages", "/companies/careers", "jobs boards check", For::Everyone),
    Offered(Kind::Place, "Contacts", "/contacts", "people network add note", For::Everyone),
    Offered(Kind::Place, "Who to ask next", "/contacts/suggestions", "suggestions", For::Everyone),
    Offered(Kind::Place, "Listed twice?", "/contacts/duplicates", "duplicates merge join same person", For::Everyone),
    Offered(Kind::Place, "Tags", "/tags", "add tag labels groups of contacts", For::Everyone),
    Offered(Kind::Place, "In touch", "/contacts/in-touch", "birthdays dates reasons to write", For::Everyone),
    Offered(Kind::Place, "Introductions", "/introductions", "introduce", For::Everyone),
    Offered(Kind::Place, "Tree of introductions", "/introductions/tree", "picture", For::Everyone),
    Offered(Kind::Place, "Talks", "/interviews", "informational interviews meetings calls", For::Everyone),
    Offered(Kind::Place, "Insights", "/insights", "learned advice lines add", For::Everyone),
    Offered(Kind::Place, "Openings", "/openings", "jobs roles applications postings", For::Everyone),
    Offered(Kind::Place, "Documents", "/documents", "resumes letters files cv add upload", For::Everyone),
    Offered(Kind::Place, "Offers", "/offers", "compare decide salary add", For::Everyone),
    Offered(Kind::Place, "Referrals", "/referrals", "recommendations", For::Everyone),
    Offered(Kind::Place, "Progress", "/progress", "charts funnel statistics rates goals", For::Everyone),
    Offered(Kind::Place, "Review of the week", "/review", "look back weekly", For::Everyone),
    Offered(Kind::Place, "Library", "/library", "templates messages wordings", For::Everyone),
    Offered(Kind::Place, "Question bank", "/library/questions", "questions ask", For::Everyone),
    Offered(Kind::Place, "Bin", "/bin", "trash deleted restore undo delete", For::Everyone),
    Offered(Kind::Place, "Guide", "/guide", "help method how steps", For::Everyone),
    Offered(
        Kind::Place,
        "Capture from anywhere",
        "/guide/capture",
        "bookmark bookmarklet extension phone install app",
        For::Everyone,
    ),
    Offered(Kind::Place, "Settings: search", "/settings", "roles places industries schools preferences", For::Everyone),
    Offered(Kind::Place, "Settings: goals and pace", "/settings/pace", "intervals follow-up reminders", For::Everyone),
    Offered(Kind::Place, "Settings: holidays", "/settings/holidays", "days off free add", For::Everyone),
    Offered(Kind::Place, "Settings: time off", "/away", "away vacation holiday pause", For::Everyone),
    Offered(
        Kind::Place,
        "Settings: profile",
        "/settings/profile",
        "name time zone theme dark mode light mode looks appearance",
        For::Owner,
    ),
    Offered(Kind::Place, "Settings: e-mail", "/settings/email", "address mail", For::Owner),
    Offered(Kind::Place, "Settings: sharing", "/settings/people", "coach invite add people who may look", For::Owner),
    Offered(Kind::Place, "Suggestions", "/suggestions", "coach suggests", For::Owner),
    Offered(Kind::Place, "Settings: reminders", "/settings/reminders", "mails notices notifications", For::Owner),
    Offered(Kind::Place, "Settings: calendar", "/settings/calendar", "feed subscribe ics talks", For::Owner),
    Offered(
        Kind::Place,
        "Settings: security",
        "/settings/security",
        "change password sessions devices log out everywhere sign out",
        For::Owner,
    ),
    Offered(Kind::Place, "Settings: passkeys", "/settings/passkeys", "log in without password key add", For::Owner),
    Offered(
        Kind::Place,
        "Settings: second step",
        "/settings/second-step",
        "two-factor 2fa code authenticator app security",
        For::Owner,
    ),
    Offered(Kind::Place, "What happened to your account", "/settings/activity", "activity log history", For::Owner),
    Offered(Kind::Place, "Settings: programs", "/settings/programs", "assistant access api mcp token", For::Owner),
    Offered(Kind::Place, "Settings: data", "/settings/data", "delete account", For::Owner),
    Offered(Kind::Place, "Export", "/export", "download everything archive backup csv vcard calendar", For::Owner),
    Offered(
        Kind::Place,
        "Settings: other people's data",
        "/settings/retention",
        "forget retention privacy delete people keep",
        For::Owner,
    ),
    Offered(Kind::Place, "End of the search", "/ending", "thanks finished hired stop", For::Everyone),
    Offered(Kind::Place, "Searches you may look at", "/looking", "coach", For::Owner),
    Offered(Kind::Place, "Admin: accounts", "/admin", "users administration", For::Admin),
    Offered(Kind::Place, "Admin: invitations", "/admin/invitations", "invite sign up", For::Admin),
    Offered(Kind::Place, "Admin: cohorts", "/admin/cohorts", "groups course class", For::Admin),
    Offered(Kind::Place, "Admin: activity", "/admin/activity", "log history", For::Admin),
    Offered(Kind::Place, "Admin: installation", "/admin/installation", "health version settings", For::Admin),
];

/// Who searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Searcher {
    /// A coach who looks, and changes nothing.
    pub read_only: bool,
    pub admin: bool,
}

impl Searcher {
    fn has(self, whose: For) -> bool {
        match whose {
            For::Everyone => true,
            For::Owner => !self.read_only,
            For::Admin => self.admin,
        }
    }
}

pub(super) fn hit(kind: Kind, address: impl Into<String>, title: impl Into<String>, text: &str) -> Hit {
    let (address, title, text) = (address.into(), title.into(), text.to_owned());
    Hit { kind, address, title, about: String::new(), text, live: 0, near: false }
}

/// What is offered before anything is searched for: every action, and the main pages.
pub fn usual(by: Searcher) -> Vec<Hit> {
    let is_main = |address: &str| address.matches('/').count() == 1 && !matches!(address, "/away" | "/looking");
    let shown = OFFERED.iter().filter(|Offered(kind, _, address, _, whose)| {
        by.has(*whose) && (*kind == Kind::Action || *whose == For::Everyone && is_main(address))
    });
    shown.map(|Offered(kind, title, address, ..)| hit(*kind, *address, *title, "")).collect()
}

/// The pages, actions and templates that come with Inroad which hold every word that is searched for.
pub fn named(by: Searcher, sought: &Sought) -> Vec<Hit> {
    let offered = OFFERED.iter().filter(|Offered(.., whose)| by.has(*whose));
    let offered = offered.map(|Offered(kind, title, address, words, _)| hit(*kind, *address, *title, words));
    let templates = built_in::all().map(|template| Hit {
        about: template.moment.label().to_owned(),
        ..hit(Kind::Template, format!("/library/new?from={}", template.key), template.name, template.body)
    });
    offered.chain(templates).filter_map(|hit| meant(sought, hit)).collect()
}

/// Whether what a search says is itself the name of a page or an action, or the beginning of one.
pub fn is_named(by: Searcher, sought: &Sought) -> bool {
    named(by, sought).iter().any(|hit| hit.kind != Kind::Template && !hit.near)
}

fn meant(sought: &Sought, hit: Hit) -> Option<Hit> {
    let stands = |word: &Word| {
        // Nobody sees why a slip in words that are not shown was found; and in a long text something is always alike.
        let unseen = fit(word, &hit.text).filter(|fit| fit.how != How::Nearly);
        let shown = [&hit.title, &hit.about].into_iter().filter_map(|text| fit(word, text));
        shown.chain(unseen).map(|fit| fit.how).min()
    };
    let worst = sought.words().iter().map(stands).collect::<Option<Vec<How>>>()?.into_iter().max();
    Some(Hit { near: worst == Some(How::Nearly), ..hit })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::{TABLE, Verb, Who};

    const OWNER: Searcher = Searcher { read_only: false, admin: false };

    fn sought(typed: &str) -> Sought {
        Sought::parse(typed).unwrap().unwrap()
    }

    #[test]
    fn every_page_and_action_has_an_address_that_its_people_may_open() {
        for Offered(_, title, address, _, whose) in OFFERED {
            let route = TABLE.iter().find(|route| route.method == Verb::Get && route.path == *address);
            let route = route.unwrap_or_else(|| panic!("{title}: nothing is at {address}"));
            match whose {
                For::Everyone => assert_eq!(route.who, Who::Viewer, "{title}"),
                For::Owner => assert_ne!(route.who, Who::Admin, "{title}"),
                For::Admin => assert_eq!(route.who, Who::Admin, "{title}"),
            }
        }
    }

    /// Pages that are not offered: parts of others, and what one is led to when it is time.
    const LEFT_OUT: &[&str] = &[
        "/kept",
        "/confirm",
        "/search",
        "/contacts/choices",
        "/contacts/changes",
        "/contacts/leaving",
        "/suggestions/new",
        "/settings/sentence",
        "/settings/changes",
        "/settings/email/confirmation",
        "/settings/second-step/secret",
        "/settings/passkeys/new",
        "/settings/identity",
        "/settings/people/looks",
        "/oauth/authorize",
        "/looking/invitation",
    ];

    #[test]
    fn every_page_is_offered_or_left_out() {
        let is_page = |path: &str| !path.contains(['{', '.']);
        let ours = [Who::Viewer, Who::Commenter, Who::Owner, Who::Myself, Who::Admin];
        for route in TABLE.iter().filter(|route| route.method == Verb::Get && is_page(route.path)) {
            let is_offered = OFFERED.iter().any(|Offered(_, _, address, ..)| *address == route.path);
            let is_left_out = LEFT_OUT.contains(&route.path) || !ours.contains(&route.who);
            assert!(is_offered != is_left_out, "{} is offered, or left out", route.path);
        }
    }

    #[test]
    fn a_coach_gets_no_actions() {
        let by = |read_only| Searcher { read_only, admin: false };
        assert!(usual(by(false)).iter().any(|hit| hit.kind == Kind::Action));
        let add = Sought::parse("add").unwrap().unwrap();
        let has_action = |read_only| named(by(read_only), &add).iter().any(|hit| hit.kind == Kind::Action);
        assert!(has_action(false) && !has_action(true));
        assert!(usual(by(true)).iter().all(|hit| hit.kind == Kind::Place));
    }

    #[test]
    fn usual_words_lead_to_the_page() {
        for (typed, title) in [
            ("change password", "Settings: security"),
            ("log out everywhere", "Settings: security"),
            ("dark mode", "Settings: profile"),
            ("time zone", "Settings: profile"),
            ("bookmarklet", "Capture from anywhere"),
            ("add tag", "Tags"),
            ("undo delete", "Bin"),
        ] {
            let hits = named(OWNER, &sought(typed));
            assert!(hits.iter().any(|hit| hit.title == title && !hit.near), "{typed}: {hits:?}");
        }
    }

    #[test]
    fn a_slip_is_understood_in_what_is_shown_alone() {
        let titles = |typed: &str| -> Vec<String> {
            let hits = named(OWNER, &sought(typed)).into_iter().filter(|hit| hit.kind != Kind::Template);
            hits.map(|hit| hit.title).collect()
        };
        assert_eq!(titles("ward"), [""; 0], "not by 'wordings'");
        assert_eq!(titles("progrss"), ["Progress"]);
        assert!(named(OWNER, &sought("progrss"))[0].near);
    }

    #[test]
    fn a_template_is_found_by_its_text() {
        let template = built_in::all().next().unwrap();
        let word = template.body.split_whitespace().find(|word| word.len() > 5 && word.is_ascii()).unwrap();
        let address = format!("/library/new?from={}", template.key);
        assert!(named(OWNER, &sought(word)).iter().any(|hit| hit.address == address), "{word}");
    }
}
