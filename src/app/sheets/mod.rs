//! The sheets: one for every act that needs words, made from the table of fields wherever it edits one.

mod acceptance;
mod after;
mod binding;
mod entering;
mod evidence;
mod library;
mod privacy;
mod signing;
mod table;
mod unlock;

use std::path::PathBuf;

pub use crate::app::form::FormField;
use crate::app::{Me, form::Form, meeting::MeetingSheet};
use crate::app::{panes::name_of, system::SystemScreen};
use crate::domain::{
    Dossier, Id, Kind,
    after::ChangeKind,
    decision::{ProvisoKind, Step},
    fields::{Day, Field, Form as FieldForm, Kept, Vocabulary},
    people::Role,
    register::Treatment,
    value::Value,
};

pub use acceptance::*;
pub use after::*;
pub use binding::*;
pub use entering::*;
pub use evidence::{attach, finding, retest, reused};
pub use library::*;
pub use privacy::*;
pub use signing::*;
pub use table::*;
pub use unlock::unlock;

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
    /// The same new values of several things.
    EditAll(Kind, Vec<Id>),
    /// Why the threat at hand in a queue is treated so.
    Because(Treatment),
    /// Withdraw a thing.
    Withdraw(Kind, Id),
    /// Withdraw several things.
    WithdrawAll(Kind, Vec<Id>),
    /// Copy or move threats to another system.
    CopyThreats(Vec<Id>),
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
    /// Ask anew for what was accepted.
    Renew(Id),
    /// Take a proposal back.
    WithdrawProposal(Id),
    /// A new condition of a proposal, of a kind.
    Proviso(Id, ProvisoKind),
    /// A proof of a condition.
    MeetProviso(Id),
    /// Decline an exception, or bring it to its end.
    EndException(Id, bool),
    /// Look at an exception again.
    ReviewException(Id),
    /// Decline or revoke an acceptance.
    EndAcceptance(Id, bool),
    /// The DPO's advice.
    Advise,
    /// Sign.
    Sign,
    /// Confirm again what was reviewed before.
    Reconfirm,
    /// Withdraw a sign-off.
    Unsign,
    /// Why roles are combined.
    Override,
    /// Answer a question of the DPO's checklist.
    Answer(&'static str),
    /// What the DPO makes of a section.
    Conclude(&'static str),
    /// Countersign what somebody does in several roles.
    Countersign(Id),
    /// The next version of the independence policy.
    Policy(Vec<String>),
    /// Decide.
    Decide,
    /// A condition is met.
    Meet(Id),
    /// A trigger fired.
    Fire(Id),
    /// What becomes of what fired.
    Triage(Id),
    /// Something changed.
    RecordChange(ChangeKind),
    /// Something went wrong.
    ReportIncident,
    /// The use is restricted.
    Restrict(Id),
    /// An incident is closed.
    CloseIncident(Id),
    /// The system is stopped.
    Pause,
    /// A paused system runs again.
    Resume,
    /// "Considered: none, because …".
    Cover(String),
    /// The public key with which one signs.
    RegisterKey,
    /// That key signs nothing more.
    WithdrawKey,
    /// A file for a piece of evidence.
    Attach(Id),
    /// A locked bundle, and whether it is a passphrase that it wants.
    Unlock(PathBuf, bool),
    /// Something of a meeting.
    Meeting(MeetingSheet),
}

impl Purpose {
    /// Whether what the sheet asks for belongs to the open system, and not to the record.
    pub fn of_a_system(&self) -> bool {
        let of_library =
            matches!(self, Self::Add(Kind::Shelf, _) | Self::Edit(Kind::Shelf, _) | Self::Withdraw(Kind::Shelf, _));
        !of_library && !matches!(self, Self::Policy(_) | Self::Meeting(_) | Self::Unlock(..))
    }
    /// Whether the sheet is about the system that is open.
    pub fn of_one_system(&self) -> bool {
        let of_all = matches!(
            self,
            Self::Because(_)
                | Self::Policy(_)
                | Self::RegisterKey
                | Self::WithdrawKey
                | Self::Meeting(_)
                | Self::Unlock(..)
        );
        !of_all && !matches!(self, Self::Begin | Self::NewSystem)
    }
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
    if let Some(mut made) = library::chosen(kind, field, value) {
        made.needed = field.needed;
        return made;
    }
    let mut made = match field.form {
        FieldForm::Person => FormField::chooses(field.id, field.label, field.help, people(dossier), value),
        FieldForm::Reference => FormField::chooses(field.id, field.label, field.help, things(dossier, field.id), value),
        FieldForm::Marks if kind == Kind::Incident => after::linked(dossier, field, value),
        FieldForm::Marks if kind == Kind::Finding => evidence::threats(dossier, field, value),
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
    made.input = crate::app::form::Input::Choices(words, on, 0);
    made
}

fn people(dossier: &Dossier) -> Vec<(String, String)> {
    dossier.people.iter().filter(|p| !p.archived).map(|p| (p.id.to_string(), p.name.to_string())).collect()
}

fn things(dossier: &Dossier, field: &str) -> Vec<(String, String)> {
    let kind = match field {
        "threat" => Kind::Threat,
        "control" => Kind::Control,
        "evidence" | "retest_evidence" => Kind::Evidence,
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
    edit_in(&screen.dossier, me, kind, id, field)
}

/// The same over a dossier that no screen shows.
pub fn edit_in(dossier: &Dossier, me: &Me, kind: Kind, id: Id, field: &str) -> Option<Form> {
    let entity = dossier.find(kind, id)?;
    let mut fields = editable(dossier, kind, me.role, &|field| entity.get(field));
    if fields.is_empty() {
        return None;
    }
    if kind == Kind::Review {
        fields.retain(|field| field.id != "due" || me.role == Role::Governance);
    }
    let focus = fields.iter().position(|f| f.id == field).unwrap_or(0);
    if let Some(proviso) = dossier.provisos.by_id(id).filter(|_| kind == Kind::Proviso) {
        fields = acceptance::proviso_fields(dossier, proviso.kind_of(), &|field| entity.get(field));
    }
    if kind == Kind::Link {
        fields.retain(|field| field.id.starts_with("less_"));
    }
    let title = evidence::titled(dossier, kind, id);
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
    evidence::fixed(&mut fields, kind, to);
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
