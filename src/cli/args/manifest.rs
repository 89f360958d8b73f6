//! The arguments of `docket manifest`.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

/// What a system is made of.
#[derive(Debug, Subcommand)]
pub enum Manifest {
    /// Compare a manifest with what was cleared: 0 nothing differs, 1 no trigger fires, 2 not readable, 3 one fires.
    Diff(ManifestDiff),
    /// Write the manifest of a system from its inventory.
    Show {
        /// The name of the system, or its beginning.
        system: String,
        /// toml, json or yaml.
        #[arg(long, value_name = "FORMAT", default_value = "toml")]
        format: String,
    },
    /// Print the JSON schema of a manifest.
    Schema,
}

/// A manifest beside what was cleared.
#[derive(Debug, clap::Args)]
pub struct ManifestDiff {
    /// The name of the system, or its beginning.
    pub system: String,
    /// The manifest in TOML, JSON or YAML; - is standard input.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Compare with the inventory as it is now, and not with what was cleared.
    #[arg(long)]
    pub inventory: bool,
    /// Record the differences as a change and fire its triggers, in the name of --as; the same ones only once.
    #[arg(long)]
    pub record_change: bool,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}
