//! `docket agenda` and `docket minutes`.

use super::{Outcome, args::AgendaArgs, clean, open::Opening, print};
use crate::{clock, desk::Desk, exchange::answer::agenda::AgendaAnswer};

/// Brings every line up to date that time alone has made stale, where that can be written.
fn freshened(desk: &mut Desk) -> Result<(), crate::desk::Trouble> {
    while desk.freshen(clock::today(), 1_000)? > 0 && desk.store()?.read_only().is_none() {}
    Ok(())
}

pub(super) fn agenda(open: &Opening, wanted: &AgendaArgs) -> Outcome {
    let mut desk = open.desk()?;
    freshened(&mut desk)?;
    let meeting = wanted.meeting.as_deref().map(|name| desk.meeting_named(Some(name))).transpose()?;
    let (agenda, _) = desk.agenda(meeting.map(|meeting| meeting.id))?;
    let answer = AgendaAnswer::of(&agenda, clock::today());
    desk.close()?;
    print(&if wanted.json { answer.to_json() } else { clean(&answer.to_text()) })
}
