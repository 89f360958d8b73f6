//! The sheets of a meeting, and what each asks for.

use super::{MeetingAsk, MeetingScreen, as_kept};
use crate::{
    app::{
        Effect, Me,
        form::{Form, FormField},
        sheets::Purpose,
    },
    domain::{
        Dossier, Id, Line, Prose,
        command::Fields,
        decision::rules_in_force,
        fields::{Day, Form as FieldForm, Kept, Marks, Vocabulary},
        meeting::{
            AgendaSection, Item, ItemMark, ItemRef, Meeting, MeetingAct, NewTask, Opined, OpinionKind, Placing,
            Presence, StanceKind,
        },
        value::Value,
    },
};

/// What a sheet of a meeting is for.
#[derive(Debug, Clone, PartialEq)]
pub enum MeetingSheet {
    /// Plan one.
    Plan,
    /// Change what was planned.
    Change(Id),
    /// Call it off.
    Cancel(Id),
    /// Who is here.
    Attend(Id),
    /// Dissent, abstention, recusal.
    Stand(Id, ItemRef),
    /// Defer an item, or take it off.
    Mark(Id, ItemRef, ItemMark),
    /// Put an item on the agenda.
    AddItem(Id),
    /// Give an item other minutes.
    Timebox(Id, ItemRef),
    /// A line of the minutes.
    Remark(Id, String),
    /// Something that somebody has to do.
    Task(Option<Id>, String, Option<Id>),
    /// Something was done.
    EndTask(Id),
    /// Words for the private queue.
    Opine(OpinionKind, String, String),
    /// Say everything of the private queue.
    SayAll(Id),
}

fn line(id: &str, label: &str, help: &str, value: &str) -> FormField {
    FormField::new(id, label, help, FieldForm::Line, &Value::from(value))
}

fn prose(id: &str, label: &str, help: &str) -> FormField {
    FormField::new(id, label, help, FieldForm::Prose, &Value::Null)
}

fn number(id: &str, label: &str, help: &str, value: Option<i64>) -> FormField {
    FormField::new(id, label, help, FieldForm::Number, &value.map_or(Value::Null, Value::Int))
}

fn day(id: &str, label: &str, help: &str, value: Option<Day>) -> FormField {
    FormField::new(id, label, help, FieldForm::Day, &value.to_value())
}

fn words<V: Vocabulary>(id: &str, label: &str, help: &str, value: Option<V>) -> FormField {
    let value = value.map_or(Value::Null, |word| Value::from(word.code()));
    FormField::new(id, label, help, FieldForm::Choice(V::CHOICES), &value)
}

/// The people that a sheet offers.
pub(super) fn people(record: &Dossier) -> Vec<(String, String)> {
    record.people.iter().filter(|p| !p.archived).map(|p| (p.id.to_string(), p.name.to_string())).collect()
}

fn person(id: &str, label: &str, help: &str, record: &Dossier, value: Option<Id>) -> FormField {
    let value = value.map_or(Value::Null, |id| Value::Text(id.to_string()));
    FormField::chooses(id, label, help, people(record), &value)
}

fn ticked(id: &str, label: &str, help: &str, record: &Dossier, on: impl Fn(Id) -> bool) -> FormField {
    let all = people(record);
    let chosen: Vec<bool> = all.iter().map(|(code, _)| Id::parse(code).is_some_and(&on)).collect();
    let marks = all.iter().zip(&chosen).filter(|(_, on)| **on).map(|((code, _), _)| code.clone()).collect();
    let mut field = FormField::new(id, label, help, FieldForm::Choices(&[]), &Marks(marks).to_value());
    field.input = crate::app::form::Input::Choices(all, chosen, 0);
    field
}

fn form(title: impl Into<String>, verb: &str, sheet: MeetingSheet, draft: &str, fields: Vec<FormField>) -> Form {
    Form::new(title, verb, Purpose::Meeting(sheet), format!("meeting/{draft}"), fields)
}

/// Plan a meeting.
pub(super) fn plan(screen: &MeetingScreen, me: &Me, today: Day) -> Form {
    // Whoever planned one plans the next of the same series.
    let last = screen.record.meetings.iter().rev().find(|meeting| !meeting.archived);
    let text = |of: fn(&Meeting) -> &Line| last.map_or("", |meeting| of(meeting).as_str());
    let next = last.and_then(|m| Some(m.day?.plus(m.every?))).filter(|day| *day >= today);
    let invited = |id: Id| match last {
        Some(last) => screen.record.attendees_of(last.id).any(|row| row.person.is_some_and(|who| who.0 == id)),
        None => id == me.person,
    };
    let title = if last.is_some() { text(|m| &m.title) } else { "Review board" };
    let fields = vec![
        line("title", "Title", "What it is called.", title).needed(),
        day("day", "Day", "When it takes place; +7 is in a week.", next.or(Some(today))).needed(),
        line("starts", "Starts at", "The time of the day, such as 14:00.", text(|m| &m.starts)),
        number("minutes", "Minutes", "How long it is to take.", last.and_then(|m| m.minutes)),
        line("series", "Series", "The name of the series; empty where it takes place once.", text(|m| &m.series)),
        number("every", "Every (days)", "After how many days the next one comes.", last.and_then(|m| m.every)),
        person("chair", "Chair", "Who leads it.", &screen.record, last.and_then(|m| m.chair).map(|w| w.0)),
        number("quorum", "Quorum", &by_policy(&screen.record), last.and_then(|m| m.quorum)),
        reasoned(last),
        ticked("invited", "Invited", "Who is to come.", &screen.record, invited),
    ];
    form("Plan a meeting", "plan it", MeetingSheet::Plan, "plan", fields)
}

/// What stands for a quorum that is left empty.
fn by_policy(record: &Dossier) -> String {
    format!("How many have to be there; empty: by policy, {}.", rules_in_force(record).quorum_words())
}

fn reasoned(meeting: Option<&Meeting>) -> FormField {
    let why = meeting.map_or(Value::Null, |meeting| meeting.quorum_reason.to_value());
    let help = "Wanted where this meeting needs another number than the policy says.";
    FormField::new("quorum_reason", "Because", help, FieldForm::Prose, &why)
}

/// Change what was planned.
pub(super) fn change(screen: &MeetingScreen) -> Option<Form> {
    let meeting = screen.agenda.meeting.as_ref()?;
    let fields = vec![
        line("title", "Title", "What it is called.", meeting.title.as_str()).needed(),
        day("day", "Day", "When it takes place.", meeting.day).needed(),
        line("starts", "Starts at", "The time of the day, such as 14:00.", meeting.starts.as_str()),
        number("minutes", "Minutes", "How long it is to take.", meeting.minutes),
        line("series", "Series", "The name of the series.", meeting.series.as_str()),
        number("every", "Every (days)", "After how many days the next one comes.", meeting.every),
        person("chair", "Chair", "Who leads it.", &screen.record, meeting.chair.map(|who| who.0)),
        number("quorum", "Quorum", &by_policy(&screen.record), meeting.quorum),
        reasoned(Some(meeting)),
    ];
    Some(form("Change the meeting", "keep it", MeetingSheet::Change(meeting.id), "change", fields))
}

/// Who is here.
pub(super) fn attend(screen: &MeetingScreen) -> Option<Form> {
    let id = screen.meeting()?;
    let here = |person: Id| {
        let row = screen.agenda.attendees.iter().find(|(who, ..)| *who == person);
        // Whoever is invited is taken to have come until somebody says otherwise.
        row.is_some_and(|(.., presence)| *presence != Presence::Absent)
    };
    let chair = screen.agenda.meeting.as_ref().and_then(|m| m.chair).map(|who| who.0);
    let fields = vec![
        ticked("here", "Here", "Space ticks who is here.", &screen.record, here),
        person("chair", "Chair", "Who leads it.", &screen.record, chair),
    ];
    Some(form("Who is here?", "keep it", MeetingSheet::Attend(id), "attend", fields))
}

/// Dissent, abstention, recusal, by name.
pub(super) fn stand(screen: &MeetingScreen, item: &Item) -> Option<Form> {
    let id = screen.running()?;
    let fields = vec![
        person("person", "Who", "Who says so.", &screen.record, None).needed(),
        words::<StanceKind>("stance", "Stance", "Dissents from what is decided, abstains, or is recused.", None)
            .needed(),
        prose("text", "Because", "In their words; a dissent needs them."),
    ];
    let title = format!("By name: {}", item.title());
    Some(form(title, "record it", MeetingSheet::Stand(id, as_kept(item)), "stand", fields))
}

/// Defer an item, or take it off the agenda.
pub(super) fn mark(meeting: Id, item: &Item, mark: ItemMark) -> Form {
    let (title, verb) = match mark {
        ItemMark::Deferred => ("Defer to the next meeting", "defer it"),
        ItemMark::Skipped | ItemMark::Dropped | ItemMark::Done => ("Take off this agenda", "take it off"),
    };
    let fields = vec![prose("why", "Why", "Stands in the minutes.").needed()];
    let mut made = form(title, verb, MeetingSheet::Mark(meeting, as_kept(item), mark), mark.code(), fields);
    made.lines = vec![item.title()];
    made
}

/// Put an item on the agenda by hand.
pub(super) fn add_item(meeting: Id) -> Form {
    let fields = vec![
        line("title", "Title", "What is to be talked about.", "").needed(),
        words("section", "Part", "Where it goes.", Some(AgendaSection::Discussion)).needed(),
        number("minutes", "Minutes", "How long it is given.", Some(5)),
    ];
    form("Put an item on the agenda", "add it", MeetingSheet::AddItem(meeting), "item", fields)
}

/// Give an item other minutes.
pub(super) fn timebox(meeting: Id, item: &Item) -> Form {
    let fields = vec![number("minutes", "Minutes", "How long it is given.", Some(item.minutes)).needed()];
    let title = format!("Timebox: {}", item.title());
    form(title, "keep it", MeetingSheet::Timebox(meeting, as_kept(item)), "timebox", fields)
}

/// A line of the minutes.
pub(super) fn remark(meeting: Id, item: Option<&Item>) -> Form {
    let fields = vec![prose("text", "Line", "What was said. Outcomes write themselves.").needed()];
    let title = item.map_or_else(|| "A line of the minutes".to_owned(), |item| format!("Minutes: {}", item.title()));
    let key = item.map_or_else(String::new, |item| item.key.clone());
    form(title, "write it", MeetingSheet::Remark(meeting, key), "remark", fields)
}

/// Something that somebody has to do.
pub(super) fn task(
    people: Vec<(String, String)>,
    (meeting, key, about): (Option<Id>, String, Option<Id>),
    today: Day,
) -> Form {
    let fields = vec![
        line("text", "To do", "What is to be done, in one line.", "").needed(),
        FormField::chooses("owner", "Owner", "Who does it.", people, &Value::Null).needed(),
        day("due", "Due", "Until when; +7 is in a week.", Some(today.plus(14))).needed(),
    ];
    form("An action", "give it", MeetingSheet::Task(meeting, key, about), "task", fields)
}

/// Something was done.
pub(super) fn end_task(item: &Item) -> Form {
    let fields = vec![prose("outcome", "Outcome", "What came of it; empty: it was done.")];
    let mut made = form("The action is done", "done", MeetingSheet::EndTask(item.id), "end", fields);
    made.lines = vec![item.what.clone()];
    made
}

/// Words for the private queue.
pub(super) fn opine(item: &Item, sort: OpinionKind) -> Form {
    let (title, verb) = match sort {
        OpinionKind::Flag => ("Flag for discussion", "flag it"),
        OpinionKind::Comment | OpinionKind::Approve => ("Comment", "keep it"),
    };
    let fields = vec![prose("text", "In words", "Only you see it until you say everything with B.").needed()];
    let sheet = MeetingSheet::Opine(sort, item.key.clone(), item.content.clone());
    let mut made = form(title, verb, sheet, sort.code(), fields);
    made.lines = vec![item.title()];
    made
}

/// Say everything of the private queue in one act.
pub(super) fn say_all(screen: &MeetingScreen, meeting: Id, me: &Me) -> Form {
    let fields = vec![prose("note", "Note", "Said with all of it; may stay empty.")];
    let mut made = form("Say all of it", "say it", MeetingSheet::SayAll(meeting), "say", fields);
    made.lines = vec![format!("{} says this by name; everybody sees it then:", me.name)];
    for said in screen.private.queue.iter().take(8) {
        let item = screen.agenda.items.iter().find(|item| item.key == said.key);
        let title = item.map_or_else(|| said.key.clone(), Item::title);
        made.lines.push(format!("  {}: {title}", said.sort.label()));
    }
    let more = screen.private.queue.len().saturating_sub(8);
    if more > 0 {
        made.lines.push(format!("  and {more} more"));
    }
    made
}

/// Call a meeting off.
pub(super) fn cancel(meeting: Id) -> Form {
    let fields = vec![prose("why", "Why", "Stands in the record.").needed()];
    form("Call the meeting off", "call it off", MeetingSheet::Cancel(meeting), "cancel", fields)
}

type Values = [(String, Value)];

fn get<'a>(values: &'a Values, id: &str) -> &'a Value {
    values.iter().find(|(known, _)| known == id).map_or(&Value::Null, |(_, value)| value)
}

fn read<T: Kept>(values: &Values, id: &str) -> T {
    T::from_value(get(values, id))
}

fn id_in(values: &Values, id: &str) -> Option<Id> {
    read::<Option<Id>>(values, id)
}

fn ids_in(values: &Values, id: &str) -> Vec<Id> {
    read::<Marks>(values, id).0.iter().filter_map(|code| Id::parse(code)).collect()
}

fn word<V: Vocabulary>(values: &Values, id: &str) -> Result<V, String> {
    read::<Option<V>>(values, id).ok_or_else(|| "Choose one first.".to_owned())
}

fn planned(values: &Values) -> Fields {
    let said = |(field, value): &(String, Value)| !value.is_null() && field != "invited";
    values.iter().filter(|pair| said(pair)).cloned().collect()
}

/// What a sheet of a meeting asks for.
pub(in crate::app) fn submitted(
    screen: Option<&MeetingScreen>,
    sheet: &MeetingSheet,
    values: &Values,
) -> Result<Effect, String> {
    let act = match sheet {
        MeetingSheet::Plan => MeetingAct::Plan(planned(values), ids_in(values, "invited")),
        MeetingSheet::Change(id) => MeetingAct::Change(*id, values.to_vec()),
        MeetingSheet::Cancel(id) => MeetingAct::Cancel(*id, read(values, "why")),
        MeetingSheet::Attend(id) => return attended(screen, *id, values),
        MeetingSheet::Stand(id, item) => {
            let who = id_in(values, "person").ok_or("Choose who says so.")?;
            MeetingAct::Stand(*id, item.key.clone(), who, word(values, "stance")?, read(values, "text"))
        }
        MeetingSheet::Mark(id, item, mark) => {
            let act = MeetingAct::Mark(*id, item.clone(), Some(*mark), read(values, "why"));
            let next = screen.and_then(|screen| screen.after(&item.key)).map(|item| item.key.clone());
            return Ok(Effect::Meeting(MeetingAsk::Do(act, next)));
        }
        MeetingSheet::AddItem(id) => {
            let item = ItemRef { key: String::new(), title: read(values, "title"), about: None };
            MeetingAct::AddItem(*id, item, word(values, "section")?, read(values, "minutes"))
        }
        MeetingSheet::Timebox(id, item) => {
            let minutes = read::<Option<i64>>(values, "minutes");
            MeetingAct::Place(*id, item.clone(), Placing { minutes, ..Placing::default() })
        }
        MeetingSheet::Remark(id, key) => MeetingAct::Remark(*id, key.clone(), read(values, "text")),
        MeetingSheet::Task(meeting, key, about) => MeetingAct::AddTask(NewTask {
            text: read(values, "text"),
            owner: id_in(values, "owner"),
            due: read(values, "due"),
            meeting: *meeting,
            key: key.clone(),
            about: *about,
        }),
        MeetingSheet::EndTask(id) => MeetingAct::EndTask(*id, read(values, "outcome")),
        MeetingSheet::Opine(sort, key, seen) => {
            let said =
                Opined { key: key.clone(), sort: *sort, text: read::<Prose>(values, "text"), seen: seen.clone() };
            return queued(screen, said).ok_or_else(|| "The agenda is not on the screen any more.".to_owned());
        }
        MeetingSheet::SayAll(id) => return Ok(Effect::Meeting(MeetingAsk::SayAll(*id, read(values, "note")))),
    };
    let on = screen.and_then(|screen| screen.selected()).map(|item| item.key.clone());
    Ok(Effect::Meeting(MeetingAsk::Do(act, on)))
}

/// What waits in the private queue, with one thing more: what was said to the same item before goes.
pub(super) fn queued(screen: Option<&MeetingScreen>, said: Opined) -> Option<Effect> {
    let screen = screen?;
    let mut private = screen.private.clone();
    private.queue.retain(|known| known.key != said.key || known.sort != said.sort);
    let key = said.key.clone();
    private.queue.push(said);
    Some(Effect::Meeting(MeetingAsk::Keep(private, Some(key))))
}

/// Who was ticked is here, who was invited and not ticked is not.
fn attended(screen: Option<&MeetingScreen>, id: Id, values: &Values) -> Result<Effect, String> {
    let screen = screen.ok_or("The agenda is not on the screen any more.")?;
    let here = ids_in(values, "here");
    if here.is_empty() {
        return Err("Somebody has to be here; Space ticks a name.".into());
    }
    let known = screen.agenda.attendees.iter().map(|(who, ..)| *who);
    let mut people: Vec<(Id, Presence)> =
        known.filter(|who| !here.contains(who)).map(|who| (who, Presence::Absent)).collect();
    people.extend(here.iter().map(|who| (*who, Presence::Present)));
    let chair = id_in(values, "chair");
    let led = screen.agenda.meeting.as_ref().and_then(|m| m.chair).map(|who| who.0);
    let on = screen.selected().map(|item| item.key.clone());
    Ok(Effect::Meeting(MeetingAsk::Do(MeetingAct::Attend(id, people, chair.filter(|_| chair != led)), on)))
}
