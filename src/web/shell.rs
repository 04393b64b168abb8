//! What surrounds every signed-in page. A field of each page's struct, so that a forgotten part does not compile.

use crate::access::Scope;
use crate::ids::UserId;
use crate::web::flash::Flash;
use crate::web::run::Run;
use crate::web::theme::Theme;

/// The section of the house a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    Today,
    Companies,
    Contacts,
    Interviews,
    Openings,
    Referrals,
    Progress,
    Search,
    Library,
    Import,
    Bin,
    Guide,
    Settings,
    Admin,
    /// Pages that stand beside the sections.
    Elsewhere,
}

impl Nav {
    /// Whether this is the section of that name.
    pub fn is(&self, name: &str) -> bool {
        name == match self {
            Self::Today => "today",
            Self::Companies => "companies",
            Self::Contacts => "contacts",
            Self::Interviews => "interviews",
            Self::Openings => "openings",
            Self::Referrals => "referrals",
            Self::Progress => "progress",
            Self::Search => "search",
            Self::Library => "library",
            Self::Import => "import",
            Self::Bin => "bin",
            Self::Guide => "guide",
            Self::Settings => "settings",
            Self::Admin => "admin",
            Self::Elsewhere => "",
        }
    }
}

/// What a coach sees of whose search.
#[derive(Debug, Clone)]
pub struct Sight {
    /// The seeker's name.
    pub name: String,
    /// How much of it.
    pub scope: Scope,
    /// Whether they may comment.
    pub may_comment: bool,
}

/// The frame of a page: who is here, where they are, what was just done.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Whose data is shown.
    pub account: UserId,
    /// The signed-in person's name.
    pub name: String,
    /// The colours they chose.
    pub theme: Theme,
    /// The section shown as current.
    pub nav: Nav,
    /// How many lines Today shows, for the badge.
    pub due: usize,
    /// Whether the administration is shown.
    pub admin: bool,
    /// What the request before this one did.
    pub flash: Option<Flash>,
    /// How a coach looks, and at whose search.
    pub looking_at: Option<Sight>,
    /// Their first week: pages say what they are for.
    pub is_new: bool,
    /// Nothing can be changed here.
    pub read_only: bool,
    /// The list that is gone through, and where in it.
    pub run: Option<Run>,
    /// An example search is shown, and not the user's own.
    pub example: bool,
}

impl Shell {
    /// Whether words the seeker wrote for themselves, and drafts made of them, are shown.
    pub fn shows_notes(&self) -> bool {
        self.looking_at.as_ref().is_none_or(|sight| sight.scope == Scope::Everything)
    }

    /// Whether a coach looks who may comment, and suggest.
    pub fn may_comment(&self) -> bool {
        self.looking_at.as_ref().is_some_and(|sight| sight.may_comment)
    }

    /// Whether the current section has that name.
    pub fn is(&self, name: &str) -> bool {
        self.nav.is(name)
    }
}
