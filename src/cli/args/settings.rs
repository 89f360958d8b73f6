//! What can be asked of the settings.

/// The settings.
#[derive(Debug, clap::Args)]
pub struct ConfigArgs {
    /// Explain every setting; the same as without an option.
    #[arg(long)]
    pub explain: bool,
    /// Write a file in which everything is a remark; there must be none.
    #[arg(long, conflicts_with_all = ["explain", "json"])]
    pub init: bool,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}
