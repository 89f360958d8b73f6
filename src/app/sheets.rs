//! The sheets: one for every act that needs words, made from the table of fields wherever it edits one.

use super::{
    Me,
    form::{Form, FormField},
    panes::{name_of, person},
    system::SystemScreen,
};
use crate::domain::{
    Dossier, Id, Kind,
    decision::{Decision, ReturnReason, Step, Triage, leg},
    fields::{Day, Field, Form as FieldForm, Kept, Vocabulary},
    people::Role,
    privacy::Advice,
    system::Tier,
    value::Value,
};

/// What is made of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    /// The first person and their hats.
    Begin,
    /// A new system.
    NewSystem,
    /// A new thing, and what it belongs to.
    Add(Kind, Option<Id>),
    /// New values of a thing.
    Edit(Kind, Id),
    /// Withdraw a thing.
    Withdraw(Kind, Id),
    /// Give a role to a person.
    Assign,
    /// The tier by hand.
    Tier,
    /// Hand over.
    Send(Step),
    /// Send back.
    Return(Step),
    /// Ask that a risk be accepted.
    Propose(Id),
    /// Decline or revoke an acceptance.
    EndAcceptance(Id, bool),
    /// The DPO's advice.
    Advise,
    /// Sign.
    Sign,
    /// Withdraw a sign-off.
    Unsign,
    /// Why roles are combined.
    Override,
    /// Decide.
    Decide,
    /// A condition is met.
    Meet(Id),
    /// A trigger fired.
    Fire(Id),
    /// What a fired trigger leads to.
    Triage(Id),
    /// "Considered: none, because …".
    Cover(String),
    /// A file to be read.
    ImportPath,
}

fn line(id: &str, label: &str, help: &str) -> FormField {
    FormField::new(id, label, help, FieldForm::Line, &Value::Null)
}

fn prose(id: &str, label: &str, help: &str) -> FormField {
    FormField::new(id, label, help, FieldForm::Prose, &Value::Null)
}

fn on(id: &str, label: &str, help: &str, day: Option<Day>) -> FormField {
    FormField::new(id, label, help, FieldForm::Day, &day.to_value())
}

fn words<V: Vocabulary>(id: &str, label: &str, help: &str, value: Option<V>) -> FormField {
    FormField::new(
        id,
        label,
        help,
        FieldForm::Choice(V::CHOICES),
        &value.map_or(Value::Null, |v| Value::from(v.code())),
    )
}

/// Who acts in which hat: the first line of every sheet that binds.
fn hat(me: &Me) -> String {
    format!("{} acts as {}.", me.name, me.role.label())
}

/// The field of a sheet for a row in the table of fields; people and things of the system are chosen from a list.
fn of_table(dossier: &Dossier, kind: Kind, field: &Field, value: &Value) -> FormField {
    let mut made = match field.form {
        FieldForm::Person => FormField::chooses(field.id, field.label, field.help, people(dossier), value),
        FieldForm::Reference => FormField::chooses(field.id, field.label, field.help, things(dossier, field.id), value),
        FieldForm::Marks => covers(dossier, field, value),
        FieldForm::Choice(_) if kind == Kind::Intake => levels(field, value),
        _ => FormField::new(field.id, field.label, field.help, field.form, value),
    };
    made.needed = field.needed;
    made
}

/// The five answers of an intake question in words.
fn levels(field: &Field, value: &Value) -> FormField {
    let intake = crate::domain::library::intake();
    let words =
        (0..=4u8).filter_map(|n| Some((n.to_string(), format!("{n} {}", intake.level(field.id, n)?.label)))).collect();
    FormField::chooses(field.id, field.label, field.help, words, value)
}

/// Everything of the context that a threat can cover, to be ticked.
fn covers(dossier: &Dossier, field: &Field, value: &Value) -> FormField {
    let all = crate::domain::decision::subjects(dossier);
    let held = |mark: &str| matches!(value, Value::List(marks) if marks.iter().any(|m| m == mark));
    let on = all.iter().map(|subject| held(&subject.mark)).collect();
    let words = all.into_iter().map(|subject| (subject.mark, subject.label)).collect();
    let mut made = FormField::new(field.id, field.label, field.help, FieldForm::Choices(&[]), value);
    made.input = super::form::Input::Choices(words, on, 0);
    made
}

fn people(dossier: &Dossier) -> Vec<(String, String)> {
    dossier.people.iter().filter(|p| !p.archived).map(|p| (p.id.to_string(), p.name.to_string())).collect()
}

fn things(dossier: &Dossier, field: &str) -> Vec<(String, String)> {
    let kind = match field {
        "threat" => Kind::Threat,
        "control" => Kind::Control,
        "evidence" => Kind::Evidence,
        "release" => Kind::Release,
        _ => Kind::Review,
    };
    dossier
        .rows(kind)
        .into_iter()
        .filter(|row| !row.archived())
        .map(|row| (row.id().to_string(), name_of(row)))
        .collect()
}

/// The fields of a kind that the acting role may edit.
fn editable(dossier: &Dossier, kind: Kind, role: Role, value: &dyn Fn(&str) -> Value) -> Vec<FormField> {
    let open = kind.fields().iter().filter(|field| field.by.allows(role));
    open.map(|field| of_table(dossier, kind, field, &value(field.id))).collect()
}

/// A sheet over all fields of a thing that the acting role may edit, the focus on `field`.
pub fn edit(screen: &SystemScreen, me: &Me, kind: Kind, id: Id, field: &str) -> Option<Form> {
    let dossier = &screen.dossier;
    let entity = dossier.find(kind, id)?;
    let mut fields = editable(dossier, kind, me.role, &|field| entity.get(field));
    if fields.is_empty() {
        return None;
    }
    if kind == Kind::Review {
        fields.retain(|field| field.id != "due" || me.role == Role::Governance);
    }
    let focus = fields.iter().position(|f| f.id == field).unwrap_or(0);
    let title = format!("{}: {}", kind.label(), name_of(entity));
    let mut form = Form::new(title, "keep", Purpose::Edit(kind, id), format!("edit/{id}/{}", me.role.code()), fields);
    form.focus = focus;
    Some(form)
}

/// A sheet for a new thing.
pub fn add(screen: &SystemScreen, me: &Me, kind: Kind, to: Option<Id>) -> Form {
    let mut fields = editable(&screen.dossier, kind, me.role, &|_| Value::Null);
    fields.retain(|field| !(kind == Kind::Verification && field.id == "control" && to.is_some()));
    if kind == Kind::Control {
        preset(&mut fields, "status", "planned");
        preset(&mut fields, "owner_role", "owner");
    }
    let draft = format!("add/{}/{}", screen.id().map_or_else(String::new, |id| id.to_string()), kind.code());
    let of = to.and_then(|id| Kind::ALL.iter().find_map(|kind| screen.dossier.find(*kind, id)));
    let title = of
        .map_or_else(|| format!("New {}", kind.label()), |of| format!("New {} for \"{}\"", kind.label(), name_of(of)));
    Form::new(title, "add", Purpose::Add(kind, to), draft, fields)
}

fn preset(fields: &mut [FormField], id: &str, code: &str) {
    if let Some(field) = fields.iter_mut().find(|field| field.id == id) {
        field.restore(code);
    }
}

/// The first run.
pub fn begin() -> Form {
    let roles = Role::CHOICES[..5].iter().map(|word| (word.code.to_owned(), word.label.to_owned())).collect::<Vec<_>>();
    let mut hats = FormField::new(
        "roles",
        "Your hats",
        "The roles that you hold unless a system says otherwise: Space ticks, ← → move.",
        FieldForm::Choices(&[]),
        &Value::Null,
    );
    hats.input = super::form::Input::Choices(roles, vec![true; 5], 0);
    let fields = vec![
        line("name", "Your name", "As it is to stand in the record.").needed(),
        line("title", "Your title", "Goes with your name into every decision."),
        hats,
    ];
    let mut form = Form::new("Start our own record", "start", Purpose::Begin, "begin".into(), fields);
    form.lines.push("One person may hold several hats; the record says so honestly. More people come later.".into());
    form
}

/// A new system.
pub fn new_system() -> Form {
    let fields = vec![
        line("name", "Name", "What people call it.").needed(),
        prose("purpose", "Business purpose", "What the organisation wants from it. The rest can wait."),
    ];
    Form::new("New system", "enter it", Purpose::NewSystem, "new/system".into(), fields)
}

/// A file to be read.
pub fn import() -> Form {
    let help = "The path of a Threat Dragon model, a CSV register or an AI inventory. You see a receipt before anything is kept.";
    Form::new(
        "Bring what you have",
        "read it",
        Purpose::ImportPath,
        "import".into(),
        vec![line("path", "File", help).needed()],
    )
}

/// Withdraw a thing, with a reason.
pub fn withdraw(screen: &SystemScreen, kind: Kind, id: Id) -> Option<Form> {
    let name = name_of(screen.dossier.find(kind, id)?);
    let fields = vec![prose("why", "Why", "It is kept, struck through, and counted nowhere.").needed()];
    Some(Form::new(
        format!("Withdraw {} \"{name}\"", kind.label()),
        "withdraw",
        Purpose::Withdraw(kind, id),
        format!("withdraw/{id}"),
        fields,
    ))
}

/// Give a role to a person.
pub fn assign(screen: &SystemScreen, role: Role, today: Day) -> Form {
    let dossier = &screen.dossier;
    let now = dossier.holder(role, today).map_or(Value::Null, |id| Value::Text(id.to_string()));
    let mut everybody = people(dossier);
    everybody.push(("new".into(), "somebody new".into()));
    let fields = vec![
        words("role", "Role", "Which role on this system.", Some(role)).needed(),
        FormField::chooses(
            "person",
            "Person",
            "Who holds it. Choose \"somebody new\" and write the name below.",
            everybody,
            &now,
        )
        .needed(),
        line("name", "Name of somebody new", "A named human, never a team."),
        line("title", "Their title", "Goes with the name into every decision."),
        FormField::chooses(
            "delegate",
            "Delegate",
            "Who acts for them while they are away.",
            people(dossier),
            &Value::Null,
        ),
        on("until", "Until", "The last day on which it holds; empty for no end.", None),
    ];
    Form::new(format!("Assign: {}", role.label()), "assign", Purpose::Assign, format!("assign/{}", role.code()), fields)
}

/// The tier by hand.
pub fn tier(screen: &SystemScreen) -> Form {
    let intake = screen.dossier.intake();
    let fields = vec![
        words::<Tier>(
            "tier",
            "Tier",
            "The computed tier stays beside it; Backspace takes the override back.",
            intake.and_then(|i| i.override_tier),
        ),
        prose("reason", "Why", "Why the computed tier does not fit.").needed(),
    ];
    let mut form = Form::new("Set the tier by hand", "set it", Purpose::Tier, "tier".into(), fields);
    form.lines = screen.dossier.computed_tier().map(|result| result.explain()).unwrap_or_default();
    form
}

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

/// Ask that a risk be accepted.
pub fn propose(screen: &SystemScreen, me: &Me, threat: Id) -> Option<Form> {
    let found = screen.dossier.threats.iter().find(|t| t.id == threat)?;
    let fields = vec![
        prose("reason", "Reason", "Why the risk may be carried.").needed(),
        prose("condition", "Condition", "What it depends on: a control by a date, a limit, a report.").needed(),
        on("expires", "Expires", "The last day on which it holds; +180 is half a year. Required.", None).needed(),
    ];
    let title = format!("Propose to accept {} \"{}\"", found.reference(), found.title);
    let mut form = Form::new(title, "propose", Purpose::Propose(threat), format!("propose/{threat}"), fields);
    form.lines = vec![hat(me), "Whoever asks does not decide: the governance lead accepts or declines.".into()];
    Some(form)
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

/// Sign: the initials make it a deliberate act.
pub fn sign(screen: &SystemScreen, me: &Me) -> Form {
    let sections: Vec<_> =
        crate::domain::decision::reviewed_by(me.role).iter().map(|section| section.label()).collect();
    let fields = vec![
        prose("statement", "Statement", "What you want to say with it; may stay empty."),
        line(
            "initials",
            "Your initials",
            &format!("Type {} to sign. A sign-off is withdrawn, never undone.", initials(&me.name)),
        )
        .needed(),
    ];
    let mut form = Form::new(
        format!("Sign as {}", me.role.label()),
        "sign",
        Purpose::Sign,
        format!("sign/{}", me.role.code()),
        fields,
    );
    form.lines =
        vec![hat(me), format!("You sign for exactly: {}. A later change of these voids it.", sections.join(", "))];
    if let Some((_, text)) = screen.voided.iter().find(|(role, _)| *role == me.role) {
        form.lines.push(format!("Your earlier sign-off was voided by {text}."));
    }
    form
}

/// The initials of a name: the first letter of each word.
pub fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// Withdraw a sign-off.
pub fn unsign(me: &Me) -> Form {
    let mut form = Form::new(
        format!("Withdraw the sign-off as {}", me.role.label()),
        "withdraw",
        Purpose::Unsign,
        "unsign".into(),
        vec![prose("why", "Why", "The log keeps both.").needed()],
    );
    form.lines = vec![hat(me)];
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
    form
}

/// A condition is met.
pub fn meet(id: Id) -> Form {
    let fields = vec![prose("proof", "Proof", "What shows that it is met.").needed()];
    Form::new("The condition is met", "record it", Purpose::Meet(id), format!("meet/{id}"), fields)
}

/// A trigger fired.
pub fn fire(id: Id) -> Form {
    let mut form = Form::new(
        "A trigger fired",
        "fire it",
        Purpose::Fire(id),
        format!("fire/{id}"),
        vec![prose("why", "What happened", "The clearance follows at once.").needed()],
    );
    form.lines.push("Until it is triaged, the system holds no effective clearance.".into());
    form
}

/// What a fired trigger leads to.
pub fn triage(id: Id) -> Form {
    let fields = vec![
        words::<Triage>("outcome", "It is", "Not material needs a reason as well.", None).needed(),
        prose("reason", "Why", "Kept with the trigger.").needed(),
    ];
    Form::new("Triage the trigger", "triage", Purpose::Triage(id), format!("triage/{id}"), fields)
}

/// "Considered: none, because …".
pub fn cover(label: &str, mark: &str) -> Form {
    let fields = vec![
        prose("reason", "None, because", "Why there is no threat to it. Or leave with Esc and let a threat cover it.")
            .needed(),
    ];
    Form::new(
        format!("Considered: {label}"),
        "record it",
        Purpose::Cover(mark.to_owned()),
        format!("cover/{mark}"),
        fields,
    )
}
