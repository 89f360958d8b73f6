//! `docket list`, `docket acceptances` and `docket show`.

use super::{
    Outcome,
    args::{self, Acceptances},
    clean,
    files::put,
    open::Opening,
    print,
};
use crate::{
    clock,
    desk::{Desk, Trouble},
    domain::{fields::Day, id::hex},
    exchange::answer::{acceptances, list, report::Report, show},
};

pub(super) fn list(open: &Opening, json: bool) -> Outcome {
    let mut desk = open.desk()?;
    let list = listed(&mut desk, clock::today())?;
    desk.close()?;
    print(&if json { list.to_json() } else { clean(&list.to_text()) })
}

/// Every system, each line as of today, also where only time has passed since it was written.
fn listed(desk: &mut Desk, today: Day) -> Result<list::List, Trouble> {
    while desk.freshen(today, 1_000)? > 0 && desk.store()?.read_only().is_none() {}
    let total = desk.store()?.totals(today)?.systems as usize;
    let rows = desk.store()?.dashboard(0, total)?;
    let rows = rows.iter().map(|(id, summary)| list::Row::of(*id, summary, today)).collect();
    Ok(list::List::of(rows, today))
}

pub(super) fn report(open: &Opening, wanted: &args::Report) -> Outcome {
    let mut desk = open.desk()?;
    let on = clock::today();
    let list = listed(&mut desk, on)?;
    let acceptances = acceptances::Acceptances::of(&desk.acceptances()?, false, Some(wanted.within), on);
    let (events, head) = desk.store()?.head()?;
    let trend = desk.store()?.trend_of_all(on)?;
    let record = desk.info().name;
    desk.close()?;
    let report = Report { on, record, list, acceptances, trend, head: (hex(&head), events) };
    let text = if wanted.html { report.to_html() } else { report.to_markdown() };
    put(open, wanted.out.as_deref(), &text)
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
