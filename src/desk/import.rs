//! From a draft of a file to commands, one for each system in it.

use std::path::Path;

use super::{Desk, Trouble, summary_today};
use crate::{
    domain::{
        Dossier, Event, Id, Kind, Prose, Refusal, Rule,
        command::{Command, Fields, Import, ImportRow},
        fields::{Day, Kept, Score},
        people::Role,
        rules::decide,
        value::Value,
    },
    exchange::{
        Draft, Receipt,
        draft::{FlowDraft, SystemDraft, ThreatDraft},
        read,
        words::{Stage, Treatment},
    },
    store::{Ask, Stopped},
};

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Systems that something was taken in for.
    pub systems: usize,
    /// The system, where there was one only.
    pub only: Option<Id>,
    /// Whether the file was here already and nothing changed.
    pub unchanged: bool,
}

impl Desk {
    /// Reads a file and keeps it until somebody says yes; nothing is written.
    pub fn read_file(&mut self, path: &Path, progress: crate::exchange::Progress<'_>) -> Result<Receipt, Trouble> {
        let missing = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                Trouble::Usage(format!("There is no file {}. Nothing was changed.", path.display()))
            }
            _ => Trouble::Usage(format!("{} cannot be read ({error}). Nothing was changed.", path.display())),
        };
        let size = std::fs::metadata(path).map_err(missing)?.len();
        if size > crate::exchange::BYTES_MAX as u64 {
            return Err(Trouble::Usage(format!(
                "{} is larger than 256 MB. Nothing was changed; split it first.",
                path.display()
            )));
        }
        let bytes = std::fs::read(path).map_err(missing)?;
        let draft = read(&bytes, &super::file_name(path), progress)?;
        let receipt = Receipt::of(&draft);
        self.read = Some(draft);
        Ok(receipt)
    }

    /// How many systems the file holds that was read last.
    pub fn systems_read(&self) -> usize {
        self.read.as_ref().map_or(0, |draft| draft.systems.len())
    }

    /// Takes in the file that was read last, all or nothing: into `system`, or each of its systems into its own.
    pub fn take_in(
        &mut self,
        system: Option<Id>,
        role: Role,
        progress: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Taken, Trouble> {
        let draft = self.read.take().ok_or_else(|| Trouble::Usage("No file was read yet.".into()))?;
        let many = draft.systems.len();
        if system.is_some() && many != 1 {
            let says = format!(
                "The file holds {many} systems, and only a file of one can go into a system that is there. Nothing was changed."
            );
            return Err(Trouble::Usage(says));
        }
        let stamp = self.stamp(role)?;
        let known = self.known_sources()?;
        let mut commands = Vec::new();
        for found in &draft.systems {
            let key = key_of(&draft, found);
            let id = system.or_else(|| known.get(&key).copied());
            commands.push((id.unwrap_or_else(|| stamp.fresh()), Command::Import(import(&draft, found))));
        }
        let only = if let [(id, _)] = commands.as_slice() { Some(*id) } else { None };
        let unchanged = std::cell::Cell::new(0);
        let count = commands.len();
        let (stamp, unchanged_ref) = (&stamp, &unchanged);
        let mut steps = commands.iter().map(|(id, command)| {
            let ask: Ask<'_, Refusal> =
                Box::new(move |dossier: &Dossier| settle(decide(dossier, command, stamp), unchanged_ref));
            (Some(*id), ask)
        });
        let done = self.store_mut()?.batch(stamp, &summary_today, &mut steps, progress)?;
        match done {
            Ok(_) => Ok(Taken { systems: count, only, unchanged: unchanged.get() == count }),
            Err(Stopped::Refused(_, refusal)) => Err(refusal.into()),
            Err(Stopped::Cancelled) => Err(Trouble::Usage("The import was stopped. Nothing was changed.".into())),
        }
    }

    /// The systems that an import brought, by what identifies them in their source.
    fn known_sources(&self) -> Result<std::collections::HashMap<String, Id>, Trouble> {
        Ok(self.store()?.sources()?.into_iter().collect())
    }
}

/// The same file again is no reason to stop the others.
fn settle(events: Result<Vec<Event>, Refusal>, unchanged: &std::cell::Cell<usize>) -> Result<Vec<Event>, Refusal> {
    match events {
        Err(refusal) if refusal.rule == Rule::NothingChanged => {
            unchanged.set(unchanged.get() + 1);
            Ok(Vec::new())
        }
        other => other,
    }
}

/// What identifies a system over two imports of the same source.
fn key_of(draft: &Draft, system: &SystemDraft) -> String {
    format!("{}|{}|{}", draft.format.word(), draft.lineage, system.source_id)
}

fn import(draft: &Draft, system: &SystemDraft) -> Import {
    let notes: Vec<String> = draft.notes.all().iter().map(|note| note.text.to_string()).take(100).collect();
    let file = vec![
        ("name".into(), Value::from(draft.source_name.as_str())),
        ("format".into(), Value::from(draft.format.word())),
        ("digest".into(), Value::from(draft.sha256.as_str())),
        ("dropped".into(), Value::from(notes.join("\n").as_str())),
    ];
    let mut rows =
        vec![ImportRow { kind: Kind::System, key: key_of(draft, system), set: described(system), covers: vec![] }];
    for component in &system.components {
        let mut set = texts(&[("name", component.name.as_str()), ("sort", component.kind.as_str())]);
        scope(&mut set, component.out_of_scope.as_ref().map(Prose::as_str));
        rows.push(row(Kind::Component, component.source_id.as_str(), set));
    }
    rows.extend(system.flows.iter().map(|flow| row(Kind::Flow, flow.source_id.as_str(), flowing(flow))));
    rows.extend(system.threats.iter().map(|threat| ImportRow {
        kind: Kind::Threat,
        key: threat.source_id.to_string(),
        set: threatening(threat),
        covers: covered(system, threat),
    }));
    for control in &system.controls {
        let mut set = texts(&[("title", control.title.as_str()), ("description", control.description.as_str())]);
        set.push(("status_note".into(), Value::from(control.status_word.as_str())));
        rows.push(row(Kind::Control, control.source_id.as_str(), set));
    }
    Import { file, rows }
}

fn row(kind: Kind, key: &str, set: Fields) -> ImportRow {
    ImportRow { kind, key: key.to_owned(), set, covers: Vec::new() }
}

fn texts(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().filter(|(_, text)| !text.is_empty()).map(|(id, text)| ((*id).to_owned(), Value::from(*text))).collect()
}

fn scope(set: &mut Fields, reason: Option<&str>) {
    if let Some(reason) = reason {
        let reason = if reason.is_empty() { "the model says so" } else { reason };
        set.push(("out_of_scope".into(), Value::from(reason)));
    }
}

fn yes_no(answer: Option<bool>) -> Value {
    answer.map_or(Value::Null, |yes| Value::from(if yes { "yes" } else { "no" }))
}

fn described(system: &SystemDraft) -> Fields {
    let mut set = texts(&[("name", system.name.as_str()), ("purpose", system.description.as_str())]);
    let mut words = Vec::new();
    let mut said = |label: &str, text: &str| {
        if !text.is_empty() {
            words.push(format!("{label}: {text}"));
        }
    };
    said("Owner", system.owner.as_str());
    said("Reviewer", system.reviewer.as_str());
    let inventory = system.inventory.as_deref();
    if let Some(inventory) = inventory {
        if set.iter().all(|(id, _)| id != "purpose") {
            set.extend(texts(&[("purpose", inventory.purpose.as_str())]));
        }
        set.extend(texts(&[("vendors", inventory.vendor.as_str()), ("regulated", inventory.impact_word.as_str())]));
        set.extend(inventory.stage.map(|stage| ("lifecycle".to_owned(), Value::from(stage.word()))));
        said("Id", inventory.id.as_str());
        said("Stage", inventory.stage_word.as_str());
        said("Organisation", inventory.organisation.as_str());
        said("Unit", inventory.unit.as_str());
        said("Contact", inventory.contact.as_str());
        said("Personal data", inventory.personal_data_word.as_str());
        said("Impact class", inventory.impact_word.as_str());
        said("Benefits", inventory.benefits.as_str());
        said("Outputs", inventory.outputs.as_str());
        for column in &inventory.further {
            said(column.label.as_str(), column.text.as_str());
        }
        if inventory.personal_data == Some(true) {
            set.push(("data".into(), Value::List(vec!["personal".into()])));
        }
    }
    set.push(("source_text".into(), Value::from(words.join("\n").as_str())));
    set
}

fn flowing(flow: &FlowDraft) -> Fields {
    let name = if flow.name.is_empty() { format!("{} to {}", flow.from, flow.to) } else { flow.name.to_string() };
    let mut set = texts(&[
        ("name", &name),
        ("origin", flow.from.as_str()),
        ("target", flow.to.as_str()),
        ("protocol", flow.protocol.as_str()),
    ]);
    set.push(("encrypted".into(), yes_no(flow.encrypted)));
    set.push(("public".into(), yes_no(flow.public_network)));
    scope(&mut set, flow.out_of_scope.as_ref().map(Prose::as_str));
    set
}

/// A tool's "mitigated" becomes a claim under the treatment mitigate; what is not applicable without a reason stays open.
fn threatening(threat: &ThreatDraft) -> Fields {
    let mut set = texts(&[
        ("title", if threat.title.is_empty() { "Untitled threat" } else { threat.title.as_str() }),
        ("description", threat.description.as_str()),
        ("category", threat.category.as_str()),
        ("status_word", threat.status_word.as_str()),
        ("severity_word", threat.severity_word.as_str()),
        ("component", threat.targets.first().map_or("", |target| target.as_str())),
    ]);
    let claimed = threat.proposed.progress == Some(Stage::Claimed);
    let claim = if claimed && threat.mitigation.is_empty() {
        "claimed as mitigated, without words"
    } else {
        threat.mitigation.as_str()
    };
    set.extend(texts(&[("claim", claim)]));
    let reason =
        if threat.justification.is_empty() { threat.mitigation.as_str() } else { threat.justification.as_str() };
    let (treatment, why) = match threat.proposed.treatment {
        Treatment::Mitigate => (Some("mitigate"), ""),
        Treatment::Accept => (Some("accept"), reason),
        Treatment::Avoid if !reason.is_empty() => (Some("avoid"), reason),
        Treatment::Transfer if !reason.is_empty() => (Some("transfer"), reason),
        Treatment::NotApplicable if !reason.is_empty() => (Some("not_applicable"), reason),
        Treatment::Undecided | Treatment::Avoid | Treatment::Transfer | Treatment::NotApplicable => (None, ""),
    };
    set.extend(treatment.map(|code| ("treatment".to_owned(), Value::from(code))));
    set.extend(texts(&[("treatment_reason", why)]));
    let score = |n: Option<u8>| n.and_then(|n| Score::new(n.into())).to_value();
    set.push(("likelihood".into(), score(threat.likelihood)));
    set.push(("impact".into(), score(threat.impact)));
    set.push(("due".into(), threat.due.map(Day).to_value()));
    set
}

/// A threat covers the flows that it is about by name.
fn covered(system: &SystemDraft, threat: &ThreatDraft) -> Vec<String> {
    let about = |flow: &&FlowDraft| threat.targets.contains(&flow.name);
    system.flows.iter().filter(about).map(|flow| flow.source_id.to_string()).collect()
}
