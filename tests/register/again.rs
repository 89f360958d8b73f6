//! The journey goes on: cleared, a data class changes, exactly those who reviewed it lose their sign-off, a delta review,
//! and cleared again. Every key is a real one, and they are counted.

use docket::{
    app::{Overlay, Screen, system::SystemScreen},
    domain::{
        Id, Kind,
        command::Command,
        decision::{
            ClearanceState, Decision, SignoffState, Step, clearance, due_roles, latest_signoff, signoff_state, subjects,
        },
        library::{AnswerKind, dpo_checklist},
        people::Role,
        privacy::Advice,
        value::Value,
    },
};

use crate::{
    checklist::nothing_found,
    hands::{Hands, fields},
};

/// What the owner describes.
const DESCRIBED: [(&str, &str); 12] = [
    ("purpose", "Answer first-line questions."),
    ("intended_use", "Drafts answers from the manual."),
    ("restricted_use", "Never decides on refunds."),
    ("lifecycle", "pilot"),
    ("environment", "Our own cloud, one region."),
    ("users", "forty agents"),
    ("failure", "Agents answer by hand."),
    ("autonomy", "drafts"),
    ("oversight", "An agent reads before sending."),
    ("pause", "The shift lead, at once"),
    ("documents", "wiki/helpdesk"),
    ("manifest", "yes"),
];

/// What the DPO writes.
const ASSESSED: [(&str, &str); 9] = [
    ("lawful_basis", "Contract."),
    ("minimisation", "Names are cut before the prompt."),
    ("purpose_limitation", "Answers only."),
    ("retention", "Thirty days."),
    ("transfers", "None."),
    ("rights", "Through the service desk."),
    ("dpia_needed", "no"),
    ("dpia_reason", "No large scale."),
    ("dpia", "not_needed"),
];

struct Work<'a>(&'a mut Hands, Id);

impl Work<'_> {
    fn must(&mut self, role: Role, command: &Command) {
        self.0.done(self.1, role, command);
    }
    fn edit(&mut self, role: Role, kind: Kind, set: Vec<(String, Value)>) {
        let id = self.last(kind);
        self.must(role, &Command::Edit { kind, id, set, why: "".into() });
    }
    fn add(&mut self, role: Role, kind: Kind, set: Vec<(String, Value)>, to: Option<Id>) {
        self.must(role, &Command::Add { kind, set, to });
    }
    fn last(&self, kind: Kind) -> Id {
        self.0.dossier(self.1).rows(kind).last().unwrap().id()
    }
    fn pass(&mut self, step: Step) {
        self.must(step.from(), &Command::Send { step, note: "".into(), due: None });
        self.must(step.to(), &Command::Confirm(step));
    }
}

fn list(words: &[&str]) -> Value {
    Value::List(words.iter().map(|word| (*word).to_owned()).collect())
}

/// A system that one person in all five hats has brought to its first clearance, without the keyboard.
fn cleared(hands: &mut Hands) -> Id {
    let system = hands.system(&[("name", "Helpdesk assistant")]);
    let me = hands.session.model.me.as_ref().unwrap().person.to_string();
    let mut work = Work(hands, system);
    let mut described = fields(&DESCRIBED);
    described.extend(fields(&[("owner", &me), ("operator", &me)]));
    described.push(("data".into(), list(&["personal"])));
    work.edit(Role::Owner, Kind::System, described);
    let mut flow = fields(&[("name", "Question"), ("origin", "Agent"), ("target", "Model")]);
    flow.push(("data".into(), list(&["personal", "confidential"])));
    work.add(Role::Owner, Kind::Flow, flow, None);
    work.add(Role::Owner, Kind::Tool, fields(&[("name", "mail"), ("permissions", "send")]), None);
    work.edit(
        Role::Owner,
        Kind::Intake,
        docket::domain::library::QUESTIONS.map(|q| (q.to_owned(), "0".into())).to_vec(),
    );
    work.pass(Step::OwnerSecurity);
    let marks = subjects(&work.0.dossier(system)).into_iter().map(|subject| subject.mark).collect();
    let mut threat = fields(&[("title", "Injection"), ("treatment", "mitigate")]);
    threat.extend([("likelihood".into(), Value::Int(3)), ("impact".into(), Value::Int(3))]);
    threat.push(("covers".into(), Value::List(marks)));
    work.add(Role::Security, Kind::Threat, threat, None);
    let evidence = [("title", "Test run"), ("sort", "test"), ("grade", "explicit"), ("place", "ci/42")];
    work.add(Role::Security, Kind::Evidence, fields(&evidence), None);
    work.pass(Step::SecurityDpo);
    let asked = dpo_checklist().checks().iter().filter(|check| check.answer != AnswerKind::ThreatValidation);
    asked.for_each(|check| work.must(Role::Dpo, &nothing_found(check)));
    work.edit(Role::Dpo, Kind::Privacy, fields(&ASSESSED));
    work.must(Role::Dpo, &Command::Advise { advice: Advice::Favourable, text: "Go ahead.".into() });
    work.pass(Step::DpoSignoff);
    work.edit(Role::Signoff, Kind::Privacy, fields(&[("followed", "followed")]));
    work.pass(Step::SecurityGovernance);
    work.add(Role::Governance, Kind::Trigger, fields(&[("title", "New model"), ("sort", "change")]), None);
    let draft = [("draft", "proceed"), ("draft_reason", "The plan carries.")];
    work.edit(Role::Governance, Kind::Review, fields(&draft));
    work.pass(Step::GovernanceSignoff);
    for role in due_roles(&work.0.dossier(system)) {
        work.must(role, &Command::Sign("".into()));
    }
    let today = work.0.session.model.today;
    let (rationale, conditions) = ("Small.".into(), Vec::new());
    let valid_until = Some(today.plus(200));
    work.must(Role::Signoff, &Command::Decide { decision: Decision::Proceed, rationale, conditions, valid_until });
    work.pass(Step::SignoffOwner);
    system
}

fn screen(hands: &Hands) -> &SystemScreen {
    let Screen::System(screen) = &hands.session.model.screen else { panic!("no system is open") };
    screen
}

fn worth(hands: &Hands, system: Id) -> ClearanceState {
    clearance(&hands.dossier(system), hands.session.model.today).state
}

/// The text of a row of the open pane.
fn row(hands: &Hands, with: &str) -> String {
    let found = screen(hands).rows.iter().find(|row| row.text().contains(with));
    found.map_or_else(|| panic!("no row \"{with}\" in {:#?}", all_rows(hands)), docket::app::row::Row::text)
}

fn all_rows(hands: &Hands) -> Vec<String> {
    screen(hands).rows.iter().map(docket::app::row::Row::text).collect()
}

#[test]
fn a_change_after_clearance_is_reviewed_and_cleared_again_in_at_most_sixty_keys() {
    let mut hands = Hands::sit_in_one_hat();
    let system = cleared(&mut hands);
    assert_eq!(worth(&hands, system), ClearanceState::Current);
    hands.open(system);
    let before = hands.pressed;

    // The owner names another class of data.
    hands.keys("r o g o /").text("data classes").keys("enter enter right right space ctrl-s");
    assert_eq!(
        hands.said(),
        "Saved: changed system \"Helpdesk assistant\": Data classes personal → confidential, personal."
    );
    assert_eq!(worth(&hands, system), ClearanceState::Drifted);

    // Exactly the sign-offs of those who review data classes are void; the screen says by which entry.
    let dossier = hands.dossier(system);
    let state = |role| signoff_state(&dossier, latest_signoff(&dossier, role).unwrap());
    let voided: Vec<Role> =
        due_roles(&dossier).into_iter().filter(|role| state(*role) == SignoffState::Voided).collect();
    assert_eq!(voided, [Role::Owner, Role::Dpo]);
    hands.keys("g s");
    let entry = screen(&hands).history[0].n;
    for role in ["System owner", "DPO"] {
        let says = row(&hands, &format!("{role}  ! voided"));
        assert!(
            says.contains(&format!("voided by entry {entry}, Data classes, by Mara Lind (System owner), ")),
            "{says}"
        );
    }
    assert!(!row(&hands, "Security team").contains("voided"));
    hands.keys("v");
    let Some(Overlay::Difference(shown)) = hands.session.model.overlays.last() else { panic!("{}", hands.said()) };
    assert_eq!(shown.lines(76).len(), 3, "{:#?}", shown.lines(76));

    // The next review starts from the last one.
    hands.keys("esc R y");
    let opened = hands.dossier(system);
    assert_eq!(opened.review().unwrap().number, Some(2));
    assert!(due_roles(&opened).into_iter().all(|role| latest_signoff(&opened, role).is_none()));
    assert!(row(&hands, "starts from review 1").ends_with("1 changed"), "{:?}", all_rows(&hands));
    let waits = row(&hands, "Security team  ");
    assert!(waits.contains(" unchanged since review 1; waits for Mara Lind"), "{waits}");

    // What did not change is confirmed together, by each role in one act; opinions are given anew.
    hands.keys("S").text("ML").keys("ctrl-s");
    assert!(hands.said().starts_with("Saved: "), "{}", hands.said());
    hands.keys("r s S").text("ML").keys("ctrl-s");
    hands
        .keys("g v /")
        .text("Draft disposition")
        .keys("enter enter y right tab")
        .text("It still carries.")
        .keys("ctrl-s");
    hands.keys("S").text("ML").keys("ctrl-s");
    hands.keys("g d a y right ctrl-s");
    hands.keys("S").text("ML").keys("ctrl-s");
    hands.keys("g s r a S y /").text("advice was").keys("enter enter right ctrl-s");
    let missing: Vec<_> = screen(&hands).gaps.iter().map(|gap| gap.what.clone()).collect();
    assert_eq!(missing, [""; 0], "{}", hands.said());
    hands.keys("D tab").text("The rest is small.").keys("tab tab tab").text("ML").keys("ctrl-s");
    assert_eq!(worth(&hands, system), ClearanceState::Current, "{}", hands.said());
    let pressed = hands.pressed - before;
    println!("{pressed} keys beside typed text");
    assert!(pressed <= 60, "{pressed} keys");
    assert_eq!(hands.session.desk.verify().unwrap().problems, [""; 0]);
}
