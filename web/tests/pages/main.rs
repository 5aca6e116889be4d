//! The pages as browsers get them, from records that are true, late, broken
//! or hostile.

#[path = "../../../ballot-box/tests/desk/mod.rs"]
mod desk;
#[path = "../../../auditor/tests/attacks/mirror.rs"]
mod mirror;

#[path = "../browser/mod.rs"]
mod browser;
mod every_page;
mod headers;
mod hostile;
mod judge;
mod live;
mod look;
mod oneself;
mod site;
mod style;
mod trust;
