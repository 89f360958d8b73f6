//! The threat register with its three scores, and what it covers.

use crate::domain::{
    Line,
    catalog::mapped,
    decision::{SignoffState, active_acceptance, signoff_state, subjects, uncovered},
    fields::{Moment, Vocabulary},
    library::{FrameworkItem, framework, item},
    people::Role,
    register::{ControlStatus, Finding, Rating, Threat, Treatment, counts_as_verified, open_findings, ratings},
};

use super::{
    ground::Ground,
    model::Party,
    parts::{Category, ConsideredPart, Counts, CoveragePart, MapPart, Origin, RatingPart, ThreatPart, ThreatsPart},
    words::{by_number, day_end, instant, said},
};

/// Whether the threat model looks at everything that the inventory names.
pub(crate) fn coverage(ground: &Ground) -> CoveragePart {
    let all = subjects(ground.d);
    let label = |mark: &str| {
        let found = all.iter().find(|subject| subject.mark == mark);
        found.map_or_else(|| other_subject(ground, mark), |subject| Line::new(&subject.label).as_str().to_owned())
    };
    let considered = ground.d.considered.iter().filter(|row| !row.archived);
    CoveragePart {
        subjects: all.len(),
        uncovered: uncovered(ground.d).iter().map(|subject| label(&subject.mark)).collect(),
        considered: considered
            .map(|row| ConsideredPart { subject: label(row.subject.as_str()), reason: row.reason.as_str().to_owned() })
            .collect(),
    }
}

/// A subject that is none of the inventory: a threat of the library by its name.
fn other_subject(ground: &Ground, mark: &str) -> String {
    if mark.starts_with("library:") { crate::domain::wording::reference(ground.d, mark) } else { mark.to_owned() }
}

/// The threats by number, with their counts.
pub(crate) fn threats(ground: &Ground) -> ThreatsPart {
    let mut live: Vec<&Threat> = ground.d.live_threats().collect();
    live.sort_by_key(|threat| (threat.number, threat.id));
    let items: Vec<ThreatPart> = live.into_iter().map(|threat| one(ground, threat)).collect();
    let mut counts = Counts { total: items.len(), ..Counts::default() };
    for item in &items {
        *counts.by_disposition.entry(item.disposition).or_default() += 1;
        *counts.by_residual_severity.entry(item.residual.severity).or_default() += 1;
    }
    ThreatsPart { counts, items }
}

/// What was decided of a threat, by whom, when and until when.
#[derive(Default)]
struct Decided {
    disposition: &'static str,
    by: Option<Party>,
    at: Option<String>,
    expires: Option<String>,
    rationale: Option<String>,
    to: Option<String>,
}

fn one(ground: &Ground, threat: &Threat) -> ThreatPart {
    let scores = ratings(ground.d, threat, ground.today);
    let decided = decided(ground, threat);
    let mitigated = decided.disposition == "mitigate";
    let controls = ground.d.controls_of(threat.id).map(|(_, control)| control.reference());
    ThreatPart {
        id: threat.reference(),
        title: said(&threat.title).unwrap_or_else(|| "untitled".to_owned()),
        description: said(&threat.description),
        categories: said(&threat.category)
            .map(|value| Category { taxonomy: "category", value })
            .into_iter()
            .chain(said(&threat.library).map(|value| Category { taxonomy: "docket library", value }))
            .collect(),
        maps: maps(ground, threat),
        targets: targets(ground, threat),
        inherent: rating(ground, scores.inherent),
        residual: rating(ground, scores.now),
        target: rating(ground, scores.target),
        score_reason: said(&threat.score_reason),
        treatment: threat.treated().code(),
        personal_data_kind: threat.personal.map(Vocabulary::code),
        dpo_verdict: threat.dpo_verdict.map(Vocabulary::code),
        dpo_reason: said(&threat.dpo_reason),
        disposition: decided.disposition,
        progress: mitigated.then(|| progress(ground, threat)),
        rationale: decided.rationale,
        decided_by: decided.by,
        decided_at: decided.at,
        expires_at: decided.expires,
        transferred_to: decided.to,
        controls: by_number(controls),
        evidence: proof(ground, threat),
        findings: by_number(open_findings(ground.d, threat.id).map(Finding::reference)),
        origin: said(&threat.source).map(|id| Origin {
            format: "import",
            id,
            status_word: said(&threat.status_word),
            severity_word: said(&threat.severity_word),
        }),
    }
}

/// The items of frameworks that a threat is mapped to: by the library entry that it was taken from, and by hand.
fn maps(ground: &Ground, threat: &Threat) -> Vec<MapPart> {
    let refs = mapped(&ground.library, threat);
    let found = refs.iter().flat_map(|(key, ids)| ids.iter().filter_map(move |id| item(key, id)));
    let one = |item: &FrameworkItem| MapPart {
        framework: item.framework.clone(),
        version: framework(&item.framework).map_or_else(String::new, |of| of.meta.version.clone()),
        id: item.id.clone(),
        title: item.title.clone(),
    };
    found.map(one).collect()
}

/// A score; without one it is unrated, never low.
pub(crate) fn rating(ground: &Ground, rating: Option<Rating>) -> RatingPart {
    RatingPart {
        likelihood: rating.map(|r| r.likelihood.get()),
        impact: rating.map(|r| r.impact.get()),
        severity: rating.map_or("unrated", |r| r.level.code()),
        scheme: rating.map(|_| ground.d.matrix().version.to_owned()),
    }
}

/// A treatment is decided when somebody answers for it: an acceptance by its acceptor, any other that ends the matter
/// by whoever signed the register. Until then the threat counts as undecided, whatever the register proposes.
fn decided(ground: &Ground, threat: &Threat) -> Decided {
    let reason = || said(&threat.treatment_reason);
    let signed = |disposition| match (register_signer(ground), reason()) {
        (Some((by, at)), Some(rationale)) => Decided {
            disposition,
            by: Some(by),
            at: Some(instant(at)),
            rationale: Some(rationale),
            ..Decided::default()
        },
        _ => Decided { disposition: "undecided", rationale: reason(), ..Decided::default() },
    };
    match threat.treated() {
        Treatment::Undecided => Decided { disposition: "undecided", rationale: reason(), ..Decided::default() },
        Treatment::Mitigate => Decided { disposition: "mitigate", rationale: reason(), ..Decided::default() },
        Treatment::Accept => accepted(ground, threat).unwrap_or(Decided {
            disposition: "undecided",
            rationale: reason(),
            ..Decided::default()
        }),
        Treatment::Avoid => signed("avoid"),
        Treatment::NotApplicable => signed("not-applicable"),
        Treatment::Transfer => {
            let decided = signed("transfer");
            let to = (decided.disposition == "transfer").then(|| decided.rationale.clone()).flatten();
            Decided { to, ..decided }
        }
    }
}

fn accepted(ground: &Ground, threat: &Threat) -> Option<Decided> {
    let found = active_acceptance(ground.d, threat.id, ground.today)?;
    Some(Decided {
        disposition: "accept",
        by: Some(ground.named(found.acceptor, &found.acceptor_name)?),
        at: Some(instant(found.decided_at?)),
        expires: Some(day_end(found.expires?)),
        rationale: Some(said(&found.reason)?),
        to: None,
    })
}

/// Who signed the threat register as it is now, and when.
fn register_signer(ground: &Ground) -> Option<(Party, Moment)> {
    let review = ground.review?.id;
    let mut signed = ground.d.signoffs.iter().rev().filter(|s| s.review == Some(review));
    let found = signed.find(|s| s.role == Some(Role::Security) && signoff_state(ground.d, s) == SignoffState::Valid)?;
    Some((ground.named(found.person, &found.name)?, found.at?))
}

/// How far the mitigation is; what a tool or a person merely says is a claim.
fn progress(ground: &Ground, threat: &Threat) -> &'static str {
    use ControlStatus::{Failed, Implemented, InProgress, NotApplicable, Planned, Proposed, Retired, Verified};
    let controls: Vec<_> = ground.d.controls_of(threat.id).map(|(_, control)| control).collect();
    let live: Vec<_> = controls.iter().filter(|c| !matches!(c.stage(), Retired | NotApplicable)).collect();
    let any = |wanted: &[ControlStatus]| live.iter().any(|control| wanted.contains(&control.stage()));
    if !live.is_empty() && live.iter().all(|control| counts_as_verified(ground.d, control, ground.today)) {
        "verified"
    } else if any(&[Implemented, Verified]) || !threat.claim.is_empty() {
        "claimed"
    } else if any(&[InProgress, ControlStatus::Degraded, Failed]) {
        "in-progress"
    } else if any(&[Planned, Proposed]) {
        "planned"
    } else {
        "none"
    }
}

/// The evidence behind the controls that count.
fn proof(ground: &Ground, threat: &Threat) -> Vec<String> {
    let counted = ground.d.controls_of(threat.id).map(|(_, control)| control);
    let counted = counted.filter(|control| counts_as_verified(ground.d, control, ground.today));
    by_number(counted.flat_map(|control| super::control::proof(ground, control.id)))
}

/// What the threat is about: its component, then everything that it covers.
fn targets(ground: &Ground, threat: &Threat) -> Vec<String> {
    let all = subjects(ground.d);
    let covered = all.iter().filter(|subject| threat.covers.has(&subject.mark));
    said(&threat.component).into_iter().chain(covered.map(|s| Line::new(&s.label).as_str().to_owned())).collect()
}
