//! Condition 4, and whatever else has to look at every threat: a register is looked at part by part, and only at the
//! parts that have changed since it was looked at last.

use std::{collections::HashSet, sync::Arc};

use super::{gap, holders, made};
use crate::domain::{
    Dossier, Id, Kind,
    decision::{Acceptance, Gap, Mend, Place, acceptance_state_by, requires_decision},
    fields::Day,
    memo::Of,
    people::Role,
    register::{Plan, Tally, Threat, Treatment},
};

/// What follows from a part of the register.
#[derive(Debug, Default)]
pub struct Looked {
    /// The gaps of its threats.
    pub gaps: Vec<Arc<Gap>>,
    /// How many threats were not withdrawn.
    pub live: usize,
    /// How many of them count.
    pub counting: usize,
    /// How many of those have no score.
    pub unscored: usize,
    /// How many of those have no treatment.
    pub undecided: usize,
    /// The worst current level, 0 none to 4 critical.
    pub worst: u8,
    /// What those that count cover.
    pub covers: HashSet<String>,
    /// All of them in numbers.
    pub tally: Tally,
}

/// 4. Every threat is scored; each above the threshold has a specified control or an active acceptance.
pub fn look(dossier: &Dossier, today: Day) -> Vec<Arc<Looked>> {
    const KINDS: [Kind; 7] =
        [Kind::Control, Kind::Link, Kind::Acceptance, Kind::Verification, Kind::Evidence, Kind::Proviso, Kind::System];
    // What the system says of itself matters only where a condition of an acceptance is checked against it.
    let kinds = &KINDS[..if dossier.provisos.is_empty() { 5 } else { 7 }];
    let (of, holders) = (Of::kinds(dossier, kinds, Some(today)), holders(dossier, today));
    let plan = Plan::of(dossier, today);
    let live = dossier.acceptances.iter().filter(|acceptance| !acceptance.archived);
    let parts: Vec<(u64, &[Threat])> = dossier.threats.parts().collect();
    let holds = |acceptance: &&Acceptance| acceptance_state_by(dossier, acceptance, &plan, today).holds();
    // Whether an acceptance holds depends on the score of its threat: each part asks for its own.
    let accepted = |part: usize| -> HashSet<Id> {
        let own = |a: &&Acceptance| a.threat.and_then(|id| dossier.threats.part_of(id)) == Some(part);
        live.clone().filter(own).filter(holds).filter_map(|acceptance| acceptance.threat).collect()
    };
    dossier.memo.threats((of, &holders), parts.iter().map(|(stamp, _)| *stamp), |at| {
        let (threats, mut looked) = (parts[at].1, Looked::default());
        let accepted = accepted(at);
        for threat in threats.iter().filter(|threat| !threat.archived) {
            looked.take(&plan, threat);
            let found = threat_gap(&plan, threat, accepted.contains(&threat.id));
            looked.gaps.extend(found.map(|found| {
                let person = holders[found.role as usize];
                Arc::new(Gap { since: Some(made(threat.id)), due: threat.due, person, ..found })
            }));
        }
        looked
    })
}

impl Looked {
    fn take(&mut self, plan: &Plan<'_>, threat: &Threat) {
        self.live += 1;
        self.tally.take(plan, threat);
        if threat.counts() {
            self.counting += 1;
            let now = plan.ratings(threat).now;
            self.unscored += usize::from(now.is_none());
            self.undecided += usize::from(threat.treated() == Treatment::Undecided);
            self.worst = self.worst.max(now.map_or(0, |rating| rating.level as u8 + 1));
            self.covers.extend(threat.covers.0.iter().cloned());
        }
    }
}

fn threat_gap(plan: &Plan<'_>, threat: &Threat, accepted: bool) -> Option<Gap> {
    let name = || format!("{} \"{}\"", threat.reference(), threat.title);
    let field = |field| Place::field(Kind::Threat, threat.id, field);
    if !threat.counts() {
        let unexplained = threat.treatment_reason.is_empty();
        return unexplained.then(|| {
            gap(4, Role::Security, format!("{} is not applicable without a reason", name()), field("treatment_reason"))
        });
    }
    let Some(now) = plan.ratings(threat).now else {
        let missing = if threat.likelihood.is_none() { "likelihood" } else { "impact" };
        return Some(gap(4, Role::Security, format!("{} is unscored", name()), field(missing)));
    };
    if threat.treated() == Treatment::Undecided {
        return Some(gap(4, Role::Security, format!("{} has no treatment", name()), field("treatment")));
    }
    if threat.treated() == Treatment::Accept && !accepted {
        let place = Place::act(Kind::Acceptance, Some(threat.id), Mend::Accept);
        return Some(gap(
            4,
            Role::Governance,
            format!("{} is to be accepted, and no acceptance is in force", name()),
            place,
        ));
    }
    let answered = accepted || plan.controls_of(threat.id).any(|(_, control)| control.specified());
    (requires_decision(now.level) && !answered).then(|| {
        let what = format!("{} is {} and has neither a specified control nor an acceptance", name(), now.level.label());
        gap(4, Role::Security, what, Place { id: Some(threat.id), ..Place::add(Kind::Control) })
    })
}
