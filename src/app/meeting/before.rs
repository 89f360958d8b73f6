//! Before the meeting: what one reviewer means to say waits where only they see it, until they say all of it.

use super::{MeetingAsk, MeetingScreen, acts::say, seen, sheets};
use crate::{
    app::{Effect, Model, Screen, acts::push},
    domain::{
        Prose,
        meeting::{Opined, OpinionKind},
    },
    keymap::Action,
};

/// Whether it is an action of before a meeting.
pub(super) fn is_own(action: Action) -> bool {
    matches!(action, Action::PreApprove | Action::FlagItem | Action::CommentItem | Action::SayAll)
}

/// Does what an action asks for before a meeting.
pub(super) fn before(model: &mut Model, action: Action) -> Option<Effect> {
    match action {
        Action::PreApprove => pre_approve(model),
        Action::FlagItem => opine(model, OpinionKind::Flag),
        Action::CommentItem => opine(model, OpinionKind::Comment),
        _ => say_all(model),
    }
}

fn meeting_screen(model: &Model) -> Option<&MeetingScreen> {
    match &model.screen {
        Screen::Meeting(screen) => Some(screen),
        _ => None,
    }
}

/// Puts an approval of what is there now into the private queue, or takes it out again; then the next one is there.
fn pre_approve(model: &mut Model) -> Option<Effect> {
    let screen = meeting_screen(model)?;
    let Some(item) = screen.selected() else { return say(model, "The agenda is empty.") };
    if screen.meeting().is_none() {
        return say(model, "Nothing is planned yet: n plans a meeting.");
    }
    if !item.sort.is_decided() {
        return say(model, "Only what is decided can be pre-approved; w comments on anything.");
    }
    if item.missing > 0 {
        let text = format!("{} stand before this decision; it cannot be pre-approved.", gaps(item.missing));
        return say(model, &text);
    }
    let key = item.key.clone();
    let mut private = screen.private.clone();
    let same = |said: &Opined| said.key == key && said.sort == OpinionKind::Approve;
    if private.queue.iter().any(same) {
        private.queue.retain(|said| !same(said));
    } else {
        private.queue.retain(|said| said.key != key || said.sort == OpinionKind::Comment);
        let (sort, seen) = (OpinionKind::Approve, item.content.clone());
        private.queue.push(Opined { key: key.clone(), sort, text: Prose::default(), seen });
    }
    let next = screen.after(&key).map(|item| item.key.clone());
    Some(Effect::Meeting(MeetingAsk::Keep(private, next.or(Some(key)))))
}

fn gaps(count: u32) -> String {
    crate::domain::decision::counted(count as usize, "gap", "gaps")
}

fn opine(model: &mut Model, sort: OpinionKind) -> Option<Effect> {
    let screen = meeting_screen(model)?;
    let Some(item) = screen.selected().filter(|_| screen.meeting().is_some()) else {
        return say(model, "Nothing is planned yet: n plans a meeting.");
    };
    let form = sheets::opine(item, sort);
    push(model, form)
}

fn say_all(model: &mut Model) -> Option<Effect> {
    let screen = meeting_screen(model)?;
    let (Some(meeting), Some(me)) = (screen.meeting(), model.me.as_ref()) else {
        return say(model, "Nothing is planned yet: n plans a meeting.");
    };
    if screen.private.queue.is_empty() {
        return say(model, "Nothing waits to be said: p pre-approves, * flags, w comments.");
    }
    let form = sheets::say_all(screen, meeting, me);
    push(model, form)
}

/// That an item was opened as it is now.
pub(super) fn read(screen: &MeetingScreen) -> Option<Effect> {
    let item = screen.selected()?;
    let mut private = screen.private.clone();
    private.read.insert(item.key.clone(), seen(item));
    // What is not on the agenda any more needs no mark.
    private.read.retain(|key, _| screen.agenda.items.iter().any(|item| item.key == *key));
    Some(Effect::Meeting(MeetingAsk::Keep(private, Some(item.key.clone()))))
}
