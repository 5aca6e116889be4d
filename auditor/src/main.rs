//! `auditor`: audits an election from its public record.

use std::process::ExitCode;

fn main() -> ExitCode {
    auditor::command::run(std::env::args_os())
}
