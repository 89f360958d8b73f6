//! `docket list`, `docket acceptances` and `docket show`.

use super::{Outcome, args::Acceptances, clean, open::Opening, print};
use crate::{
    clock,
    desk::Trouble,
    exchange::answer::{acceptances, list, show},
};

pub(super) fn list(open: &Opening, json: bool) -> Outcome {
    let mut desk = open.desk()?;
    let today = clock::today();
    // Every summary is of today, also where only time has passed since it was written.
    while desk.freshen(today, 1_000)? > 0 && desk.store()?.read_only().is_none() {}
    let total = desk.store()?.totals(today)?.systems as usize;
    let rows = desk.store()?.dashboard(0, total)?;
    let rows = rows.iter().map(|(id, summary)| list::Row::of(*id, summary, today)).collect();
    let list = list::List::of(rows, today);
    desk.close()?;
    print(&if json { list.to_json() } else { clean(&list.to_text()) })
}

pub(super) fn show(open: &Opening, system: &str, json: bool) -> Outcome {
    let desk = open.desk()?;
    let dossier = desk.dossier(desk.find(system)?)?;
    let voided = desk.voids(&dossier)?;
    let show = show::show(&dossier, &voided, clock::today())
        .ok_or_else(|| Trouble::Usage("There is no such system.".into()))?;
    desk.close()?;
    print(&if json { show.to_json() } else { clean(&show.to_text()) })
}

pub(super) fn acceptances(open: &Opening, wanted: &Acceptances) -> Outcome {
    let desk = open.desk()?;
    let all = desk.acceptances()?;
    let found = acceptances::Acceptances::of(&all, wanted.all, wanted.within, clock::today());
    desk.close()?;
    print(&if wanted.json { found.to_json() } else { clean(&found.to_text()) })
}
