//! The booth in a browser, against real servers: a ballot box, two issuers and
//! the pages; and against servers that lie, go silent, or forget.

#[path = "../browser/mod.rs"]
mod browser;
#[path = "../../../ballot-box/tests/desk/mod.rs"]
mod desk;
#[path = "../pages/judge.rs"]
#[allow(dead_code)]
mod judge;

mod budget;
mod large;
mod lengths;
mod served;
mod town;
mod walk;
