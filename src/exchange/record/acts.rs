//! What people did: hand-offs, acceptances, triggers, sign-offs.

use crate::domain::{
    Line,
    after::{came, fires_on},
    decision::{
        Acceptance, Cause, ClearanceState, Decision, Disposition, Exception, Handoff, HandoffState, Proviso, Signoff,
        SignoffState, Trigger, Void, acceptance_state, acceptance_why, clearance, fingerprint, proviso_says,
        proviso_standing, relied_on, reviewed_by, signoff_state, snapshot,
    },
    fields::Vocabulary,
    people::Role,
};

use super::{
    Context,
    act_parts::{
        AcceptancePart, CausePart, ExceptionPart, HandoffPart, ProvisoPart, ReliedPart, ReturnPart, SignoffPart,
        TriggerPart,
    },
    ground::Ground,
    parts::RatingPart,
    words::{date, day_end, instant, lines, said},
};

/// Every hand-off of the review, oldest first.
pub(crate) fn handoffs(ground: &Ground) -> Vec<HandoffPart> {
    let review = ground.review.map(|review| review.id);
    let of_review = ground.d.handoffs.iter().filter(|h| !h.archived && h.review == review && review.is_some());
    of_review.filter_map(|handoff| handed(ground, handoff)).collect()
}

fn handed(ground: &Ground, handoff: &Handoff) -> Option<HandoffPart> {
    let (step, state) = (handoff.step?, handoff.state?);
    let returned = (state == HandoffState::Returned).then(|| ReturnPart {
        reason: handoff.reason.map_or("other", Vocabulary::code),
        gaps: Some(lines(&handoff.gaps)).filter(|gaps| !gaps.is_empty()).unwrap_or_else(|| vec!["not said".into()]),
        role: handoff.gaps_role.unwrap_or(step.from()).code(),
    });
    Some(HandoffPart {
        step: step.code(),
        from: step.from().code(),
        to: step.to().code(),
        carries: step.carries_words(),
        state: state.code(),
        note: said(&handoff.note),
        sent_by: ground.party(handoff.sent_by),
        sent_at: handoff.sent_at.map(instant),
        received_at: handoff.received_at.map(instant),
        closed_by: ground.party(handoff.closed_by),
        closed_at: handoff.closed_at.map(instant),
        due: handoff.due.map(date),
        returned,
    })
}

/// Every acceptance by number, with its state on the day.
pub(crate) fn acceptances(ground: &Ground) -> Vec<AcceptancePart> {
    let mut all: Vec<&Acceptance> = ground.d.acceptances.iter().filter(|a| !a.archived).collect();
    all.sort_by_key(|acceptance| (acceptance.number, acceptance.id));
    all.into_iter().map(|acceptance| accepted(ground, acceptance)).collect()
}

fn accepted(ground: &Ground, acceptance: &Acceptance) -> AcceptancePart {
    let threat = ground.d.threats.iter().find(|threat| Some(threat.id) == acceptance.threat);
    let rating = acceptance.likelihood.zip(acceptance.impact).map(|(likelihood, impact)| RatingPart {
        likelihood: Some(likelihood.get()),
        impact: Some(impact.get()),
        severity: crate::domain::library::Level::parse(acceptance.level.as_str()).map_or("unrated", |l| l.code()),
        scheme: said(&acceptance.matrix),
    });
    let credited = acceptance.credited.0.iter().filter_map(|id| crate::domain::Id::parse(id));
    AcceptancePart {
        id: format!("A-{}", acceptance.number.unwrap_or(0)),
        threat: threat.map_or_else(|| "not in the record".to_owned(), crate::domain::register::Threat::reference),
        state: acceptance_state(ground.d, acceptance, ground.today).code(),
        reason: acceptance.reason.as_str().to_owned(),
        condition: acceptance.condition.as_str().to_owned(),
        requested_by: ground.party(acceptance.requester),
        accepted_by: ground.named(acceptance.acceptor, &acceptance.acceptor_name),
        decided_at: acceptance.decided_at.map(instant),
        expires_at: acceptance.expires.map(day_end),
        rating,
        credited: credited.filter_map(|id| ground.control_ref(id)).collect(),
        ended_because: said(&acceptance.ended_why),
        recorded_by: ground.party(acceptance.recorder),
        renews: acceptance.renews.and_then(|id| ground.d.acceptances.by_id(id)).map(Acceptance::reference),
        why: acceptance_why(ground.d, acceptance, ground.today),
        conditions: ground.d.provisos_of(acceptance.id).map(|proviso| condition(ground, proviso)).collect(),
    }
}

fn condition(ground: &Ground, proviso: &Proviso) -> ProvisoPart {
    let standing = proviso_standing(ground.d, proviso, ground.today);
    let evidence = proviso.evidence.and_then(|id| ground.d.evidence.by_id(id));
    ProvisoPart {
        kind: proviso.kind_of().code(),
        text: proviso_says(ground.d, proviso),
        state: standing.state.code(),
        why: Some(standing.why).filter(|why| !why.is_empty()),
        owner: ground.party(proviso.owner),
        due: proviso.due_now().map(date),
        every_days: proviso.every,
        met_at: proviso.met_at.map(instant),
        proof: said(&proviso.proof),
        evidence: evidence.map(crate::domain::register::Evidence::reference),
        measured: proviso.measured,
    }
}

/// Every exception by number, with how it stands on the day.
pub(crate) fn exceptions(ground: &Ground) -> Vec<ExceptionPart> {
    let one = |exception: &Exception| ExceptionPart {
        id: exception.reference(),
        title: exception.title.as_str().to_owned(),
        control: exception.control.and_then(|id| ground.control_ref(id)),
        state: exception.state(ground.today).code(),
        reason: exception.reason.as_str().to_owned(),
        compensating: exception.compensating.as_str().to_owned(),
        owner: ground.party(exception.owner),
        deadline: exception.deadline.map(date),
        review_every_days: exception.every,
        review_due: exception.review_due.map(date),
        requested_by: ground.party(exception.requester),
        decided_by: ground.named(exception.approver, &exception.approver_name),
        decided_at: exception.decided_at.map(instant),
        review_note: said(&exception.review_note),
        ended_because: said(&exception.ended_why),
    };
    let mut all: Vec<&Exception> = ground.d.live_exceptions().collect();
    all.sort_by_key(|exception| (exception.number, exception.id));
    all.into_iter().map(one).collect()
}

/// Every trigger, in the order in which they were registered.
pub(crate) fn triggers(ground: &Ground) -> Vec<TriggerPart> {
    ground.d.triggers.iter().filter(|trigger| !trigger.archived).map(|trigger| armed(ground, trigger)).collect()
}

fn armed(ground: &Ground, trigger: &Trigger) -> TriggerPart {
    let came = came(ground.d, trigger, ground.today);
    let state = match (trigger.triage, trigger.fired_at) {
        (Some(_), _) => "triaged",
        (None, Some(_)) => "fired",
        (None, None) => {
            if came {
                "fired"
            } else {
                "armed"
            }
        }
    };
    TriggerPart {
        title: said(&trigger.title).unwrap_or_else(|| "untitled".to_owned()),
        kind: trigger.sort.map(Vocabulary::code),
        state,
        noticed_by: said(&trigger.detection),
        due: fires_on(ground.d, trigger).or(trigger.due).map(date),
        fired_at: trigger.fired_at.map(instant),
        fired_because: said(&trigger.fired_why),
        triage: trigger.triage.map(Vocabulary::code),
        triage_reason: said(&trigger.triage_reason),
        triaged_by: ground.party(trigger.triaged_by),
    }
}

/// The sign-offs of the review in the order in which they were given, then the decisions.
pub(crate) fn signoffs(ground: &Ground, context: &Context) -> Vec<SignoffPart> {
    let review = ground.review.map(|review| review.id);
    let given = ground.d.signoffs.iter().filter(|s| !s.archived && s.review == review && review.is_some());
    let made = ground.d.dispositions.iter().filter(|d| !d.archived && d.review == review && review.is_some());
    let given = given.filter_map(|signoff| signed(ground, context, signoff));
    given.chain(made.filter_map(|disposition| decided(ground, disposition))).collect()
}

fn signed(ground: &Ground, context: &Context, signoff: &Signoff) -> Option<SignoffPart> {
    let role = signoff.role?;
    let state = signoff_state(ground.d, signoff);
    let voiding = context.voided.iter().find(|voiding| voiding.signoff == signoff.id);
    let voiding = voiding.filter(|_| state == SignoffState::Voided);
    let withdrawn = signoff.withdrawn_at.is_some();
    Some(SignoffPart {
        role: role.code(),
        party: ground.named(signoff.person, &signoff.name)?,
        decision: "confirm",
        at: instant(signoff.at?),
        statement: said(&signoff.statement),
        content_sha256: Some(signoff.content.0.clone()).filter(|content| !content.is_empty())?,
        sections: reviewed_by(role).iter().map(|section| section.code()).collect(),
        state: state.code(),
        ended_because: if withdrawn {
            said(&signoff.withdrawn_why)
        } else {
            voiding.map(|voiding| Line::new(&voiding.by()).as_str().to_owned())
        },
        ended_at: signoff.withdrawn_at.or(voiding.and_then(Void::at)).map(instant),
        voided_by: voiding.map(|voiding| voiding.causes.iter().map(cause).collect()).unwrap_or_default(),
    })
}

/// The earlier sign-offs that the decision relied on as unchanged; before it, those that it would rely on.
pub(crate) fn relied(ground: &Ground) -> Vec<ReliedPart> {
    let of_decision = |made: &Disposition| {
        let ids = made.relies_on.0.iter().filter_map(|id| crate::domain::Id::parse(id));
        ids.filter_map(|id| ground.d.signoffs.by_id(id)).collect::<Vec<_>>()
    };
    let all = ground.disposition.map_or_else(|| relied_on(ground.d), of_decision);
    let one = |signoff: &Signoff| {
        let review = signoff.review.and_then(|id| ground.d.reviews.by_id(id));
        Some(ReliedPart {
            role: signoff.role?.code(),
            party: ground.named(signoff.person, &signoff.name),
            review: review.and_then(|review| review.number).unwrap_or(0),
            at: signoff.at.map(instant),
            content_sha256: signoff.content.0.clone(),
        })
    };
    all.into_iter().filter_map(one).collect()
}

fn cause(cause: &Cause) -> CausePart {
    CausePart {
        entry: cause.n,
        at: instant(cause.at),
        by: cause.who.clone(),
        role: cause.role.map(Vocabulary::code),
        kind: cause.of.0.code(),
        fields: cause.fields.iter().map(|field| (*field).to_owned()).collect(),
        what: Line::new(&cause.what).as_str().to_owned(),
    }
}

/// Whether the content of the current review is what was decided on; a later review may differ.
fn as_decided(ground: &Ground, disposition: &Disposition) -> bool {
    ground.open_review().is_some() || fingerprint(&snapshot(ground.d, Role::Signoff)) == disposition.content
}

/// The authority signs by deciding.
fn decided(ground: &Ground, disposition: &Disposition) -> Option<SignoffPart> {
    let newest = ground.disposition.is_some_and(|last| last.id == disposition.id);
    let same = clearance(ground.d, ground.today).state != ClearanceState::Drifted && as_decided(ground, disposition);
    let state = match (disposition.revoked_at.is_some(), newest, same) {
        (true, ..) => SignoffState::Withdrawn,
        (false, false, _) => SignoffState::Superseded,
        (false, true, true) => SignoffState::Valid,
        (false, true, false) => SignoffState::Voided,
    };
    Some(SignoffPart {
        role: Role::Signoff.code(),
        party: ground.named(disposition.person, &disposition.name)?,
        decision: match disposition.decision? {
            Decision::Proceed => "approve",
            Decision::Conditional | Decision::Pilot => "approve-with-conditions",
            Decision::Hold => "hold",
            Decision::Decline => "reject",
        },
        at: instant(disposition.at?),
        statement: said(&disposition.rationale),
        content_sha256: Some(disposition.content.0.clone()).filter(|content| !content.is_empty())?,
        sections: reviewed_by(Role::Signoff).iter().map(|section| section.code()).collect(),
        state: state.code(),
        ended_because: said(&disposition.revoked_why),
        ended_at: disposition.revoked_at.map(instant),
        voided_by: Vec::new(),
    })
}
