//! The arguments of what takes files in and what writes them for another docket.

use std::path::PathBuf;

use clap::ValueHint;

/// A file of another tool, a bundle or a whole record.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The file.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Only show the receipt; nothing is written.
    #[arg(long)]
    pub dry_run: bool,
    /// The receipt as JSON.
    #[arg(long)]
    pub json: bool,
    /// Take it into this system, where the file holds one, or results of tests on one.
    #[arg(long, value_name = "SYSTEM", visible_alias = "system")]
    pub into: Option<String>,
    /// Read this column of a table into this field, such as "Risk Name=title"; the record remembers it for the next
    /// file with the same columns.
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// Do not ask after the receipt.
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub bundle: Came,
}

/// How a bundle that came is opened, and what holds where it came back and both sides changed the same.
#[derive(Debug, clap::Args)]
pub struct Came {
    /// Of a bundle that came back: keep what stands here wherever both sides changed the same.
    #[arg(long, conflicts_with = "theirs")]
    pub ours: bool,
    /// Of a bundle that came back: take what comes in wherever both sides changed the same.
    #[arg(long)]
    pub theirs: bool,
    /// The file with the key that opens a locked bundle: of age, or a private key of SSH.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub identity: Vec<PathBuf>,
}

/// What is written in another form.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// The name of the system, or its beginning.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub system: Option<String>,
    /// csv, defectdojo, sarif, oscal (plan of action and milestones), cyclonedx (attestation) or ics (calendar).
    #[arg(long, value_name = "FORM", required_unless_present = "all")]
    pub form: Option<String>,
    /// Every system: the calendar, or with no form the whole record, which docket import takes into an empty one.
    #[arg(long)]
    pub all: bool,
    /// In the calendar, with the titles of what the dates are about; many see a calendar, so they are left out else.
    #[arg(long)]
    pub titles: bool,
    /// The file to write; standard output when not given.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
}

/// A comment would bring its backticks along.
const PASSPHRASE: &str = "Lock it with a passphrase, which is asked for, or taken from the variable DOCKET_PASSPHRASE";

/// What goes to somebody without the record.
#[derive(Debug, clap::Args)]
pub struct Bundle {
    /// The name of the system, or its beginning; not needed in a working copy. All of its reviews go along: a review
    /// stands on the ones before it, and the journal that proves it is one.
    pub system: Option<String>,
    /// The file to write.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
    /// Lock it for whoever has this public key: of age, which begins with age1, of SSH, which begins with ssh-ed25519
    /// or ssh-rsa, or a file of such keys; as often as there are people.
    #[arg(long, value_name = "KEY")]
    pub to: Vec<String>,
    /// Lock it with a passphrase, which is asked for, or taken from the environment (`DOCKET_PASSPHRASE`).
    #[arg(long, conflicts_with = "to", help = PASSPHRASE)]
    pub passphrase: bool,
}

/// A bundle that came.
#[derive(Debug, clap::Args)]
pub struct Open {
    /// The bundle.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Where the working copy goes; beside the bundle when not given.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub copy: Option<PathBuf>,
    /// Only say what it holds and what it would come to; nothing is written.
    #[arg(long)]
    pub dry_run: bool,
    /// What it comes to as JSON.
    #[arg(long)]
    pub json: bool,
    /// Do not ask, and do not open the screen.
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub bundle: Came,
}
