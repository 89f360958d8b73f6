//! Acceptances: with conditions in the governance pane, in full, and those of all systems in one register.

use docket::{
    app::{Model, Msg, Screen, acceptances::AcceptancesScreen, system::Tab, update},
    domain::{
        Dossier, Id, Kind,
        acceptances::AcceptanceRow,
        decision::{fingerprint, outlooks, signables, sshsig::sign},
        fields::{Day, Vocabulary},
        people::Role,
        value::Value,
    },
    keymap::{Action, Keymap},
};

use ssh_key::{LineEnding, PrivateKey, private::Ed25519Keypair};

use crate::{sample, scenes::type_in};

/// The sample with one acceptance in force, under four conditions, one of them broken and one due soon.
fn accepted() -> Dossier {
    let mut dossier = sample::copilot();
    let id = dossier.acceptances[0].id;
    let owner = dossier.holder(Role::Owner, sample::today()).unwrap();
    let (likelihood, impact) = (Value::Int(3), Value::Int(4));
    let threat = dossier.acceptances[0].threat.unwrap();
    let given = [
        ("status", Value::from("accepted")),
        ("acceptor_name", Value::from("Ada Okafor, Governance lead")),
        ("acceptor", Value::Text(owner.to_string())),
        ("level", Value::from("high")),
        ("likelihood", likelihood.clone()),
        ("impact", impact.clone()),
        ("expires", Value::from("2026-12-20")),
    ];
    for (field, value) in given {
        dossier.entry(Kind::Acceptance, id).put(field, &value);
    }
    for (field, value) in [("now_likelihood", likelihood), ("now_impact", impact)] {
        dossier.entry(Kind::Threat, threat).put(field, &value);
    }
    let control = dossier.controls[0].id;
    let conditions: [&[(&str, Value)]; 4] = [
        &[("sort", "control".into()), ("control", Value::Text(control.to_string())), ("due", "2027-01-31".into())],
        &[("sort", "report".into()), ("due", "2026-11-20".into()), ("every", Value::Int(30))],
        &[
            ("sort", "usage".into()),
            ("cap", Value::Int(500)),
            ("unit", "users".into()),
            ("measured", Value::Int(212)),
            ("due", "2026-12-01".into()),
        ],
        &[("sort", "oversight".into()), ("text", "Every redline is read by a lawyer".into())],
    ];
    for (n, set) in (0x40..).zip(conditions) {
        let row = dossier.entry(Kind::Proviso, Id([n; 16]));
        for (field, value) in set {
            row.put(field, value);
        }
        row.put("acceptance", &Value::Text(id.to_string()));
        row.put("owner", &Value::Text(owner.to_string()));
    }
    dossier
}

fn governance(size: (u16, u16), actions: &[Action]) -> Model {
    let mut model = sample::system(size, Tab::Governance);
    if let Screen::System(screen) = &mut model.screen {
        screen.replace(sample::opened(accepted()), sample::today());
    }
    press(model, actions)
}

fn press(mut model: Model, actions: &[Action]) -> Model {
    for action in actions {
        let _ = update(&mut model, &Keymap::default(), Msg::Act(*action));
    }
    model
}

/// A dozen systems that carry the same risks until other days.
fn register(size: (u16, u16), actions: &[Action]) -> Model {
    let (dossier, mut model) = (accepted(), sample::system(size, Tab::Governance));
    let names = ["Contract Copilot", "Ticket Router of the north", "合同助手", "Premium Forecast"];
    let mut screen = AcceptancesScreen::default();
    for (n, name) in (0i64..12).zip(names.iter().cycle()) {
        for outlook in outlooks(&dossier) {
            let moved = |day: Day| day.plus(n * 23 - 50);
            let mut outlook =
                docket::domain::decision::Outlook { acceptance: Id([u8::try_from(n).unwrap(); 16]), ..outlook };
            outlook.expires = outlook.expires.map(moved);
            for turn in &mut outlook.turns {
                turn.from = turn.from.map(moved);
                turn.due = turn.due.map(moved);
            }
            screen.all.push(AcceptanceRow {
                system: Id([u8::try_from(n).unwrap(); 16]),
                name: (*name).to_owned(),
                tier: "high".into(),
                requester: "Jonas Weber".into(),
                outlook,
            });
        }
    }
    screen.refill(sample::today());
    model.screen = Screen::Acceptances(Box::new(screen));
    press(model, actions)
}

fn filtered(size: (u16, u16)) -> Model {
    let mut model = register(size, &[Action::Filter]);
    type_in(&mut model, "north");
    model
}

/// The same, signed with SSH keys: one that holds, one over another text, one whose key was withdrawn since.
fn sealed(size: (u16, u16), tab: Tab, actions: &[Action]) -> Model {
    let mut dossier = accepted();
    let acts: Vec<_> = signables(&dossier).into_iter().filter(|act| act.stands).take(3).collect();
    for ((n, seed), act) in (0x60..).zip([1, 2, 1]).zip(&acts) {
        let key = PrivateKey::from(Ed25519Keypair::from_seed(&[seed; 32]));
        let line = key.public_key().to_openssh().unwrap();
        let private = key.to_openssh(LineEnding::LF).unwrap();
        let text = if n == 0x61 { "something else".to_owned() } else { act.text() };
        let armored = sign(&private, &text).unwrap();
        dossier.entry(Kind::Person, act.person).put("ssh_key", &Value::from(line.as_str()));
        let row = dossier.entry(Kind::Signature, Id([n; 16]));
        let print = Value::Text(fingerprint(&act.text()).0);
        let when = Value::Int(1_795_000_000_000);
        for (field, value) in [
            ("sort", Value::from(act.sort.code())),
            ("act", Value::Text(act.id.to_string())),
            ("person", Value::Text(act.person.to_string())),
            ("at", when),
            ("namespace", "docket".into()),
            ("text", print),
            ("key", Value::from(line.as_str())),
            ("armored", Value::from(armored.as_str())),
        ] {
            row.put(field, &value);
        }
    }
    let mut model = sample::system(size, tab);
    if let Screen::System(screen) = &mut model.screen {
        screen.replace(sample::opened(dossier), sample::today());
    }
    press(model, actions)
}

/// Every scene of it by name.
pub fn scenes(size: (u16, u16)) -> Vec<(String, Model)> {
    let mut none = register(size, &[]);
    none.screen = Screen::Acceptances(Box::default());
    vec![
        ("acceptance conditions".to_owned(), governance(size, &[Action::Down])),
        ("acceptance in full".to_owned(), governance(size, &[Action::Open])),
        ("acceptance renew".to_owned(), governance(size, &[Action::RenewRisk])),
        ("acceptance kinds".to_owned(), press(sample::system(size, Tab::Governance), &[Action::AddProviso])),
        ("all acceptances".to_owned(), register(size, &[Action::Down, Action::Down])),
        ("all acceptances filter".to_owned(), filtered(size)),
        ("all acceptances none".to_owned(), none),
        ("ssh signatures".to_owned(), sealed(size, Tab::Signoff, &[Action::Last])),
        ("ssh signature in full".to_owned(), sealed(size, Tab::Signoff, &[Action::Last, Action::Open])),
        ("ssh key register".to_owned(), sealed(size, Tab::Signoff, &[Action::RegisterKey])),
        ("ssh key withdraw".to_owned(), sealed(size, Tab::Signoff, &[Action::WithdrawKey])),
    ]
}
