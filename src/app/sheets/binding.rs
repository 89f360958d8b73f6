//! Sheets of the acts that bind: each says who acts in which hat.

use crate::app::{
    Me,
    form::{Form, FormField},
    panes::{day, person},
    system::SystemScreen,
};
use crate::domain::{
    Dossier, Id,
    decision::{Decision, ReturnReason, Signoff, Step, leg, relied_on},
    fields::{Day, Form as FieldForm, Kept, Vocabulary},
    privacy::Advice,
    value::Value,
};

use super::{Purpose, hat, initials, line, on, prose, words};

/// Hand over.
pub fn send(screen: &SystemScreen, me: &Me, step: Step, today: Day) -> Form {
    let due = today.plus(step.default_days());
    let fields = vec![
        prose("note", "Note", "What the receiver should know."),
        on("due", "Due", "By when it is to be confirmed; +5 is five days from now.", Some(due)),
    ];
    let to = person(&screen.dossier, screen.dossier.holder(step.to(), today));
    let mut form = Form::new(
        format!("Hand over: {}", step.label()),
        "hand over",
        Purpose::Send(step),
        format!("send/{}", step.code()),
        fields,
    );
    form.lines = vec![
        hat(me),
        format!("To {} ({to}). Goes along: {}.", step.to().label(), step.carries_words()),
        format!("Complete when {}. You can take it back until it is opened.", step.complete_when()),
    ];
    if let Some(handoff) = leg(&screen.dossier, step, today).handoff.filter(|handoff| !handoff.gaps.is_empty()) {
        form.lines.push(format!("It came back for: {}", handoff.gaps.as_str().replace('\n', " / ")));
    }
    form
}

/// Send back.
pub fn give_back(me: &Me, step: Step) -> Form {
    let fields = vec![
        words::<ReturnReason>("reason", "Reason", "Why it comes back.", Some(ReturnReason::MissingEvidence)).needed(),
        prose("gaps", "Gaps", "What exactly is missing; one gap a line, at least one.").needed(),
        words("role", "Closed by", "The role that closes the gaps.", Some(step.from())).needed(),
    ];
    let mut form = Form::new(
        format!("Send back: {}", step.label()),
        "send back",
        Purpose::Return(step),
        format!("return/{}", step.code()),
        fields,
    );
    form.lines = vec![hat(me), "The other side of the review goes on; only this one comes back.".into()];
    form
}

/// Decline or revoke an acceptance.
pub fn end_acceptance(me: &Me, id: Id, revoke: bool) -> Form {
    let verb = if revoke { "revoke" } else { "decline" };
    let fields = vec![prose("why", "Why", "Kept with the acceptance.").needed()];
    let mut form = Form::new(
        format!("Acceptance: {verb}"),
        verb,
        Purpose::EndAcceptance(id, revoke),
        format!("{verb}/{id}"),
        fields,
    );
    form.lines = vec![hat(me)];
    form
}

/// The DPO's advice.
pub fn advise(me: &Me) -> Form {
    let fields = vec![
        words::<Advice>("advice", "Advice", "You advise, the board decides.", None).needed(),
        prose("text", "In words", "Conditions one per line. What you write here cannot be changed by others."),
    ];
    let mut form = Form::new("The DPO's advice", "give it", Purpose::Advise, "advise".into(), fields);
    form.lines = vec![hat(me), "If the board decides otherwise, it must write down why.".into()];
    form
}

/// Why roles are combined.
pub fn combine(me: &Me) -> Form {
    let fields = vec![
        prose("reason", "Why", "Why one person may hold both roles here.").needed(),
        line("compensating", "Made up for by", "For example: read again by somebody outside the team.").needed(),
    ];
    let mut form = Form::new("Roles combined in one person", "record it", Purpose::Override, "override".into(), fields);
    form.lines = vec![hat(me), "It stands in the record of the decision.".into()];
    form
}

/// Decide.
pub fn decide(screen: &SystemScreen, me: &Me, today: Day) -> Form {
    let review = screen.dossier.review();
    let proposed = review.and_then(|review| review.draft);
    let conditions = review.map_or(Value::Null, |review| review.draft_conditions.to_value());
    let fields = vec![
        words::<Decision>(
            "decision",
            "Decision",
            "What you decide; to return it instead, leave with Esc and press <.",
            proposed,
        )
        .needed(),
        prose("rationale", "Rationale", "Why.").needed(),
        FormField::new(
            "conditions",
            "Conditions",
            "One per line; each may begin with its day, such as 2027-01-15 or +30.",
            FieldForm::Prose,
            &conditions,
        ),
        on("valid_until", "Valid until", "The last day of the clearance; +365 is a year.", Some(today.plus(365))),
        line(
            "initials",
            "Your initials",
            &format!("Type {} to decide. A decision is superseded, never undone.", initials(&me.name)),
        )
        .needed(),
    ];
    let mut form =
        Form::new(format!("Decide on {}", screen.dossier.name()), "decide", Purpose::Decide, "decide".into(), fields);
    let gaps = match screen.gaps.len() {
        0 => "The gate is open: nothing is missing.".to_owned(),
        n => format!(
            "! The gate is closed: {n} missing, first: {}. Only hold and decline are possible.",
            screen.gaps[0].what
        ),
    };
    form.lines = vec![hat(me), gaps];
    form.lines.extend(proposed.map(|draft| format!("Governance proposes: {}.", draft.label())));
    form.lines.extend(relies(&screen.dossier));
    form
}

/// What whoever decides in a scoped review states with their initials.
fn relies(dossier: &Dossier) -> Option<String> {
    let all = relied_on(dossier);
    let day = |signoff: &Signoff| signoff.at.map_or_else(String::new, day);
    let named = all.iter().map(|signoff| {
        let role = signoff.role.map_or("", Vocabulary::label);
        format!("{role} ({}, {})", signoff.name.as_str().split(',').next().unwrap_or(""), day(signoff))
    });
    let named: Vec<_> = named.collect();
    (!named.is_empty()).then(|| format!("You rely on these earlier sign-offs, as unchanged: {}.", named.join("; ")))
}

/// A condition is met.
pub fn meet(id: Id) -> Form {
    let fields = vec![prose("proof", "Proof", "What shows that it is met.").needed()];
    Form::new("The condition is met", "record it", Purpose::Meet(id), format!("meet/{id}"), fields)
}
