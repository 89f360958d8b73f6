//! The arguments of `docket journal` and `docket changes`.

use std::path::PathBuf;

use clap::ValueHint;

/// The journal.
#[derive(Debug, clap::Args)]
pub struct Journal {
    /// Only of this system, by its name or its beginning.
    pub system: Option<String>,
    /// By whom.
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    /// In which hat.
    #[arg(long, value_name = "ROLE")]
    pub hat: Option<String>,
    /// What touches this section, such as threats.
    #[arg(long, value_name = "SECTION")]
    pub section: Option<String>,
    /// What kind of act, such as decisions.
    #[arg(long, value_name = "ACT")]
    pub act: Option<String>,
    /// From this day on, such as 2026-11-21, in UTC.
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,
    /// Up to the end of this day.
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
    /// What has all of these words in it.
    #[arg(long, value_name = "WORDS")]
    pub words: Option<String>,
    /// The newest so many.
    #[arg(long, value_name = "COUNT", default_value_t = 200)]
    pub limit: usize,
    /// As people read it, also where nothing narrows it.
    #[arg(long)]
    pub read: bool,
    /// What people read, as JSON.
    #[arg(long)]
    pub json: bool,
    /// The file to write; standard output when not given.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
}

impl Journal {
    /// Whether words are wanted, and not the entries with their proof.
    pub fn in_words(&self) -> bool {
        let named = [&self.system, &self.person, &self.hat, &self.section, &self.act, &self.since, &self.until];
        self.read || self.json || self.words.is_some() || named.iter().any(|part| part.is_some())
    }
}

/// What changed.
#[derive(Debug, clap::Args)]
pub struct Changes {
    /// The name of the system, or its beginning.
    pub system: String,
    /// Right after this entry, or from the beginning of this day: 120, or 2026-11-21.
    #[arg(long, value_name = "N|DAY")]
    pub since: String,
    /// Up to and with this entry, or to the end of this day; now when not given.
    #[arg(long, value_name = "N|DAY")]
    pub until: Option<String>,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}
