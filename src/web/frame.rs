//! The parts of the frame around a page of someone signed in. Each is a template of its own, rendered by a call: what a page's template
//! includes or inherits is compiled anew within every page, and the frame is as long as most of them.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::web::run::Run;
use crate::web::shell::Shell;

/// What a browser is told before the page.
#[derive(Template)]
#[template(path = "frame/head.html")]
pub struct Head<'a> {
    shell: &'a Shell,
}

/// Where one can go, at the side of a large screen.
#[derive(Template)]
#[template(path = "frame/rail.html")]
pub struct Rail<'a> {
    shell: &'a Shell,
}

/// Whose search it is, where it is not one's own.
#[derive(Template)]
#[template(path = "frame/banners.html")]
pub struct Banners<'a> {
    shell: &'a Shell,
}

/// The run through today's list, on a page of a line of it.
#[derive(Template)]
#[template(path = "frame/run.html")]
pub struct RunBar<'a> {
    run: &'a Run,
}

/// Where one can go, at the foot of a small screen.
#[derive(Template)]
#[template(path = "frame/tabs.html")]
pub struct Tabs<'a> {
    shell: &'a Shell,
}

/// The sheet of a small screen, what was just done, and the dialogs.
#[derive(Template)]
#[template(path = "frame/end.html")]
pub struct End<'a> {
    shell: &'a Shell,
}

impl HtmlSafe for Head<'_> {}
impl HtmlSafe for Rail<'_> {}
impl HtmlSafe for Banners<'_> {}
impl HtmlSafe for RunBar<'_> {}
impl HtmlSafe for Tabs<'_> {}
impl HtmlSafe for End<'_> {}

impl Shell {
    /// What a browser is told before the page.
    pub fn head(&self) -> Head<'_> {
        Head { shell: self }
    }

    /// The rail.
    pub fn rail(&self) -> Rail<'_> {
        Rail { shell: self }
    }

    /// Whose search it is, where it is not one's own.
    pub fn banners(&self) -> Banners<'_> {
        Banners { shell: self }
    }

    /// The run through today's list, where this page is of one of its lines; Today shows it by itself.
    pub fn run_bar(&self) -> Option<RunBar<'_>> {
        self.run.as_ref().filter(|run| run.here && !self.is("today")).map(|run| RunBar { run })
    }

    /// The tabs of a small screen.
    pub fn tabs(&self) -> Tabs<'_> {
        Tabs { shell: self }
    }

    /// What stands behind the page.
    pub fn end(&self) -> End<'_> {
        End { shell: self }
    }
}
