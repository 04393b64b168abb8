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

/// The table, and the router made of it.
macro_rules! routes {
    ($($method:ident $path:literal $who:ident $($handler:ident)::+;)+) => {
        /// Every route there is.
        pub const TABLE: &[Route] = &[$(Route { method: Verb::$method, path: $path, who: Who::$who }),+];

        /// The router of the table.
        pub fn router() -> Router<App> {
            Router::new()
                $(.route($path, on(Verb::$method.filter(), $($handler)::+)))+
                .fallback(renamed::answer)
                .method_not_allowed_fallback(error::wrong_method)
        }
    };
}
