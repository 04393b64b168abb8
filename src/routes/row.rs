//! What a row of the route table is made of.

use axum::http::Method;
use axum::routing::MethodFilter;

use crate::access::Scope;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everyone, signed in or not.
    Anyone,
    /// Who may read the data: the owner, and a coach whose scope holds the one the row names.
    Viewer,
    /// Who may change the data: the owner alone.
    Owner,
    /// Who may comment: the owner, and a coach who was allowed to.
    Commenter,
    /// Who is signed in, as themselves.
    Myself,
    /// Who administers the installation.
    Admin,
    /// A program with a token of the account's: it may read.
    Program,
    /// A program with a token of the account's that is for writing.
    ProgramWriting,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// The method.
    pub method: Verb,
    /// The path, with `{id}` where ids stand.
    pub path: &'static str,
    /// Who may.
    pub who: Who,
    /// The least a coach's scope must be; a row that says nothing is refused to every coach.
    pub scope: Option<Scope>,
}

/// The methods in use: GET changes nothing. Pages send POST alone, programs PATCH and DELETE as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Get,
    Post,
    Patch,
    Delete,
}

impl From<Verb> for Method {
    fn from(method: Verb) -> Self {
        match method {
            Verb::Get => Self::GET,
            Verb::Post => Self::POST,
            Verb::Patch => Self::PATCH,
            Verb::Delete => Self::DELETE,
        }
    }
}

impl Verb {
    /// The same as the router takes it.
    pub fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
            Self::Patch => MethodFilter::PATCH,
            Self::Delete => MethodFilter::DELETE,
        }
    }
}

/// A part of the table, and the router made of it. `Viewer(Progress)` says which scope a coach needs at least.
macro_rules! routes {
    ($($method:ident $path:literal $who:ident $(($scope:ident))? $($handler:ident)::+;)+) => {
        use $crate::routes::row::{Route, Verb, Who, scope_of};

        /// The routes of this part.
        pub const TABLE: &[Route] = &[$(Route {
            method: Verb::$method,
            path: $path,
            who: Who::$who,
            scope: scope_of(&[$($crate::access::Scope::$scope)?]),
        }),+];

        /// The router with these routes, too.
        pub fn add(router: axum::Router<$crate::app::App>) -> axum::Router<$crate::app::App> {
            router$(.route(
                $path,
                axum::routing::on(Verb::$method.filter(), $($handler)::+)
                    $(.layer(axum::Extension($crate::access::Scope::$scope)))?
            ))+
        }
    };
}

/// The scope a row names, if it names one.
pub(super) const fn scope_of(named: &[Scope]) -> Option<Scope> {
    if named.is_empty() { None } else { Some(named[0]) }
}
