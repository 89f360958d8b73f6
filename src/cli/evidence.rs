//! `docket evidence`: check the files behind the evidence, get an attached one back.

use super::{Outcome, args::Evidence, clean, open::Opening, print};
use crate::{desk::Trouble, exchange::answer::evidence::IN_THE_LOG};

/// Exit codes of the check: 0 every file is as it was, 1 one is not.
pub(super) fn evidence(open: &Opening, what: &Evidence) -> Outcome {
    match what {
        Evidence::Check { system, log, json } => {
            let mut desk = open.desk()?;
            let system = desk.find(system)?;
            let (checks, found) = desk.compare_evidence(system, None, &mut |_, _, _| true)?;
            let mut text = clean(&checks.to_text());
            if *log {
                let role = open.role()?.map_or_else(|| desk.importing_hat(Some(system)), Ok)?;
                match desk.record_comparison((system, role), found)? {
                    Ok(Some(_)) => text.push_str(IN_THE_LOG),
                    Ok(None) => {}
                    Err(why) => return Err(Trouble::Usage(why)),
                }
            }
            desk.close()?;
            print(&if *json { checks.to_json() } else { text })?;
            Ok(u8::from(!checks.ok))
        }
        Evidence::Save { system, number, to } => {
            let desk = open.desk()?;
            let bytes = desk.attached(desk.find(system)?, number)?;
            desk.close()?;
            if to.exists() {
                let says = format!("{} is there already. Nothing was written; name another file.", to.display());
                return Err(Trouble::Usage(says));
            }
            open.write(to, &bytes)?;
            print(&clean(&format!("Written to {}, {} bytes.", to.display(), bytes.len())))
        }
    }
}
