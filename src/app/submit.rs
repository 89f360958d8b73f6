//! From what was filled or chosen to what is asked of the domain.

use super::{
    Begin, Effect, Model, Overlay,
    form::{self, Form},
    sheets::{self, Purpose},
};
use crate::domain::{
    Id, Kind, Line, Prose, Secret,
    after::ChangeKind,
    command::{Command, Fields},
    decision::{Decision, ReturnReason, Step, Triage},
    fields::{Day, Kept, Marks, Vocabulary, YesNo},
    people::Role,
    value::Value,
};

/// What a sheet asks for. The sheet stays until that is durable, so a refusal keeps every word.
pub(super) fn submit(model: &mut Model, mut form: Box<Form>) -> Option<Effect> {
    let made = form.values(model.today).and_then(|values| effect(model, &form, &Values(values)));
    let (effect, error) = match made {
        Ok(effect) => (Some(effect), None),
        Err(says) => (None, Some(says)),
    };
    form.error = error;
    model.overlays.push(Overlay::Form(form));
    effect
}

/// What a cell asks for; it stays until that is durable, as a sheet does.
pub(super) fn cell(model: &mut Model, form: Box<Form>) -> Option<Effect> {
    let effect = submit(model, form);
    if let Some(Overlay::Form(form)) = model.overlays.pop() {
        if let Some(error) = &form.error {
            let error = error.clone();
            model.say(true, error);
        }
        model.overlays.push(Overlay::Cell(form));
    }
    effect
}

struct Values(Vec<(String, Value)>);

impl Values {
    fn get(&self, id: &str) -> &Value {
        self.0.iter().find(|(known, _)| known == id).map_or(&Value::Null, |(_, value)| value)
    }
    fn prose(&self, id: &str) -> Prose {
        Prose::from_value(self.get(id))
    }
    fn line(&self, id: &str) -> Line {
        Line::from_value(self.get(id))
    }
    fn day(&self, id: &str) -> Option<Day> {
        <Option<Day> as Kept>::from_value(self.get(id))
    }
    fn number(&self, id: &str) -> Option<i64> {
        <Option<i64> as Kept>::from_value(self.get(id))
    }
    fn id(&self, id: &str) -> Option<Id> {
        <Option<Id> as Kept>::from_value(self.get(id))
    }
    /// What opens a locked file: a passphrase, or the file of a key.
    fn unlocking(&self, path: &std::path::Path) -> Effect {
        let passphrase = match self.get("passphrase") {
            Value::Text(text) => Secret::new(text.as_str()),
            Value::Null | Value::Int(_) | Value::List(_) => Secret::default(),
        };
        Effect::Unlock(path.to_path_buf(), self.line("key").to_string(), passphrase)
    }
    fn word<V: Vocabulary>(&self, id: &str) -> Result<V, String> {
        <Option<V> as Kept>::from_value(self.get(id)).ok_or_else(|| "Choose one first.".to_owned())
    }
}

fn effect(model: &mut Model, form: &Form, values: &Values) -> Result<Effect, String> {
    let system = model.system().and_then(super::system::SystemScreen::id).filter(|_| form.purpose.of_a_system());
    let command = match &form.purpose {
        Purpose::Begin => return begin(values),
        Purpose::NewSystem => return Ok(Effect::NewSystem(filled(values))),
        Purpose::Meeting(sheet) => return super::meeting::submitted(model.meeting_screen(), sheet, &values.0),
        Purpose::Unlock(path, _) => return Ok(values.unlocking(path)),
        Purpose::RegisterKey => {
            check_initials(model, values)?;
            return Ok(Effect::RegisterKey(values.line("key").to_string()));
        }
        Purpose::WithdrawKey => {
            check_initials(model, values)?;
            return Ok(Effect::WithdrawKey(values.prose("why")));
        }
        Purpose::Attach(evidence) => {
            let keep = values.word::<YesNo>("keep").is_ok_and(|word| word == YesNo::Yes);
            return Ok(Effect::Attach(*evidence, values.line("path").to_string(), keep));
        }
        Purpose::Add(kind, to) => Command::Add { kind: *kind, set: filled(values), to: *to },
        Purpose::Edit(kind, id) => {
            Command::Edit { kind: *kind, id: *id, set: changed(form, values)?, why: Prose::default() }
        }
        Purpose::EditAll(kind, ids) => Command::EditAll { kind: *kind, ids: ids.clone(), set: changed(form, values)? },
        Purpose::WithdrawAll(kind, ids) => {
            Command::WithdrawAll { kind: *kind, ids: ids.clone(), why: values.prose("why") }
        }
        Purpose::CopyThreats(threats) => return copy(system, threats, values),
        Purpose::Because(treatment) => {
            let reason = values.prose("reason");
            return super::queue::commit(model, Some(*treatment), Some(reason.as_str()))
                .ok_or_else(|| "Nothing is at hand any more.".to_owned());
        }
        Purpose::Withdraw(kind, id) => Command::Withdraw { kind: *kind, id: *id, why: values.prose("why") },
        Purpose::Assign => assign(values)?,
        Purpose::Tier => Command::OverrideTier { tier: values.word("tier").ok(), reason: values.prose("reason") },
        Purpose::Send(step) => Command::Send { step: *step, note: values.prose("note"), due: values.day("due") },
        Purpose::Return(step) => give_back(*step, values)?,
        Purpose::Advise => Command::Advise { advice: values.word("advice")?, text: values.prose("text") },
        Purpose::Sign => Command::Sign(signed(model, values)?),
        Purpose::Reconfirm => Command::Reconfirm(signed(model, values)?),
        Purpose::Unsign => Command::Unsign(values.prose("why")),
        Purpose::Override
        | Purpose::Answer(_)
        | Purpose::Conclude(_)
        | Purpose::Countersign(_)
        | Purpose::Policy(_) => of_role(model, &form.purpose, values)?,
        Purpose::Decide => {
            check_initials(model, values)?;
            decide(model.today, values)?
        }
        Purpose::Meet(id) => Command::MeetCondition(*id, values.prose("proof")),
        Purpose::Cover(mark) => Command::Add {
            kind: Kind::Considered,
            set: vec![("subject".into(), Value::from(mark.as_str())), ("reason".into(), values.get("reason").clone())],
            to: None,
        },
        other => afterwards(other, values)?,
    };
    Ok(super::across::across(model, &command).unwrap_or(Effect::Commit(system, command)))
}

/// What comes after clearance.
fn afterwards(purpose: &Purpose, values: &Values) -> Result<Command, String> {
    Ok(match purpose {
        Purpose::Fire(id) => Command::Fire(*id, values.prose("why")),
        Purpose::Triage(id) => Command::Triage(
            *id,
            values.word::<Triage>("outcome")?,
            Vec::from_value(values.get("roles")),
            values.prose("reason"),
        ),
        Purpose::RecordChange(sort) => record_change(*sort, values),
        Purpose::ReportIncident => Command::ReportIncident(filled(values)),
        Purpose::Restrict(id) => {
            Command::Restrict { incident: *id, text: values.prose("restriction"), until: values.day("until") }
        }
        Purpose::CloseIncident(id) => Command::CloseIncident(*id, values.prose("correction")),
        Purpose::Pause => Command::Pause(values.prose("reason")),
        Purpose::Resume => Command::Resume(values.prose("why")),
        other => return of_acceptance(other, values),
    })
}

/// What the sheets of acceptances and exceptions ask for.
fn of_acceptance(purpose: &Purpose, values: &Values) -> Result<Command, String> {
    Ok(match purpose {
        Purpose::Propose(threat) => Command::Propose {
            threat: *threat,
            reason: values.prose("reason"),
            condition: values.prose("condition"),
            expires: values.day("expires"),
            requester: values.id("requester"),
        },
        Purpose::Renew(acceptance) => Command::Renew {
            acceptance: *acceptance,
            reason: values.prose("reason"),
            condition: values.prose("condition"),
            expires: values.day("expires"),
            requester: values.id("requester"),
        },
        Purpose::WithdrawProposal(id) => Command::WithdrawRisk(*id, values.prose("why")),
        Purpose::Proviso(acceptance, sort) => {
            let mut set = filled(values);
            set.push(("sort".into(), Value::from(sort.code())));
            Command::Add { kind: Kind::Proviso, set, to: Some(*acceptance) }
        }
        Purpose::MeetProviso(id) => Command::MeetProviso {
            id: *id,
            proof: values.prose("proof"),
            evidence: values.id("evidence"),
            measured: values.number("measured"),
        },
        Purpose::EndException(id, true) => Command::CloseException(*id, values.prose("why")),
        Purpose::EndException(id, false) => {
            Command::DecideException { id: *id, approve: false, why: values.prose("why") }
        }
        Purpose::ReviewException(id) => Command::ReviewException(*id, values.prose("note")),
        Purpose::EndAcceptance(id, true) => Command::RevokeRisk(*id, values.prose("why")),
        Purpose::EndAcceptance(id, false) => Command::DeclineRisk(*id, values.prose("why")),
        _ => return Err("This sheet asks for nothing.".to_owned()),
    })
}

/// A change of the chosen kind, with the triggers that were ticked.
fn record_change(sort: ChangeKind, values: &Values) -> Command {
    let fires = Marks::from_value(values.get("fires")).0;
    let mut what = filled(values);
    what.retain(|(field, _)| field != "fires");
    what.push(("sort".into(), Some(sort).to_value()));
    Command::RecordChange { what, fires }
}

/// What the DPO answered, roles combined in one person, and the policy.
fn of_role(model: &mut Model, purpose: &Purpose, values: &Values) -> Result<Command, String> {
    Ok(match purpose {
        Purpose::Override => {
            Command::Override { reason: values.prose("reason"), compensating: values.line("compensating") }
        }
        Purpose::Answer(check) => {
            super::acts::go_on(model);
            let chosen = Marks::from_value(values.get("chosen")).0;
            let (answer, note) = (values.word("answer").ok(), Some(values.prose("note")));
            Command::Answer { check: (*check).to_owned(), answer, chosen, note }
        }
        Purpose::Conclude(section) => {
            let (text, outcome) = (values.prose("text"), values.word("outcome").ok());
            Command::Conclude { section: (*section).to_owned(), text, outcome }
        }
        Purpose::Countersign(whose) => {
            check_initials(model, values)?;
            Command::Countersign { whose: *whose, statement: values.prose("statement") }
        }
        Purpose::Policy(rules) => {
            check_initials(model, values)?;
            Command::SetPolicy { rules: rules.clone(), reason: values.prose("reason") }
        }
        _ => return Err("This sheet asks for something else.".to_owned()),
    })
}

fn begin(values: &Values) -> Result<Effect, String> {
    let roles: Vec<Role> = Vec::from_value(values.get("roles"));
    if roles.is_empty() {
        return Err("Tick at least one hat; without one you could do nothing.".into());
    }
    let (name, title) = (values.line("name").to_string(), values.line("title").to_string());
    Ok(Effect::Begin(Begin { name, title, roles }))
}

/// What was filled in; an empty field says nothing.
fn filled(values: &Values) -> Fields {
    values.0.iter().filter(|(_, value)| !value.is_null()).cloned().collect()
}

/// What differs from what the thing held when the sheet was opened.
fn changed(form: &Form, values: &Values) -> Result<Fields, String> {
    let pairs = form.fields.iter().zip(&values.0);
    let set: Fields =
        pairs.filter(|(field, (_, value))| field.before != *value).map(|(_, pair)| pair.clone()).collect();
    if set.is_empty() { Err("Nothing was changed; Esc leaves.".into()) } else { Ok(set) }
}

/// Threats go to another system, as copies or for good.
fn copy(system: Option<Id>, threats: &[Id], values: &Values) -> Result<Effect, String> {
    let from = system.ok_or("Open the system that they are in first.")?;
    let to = values.line("system").to_string();
    if to.is_empty() {
        return Err("Write the name of the other system, or its beginning.".into());
    }
    let leave = (*values.get("how") == Value::from("move")).then(|| values.prose("why"));
    Ok(Effect::CopyThreats { from, to, threats: threats.to_vec(), leave })
}

/// Somebody new is entered and gets the role in one go: the person's name travels in the command's own fields.
fn assign(values: &Values) -> Result<Command, String> {
    let role = values.word("role")?;
    match values.get("person") {
        Value::Text(code) if code == "new" => {
            let name = values.line("name");
            if name.is_empty() {
                return Err("Write the name of the new person.".into());
            }
            Ok(Command::AssignNew { role, name, title: values.line("title"), until: values.day("until") })
        }
        _ => {
            let person = values.id("person").ok_or("Choose who holds the role.")?;
            Ok(Command::Assign { role, person, delegate: values.id("delegate"), until: values.day("until") })
        }
    }
}

fn give_back(step: Step, values: &Values) -> Result<Command, String> {
    let reason = values.word::<ReturnReason>("reason")?;
    Ok(Command::Return { step, reason, gaps: values.prose("gaps"), role: values.word("role")? })
}

/// The statement of somebody who typed their initials.
fn signed(model: &Model, values: &Values) -> Result<Prose, String> {
    check_initials(model, values)?;
    Ok(values.prose("statement"))
}

fn check_initials(model: &Model, values: &Values) -> Result<(), String> {
    let wanted = model.me.as_ref().map(|me| sheets::initials(&me.name)).unwrap_or_default();
    let typed: String =
        values.line("initials").as_str().chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    if typed == wanted { Ok(()) } else { Err(format!("Type your initials, {wanted}, to go on.")) }
}

/// Each condition may begin with its day; without one it is due when the clearance ends, at the latest in 90 days.
fn decide(today: Day, values: &Values) -> Result<Command, String> {
    let valid_until = values.day("valid_until");
    let last = today.plus(90);
    let due = valid_until.map_or(last, |until| until.min(last));
    let conditions = values.prose("conditions");
    let lines = conditions.as_str().lines().map(str::trim).filter(|line| !line.is_empty());
    let conditions = lines.map(|line| {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        match form::day(first.trim_end_matches(':'), today).filter(|_| !rest.is_empty()) {
            Some(day) => (Prose::new(rest), day),
            None => (Prose::new(line), due),
        }
    });
    let conditions = conditions.collect();
    let decision = values.word::<Decision>("decision")?;
    let valid_until = valid_until.filter(|_| decision.permits());
    Ok(Command::Decide { decision, rationale: values.prose("rationale"), conditions, valid_until })
}
