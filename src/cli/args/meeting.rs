//! What can be asked of meetings.

/// The agenda.
#[derive(Debug, clap::Args)]
pub struct AgendaArgs {
    /// The meeting, by its number or the beginning of its title; else the one that runs or comes next.
    #[arg(value_name = "MEETING")]
    pub meeting: Option<String>,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}
