//! What binds of a bundle is asked of the rules once more before it counts: whether it was allowed where it was done, and
//! whether whoever did it holds the role in this record.

use docket::{
    domain::{
        Change, Dossier, Event, Id, Kind, Prose,
        command::Command,
        decision::{
            ClearanceState, Decision, HandoffState, SignoffState, Step, clearance, fingerprint, gaps, latest_signoff,
            signoff_state, snapshot,
        },
        fields::Vocabulary,
        merging::Side,
        people::{Role, Stamp},
        summary::summarise,
    },
    store::{Open, Store},
};

use crate::{
    merge::{Two, set},
    problems, seen,
    support::{Data, Desk as Case, assign, text},
};

/// What the bundle comes to at home, and the record after it was taken in.
fn taken(two: &Two) -> (Vec<String>, Dossier) {
    let desk = two.place.desk("home.docket", two.me);
    let lines = desk.compare(seen(&two.place.at("back.bundle"))).unwrap().lines;
    desk.close().unwrap();
    two.take("back.bundle", "home.docket", |_| Side::Theirs);
    (lines, two.home())
}

/// The sentence with which the bundle is refused at home; nothing is different there afterwards.
fn refused(two: &Two) -> String {
    let before = two.place.whole("home.docket");
    let desk = two.place.desk("home.docket", two.me);
    let says = desk.compare(seen(&two.place.at("back.bundle"))).unwrap_err().to_string();
    desk.close().unwrap();
    assert_eq!(two.place.whole("home.docket"), before);
    assert!(says.contains("Nothing was changed"), "{says}");
    says
}

/// Writes what no rule was asked about into the copy, by whoever is named, in whatever hat.
fn forge(two: &mut Two, (role, person): (Role, Id), event: Event) {
    let case = &mut two.there;
    case.wait(1);
    let mut store = Store::open(&two.place.at("copy.docket"), Open::default()).unwrap();
    let stamp = Stamp { ..case.stamp(role, person) };
    let summarised = |dossier: &Dossier| summarise(dossier, case.today());
    let done = store.transact(Some(case.system()), &stamp, &summarised, |_| Ok::<_, ()>(vec![event]));
    done.unwrap().unwrap();
    store.close().unwrap();
    two.bundle("copy.docket", "back.bundle");
}

/// A decision to proceed, as its event, without a question to anybody.
fn decision(case: &Case, person: Id) -> Event {
    let content = snapshot(&case.dossier, Role::Signoff);
    let set = [
        ("review", text(&case.review().to_string())),
        ("decision", text(Decision::Proceed.code())),
        ("rationale", text("It is well enough.")),
        ("person", text(&person.to_string())),
        ("at", docket::domain::value::Value::Int(case.now.0)),
        ("valid_until", text(&case.day(90).to_string())),
        ("content", text(&fingerprint(&content).0)),
    ];
    let set = set.map(|(field, new)| Change { field: field.into(), old: docket::domain::value::Value::Null, new });
    let (verb, entity) = ("decide".into(), Id([0x77; 16]));
    Event {
        of: Kind::Disposition,
        verb,
        entity,
        set: set.to_vec(),
        why: Prose::default(),
        attach: Some(content.into()),
    }
}

#[test]
fn who_lost_the_role_here_signs_and_decides_nothing_there() {
    let mut two = Two::begin(|case| _ = case.ready(Data::Personal));
    let aron = two.there.who(Role::Signoff);
    let olga = two.here.who(Role::Owner);
    two.here.must(Role::Governance, assign(Role::Signoff, olga));
    two.there.wait(1);
    let proceed = two.there.proceed();
    two.there.must(Role::Signoff, proceed);
    two.send_back();
    let (lines, home) = taken(&two);
    let said = lines.iter().find(|line| line.starts_with("Decision: proceed")).expect("it is told");
    assert!(said.contains("It is set aside. Aron Authority does not hold the role Sign-off authority"), "{said}");
    assert!(lines.iter().any(|line| line.contains("1 act is set aside")), "{lines:?}");
    let strange = "as Sign-off authority, a role that they do not hold in this record.";
    assert!(lines.iter().any(|line| line.ends_with(strange)), "{lines:?}");
    assert!(home.last_disposition().is_none(), "it counts for nothing");
    assert_eq!(clearance(&home, two.there.today()).state, ClearanceState::None);
    assert!(!home.holds(aron, Role::Signoff, two.there.today()));
    // It is there all the same, and the journal says why it counts for nothing.
    assert_eq!(home.dispositions.iter().count(), 1);
}

#[test]
fn a_sign_off_in_a_role_that_is_not_held_here_is_withdrawn() {
    let mut two = Two::begin(|case| {
        case.ready(Data::Personal);
        case.must(Role::Security, Command::Unsign("Once more.".into()));
    });
    let olga = two.here.who(Role::Owner);
    two.here.must(Role::Governance, assign(Role::Security, olga));
    two.there.wait(1).must(Role::Security, Command::Sign("All of it.".into()));
    assert!(two.there.gaps().is_empty(), "{:?}", two.there.gaps());
    two.send_back();
    // Whoever is to take it in holds another role now, too.
    two.me = olga;
    let (_, home) = taken_in(&two, Role::Owner);
    let signoff = latest_signoff(&home, Role::Security).expect("it arrived");
    assert_eq!(signoff_state(&home, signoff), SignoffState::Withdrawn);
    assert!(signoff.withdrawn_why.as_str().contains("Sam Security does not hold the role"), "{signoff:?}");
    let missing =
        |gap: &std::sync::Arc<docket::domain::decision::Gap>| gap.condition == 8 && gap.role == Role::Security;
    assert!(gaps(&home, two.there.today()).iter().any(missing));
}

fn taken_in(two: &Two, role: Role) -> (Vec<String>, Dossier) {
    let mut desk = two.place.desk("home.docket", two.me);
    let compared = desk.compare(seen(&two.place.at("back.bundle"))).unwrap();
    let sides = vec![Side::Theirs; compared.conflicts.len()];
    desk.merge(&compared, &sides, role).unwrap();
    desk.close().unwrap();
    assert_eq!(problems(&two.place.at("home.docket")), Vec::<String>::new());
    (compared.lines.clone(), two.home())
}

#[test]
fn what_nobody_with_the_role_did_is_refused_as_a_whole() {
    let mut two = Two::begin(|case| _ = case.ready(Data::Personal));
    let olga = two.there.who(Role::Owner);
    let event = decision(&two.there, olga);
    forge(&mut two, (Role::Signoff, olga), event);
    let says = refused(&two);
    assert!(says.contains("Decision: proceed") && says.contains("did not hold the role there"), "{says}");
}

#[test]
fn what_names_another_than_its_writer_is_refused_as_a_whole() {
    let mut two = Two::begin(|case| _ = case.ready(Data::Personal));
    let (aron, olga) = (two.there.who(Role::Signoff), two.there.who(Role::Owner));
    let event = decision(&two.there, aron);
    forge(&mut two, (Role::Owner, olga), event);
    assert!(refused(&two).contains("names another person than the one who wrote it"));
}

#[test]
fn a_decision_past_an_open_gate_counts_for_nothing() {
    let mut two = Two::begin(|case| _ = case.planned(Data::Internal));
    let aron = two.there.who(Role::Signoff);
    let event = decision(&two.there, aron);
    forge(&mut two, (Role::Signoff, aron), event);
    let (lines, home) = taken(&two);
    assert!(
        lines.iter().any(|line| line.contains("set aside. It was not allowed where it was done: The gate")),
        "{lines:?}"
    );
    assert!(home.last_disposition().is_none());
}

/// Through the screen no decision is made while a gap is open; one that comes in from elsewhere is none then either.
#[test]
fn each_condition_of_the_gate_holds_against_a_decision_that_comes_in() {
    type Breaks = (u8, fn(&mut Case));
    let all: [Breaks; 8] = [
        (1, |case| case.unassigned(Role::Governance)),
        (2, |case| case.moved(Step::OwnerSecurity, Some(HandoffState::Returned))),
        (3, |case| case.without(Kind::Threat)),
        (4, |case| {
            let first = case.threat(1);
            set(case, Role::Security, first, "likelihood", docket::domain::value::Value::Null);
        }),
        (5, |case| case.moved(Step::GovernanceSignoff, Some(HandoffState::Returned))),
        (6, |case| case.moved(Step::DpoSignoff, Some(HandoffState::Returned))),
        (7, |case| case.without(Kind::Evidence)),
        (8, |case| _ = case.must(Role::Dpo, Command::Unsign("Not yet.".into()))),
    ];
    for (condition, breaks) in all {
        let mut two = Two::begin(|case| _ = case.ready(Data::Personal));
        breaks(&mut two.here);
        assert!(two.here.gate().iter().any(|gap| gap.condition == condition), "{condition}: {:?}", two.here.gaps());
        two.there.wait(1);
        let proceed = two.there.proceed();
        two.there.must(Role::Signoff, proceed);
        two.send_back();
        let (lines, home) = taken(&two);
        let today = two.there.today();
        assert_ne!(clearance(&home, today).state, ClearanceState::Current, "condition {condition}: {lines:?}");
        assert!(!gaps(&home, today).is_empty(), "condition {condition}");
    }
}

#[test]
fn an_auditor_reads_and_takes_nothing_in() {
    let mut two = Two::begin(|case| {
        case.planned(Data::Internal);
        let auditor = case.person("Ada Auditor");
        case.must(Role::Governance, assign(Role::Auditor, auditor));
    });
    let first = two.here.threat(1);
    set(&mut two.there, Role::Security, first, "title", text("As elsewhere"));
    two.send_back();
    let before = two.place.whole("home.docket");
    let ada = two.here.dossier.people.iter().find(|person| person.name.as_str() == "Ada Auditor").unwrap().id;
    let mut desk = two.place.desk("home.docket", ada);
    let compared = desk.compare(seen(&two.place.at("back.bundle"))).unwrap();
    let says = desk.merge(&compared, &[], Role::Auditor).unwrap_err().to_string();
    assert!(says.contains("The Auditor may not do this"), "{says}");
    desk.close().unwrap();
    assert_eq!(two.place.whole("home.docket"), before);
}
