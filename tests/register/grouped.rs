//! The register over all systems: its groups, its scale, what is withdrawn or written twice in it, and what is remembered.

use docket::{
    app::{Screen, across::AcrossScreen, board::Board, row::RowKind},
    domain::{
        Id, Kind,
        command::Command,
        fields::Vocabulary,
        page::{Query, Which},
        people::Role,
        register::{Group, Scale, Treatment},
        value::Value,
    },
    tui::feed,
};

use crate::{
    hands::Hands,
    over_all::{end, tiered, verified},
};

fn screen(hands: &Hands) -> &AcrossScreen {
    match &hands.session.model.screen {
        Screen::AllThreats(screen) => screen,
        _ => panic!("the register over all systems is not open: {}", hands.said()),
    }
}

fn wait(hands: &mut Hands) {
    while hands.session.desk.looking() {
        feed(&mut hands.session, None, docket::app::Msg::GoOn);
    }
}

fn titles(hands: &Hands) -> Vec<String> {
    screen(hands).read.iter().map(|row| row.threat.title.to_string()).collect()
}

fn threat(hands: &mut Hands, system: Id, title: &str, (l, i): (i64, i64)) -> Id {
    let mut set = vec![("title".to_owned(), Value::from(title))];
    if l > 0 {
        set.extend([("likelihood".to_owned(), Value::Int(l)), ("impact".to_owned(), Value::Int(i))]);
    }
    let made = hands.done(system, Role::Security, &Command::Add { kind: Kind::Threat, set, to: None });
    made.threats.last().unwrap().id
}

/// Two systems: a grave one with a critical threat that a verified control lowers, one without a score and one that is
/// critical and stays so; a mild one with a low one.
fn portfolio(hands: &mut Hands) -> (Id, Id) {
    let (mild, grave) = (tiered(hands, "Mild desk", "0"), tiered(hands, "Grave desk", "4"));
    let lowered = threat(hands, grave, "lowered", (3, 5));
    verified(hands, grave, lowered);
    let set = vec![
        ("component".to_owned(), Value::from("Gate")),
        ("maps".to_owned(), Value::List(vec!["LLM06:2025".into()])),
    ];
    hands.done(grave, Role::Security, &Command::Edit { kind: Kind::Threat, id: lowered, set, why: "".into() });
    threat(hands, grave, "stays", (5, 5));
    threat(hands, grave, "open", (0, 0));
    threat(hands, mild, "low", (1, 1));
    hands.keys("g t");
    wait(hands);
    (mild, grave)
}

fn headings(hands: &Hands) -> Vec<String> {
    let heads = screen(hands).rows.iter().filter(|row| matches!(row.kind, RowKind::Heading(_)));
    heads.map(|row| row.cells[0].text.clone()).collect()
}

#[test]
fn rows_stand_under_the_headings_of_their_group_and_the_cursor_on_threats_only() {
    let mut hands = Hands::sit();
    portfolio(&mut hands);
    assert!(headings(&hands).is_empty());
    for (keys, wanted) in [
        ("b a", vec!["Grave desk (critical tier)", "Mild desk (minimal tier)"]),
        ("b r", vec!["critical tier", "minimal tier"]),
        ("b l", vec!["? unscored", "Critical", "High", "Low"]),
        ("b c", vec!["Gate", "no component named"]),
        ("b f", vec!["LLM06:2025 Excessive Agency", "not in the OWASP LLM Top 10"]),
        ("b t", vec!["undecided"]),
        ("b n", vec![]),
    ] {
        hands.keys(keys);
        wait(&mut hands);
        assert_eq!(headings(&hands), wanted, "{keys}");
        let all = titles(&hands);
        hands.keys("g g");
        for title in all {
            let row = &screen(&hands).rows[screen(&hands).drawn().unwrap()];
            assert!(row.selectable() && row.text().contains(&title), "{keys}: {title} {}", row.text());
            hands.keys("down");
        }
    }
    hands.keys("b l right right right o");
    wait(&mut hands);
    assert!(headings(&hands).is_empty(), "an order of its own breaks up the groups");
}

#[test]
fn levels_are_those_of_now_until_another_scale_is_asked_for() {
    let mut hands = Hands::sit();
    portfolio(&mut hands);
    hands.keys("f c");
    wait(&mut hands);
    assert_eq!(titles(&hands), ["stays"], "a verified control has lowered the other one");
    assert_eq!(screen(&hands).query.words(), "critical now");
    hands.keys("f n f n");
    wait(&mut hands);
    assert_eq!(screen(&hands).query.words(), "critical inherent");
    assert_eq!(titles(&hands), ["lowered", "stays"]);
    hands.keys("f n f a");
    wait(&mut hands);
    assert_eq!(titles(&hands).len(), 4);
}

#[test]
fn what_is_marked_is_withdrawn_for_one_reason_and_one_undo_brings_it_back() {
    let mut hands = Hands::sit();
    let (mild, grave) = portfolio(&mut hands);
    hands.keys("V x").text("Asked twice.").keys("ctrl-s");
    let left = |hands: &Hands, system| hands.dossier(system).live_threats().count();
    assert_eq!((left(&hands, mild), left(&hands, grave)), (0, 0), "{}", hands.said());
    assert!(hands.said().contains("4 threats of 2 systems"), "{}", hands.said());
    assert!(screen(&hands).marked.is_empty(), "what is gone is marked no longer");
    assert_eq!(screen(&hands).matches, 0);
    hands.keys("u");
    wait(&mut hands);
    assert_eq!((left(&hands, mild), left(&hands, grave)), (1, 3), "{}", hands.said());
    assert_eq!(screen(&hands).matches, 4);
}

#[test]
fn what_is_written_twice_stands_in_its_own_system() {
    let mut hands = Hands::sit();
    let (mild, grave) = portfolio(&mut hands);
    hands.keys("V d");
    wait(&mut hands);
    assert_eq!(hands.dossier(mild).live_threats().count(), 2, "{}", hands.said());
    assert_eq!(hands.dossier(grave).live_threats().count(), 6);
    assert_eq!(screen(&hands).matches, 8);
    hands.keys("u");
    wait(&mut hands);
    assert_eq!(screen(&hands).matches, 4, "{}", hands.said());
}

#[test]
fn the_order_the_groups_and_the_filter_are_as_they_were_left() {
    let mut hands = Hands::sit();
    portfolio(&mut hands);
    hands.keys("f c b a g b");
    feed(&mut hands.session, None, docket::app::Msg::Idle);
    let kept = hands.session.desk.look_as_kept(9).unwrap().query.unwrap();
    assert_eq!(kept.which, Which::Level(Scale::Now, docket::domain::library::Level::Critical));
    hands.keys("g t");
    wait(&mut hands);
    assert_eq!((titles(&hands), headings(&hands).len()), (vec!["stays".to_owned()], 1));
    hands.keys("g b g u");
    wait(&mut hands);
    assert_eq!((titles(&hands), headings(&hands).len()), (vec!["open".to_owned()], 0), "a question of its own");
}

#[test]
fn every_number_of_the_portfolio_is_the_number_of_rows_behind_it() {
    let mut hands = Hands::sit();
    let (mild, grave) = portfolio(&mut hands);
    let dropped = threat(&mut hands, mild, "does not apply", (4, 5));
    let set = crate::hands::fields(&[("treatment", "not_applicable"), ("treatment_reason", "No tool.")]);
    hands.done(mild, Role::Security, &Command::Edit { kind: Kind::Threat, id: dropped, set, why: "".into() });
    let _ = grave;
    let found = hands.session.desk.portfolio().unwrap();
    let mut groups = vec![Group::All, Group::Unscored];
    groups.extend(Treatment::ALL.iter().map(|treatment| Group::Treated(*treatment)));
    for scale in Scale::ALL {
        groups.extend(docket::domain::library::Level::ALL.map(|level| Group::Level(scale, level)));
        groups.extend((1..=5).flat_map(|l| (1..=5).map(move |i| Group::Place(scale, l, i))));
    }
    for group in groups {
        let count = group.count(&found.risk.tally).unwrap() as usize;
        let query = Query::behind(&group).unwrap();
        let (rows, matches) = end(&hands.session.desk, query);
        assert_eq!((rows.len(), matches), (count, count), "{group:?}");
    }
}

#[test]
fn a_number_of_the_pictures_opens_its_rows_and_esc_comes_back() {
    let mut hands = Hands::sit();
    portfolio(&mut hands);
    hands.keys("g b g r enter");
    wait(&mut hands);
    assert_eq!(titles(&hands), ["stays"], "the cursor begins at the worst place");
    hands.keys("esc");
    let Screen::Board(board) = &hands.session.model.screen else { panic!("the board is there again") };
    assert!(Board::pictures(board).is_some(), "with its pictures");
}
