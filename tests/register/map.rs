//! The matrix beside the register: its cursor, and the rows behind every number on it.

use docket::{
    app::{Screen, context, row::Target, system::SystemScreen},
    domain::{
        Id, Kind,
        command::Command,
        people::Role,
        register::{Group, Scale},
        value::Value,
    },
    keymap::Context,
};

use crate::hands::Hands;

/// A system with threats of these scores; 0 stands for none. Open at its register.
fn register(hands: &mut Hands, scores: &[(i64, i64)]) -> Id {
    let system = hands.system(&[("name", "Desk")]);
    for (n, (l, i)) in scores.iter().enumerate() {
        let mut set = vec![("title".to_owned(), Value::from(format!("threat {n}").as_str()))];
        if *l > 0 {
            set.extend([("likelihood".to_owned(), Value::Int(*l)), ("impact".to_owned(), Value::Int(*i))]);
        }
        hands.done(system, Role::Security, &Command::Add { kind: Kind::Threat, set, to: None });
    }
    hands.open(system).keys("g t");
    system
}

fn screen(hands: &Hands) -> &SystemScreen {
    let Screen::System(screen) = &hands.session.model.screen else { panic!("no system is open") };
    screen
}

/// The threats that are shown.
fn shown(hands: &Hands) -> Vec<Id> {
    let thing = |row: &docket::app::row::Row| match row.target {
        Some(Target::Thing(Kind::Threat, id)) => Some(id),
        _ => None,
    };
    let mut all: Vec<Id> = screen(hands).rows.iter().filter_map(thing).collect();
    all.sort_unstable();
    all
}

#[test]
fn tab_leads_into_the_matrix_and_enter_shows_the_threats_of_the_cell() {
    let mut hands = Hands::sit();
    register(&mut hands, &[(4, 5), (4, 5), (2, 2), (0, 0)]);
    // The cursor of the list is on the unscored one, which comes first: the matrix begins at the same place.
    hands.keys("tab");
    assert_eq!(context(&hands.session.model), Context::Map);
    assert_eq!(screen(&hands).map.as_ref().unwrap().place.0, 0);
    hands.keys("enter");
    assert_eq!((shown(&hands).len(), context(&hands.session.model)), (1, Context::Threats));
    hands.keys("esc down tab");
    assert_eq!(screen(&hands).map.as_ref().unwrap().place, (4, 5), "where the threat under the cursor is");
    hands.keys("enter");
    assert_eq!(shown(&hands).len(), 2);
    assert!(screen(&hands).only.as_ref().is_some_and(|only| only.label.contains("4x5")));
    hands.keys("esc");
    assert_eq!(shown(&hands).len(), 4, "Esc shows all of them again");
    hands.keys("down tab left");
    assert_eq!(screen(&hands).map.as_ref().unwrap().place, (4, 4));
    hands.keys("enter");
    assert!(hands.said().contains("nothing to open") && context(&hands.session.model) == Context::Map);
    hands.keys("tab");
    assert_eq!(context(&hands.session.model), Context::Threats, "Tab leads back to the list");
    hands.keys("tab esc");
    assert_eq!(context(&hands.session.model), Context::Threats, "and so does Esc, without leaving the register");
}

#[test]
fn every_number_of_the_matrix_is_the_number_of_rows_behind_it() {
    let mut hands = Hands::sit();
    let system = register(&mut hands, &[(5, 5), (4, 5), (4, 5), (1, 1), (3, 2), (0, 0), (0, 0)]);
    let today = hands.session.model.today;
    for turn in 0..3 {
        for likelihood in 0..=5u8 {
            for impact in 1..=5u8 {
                hands.keys("g t tab").keys(&"s ".repeat(turn));
                let Screen::System(open) = &mut hands.session.model.screen else { panic!("no system") };
                let map = open.map.as_mut().unwrap();
                map.place = (likelihood, impact);
                let (under, scale) = (map.under().unwrap(), map.scale);
                if under.count == 0 {
                    continue;
                }
                let group = if likelihood == 0 { Group::Unscored } else { Group::Place(scale, likelihood, impact) };
                hands.keys("enter");
                let mut wanted = group.members(&hands.dossier(system), today);
                wanted.sort_unstable();
                assert_eq!(shown(&hands), wanted, "{scale:?} {likelihood} {impact}");
                assert_eq!(wanted.len(), under.count as usize);
                hands.keys("esc");
            }
        }
    }
    assert_eq!(Scale::ALL.len(), 3);
}

#[test]
fn the_matrix_follows_what_is_decided_in_the_register() {
    let mut hands = Hands::sit();
    register(&mut hands, &[(0, 0)]);
    assert_eq!(screen(&hands).tally.unscored, 1);
    hands.keys("s 3 4 enter");
    assert_eq!((screen(&hands).tally.unscored, screen(&hands).tally.at(Scale::Now, 3, 4)), (0, 1), "{}", hands.said());
    hands.keys("u");
    assert_eq!(screen(&hands).tally.unscored, 1);
}

#[test]
fn a_mark_shows_at_once_and_a_flag_stays_beside_it() {
    let mut hands = Hands::sit();
    register(&mut hands, &[(1, 1), (2, 2)]);
    let marks = |hands: &Hands| screen(hands).rows.iter().map(|row| row.mark.text.clone()).collect::<Vec<_>>();
    hands.keys("* space");
    assert_eq!(marks(&hands)[..2], ["[+*", "   "]);
    hands.keys("V");
    assert_eq!(marks(&hands)[..2], ["[+*", "[+]"]);
    hands.keys("esc");
    assert_eq!(marks(&hands)[..2], ["[*]", "   "]);
}
