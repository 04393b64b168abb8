//! `Invitations.csv`: requests sent and received. Files of before late 2023 name people without their profiles.

use std::collections::HashSet;
use std::io::Read;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::files::FileKind;
use super::person::Person;
use crate::address::ProfileAddress;
use crate::folding::folded;
use crate::transfer::dates::{Order, Written};
use crate::transfer::table::{Fault, ROWS_MAX, Table};

/// Who sent a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// The person whose archive it is.
    Sent,
    /// The other one.
    Received,
}

/// A request, and who the other one is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The other one.
    pub other: Person,
    /// Who sent it.
    pub way: Way,
    /// When; nothing where that could not be read.
    pub on: Option<Date>,
}

/// What an `Invitations.csv` holds.
#[derive(Debug, Default)]
pub struct Invitations {
    /// The requests, each once, in the file's order.
    pub all: Vec<Invitation>,
    /// The profile of the person whose archive it is, where the file tells.
    pub own: Option<ProfileAddress>,
    /// Rows that name nobody, or no direction.
    pub left_out: usize,
}

impl Invitations {
    /// Reads the file.
    ///
    /// # Errors
    /// [`Fault`]; nothing of the file may be used then.
    pub fn read(source: impl Read) -> Result<Self, Fault> {
        let mut table = Table::open(source, FileKind::Invitations.marks())?;
        let [from, to, sent_at, direction, inviter, invitee] =
            ["from", "to", "sentat", "direction", "inviterprofileurl", "inviteeprofileurl"]
                .map(|name| table.column(&[name]));
        let mut found = Self::default();
        let mut dates = Vec::new();
        let mut seen = HashSet::new();
        while table.advance()? {
            let way = match table.cell(direction).to_ascii_lowercase().as_str() {
                "outgoing" => Some(Way::Sent),
                "incoming" => Some(Way::Received),
                _ => None,
            };
            let (name, profile, own) = match way {
                Some(Way::Sent) => (table.cell(to), table.cell(invitee), table.cell(inviter)),
                _ => (table.cell(from), table.cell(inviter), table.cell(invitee)),
            };
            let other = Person::read(name, profile).filter(|other| !other.is_nobody());
            let (Some(way), Some(other)) = (way, other) else {
                found.left_out += 1;
                continue;
            };
            if found.own.is_none() {
                found.own = ProfileAddress::parse(own).ok();
            }
            let key = other.profile.as_ref().map_or_else(|| folded(other.name.as_str()), |p| p.key().to_owned());
            if !seen.insert((key, way == Way::Sent)) {
                continue;
            }
            if found.all.len() == ROWS_MAX {
                return Err(Fault::TooMany { most: ROWS_MAX, what: "requests" });
            }
            dates.push(Written::parse(table.cell(sent_at)));
            found.all.push(Invitation { other, way, on: None });
        }
        let order = Order::of(dates.iter().copied().flatten());
        for (invitation, written) in found.all.iter_mut().zip(dates) {
            invitation.on = written.and_then(|written| written.in_order(order));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str) -> Invitations {
        Invitations::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn both_eras_are_read() {
        let new = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n\
            Alice A,Grace Hopper,\"11/24/26, 9:05 AM\",\"Hello,\nGrace\",OUTGOING,https://www.linkedin.com/in/alice,https://www.linkedin.com/in/grace\n\
            Bob B,Alice A,\"11/2/26, 11:59 PM\",,INCOMING,https://www.linkedin.com/in/bob,https://www.linkedin.com/in/alice\n\
            Alice A,Grace Hopper,\"11/24/26, 9:05 AM\",,OUTGOING,https://www.linkedin.com/in/alice,https://www.linkedin.com/in/Grace/\n\
            ,,\"11/2/26, 11:59 PM\",,OUTGOING,https://www.linkedin.com/in/alice,\n";
        let found = read(new);
        assert_eq!(found.own.as_ref().map(ProfileAddress::key), Some("/in/alice"));
        assert_eq!((found.all.len(), found.left_out), (2, 1));
        assert_eq!((found.all[0].way, found.all[0].on), (Way::Sent, Some(date(2026, 11, 24))));
        assert_eq!((found.all[1].way, found.all[1].on), (Way::Received, Some(date(2026, 11, 2))));
        assert_eq!(found.all[1].other.name.as_str(), "Bob B");

        let old = read("From,To,Sent At,Message,Direction\nAlice A,Grace Hopper,\"3/14/21, 9:05 AM\",,OUTGOING\n");
        assert_eq!((old.all[0].other.name.as_str(), old.own), ("Grace Hopper", None));
        assert!(old.all[0].other.profile.is_none());
    }

    #[test]
    fn dates_that_begin_with_the_day_are_told_by_the_file() {
        let found = read("from;to;sent_at;message;direction\nA;B;31/10/2026;;OUTGOING\nA;C;01/11/2026;;outgoing\n");
        let days: Vec<_> = found.all.iter().filter_map(|invitation| invitation.on).collect();
        assert_eq!(days, [date(2026, 10, 31), date(2026, 11, 1)]);
    }

    #[test]
    fn a_date_that_cannot_be_read_leaves_the_person() {
        let found = read("From,To,Sent At,Message,Direction\nA,B,yesterday,,OUTGOING\n");
        assert_eq!((found.all.len(), found.all[0].on), (1, None));
    }

    #[test]
    fn who_has_neither_a_name_nor_a_profile_any_more_is_left_out() {
        let found = read(
            "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n\
             A,LinkedIn Member,\"11/24/26, 9:05 AM\",,OUTGOING,,\n\
             A,LinkedIn Member,\"11/24/26, 9:05 AM\",,OUTGOING,,https://www.linkedin.com/in/grace\n",
        );
        assert_eq!((found.all.len(), found.left_out), (1, 1));
    }
}
