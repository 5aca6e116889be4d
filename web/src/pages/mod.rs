//! The pages: what is on each, filled into templates that escape everything.

mod check;
mod failure;
mod files;
mod oneself;
mod poll;
mod polls;
mod prose;
mod results;
mod said;
mod vote;
mod words;

use crate::assets::{Assets, assets};
use crate::languages::{self, Language};

pub(crate) use check::check;
pub use failure::Failure;
pub(crate) use oneself::{Oneself, find, recount};
pub(crate) use poll::poll;
pub(crate) use polls::polls;
pub(crate) use prose::{Prose, prose};
pub(crate) use results::results;
pub(crate) use vote::vote;

/// What every page has around it.
pub(crate) struct Frame<'a> {
    /// The page's language.
    pub(crate) language: &'static Language,
    /// Whose pages these are.
    pub(crate) site: &'a str,
    /// Where to report what does not work.
    pub(crate) contact: Option<&'a str>,
    /// The page's address behind its language, with a leading `/`.
    pub(crate) here: String,
    /// What stands behind `?`, without it.
    pub(crate) query: String,
    /// Seconds since 1970.
    pub(crate) now: u64,
}

/// The same page in another language.
struct Switch {
    tag: &'static str,
    name: &'static str,
    direction: &'static str,
    href: String,
    current: bool,
}

impl Frame<'_> {
    fn assets(&self) -> &'static Assets {
        assets()
    }

    fn say(&self, id: &str) -> String {
        self.language.say(id)
    }

    /// An address on this site, in this language.
    fn link(&self, path: &str) -> String {
        format!("/{}{path}", self.language.tag)
    }

    fn is_here(&self, path: &str) -> bool {
        self.here == path
    }

    fn switches(&self) -> impl Iterator<Item = Switch> {
        let question = if self.query.is_empty() { "" } else { "?" };
        languages::all().iter().map(move |language| Switch {
            tag: language.tag,
            name: &language.name,
            direction: language.direction,
            href: format!("/{}{}{question}{}", language.tag, self.here, self.query),
            current: language.tag == self.language.tag,
        })
    }
}
