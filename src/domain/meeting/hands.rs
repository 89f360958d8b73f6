//! What hands did to the agenda, what was said before the meeting, and what an earlier meeting left behind.

use super::{
    AgendaItem, AgendaSection, ItemMark, MatterSort, Meeting, OpinionKind,
    agenda::{Item, ItemState, Opinions, bare, record_matter, usual_minutes},
};
use crate::domain::{
    Dossier, Id,
    fields::{Moment, Vocabulary},
    wording::person,
};

/// What was said before the meeting; an approval of something else than what is there now does not count.
pub(super) fn opine(item: &mut Item, record: &Dossier, meeting: &Meeting) {
    let about = |o: &&super::Opinion| !o.archived && o.meeting == Some(meeting.id) && o.key.as_str() == item.key;
    let mut said = Opinions::default();
    for opinion in record.opinions.iter().filter(about) {
        let Some(who) = opinion.person else { continue };
        let (name, text) = (person(record, Some(who.0)), opinion.text.as_str().replace('\n', " "));
        match opinion.sort {
            Some(OpinionKind::Approve) if opinion.seen.as_str() == item.content => said.approve.push((who.0, name)),
            Some(OpinionKind::Approve) => said.outdated.push(name),
            Some(OpinionKind::Flag) => said.flags.push((name, text)),
            Some(OpinionKind::Comment) => said.comments.push((name, text)),
            None => {}
        }
    }
    said.approve.retain(|(who, _)| !record.is_recused(meeting.id, &item.key, *who));
    item.opinions = said;
}

/// What hands did to it, and how it stands after that.
pub(super) fn touch(item: &mut Item, record: &Dossier, meeting: &Meeting, quorum: usize) {
    let row = record.item_of(meeting.id, &item.key);
    let pre = item.opinions.approve.len() >= quorum && item.opinions.flags.is_empty() && item.missing == 0;
    let pre = pre && item.sort.is_decided();
    item.state = match item.state {
        ItemState::Missing => ItemState::Missing,
        _ if !item.opinions.flags.is_empty() => ItemState::Flagged,
        _ if pre => ItemState::PreApproved,
        other => other,
    };
    if pre {
        item.section = AgendaSection::Consent;
    } else if !item.opinions.flags.is_empty() && item.section == AgendaSection::Consent {
        // What somebody flags is not taken with the others.
        item.section = AgendaSection::Discussion;
    }
    let stances = record.stances_of(meeting.id).filter(|row| row.key.as_str() == item.key);
    item.stances = stances
        .filter_map(|s| Some((person(record, Some(s.person?.0)), s.stance?, s.text.as_str().replace('\n', " "))))
        .collect();
    item.minutes = usual_minutes(item.section);
    if let Some(row) = row {
        by_hand(item, row);
    }
    if meeting.runs() && meeting.current.as_str() == item.key && !item.state.is_over() {
        item.state = ItemState::Now;
    }
}

fn by_hand(item: &mut Item, row: &AgendaItem) {
    item.section = row.section.unwrap_or(item.section);
    item.minutes = row.minutes.unwrap_or_else(|| usual_minutes(item.section));
    item.spent = row.spent.unwrap_or(0);
    item.running_since = row.running_since;
    item.reason = row.reason.as_str().replace('\n', " ");
    item.state = match row.mark {
        Some(ItemMark::Skipped) => ItemState::Skipped,
        Some(ItemMark::Deferred) => ItemState::Deferred,
        Some(ItemMark::Dropped) => ItemState::Dropped,
        Some(ItemMark::Done) => ItemState::Done,
        None => item.state,
    };
}

/// What was on this agenda and waits for nothing any more, and what was put here by hand: kept as hands left it.
pub(super) fn left_over(record: &Dossier, meeting: &Meeting, known: &[Item]) -> Vec<Item> {
    let rows = record.agenda_items.iter().filter(|row| !row.archived && row.meeting == Some(meeting.id));
    let gone = rows.filter(|row| known.iter().all(|item| item.key != row.key.as_str()));
    gone.filter_map(|row| {
        let (sort, id) = parsed(row.key.as_str())?;
        let hand = sort == MatterSort::Hand;
        let why = if hand { "put here by hand" } else { "" };
        let matter = record_matter(sort, id, row.title.to_string(), why.to_owned(), Some(Moment(row.id.made_at())));
        let mut item = bare(&matter);
        opine(&mut item, record, meeting);
        touch(&mut item, record, meeting, usize::MAX);
        item.system = row.about.map(|id| (id, String::new()));
        item.waits = hand && !item.state.is_over();
        // What was asked is answered: it was decided, met or mended, here or elsewhere.
        if !hand && !matches!(item.state, ItemState::Dropped | ItemState::Deferred) {
            item.state = ItemState::Done;
        }
        Some(item)
    })
    .collect()
}

/// The sort and the identity in a key.
pub(super) fn parsed(key: &str) -> Option<(MatterSort, Id)> {
    let (sort, id) = key.split_once('/')?;
    Some((MatterSort::parse(sort)?, Id::parse(id)?))
}

/// What an earlier meeting of the series deferred, and what was put there by hand and not dealt with.
pub(super) fn carry(items: &mut Vec<Item>, record: &Dossier, meeting: &Meeting) {
    let before = |m: &&Meeting| {
        !m.archived && m.id != meeting.id && m.series == meeting.series && m.closed_at.is_some() && m.day <= meeting.day
    };
    let Some(last) = record.meetings.iter().filter(before).max_by_key(|m| m.closed_at) else { return };
    let day = last.day.map_or_else(String::new, |day| day.to_string());
    for row in record.agenda_items.iter().filter(|row| !row.archived && row.meeting == Some(last.id)) {
        let deferred = row.mark == Some(ItemMark::Deferred);
        if let Some(item) = items.iter_mut().find(|item| item.key == row.key.as_str() && deferred) {
            item.why = format!("deferred on {day}: {}", row.reason.as_str().replace('\n', " "));
            continue;
        }
        let open = matches!(row.mark, None | Some(ItemMark::Skipped | ItemMark::Deferred));
        let Some((MatterSort::Hand, id)) = parsed(row.key.as_str()).filter(|_| open) else { continue };
        if items.iter().any(|item| item.key == row.key.as_str()) {
            continue;
        }
        let why =
            if deferred { format!("deferred on {day}: {}", row.reason) } else { format!("carried over from {day}") };
        let since = Some(Moment(row.id.made_at()));
        let mut item = bare(&record_matter(MatterSort::Hand, id, row.title.to_string(), why, since));
        item.section = row.section.unwrap_or(AgendaSection::Discussion);
        item.minutes = row.minutes.unwrap_or_else(|| usual_minutes(item.section));
        item.system = row.about.map(|id| (id, String::new()));
        let keep = (item.section, item.minutes);
        opine(&mut item, record, meeting);
        touch(&mut item, record, meeting, usize::MAX);
        if record.item_of(meeting.id, &item.key).is_none() {
            (item.section, item.minutes) = keep;
        }
        items.push(item);
    }
}
