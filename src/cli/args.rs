//! What can be written on the command line; the comments are the help.

mod bundle;
mod journal;
mod library;
mod manifest;
mod meeting;
mod settings;

pub use bundle::{Bundle, Came, Export, Import, Open};
pub use journal::{Changes, Journal};
pub use library::Library;
pub use manifest::{Manifest, ManifestDiff};
pub use meeting::{AgendaArgs, MinutesArgs, PaperForm};
pub use settings::ConfigArgs;

use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand, ValueHint};

/// A comment would bring its backticks along.
const RECORD: &str = "The record to use; else the one that DOCKET_RECORD names, else the one in your data folder";

/// The same.
const CONFIG: &str =
    "The file of settings; else the one that DOCKET_CONFIG names, else the one in your configuration folder";

/// Take an AI system from intake to a signed, defensible clearance.
///
/// Without a command docket opens its screen on the record. Everything stays in one file on this computer: no account,
/// no network.
#[derive(Debug, Parser)]
#[command(name = "docket", version, max_term_width = 100)]
pub struct Args {
    /// What goes with every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The options that go with every command, and with none.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// The record to use; else the one that `DOCKET_RECORD` names, else the one in your data folder.
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, help = RECORD)]
    pub record: Option<PathBuf>,
    /// Who you are, by the name in the record.
    // A name of its own: options of commands are called so as well.
    #[arg(id = "seated", long = "as", global = true, value_name = "PERSON")]
    pub person: Option<String>,
    /// In which hat: owner, security, governance, dpo, sign-off, operator, builder, auditor.
    #[arg(long, global = true, value_name = "ROLE")]
    pub role: Option<String>,
    /// The file of settings; else the one that `DOCKET_CONFIG` names, else the one in your configuration folder.
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, help = CONFIG)]
    pub config: Option<PathBuf>,
    /// Colours: auto, plain, contrast, colour-blind or none.
    #[arg(long, global = true, value_name = "WORD")]
    pub theme: Option<String>,
    /// Draw with plain ASCII only.
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Show a long answer as it is, without a pager.
    #[arg(long, global = true)]
    pub no_pager: bool,
}

/// The screen, which is asked for without a command.
#[derive(Debug, Parser)]
struct Bare {
    #[command(flatten)]
    common: Common,
}

impl Args {
    /// Reads the arguments of this process. The forty commands are only made where one is asked for, or help, or
    /// something is wrong: making them takes longer than everything else before the record is opened.
    pub fn read() -> Result<Self, clap::Error> {
        match Bare::try_parse() {
            Ok(Bare { common }) => Ok(Self { common, command: None }),
            Err(_) => Self::try_parse(),
        }
    }
}

/// What docket can do without its screen.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Look around in a sample portfolio, in a throw-away record of its own, or in a new file at --record.
    Demo(Demo),
    /// Take in a threat model, a register, an inventory, test results, a bundle that came back, or a whole record.
    Import(Import),
    /// Write what concerns one system into one file, for somebody without this record, or to send it back.
    Bundle(Bundle),
    /// Open a bundle: as a working copy of its own, or, where it came back, to take in what was done.
    Open(Open),
    /// Browse the libraries, keep entries of your own, and see what a review covers of a framework.
    Library {
        /// What of the libraries.
        #[command(subcommand)]
        what: Library,
    },
    /// Compare what a system is made of with what was cleared, from a pipeline or by hand.
    #[command(subcommand)]
    Manifest(Manifest),
    /// Check every chain of the journal, every attachment and every table; 0 all is well, 1 something is not.
    Verify,
    /// Give a role to a person, on one system or as the default of the record.
    Assign(Assign),
    /// Say whether a system may go live: 0 yes, 1 no, 2 wrong use, 3 no decision to go by, 4 cannot tell.
    Gate(Gate),
    /// Look for what does not fit together: 0 no contradiction, 1 a contradiction, 2 wrong use, 4 cannot tell.
    Check(Check),
    /// Show where a system stands, and what is missing.
    Show {
        /// The name of the system, or its beginning.
        system: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// List every system with its court, tier, gaps and clearance.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the accepted risks of every system, the one that ends first on top.
    Acceptances(Acceptances),
    /// Show the agenda of the meeting that runs or comes next, made from the record.
    Agenda(AgendaArgs),
    /// Print the minutes of a meeting, made from what was decided in it.
    Minutes(MinutesArgs),
    /// Follow the meeting on a second screen, large and to read only.
    Present,
    /// Check the files behind the evidence of a system, or get an attached one back.
    #[command(subcommand)]
    Evidence(Evidence),
    /// Write the disposition record of a system.
    Record(Record),
    /// Write the portfolio for those who lead: where every system stands, what is late, how the risk moves.
    Report(Report),
    /// Write the register of a system in a form that another tool reads, or the whole record for another docket.
    Export(Export),
    /// Write the journal as JSON lines that verify without docket; narrowed, as people read it.
    Journal(Journal),
    /// Tell what changed in a system since an entry or a day.
    Changes(Changes),
    /// Trace the last decision of a system to who, when, in which hat, on which content, by which entry.
    Trace {
        /// The name of the system, or its beginning.
        system: String,
        /// As it was right after this entry.
        #[arg(long, value_name = "N")]
        at_entry: Option<i64>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Sign what you decided with your SSH key, or write the signatures out so that ssh-keygen verifies them alone.
    Sign(super::sign::Sign),
    /// Make a checked copy of the record.
    Backup {
        /// Where the copy goes; it must not exist yet.
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        to: PathBuf,
    },
    /// Put a checked copy back; what is there now is set aside.
    Restore {
        /// The copy.
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, required_unless_present = "continue_older")]
        from: Option<PathBuf>,
        /// Go on with the file that is there although a newer one was seen on this machine.
        #[arg(long, conflicts_with = "from")]
        continue_older: bool,
    },
    /// Make every table again from the journal.
    Rebuild,
    /// Print the JSON schema of the disposition record.
    Schema,
    /// Print the table of keys, with those of your settings.
    Keys {
        /// Print the ids of the actions instead, as the settings name them.
        #[arg(long)]
        ids: bool,
    },
    /// Say what every setting is, who said so and what it does, or write a file to begin with.
    Config(ConfigArgs),
    /// Look whether docket has what it needs here: 0 all is well, 1 something is not. Nothing is changed.
    Doctor {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
}

/// The sample portfolio.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// Make the record and leave; with --record FILE the file is kept.
    #[arg(long)]
    pub seed_only: bool,
}

/// Who holds which role.
#[derive(Debug, clap::Args)]
pub struct Assign {
    /// The role to give: owner, security, governance, dpo, sign-off, operator, builder, auditor.
    #[arg(value_name = "ROLE")]
    pub to: String,
    /// Who gets it, by name; somebody new is entered with --new.
    #[arg(value_name = "PERSON")]
    pub name: String,
    /// The person is not in the record yet.
    #[arg(long)]
    pub new: bool,
    /// The title of somebody new.
    #[arg(long, value_name = "TITLE", requires = "new")]
    pub title: Option<String>,
    /// On this system only.
    #[arg(long, value_name = "SYSTEM")]
    pub system: Option<String>,
    /// Who acts for them while they are away.
    #[arg(long, value_name = "PERSON", conflicts_with = "new")]
    pub delegate: Option<String>,
    /// The last day on which it holds, such as 2026-12-31.
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
}

/// The gate in a pipeline.
#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub struct Gate {
    /// The name of the system, or its beginning.
    #[arg(required_unless_present_any = ["system_option", "from"])]
    pub system: Option<String>,
    /// The same as an option.
    #[arg(long = "system", value_name = "SYSTEM", conflicts_with = "system")]
    pub system_option: Option<String>,
    /// A disposition record that was written out as JSON, instead of a record file; - is standard input.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub from: Option<PathBuf>,
    /// The release that is to go live; a decision for another one does not count.
    #[arg(long, value_name = "VERSION")]
    pub release: Option<String>,
    /// Ask for the system alone, where its review names no release; else that is no decision to go by.
    #[arg(long, conflicts_with = "release")]
    pub any_release: bool,
    /// The SHA-256 of what is to go live.
    #[arg(long, value_name = "SHA256")]
    pub digest: Option<String>,
    /// The day for which it is asked, such as 2026-11-21.
    #[arg(long, value_name = "DAY")]
    pub at: Option<String>,
    /// Always exit with 0 and say what it would be.
    #[arg(long)]
    pub advisory: bool,
    /// A contradiction that no condition of the gate covers is a no as well.
    #[arg(long)]
    pub strict: bool,
    /// Write the answer to this file as Markdown as well.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub summary: Option<PathBuf>,
    /// One line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// The accepted risks.
#[derive(Debug, clap::Args)]
pub struct Acceptances {
    /// Also those that were declined, withdrawn, revoked or superseded.
    #[arg(long)]
    pub all: bool,
    /// Only those that end within so many days, or ended already.
    #[arg(long, value_name = "DAYS")]
    pub within: Option<u32>,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

/// What does not fit together.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// The name of the system, or its beginning.
    #[arg(required_unless_present = "all")]
    pub system: Option<String>,
    /// Every system of the record.
    #[arg(long, conflicts_with = "system")]
    pub all: bool,
    /// A warning is a no as well.
    #[arg(long)]
    pub strict: bool,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

/// The files behind the evidence.
#[derive(Debug, Subcommand)]
pub enum Evidence {
    /// Compare every file with the SHA-256 in the record; 0 all are as they were, 1 one is not. No evidence is changed.
    Check {
        /// The name of the system, or its beginning.
        system: String,
        /// Write into the journal who looked, when, and what was found; needs a person and a hat on the system.
        #[arg(long)]
        log: bool,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the copy that the record keeps to a new file.
    Save {
        /// The name of the system, or its beginning.
        system: String,
        /// The number of the evidence, such as E-1.
        #[arg(value_name = "NUMBER")]
        number: String,
        /// The file to write; it must not exist yet.
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        to: PathBuf,
    },
}

/// The disposition record.
#[derive(Debug, clap::Args)]
pub struct Record {
    /// The name of the system, or its beginning.
    pub system: String,
    /// As JSON instead of Markdown.
    #[arg(long)]
    pub json: bool,
    /// As one page of HTML, with its pictures and the JSON in it; for a browser and for paper.
    #[arg(long, conflicts_with = "json")]
    pub html: bool,
    /// As it was right after this entry.
    #[arg(long, value_name = "N", conflicts_with = "as_decided")]
    pub at_entry: Option<i64>,
    /// Exactly as it was when the last decision was made.
    #[arg(long)]
    pub as_decided: bool,
    /// The file to write; standard output when not given.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
}

/// `docket report`.
#[derive(Debug, clap::Args)]
pub struct Report {
    /// As one page of HTML instead of Markdown.
    #[arg(long)]
    pub html: bool,
    /// Accepted risks that end within so many days.
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    pub within: u32,
    /// The file to write; standard output when not given.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
}

/// The command line as clap knows it, for help, completions and the manual page.
pub fn command() -> clap::Command {
    Args::command()
}
