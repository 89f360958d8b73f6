//! What can be asked of the libraries.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

/// The libraries.
#[derive(Debug, Subcommand)]
pub enum Library {
    /// List every threat and control, shipped and your own.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show one entry in full.
    Show {
        /// Its code, such as DKT-T-001.
        id: String,
    },
    /// Write your own entries to a library file.
    Export {
        /// The file to write.
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Take the entries of a library file into your own library; the same file twice changes nothing.
    Import {
        /// The file.
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Only say what would follow; nothing is written.
        #[arg(long)]
        dry_run: bool,
    },
    /// List the frameworks with their keys and editions.
    Frameworks,
    /// Say which items of a framework the review of a system covers, by what, and which not.
    Cover {
        /// The key of the framework, such as `owasp_llm_2025`.
        framework: String,
        /// The name of the system, or its beginning.
        system: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}
