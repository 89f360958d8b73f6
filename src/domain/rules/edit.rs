//! Adding, editing and withdrawing things.

use super::{Refusal, Rule, event, needs_reason, unknown};
use crate::domain::{
    Dossier, Event, Id, Kind, Line, Prose,
    command::Fields,
    decision::{Triage, Trigger},
    fields::{Day, Field, Form, Kept, Moment, Vocabulary, Who},
    library::dpo_checklist,
    people::{Role, Stamp},
    register::{Analysis, ControlStatus, Link, Treatment, Verdict},
    system::Tier,
    value::Value,
};

type Outcome = Result<Vec<Event>, Refusal>;

/// A system enters the inventory with an empty intake, an empty DPO assessment and its first review.
pub fn new_system(dossier: &Dossier, set: &Fields, stamp: &Stamp) -> Outcome {
    let Some(system) = dossier.subject.filter(|_| dossier.system().is_none()) else {
        return Err(Refusal::new(Rule::WrongState, "This system is in the inventory already."));
    };
    let set = checked(dossier, Kind::System, set, None)?;
    if !set.iter().any(|(field, value)| *field == "name" && !value.is_null()) {
        return Err(Refusal::new(Rule::Incomplete, "A system needs a name."));
    }
    let none = Prose::default();
    let mut events = vec![event(dossier, (Kind::System, system, "add"), set, &none)];
    events.extend(opening(dossier, stamp));
    Ok(events)
}

/// What every new system starts with.
pub fn opening(dossier: &Dossier, stamp: &Stamp) -> [Event; 3] {
    let none = Prose::default();
    let review = vec![
        ("number", Value::Int(1)),
        ("sort", Value::from("initial")),
        ("opened_at", Some(stamp.at).to_value()),
        ("checklist", Value::from(dpo_checklist().version())),
    ];
    [
        event(dossier, (Kind::Intake, stamp.fresh(), "add"), vec![], &none),
        event(dossier, (Kind::Privacy, stamp.fresh(), "add"), vec![], &none),
        event(dossier, (Kind::Review, stamp.fresh(), "open"), review, &none),
    ]
}

/// Adds a thing; gives it the next number where its kind is numbered.
pub fn add(dossier: &Dossier, kind: Kind, set: &Fields, to: Option<Id>, stamp: &Stamp) -> Outcome {
    let mut set = checked(dossier, kind, set, Some(stamp.role))?;
    if let Some(field) = naming(kind).filter(|field| !set.iter().any(|(id, _)| *id == field.id)) {
        return Err(nameless(kind, field));
    }
    keeps_name(kind, &set)?;
    if kind.field("number").is_some() {
        set.push(("number", Value::Int(next_number(dossier, kind))));
    }
    if kind == Kind::Shelf {
        super::library::coded(dossier, &mut set);
    }
    if kind == Kind::Threat && !set.iter().any(|(field, _)| *field == "status") {
        set.push(("status", Value::from(Analysis::Identified.code())));
    }
    let id = stamp.fresh();
    let none = Prose::default();
    let mut events = Vec::new();
    if kind == Kind::Verification {
        set.extend(to.map(|control| ("control", Some(control).to_value())));
        events.extend(verified(dossier, &set));
    }
    if kind == Kind::Link {
        linked_once(dossier, &set)?;
    }
    if kind == Kind::Finding {
        set.extend(about(dossier, &set, to));
        super::finding::settle(dossier, id, &mut set, stamp.role)?;
    }
    if kind == Kind::Proviso {
        set.push(("acceptance", to.to_value()));
        super::proviso::settle(dossier, id, &set)?;
    }
    if kind == Kind::Exception {
        super::exception::settle(dossier, id, &mut set, stamp)?;
    }
    consistent(dossier, kind, id, &set)?;
    events.insert(0, event(dossier, (kind, id, said(kind, "add")), set, &none));
    if let (Kind::Control, Some(threat)) = (kind, to) {
        let link =
            vec![("threat", Some(threat).to_value()), ("control", Some(id).to_value()), ("less_likely", Value::Int(1))];
        events.push(event(dossier, (Kind::Link, stamp.fresh(), "add"), link, &none));
    }
    Ok(events)
}

/// The intent in the journal. What may be agreed on by somebody else in the meantime is not undone behind their back: it
/// is reworded or taken back, and the rule looks at whether that still may be.
fn said(kind: Kind, verb: &'static str) -> &'static str {
    match (kind, verb) {
        (Kind::Proviso | Kind::Exception, "add" | "restore") => "propose",
        (Kind::Proviso | Kind::Exception, "edit") => "reword",
        (Kind::Proviso | Kind::Exception, "archive") => "take_back",
        _ => verb,
    }
}

/// A control is linked to a threat once: what it takes off would count twice.
fn linked_once(dossier: &Dossier, set: &[(&'static str, Value)]) -> Result<(), Refusal> {
    let of = |name: &str| {
        let value = set.iter().find(|(field, _)| *field == name).map(|(_, value)| value);
        value.and_then(<Option<Id> as Kept>::from_value)
    };
    let (Some(threat), Some(control)) = (of("threat"), of("control")) else { return Ok(()) };
    let same = |link: &&Link| !link.archived && link.threat == Some(threat) && link.control == Some(control);
    if dossier.links.iter().any(|link| same(&link)) {
        let says = "This control is linked to this threat already.";
        return Err(Refusal::new(Rule::NothingChanged, says).hint("Edit the link to say what it takes off."));
    }
    Ok(())
}

/// A finding that is raised on a threat is about it, unless it says what it is about.
fn about(dossier: &Dossier, set: &[(&'static str, Value)], to: Option<Id>) -> Option<(&'static str, Value)> {
    let threat = to.filter(|id| dossier.live_threats().any(|threat| threat.id == *id))?;
    let said = set.iter().any(|(field, value)| *field == "threats" && !value.is_null());
    (!said).then(|| ("threats", Value::List(vec![threat.to_string()])))
}

/// A verification that found a control working makes it verified; one that found it failing makes it failed.
fn verified(dossier: &Dossier, set: &[(&'static str, Value)]) -> Option<Event> {
    let of = |name: &str| set.iter().find(|(field, _)| *field == name).map(|(_, value)| value);
    let control = <Option<Id> as Kept>::from_value(of("control")?)?;
    let status = match of("outcome")? {
        Value::Text(code) if code == "works" => ControlStatus::Verified,
        Value::Text(code) if code == "fails" => ControlStatus::Failed,
        _ => return None,
    };
    let set = vec![("status", Value::from(status.code()))];
    Some(event(dossier, (Kind::Control, control, "verify"), set, &Prose::default())).filter(|e| !e.set.is_empty())
}

/// The next number of a kind: the highest so far, withdrawn ones too, plus one.
pub fn next_number(dossier: &Dossier, kind: Kind) -> i64 {
    let taken = dossier.rows(kind).into_iter().filter_map(|row| match row.get("number") {
        Value::Int(n) => Some(n),
        Value::Null | Value::Text(_) | Value::List(_) => None,
    });
    taken.max().unwrap_or(0) + 1
}

/// Sets fields of a thing.
pub fn edit(dossier: &Dossier, (kind, id): (Kind, Id), set: &Fields, why: &Prose, stamp: &Stamp) -> Outcome {
    dossier.find(kind, id).ok_or_else(|| unknown(kind))?;
    let mut set = checked(dossier, kind, set, Some(stamp.role))?;
    keeps_name(kind, &set)?;
    if kind == Kind::Finding {
        super::finding::settle(dossier, id, &mut set, stamp.role)?;
    }
    if kind == Kind::Proviso {
        super::proviso::settle(dossier, id, &set)?;
    }
    if kind == Kind::Exception {
        super::exception::settle(dossier, id, &mut set, stamp)?;
    }
    consistent(dossier, kind, id, &set)?;
    super::privacy::consistent(dossier, kind, &set, stamp)?;
    set.extend(super::privacy::beside(dossier, kind, &set, stamp));
    set.extend(super::attach::forgotten(kind, &set));
    set.extend(rearmed(dossier, kind, id, &set));
    let event = event(dossier, (kind, id, said(kind, "edit")), set, why);
    if event.set.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "Nothing would change."));
    }
    Ok(vec![event])
}

/// A trigger that was found not material and gets a new day is armed anew; one that still waits for its triage is not.
fn rearmed(dossier: &Dossier, kind: Kind, id: Id, set: &[(&'static str, Value)]) -> Vec<(&'static str, Value)> {
    let settled = |trigger: &Trigger| trigger.id == id && trigger.triage == Some(Triage::NotMaterial);
    let dated = kind == Kind::Trigger && set.iter().any(|(field, _)| *field == "due");
    if !dated || !dossier.triggers.iter().any(settled) {
        return Vec::new();
    }
    ["fired_at", "fired_why", "triage", "triage_reason", "triaged_by", "triaged_at", "roles"]
        .map(|field| (field, Value::Null))
        .to_vec()
}

/// The field by which people know a thing of this kind.
fn naming(kind: Kind) -> Option<&'static Field> {
    kind.fields().iter().find(|field| field.needed && matches!(field.form, Form::Line | Form::Prose))
}

/// A name may change, but not to nothing: every list and every refusal says it.
fn keeps_name(kind: Kind, set: &[(&'static str, Value)]) -> Result<(), Refusal> {
    let opinion = kind == Kind::Privacy;
    match naming(kind).filter(|field| set.iter().any(|(id, value)| *id == field.id && value.is_null())) {
        Some(field) if !opinion => Err(nameless(kind, field)),
        _ => Ok(()),
    }
}

fn nameless(kind: Kind, field: &Field) -> Refusal {
    Refusal::new(Rule::Incomplete, format!("The {} needs: {}.", kind.label(), field.label.to_lowercase()))
}

/// Withdraws a thing with a reason; it is kept and counted nowhere.
pub fn withdraw(dossier: &Dossier, kind: Kind, id: Id, why: &Prose) -> Outcome {
    let row = dossier.find(kind, id).ok_or_else(|| unknown(kind))?;
    if row.archived() {
        return Err(Refusal::new(Rule::WrongState, "It was withdrawn already."));
    }
    super::proviso::withdrawable(dossier, id)?;
    super::exception::withdrawable(dossier, id)?;
    needs_reason(why, "To withdraw it")?;
    Ok(vec![event(dossier, (kind, id, said(kind, "archive")), vec![("archived", Value::Int(1))], why)])
}

/// Takes a withdrawn thing back in.
pub fn restore(dossier: &Dossier, kind: Kind, id: Id) -> Outcome {
    let row = dossier.find(kind, id).ok_or_else(|| unknown(kind))?;
    if !row.archived() {
        return Err(Refusal::new(Rule::WrongState, "It was not withdrawn."));
    }
    super::proviso::withdrawable(dossier, id)?;
    super::exception::withdrawable(dossier, id)?;
    Ok(vec![event(dossier, (kind, id, said(kind, "restore")), vec![("archived", Value::Null)], &Prose::default())])
}

/// Gives a role to a person; an earlier assignment of the same role at the same level ends.
pub fn assign(dossier: &Dossier, wanted: (Role, Id, Option<Id>, Option<Day>), stamp: &Stamp) -> Outcome {
    let (_, person, delegate, _) = wanted;
    for id in [Some(person), delegate].into_iter().flatten() {
        if !dossier.people.iter().any(|known| known.id == id && !known.archived) {
            return Err(Refusal::new(Rule::Unknown, "A role is given to a named person of the record."));
        }
    }
    Ok(assignment(dossier, wanted, stamp))
}

fn assignment(dossier: &Dossier, wanted: (Role, Id, Option<Id>, Option<Day>), stamp: &Stamp) -> Vec<Event> {
    let (role, person, delegate, until) = wanted;
    let none = Prose::default();
    let old = dossier.assignments.iter().filter(|a| !a.archived && a.role == Some(role));
    let mut events: Vec<Event> = old
        .map(|a| event(dossier, (Kind::Assignment, a.id, "replace"), vec![("archived", Value::Int(1))], &none))
        .collect();
    let set = vec![
        ("person", Some(Who(person)).to_value()),
        ("role", Some(role).to_value()),
        ("delegate", delegate.map(Who).to_value()),
        ("until", until.to_value()),
    ];
    events.push(event(dossier, (Kind::Assignment, stamp.fresh(), "assign"), set, &none));
    events
}

/// Enters a new person and gives them a role.
pub fn assign_new(
    dossier: &Dossier,
    role: Role,
    (name, title): (&Line, &Line),
    until: Option<Day>,
    stamp: &Stamp,
) -> Vec<Event> {
    let person = stamp.fresh();
    let set = vec![("name", name.to_value()), ("title", title.to_value())];
    let mut events = vec![event(dossier, (Kind::Person, person, "add"), set, &Prose::default())];
    events.extend(assignment(dossier, (role, person, None, until), stamp));
    events
}

/// Sets the tier by hand, or takes that back.
pub fn override_tier(dossier: &Dossier, tier: Option<Tier>, reason: &Prose, stamp: &Stamp) -> Outcome {
    let intake = dossier.intake().ok_or_else(|| unknown(Kind::Intake))?;
    needs_reason(reason, "A tier set by hand")?;
    let set = vec![
        ("override_tier", tier.to_value()),
        ("override_reason", reason.to_value()),
        ("override_by", Some(Who(stamp.by)).to_value()),
        ("override_at", Some(Moment(stamp.at.0)).to_value()),
    ];
    Ok(vec![event(dossier, (Kind::Intake, intake.id, "override_tier"), set, reason)])
}

/// The fields as they will be kept: known, of the right form, and open to the acting role.
pub fn checked(
    dossier: &Dossier,
    kind: Kind,
    set: &Fields,
    role: Option<Role>,
) -> Result<Vec<(&'static str, Value)>, Refusal> {
    let mut out = Vec::with_capacity(set.len());
    for (id, value) in set {
        let Some(field) = kind.field(id) else {
            return Err(Refusal::new(Rule::Unknown, format!("A {} has no field \"{id}\".", kind.label())));
        };
        if let Some(role) = role.filter(|role| !field.by.allows(*role)) {
            let by_rule = field.by == crate::domain::fields::By::Rule;
            let refused = if by_rule { Rule::SetByRule } else { Rule::RoleMayNot };
            return Err(Refusal::new(refused, format!("{} is not for the {} to set.", field.label, role.label())));
        }
        let mut blank = kind.empty(Id([0; 16]));
        blank.put(id, value);
        let kept = blank.get(id);
        let dropped = matches!((&kept, value), (Value::List(kept), Value::List(given)) if kept.len() < given.len());
        let fits = kept.is_null() == value.is_null() && !dropped && fits(dossier, kind, field.id, &kept);
        if !fits && !is_blank_text(value) {
            return Err(Refusal::new(
                Rule::BadValue,
                format!("{} does not take this value: {}.", field.label, wanted(field.form)),
            ));
        }
        out.push((field.id, kept));
    }
    Ok(out)
}

/// Text that is nothing once it is cleaned says nothing, however many invisible characters it has.
fn is_blank_text(value: &Value) -> bool {
    matches!(value, Value::Text(text) if Prose::new(text).as_str().trim().is_empty())
}

fn fits(dossier: &Dossier, kind: Kind, field: &str, value: &Value) -> bool {
    match (kind.field(field).map(|f| f.form), value) {
        (Some(Form::Person), Value::Text(id)) => dossier.people.iter().any(|p| p.id.to_string() == *id && !p.archived),
        (Some(Form::Number), Value::Int(n)) if kind == Kind::Link => (0..=4).contains(n),
        _ => true,
    }
}

/// What a form of field takes, in words.
fn wanted(form: Form) -> String {
    match form {
        Form::Line | Form::Prose => "text".into(),
        Form::Number => "a whole number, 0 to 4 for a reduction".into(),
        Form::Score => "1 to 5".into(),
        Form::Day => "a day such as 2026-11-21".into(),
        Form::Moment => "a point in time".into(),
        Form::Choice(words) | Form::Choices(words) => {
            words.iter().map(|word| word.label).collect::<Vec<_>>().join(", ")
        }
        Form::Person => "a named person of the record".into(),
        Form::Reference | Form::Marks => "something of this system".into(),
        Form::Digest => "64 hexadecimal digits".into(),
    }
}

/// Rules over several fields of one thing.
fn consistent(dossier: &Dossier, kind: Kind, id: Id, set: &[(&'static str, Value)]) -> Result<(), Refusal> {
    super::library::consistent(dossier, kind, id, set)?;
    if kind != Kind::Threat {
        return Ok(());
    }
    let mut after = dossier
        .threats
        .iter()
        .find(|t| t.id == id)
        .cloned()
        .unwrap_or_else(|| crate::domain::register::Threat::empty(id));
    for (field, value) in set {
        crate::domain::fields::Entity::put(&mut after, field, value);
    }
    let sets = |name: &str| set.iter().any(|(field, _)| *field == name);
    let explained = matches!(after.treated(), Treatment::NotApplicable | Treatment::Avoid | Treatment::Transfer);
    if (sets("treatment") || sets("treatment_reason")) && explained && after.treatment_reason.is_empty() {
        let what = format!("The treatment \"{}\"", after.treated().label());
        return needs_reason(&after.treatment_reason, &what);
    }
    let scores = ["now_likelihood", "now_impact", "score_reason"];
    if scores.into_iter().any(sets) && (after.now_likelihood.or(after.now_impact)).is_some() {
        needs_reason(&after.score_reason, "A score set by hand")?;
    }
    if (sets("dpo_verdict") || sets("dpo_reason"))
        && matches!(after.dpo_verdict, Some(Verdict::Changed | Verdict::Rejected))
    {
        needs_reason(&after.dpo_reason, "To change or reject a threat to personal data")?;
    }
    Ok(())
}
