//! Consistency: what a record says in two places and cannot mean in both.
//!
//! The gate asks whether everything is there; the linter asks whether it fits together. It blocks nothing by itself: a
//! contradiction that is also a gap is shown as the gap, and the rest is noticed beside it. Everything is read once, in
//! time that grows with the register, so that a list of thousands can be checked while somebody types.

mod context;
mod dates;
mod evidence;
mod rule;
mod scores;
mod treatment;
mod twins;

use std::collections::{HashMap, HashSet};

pub use rule::{Rule, Severity};

use super::{
    Dossier, Id, Kind,
    decision::{Acceptance, Gap, Place, acceptance_state_by},
    fields::Day,
    register::{Control, ControlStatus, Evidence, Plan, Threat},
};

/// One thing that does not fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Which rule noticed it.
    pub rule: Rule,
    /// What does not fit, as a whole sentence that names the thing.
    pub what: String,
    /// What would mend it, as a whole sentence.
    pub mend: String,
    /// The place where that is done.
    pub place: Place,
}

impl Remark {
    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }
}

/// Everything in a dossier that does not fit together on a day: contradictions first, then by rule.
pub fn lint(dossier: &Dossier, today: Day) -> Vec<Remark> {
    let read = Reading::of(dossier, today);
    let mut notes = Notes::default();
    scores::threats(&read, &mut notes);
    treatment::threats(&read, &mut notes);
    evidence::all(&read, &mut notes);
    dates::all(&read, &mut notes);
    context::all(&read, &mut notes);
    twins::all(&read, &mut notes);
    notes.0.sort_by_key(|remark| (remark.severity(), remark.rule));
    notes.0
}

/// What no gap of the gate says already: a remark whose place is the place of a gap is left to the gap.
pub fn noticed(dossier: &Dossier, gaps: &[Gap], today: Day) -> Vec<Remark> {
    fn key(place: &Place) -> (Kind, Option<Id>, &str) {
        (place.kind, place.id, place.field.as_str())
    }
    let said: HashSet<_> = gaps.iter().map(|gap| key(&gap.place)).collect();
    let mut remarks = lint(dossier, today);
    remarks.retain(|remark| !said.contains(&key(&remark.place)));
    remarks
}

/// How many contradictions and how many warnings there are.
pub fn tally(remarks: &[Remark]) -> (usize, usize) {
    let grave = remarks.iter().filter(|remark| remark.severity() == Severity::Contradiction).count();
    (grave, remarks.len() - grave)
}

/// The remarks as they are found.
#[derive(Debug, Default)]
struct Notes(Vec<Remark>);

impl Notes {
    fn say(&mut self, rule: Rule, place: Place, what: String, mend: impl Into<String>) {
        self.0.push(Remark { rule, what, mend: mend.into(), place });
    }
}

/// A dossier on a day, with what every rule looks up.
struct Reading<'a> {
    d: &'a Dossier,
    today: Day,
    plan: Plan<'a>,
    evidence: HashMap<Id, &'a Evidence>,
    acceptances: HashMap<Id, Vec<&'a Acceptance>>,
}

impl<'a> Reading<'a> {
    fn of(d: &'a Dossier, today: Day) -> Self {
        let mut acceptances: HashMap<Id, Vec<&Acceptance>> = HashMap::new();
        for acceptance in d.acceptances.iter().filter(|acceptance| !acceptance.archived) {
            if let Some(threat) = acceptance.threat {
                acceptances.entry(threat).or_default().push(acceptance);
            }
        }
        let evidence = d.evidence.iter().map(|evidence| (evidence.id, evidence)).collect();
        Self { d, today, plan: Plan::of(d, today), evidence, acceptances }
    }

    /// The threats that count.
    fn threats(&self) -> impl Iterator<Item = &'a Threat> + use<'a> {
        self.d.threats.iter().filter(|threat| threat.counts())
    }

    /// The controls against a threat that were neither dropped nor found not to work.
    fn standing(&self, threat: &Threat) -> impl Iterator<Item = &'a Control> {
        self.plan.controls_of(threat.id).map(|(_, control)| control).filter(|control| stands(control))
    }

    /// The controls that were not withdrawn, by identity.
    fn controls(&self) -> HashMap<Id, &'a Control> {
        self.d.controls.iter().filter(|control| !control.archived).map(|control| (control.id, control)).collect()
    }

    /// The acceptances of a threat, oldest first.
    fn acceptances_of(&self, threat: &Threat) -> &[&'a Acceptance] {
        self.acceptances.get(&threat.id).map_or(&[], Vec::as_slice)
    }

    /// Whether an acceptance carries a threat today.
    fn is_carried(&self, threat: &Threat) -> bool {
        let all = self.acceptances_of(threat);
        all.iter().any(|acceptance| acceptance_state_by(self.d, acceptance, &self.plan, self.today).holds())
    }
}

fn stands(control: &Control) -> bool {
    use ControlStatus::{Failed, NotApplicable, Retired};
    !matches!(control.stage(), Failed | NotApplicable | Retired)
}

/// `T-3 "Injection"`.
fn named(threat: &Threat) -> String {
    format!("{} \"{}\"", threat.reference(), threat.title)
}

/// `C-1 "Filter the prompt"`.
fn called(control: &Control) -> String {
    format!("{} \"{}\"", control.reference(), control.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own_that_is_fit_for_a_script() {
        let ids: HashSet<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        assert_eq!(ids.len(), Rule::ALL.len());
        for rule in Rule::ALL {
            assert!(rule.id().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", rule.id());
            assert_eq!(Rule::parse(rule.id()), Some(*rule));
        }
    }
}
