//! Coverage: whether the threat model looks at everything that the inventory names.

use std::{collections::HashSet, sync::Arc};

use super::Looked;
use crate::domain::{
    Dossier, Id, Kind,
    fields::{Entity, Vocabulary},
};

/// A part of the stated context that needs a threat, or a reason why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What `Threat::covers` and `Considered::subject` call it.
    pub mark: String,
    /// What people call it.
    pub label: String,
    /// The row of the inventory, where it has one.
    pub row: Option<(Kind, Id)>,
}

/// Every data flow, tool, external connection, model, retrieval source, the users and each class of data.
pub fn subjects(dossier: &Dossier) -> Vec<Subject> {
    let mut all = Vec::new();
    for flow in dossier.flows.iter().filter(|flow| !flow.archived && flow.out_of_scope.is_empty()) {
        all.push(of_row(flow, &format!("data flow {}", flow.name)));
    }
    for tool in dossier.tools.iter().filter(|tool| !tool.archived) {
        all.push(of_row(tool, &format!("tool {}", tool.name)));
    }
    for connection in dossier.connections.iter().filter(|connection| !connection.archived) {
        all.push(of_row(connection, &format!("connection {}", connection.name)));
    }
    for model in dossier.models.iter().filter(|model| !model.archived) {
        all.push(of_row(model, &format!("model {}", model.name)));
    }
    for source in dossier.retrievals.iter().filter(|source| !source.archived) {
        all.push(of_row(source, &format!("retrieval source {}", source.name)));
    }
    if let Some(system) = dossier.system().filter(|system| !system.users.is_empty()) {
        all.push(Subject { mark: "users".into(), label: format!("users: {}", system.users), row: None });
    }
    for class in dossier.data_classes() {
        let label = format!("{} data", class.label());
        all.push(Subject { mark: format!("data:{}", class.code()), label, row: None });
    }
    all
}

/// The subjects without a threat that counts and without a "considered: none, because …".
pub fn uncovered(dossier: &Dossier) -> Vec<Subject> {
    let marks = dossier.threats.iter().filter(|threat| threat.counts()).flat_map(|threat| &threat.covers.0);
    let marks: HashSet<&str> = marks.map(String::as_str).collect();
    without(dossier, |mark| marks.contains(mark))
}

/// [`uncovered`], where the register was looked at already.
pub fn uncovered_by(dossier: &Dossier, threats: &[Arc<Looked>]) -> Vec<Subject> {
    without(dossier, |mark| threats.iter().any(|part| part.covers.contains(mark)))
}

fn without(dossier: &Dossier, covered: impl Fn(&str) -> bool) -> Vec<Subject> {
    let mut all = subjects(dossier);
    all.retain(|subject| {
        let considered = dossier
            .considered
            .iter()
            .any(|c| !c.archived && c.subject.as_str() == subject.mark && !c.reason.is_empty());
        !covered(&subject.mark) && !considered
    });
    all
}

fn of_row(entity: &dyn Entity, label: &str) -> Subject {
    Subject { mark: entity.id().to_string(), label: label.to_owned(), row: Some((entity.kind(), entity.id())) }
}
