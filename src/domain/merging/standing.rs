//! Whether an act that came in was allowed where it was done, and counts here.

use super::{
    Arrived, Course, Dossier, Event, Moment, Told, Unjudged,
    act::{permits, set},
    event, set_aside,
};
use crate::domain::{
    Id,
    decision::{ClearanceState, clearance, gaps},
    fields::{Day, Vocabulary},
    people::Role,
    refusal::Refusal,
    register::day_of,
    rules::may,
    verb::Verb,
    wording::day,
};

/// An entry among what came, and this record beside it.
pub(super) struct Seat<'a, E> {
    pub course: &'a Course,
    pub told: &'a Told,
    pub here: &'a Dossier,
    pub then: &'a dyn Fn(Moment) -> Result<Dossier, E>,
}

/// The day of an act and those around it, because the zone of the writer is not ours.
fn days(at: Moment) -> [Day; 3] {
    let day = day_of(at);
    [day, day.plus(-1), day.plus(1)]
}

fn held(dossier: &Dossier, person: Id, role: Role, at: Moment) -> bool {
    days(at).into_iter().any(|day| dossier.holds(person, role, day))
}

/// The role in which it was done, and why it does not count, where it does not. What no docket writes is forged.
pub(super) fn standing<E>(
    seat: &Seat<'_, E>,
    verbs: &[Verb],
    what: &str,
) -> Result<(Role, Option<String>), Unjudged<E>> {
    let Seat { course, told, here, then } = seat;
    let who = crate::domain::Line::new(&told.body.name);
    let forged = |how: &str| {
        let says = format!(
            "\"{what}\" in this bundle, by {who} on {}, {how}, and docket never writes that. Nothing was changed; ask who sent it.",
            day(told.at)
        );
        Err(Unjudged::Forged(says))
    };
    let Some(role) = told.role else { return forged("was done in a role that there is not") };
    if let Some(how) = disagrees(told, role) {
        return forged(how);
    }
    // Within one command, an act may rest on the one before it, and may take away what it rests on.
    let before = [course.before(told), course.right_before(told)];
    let asked = |dossier: &Dossier| allowed(dossier, told, role, verbs);
    let refused = before.iter().map(asked).reduce(Result::or).unwrap_or(Ok(()));
    if refused.is_err() && !before.iter().any(|dossier| held(dossier, told.actor, role, told.at)) {
        return forged("was done by somebody who did not hold the role there");
    }
    if let Err(refusal) = refused {
        return Ok((role, Some(format!("It was not allowed where it was done: {}", refusal.says))));
    }
    let is_held = held(here, told.actor, role, told.at)
        || held(&then(told.at).map_err(Unjudged::Failed)?, told.actor, role, told.at);
    let why = || format!("{who} does not hold the role {} in this record.", role.label());
    Ok((role, (!is_held).then(why)))
}

/// What an entry says of itself, against the envelope in which it lies.
fn disagrees(told: &Told, role: Role) -> Option<&'static str> {
    let binds = matches!(told.kind.as_str(), "signoff.sign" | "disposition.decide");
    let person = if told.kind == "acceptance.accept" { "acceptor" } else { "person" };
    let names = (binds || person == "acceptor").then(|| set(told, person).and_then(Id::parse)).flatten();
    if names.is_some_and(|named| named != told.actor) {
        return Some("names another person than the one who wrote it");
    }
    if binds && set(told, "role").is_some_and(|named| named != role.code()) {
        return Some("names another role than the one in which it was written");
    }
    let content = binds.then(|| set(told, "content")).flatten();
    (content.is_some() && content != told.body.attach.as_deref()).then_some("does not name the text that it was for")
}

/// What the rules say of it where it was done.
fn allowed(dossier: &Dossier, told: &Told, role: Role, verbs: &[Verb]) -> Result<(), Refusal> {
    let one = |day: Day| {
        let asked = verbs.iter().map(|verb| may(dossier, told.actor, role, *verb, day));
        asked.reduce(Result::or).unwrap_or(Ok(()))?;
        match gaps(dossier, day).first().filter(|_| permits(told)) {
            Some(gap) => Err(Refusal::new(crate::domain::Rule::GateOpen, format!("The gate was open: {}.", gap.what))),
            None => Ok(()),
        }
    };
    let [today, before, after] = days(told.at);
    let first = one(today);
    if first.is_ok() || one(before).is_ok() || one(after).is_ok() { Ok(()) } else { first }
}

/// Why a decision that permits use does not count here, where the gate was open here when it was made, and nothing
/// else takes its effect: what changed since does, and says so itself.
pub(super) fn decided_here<E>(
    seat: &Seat<'_, E>,
    is_new: &dyn Fn(&Told) -> bool,
    acts: &[Arrived],
) -> Result<Option<String>, Unjudged<E>> {
    let Seat { course, told, here, then } = seat;
    let until = course.told().iter().position(|other| other.is_with(told)).unwrap_or_default();
    let brought = |mut dossier: Dossier, upto: usize| {
        for told in course.told()[..upto].iter().filter(|told| is_new(told)) {
            dossier.apply_all(told);
        }
        for event in set_aside(&dossier, course, acts, told.at) {
            dossier.apply(&event);
        }
        dossier
    };
    let now = brought(Dossier::clone(here), course.told().len());
    let stands = clearance(&now, day_of(told.at));
    if stands.state != ClearanceState::Current || stands.disposition != Some(told.entity) {
        return Ok(None);
    }
    let gate = brought(then(told.at).map_err(Unjudged::Failed)?, until);
    let open = gaps(&gate, day_of(told.at));
    Ok(open.first().map(|gap| format!("The gate was open in this record when it was decided: {}.", gap.what)))
}

impl Dossier {
    /// What an entry of a bundle says, as far as it is of this system.
    fn apply_all(&mut self, told: &Told) {
        if let Some(of) = told.of.filter(|of| told.body.system.is_some() || super::is_everywhere(*of)) {
            let event: Event = event(of, told.entity, told.body.set.clone(), "");
            self.apply(&event);
        }
    }
}
