//! Sheets of acceptances: proposing, renewing, the conditions, and their proofs.

use crate::app::{
    Me,
    form::{Form, FormField},
    system::SystemScreen,
};
use crate::domain::{
    Dossier, Id, Kind,
    decision::{Acceptance, Exception, Proviso, ProvisoKind, changed_since, proviso_says},
    fields::{Day, Entity, Form as FieldForm, Kept, Vocabulary, Who},
    people::Role,
    register::{Threat, ratings},
    value::Value,
};

use super::{Purpose, hat, of_table, on, people, prose, things};

/// Ask that a risk be accepted.
pub fn propose(screen: &SystemScreen, me: &Me, threat: Id, today: Day) -> Option<Form> {
    let found = screen.dossier.threats.by_id(threat)?;
    let title = format!("Propose to accept {} \"{}\"", found.reference(), found.title);
    let fields = words(&screen.dossier, me, None);
    let mut form = Form::new(title, "propose", Purpose::Propose(threat), format!("propose/{threat}"), fields);
    form.lines = vec![
        hat(me),
        format!(
            "It is {} now. Whoever asks does not decide: the governance lead accepts or declines.",
            score(&screen.dossier, found, today)
        ),
    ];
    Some(form)
}

/// Ask anew for what was accepted: the old words to begin with, and what is different since.
pub fn renew(screen: &SystemScreen, me: &Me, id: Id, today: Day) -> Option<Form> {
    let old = screen.dossier.acceptances.by_id(id)?;
    let threat = screen.dossier.threats.by_id(old.threat?)?;
    let title = format!("Renew {} of {} \"{}\"", old.reference(), threat.reference(), threat.title);
    let fields = words(&screen.dossier, me, Some(old));
    let mut form = Form::new(title, "propose", Purpose::Renew(id), format!("renew/{id}"), fields);
    let ends = old.expires.map_or_else(String::new, |day| format!(" It was given until {day}."));
    form.lines = vec![hat(me), format!("A fresh decision: nothing is extended.{ends}")];
    form.lines.extend(changed_since(&screen.dossier, old, today));
    let over = screen.dossier.provisos_of(id).filter(|p| p.due_now().is_some_and(|due| due < today)).count();
    match (screen.dossier.provisos_of(id).count(), over) {
        (0, _) => {}
        (all, 0) => form.lines.push(format!("Its {all} checkable conditions come along, none of them met yet.")),
        (all, over) => form.lines.push(format!(
            "Its {all} checkable conditions come along, none of them met yet; {over} need a new day before it is accepted."
        )),
    }
    Some(form)
}

fn words(dossier: &Dossier, me: &Me, old: Option<&Acceptance>) -> Vec<FormField> {
    let text = |id: &str, label: &str, help: &str, value: Value| {
        FormField::new(id, label, help, FieldForm::Prose, &value).needed()
    };
    let of = |field: &str| old.map_or(Value::Null, |old| old.get(field));
    let asks = Some(Who(me.person)).to_value();
    vec![
        text("reason", "Reason", "Why the risk may be carried.", of("reason")),
        text(
            "condition",
            "Condition",
            "What it depends on, in words; conditions that are checked are added with a c once it is proposed.",
            of("condition"),
        ),
        on("expires", "Expires", "The last day on which it holds; +180 is half a year. Required.", None).needed(),
        FormField::chooses(
            "requester",
            "Asked for by",
            "Who wants the risk accepted; you write it down.",
            people(dossier),
            &asks,
        )
        .needed(),
    ]
}

fn score(dossier: &Dossier, threat: &Threat, today: Day) -> String {
    ratings(dossier, threat, today).now.map_or_else(
        || "unscored".to_owned(),
        |now| format!("{} {}×{}", now.level.label(), now.likelihood.get(), now.impact.get()),
    )
}

/// A new condition of a proposal: only what its kind needs.
pub fn proviso(screen: &SystemScreen, me: &Me, (acceptance, sort): (Id, ProvisoKind), today: Day) -> Option<Form> {
    let of = screen.dossier.acceptances.by_id(acceptance)?;
    let answers = screen.dossier.holder(Role::Owner, today).map(Who);
    let preset = |field: &str| if field == "owner" { answers.to_value() } else { Value::Null };
    let fields = proviso_fields(&screen.dossier, sort, &preset);
    let title = format!("Condition of {}: {}", of.reference(), sort.label());
    let draft = format!("proviso/{acceptance}/{}", sort.code());
    let mut form = Form::new(title, "add", Purpose::Proviso(acceptance, sort), draft, fields);
    form.lines = vec![hat(me), checks(sort).to_owned()];
    Some(form)
}

/// How a kind of condition is checked.
pub fn checks(sort: ProvisoKind) -> &'static str {
    match sort {
        ProvisoKind::Control => {
            "Checked from the record: it is broken after its day while the control is not verified."
        }
        ProvisoKind::Stage => "Checked from the record: it is broken as soon as the system is past this stage.",
        ProvisoKind::Usage => "Broken when more is reported; with a day also when no report comes by then.",
        ProvisoKind::Report => "Met by recording the proof; with a rhythm it is due again and again.",
        ProvisoKind::Oversight => {
            "Checked from the record: broken when no oversight is described, when it is described otherwise and nobody \
             confirmed it, or when the system does more on its own."
        }
        ProvisoKind::Other => "Met by recording the proof.",
    }
}

/// The fields that a kind uses, with its words and its owner.
pub(super) fn proviso_fields(dossier: &Dossier, sort: ProvisoKind, value: &dyn Fn(&str) -> Value) -> Vec<FormField> {
    let used = |id: &str| Proviso::uses(sort).contains(&id) || id == "owner" || id == "text";
    let mut fields: Vec<FormField> = Kind::Proviso
        .fields()
        .iter()
        .filter(|field| used(field.id))
        .map(|field| of_table(dossier, Kind::Proviso, field, &value(field.id)))
        .collect();
    let dated = matches!(sort, ProvisoKind::Control | ProvisoKind::Report | ProvisoKind::Other);
    let needs = |id: &str| match id {
        "due" => dated,
        "text" => sort == ProvisoKind::Other,
        "control" | "stage" | "cap" | "owner" => true,
        _ => false,
    };
    for field in &mut fields {
        field.needed = needs(&field.id);
    }
    // What makes it that kind comes first; the words explain it.
    fields.sort_by_key(|field| match field.id.as_str() {
        "text" if sort == ProvisoKind::Other => 0,
        "control" | "stage" | "cap" => 1,
        "unit" => 2,
        "due" => 3,
        "every" => 4,
        "owner" => 5,
        _ => 6,
    });
    fields
}

/// What shows that a condition is met.
pub fn meet_proviso(screen: &SystemScreen, me: &Me, id: Id) -> Option<Form> {
    let proviso = screen.dossier.provisos.by_id(id)?;
    let usage = proviso.kind_of() == ProvisoKind::Usage;
    let measured =
        FormField::new("measured", "Measured", "How much it is used, as counted.", FieldForm::Number, &Value::Null);
    let evidence = FormField::chooses(
        "evidence",
        "Evidence",
        "The piece of evidence that shows it, where there is one.",
        things(&screen.dossier, "evidence"),
        &Value::Null,
    );
    let mut fields = vec![prose("proof", "Proof", "What shows it; the log keeps every proof.").needed(), evidence];
    if usage {
        fields.insert(0, measured.needed());
    }
    let mut form = Form::new("Record a proof", "record it", Purpose::MeetProviso(id), format!("meet/{id}"), fields);
    form.lines = vec![hat(me), proviso_says(&screen.dossier, proviso)];
    Some(form)
}

/// What is withdrawn of a proposal, by whom it was asked for.
pub fn withdraw_proposal(me: &Me, id: Id) -> Form {
    let fields = vec![prose("why", "Why", "Kept with the proposal.").needed()];
    let mut form = Form::new(
        "Withdraw the proposal",
        "withdraw",
        Purpose::WithdrawProposal(id),
        format!("take_back/{id}"),
        fields,
    );
    form.lines = vec![hat(me)];
    form
}

/// Decline an exception, or bring it to its end.
pub fn end_exception(me: &Me, id: Id, close: bool) -> Form {
    let (verb, help) = if close {
        ("close", "What brought it to an end: the requirement holds again, or something else was decided.")
    } else {
        ("decline", "Kept with the request.")
    };
    let fields = vec![prose("why", "Why", help).needed()];
    let purpose = Purpose::EndException(id, close);
    let mut form = Form::new(format!("Exception: {verb}"), verb, purpose, format!("{verb}/{id}"), fields);
    form.lines = vec![hat(me)];
    form
}

/// Look at an exception again.
pub fn review_exception(me: &Me, exception: &Exception) -> Form {
    let fields = vec![prose("note", "What you found", "Whether the reason stands and the measure works.").needed()];
    let (id, every) = (exception.id, exception.every.unwrap_or(0));
    let title = format!("Review {} \"{}\"", exception.reference(), exception.title);
    let mut form = Form::new(title, "record it", Purpose::ReviewException(id), format!("review/{id}"), fields);
    form.lines = vec![hat(me), format!("The next look is due in {every} days; its last day stays what it is.")];
    form
}
