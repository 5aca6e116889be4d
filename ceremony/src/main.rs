//! The command `ceremony`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ceremony::command::main()
}
