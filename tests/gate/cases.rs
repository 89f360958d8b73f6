//! Every gap that the gate can show.

use crate::support::{Data, Desk, add, date, int, list, reference, text};
use crate::{Case, case};
use docket::domain::{
    Kind,
    command::Command,
    decision::{HandoffState, Step},
    fields::Vocabulary,
    people::Role,
    privacy::Privacy,
    system::System,
    value::Value,
};

pub fn all() -> Vec<Case> {
    [roles(), description(), coverage(), threats(), governance(), privacy(), evidence(), signoffs()]
        .into_iter()
        .flatten()
        .collect()
}

fn roles() -> Vec<Case> {
    let mut all: Vec<Case> = Role::REVIEW
        .into_iter()
        .map(|role| {
            let whose = if role == Role::Dpo { Role::Dpo } else { Role::Governance };
            let made = case(1, whose, "Nobody holds the role", move |desk| desk.unassigned(role));
            Case { name: format!("nobody is {}", role.label()), ..made }
        })
        .collect();
    all.push(case(1, Role::Governance, "Nobody holds the role Security team", |desk| {
        let gone = desk.dossier.people[1].id;
        desk.fact(Kind::Person, gone, [("archived", int(1))]);
        desk.people[1] = desk.people[0];
    }));
    all.push(case(1, Role::Owner, "The accountable owner is not a named person", |desk| {
        desk.blank(Kind::System, "owner");
    }));
    all.push(case(1, Role::Owner, "The accountable owner is not a named person", |desk| {
        let gone = desk.person("Past Owner");
        desk.put(Kind::System, "owner", reference(gone));
        desk.fact(Kind::Person, gone, [("archived", int(1))]);
    }));
    all
}

fn description() -> Vec<Case> {
    let needed = System::FIELDS.iter().filter(|field| field.needed && field.id != "owner");
    let mut all: Vec<Case> = needed
        .map(|field| {
            let made = case(2, Role::Owner, "is empty", |desk| desk.blank(Kind::System, field.id));
            Case { name: field.label.to_owned(), ..made }
        })
        .collect();
    all.push(case(2, Role::Owner, "No data flow is described", |desk| desk.without(Kind::Flow)));
    all.push(case(2, Role::Owner, "Data classes of the data flow \"Question\" is empty", |desk| {
        desk.blank(Kind::Flow, "data");
    }));
    all.push(case(2, Role::Owner, "Permissions of the tool \"mail\" is empty", |desk| {
        desk.blank(Kind::Tool, "permissions");
    }));
    all.push(case(2, Role::Owner, "The intake questions are not answered", |desk| {
        for question in docket::domain::library::QUESTIONS {
            desk.blank(Kind::Intake, question);
        }
    }));
    all.push(case(2, Role::Owner, "The intake questions are not answered", |desk| desk.without(Kind::Intake)));
    let step = Step::OwnerSecurity;
    all.extend(leg(2, step, "was not handed to security", "Security has not confirmed that the description"));
    let changed = case(2, Role::Owner, "The description changed after security confirmed it", |desk| {
        desk.put(Kind::System, "purpose", text("Something else."));
        let handed = desk.dossier.handoff(Step::OwnerSecurity).expect("handed over").carried.clone();
        desk.hold_still();
        let id = desk.dossier.handoff(Step::OwnerSecurity).expect("handed over").id;
        desk.fact(Kind::Handoff, id, [("carried", text(&handed.0))]);
    });
    all.push(Case { still: false, ..changed });
    all
}

/// A leg that was never sent, came back, waits to be opened, or was opened and not confirmed.
fn leg(condition: u8, step: Step, unsent: &'static str, waiting: &'static str) -> Vec<Case> {
    let states = [
        (None, step.from(), unsent),
        (Some(HandoffState::Returned), step.from(), unsent),
        (Some(HandoffState::Sent), step.to(), waiting),
        (Some(HandoffState::Received), step.to(), waiting),
    ];
    states
        .into_iter()
        .map(|(state, role, what)| {
            let made = case(condition, role, what, move |desk| desk.moved(step, state));
            Case { name: format!("{} {state:?}", step.label()), ..made }
        })
        .collect()
}

fn coverage() -> Vec<Case> {
    let part = |kind: Kind, what, set: &'static [(&'static str, &'static str)]| {
        case(3, Role::Security, what, move |desk| {
            let id = docket::domain::Id::v7(desk.now.0, [9; 10], 0);
            desk.fact(kind, id, [("name", text("new"))]);
            for (field, value) in set {
                desk.fact(kind, id, [(field, text(value))]);
            }
            if kind == Kind::Flow {
                desk.fact(kind, id, [("data", list(&["personal"]))]);
            }
        })
    };
    vec![
        part(Kind::Flow, "No threat covers the data flow new", &[("origin", "a"), ("target", "b")]),
        part(Kind::Tool, "No threat covers the tool new", &[("permissions", "read")]),
        part(Kind::Connection, "No threat covers the connection new", &[]),
        part(Kind::Model, "No threat covers the model new", &[("provider", "us")]),
        part(Kind::Retrieval, "No threat covers the retrieval source new", &[]),
        case(3, Role::Security, "No threat covers the special category data", |desk| {
            desk.put(Kind::System, "data", list(&["personal", "special"]));
        }),
        case(3, Role::Security, "No threat covers the users: forty agents", users_uncovered),
        case(3, Role::Security, "No threat covers the users: forty agents", |desk| {
            users_uncovered(desk);
            let none = [("subject", text("users")), ("reason", text("They are ours."))];
            desk.must(Role::Security, add(Kind::Considered, none)).hold_still();
            assert_eq!(desk.gaps(), [""; 0], "considered, none, because: covers as well as a threat does");
            desk.without(Kind::Considered);
        }),
        case(3, Role::Security, "No threat covers the users: forty agents", |desk| {
            users_uncovered(desk);
            desk.must(Role::Security, add(Kind::Considered, [("subject", text("users"))]));
        }),
        case(3, Role::Security, "The threat register is empty", |desk| {
            for subject in docket::domain::decision::subjects(&desk.dossier) {
                let none = [("subject", text(&subject.mark)), ("reason", text("Nothing in it."))];
                desk.must(Role::Security, add(Kind::Considered, none));
            }
            desk.without(Kind::Threat);
        }),
    ]
}

fn users_uncovered(desk: &mut Desk) {
    let kept = desk.dossier.threats[0].covers.0.iter().filter(|mark| *mark != "users").cloned().collect();
    desk.fact(Kind::Threat, desk.threat(1), [("covers", Value::List(kept))]);
}

fn threats() -> Vec<Case> {
    let two = |what, field: &'static str, value: Value| {
        case(4, Role::Security, what, move |desk| {
            desk.fact(Kind::Threat, desk.threat(2), [(field, value.clone())]);
        })
    };
    let accept = |what| {
        case(4, Role::Governance, what, |desk| {
            desk.fact(Kind::Threat, desk.threat(2), [("treatment", text("accept"))]);
        })
    };
    vec![
        two("T-2 \"Wrong answer\" is unscored", "likelihood", Value::Null),
        two("T-2 \"Wrong answer\" is unscored", "impact", Value::Null),
        two("T-2 \"Wrong answer\" has no treatment", "treatment", Value::Null),
        two("T-2 \"Wrong answer\" has no treatment", "treatment", text("undecided")),
        two("T-2 \"Wrong answer\" is not applicable without a reason", "treatment", text("not_applicable")),
        accept("T-2 \"Wrong answer\" is to be accepted, and no acceptance is in force"),
        case(4, Role::Governance, "no acceptance is in force", |desk| {
            desk.fact(Kind::Threat, desk.threat(2), [("treatment", text("accept"))]);
            desk.accept(desk.threat(2), 10).expect("accepted");
            desk.wait(11);
        }),
        case(4, Role::Security, "is High and has neither a specified control nor an acceptance", |desk| {
            desk.fact(Kind::Threat, desk.threat(2), [("likelihood", int(4)), ("impact", int(4))]);
        }),
        case(4, Role::Security, "is High and has neither a specified control", |desk| {
            desk.without(Kind::Verification);
            desk.put(Kind::Control, "status", text("proposed"));
        }),
        case(4, Role::Security, "is High and has neither a specified control", |desk| {
            desk.without(Kind::Link);
        }),
    ]
}

fn governance() -> Vec<Case> {
    let side = Step::GovernanceSignoff;
    let mut all = leg(5, Step::SecurityGovernance, "The plan was not handed", "Governance has not confirmed the plan");
    all.extend(leg(5, side, "The hand-off to the sign-off authority is missing", "has not taken up the hand-off"));
    all.push(case(5, Role::Governance, "No re-assessment trigger is registered", |desk| desk.without(Kind::Trigger)));
    all.push(case(5, Role::Governance, "There is no draft disposition", |desk| desk.blank(Kind::Review, "draft")));
    all.push(case(5, Role::Governance, "The draft disposition has no rationale", |desk| {
        desk.blank(Kind::Review, "draft_reason");
    }));
    all
}

fn privacy() -> Vec<Case> {
    let mut all: Vec<Case> = Privacy::FIELDS
        .iter()
        .filter(|field| field.needed)
        .map(|field| {
            let made = case(6, Role::Dpo, "Not assessed yet", |desk| desk.unassessed(field.id));
            Case { name: field.label.to_owned(), ..made }
        })
        .collect();
    all.push(case(6, Role::Dpo, "Not assessed yet: DPO section 6, Accuracy", |desk| desk.unanswered("accuracy")));
    for state in ["missing", "in_progress", "refused"] {
        all.push(case(6, Role::Dpo, "The DPIA is not settled", move |desk| {
            desk.put(Kind::Privacy, "dpia", text(state));
        }));
    }
    all.push(case(6, Role::Dpo, "The DPIA is not settled", |desk| {
        desk.put(Kind::Privacy, "dpia_needed", text("yes"));
        desk.put(Kind::Privacy, "views", text("sought"));
    }));
    all.push(case(6, Role::Dpo, "The DPO has not validated T-3 \"Names in the log\"", |desk| {
        desk.fact(Kind::Threat, desk.threat(3), [("dpo_verdict", Value::Null)]);
    }));
    all.push(case(6, Role::Dpo, "There is no DPO assessment", |desk| desk.without(Kind::Privacy)));
    all.push(case(6, Role::Dpo, "The DPO's advice is missing", |desk| desk.blank(Kind::Privacy, "advice")));
    all.push(case(6, Role::Signoff, "Nobody recorded whether the DPO's advice is followed", |desk| {
        desk.blank(Kind::Privacy, "followed");
    }));
    for answer in ["partly", "not_followed"] {
        all.push(case(6, Role::Signoff, "is not followed in full, and no reason is given", move |desk| {
            desk.put(Kind::Privacy, "followed", text(answer));
        }));
    }
    all.extend(leg(6, Step::SecurityDpo, "The DPO was never asked", "The DPO has not confirmed that there is enough"));
    let side = Step::DpoSignoff;
    all.extend(leg(6, side, "The hand-off to the sign-off authority is missing", "has not taken up the hand-off"));
    all
}

fn evidence() -> Vec<Case> {
    let unproven = |hurt: fn(&mut Desk)| {
        case(7, Role::Security, "C-1 \"Filter the prompt\" claims verified without evidence in date", hurt)
    };
    vec![
        unproven(|desk| desk.without(Kind::Verification)),
        unproven(|desk| desk.put(Kind::Verification, "valid_until", date(desk.day(-1)))),
        unproven(|desk| desk.put(Kind::Verification, "outcome", text("partly"))),
        unproven(|desk| desk.blank(Kind::Verification, "evidence")),
        unproven(|desk| desk.put(Kind::Evidence, "expires", date(desk.day(-1)))),
        unproven(|desk| desk.put(Kind::Evidence, "grade", text("missing"))),
        unproven(|desk| desk.put(Kind::Evidence, "supports", list(&["intent"]))),
        case(7, Role::Security, "F-1 \"A canary comes back\" is open and high, and nothing says", |desk| {
            desk.found("high");
        }),
        case(7, Role::Security, "F-1 \"A canary comes back\" is open and critical, and nothing says", |desk| {
            desk.found("critical");
        }),
        case(7, Role::Security, "F-1 \"A canary comes back\" is open and not rated, and nothing says", |desk| {
            desk.found("high");
            desk.blank(Kind::Finding, "severity");
        }),
        case(7, Role::Security, "The evidence pack is empty", |desk| {
            desk.without(Kind::Evidence);
            desk.put(Kind::Control, "status", text("implemented"));
        }),
        case(7, Role::Owner, "C-1 \"Filter the prompt\" is degraded", |desk| {
            desk.put(Kind::Control, "status", text("degraded"));
        }),
        case(7, Role::Owner, "C-2 \"Filter the prompt\" is failed", |desk| {
            desk.add_control(desk.threat(1));
            desk.put(Kind::Control, "status", text("failed"));
        }),
    ]
}

fn signoffs() -> Vec<Case> {
    let mut all = Vec::new();
    for role in [Role::Owner, Role::Security, Role::Governance, Role::Dpo] {
        all.push(case(8, role, "is missing", move |desk| {
            desk.fact(Kind::Signoff, desk.signoff(role), [("review", Value::Null)]);
        }));
        all.push(case(8, role, "was withdrawn", move |desk| {
            desk.must(role, Command::Unsign("Read it again.".into()));
        }));
        let voided = case(8, role, "was voided by a later change", move |desk| {
            desk.fact(Kind::Signoff, desk.signoff(role), [("content", text(&"0".repeat(64)))]);
        });
        all.push(Case { still: false, ..voided });
    }
    all.push(case(8, Role::Governance, "holds 2 roles, Security team and DPO: the policy wants", |desk| {
        let by = reference(desk.who(Role::Security));
        let dpo = desk.signoff(Role::Dpo);
        desk.fact(Kind::Signoff, dpo, [("person", by)]);
        desk.fact(Kind::Intake, desk.intake(), [("override_tier", text("high"))]);
    }));
    all.push(Case {
        data: Data::Internal,
        ..case(8, Role::Security, "is missing", |desk| {
            let id = desk.signoff(Role::Security);
            desk.fact(Kind::Signoff, id, [("review", Value::Null)]);
        })
    });
    all
}
