//! The rules of a meeting, one by one.

use crate::support::{Desk, MINUTE, date, fields, int, reference, text};
use docket::domain::{
    Dossier, Id, Kind, Line, Prose, Rule,
    command::{Command, Fields},
    decision::Step,
    fields::{Moment, Who},
    meeting::{
        AgendaSection, ItemMark, ItemRef, MeetingAct, NewTask, Opined, OpinionKind, Placing, Presence, StanceKind, fit,
        quorum, quorum_because,
    },
    people::{Role, Stamp},
    value::Value,
    verb::Verb,
};

pub fn meet(act: MeetingAct) -> Command {
    Command::Meet(act)
}

pub fn board(desk: &Desk) -> Fields {
    fields([("title", text("Board")), ("series", text("weekly")), ("every", int(7)), ("day", date(desk.today()))])
}

pub fn item(n: u8) -> ItemRef {
    ItemRef { key: format!("hand/{}", Id([n; 16])), title: Line::new("Something"), about: Some(Id([0xee; 16])) }
}

/// Five people are invited, the owner opens it and so leads it.
pub fn opened() -> (Desk, Id) {
    let mut desk = Desk::of_five();
    let invited = desk.people.to_vec();
    let plan = meet(MeetingAct::Plan(board(&desk), invited));
    desk.must(Role::Owner, plan);
    let id = desk.last(Kind::Meeting);
    desk.must(Role::Owner, meet(MeetingAct::Open(id)));
    (desk, id)
}

fn meeting(desk: &Desk, id: Id) -> &docket::domain::meeting::Meeting {
    desk.dossier.meeting(id).unwrap()
}

#[test]
fn a_meeting_has_a_title_a_day_and_whole_numbers() {
    let mut desk = Desk::of_five();
    desk.refused(Role::Owner, meet(MeetingAct::Plan(fields([("title", text("Board"))]), vec![])), Rule::Incomplete);
    let mut with = |field: &'static str, value| {
        let mut set = board(&desk);
        set.push((field.to_owned(), value));
        desk.refused(
            Role::Owner,
            meet(MeetingAct::Plan(set, vec![])),
            match field {
                "closed_at" => Rule::SetByRule,
                _ => Rule::BadValue,
            },
        );
    };
    with("quorum", int(0));
    with("starts", text("noon"));
    with("closed_at", int(1));
    let stranger = vec![Id([0x77; 16])];
    let set = board(&desk);
    desk.refused(Role::Owner, meet(MeetingAct::Plan(set, stranger)), Rule::Unknown);
}

#[test]
fn only_people_of_the_record_take_part() {
    let mut desk = Desk::of_five();
    let set = board(&desk);
    desk.refused_to(Role::Owner, Id([0x77; 16]), meet(MeetingAct::OpenNow(set)), Rule::RoleNotHeld);
    // The hat does not matter: a meeting is attended by people.
    let (auditor, set) = (desk.person("Anna Auditor"), board(&desk));
    desk.act(Role::Auditor, auditor, meet(MeetingAct::OpenNow(set))).unwrap();
}

#[test]
fn one_meeting_runs_at_a_time_and_what_is_over_stays() {
    let (mut desk, id) = opened();
    let set = board(&desk);
    desk.refused(Role::Owner, meet(MeetingAct::OpenNow(set)), Rule::WrongState);
    desk.refused(Role::Owner, meet(MeetingAct::Open(id)), Rule::WrongState);
    desk.refused(Role::Owner, meet(MeetingAct::Cancel(id, "Ill.".into())), Rule::WrongState);
    desk.must(Role::Owner, meet(MeetingAct::Close(id)));
    for act in [
        MeetingAct::Close(id),
        MeetingAct::Open(id),
        MeetingAct::TakeUp(id, Some(item(1)), None),
        MeetingAct::Mark(id, item(1), Some(ItemMark::Skipped), Prose::default()),
        MeetingAct::Place(id, item(1), Placing { position: Some(1), ..Placing::default() }),
        MeetingAct::Change(id, fields([("title", text("Other"))])),
        MeetingAct::Pause(id),
    ] {
        desk.refused(Role::Owner, meet(act), Rule::WrongState);
    }
    // A line may be added until the minutes are approved; an outcome never.
    desk.must(Role::Owner, meet(MeetingAct::Remark(id, String::new(), "It was warm.".into())));
}

#[test]
fn the_chair_leads_while_present() {
    let (mut desk, id) = opened();
    let sam = desk.who(Role::Security);
    desk.must(Role::Owner, meet(MeetingAct::Attend(id, vec![(sam, Presence::Present)], None)));
    for act in [MeetingAct::TakeUp(id, Some(item(1)), None), MeetingAct::Pause(id), MeetingAct::Close(id)] {
        desk.refused(Role::Security, meet(act), Rule::RoleMayNot);
    }
    let chair = desk.who(Role::Owner);
    desk.must(Role::Owner, meet(MeetingAct::Attend(id, vec![(chair, Presence::Absent)], None)));
    desk.must(Role::Security, meet(MeetingAct::TakeUp(id, Some(item(1)), None)));
}

#[test]
fn clocks_are_points_in_time() {
    let (mut desk, id) = opened();
    desk.must(Role::Owner, meet(MeetingAct::TakeUp(id, Some(item(1)), None)));
    desk.now = Moment(desk.now.0 + 4 * MINUTE);
    desk.must(Role::Owner, meet(MeetingAct::Pause(id)));
    desk.refused(Role::Owner, meet(MeetingAct::Pause(id)), Rule::WrongState);
    let row = desk.dossier.item_of(id, &item(1).key).unwrap().clone();
    assert_eq!((row.spent, row.running_since), (Some(5 * MINUTE), None));
    desk.now = Moment(desk.now.0 + 60 * MINUTE);
    desk.must(Role::Owner, meet(MeetingAct::Resume(id)));
    desk.must(Role::Owner, meet(MeetingAct::TakeUp(id, Some(item(2)), Some(ItemMark::Skipped))));
    let row = desk.dossier.item_of(id, &item(1).key).unwrap();
    assert_eq!((row.spent, row.running_since), (Some(6 * MINUTE), None), "the pause does not count");
    assert_eq!(row.mark, Some(ItemMark::Skipped), "a skip is recorded");
    let next = desk.dossier.item_of(id, &item(2).key).unwrap();
    assert_eq!((next.spent, next.running_since), (None, Some(desk.now)));
    desk.must(Role::Owner, meet(MeetingAct::Close(id)));
    let over = meeting(&desk, id);
    assert!(over.running_since.is_none() && over.closed_at == Some(desk.now));
}

#[test]
fn to_defer_and_to_drop_needs_a_reason_and_to_dissent_as_well() {
    let (mut desk, id) = opened();
    for mark in [ItemMark::Deferred, ItemMark::Dropped] {
        let act = MeetingAct::Mark(id, item(1), Some(mark), Prose::default());
        desk.refused(Role::Owner, meet(act), Rule::ReasonNeeded);
    }
    desk.must(Role::Owner, meet(MeetingAct::Mark(id, item(1), Some(ItemMark::Skipped), Prose::default())));
    let me = desk.who(Role::Owner);
    let stand = |who, stance, why: &str| meet(MeetingAct::Stand(id, item(1).key, who, stance, why.into()));
    desk.refused(Role::Owner, stand(me, StanceKind::Dissents, ""), Rule::ReasonNeeded);
    desk.refused(Role::Owner, stand(desk.who(Role::Dpo), StanceKind::Abstains, ""), Rule::Unknown);
    desk.must(Role::Owner, stand(me, StanceKind::Dissents, "Too early."));
    desk.must(Role::Owner, stand(me, StanceKind::Abstains, ""));
    assert_eq!(desk.dossier.stances_of(id).count(), 1, "one person says one thing to an item");
}

#[test]
fn an_action_says_what_who_and_until_when() {
    let (mut desk, id) = opened();
    let whole = NewTask {
        text: Line::new("Write it down"),
        owner: Some(desk.who(Role::Dpo)),
        due: Some(desk.day(7)),
        meeting: Some(id),
        key: String::new(),
        about: None,
    };
    for broken in [
        NewTask { owner: None, ..whole.clone() },
        NewTask { due: None, ..whole.clone() },
        NewTask { text: Line::default(), ..whole.clone() },
    ] {
        desk.refused(Role::Owner, meet(MeetingAct::AddTask(broken)), Rule::Incomplete);
    }
    let past = NewTask { due: Some(desk.day(-1)), ..whole.clone() };
    desk.refused(Role::Owner, meet(MeetingAct::AddTask(past)), Rule::BadValue);
    desk.must(Role::Owner, meet(MeetingAct::AddTask(whole)));
    let task = desk.last(Kind::Task);
    desk.must(Role::Dpo, meet(MeetingAct::EndTask(task, "It is in the wiki.".into())));
    desk.refused(Role::Dpo, meet(MeetingAct::EndTask(task, Prose::default())), Rule::WrongState);
}

#[test]
fn minutes_are_approved_once_at_the_next_meeting_with_a_quorum() {
    let (mut desk, first) = opened();
    let approve = |within| meet(MeetingAct::Approve(first, within));
    desk.refused(Role::Owner, approve(None), Rule::WrongState);
    desk.must(Role::Owner, meet(MeetingAct::Close(first)));
    desk.refused(Role::Owner, approve(None), Rule::WrongState);
    let (set, all) = (board(&desk), desk.people.to_vec());
    desk.must(Role::Owner, meet(MeetingAct::Plan(set, all.clone())));
    let next = desk.last(Kind::Meeting);
    desk.refused(Role::Owner, approve(Some(next)), Rule::WrongState);
    desk.must(Role::Owner, meet(MeetingAct::Open(next)));
    desk.refused(Role::Owner, approve(Some(next)), Rule::NoQuorum);
    let here = all.iter().take(3).map(|who| (*who, Presence::Present)).collect();
    desk.must(Role::Owner, meet(MeetingAct::Attend(next, here, None)));
    desk.must(Role::Owner, approve(Some(next)));
    desk.refused(Role::Owner, approve(Some(next)), Rule::WrongState);
    desk.refused(Role::Owner, meet(MeetingAct::Remark(first, String::new(), "Late.".into())), Rule::WrongState);
}

#[test]
fn a_flag_and_a_comment_say_something_and_nothing_is_no_batch() {
    let (mut desk, id) = opened();
    let said = |sort, text: &str| Opined { key: item(1).key, sort, text: text.into(), seen: "x".into() };
    desk.refused(Role::Dpo, meet(MeetingAct::Opine(id, vec![], "Note.".into())), Rule::NothingChanged);
    let silent = vec![said(OpinionKind::Approve, ""), said(OpinionKind::Flag, "")];
    desk.refused(Role::Dpo, meet(MeetingAct::Opine(id, silent, "Note.".into())), Rule::Incomplete);
    assert_eq!(desk.dossier.opinions.len(), 0, "a batch is there whole or not at all");
    let both = vec![said(OpinionKind::Approve, ""), said(OpinionKind::Comment, "Nice.")];
    desk.must(Role::Dpo, meet(MeetingAct::Opine(id, both, "Note.".into())));
    desk.must(Role::Dpo, meet(MeetingAct::Opine(id, vec![said(OpinionKind::Flag, "Wait.")], Prose::default())));
    let mine: Vec<_> = desk.dossier.opinions.iter().map(|o| o.sort.unwrap()).collect();
    assert_eq!(mine, [OpinionKind::Flag, OpinionKind::Comment], "a flag takes the place of the approval");
}

fn stamp(desk: &Desk, role: Role, meeting: Id) -> Stamp {
    Stamp { meeting: Some(meeting), ..desk.stamp(role, desk.who(role)) }
}

fn fits(desk: &Desk, role: Role, meeting: Id, verb: Verb) -> Option<Rule> {
    let record: &Dossier = &desk.dossier;
    fit(record, Some(Id([0xee; 16])), verb, &stamp(desk, role, meeting)).err().map(|refusal| refusal.rule)
}

#[test]
fn a_decision_in_a_meeting_needs_a_quorum_of_people_who_are_there_and_not_recused() {
    let (mut desk, id) = opened();
    assert_eq!(quorum(&desk.dossier, meeting(&desk, id)), 3, "more than half of the five that are invited");
    assert_eq!(fits(&desk, Role::Owner, id, Verb::Decide), Some(Rule::NoQuorum));
    assert_eq!(fits(&desk, Role::Owner, id, Verb::Add(Kind::Threat)), None, "work goes on without a quorum");
    let here = desk.people[..3].iter().map(|who| (*who, Presence::Present)).collect();
    desk.must(Role::Owner, meet(MeetingAct::Attend(id, here, None)));
    for verb in [Verb::Decide, Verb::AcceptRisk, Verb::Triage, Verb::Return(Step::GovernanceSignoff)] {
        assert_eq!(fits(&desk, Role::Owner, id, verb), None);
        assert_eq!(fits(&desk, Role::Dpo, id, verb), Some(Rule::NoQuorum), "the DPO is not there");
    }
    desk.must(Role::Owner, meet(MeetingAct::TakeUp(id, Some(item(1)), None)));
    let sam = desk.who(Role::Security);
    desk.must(Role::Owner, meet(MeetingAct::Stand(id, item(1).key, sam, StanceKind::Recused, Prose::default())));
    assert_eq!(fits(&desk, Role::Security, id, Verb::Decide), Some(Rule::Recused));
    assert_eq!(fits(&desk, Role::Owner, id, Verb::Decide), None);
    desk.refused(Role::Owner, meet(MeetingAct::Change(id, fields([("quorum", int(4))]))), Rule::ReasonNeeded);
    let four = fields([("quorum", int(4)), ("quorum_reason", text("Two of us are new."))]);
    desk.must(Role::Owner, meet(MeetingAct::Change(id, four)));
    assert_eq!(fits(&desk, Role::Owner, id, Verb::Decide), Some(Rule::NoQuorum));
    desk.must(Role::Owner, meet(MeetingAct::Close(id)));
    assert_eq!(fits(&desk, Role::Owner, id, Verb::Decide), Some(Rule::WrongState));
}

/// The policy of the record in its next version, with this quorum.
fn policy(desk: &mut Desk, quorum: &str) {
    let rules = if quorum.is_empty() { vec![] } else { vec![format!("quorum={quorum}")] };
    let command = Command::SetPolicy { rules, reason: "So we agreed.".into() };
    desk.alone(Role::Governance, command).unwrap();
}

/// How many have to be there, and why.
fn asked(desk: &Desk, id: Id) -> (usize, String) {
    let meeting = meeting(desk, id);
    (quorum(&desk.dossier, meeting), quorum_because(&desk.dossier, meeting))
}

#[test]
fn the_quorum_is_the_policys_in_the_version_of_the_opening_and_a_meeting_that_differs_says_why() {
    let (mut desk, first) = opened();
    assert_eq!(asked(&desk, first), (3, "more than half of those invited".to_owned()));
    policy(&mut desk, "2");
    assert_eq!(asked(&desk, first).0, 3, "a meeting that runs goes on as it was opened");
    desk.must(Role::Owner, meet(MeetingAct::Close(first)));
    let (set, all) = (board(&desk), desk.people.to_vec());
    desk.must(Role::Owner, meet(MeetingAct::Plan(set, all)));
    let next = desk.last(Kind::Meeting);
    assert_eq!(asked(&desk, next), (2, "version 1 of the policy".to_owned()));
    policy(&mut desk, "4");
    assert_eq!(asked(&desk, next), (4, "version 2 of the policy".to_owned()), "until it is opened it follows");
    desk.must(Role::Owner, meet(MeetingAct::Open(next)));
    policy(&mut desk, "");
    assert_eq!(asked(&desk, next), (4, "version 2 of the policy".to_owned()), "from then on it does not");
    let here = desk.people[..3].iter().map(|who| (*who, Presence::Present)).collect();
    desk.must(Role::Owner, meet(MeetingAct::Attend(next, here, None)));
    assert_eq!(fits(&desk, Role::Owner, next, Verb::Decide), Some(Rule::NoQuorum), "three of four");
    // This meeting alone needs another number, and says why.
    let only = |why: &str| meet(MeetingAct::Change(next, fields([("quorum", int(3)), ("quorum_reason", text(why))])));
    desk.refused(Role::Owner, only(""), Rule::ReasonNeeded);
    desk.must(Role::Owner, only("Holidays."));
    assert_eq!(asked(&desk, next), (3, "said for this meeting, because: Holidays.".to_owned()));
    assert_eq!(fits(&desk, Role::Owner, next, Verb::Decide), None);
    let silent = fields([("quorum_reason", Value::Null)]);
    desk.refused(Role::Owner, meet(MeetingAct::Change(next, silent)), Rule::ReasonNeeded);
    let policys = fields([("quorum", Value::Null), ("quorum_reason", Value::Null)]);
    desk.must(Role::Owner, meet(MeetingAct::Change(next, policys)));
    assert_eq!(asked(&desk, next).0, 4);
    let mut planned = board(&desk);
    planned.push(("quorum".to_owned(), int(1)));
    desk.refused(Role::Owner, meet(MeetingAct::Plan(planned.clone(), vec![])), Rule::ReasonNeeded);
    planned.push(("quorum_reason".to_owned(), text("One decides.")));
    desk.must(Role::Owner, meet(MeetingAct::Plan(planned, vec![])));
}

#[test]
fn nothing_of_a_meeting_is_set_by_hand() {
    let (mut desk, id) = opened();
    for kind in [Kind::Meeting, Kind::Attendee, Kind::AgendaItem, Kind::Stance, Kind::Task, Kind::Remark, Kind::Opinion]
    {
        let set = fields([("meeting", reference(id))]);
        let add = Command::Add { kind, set: set.clone(), to: None };
        for role in Role::REVIEW {
            assert!(desk.by(role, add.clone()).is_err(), "{kind:?}");
        }
    }
    let withdraw = Command::Withdraw { kind: Kind::Meeting, id, why: "No.".into() };
    assert!(desk.by(Role::Owner, withdraw).is_err());
    let who: Option<Who> = meeting(&desk, id).chair;
    assert_eq!(who.map(|who| who.0), Some(desk.who(Role::Owner)), "whoever opens it leads it");
    let by_hand = meet(MeetingAct::AddItem(id, item(3), AgendaSection::Discussion, Some(5)));
    desk.must(Role::Owner, by_hand);
}
