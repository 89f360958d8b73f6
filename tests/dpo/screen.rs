//! The DPO's pane, the policy and the hats with real keys.

use crate::hands::{Hands, fields};
use docket::{
    app::{Overlay, Screen, system::Tab},
    domain::{
        Dossier, Id, Kind, Prose,
        command::Command,
        decision::{HandoffState, Step},
        library::dpo_checklist,
        people::Role,
        privacy::{CheckAnswer, sections},
        value::Value,
    },
};

/// A system with personal data, and somebody with all five hats who acts as the DPO.
fn sit() -> (Hands, Id) {
    let mut hands = Hands::sit();
    let id = hands.system(&[("name", "Helpdesk assistant")]);
    let system = hands.dossier(id).system().unwrap().id;
    let set = vec![("data".to_owned(), Value::List(vec!["personal".into()]))];
    hands.done(id, Role::Owner, &Command::Edit { kind: Kind::System, id: system, set, why: Prose::default() });
    hands.add(id, Role::Security, Kind::Threat, &[("title", "Names in the log"), ("personal", "retention")]);
    hands.open(id).keys("r d");
    hands.pressed = 0;
    (hands, id)
}

fn answers(dossier: &Dossier) -> usize {
    dossier.checks.iter().filter(|check| !check.archived && check.answer.is_some()).count()
}

fn open_section(hands: &Hands) -> Option<&'static str> {
    match &hands.session.model.screen {
        Screen::System(screen) if screen.in_section() => screen.dpo.open,
        _ => None,
    }
}

#[test]
fn the_whole_checklist_is_answered_with_about_a_key_a_question() {
    let (mut hands, id) = sit();
    hands.keys("g d enter");
    assert_eq!(open_section(&hands), Some("scope"));
    hands.keys("y y");
    assert_eq!(open_section(&hands), Some("lawful_basis"), "the next section comes by itself");
    // The question that asks for articles has a sheet: contract is the second of six.
    hands.keys("y right space ctrl-s - -");
    assert_eq!(open_section(&hands), Some("special_categories"));
    hands.keys("y y y y y y y y");
    assert_eq!(open_section(&hands), Some("dpia_screening"));
    hands.keys("n n n n n n n n n n");
    assert_eq!(open_section(&hands), Some("threat_validation"));
    // The threat gets its verdict here too.
    hands.keys("y y");
    let threat = hands.dossier(id).threats[0].clone();
    assert!(threat.dpo_verdict.is_some(), "confirmed with a key");
    hands.keys("y y y y y y y y y y y y");
    let dossier = hands.dossier(id);
    let asked = dpo_checklist().checks().len() - 1;
    assert_eq!(answers(&dossier), asked, "every question but the one that is worked out");
    assert!(hands.pressed <= asked + 8, "{} keys for {asked} questions and a threat", hands.pressed);
    let today = hands.session.model.today;
    let open: Vec<_> = sections(&dossier, today).into_iter().filter(|now| !now.is_done()).collect();
    let left: Vec<&str> = open.iter().map(|now| now.section.id.as_str()).collect();
    assert_eq!(left, ["dpia_screening"], "what is decided on the DPIA is not a question");
}

#[test]
fn a_bad_answer_comes_up_again_until_it_is_explained_and_undo_takes_answers_back() {
    let (mut hands, id) = sit();
    hands.keys("g d down down down down down down enter");
    assert_eq!(open_section(&hands), Some("retention"));
    hands.keys("n y");
    let dossier = hands.dossier(id);
    assert_eq!(dossier.checks[0].answer, Some(CheckAnswer::No));
    hands.keys("ctrl-z");
    assert_eq!(answers(&hands.dossier(id)), 1, "one answer is taken back: {}", hands.said());
    hands.keys("esc");
    assert_eq!(open_section(&hands), None);
    hands.keys("up enter up w").text("Nobody ever tried.").keys("ctrl-s");
    let dossier = hands.dossier(id);
    assert!(dossier.checks.iter().any(|check| check.note.as_str() == "Nobody ever tried."), "{:?}", dossier.checks);
}

#[test]
fn one_key_leads_from_the_gap_to_the_section() {
    let (mut hands, id) = sit();
    let answer =
        Command::Answer { check: "DKT-D-002".into(), answer: Some(CheckAnswer::Yes), chosen: Vec::new(), note: None };
    hands.done(id, Role::Dpo, &answer);
    hands.open(id).keys("g k");
    for _ in 0..80 {
        let row = hands.session.model.system().unwrap().selected().map(docket::app::row::Row::text).unwrap_or_default();
        if row.contains("DPO section 11, Transparency") {
            break;
        }
        hands.keys("down");
    }
    hands.keys("enter");
    assert_eq!(open_section(&hands), Some("transparency"), "{}", hands.said());
    hands.keys("y tab");
    assert!(open_section(&hands).is_some(), "Tab goes on to another section");
    hands.keys("esc");
    assert_eq!(hands.session.model.system().unwrap().tab, Tab::Privacy);
}

#[test]
fn the_dpo_returns_on_its_own_while_governance_goes_on() {
    let (mut hands, id) = sit();
    let review = |hands: &Hands, step| hands.dossier(id).handoff(step).and_then(|handoff| handoff.state);
    crate::screen::bring_to_the_join(&mut hands, id);
    assert_eq!(review(&hands, Step::SecurityDpo), Some(HandoffState::Sent));
    hands.open(id).keys("r d g h");
    // To the row of the DPO's leg, opened and sent back with a gap.
    hands.keys("down down a <").keys("tab").text("The provenance of the tickets is missing.").keys("ctrl-s");
    assert_eq!(review(&hands, Step::SecurityDpo), Some(HandoffState::Returned), "{}", hands.said());
    assert_eq!(review(&hands, Step::SecurityGovernance), Some(HandoffState::Sent), "the other side goes on");
    hands.keys("r v");
    hands.keys("up a c y");
    assert_eq!(review(&hands, Step::SecurityGovernance), Some(HandoffState::Completed), "{}", hands.said());
    assert_eq!(review(&hands, Step::SecurityDpo), Some(HandoffState::Returned));
}

/// Described, handed to security, modelled, and sent to both sides, without the keyboard.
fn bring_to_the_join(hands: &mut Hands, id: Id) {
    let dossier = hands.dossier(id);
    let me = dossier.people[0].id.to_string();
    let (system, intake) = (dossier.system().unwrap().id, dossier.intake().unwrap().id);
    let words = [
        ("owner", me.as_str()),
        ("operator", me.as_str()),
        ("purpose", "Answers."),
        ("intended_use", "Drafts."),
        ("restricted_use", "No refunds."),
        ("lifecycle", "pilot"),
        ("environment", "Own cloud."),
        ("users", "forty agents"),
        ("failure", "By hand."),
        ("autonomy", "drafts"),
        ("oversight", "An agent reads."),
        ("pause", "The shift lead"),
        ("documents", "wiki"),
        ("manifest", "yes"),
    ];
    let edit = |kind, id, set: &[(&str, &str)]| Command::Edit { kind, id, set: fields(set), why: Prose::default() };
    hands.done(id, Role::Owner, &edit(Kind::System, system, &words));
    hands.done(id, Role::Owner, &edit(Kind::Intake, intake, &docket::domain::library::QUESTIONS.map(|q| (q, "0"))));
    let mut flow = fields(&[("name", "Question"), ("origin", "Agent"), ("target", "Model")]);
    flow.push(("data".into(), Value::List(vec!["personal".into()])));
    hands.done(id, Role::Owner, &Command::Add { kind: Kind::Flow, set: flow, to: None });
    let send = |step| Command::Send { step, note: "Please.".into(), due: None };
    hands.done(id, Role::Owner, &send(Step::OwnerSecurity));
    hands.done(id, Role::Security, &Command::Confirm(Step::OwnerSecurity));
    let marks =
        docket::domain::decision::subjects(&hands.dossier(id)).into_iter().map(|subject| subject.mark).collect();
    let threat = hands.dossier(id).threats[0].id;
    let mut set = fields(&[("treatment", "mitigate")]);
    set.extend([
        ("covers".into(), Value::List(marks)),
        ("likelihood".into(), Value::Int(2)),
        ("impact".into(), Value::Int(2)),
    ]);
    hands.done(id, Role::Security, &Command::Edit { kind: Kind::Threat, id: threat, set, why: Prose::default() });
    hands.done(id, Role::Security, &send(Step::SecurityGovernance));
    hands.done(id, Role::Security, &send(Step::SecurityDpo));
}

#[test]
fn the_policy_is_set_with_keys_and_holds_at_once() {
    let (mut hands, id) = sit();
    hands.keys("g i");
    assert!(matches!(hands.session.model.overlays.last(), Some(Overlay::Policy(_))));
    // Owner and DPO is the third pair; high is the third tier; the DPO's hat may not set it, the governance lead's may.
    hands.keys("down down right right c ctrl-s y");
    hands.text("The board asked for it.").keys("tab").text("ML").keys("ctrl-s");
    assert!(hands.said().contains("next version"), "{}", hands.said());
    let dossier = hands.dossier(id);
    assert_eq!(dossier.policies[0].rules.0, ["high:owner+dpo=countersign"]);
    assert_eq!(hands.session.model.me.as_ref().unwrap().role, Role::Governance, "the hat is on the screen");
    let shown = &hands.session.model.system().unwrap().dossier.policies;
    assert_eq!(shown.len(), 1, "the system below follows at once");
    hands.keys("esc");
    assert!(hands.session.model.overlays.is_empty());
}

#[test]
fn an_act_of_several_hats_asks_in_which_with_one_key_and_remembers_nothing() {
    let (mut hands, id) = sit();
    hands.add(id, Role::Governance, Kind::Trigger, &[("title", "New model"), ("sort", "change")]);
    hands.open(id).keys("g v");
    for _ in 0..40 {
        let row = hands.session.model.system().unwrap().selected().map(docket::app::row::Row::text).unwrap_or_default();
        if row.contains("New model") {
            break;
        }
        hands.keys("down");
    }
    let role = |hands: &Hands| hands.session.model.me.as_ref().unwrap().role;
    for (key, wanted) in [("o", Role::Owner), ("a", Role::Signoff)] {
        hands.keys("t f");
        assert!(matches!(hands.session.model.overlays.last(), Some(Overlay::Chooser(_))), "asked each time");
        hands.keys(key);
        assert_eq!(role(&hands), wanted);
        assert!(hands.session.model.writing().is_some(), "the sheet is there, in this hat");
        hands.keys("esc");
    }
    hands.keys("t f enter");
    assert_eq!(role(&hands), Role::Signoff, "Enter takes the hat that is worn");
    // What belongs to one hat alone is not asked about.
    hands.keys("esc g s r o s");
    assert!(!matches!(hands.session.model.overlays.last(), Some(Overlay::Chooser(_))));
}
