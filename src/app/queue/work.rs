//! What the keys do in a queue.

use super::{Done, Queue, State};
use crate::{
    app::{
        Effect, Model, Overlay, Screen, acts,
        confirm::{Chooser, Pick},
        list::Selection,
        sheets,
        system::Scoring,
    },
    domain::{
        Kind, Prose,
        command::{Command, Fields},
        decision::Place,
        fields::{Kept, Score, Vocabulary, YesNo},
        library::QUESTIONS,
        page::QueueOf,
        people::Role,
        register::Treatment,
        value::Value,
    },
    keymap::Action,
};

/// The hats that this person holds here, on the open system or anywhere.
fn held(model: &Model) -> Vec<Role> {
    let Some(me) = model.me.as_ref() else { return Vec::new() };
    match model.system() {
        Some(screen) => screen.dossier.roles_of(me.person, model.today),
        None => me.roles.clone(),
    }
}

/// Begins to rate what is unscored, of the open system or of all: in security's hat, after one question.
pub fn rate_queue(model: &mut Model) -> Option<Effect> {
    let system = model.system().and_then(crate::app::system::SystemScreen::id);
    let why = "Only the security team rates threats, and you do not hold that role here.";
    begin(model, Action::RateQueue, QueueOf::Threats(system), (Kind::Threat, "likelihood"), why)
}

/// Begins to answer the intakes of the systems that have no tier, in a hat that describes systems.
pub fn tier_queue(model: &mut Model) -> Option<Effect> {
    let why = "An intake is answered by those who describe a system, and you hold no such role.";
    begin(model, Action::TierQueue, QueueOf::Intakes, (Kind::Intake, QUESTIONS[0]), why)
}

/// Opens a queue in the hat that is worn where it may write the field, else offers those that may.
fn begin(model: &mut Model, action: Action, of: QueueOf, (kind, field): (Kind, &str), why: &str) -> Option<Effect> {
    let by = kind.field(field)?.by;
    let hats: Vec<Role> = held(model).into_iter().filter(|role| by.allows(*role)).collect();
    if hats.contains(&model.me.as_ref()?.role) {
        return Some(Effect::Queue(of));
    }
    acts::offer_hat(model, &hats, action, why);
    None
}

/// What an action does in a queue.
pub fn on_queue(model: &mut Model, action: Action) -> Option<Effect> {
    let Screen::Queue(queue) = &mut model.screen else { return None };
    queue.keys += 1;
    match action {
        Action::Back => return leave(model),
        Action::Previous => return previous(model),
        _ if queue.item().is_none() => {
            return match action {
                Action::Accept => leave(model),
                _ => None,
            };
        }
        Action::Skip => return skip(queue),
        Action::Edit => return queue.item().map(|item| Effect::Open(item.system, place(queue))),
        _ => {}
    }
    match queue.of {
        QueueOf::Threats(_) | QueueOf::Shown => rate(model, action),
        QueueOf::Intakes => answer(model, action),
    }
}

/// The threat at hand, and when the queue is through the last one of it.
fn place(queue: &Queue) -> Option<Place> {
    let item = queue.item().or_else(|| queue.items.last().map(|(item, _)| item));
    let threat = item?.threat?;
    Some(Place::field(Kind::Threat, threat, "none"))
}

/// Leaving goes to where the queue was begun, at the thing that was at hand.
fn leave(model: &mut Model) -> Option<Effect> {
    let Screen::Queue(queue) = &model.screen else { return None };
    match queue.home {
        Some(home) => Some(Effect::Open(home, place(queue))),
        None => crate::app::across::back(model).or(Some(Effect::Board(0))),
    }
}

fn previous(model: &mut Model) -> Option<Effect> {
    let Screen::Queue(queue) = &mut model.screen else { return None };
    let Some(before) = queue.at.min(queue.items.len()).checked_sub(1) else {
        model.say(false, "This is the first one.");
        return None;
    };
    let same = queue.items[before].0.system == queue.dossier.subject.unwrap_or(queue.items[before].0.system);
    queue.at = before;
    if same {
        queue.take_up(before);
        return None;
    }
    Some(Effect::Step { commit: None, next: Some(queue.items[before].0.system) })
}

fn skip(queue: &mut Queue) -> Option<Effect> {
    let here = queue.dossier.subject;
    let next = queue.next().map(|at| queue.items[at].0.system);
    queue.go_on(State::Skipped, None);
    next.filter(|next| Some(*next) != here).map(|next| Effect::Step { commit: None, next: Some(next) })
}

fn rate(model: &mut Model, action: Action) -> Option<Effect> {
    if let Some(digit) = action.digit() {
        type_digit(model, digit);
        return None;
    }
    match action {
        Action::Accept => keep(model),
        Action::TreatMitigate => treat(model, Treatment::Mitigate),
        Action::TreatAccept => treat(model, Treatment::Accept),
        Action::TreatAvoid => treat(model, Treatment::Avoid),
        Action::TreatTransfer => treat(model, Treatment::Transfer),
        Action::TreatNotApplicable => treat(model, Treatment::NotApplicable),
        Action::Flag => flag(model),
        _ => None,
    }
}

fn type_digit(model: &mut Model, digit: u8) {
    let Screen::Queue(queue) = &mut model.screen else { return };
    let Scoring { likelihood, impact } = &mut queue.scoring;
    if likelihood.is_none() || impact.is_some() {
        (*likelihood, *impact) = (Some(digit), None);
    } else {
        *impact = Some(digit);
    }
}

/// Enter keeps the digits, with the treatment that was chosen before them.
fn keep(model: &mut Model) -> Option<Effect> {
    let Screen::Queue(queue) = &model.screen else { return None };
    if queue.scoring.impact.is_none() {
        model.say(true, "Type two digits: likelihood 1 to 5, then impact 1 to 5. s puts it off.");
        return None;
    }
    let treatment = queue.treatment;
    commit(model, treatment, None)
}

/// A treatment keeps the digits at once; before the digits it waits for them. What does not apply needs none.
fn treat(model: &mut Model, treatment: Treatment) -> Option<Effect> {
    let Screen::Queue(queue) = &mut model.screen else { return None };
    let scored = queue.scoring.impact.is_some();
    if treatment != Treatment::NotApplicable && !scored {
        queue.treatment = Some(treatment);
        let text = format!("Treatment: {}. Now the two digits, and Enter.", treatment.label());
        model.say(false, text);
        return None;
    }
    if !matches!(treatment, Treatment::Avoid | Treatment::Transfer | Treatment::NotApplicable) {
        return commit(model, Some(treatment), None);
    }
    ask_why(model, treatment)
}

/// Offers the reasons that were given before; the first time there are none, and one is written.
fn ask_why(model: &mut Model, treatment: Treatment) -> Option<Effect> {
    let Screen::Queue(queue) = &model.screen else { return None };
    let mine = queue.reasons.iter().filter(|(of, _)| *of == treatment).map(|(_, reason)| reason.clone());
    let mut reasons: Vec<String> = mine.collect();
    for reason in acts::remembered(&queue.dossier.threats, treatment) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons.truncate(9);
    if reasons.is_empty() {
        return acts::push(model, sheets::because(treatment));
    }
    let mut options: Vec<_> =
        reasons.into_iter().map(|reason| (reason.clone(), Pick::Because(treatment, Some(reason)))).collect();
    options.push(("another reason".to_owned(), Pick::Because(treatment, None)));
    let title = format!("{}, because", treatment.label());
    model.overlays.push(Overlay::Chooser(Chooser { title, options, at: Selection::default() }));
    None
}

/// The command that keeps what was decided of the threat at hand; the next one comes with its answer.
pub fn commit(model: &mut Model, treatment: Option<Treatment>, reason: Option<&str>) -> Option<Effect> {
    let Screen::Queue(queue) = &mut model.screen else { return None };
    let id = queue.item()?.threat?;
    let system = queue.item()?.system;
    let score = |n: Option<u8>| n.and_then(|n| Score::new(n.into()));
    let mut set: Fields = Vec::new();
    if let (Some(likelihood), Some(impact)) = (score(queue.scoring.likelihood), score(queue.scoring.impact)) {
        set.push(("likelihood".into(), Some(likelihood).to_value()));
        set.push(("impact".into(), Some(impact).to_value()));
    }
    if let Some(treatment) = treatment {
        set.push(("treatment".into(), Value::from(treatment.code())));
        if let Some(reason) = reason {
            set.push(("treatment_reason".into(), Value::from(reason)));
            queue.reasons.retain(|known| *known != (treatment, reason.to_owned()));
            queue.reasons.insert(0, (treatment, reason.to_owned()));
        }
    }
    let level = match (treatment, queue.level()) {
        (Some(Treatment::NotApplicable), _) => "not applicable".to_owned(),
        (_, Some(level)) => level.label().to_owned(),
        (_, None) => "unscored".to_owned(),
    };
    let done = Done { level, treatment };
    let command = Command::Edit { kind: Kind::Threat, id, set, why: Prose::default() };
    let next = queue.next().map(|at| queue.items[at].0.system);
    Some(Effect::Step { commit: Some((system, command, done)), next })
}

/// Asks that the board talks about the threat at hand; it stays at hand.
fn flag(model: &mut Model) -> Option<Effect> {
    let Screen::Queue(queue) = &model.screen else { return None };
    let threat = queue.threat()?;
    let on = threat.flagged == Some(YesNo::Yes);
    let set = vec![("flagged".to_owned(), Value::from(if on { "no" } else { "yes" }))];
    let command = Command::Edit { kind: Kind::Threat, id: threat.id, set, why: Prose::default() };
    Some(Effect::Commit(queue.dossier.subject, command))
}

fn answer(model: &mut Model, action: Action) -> Option<Effect> {
    let Screen::Queue(queue) = &mut model.screen else { return None };
    let last = QUESTIONS.len() - 1;
    if let Some(digit) = action.digit().filter(|digit| *digit <= 4) {
        queue.answers[queue.asked] = Some(digit);
        queue.asked = (queue.asked + 1).min(last);
        return None;
    }
    match action {
        Action::Unknown => {
            queue.answers[queue.asked] = None;
            queue.asked = (queue.asked + 1).min(last);
        }
        Action::Up => queue.asked = queue.asked.saturating_sub(1),
        Action::Down => queue.asked = (queue.asked + 1).min(last),
        Action::Accept => return keep_answers(model),
        _ => {}
    }
    None
}

fn keep_answers(model: &mut Model) -> Option<Effect> {
    let Screen::Queue(queue) = &model.screen else { return None };
    if queue.answers.iter().all(Option::is_none) {
        model.say(true, "Answer at least one question; what is not known counts as the worst. s puts it off.");
        return None;
    }
    let value = |level: &Option<u8>| level.map_or(Value::Null, |n| Value::Text(n.to_string()));
    let set: Fields =
        QUESTIONS.iter().zip(&queue.answers).map(|(id, level)| ((*id).to_owned(), value(level))).collect();
    let command = match queue.dossier.intake() {
        Some(intake) => Command::Edit { kind: Kind::Intake, id: intake.id, set, why: Prose::default() },
        None => Command::Add { kind: Kind::Intake, set, to: None },
    };
    let done = Done { level: queue.tier().tier.label().to_owned(), treatment: None };
    let next = queue.next().map(|at| queue.items[at].0.system);
    Some(Effect::Step { commit: Some((queue.item()?.system, command, done)), next })
}
