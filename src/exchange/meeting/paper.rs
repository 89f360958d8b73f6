//! The minutes on paper.

use super::page::Page;
use crate::domain::{
    fields::Moment,
    id::hex,
    meeting::{ItemMark, Minutes, MinutesItem, Outcome, Voice, clock_text as clock},
    wording::moment,
};

/// The minutes as a page.
pub fn minutes(minutes: &Minutes, now: Moment) -> Page {
    let mut page = Page::default();
    head(&mut page, minutes);
    page.heading(2, "Decisions");
    let decided: Vec<&MinutesItem> = minutes.items.iter().filter(|item| !item.outcomes.is_empty()).collect();
    if decided.is_empty() && minutes.beside.is_empty() {
        page.text("Nothing was decided.");
    }
    for item in &decided {
        page.heading(3, &item.title);
        decisions(&mut page, &item.outcomes);
        beside(&mut page, item);
    }
    if !minutes.beside.is_empty() {
        page.heading(3, "Beside the agenda");
        decisions(&mut page, &minutes.beside);
    }
    rest(&mut page, minutes);
    actions(&mut page, minutes);
    foot(&mut page, minutes, now);
    page
}

fn head(page: &mut Page, minutes: &Minutes) {
    let meeting = &minutes.meeting;
    page.heading(1, format!("Minutes: {}", meeting.title));
    page.fact("Meeting", format!("M-{}", meeting.number.unwrap_or(0)));
    let day = meeting.day.map_or_else(String::new, |day| day.to_string());
    page.fact("Day", format!("{day} {}", meeting.starts).trim().to_owned());
    page.fact("Series", meeting.series.to_string());
    let at = |at: Option<Moment>| at.map_or_else(|| "-".to_owned(), |at| format!("{} UTC", moment(at)));
    page.fact("Opened", at(meeting.opened_at));
    page.fact("Closed", meeting.closed_at.map_or_else(|| "it still runs".to_owned(), |_| at(meeting.closed_at)));
    page.fact("Took", clock(minutes.spent));
    page.fact("Chair", minutes.chair.clone());
    page.fact("Present", minutes.present.join(", "));
    page.fact("Not present", minutes.absent.join(", "));
    let there = minutes.present.len();
    let met = if there >= minutes.quorum { "met" } else { "not met" };
    page.fact("Quorum", format!("{met}: {there} present, {} have to be ({})", minutes.quorum, minutes.quorum_because));
    page.fact(
        "Approved",
        match &minutes.approved {
            Some((within, at)) if within.is_empty() => format!("{} UTC", moment(*at)),
            Some((within, at)) => format!("in \"{within}\", {} UTC", moment(*at)),
            None => "not yet".to_owned(),
        },
    );
}

fn decisions(page: &mut Page, outcomes: &[Outcome]) {
    for outcome in outcomes {
        page.item(outcome.what.clone());
        for line in &outcome.lines {
            page.under(line.clone());
        }
        let content = if outcome.content.is_empty() {
            String::new()
        } else {
            format!(", on the content with SHA-256 {}", outcome.content)
        };
        let hash: String = hex(&outcome.hash).chars().take(16).collect();
        page.under(format!("By {} at {} UTC{content}. Entry {}, {hash}…", outcome.by, moment(outcome.at), outcome.n));
    }
}

/// Who dissents, what was said, what is to be done.
fn beside(page: &mut Page, item: &MinutesItem) {
    for (stance, who, why) in &item.stances {
        let why = if why.is_empty() { String::new() } else { format!(": {why}") };
        page.item(format!("{who} {}{why}", stance_words(*stance)));
    }
    said(page, &item.notes);
    for (text, who, due) in &item.actions {
        let due = due.map_or_else(String::new, |due| format!(", until {due}"));
        page.item(format!("ACTION {who}: {text}{due}"));
    }
    if item.spent > 0 {
        page.item(format!("It took {}.", clock(item.spent)));
    }
}

fn stance_words(stance: crate::domain::meeting::StanceKind) -> &'static str {
    use crate::domain::meeting::StanceKind;
    match stance {
        StanceKind::Dissents => "dissents",
        StanceKind::Abstains => "abstains",
        StanceKind::Recused => "is recused",
    }
}

fn said(page: &mut Page, notes: &[Voice]) {
    for note in notes {
        let at: String = moment(note.at).chars().skip(11).collect();
        page.item(format!("{at} {}: {}", note.who, note.text));
    }
}

/// What was talked about, put off or passed over.
fn rest(page: &mut Page, minutes: &Minutes) {
    let others: Vec<&MinutesItem> = minutes.items.iter().filter(|item| item.outcomes.is_empty()).collect();
    let of = |mark: Option<ItemMark>| others.iter().filter(move |item| item.mark == mark);
    let parts = [
        ("Discussed", vec![None, Some(ItemMark::Done)]),
        ("Deferred to the next meeting", vec![Some(ItemMark::Deferred)]),
        ("Passed over", vec![Some(ItemMark::Skipped)]),
        ("Taken off the agenda", vec![Some(ItemMark::Dropped)]),
    ];
    for (title, marks) in parts {
        let talked = |item: &MinutesItem| {
            item.mark.is_some() || item.taken_up.is_some() || !item.notes.is_empty() || !item.actions.is_empty()
        };
        let found: Vec<_> = marks.into_iter().flat_map(of).filter(|item| talked(item)).collect();
        if found.is_empty() {
            continue;
        }
        page.heading(2, title);
        for item in found {
            page.heading(3, &item.title);
            page.fact("Because", item.reason.clone());
            beside(page, item);
        }
    }
    if !minutes.notes.is_empty() {
        page.heading(2, "Said");
        said(page, &minutes.notes);
    }
}

fn actions(page: &mut Page, minutes: &Minutes) {
    let all = minutes.items.iter().flat_map(|item| item.actions.iter().map(move |action| (item, action)));
    let rows = all.map(|(item, (text, who, due))| {
        vec![who.clone(), text.clone(), due.map_or_else(String::new, |due| due.to_string()), item.title.clone()]
    });
    let mut rows: Vec<Vec<String>> = rows.collect();
    rows.extend(minutes.actions.iter().map(|(text, who, due)| {
        vec![who.clone(), text.clone(), due.map_or_else(String::new, |due| due.to_string()), String::new()]
    }));
    if !rows.is_empty() {
        page.heading(2, "Actions");
        page.table(vec!["Who", "What", "Until", "Item"], rows);
    }
}

fn foot(page: &mut Page, minutes: &Minutes, now: Moment) {
    page.heading(2, "What holds these minutes");
    page.text(
        "They are made from the entries of the journal that were written in the meeting. Whoever holds a copy of them can \
         tell whether the record was changed since.",
    );
    if let Some((n, hash)) = minutes.head {
        page.fact("Journal head", format!("entry {n}, SHA-256 {}", hex(&hash)));
    }
    if minutes.others > 0 {
        let others = crate::domain::decision::counted(minutes.others, "other change", "other changes");
        page.fact("Beside the decisions", format!("{others} of the systems were made during the meeting"));
    }
    page.fact("Printed", format!("{} UTC by docket {}", moment(now), env!("CARGO_PKG_VERSION")));
    page.text("Approved: ______________________________    Chair: ______________________________");
}
