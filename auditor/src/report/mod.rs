//! The report: one page that a clerk can file (specs/10-audit.md §15).
//!
//! It is one HTML file without scripts and without anything fetched from
//! elsewhere, for the screen and for paper. The same verdict on the same
//! occasion gives the same bytes. Texts of the ledger are escaped by the
//! template and made visible by `escape`.
//!
//! | file | story |
//! |---|---|
//! | `page.rs`, `page.html`, `page.css` | the page as a whole |
//! | `record.rs` | what was audited |
//! | `results.rs` | results and turnout |
//! | `standing.rs` | the claims |
//! | `explain.rs` | what every claim means |
//! | `words.rs` | what the verdict means, and what no audit proves |
//! | `chart.rs`, `escape.rs` | bars; texts that cannot steer |

mod chart;
mod escape;
mod explain;
mod page;
mod record;
mod results;
mod standing;
mod words;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Deserialize;

pub use explain::{Explanation, explanation, explanations};
pub use page::{page, page_without_verdict};

pub(crate) use escape::visible;

/// The content file with the projects' names.
pub const TEXTS: &str = "projects.json";

/// Writes a report, or what goes with one: a whole file or none, so that
/// nobody files half of it.
///
/// # Errors
/// The system's; a file that was there is as it was.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    journal::write_whole(path, text.as_bytes(), 0o644)
}

/// The projects' names, where a content file gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectNames(BTreeMap<String, String>);

#[derive(Deserialize)]
struct Texts {
    projects: BTreeMap<String, Text>,
}

#[derive(Deserialize)]
struct Text {
    name: String,
}

impl ProjectNames {
    /// Reads the names from the content file [`TEXTS`] (specs/02-define.md §1). Whether it is
    /// the sealed one is for the caller. Another form of file gives no names.
    pub fn read(file: &[u8]) -> Self {
        let texts = serde_json::from_slice::<Texts>(file).ok();
        let named = texts.into_iter().flat_map(|texts| texts.projects);
        Self(named.map(|(id, text)| (id, text.name)).collect())
    }

    /// The name of a project, by its identifier.
    fn of(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str).filter(|name| !name.is_empty())
    }
}
