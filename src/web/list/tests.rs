use super::*;

kinds! {
    /// Which.
    enum Which {
        Open = "open", "Open";
        All = "all", "All";
    }
}

kinds! {
    /// In which order.
    enum Order {
        Due = "due", "Due";
        Name = "name", "Name";
    }
}

struct Things;

impl List for Things {
    const PATH: &'static str = "/things";
    type Filter = Which;
    type Sort = Order;
    type Also = View;
}

struct Plain;

impl List for Plain {
    const PATH: &'static str = "/plain";
    type Filter = Which;
    type Sort = Unsorted;
    type Also = ();
}

const KEY: &str = "zoe\u{1f}0190aaaa-0000-7000-8000-000000000001";

fn asked<L: List>(query: &str) -> ListQuery<L> {
    serde_html_form::from_str(query).unwrap()
}

#[test]
fn an_address_is_read_as_it_is_written_and_the_usual_is_what_is_not_said() {
    let key = form_urlencoded::byte_serialize(KEY.as_bytes()).collect::<String>();
    let said = format!("view=board&q=a%26b&show=all&sort=name&after={key}");
    let query = asked::<Things>(&said);
    assert_eq!(address("/things", &query), format!("/things?{said}"));
    assert_eq!((query.also.view.as_str(), query.wanted().search), ("board", Some("a&b")));
    assert_eq!((query.wanted().filter, query.wanted().sort), (Which::All, Order::Name));
    assert_eq!(query.wanted().after.unwrap().as_str(), KEY);
    for usual in ["", "show=&sort=", "show=some&sort=size&after=1&before=2&page=3"] {
        let query = asked::<Things>(usual);
        let wanted = query.wanted();
        assert_eq!((wanted.filter, wanted.sort, wanted.search), (Which::Open, Order::Due, None), "{usual}");
        assert!(wanted.after.is_none() && wanted.before.is_none());
    }
    assert_eq!(asked::<Plain>("q=ada").with(|query| query.q.push('!')), "/plain?q=ada%21");
    assert_eq!(asked::<Things>("view=board&q=a&show=open&before=1").all(Which::All), "/things?view=board&show=all");
}

#[test]
fn what_stands_around_the_rows_leads_to_the_same_list() {
    let query = asked::<Things>("q=a&sort=name&view=board");
    let rows = [(3, Some(1), Some(KEY)), (3, Some(2), Some(KEY))];
    let count = |_: &(i64, Option<i64>, Option<&'static str>), filter| if filter == Which::All { 7 } else { 3 };
    let list = Listed::new(query.clone(), &rows, |row| *row, count);
    let chips: Vec<_> = list.chips.iter().map(|c| (c.href.as_str(), c.label, c.count.as_str(), c.current)).collect();
    assert_eq!(
        chips,
        [
            ("/things?view=board&q=a&show=open&sort=name", "Open", "3", true),
            ("/things?view=board&q=a&show=all&sort=name", "All", "7", false)
        ]
    );
    assert_eq!(list.pager.range, "1 to 2 of 3");
    let next = list.pager.next.clone().unwrap();
    let next = asked::<Things>(next.split_once('?').unwrap().1);
    assert_eq!((next.wanted().after.unwrap().as_str(), next.q.as_str()), (KEY, "a"));
    assert_eq!(list.sorted(Order::Due), "/things?view=board&q=a&sort=due");
    assert!(list.is_sorted(Order::Name) && !list.is_sorted(Order::Due));
    assert_eq!(list.kept(), [("view", "board"), ("sort", "name")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(list.here(), "/things?view=board&q=a&sort=name");
    let none = Listed::new(query, &[(0, None, None)], |row| *row, count);
    assert_eq!((none.pager, none.chips.len()), (Pager::default(), 2));
}

#[test]
fn blanks_and_what_no_column_can_hold_are_nothing_typed() {
    assert_eq!(typed("  Grace Hopper\n"), Some("Grace Hopper"));
    assert_eq!((typed(" "), typed("a\0b")), (None, None));
}

#[test]
fn an_address_says_what_was_asked_for() {
    assert_eq!(address("/companies", &[("q", "a&b"), ("show", "")]), "/companies?q=a%26b&show=");
    assert_eq!(address("/companies", &[("", ""); 0]), "/companies");
}

#[test]
fn a_place_in_a_list_is_read_and_nothing_else_is() {
    let key = "20261124\u{1f}zoe\u{1f}0190aaaa-0000-7000-8000-000000000001";
    assert_eq!(SortKey::parse(key).unwrap().as_str(), key);
    let id = "0190aaaa-0000-7000-8000-000000000001";
    for other in ["", "nonsense", id, "a\u{1f}b", &format!("\0\u{1f}{id}")] {
        assert_eq!(SortKey::parse(other), None, "{other:?}");
    }
}

#[test]
fn only_the_pages_that_are_there_can_be_turned_to() {
    let at = |after: Option<char>, before: Option<char>| format!("{after:?} {before:?}");
    let pager = |from, to, count| Pager::new(Some((from, 'a')), Some((to, 'z')), count, at);
    assert_eq!(pager(1, 26, 26), Pager { prev: None, next: None, range: "1 to 26 of 26".into() });
    let middle = pager(27, 52, 60);
    assert_eq!((middle.prev.as_deref(), middle.next.as_deref()), (Some("None Some('a')"), Some("Some('z') None")));
    assert_eq!(pager(53, 60, 60).next, None);
    assert_eq!(Pager::new(None, None, 0, at), Pager::default());
}

#[test]
fn a_plain_address_shows_the_usual_view_and_any_other_what_it_says() {
    let view =
        |list: &str, query: &str, usual| SavedView { list: list.into(), name: "x".into(), query: query.into(), usual };
    let kept = [
        view("/plain", "show=open", true),
        view("/things", "show=open", false),
        view("/things", "show=all&cols=b", true),
    ];
    let none_used = LastUsed::none(crate::ids::UserId::new());
    let shown = |address: &str| {
        let uri: Uri = address.parse().unwrap();
        asked::<Things>(uri.query().unwrap_or_default()).or_usual(&uri, &kept, &none_used).words()
    };
    assert_eq!(shown("/things"), "show=all&cols=b");
    assert_eq!(shown("/things?"), "show=all&cols=b");
    assert_eq!(shown("/things?sort=name"), "show=open&sort=name");
    let none: [(i64, Option<i64>, Option<&str>); 0] = [];
    let list = Listed::<Things>::new(asked("show=all&cols=b&after=x"), &none, |row| *row, |_, _| 0).keeping(&kept);
    assert_eq!(
        list.views.iter().map(|link| (link.href.as_str(), link.current)).collect::<Vec<_>>(),
        [("/things?show=open", false), ("/things?show=all&cols=b", true)]
    );
    assert_eq!(list.usual(), "/things?show=open");
}
