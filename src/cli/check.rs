//! `docket check`: what does not fit together, of one system or of every one.

use super::{Outcome, args, clean, is_closed_pipe, open::Opening, print};
use crate::{
    clock,
    desk::Trouble,
    exchange::answer::check::{Check, Checked, Journal},
};

pub(super) fn check(open: &Opening, args: &args::Check) -> Outcome {
    let desk = open.desk()?;
    let today = clock::today();
    let asked = if let Some(name) = &args.system { vec![desk.find(name)?] } else { desk.systems()? };
    let mut systems = Vec::with_capacity(asked.len());
    for id in asked {
        let found = desk.verify_system(id)?;
        let journal = Journal { entries: found.checked, problems: found.problems };
        systems.extend(Checked::of(&desk.dossier(id)?, journal, today));
    }
    if systems.is_empty() && !args.all {
        return Err(Trouble::Usage("There is no such system.".into()));
    }
    let answer = Check::of(systems, args.strict, today);
    desk.close()?;
    match print(&if args.json { answer.to_json() } else { clean(&answer.to_text()) }) {
        // Nobody listens; the exit code is still the answer.
        Err(trouble) if is_closed_pipe(&trouble) => {}
        other => drop(other?),
    }
    Ok(answer.exit)
}
