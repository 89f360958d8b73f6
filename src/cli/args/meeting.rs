//! What can be asked of meetings.

use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};

/// The agenda.
#[derive(Debug, clap::Args)]
pub struct AgendaArgs {
    /// The meeting, by its number or the beginning of its title; else the one that runs or comes next.
    #[arg(value_name = "MEETING")]
    pub meeting: Option<String>,
    /// As JSON.
    #[arg(long, conflicts_with_all = ["ics", "pack"])]
    pub json: bool,
    /// As dates for a calendar: meetings, actions, and the days on which something ends or is due.
    #[arg(long, conflicts_with = "pack")]
    pub ics: bool,
    /// With the titles of what the dates are about; calendars are seen by many, so they are left out else.
    #[arg(long, requires = "ics")]
    pub titles: bool,
    /// Write what is to be read before the meeting into this folder, as Markdown and as HTML that prints well.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub pack: Option<PathBuf>,
}

/// The minutes.
#[derive(Debug, clap::Args)]
pub struct MinutesArgs {
    /// The meeting, by its number or the beginning of its title; else the last one that was opened.
    #[arg(value_name = "MEETING")]
    pub meeting: Option<String>,
    /// In which form.
    #[arg(long, value_enum, default_value_t = PaperForm::Text)]
    pub format: PaperForm,
    /// The file to write; standard output when not given.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
}

/// A form of what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperForm {
    /// Plain text in 80 columns.
    Text,
    /// Markdown.
    Markdown,
    /// HTML that prints well.
    Html,
}
