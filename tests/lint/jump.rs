//! The last group of the checklist: every remark that is no gap is a row, and Enter goes where it is mended.

use docket::{
    app::{
        Me, Model, Msg, Opened, Screen,
        panes::tab_of,
        row::{RowKind, Target},
        system::{SystemScreen, Tab},
        update,
    },
    domain::{
        Kind,
        decision::Mend,
        lint::{Remark, noticed, tally},
    },
    keymap::{Action, Keymap},
};

use crate::{cases, clean, support::Desk};

/// The checklist of a review, with whoever mends the remark at the keyboard.
fn checklist(desk: &Desk, remark: &Remark) -> Model {
    let role = remark.rule.role();
    let mut model = Model::new((80, 24), desk.today());
    model.me = Some(Me { person: desk.who(role), name: "Somebody".into(), role, roles: vec![role] });
    let (dossier, history) = (desk.dossier.clone(), Vec::new());
    let opened = Opened {
        dossier,
        history,
        voided: Vec::new(),
        since: None,
        drafts: Vec::new(),
        register: None,
        trend: Vec::new(),
    };
    let mut screen = SystemScreen::new(opened, desk.today());
    screen.show(Tab::Checklist, desk.today());
    model.screen = Screen::System(Box::new(screen));
    model
}

fn screen(model: &mut Model) -> &mut SystemScreen {
    match &mut model.screen {
        Screen::System(screen) => screen,
        _ => panic!("a system is open"),
    }
}

#[test]
fn enter_on_a_remark_goes_to_the_place_that_mends_it() {
    let mut seen = 0;
    for case in cases::all() {
        let mut desk = clean(case.data);
        (case.hurt)(&mut desk);
        let found = noticed(&desk.dossier, &desk.gate(), desk.today());
        for remark in &found {
            seen += 1;
            let mut model = checklist(&desk, remark);
            let rows = &screen(&mut model).rows;
            let last = rows.iter().rposition(|row| matches!(row.kind, RowKind::Heading(_))).expect("a heading");
            assert!(rows[last].text().contains("Noticed"), "{:?}", rows[last]);
            let at = rows.iter().position(|row| row.text().contains(&remark.what)).expect("a row for the remark");
            assert!(at > last && rows.len() == last + 1 + found.len());
            screen(&mut model).pane_mut().at.select(at);
            let _ = update(&mut model, &Keymap::default(), Msg::Act(Action::Open));
            arrived(&mut model, remark);
        }
    }
    assert!(seen > 30, "only {seen}");
}

/// The right pane, the right row, and a sheet on it wherever anything is written by hand.
fn arrived(model: &mut Model, remark: &Remark) {
    let id = remark.rule.id();
    let place = remark.place.clone();
    assert_eq!(screen(model).tab, tab_of(&place), "{id}");
    let by_hand = place.kind != Kind::Acceptance || place.mend == Mend::Accept;
    assert_eq!(!model.overlays.is_empty(), by_hand, "{id}: {:?}", model.notice);
    let here = screen(model).selected().and_then(|row| row.target.clone());
    let on = match &here {
        Some(Target::Thing(_, on) | Target::Field(_, on, _)) => Some(*on),
        Some(Target::Gap(on)) => on.id,
        _ => None,
    };
    // A sheet for something new says itself what it is for.
    let new = place.mend == Mend::Accept || place.mend == Mend::Add && place.kind == Kind::Control;
    assert!(on == place.id || new, "{id}: the cursor is on {here:?}");
}

#[test]
fn the_number_at_the_heading_is_that_of_the_rows() {
    let mut desk = clean(crate::support::Data::Personal);
    for case in cases::all().iter().filter(|case| case.data == crate::support::Data::Personal) {
        (case.hurt)(&mut desk);
    }
    let found = noticed(&desk.dossier, &desk.gate(), desk.today());
    let mut model = checklist(&desk, &found[0]);
    let rows = &screen(&mut model).rows;
    let at = rows.iter().position(|row| row.text().trim() == "Noticed").expect("the group");
    let (grave, mild) = tally(&found);
    let right = RowKind::Heading(format!("! {grave} contradictions, {mild} warnings"));
    assert_eq!((&rows[at].kind, rows.len() - at - 1), (&right, grave + mild));
    let marks: Vec<_> = rows[at + 1..].iter().map(|row| row.mark.text.as_str()).collect();
    assert_eq!(marks, [vec!["[!]"; grave], vec!["[?]"; mild]].concat(), "never colour alone");
    let mut model = checklist(&clean(crate::support::Data::Personal), &found[0]);
    let last = screen(&mut model).rows.last().map(|row| row.kind.clone());
    assert_eq!(last, Some(RowKind::Heading("[x]".into())), "the group is there, and empty");
}
