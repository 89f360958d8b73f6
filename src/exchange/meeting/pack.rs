//! The pre-read pack: the agenda, and for each item what the board needs to decide on it.

use super::page::Page;
use crate::domain::{
    Dossier,
    fields::{Day, Vocabulary},
    library::Level,
    meeting::{Agenda, AgendaSection, Item, briefing, worst},
    wording::moment,
};

/// The pack of an agenda: `dossier` hands out the system of an item.
pub fn pack(agenda: &Agenda, today: Day, dossier: &mut dyn FnMut(&Item) -> Option<Dossier>) -> Page {
    let mut page = Page::default();
    let meeting = agenda.meeting.as_ref();
    page.heading(1, meeting.map_or_else(|| format!("For the board on {today}"), |m| format!("Pre-read: {}", m.title)));
    if let Some(meeting) = meeting {
        let day = meeting.day.map_or_else(String::new, |day| day.to_string());
        page.fact("When", format!("{day} {}", meeting.starts).trim().to_owned());
        page.fact("Invited", agenda.attendees.iter().map(|(_, name, _)| name.clone()).collect::<Vec<_>>().join(", "));
        page.fact("Quorum", agenda.quorum.to_string());
    }
    page.fact("Time", format!("{} minutes for {} items", agenda.planned_minutes(), agenda.items.len()));
    page.heading(2, "Agenda");
    let row = |item: &Item| {
        let since = item.since.map_or_else(String::new, |at| moment(at).chars().take(10).collect());
        vec![item.section.label().to_owned(), item.title(), item.state.label().to_owned(), item.why.clone(), since]
    };
    page.table(vec!["Part", "Item", "State", "Why", "Since"], agenda.items.iter().map(row).collect());
    for section in AgendaSection::ALL {
        for item in agenda.items.iter().filter(|item| item.section == *section) {
            one(&mut page, item, today, dossier(item).as_ref());
        }
    }
    page
}

fn one(page: &mut Page, item: &Item, today: Day, dossier: Option<&Dossier>) {
    page.heading(2, item.title());
    page.fact("Why it is here", item.why.clone());
    page.fact("Since", item.since.map_or_else(String::new, |at| format!("{} UTC", moment(at))));
    page.fact("Ends", item.lapses.map_or_else(String::new, |day| day.to_string()));
    page.fact("Time", format!("{} min", item.minutes));
    for (who, why) in &item.opinions.flags {
        page.fact("Flagged", format!("{who}: {why}"));
    }
    for (who, text) in &item.opinions.comments {
        page.fact("Comment", format!("{who}: {text}"));
    }
    let names: Vec<_> = item.opinions.approve.iter().map(|(_, name)| name.clone()).collect();
    page.fact("Pre-approved by", names.join(", "));
    let Some(dossier) = dossier else { return };
    for (label, text) in briefing(dossier, today) {
        page.fact(label, text);
    }
    threats(page, dossier, today);
}

fn threats(page: &mut Page, dossier: &Dossier, today: Day) {
    let word = |level: Option<Level>| level.map_or_else(|| "unscored".to_owned(), |level| level.label().to_owned());
    let rows = worst(dossier, today, 5).into_iter().map(|(name, now, after)| vec![name, word(now), word(after)]);
    page.table(vec!["Threat", "Now", "After the plan"], rows.collect());
}
