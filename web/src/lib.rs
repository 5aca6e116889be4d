#![forbid(unsafe_code)]
//! Pages for citizens: polls, their projects and their results
//! (specs/11-web.md).
//!
//! The way of a page:
//! 1. [`record`] reads a poll's public record in the background, as anybody can,
//!    and has the auditor's library judge it; a page gets what held, or the
//!    reason why there is nothing to show;
//! 2. [`content`] are the sealed texts and pictures of its projects;
//! 3. [`languages`] say it in the reader's language;
//! 4. [`projects`] orders and filters, by a rule that favours nobody;
//! 5. [`pages`] fill the templates, which escape whatever they are given;
//! 6. [`assets`] are style and script under names that are their hashes, each
//!    with its [`body`], compressed once;
//! 7. [`booth`] is what voters' devices run, as it was built;
//! 8. [`server`] answers, with the headers that keep everything else out.
//!
//! Nothing about a reader is kept: no cookie, no address, no log of requests.

pub mod record;
pub mod content;
pub mod languages;
pub mod projects;
pub mod pages;
pub mod body;
pub mod assets;
pub mod booth;
pub mod server;
