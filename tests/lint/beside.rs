//! Cases of the rules about the calendar, the inventory, people and things that are alike.

use docket::domain::{Kind, library::threats, lint::Rule, people::Role, value::Value};

use crate::cases::{Case, avoided, case, on};
use crate::planned;
use crate::support::{Data, Desk, add, date, int, list, reference, text};

pub fn beside() -> impl Iterator<Item = Case> {
    [overdue(), context(), people(), twins()].into_iter().flatten()
}

fn overdue() -> Vec<Case> {
    vec![
        case(
            Rule::ThreatOverdue,
            "T-2 \"Wrong answer\" was to be treated by",
            |desk| on(desk, 2, [("due", date(desk.day(-1)))]),
            |desk| on(desk, 2, [("due", date(desk.today()))]),
        ),
        case(
            Rule::ThreatOverdue,
            "and it is still open",
            |desk| on(desk, 2, [("due", date(desk.day(-1)))]),
            |desk| {
                desk.verify(desk.control(2), desk.last(Kind::Evidence), desk.day(300));
            },
        ),
        case(
            Rule::ControlOverdue,
            "C-2 \"Answer from the manual only\" had to be there by",
            |desk| {
                let late = [("due", date(desk.day(-1))), ("status", text("in_progress"))];
                desk.fact(Kind::Control, desk.control(2), late);
            },
            |desk| {
                desk.fact(Kind::Control, desk.control(2), [("status", text("implemented"))]);
            },
        ),
        case(
            Rule::ReleaseOverdue,
            "Release 1.2 was planned for",
            |desk| {
                desk.put(Kind::System, "lifecycle", text("development"));
                let planned = ("planned", date(desk.day(-1)));
                desk.must(Role::Owner, add(Kind::Release, [("version", text("1.2")), planned]));
            },
            |desk| desk.put(Kind::System, "lifecycle", text("production")),
        ),
        case(
            Rule::DecisionOverdue,
            "A decision was wanted by",
            |desk| desk.put(Kind::Review, "due", date(desk.day(-1))),
            |desk| desk.blank(Kind::Review, "due"),
        ),
    ]
}

fn context() -> Vec<Case> {
    let touched = case(
        Rule::PersonalWithoutData,
        "T-2 \"Wrong answer\" touches personal data, and the inventory names none",
        |desk| on(desk, 2, [("personal", text("retention"))]),
        |desk| on(desk, 2, [("personal", Value::Null)]),
    );
    vec![
        case(
            Rule::AdvisedUnvalidated,
            "said nothing of T-3 \"Names in the log\"",
            |desk| on(desk, 3, [("dpo_verdict", Value::Null)]),
            |desk| on(desk, 3, [("dpo_verdict", text("confirmed"))]),
        ),
        Case { data: Data::Internal, ..touched },
        case(
            Rule::ConsideredAndCovered,
            "The tool \"mail\" was considered to have no threat, and T-1 \"Injection\" covers it",
            |desk| {
                let tool = desk.last(Kind::Tool).to_string();
                let none = [("subject", text(&tool)), ("reason", text("It sends nothing."))];
                desk.must(Role::Security, add(Kind::Considered, none));
            },
            |desk| desk.without(Kind::Considered),
        ),
        case(
            Rule::CoversWithdrawn,
            "The tool \"mail\" is not part of the system any more, and T-1 \"Injection\" still covers it",
            |desk| desk.without(Kind::Tool),
            |desk| desk.put(Kind::Tool, "archived", Value::Null),
        ),
        case(
            Rule::CoversWithdrawn,
            "The class \"children\" of data is not part of the system any more",
            |desk| on(desk, 2, [("covers", list(&["data:children"]))]),
            |desk| on(desk, 2, [("covers", list(&["users"]))]),
        ),
        case(
            Rule::LibraryFactGone,
            "of the library, which is for systems with \"Retrieves knowledge\"",
            |desk| {
                let entry = threats().all().iter().find(|entry| entry.applies_when == ["uses_rag"]);
                on(desk, 2, [("library", text(&entry.expect("an entry for retrieval").id))]);
            },
            |desk| {
                desk.must(Role::Owner, add(Kind::Retrieval, [("name", text("the manual"))]));
            },
        ),
    ]
}

fn people() -> Vec<Case> {
    let left = |desk: &mut Desk| {
        let gone = desk.person("Past Person");
        desk.fact(Kind::Person, gone, [("archived", int(1))]);
        reference(gone)
    };
    vec![
        case(
            Rule::FlaggedWithoutOwner,
            "T-2 \"Wrong answer\" is to be talked about by the board",
            |desk| on(desk, 2, [("flagged", text("yes"))]),
            |desk| on(desk, 2, [("owner", reference(desk.who(Role::Security)))]),
        ),
        case(
            Rule::OwnerWithdrawn,
            "Past Person sees to T-2 \"Wrong answer\"",
            move |desk| {
                let gone = left(desk);
                on(desk, 2, [("owner", gone)]);
            },
            |desk| on(desk, 2, [("owner", Value::Null)]),
        ),
        case(
            Rule::OwnerWithdrawn,
            "Past Person sees to C-2",
            move |desk| {
                let gone = left(desk);
                desk.fact(Kind::Control, desk.control(2), [("owner", gone)]);
            },
            |desk| {
                desk.fact(Kind::Control, desk.control(2), [("owner", Value::Null)]);
            },
        ),
    ]
}

fn twins() -> Vec<Case> {
    vec![
        case(
            Rule::ThreatsAlike,
            "T-4 \"An answer that is wrong\" says nearly the same as T-2 \"Wrong answer\"",
            |desk| {
                avoided(desk, "An answer that is wrong");
            },
            |desk| on(desk, 4, [("component", text("Billing"))]),
        ),
        case(
            Rule::ControlsAlike,
            "C-4 \"Filter of prompts\" says nearly the same as C-1 \"Filter the prompt\"",
            |desk| planned(desk, 2, "Filter of prompts"),
            |desk| desk.put(Kind::Control, "title", text("Filter the answers")),
        ),
    ]
}
