//! Every stage of a review is really there, by the rules' own judgement.

use std::sync::LazyLock;

use super::tests::{World, day, days, played};
use super::*;
use crate::domain::{
    Dossier,
    decision::{
        AcceptanceState, ClearanceState, Court, Decision, Gap, Judgement, LegState, ReviewKind, SignoffState, Step,
        acceptance_state, clearance, court, due_roles, gate, latest_signoff, leg, overlaps, signoff_state, uncovered,
    },
    register::ratings,
    summary::{NextStep, Summary, summarise},
};

/// The portfolio with its keys.
struct Portfolio {
    today: Day,
    world: World,
    demo: Demo,
}

impl Portfolio {
    fn new(today: Day) -> Self {
        let (world, demo) = played(today);
        Self { today, world, demo }
    }
    fn of(&self, key: &str) -> &Dossier {
        let (_, id) = self.demo.systems.iter().find(|(known, _)| known == key).unwrap();
        &self.world.systems[id]
    }
    fn leg(&self, key: &str, step: Step) -> LegState {
        leg(self.of(key), step, self.today).state
    }
    fn clearance(&self, key: &str) -> ClearanceState {
        clearance(self.of(key), self.today).state
    }
    fn court(&self, key: &str) -> Vec<Court> {
        court(self.of(key))
    }
    fn roles(&self, key: &str) -> Vec<Role> {
        self.court(key).iter().map(|court| court.role).collect()
    }
    fn late(&self, key: &str, role: Role) -> bool {
        self.court(key).iter().any(|court| court.role == role && court.due.is_some_and(|due| due < self.today))
    }
    fn signed(&self, key: &str, role: Role) -> Option<SignoffState> {
        let dossier = self.of(key);
        latest_signoff(dossier, role).map(|signoff| signoff_state(dossier, signoff))
    }
}

/// Runs a check over the portfolio of each day; played once for all the checks.
fn every(check: impl Fn(&Portfolio)) {
    static PLAYED: LazyLock<Vec<Portfolio>> = LazyLock::new(|| days().into_iter().map(Portfolio::new).collect());
    PLAYED.iter().for_each(check);
}

#[test]
fn the_beginning_of_a_review() {
    every(|p| {
        assert!(p.of("routes").tier().is_none(), "entered and untiered");
        assert!(p.of("tutor").tier().is_some());
        assert_eq!(p.leg("tutor", Step::OwnerSecurity), LegState::Ready, "described, not handed over");
        assert_eq!(p.leg("tickets", Step::OwnerSecurity), LegState::Sent);
        assert!(p.late("tickets", Role::Security), "with security and late");
        assert_eq!(p.leg("code", Step::OwnerSecurity), LegState::Returned);
        assert_eq!(p.roles("code"), [Role::Owner], "returned to the owner");
        assert!(!p.of("code").handoff(Step::OwnerSecurity).unwrap().gaps.is_empty());
        let minutes = p.of("minutes");
        let scored = minutes.live_threats().filter(|t| ratings(minutes, t, p.today).inherent.is_some()).count();
        assert!(scored >= 2 && minutes.live_threats().count() - scored >= 3, "rated with unscored threats");
    });
}

#[test]
fn governance_and_the_dpo_side_by_side() {
    every(|p| {
        assert_eq!(p.roles("claims"), [Role::Governance, Role::Dpo]);
        assert!(p.late("claims", Role::Dpo) && !p.late("claims", Role::Governance), "one side is late");
        assert_eq!(p.leg("complaints", Step::SecurityDpo), LegState::Ready);
        assert_eq!(p.leg("complaints", Step::SecurityGovernance), LegState::Sent);
        let never = |gap: &Gap| gap.what.contains("never asked");
        assert!(gate(p.of("complaints"), p.today).iter().any(never), "the DPO was never asked");
        assert_eq!(p.leg("fraud", Step::DpoSignoff), LegState::Completed);
        assert_eq!(p.roles("fraud"), [Role::Governance], "governance holds the join");
    });
}

#[test]
fn signed_and_voided() {
    every(|p| {
        let medical = p.of("medical");
        assert_eq!(gate(medical, p.today), [], "the gate is open");
        assert!(due_roles(medical).iter().all(|role| p.signed("medical", *role) == Some(SignoffState::Valid)));
        assert_eq!(p.roles("medical"), [Role::Signoff], "waits for the decision");
        assert!(medical.decided().is_none());
        assert_eq!(p.signed("search", Role::Dpo), Some(SignoffState::Voided));
        for role in [Role::Owner, Role::Security, Role::Governance] {
            assert_eq!(p.signed("search", role), Some(SignoffState::Valid), "{role:?}");
        }
        assert_eq!(uncovered(p.of("search")), []);
    });
}

#[test]
fn decisions_and_what_became_of_them() {
    every(|p| {
        assert_eq!(p.clearance("images"), ClearanceState::Current);
        assert!(!p.of("images").personal_data());
        assert_eq!(p.clearance("support"), ClearanceState::ConditionsDue);
        assert_eq!(p.of("support").conditions.len(), 3);
        assert_eq!(p.clearance("voice"), ClearanceState::Current);
        assert_eq!(p.of("voice").decided().unwrap().decision, Some(Decision::Pilot));
        assert_eq!(p.of("hiring").decided().unwrap().decision, Some(Decision::Decline));
        assert_eq!(p.clearance("hiring"), ClearanceState::None);
        assert_eq!(p.clearance("forecast"), ClearanceState::Lapsed);
        let lapsed = |a| acceptance_state(p.of("forecast"), a, p.today) == AcceptanceState::Lapsed;
        assert!(p.of("forecast").acceptances.iter().any(lapsed));
        assert_eq!(p.clearance("invoices"), ClearanceState::Drifted);
        assert_eq!(p.clearance("maintenance"), ClearanceState::TriggerPending);
        for key in ["images", "support", "voice", "hiring", "forecast", "invoices", "maintenance"] {
            assert_eq!(p.roles(key), [], "{key}: the owner acknowledged the decision");
        }
    });
}

#[test]
fn a_second_review_looks_at_what_changed() {
    every(|p| {
        let review = p.of("translate").review().unwrap();
        assert_eq!((review.number, review.sort), (Some(2), Some(ReviewKind::Scoped)));
        assert_eq!(p.clearance("translate"), ClearanceState::TriggerPending);
        assert_eq!(p.roles("translate"), [Role::Security]);
        assert!(!p.late("translate", Role::Security));
    });
}

#[test]
fn several_hats_with_a_recorded_reason() {
    every(|p| {
        let contract = p.of("contract");
        let overlap = overlaps(contract, p.today).into_iter().find(|o| o.person == p.demo.me).unwrap();
        assert_eq!(overlap.roles, [Role::Security, Role::Dpo]);
        assert_eq!(overlap.judgement, Judgement::Block);
        assert!(!contract.review().unwrap().override_reason.is_empty());
        assert!(!contract.review().unwrap().compensating.is_empty());
        assert!(!gate(contract, p.today).iter().any(|gap| gap.what.contains("the policy wants")));
    });
}

/// What waits for the person before the screen: by system, the most pressing first.
fn waiting(p: &Portfolio) -> Vec<(Summary, Vec<NextStep>)> {
    let mine = |summary: &Summary| summary.steps.iter().filter(|s| s.person == Some(p.demo.me)).cloned().collect();
    let all = p.world.systems.values().filter_map(|dossier| summarise(dossier, p.today));
    let mut all: Vec<(Summary, Vec<NextStep>)> = all.map(|summary| (summary.clone(), mine(&summary))).collect();
    all.retain(|(_, steps)| !steps.is_empty());
    all.sort_by_key(|(summary, _)| std::cmp::Reverse(summary.rank));
    all
}

#[test]
fn the_first_line_is_a_missing_dpo_advice_and_three_hats_wait() {
    every(|p| {
        let waiting = waiting(p);
        let (summary, steps) = &waiting[0];
        assert_eq!(summary.name.as_str(), "Contract Copilot");
        assert_eq!((steps[0].role, steps[0].what.as_str()), (Role::Dpo, "The DPO's advice is missing"));
        for role in [Role::Security, Role::Dpo, Role::Owner] {
            assert!(waiting.iter().any(|(_, steps)| steps.iter().any(|s| s.role == role)), "{role:?}");
        }
    });
}

#[test]
fn the_first_thirty_seconds_go_as_told() {
    let today = day("2026-11-21");
    let p = Portfolio::new(today);
    let contract = p.of("contract");
    assert!(contract.holds(p.demo.me, Role::Security, today) && contract.holds(p.demo.me, Role::Dpo, today));
    let worst = contract.live_threats().next().unwrap();
    let level = |dossier: &Dossier| ratings(dossier, &dossier.threats[0], today).now.unwrap().level.label();
    assert_eq!((worst.title.as_str().is_empty(), level(contract).to_lowercase().as_str()), (false, "critical"));
    let mut lower = contract.clone();
    lower.threats[0].likelihood = crate::domain::fields::Score::new(2);
    lower.threats[0].impact = crate::domain::fields::Score::new(3);
    assert_eq!(level(&lower).to_lowercase(), "medium");
    let own: Vec<String> = gate(contract, today).into_iter().filter(|g| g.role == Role::Dpo).map(|g| g.what).collect();
    assert_eq!(own.len(), 3, "{own:?}");
}
