//! One election, from the poll file to the audit, in the order of the story.

pub(crate) mod story;
pub(crate) mod talk;

mod people;
mod voters;
mod count;
mod print;
mod summary;
