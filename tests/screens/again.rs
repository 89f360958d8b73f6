//! What changed since it was signed, a review that starts from the last one, and confirming it again.

use std::sync::Arc;

use docket::{
    app::{
        Me, Model, Screen,
        system::{SystemScreen, Tab},
    },
    domain::{
        Change, Dossier, Event, Id, Kind, Prose,
        decision::{
            Past, Reviewed, fingerprint, latest_signoff, reviewed_by, since_reviewed, since_signed, snapshot,
            starts_from, void,
        },
        people::Role,
        value::Value,
    },
    keymap::Action,
};

use crate::{sample, scenes::press};

fn fact(dossier: &mut Dossier, (of, entity): (Kind, Id), set: &[(&str, Value)]) -> Event {
    let old = |field: &str| dossier.find(of, entity).map_or(Value::Null, |row| row.get(field));
    let change =
        |(field, new): &(&str, Value)| Change { field: (*field).to_owned(), old: old(field), new: new.clone() };
    let set = set.iter().map(change).collect();
    let event = Event { of, verb: "edit".into(), entity, set, why: Prose::default(), attach: None };
    dossier.apply(&event);
    event
}

fn text(text: &str) -> Value {
    Value::from(text)
}

/// Everybody signed Contract Copilot as it is.
fn sign(dossier: &mut Dossier, n: u8) {
    let review = dossier.review().unwrap().id;
    for (role, n) in [Role::Owner, Role::Security, Role::Governance, Role::Dpo].into_iter().zip(n..) {
        let set = [
            ("review", text(&review.to_string())),
            ("role", text(docket::domain::fields::Vocabulary::code(role))),
            ("name", text("M. Rossi, Security lead")),
            ("at", Value::Int(sample::morning("2026-11-20").0)),
            ("statement", text("I stand by it.")),
            ("content", text(&fingerprint(&snapshot(dossier, role)).0)),
        ];
        fact(dossier, (Kind::Signoff, Id([n; 16])), &set);
    }
}

/// What the owner changed afterwards: a class of data, the purpose, and one tool more.
fn change(dossier: &mut Dossier) -> Vec<Past> {
    let system = dossier.system().unwrap().id;
    let classes = Value::List(vec!["confidential".into(), "personal".into(), "special".into()]);
    let purpose = "Drafts clauses and reads the answers of the other side.\nSince November also for suppliers in 中文.";
    let events = [
        fact(dossier, (Kind::System, system), &[("data", classes)]),
        fact(dossier, (Kind::System, system), &[("purpose", text(purpose))]),
        fact(
            dossier,
            (Kind::Tool, Id([0x66; 16])),
            &[("name", text("Mail")), ("permissions", text("send to anybody"))],
        ),
    ];
    let told = events.into_iter().zip(10..).map(|(event, n)| Past {
        n,
        at: sample::morning("2026-11-20"),
        who: "S. Okafor".into(),
        role: Some(Role::Owner),
        of: event.of,
        entity: event.entity,
        verb: if event.of == Kind::Tool { "add".into() } else { "edit".into() },
        set: event.set,
    });
    told.collect()
}

fn model(size: (u16, u16), opened: docket::app::Opened, tab: Tab) -> Model {
    let mut model = sample::system(size, tab);
    let mut screen = SystemScreen::new(opened, sample::today());
    screen.show(tab, sample::today());
    model.screen = Screen::System(Box::new(screen));
    model
}

/// Signed, and then changed.
fn voided(size: (u16, u16), tab: Tab) -> Model {
    let mut dossier = sample::copilot();
    sign(&mut dossier, 0x50);
    let signed: Vec<_> = dossier.signoffs.iter().map(|s| (s.id, snapshot(&dossier, s.role.unwrap()))).collect();
    let past = change(&mut dossier);
    let voids = dossier.signoffs.iter().filter_map(|signoff| {
        let text = signed.iter().find(|(id, _)| *id == signoff.id).map(|(_, text)| text.as_str());
        void(&dossier, signoff, since_signed(&dossier, signoff, text), &past)
    });
    let voided = voids.collect();
    model(size, docket::app::Opened { voided, ..sample::opened(dossier) }, tab)
}

/// Decided, then changed, and the second review is open.
fn second(size: (u16, u16), tab: Tab) -> Model {
    let mut dossier = sample::copilot();
    sign(&mut dossier, 0x50);
    let (review, text_then) = (dossier.review().unwrap().id, snapshot(&dossier, Role::Signoff));
    let set = [
        ("review", text(&review.to_string())),
        ("decision", text("proceed")),
        ("at", Value::Int(sample::morning("2026-11-20").0)),
        ("content", text(&fingerprint(&text_then).0)),
    ];
    fact(&mut dossier, (Kind::Disposition, Id([0x60; 16])), &set);
    change(&mut dossier);
    let opened_at = Value::Int(sample::morning("2026-11-20").0);
    fact(
        &mut dossier,
        (Kind::Review, Id([0x61; 16])),
        &[("number", Value::Int(2)), ("sort", text("delta")), ("opened_at", opened_at)],
    );
    let (_, decided) = starts_from(&dossier).unwrap();
    let since = since_reviewed(&dossier, decided, &Reviewed::of(&text_then, &decided.content).unwrap()).map(Arc::new);
    assert!(latest_signoff(&dossier, Role::Owner).is_none() && !reviewed_by(Role::Owner).is_empty());
    model(size, docket::app::Opened { since, ..sample::opened(dossier) }, tab)
}

fn with(mut model: Model, actions: &[Action]) -> Model {
    for action in actions {
        press(&mut model, *action);
    }
    model
}

fn as_owner(mut model: Model) -> Model {
    let me = model.me.clone().unwrap();
    let holder = model.system().unwrap().dossier.holder(Role::Owner, sample::today()).unwrap();
    model.me = Some(Me { role: Role::Owner, person: holder, name: "S. Okafor".into(), ..me });
    model
}

/// Every scene of this by name.
pub fn scenes(size: (u16, u16)) -> Vec<(String, Model)> {
    vec![
        ("voided".to_owned(), voided(size, Tab::Signoff)),
        ("voided checklist".to_owned(), voided(size, Tab::Checklist)),
        ("difference".to_owned(), with(voided(size, Tab::Signoff), &[Action::Compare])),
        ("again".to_owned(), with(as_owner(voided(size, Tab::Signoff)), &[Action::Reconfirm])),
        ("second review".to_owned(), second(size, Tab::Signoff)),
        ("second overview".to_owned(), second(size, Tab::Overview)),
        ("second difference".to_owned(), with(second(size, Tab::Signoff), &[Action::Compare])),
        ("third review".to_owned(), with(as_owner(second(size, Tab::Overview)), &[Action::StartReview])),
    ]
}
