//! The binary: parse the arguments, do what they ask, exit with what it came to.

use std::process::ExitCode;

fn main() -> ExitCode {
    docket::cli::main()
}
