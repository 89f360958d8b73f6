//! The agenda: what of the record is for the board, why it is there, and what sticks to it.

use super::rules::{board, meet, opened};
use crate::support::{Data, Desk, add, edit, fields, int, text};
use docket::domain::{
    Id, Kind, Prose,
    command::Command,
    decision::{Decision, ReturnReason, Step, Triage},
    fields::Day,
    meeting::{
        Agenda, AgendaSection, ItemMark, ItemRef, ItemState, MatterSort, MeetingAct, Opined, OpinionKind, Placing,
        Portfolio, Presence, agenda, matters,
    },
    people::Role,
};

/// What of the bench's system is for the board today.
fn portfolio(desk: &Desk) -> Portfolio {
    let system = desk.dossier.subject.unwrap();
    matters(&desk.dossier, desk.today()).into_iter().map(|m| (system, "Helpdesk".to_owned(), m)).collect()
}

fn of(desk: &Desk, meeting: Option<Id>) -> Agenda {
    let meeting = meeting.and_then(|id| desk.dossier.meeting(id));
    agenda(&desk.dossier, meeting, &portfolio(desk), desk.today())
}

fn sorts(agenda: &Agenda) -> Vec<MatterSort> {
    agenda.items.iter().map(|item| item.sort).collect()
}

fn one(agenda: &Agenda, sort: MatterSort) -> docket::domain::meeting::Item {
    agenda.items.iter().find(|item| item.sort == sort).unwrap_or_else(|| panic!("no {sort:?}")).clone()
}

#[test]
fn a_decision_is_due_when_it_lies_with_the_authority() {
    let mut desk = Desk::of_five();
    desk.planned(Data::Internal);
    assert_eq!(sorts(&of(&desk, None)), [], "it does not lie with the authority yet");
    let mut desk = Desk::of_five();
    desk.ready(Data::Internal);
    let item = one(&of(&desk, None), MatterSort::Decide);
    assert_eq!((item.section, item.state, item.missing), (AgendaSection::Decision, ItemState::Ready, 0));
    assert!(item.what.contains("proceed") && item.since.is_some() && !item.why.is_empty());
    // A gap that opens meanwhile is said, as a state with its own sign.
    let threat = desk.add_threat("Late one", (5, 5), &[]);
    let item = one(&of(&desk, None), MatterSort::Decide);
    assert!(item.missing > 0 && item.state == ItemState::Missing);
    assert_ne!(item.state.sign(), ItemState::Ready.sign());
    desk.must(Role::Security, crate::support::withdraw(Kind::Threat, threat));
}

#[test]
fn what_was_asked_came_back_fired_and_was_flagged_is_there() {
    let mut desk = Desk::of_five();
    desk.described(Data::Internal).send(Step::OwnerSecurity);
    let back = Command::Return {
        step: Step::OwnerSecurity,
        reason: ReturnReason::MissingEvidence,
        gaps: "The flow to the mail".into(),
        role: Role::Owner,
    };
    desk.must(Role::Security, back);
    let item = one(&of(&desk, None), MatterSort::Returned);
    assert!(item.why.contains("The flow to the mail") && item.since == Some(desk.now), "{}", item.why);
    let threat = desk.add_threat("Injection", (4, 4), &[]);
    desk.must(Role::Security, edit(Kind::Threat, threat, [("flagged", text("yes"))]));
    desk.must(
        Role::Security,
        Command::Propose {
            threat,
            reason: "Few users.".into(),
            condition: "Behind the login.".into(),
            expires: Some(desk.day(90)),
            requester: None,
        },
    );
    desk.must(Role::Governance, add(Kind::Trigger, [("title", text("New model")), ("sort", text("change"))]));
    let trigger = desk.last(Kind::Trigger);
    desk.must(Role::Governance, Command::Fire(trigger, "The vendor swapped it.".into()));
    let agenda = of(&desk, None);
    for sort in [MatterSort::Returned, MatterSort::Flagged, MatterSort::Accept, MatterSort::Triage] {
        let item = one(&agenda, sort);
        assert!(!item.why.is_empty() && !item.what.contains('\n'), "{sort:?}");
    }
    desk.must(Role::Governance, Command::Triage(trigger, Triage::NotMaterial, vec![], "Same model.".into()));
    desk.must(Role::Security, edit(Kind::Threat, threat, [("flagged", text("no"))]));
    let left = sorts(&of(&desk, None));
    assert!(!left.contains(&MatterSort::Triage) && !left.contains(&MatterSort::Flagged), "{left:?}");
}

#[test]
fn what_ends_before_the_next_meeting_is_there_and_the_rest_is_not() {
    let mut desk = Desk::of_five();
    desk.ready(Data::Internal);
    let command = desk.decision(Decision::Conditional, &[("Switch the log on", 10)]);
    desk.must(Role::Signoff, command).pass(Step::SignoffOwner);
    let set = board(&desk);
    desk.must(Role::Owner, meet(MeetingAct::Plan(set, vec![])));
    let first = desk.last(Kind::Meeting);
    assert_eq!(of(&desk, Some(first)).horizon, Some(desk.day(7)), "the series says when the next one is");
    assert_eq!(sorts(&of(&desk, Some(first))), [], "the condition is due after the next meeting");
    // The next one is planned for later: then it falls due before it.
    let later =
        fields([("title", text("Board")), ("series", text("weekly")), ("day", crate::support::date(desk.day(12)))]);
    desk.must(Role::Owner, meet(MeetingAct::Plan(later, vec![])));
    let agenda = of(&desk, Some(first));
    assert_eq!((agenda.horizon, sorts(&agenda)), (Some(desk.day(12)), vec![MatterSort::Condition]));
    desk.wait(360);
    let agenda = of(&desk, None);
    assert!(sorts(&agenda).contains(&MatterSort::Expires), "the clearance ends in days");
}

fn said(agenda: &Agenda, sort: OpinionKind, words: &str) -> Vec<Opined> {
    let item = one(agenda, MatterSort::Decide);
    vec![Opined { key: item.key, sort, text: words.into(), seen: item.content }]
}

#[test]
fn pre_approved_by_enough_is_consent_until_somebody_flags_it_or_it_changes() {
    let (mut desk, id) = opened();
    desk.ready(Data::Internal);
    let before = of(&desk, Some(id));
    for (at, role) in [Role::Owner, Role::Security, Role::Governance].into_iter().enumerate() {
        assert_eq!(
            one(&of(&desk, Some(id)), MatterSort::Decide).section,
            AgendaSection::Decision,
            "{at} are not enough"
        );
        desk.must(role, meet(MeetingAct::Opine(id, said(&before, OpinionKind::Approve, ""), Prose::default())));
    }
    let item = one(&of(&desk, Some(id)), MatterSort::Decide);
    assert!(item.can_be_consented() && item.state == ItemState::PreApproved);
    desk.must(Role::Dpo, meet(MeetingAct::Opine(id, said(&before, OpinionKind::Flag, "Wait."), Prose::default())));
    let flagged = one(&of(&desk, Some(id)), MatterSort::Decide);
    assert!(!flagged.can_be_consented() && flagged.state == ItemState::Flagged);
    assert_eq!(flagged.section, AgendaSection::Decision);
    // Whatever changed since, they approved something else.
    let mut changed = desk.clone();
    changed.must(Role::Dpo, meet(MeetingAct::Opine(id, said(&before, OpinionKind::Approve, ""), Prose::default())));
    assert!(one(&of(&changed, Some(id)), MatterSort::Decide).can_be_consented());
    let threat = changed.threat(2);
    changed.must(Role::Security, edit(Kind::Threat, threat, [("likelihood", int(2))]));
    let item = one(&of(&changed, Some(id)), MatterSort::Decide);
    assert_eq!((item.opinions.approve.len(), item.opinions.outdated.len()), (0, 4));
    assert!(!item.can_be_consented());
}

#[test]
fn what_hands_did_sticks_to_the_item() {
    let (mut desk, id) = opened();
    desk.ready(Data::Internal);
    let item = one(&of(&desk, Some(id)), MatterSort::Decide);
    let as_kept = ItemRef { key: item.key.clone(), title: "Helpdesk".into(), about: desk.dossier.subject };
    let to = Placing { section: Some(AgendaSection::Discussion), position: Some(1), minutes: Some(25) };
    desk.must(Role::Owner, meet(MeetingAct::Place(id, as_kept.clone(), to)));
    let by_hand = ItemRef { key: String::new(), title: "Any other business".into(), about: None };
    desk.must(Role::Owner, meet(MeetingAct::AddItem(id, by_hand, AgendaSection::Discussion, None)));
    desk.wait(1);
    let agenda = of(&desk, Some(id));
    let moved = one(&agenda, MatterSort::Decide);
    assert_eq!((moved.section, moved.minutes), (AgendaSection::Discussion, 25));
    assert_eq!(agenda.items[0].key, item.key, "the first place was given to it");
    assert_eq!(agenda.items[1].what, "Any other business");
    desk.must(Role::Owner, meet(MeetingAct::Mark(id, as_kept, Some(ItemMark::Deferred), "The owner is ill.".into())));
    assert_eq!(one(&of(&desk, Some(id)), MatterSort::Decide).state, ItemState::Deferred);
}

#[test]
fn what_was_not_done_turns_up_by_itself_next_time() {
    let (mut desk, first) = opened();
    desk.ready(Data::Internal);
    let item = one(&of(&desk, Some(first)), MatterSort::Decide);
    let kept = ItemRef { key: item.key.clone(), title: "Helpdesk".into(), about: desk.dossier.subject };
    desk.must(Role::Owner, meet(MeetingAct::Mark(first, kept, Some(ItemMark::Deferred), "The owner is ill.".into())));
    let hand = |title: &str| ItemRef { key: String::new(), title: title.into(), about: None };
    desk.must(Role::Owner, meet(MeetingAct::AddItem(first, hand("The budget"), AgendaSection::Discussion, Some(7))));
    desk.must(Role::Owner, meet(MeetingAct::AddItem(first, hand("The summer"), AgendaSection::Discussion, None)));
    let summer = desk.dossier.agenda_items.iter().find(|i| i.title.as_str() == "The summer").unwrap().key.to_string();
    let done = ItemRef { key: summer, ..hand("The summer") };
    desk.must(Role::Owner, meet(MeetingAct::Mark(first, done, Some(ItemMark::Done), Prose::default())));
    let task = docket::domain::meeting::NewTask {
        text: "Ask the vendor".into(),
        owner: Some(desk.who(Role::Security)),
        due: Some(desk.day(3)),
        meeting: Some(first),
        key: String::new(),
        about: None,
    };
    desk.must(Role::Owner, meet(MeetingAct::AddTask(task)));
    desk.must(Role::Owner, meet(MeetingAct::Close(first)));
    desk.wait(7);
    let set = board(&desk);
    desk.must(Role::Owner, meet(MeetingAct::Plan(set, vec![])));
    let next = of(&desk, Some(desk.last(Kind::Meeting)));
    let deferred = one(&next, MatterSort::Decide);
    assert!(deferred.why.contains("deferred on") && deferred.why.contains("ill"), "{}", deferred.why);
    assert_eq!(deferred.state, ItemState::Ready);
    let budget = one(&next, MatterSort::Hand);
    assert_eq!((budget.what.as_str(), budget.minutes), ("The budget", 7));
    assert_eq!(next.items.iter().filter(|i| i.sort == MatterSort::Hand).count(), 1, "what was discussed is done");
    let action = one(&next, MatterSort::Task);
    assert!(action.why.contains("was due") && action.section == AgendaSection::FollowUp, "{}", action.why);
    let minutes = one(&next, MatterSort::Minutes);
    assert_eq!(minutes.section, AgendaSection::Consent);
}

#[test]
fn the_item_that_is_on_says_so_and_what_was_decided_is_done() {
    let (mut desk, id) = opened();
    desk.ready(Data::Internal);
    let item = one(&of(&desk, Some(id)), MatterSort::Decide);
    let kept = ItemRef { key: item.key.clone(), title: "Helpdesk".into(), about: desk.dossier.subject };
    desk.must(Role::Owner, meet(MeetingAct::TakeUp(id, Some(kept), None)));
    assert_eq!(one(&of(&desk, Some(id)), MatterSort::Decide).state, ItemState::Now);
    let proceed = desk.proceed();
    desk.must(Role::Signoff, proceed);
    let done = one(&of(&desk, Some(id)), MatterSort::Decide);
    assert!(done.state == ItemState::Done && !done.waits, "it waits for nothing any more");
}

#[test]
fn alone_it_is_a_queue_without_ceremony() {
    let mut desk = Desk::of_one();
    desk.described(Data::Internal);
    let set = board(&desk);
    desk.must(Role::Owner, meet(MeetingAct::OpenNow(set)));
    let made = of(&desk, Some(desk.last(Kind::Meeting)));
    assert!(made.is_alone() && made.quorum == 1 && made.present() == 1);
    let presence: Vec<_> = made.attendees.iter().map(|(.., presence)| *presence).collect();
    assert_eq!(presence, [Presence::Present]);
    let _: Option<Day> = made.horizon;
}
