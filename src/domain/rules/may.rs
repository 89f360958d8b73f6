//! Whether somebody may do something now. The screen greys out by it and prints its sentence; `decide` refuses by it.

use crate::domain::{
    Dossier, Id, Kind,
    after::paused,
    decision::{
        Disposition, HandoffState, LegState, SECOND, SignoffState, Step, gaps, independent, latest_signoff, leg,
        signoff_state,
    },
    fields::{By, Day, Vocabulary},
    people::{self, Role},
    refusal::{Refusal, Rule},
    verb::Verb,
};

/// Whether `person`, acting in `role`, may do `verb` now.
pub fn may(dossier: &Dossier, person: Id, role: Role, verb: Verb, today: Day) -> Result<(), Refusal> {
    if is_first_step(dossier, verb) || is_rescue(dossier, person, verb, today) {
        return Ok(());
    }
    if verb == Verb::OwnKey {
        return own_key(dossier, person);
    }
    if verb == Verb::Meet {
        return known(dossier, person);
    }
    let roles = roles_for(verb);
    let named = verb == Verb::Pause && named_to_pause(dossier, person);
    if !named && !roles.contains(&role) {
        return Err(wrong_role(dossier, role, verb, roles, today));
    }
    if !dossier.holds(person, role, today) {
        let who = dossier.person_name(person).map_or("You", |name| name.as_str());
        let says = format!("{who} does not hold the role {} on {}.", role.label(), dossier.name());
        let holder = dossier.holder(role, today).and_then(|id| dossier.person_name(id));
        let hint = match holder {
            _ if verb == Verb::Assign => assigned_by(dossier, today),
            Some(name) => format!("{name} does."),
            None => "Nobody does; assign it first.".to_owned(),
        };
        return Err(Refusal::new(Rule::RoleNotHeld, says).hint(hint));
    }
    if verb == Verb::Countersign {
        independent(dossier, person, today)?;
    }
    state(dossier, role, verb, today)
}

/// Who can give roles there: whoever holds a review role.
fn assigned_by(dossier: &Dossier, today: Day) -> String {
    let holds = |role: &Role| {
        let name = dossier.person_name(dossier.holder(*role, today)?)?;
        Some(format!("{name} ({})", role.label()))
    };
    let able: Vec<String> = Role::REVIEW.iter().filter_map(holds).collect();
    let place = if dossier.subject.is_none() { " Or give the role on one system, where you hold one." } else { "" };
    format!("Roles are given there by whoever holds a review role: {}.{place}", able.join(", "))
}

/// An empty record has nobody who could allow anything: the first people and their roles need no role.
fn is_first_step(dossier: &Dossier, verb: Verb) -> bool {
    matches!(verb, Verb::Add(Kind::Person) | Verb::Assign)
        && dossier.assignments.is_empty()
        && dossier.defaults.is_empty()
}

/// Once every assignment of a review role has ended, nobody could give one to anybody. Whoever held a review role here
/// may then; where none of them is in the record any more, anybody who is.
fn is_rescue(dossier: &Dossier, person: Id, verb: Verb, today: Day) -> bool {
    let staffing = matches!(verb, Verb::Add(Kind::Person) | Verb::Assign);
    let here = |id: Id| dossier.people.by_id(id).is_some_and(|known| !known.archived);
    if !staffing || !here(person) || Role::REVIEW.iter().any(|role| dossier.holder(*role, today).is_some()) {
        return false;
    }
    let before: Vec<Id> = people::last_held(dossier).into_iter().map(|(id, _)| id).filter(|id| here(*id)).collect();
    before.is_empty() || before.contains(&person)
}

/// A key is everybody's own, whatever their hat; it belongs to the record, not to one system.
fn own_key(dossier: &Dossier, person: Id) -> Result<(), Refusal> {
    if dossier.subject.is_some() {
        return Err(Refusal::new(Rule::WrongState, "A key belongs to the record, not to one system."));
    }
    match dossier.people.by_id(person).filter(|known| !known.archived) {
        Some(_) => Ok(()),
        None => Err(Refusal::new(Rule::Unknown, "Only somebody who is in the record has a key there.")),
    }
}

/// In a meeting sit people, whatever hats they wear: whoever is in the record may take part in one.
fn known(dossier: &Dossier, person: Id) -> Result<(), Refusal> {
    match dossier.people.by_id(person).filter(|known| !known.archived) {
        Some(_) => Ok(()),
        None => Err(Refusal::new(Rule::RoleNotHeld, "Only people of the record take part in its meetings.")),
    }
}

/// Whether the system says by name that this person can pause it.
fn named_to_pause(dossier: &Dossier, person: Id) -> bool {
    let said = dossier.system().map_or_else(String::new, |system| system.pause.as_str().to_lowercase());
    let name = dossier.person_name(person).map_or_else(String::new, |name| name.as_str().to_lowercase());
    let parts = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
    let (said, name) = (parts(&said), parts(name.trim()));
    !name.is_empty() && said.windows(name.len()).any(|window| window == name)
}

/// The roles that a verb belongs to.
fn roles_for(verb: Verb) -> &'static [Role] {
    const REVIEW: &[Role] = &Role::REVIEW;
    const WORK: &[Role] = &[Role::Owner, Role::Security, Role::Operator, Role::Builder, Role::Governance];
    match verb {
        Verb::Add(Kind::Assignment) => &[],
        Verb::NewSystem
        | Verb::Assign
        | Verb::StartReview
        | Verb::Reconfirm
        | Verb::Add(Kind::Person)
        | Verb::Edit(Kind::Person | Kind::Assignment)
        | Verb::Withdraw(Kind::Person | Kind::Assignment) => REVIEW,
        Verb::Add(kind) | Verb::Withdraw(kind) => keepers(kind),
        Verb::Edit(kind) => editors(kind),
        Verb::Import => WORK,
        // Whoever may write to the system; an auditor reads.
        Verb::Merge => slices(people::ANY),
        Verb::OverrideTier => &[Role::Security, Role::Governance],
        Verb::Send(step) | Verb::Recall(step) => slice(step.from()),
        Verb::Receive(step) | Verb::Confirm(step) | Verb::Return(step) => slice(step.to()),
        Verb::Propose | Verb::WithdrawRisk => &[Role::Security, Role::Owner, Role::Governance],
        Verb::AcceptRisk | Verb::RevokeRisk | Verb::DecideException | Verb::SetPolicy => &[Role::Governance],
        Verb::Advise | Verb::Assess => &[Role::Dpo],
        Verb::WaiveDpo | Verb::Sign | Verb::Unsign => &[Role::Owner, Role::Security, Role::Governance, Role::Dpo],
        Verb::Override => &[Role::Governance, Role::Signoff],
        Verb::Countersign => SECOND,
        Verb::Decide | Verb::RevokeClearance => &[Role::Signoff],
        Verb::MeetCondition => &[Role::Owner, Role::Operator, Role::Builder, Role::Governance],
        // Whoever may read it may look whether it is still what was read.
        Verb::Fire | Verb::RecordChange | Verb::ReportIncident | Verb::Compare | Verb::AddSignature | Verb::OwnKey => {
            &[
                Role::Owner,
                Role::Security,
                Role::Governance,
                Role::Dpo,
                Role::Signoff,
                Role::Operator,
                Role::Builder,
                Role::Auditor,
            ]
        }
        Verb::Triage | Verb::ReviewException => &[Role::Governance, Role::Security],
        Verb::Restrict | Verb::Resume => &[Role::Signoff, Role::Governance],
        Verb::CloseIncident | Verb::CloseException => &[Role::Owner, Role::Security, Role::Governance],
        Verb::Pause => &[Role::Owner, Role::Operator, Role::Signoff, Role::Security],
        Verb::Meet => &Role::REVIEW,
    }
}

fn slices(by: By) -> &'static [Role] {
    match by {
        By::Roles(roles) => roles,
        By::Rule => &[],
    }
}

fn slice(role: Role) -> &'static [Role] {
    match role {
        Role::Owner => &[Role::Owner],
        Role::Security => &[Role::Security],
        Role::Governance => &[Role::Governance],
        Role::Dpo => &[Role::Dpo],
        Role::Signoff => &[Role::Signoff],
        Role::Operator => &[Role::Operator],
        Role::Builder => &[Role::Builder],
        Role::Auditor => &[Role::Auditor],
    }
}

/// Everybody who may edit some field of a kind; what the rules alone set, nobody edits.
fn editors(kind: Kind) -> &'static [Role] {
    let sets = kind.fields().iter().filter_map(|field| match field.by {
        By::Roles(roles) => Some(roles),
        By::Rule => None,
    });
    let widest = sets.max_by_key(|roles| roles.len()).unwrap_or(&[]);
    if kind == Kind::Privacy { people::PRIVACY_EDITORS } else { widest }
}

/// Who adds and withdraws things of a kind: whoever sets what makes it that thing, its first needed field. One other
/// field that everybody may set (a flag, a due day) gives nobody the whole row.
fn keepers(kind: Kind) -> &'static [Role] {
    match kind.fields().iter().find(|field| field.needed).map(|field| field.by) {
        Some(By::Roles(roles)) => roles,
        Some(By::Rule) | None => &[],
    }
}

fn wrong_role(dossier: &Dossier, role: Role, verb: Verb, roles: &[Role], today: Day) -> Refusal {
    let who = |role: &Role| {
        let holder = dossier.holder(*role, today).and_then(|id| dossier.person_name(id));
        holder.map_or_else(|| role.label().to_owned(), |name| format!("{} ({name})", role.label()))
    };
    let names: Vec<String> = roles.iter().filter(|role| Role::REVIEW.contains(role)).map(who).collect();
    let (broken, says) = match verb {
        Verb::AcceptRisk => (
            Rule::OnlyGovernanceAccepts,
            format!("Only the governance lead accepts a residual risk; the {} does not.", role.label()),
        ),
        Verb::Decide => {
            (Rule::RoleMayNot, format!("Only the sign-off authority decides; the {} does not.", role.label()))
        }
        Verb::Advise => {
            (Rule::RoleMayNot, format!("Only the DPO gives the DPO's advice; the {} does not.", role.label()))
        }
        Verb::SetPolicy => {
            let says = format!("Only the governance lead sets the independence policy; the {} does not.", role.label());
            (Rule::RoleMayNot, says)
        }
        _ => (Rule::RoleMayNot, format!("The {} may not do this.", role.label())),
    };
    let hint = if names.is_empty() { String::new() } else { format!("It belongs to: {}.", names.join(", ")) };
    Refusal::new(broken, says).hint(hint)
}

fn state(dossier: &Dossier, role: Role, verb: Verb, today: Day) -> Result<(), Refusal> {
    let wrong = |says: &str| Err(Refusal::new(Rule::WrongState, says));
    let handoff = |step: Step| dossier.handoff(step).and_then(|handoff| handoff.state);
    match verb {
        Verb::Add(Kind::Shelf) | Verb::Edit(Kind::Shelf) | Verb::Withdraw(Kind::Shelf) if dossier.subject.is_some() => {
            wrong("The team's own library belongs to the record, not to one system.")
        }
        Verb::SetPolicy if dossier.subject.is_some() => {
            wrong("The independence policy belongs to the record, not to one system.")
        }
        Verb::Add(Kind::System) => wrong("A dossier is about one system, and it is entered with its review."),
        Verb::Add(Kind::Intake) if dossier.intake().is_some() => wrong("There is an intake already; edit it."),
        Verb::Add(Kind::Privacy) if dossier.privacy().is_some() => wrong("There is an assessment already; edit it."),
        Verb::Send(step) => sendable(dossier, step, today),
        Verb::Receive(step) if handoff(step) != Some(HandoffState::Sent) => {
            wrong("There is nothing here to be opened.")
        }
        Verb::Return(Step::GovernanceSignoff | Step::DpoSignoff) if taken_up(dossier, verb) => Ok(()),
        Verb::Confirm(step) | Verb::Return(step)
            if !matches!(handoff(step), Some(HandoffState::Sent | HandoffState::Received)) =>
        {
            wrong("This hand-off does not lie with you.")
        }
        Verb::Recall(step) if handoff(step) != Some(HandoffState::Sent) => {
            wrong("It was opened already, or never sent. Ask the receiver to send it back.")
        }
        Verb::WaiveDpo if dossier.personal_data() => Err(Refusal::new(
            Rule::PersonalDataInScope,
            format!("The DPO's part cannot be marked not applicable. {}", dossier.personal_data_because()),
        )
        .hint("Correct the data classes if they are wrong.")),
        Verb::Sign => signable(dossier, role, today),
        Verb::Reconfirm => super::reconfirm::open_to(dossier, role, today),
        Verb::Unsign if latest_signoff(dossier, role).is_none_or(|s| s.withdrawn_at.is_some()) => {
            wrong("There is no sign-off of yours to withdraw.")
        }
        Verb::Pause if paused(dossier).is_some() => wrong("It stands still already."),
        Verb::Resume if paused(dossier).is_none() => wrong("It is not paused."),
        Verb::Decide if dossier.review().is_none() => wrong("There is no review to decide on."),
        Verb::RevokeClearance if !dossier.last_disposition().is_some_and(Disposition::stands) => {
            wrong("There is no clearance to revoke.")
        }
        Verb::StartReview if dossier.review().is_some() && dossier.decided().is_none() => {
            wrong("The current review is not decided yet.")
        }
        _ => Ok(()),
    }
}

/// The authority may send a side back as long as nothing is decided, also when it took it up already.
fn taken_up(dossier: &Dossier, verb: Verb) -> bool {
    let Verb::Return(step) = verb else { return false };
    let state = dossier.handoff(step).and_then(|handoff| handoff.state);
    state == Some(HandoffState::Completed) && dossier.decided().is_none()
}

fn sendable(dossier: &Dossier, step: Step, today: Day) -> Result<(), Refusal> {
    use crate::domain::decision::missing_for;
    let state = leg(dossier, step, today).state;
    let missing = missing_for(dossier, step, today);
    let changed = || super::handoff::is_stale(dossier, step);
    match state {
        LegState::Sent | LegState::Received => {
            Err(Refusal::new(Rule::WrongState, "It is with the receiver already.").hint("Take it back first."))
        }
        LegState::Completed if !changed() && step != Step::OwnerAll => {
            Err(Refusal::new(Rule::WrongState, "It is completed, and nothing that it carries has changed."))
        }
        _ if missing.is_empty() => Ok(()),
        LegState::Completed | LegState::Needless | LegState::Returned | LegState::Ready | LegState::NotReady(_) => {
            let more = missing.len() - 1;
            let rest = if more > 0 { format!(" And {more} more.") } else { String::new() };
            Err(Refusal::new(Rule::NotReady, format!("It is not ready to be handed over. {}{rest}", missing[0])))
        }
    }
}

/// A role signs when its own part has no gap left.
fn signable(dossier: &Dossier, role: Role, today: Day) -> Result<(), Refusal> {
    use crate::domain::decision::{Gap, Mend};
    if role == Role::Dpo && !dossier.personal_data() {
        return Err(Refusal::new(Rule::WrongState, dossier.personal_data_because()));
    }
    if latest_signoff(dossier, role).is_some_and(|s| signoff_state(dossier, s) == SignoffState::Valid) {
        return Err(Refusal::new(Rule::WrongState, "Your sign-off stands, and nothing that you reviewed has changed."));
    }
    let gaps = gaps(dossier, today);
    let own = |gap: &Gap| gap.role == role && !matches!(gap.place.mend, Mend::Sign(_) | Mend::Countersign);
    match gaps.iter().find(|gap| own(gap)) {
        Some(gap) => Err(Refusal::new(Rule::Incomplete, format!("Your own part still has a gap: {}.", gap.what))
            .hint("Close it first; the checklist leads there.")),
        None => Ok(()),
    }
}
