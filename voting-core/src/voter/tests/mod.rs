//! Tests of the voter's side: the whole story, lost answers at every step,
//! malicious servers, damaged states.

mod world;
mod story;
mod beginning;
mod waiting;
mod lost;
mod simulation;
mod attacks;
mod states;
