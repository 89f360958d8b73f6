//! The shipped libraries and the team's own entries as one.

use std::borrow::Cow;

use super::{Shelf, Sort, cover::framework_item};
use crate::domain::{
    Dossier,
    fields::{Marks, Vocabulary},
    library::{ControlEntry, FrameworkItem, Refs, ThreatEntry, controls, threats},
    people::Role,
    register::{Gate, Method},
};

/// Every threat and control that can be taken: the shipped ones by number, then the team's own.
#[derive(Debug, Clone)]
pub struct Library<'a> {
    threats: Vec<Cow<'a, ThreatEntry>>,
    controls: Vec<Cow<'a, ControlEntry>>,
}

impl Library<'_> {
    /// The libraries as a record has them.
    pub fn of(dossier: &Dossier) -> Self {
        let own = |sort: Sort| dossier.shelf.iter().filter(move |entry| !entry.archived && entry.sort == Some(sort));
        let mut library = Self {
            threats: threats().all().iter().map(Cow::Borrowed).collect(),
            controls: controls().all().iter().map(Cow::Borrowed).collect(),
        };
        library.threats.extend(own(Sort::Threat).map(|entry| Cow::Owned(threat(entry))));
        library.controls.extend(own(Sort::Control).map(|entry| Cow::Owned(control(entry))));
        library
    }

    /// Every threat.
    pub fn threats(&self) -> impl Iterator<Item = &ThreatEntry> {
        self.threats.iter().map(AsRef::as_ref)
    }
    /// Every control.
    pub fn controls(&self) -> impl Iterator<Item = &ControlEntry> {
        self.controls.iter().map(AsRef::as_ref)
    }
    /// The threat with this code.
    pub fn threat(&self, id: &str) -> Option<&ThreatEntry> {
        self.threats().find(|entry| entry.id == id)
    }
    /// The control with this code.
    pub fn control(&self, id: &str) -> Option<&ControlEntry> {
        self.controls().find(|entry| entry.id == id)
    }
    /// Whether there is an entry with this code.
    pub fn has(&self, id: &str) -> bool {
        self.threat(id).is_some() || self.control(id).is_some()
    }
    /// The controls that go with a threat: those that it names, then those that name it.
    pub fn against(&self, threat: &ThreatEntry) -> Vec<&ControlEntry> {
        let mut all: Vec<&ControlEntry> = threat.controls.iter().filter_map(|id| self.control(id)).collect();
        let back = self
            .controls()
            .filter(|control| control.mitigates.contains(&threat.id) && !threat.controls.contains(&control.id));
        all.extend(back);
        all
    }
    /// The threats that a control is against, whichever of the two names the other.
    pub fn mitigated(&self, control: &ControlEntry) -> Vec<&ThreatEntry> {
        let goes =
            |threat: &&ThreatEntry| control.mitigates.contains(&threat.id) || threat.controls.contains(&control.id);
        self.threats().filter(goes).collect()
    }
    /// The threats that point to an item of a framework.
    pub fn threats_for<'s>(&'s self, item: &'s FrameworkItem) -> impl Iterator<Item = &'s ThreatEntry> {
        self.threats().filter(move |threat| points(&threat.refs, item))
    }
    /// The controls that point to an item of a framework.
    pub fn controls_for<'s>(&'s self, item: &'s FrameworkItem) -> impl Iterator<Item = &'s ControlEntry> {
        self.controls().filter(move |control| points(&control.refs, item))
    }
}

fn points(refs: &Refs, item: &FrameworkItem) -> bool {
    refs.get(&item.framework).is_some_and(|ids| ids.contains(&item.id))
}

/// The items that marks such as `owasp_llm_2025:LLM01` point to, by framework; a mark that points nowhere is left out.
pub fn refs_of(marks: &Marks) -> Refs {
    let mut refs = Refs::new();
    for item in marks.0.iter().filter_map(|mark| framework_item(mark)) {
        let ids = refs.entry(item.framework.clone()).or_default();
        if !ids.contains(&item.id) {
            ids.push(item.id.clone());
        }
    }
    refs
}

/// The mark of an item, as [`refs_of`] reads it.
pub fn mark_of(item: &FrameworkItem) -> String {
    format!("{}:{}", item.framework, item.id)
}

/// The role that a library means by a word.
pub fn role_of(word: &str) -> Option<Role> {
    match word {
        "system_owner" => Some(Role::Owner),
        "security_team" => Some(Role::Security),
        "governance_lead" => Some(Role::Governance),
        other => Role::parse(other),
    }
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Owner => "system_owner",
        Role::Security => "security_team",
        Role::Governance => "governance_lead",
        Role::Dpo | Role::Signoff | Role::Operator | Role::Builder | Role::Auditor => role.code(),
    }
}

/// The method that a library means by a word.
pub fn method_of(word: &str) -> Option<Method> {
    match word {
        "design_review" | "document_review" => Some(Method::Review),
        "config_check" => Some(Method::Configuration),
        "log_review" => Some(Method::Monitoring),
        other => Method::parse(other),
    }
}

fn method_word(method: Method) -> &'static str {
    match method {
        Method::Review => "document_review",
        Method::Configuration => "config_check",
        Method::Monitoring => "log_review",
        Method::Test | Method::RedTeam | Method::Interview | Method::Attestation => method.code(),
    }
}

fn threat(entry: &Shelf) -> ThreatEntry {
    ThreatEntry {
        id: entry.code.to_string(),
        kind: Sort::Threat.code().to_owned(),
        title: entry.title.to_string(),
        description: entry.description.to_string(),
        applies_when: entry.facts.0.clone(),
        applies_when_any: entry.any.0.clone(),
        stride: Vec::new(),
        linddun: Vec::new(),
        default_likelihood: 0,
        default_impact: 0,
        personal_data_risk: entry.personal.is_some(),
        personal_data_kinds: entry.personal.iter().map(|kind| kind.code().to_owned()).collect(),
        dpo_validation_required: entry.personal.is_some(),
        controls: entry.with.0.clone(),
        refs: refs_of(&entry.maps),
    }
}

fn control(entry: &Shelf) -> ControlEntry {
    let steps = |n: Option<i64>| n.and_then(|n| u8::try_from(n).ok());
    ControlEntry {
        id: entry.code.to_string(),
        kind: Sort::Control.code().to_owned(),
        title: entry.title.to_string(),
        description: entry.description.to_string(),
        owner_role: entry.owner_role.map_or("", role_word).to_owned(),
        operating_team: String::new(),
        lifecycle_gate: entry.gate.map_or("", Gate::code).to_owned(),
        recheck_gates: Vec::new(),
        verification_method: entry.method.map_or("", method_word).to_owned(),
        how_to_verify: entry.check.to_string(),
        evidence_type: String::new(),
        less_likely: steps(entry.less_likely),
        less_impact: steps(entry.less_impact),
        mitigates: entry.with.0.clone(),
        refs: refs_of(&entry.maps),
    }
}
