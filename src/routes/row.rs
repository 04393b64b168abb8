//! What a row of the route table is made of.

use axum::http::Method;
use axum::routing::MethodFilter;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everyone, signed in or not.
    Anyone,
    /// Who may read the data: the owner, and a coach looking at it.
    Viewer,
    /// Who may change the data: the owner alone.
    Owner,
    /// Who is signed in, as themselves.
    Myself,
    /// Who administers the installation.
    Admin,
    /// A program with a token of the account's: it may read.
    Program,
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
}

/// The two methods in use: GET changes nothing, POST may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Get,
    Post,
}

impl From<Verb> for Method {
    fn from(method: Verb) -> Self {
        match method {
            Verb::Get => Self::GET,
            Verb::Post => Self::POST,
        }
    }
}

impl Verb {
    /// The same as the router takes it.
    pub fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
        }
    }
}

/// A part of the table, and the router made of it.
macro_rules! routes {
    ($($method:ident $path:literal $who:ident $($handler:ident)::+;)+) => {
        use $crate::routes::row::{Route, Verb, Who};

        /// The routes of this part.
        pub const TABLE: &[Route] = &[$(Route { method: Verb::$method, path: $path, who: Who::$who }),+];

        /// The router with these routes, too.
        pub fn add(router: axum::Router<$crate::app::App>) -> axum::Router<$crate::app::App> {
            router$(.route($path, axum::routing::on(Verb::$method.filter(), $($handler)::+)))+
        }
    };
}
