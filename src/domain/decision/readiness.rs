//! What is missing before a hand-off can be sent.

use super::{Step, handoff::completed, look, uncovered_by};
use crate::domain::{
    Dossier, Kind,
    fields::{Day, Entity, Field},
    system::System,
    value::Value,
};

/// The rows of the inventory that the description consists of.
const PARTS: [Kind; 5] = [Kind::Flow, Kind::Tool, Kind::Connection, Kind::Model, Kind::Retrieval];

/// What is missing before `step` can be sent; empty when it is ready.
pub fn missing_for(dossier: &Dossier, step: Step, today: Day) -> Vec<String> {
    match step {
        Step::OwnerSecurity => description(dossier),
        Step::SecurityGovernance => {
            let mut missing = after(dossier, Step::OwnerSecurity);
            missing.extend(plan(dossier, today));
            missing
        }
        Step::SecurityDpo => {
            let mut missing = after(dossier, Step::OwnerSecurity);
            if !dossier.personal_data() {
                missing.push(dossier.personal_data_because());
            }
            missing
        }
        Step::GovernanceSignoff => {
            let mut missing = after(dossier, Step::SecurityGovernance);
            missing.extend(draft(dossier));
            missing
        }
        Step::DpoSignoff => {
            let mut missing = after(dossier, Step::SecurityDpo);
            if dossier.advice().is_none() {
                missing.push("The DPO has not given the advice.".to_owned());
            }
            missing
        }
        Step::SignoffOwner => match dossier.decided() {
            Some(_) => Vec::new(),
            None => vec!["Nothing was decided yet.".to_owned()],
        },
        Step::OwnerAll => Vec::new(),
    }
}

fn after(dossier: &Dossier, step: Step) -> Vec<String> {
    use crate::domain::fields::Vocabulary;
    if completed(dossier, step) { Vec::new() } else { vec![format!("The hand-off {} is not completed.", step.label())] }
}

/// The fields of the system that the gate needs and that are empty.
pub fn empty_fields(system: &System) -> impl Iterator<Item = &'static Field> + '_ {
    System::FIELDS.iter().filter(|field| field.needed && system.get(field.id).is_null())
}

/// The parts of the inventory that are in the review, with each field of theirs that the gate needs and that is empty.
pub fn empty_parts(dossier: &Dossier) -> Vec<(&dyn Entity, &'static Field)> {
    let scope = |row: &&dyn Entity| !row.archived() && row.get("out_of_scope").is_null();
    let rows = PARTS.iter().flat_map(|kind| dossier.rows(*kind)).filter(scope);
    let empty = |row: &&dyn Entity| row.kind().fields().iter().filter(|field| field.needed).collect::<Vec<_>>();
    rows.flat_map(|row| empty(&row).into_iter().filter(move |f| row.get(f.id).is_null()).map(move |f| (row, f)))
        .collect()
}

/// A part and its empty field, in words.
pub fn empty_part(row: &dyn Entity, field: &Field) -> String {
    let name = match row.get("name") {
        Value::Text(name) => format!(" \"{name}\""),
        Value::Null | Value::Int(_) | Value::List(_) => String::new(),
    };
    format!("{} of the {}{name} is empty", field.label, row.kind().label())
}

fn description(dossier: &Dossier) -> Vec<String> {
    let Some(system) = dossier.system() else {
        return vec!["There is no system.".to_owned()];
    };
    let mut missing: Vec<String> = empty_fields(system).map(|field| format!("{} is empty.", field.label)).collect();
    missing.extend(empty_parts(dossier).into_iter().map(|(row, field)| format!("{}.", empty_part(row, field))));
    if !dossier.flows.iter().any(|flow| !flow.archived) {
        missing.push("No data flow is described.".to_owned());
    }
    if dossier.tier().is_none() {
        missing.push("The intake questions are not answered.".to_owned());
    }
    missing
}

fn plan(dossier: &Dossier, today: Day) -> Vec<String> {
    let mut missing = Vec::new();
    let threats = look(dossier, today);
    let unscored: usize = threats.iter().map(|part| part.unscored).sum();
    let undecided: usize = threats.iter().map(|part| part.undecided).sum();
    if threats.iter().all(|part| part.live == 0) {
        missing.push("The threat register is empty.".to_owned());
    }
    if unscored > 0 {
        missing.push(format!("{} unscored.", counted(unscored, "threat is", "threats are")));
    }
    if undecided > 0 {
        missing.push(format!("{} no treatment.", counted(undecided, "threat has", "threats have")));
    }
    let open = uncovered_by(dossier, &threats).len();
    if open > 0 {
        missing.push(format!(
            "{} neither a threat nor a reason why there is none.",
            counted(open, "part of the context has", "parts of the context have")
        ));
    }
    missing
}

fn draft(dossier: &Dossier) -> Vec<String> {
    let mut missing = Vec::new();
    if !dossier.triggers.iter().any(|trigger| !trigger.archived) {
        missing.push("No re-assessment trigger is registered.".to_owned());
    }
    if dossier.review().and_then(|review| review.draft).is_none() {
        missing.push("There is no draft disposition.".to_owned());
    }
    if dossier.review().is_some_and(|review| review.draft_reason.is_empty()) {
        missing.push("The draft disposition has no rationale.".to_owned());
    }
    missing
}

/// `1 threat is`, `3 threats are`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}
