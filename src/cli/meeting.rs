//! `docket agenda`, `docket minutes` and `docket present`.

use std::path::Path;

use super::{
    Outcome,
    args::{AgendaArgs, MinutesArgs, PaperForm},
    clean,
    open::Opening,
    print,
};
use crate::{
    clock,
    desk::{Desk, Trouble},
    exchange::{
        answer::agenda::AgendaAnswer,
        meeting::{dates, pack, page::Page, paper},
    },
};

/// Brings every line up to date that time alone has made stale, where that can be written.
fn freshened(desk: &mut Desk) -> Result<(), Trouble> {
    while desk.freshen(clock::today(), 1_000)? > 0 && desk.store()?.read_only().is_none() {}
    Ok(())
}

pub(super) fn agenda(open: &Opening, wanted: &AgendaArgs) -> Outcome {
    let mut desk = open.desk()?;
    freshened(&mut desk)?;
    let meeting = wanted.meeting.as_deref().map(|name| desk.meeting_named(Some(name))).transpose()?;
    let (agenda, record) = desk.agenda(meeting.map(|meeting| meeting.id))?;
    if wanted.ics {
        let all = desk.portfolio_for_the_board()?;
        let calendar = dates::calendar(&record, &all, (clock::now(), wanted.titles));
        desk.close()?;
        return print(&calendar);
    }
    if let Some(folder) = &wanted.pack {
        let mut dossier = |item: &crate::domain::meeting::Item| {
            item.system.as_ref().and_then(|(system, _)| desk.dossier(*system).ok())
        };
        let page = pack::pack(&agenda, clock::today(), &mut dossier);
        desk.close()?;
        return packed(open, folder, &page);
    }
    let answer = AgendaAnswer::of(&agenda, clock::today());
    desk.close()?;
    print(&if wanted.json { answer.to_json() } else { clean(&answer.to_text()) })
}

/// Writes the pack into a folder, made where there is none.
fn packed(open: &Opening, folder: &Path, page: &Page) -> Outcome {
    let failed = |error| Trouble::Usage(format!("{} could not be made ({error}).", folder.display()));
    std::fs::create_dir_all(folder).map_err(failed)?;
    for (name, text) in [("pre-read.md", page.to_markdown()), ("pre-read.html", page.to_html())] {
        open.write(&folder.join(name), text.as_bytes())?;
    }
    print(&clean(&format!("Written to {}: pre-read.md, pre-read.html.", folder.display())))
}

pub(super) fn minutes(open: &Opening, wanted: &MinutesArgs) -> Outcome {
    let desk = open.desk()?;
    let meeting = desk.meeting_named(wanted.meeting.as_deref())?;
    if meeting.opened_at.is_none() {
        return Err(Trouble::Usage(format!("The meeting \"{}\" was not opened yet.", meeting.title)));
    }
    let page = paper::minutes(&desk.minutes(meeting.id)?, clock::now());
    desk.close()?;
    let text = match wanted.format {
        PaperForm::Text => page.to_text(),
        PaperForm::Markdown => page.to_markdown(),
        PaperForm::Html => page.to_html(),
    };
    match &wanted.out {
        Some(file) => {
            open.write(file, text.as_bytes())?;
            print(&clean(&format!("Written to {}.", file.display())))
        }
        None => print(&clean(&text)),
    }
}
