//! The command line: what clap reads, and one small file for each kind of answer.
//!
//! 0 yes, 1 no, 2 could not say; `docket gate` and `docket check` tell more apart. A closed pipe is success.

mod answers;
mod args;
mod bundle;
mod came;
mod check;
mod config;
mod doctor;
mod evidence;
mod files;
mod gate;
mod import;
mod interrupt;
mod library;
mod manifest;
mod meeting;
mod open;
mod pager;
mod passphrase;
mod past;
mod people;
mod sign;

pub use args::{Args, command};

use std::{
    io::{self, Write},
    process::ExitCode,
};

use crate::{desk::Trouble, domain::text::is_visible, store::Fault};
use args::{Command, ConfigArgs};

/// What a subcommand came to.
type Outcome = Result<u8, Trouble>;

/// Runs docket with the arguments of this process.
pub fn main() -> ExitCode {
    let args = match Args::read() {
        Ok(args) => args,
        Err(error) => {
            let says = clean(&error.render().to_string());
            if error.use_stderr() {
                let _ = write!(io::stderr(), "{says}");
                return ExitCode::from(2);
            }
            let _ = print(&says);
            return ExitCode::SUCCESS;
        }
    };
    let gate = matches!(args.command, Some(Command::Gate(_) | Command::Check(_) | Command::Manifest(_)));
    match run(args) {
        Ok(code) => ExitCode::from(code),
        Err(trouble) if is_closed_pipe(&trouble) => ExitCode::SUCCESS,
        Err(trouble) => {
            let _ = writeln!(io::stderr(), "docket: {}", clean(&trouble.to_string()));
            if let Some(cause) = trouble.cause() {
                let _ = writeln!(io::stderr(), "  details: {}", clean(&cause));
            }
            // A gate or a check that cannot tell says 4, so that a pipeline never takes it for an answer.
            let broken = !matches!(trouble, Trouble::Usage(_) | Trouble::Refused(_));
            ExitCode::from(if gate && broken { 4 } else { 2 })
        }
    }
}

fn run(args: Args) -> Outcome {
    let sources = config::Asked::of(&args.common);
    // What looks at the settings, or writes them, goes before what is wrong with them.
    if let Some(Command::Config(ConfigArgs { init: true, .. })) = &args.command {
        return config::init(&sources);
    }
    if let Some(Command::Doctor { json }) = &args.command {
        return doctor::doctor(&sources, *json);
    }
    let config = sources.load()?;
    pager::choose(&config);
    let Args { common, command } = args;
    let open = open::Opening { record: common.record, role: common.role, config };
    // A role that does not exist is never passed over in silence.
    let role = open.role()?;
    match command {
        None => open.screen(),
        Some(Command::Demo(demo)) => open::demo(&open, role, &demo),
        Some(Command::Assign(assign)) => people::assign(&open, role, &assign),
        Some(Command::Import(file)) => import::import(&open, role, &file),
        Some(Command::Bundle(wanted)) => bundle::bundle(&open, &wanted),
        Some(Command::Open(wanted)) => bundle::open(&open, role, &wanted),
        Some(Command::Library { what }) => library::library(&open, role, &what),
        Some(Command::Manifest(what)) => manifest::manifest(&open, role, &what),
        Some(Command::Verify) => files::verify(&open),
        Some(Command::Gate(gate)) => gate::gate(&open, &gate),
        Some(Command::Check(check)) => check::check(&open, &check),
        Some(Command::Show { system, json }) => answers::show(&open, &system, json),
        Some(Command::List { json }) => answers::list(&open, json),
        Some(Command::Acceptances(wanted)) => answers::acceptances(&open, &wanted),
        Some(Command::Agenda(wanted)) => meeting::agenda(&open, &wanted),
        Some(Command::Minutes(wanted)) => meeting::minutes(&open, &wanted),
        Some(Command::Present) => open.present(),
        Some(Command::Evidence(what)) => evidence::evidence(&open, &what),
        Some(Command::Record(record)) => files::record(&open, &record),
        Some(Command::Report(wanted)) => answers::report(&open, &wanted),
        Some(Command::Export(wanted)) => files::export(&open, &wanted),
        Some(Command::Journal(journal)) => past::journal(&open, &journal),
        Some(Command::Changes(changes)) => past::changes(&open, &changes),
        Some(Command::Trace { system, at_entry, json }) => past::trace(&open, &system, at_entry, json),
        Some(Command::Backup { to }) => files::backup(&open, &to),
        Some(Command::Restore { from, continue_older }) => files::restore(&open, from.as_deref(), continue_older),
        Some(Command::Sign(wanted)) => sign::sign(&open, role, &wanted),
        Some(Command::Rebuild) => files::rebuild(&open),
        Some(Command::Schema) => print(crate::exchange::record::SCHEMA),
        Some(Command::Keys { ids: true }) => print(&open.config.keymap.ids()),
        Some(Command::Keys { ids: false }) => print(&open.config.keymap.table()),
        Some(Command::Config(wanted)) => config::explain(&open.config, &wanted),
        // It was answered above: what is wrong with the settings is part of its answer.
        Some(Command::Doctor { json }) => doctor::doctor(&sources, json),
        Some(Command::Completions { shell }) => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut command_(), "docket", &mut out);
            print(&String::from_utf8_lossy(&out))
        }
        Some(Command::Man) => {
            let mut out = Vec::new();
            clap_mangen::Man::new(command_()).render(&mut out)?;
            out.extend(crate::config::man().bytes());
            print(&String::from_utf8_lossy(&out))
        }
    }
}

fn command_() -> clap::Command {
    args::command()
}

/// Prints, through the pager where a person reads it and it is long, and says yes.
fn print(text: &str) -> Outcome {
    if pager::shown(text)? {
        return Ok(0);
    }
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(0)
}

/// What goes to a terminal carries no control character, wherever it came from.
fn clean(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || is_visible(*c)).collect()
}

fn is_closed_pipe(trouble: &Trouble) -> bool {
    let closed = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    };
    match trouble {
        Trouble::Other(error) | Trouble::Broken(Fault::Other(error)) => error.chain().any(closed),
        Trouble::Refused(_) | Trouble::Broken(_) | Trouble::File(_) | Trouble::Usage(_) => false,
    }
}
