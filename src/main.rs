//! psephos
fn main() {}
