//! The control plan and the evidence pack under the fingers: views, columns, links, texts, files and retests.

use super::{
    SIZES,
    paper::shown,
    sample,
    scenes::{press, type_in},
};
use docket::{
    app::{Answer, ControlText, Effect, Model, Overlay, Screen, absorb, plan::View, row::Target, system::Tab, update},
    domain::{Id, Kind, command::Command, people::Role, value::Value},
    keymap::{Action, Keymap},
    ui::theme::Theme,
};

const SECURITY: (Id, Role) = (sample::ROSSI, Role::Security);

/// The sample with a verification that ends soon, and three findings.
fn richer(size: (u16, u16), tab: Tab) -> Model {
    let mut desk = sample::Desk::over(sample::copilot());
    let (threat, control) = (desk.dossier.threats[0].id, desk.dossier.controls[1].id);
    let evidence = desk.dossier.evidence[0].id.to_string();
    let text = sample::text;
    let look = [
        ("method", text("red_team")),
        ("outcome", text("works")),
        ("by", text(&sample::ROSSI.to_string())),
        ("on", text("2026-11-12")),
        ("valid_until", text("2026-12-10")),
        ("evidence", text(&evidence)),
    ];
    desk.add(SECURITY, Kind::Verification, &look, Some(control));
    let finding = |title: &str, status: &str, due: &str| {
        let all = [("title", title), ("sort", "red_team"), ("severity", "high"), ("found", "2026-11-11")];
        let mut all: Vec<(&str, Value)> = all.into_iter().map(|(field, word)| (field, text(word))).collect();
        all.extend([("status", text(status)), ("due", text(due))]);
        all
    };
    desk.add(SECURITY, Kind::Finding, &finding("Base64 passes the upload filter", "open", "2026-11-18"), Some(threat));
    let ready = finding("Canary string comes back in a summary", "ready_for_retest", "2026-12-01");
    desk.add(SECURITY, Kind::Finding, &ready, Some(threat));
    let mut model = sample::system(size, tab);
    if let Screen::System(screen) = &mut model.screen {
        screen.replace(sample::opened(desk.dossier), sample::today());
    }
    model.me.as_mut().unwrap().role = Role::Security;
    model
}

fn act(model: &mut Model, action: Action) -> Option<Effect> {
    update(model, &Keymap::default(), docket::app::Msg::Act(action))
}

fn form(model: &Model) -> &docket::app::form::Form {
    match model.overlays.last() {
        Some(Overlay::Form(form)) => form,
        other => panic!("no sheet: {other:?}, {:?}", model.notice),
    }
}

/// Every scene of the control plan and the evidence pack, by name.
fn scenes(size: (u16, u16)) -> Vec<(&'static str, Model)> {
    let with = |actions: &[Action]| {
        let mut model = richer(size, Tab::Controls);
        for action in actions {
            press(&mut model, *action);
        }
        model.notice = None;
        model
    };
    let mut reuse = with(&[Action::ReuseControl]);
    let text = |title: &str, place: &str| ControlText {
        title: title.into(),
        description: "Checked in the gateway, for every request.".into(),
        method: "test".into(),
        place: place.into(),
    };
    let texts =
        vec![text("Rate limit per tenant", "Mail Sorter"), text("Two people approve a payment", "Pay Bot and 2 more")];
    absorb(&mut reuse, Ok(Answer::Texts(String::new(), texts)));
    vec![
        ("controls plan", with(&[Action::Down, Action::Unfold])),
        ("controls gaps", with(&[Action::SwitchView])),
        ("controls board", with(&[Action::SwitchView, Action::SwitchView])),
        ("controls reuse", reuse),
        ("evidence findings", {
            let mut model = richer(size, Tab::Evidence);
            press(&mut model, Action::NextPane);
            model
        }),
    ]
}

#[test]
fn every_view_at_three_sizes() {
    for size in SIZES {
        for (name, model) in scenes(size) {
            let file = format!("{}x{}__{}", size.0, size.1, name.replace(' ', "_"));
            insta::assert_snapshot!(file, shown(&model, Theme::default()));
        }
    }
}

#[test]
fn every_view_has_something_and_a_cursor_at_every_size() {
    for width in [40, 52, 60, 69, 70, 80, 100, 160] {
        for height in [10, 14, 20, 24, 50] {
            for (name, model) in scenes((width, height)) {
                let text = shown(&model, Theme::default());
                assert!(text.contains('▌') || name == "controls reuse", "{name} at {width}x{height}\n{text}");
            }
        }
    }
}

#[test]
fn enter_on_a_gap_opens_the_field_that_mends_it_and_the_list_stays() {
    let mut model = richer((80, 24), Tab::Controls);
    press(&mut model, Action::SwitchView);
    let lacks = |model: &Model, words: &str| {
        let rows = &model.system().unwrap().rows;
        rows.iter().position(|row| row.text().contains(words)).unwrap_or_else(|| panic!("{words}: {rows:?}"))
    };
    for (words, kind, field) in
        [("was due on 2026-11-18 and is", Kind::Control, "status"), ("no person has to", Kind::Control, "owner")]
    {
        let at = lacks(&model, words);
        if let Screen::System(screen) = &mut model.screen {
            screen.pane_mut().at.select(at);
        }
        press(&mut model, Action::Open);
        let form = form(&model);
        assert!(matches!(form.purpose, docket::app::sheets::Purpose::Edit(of, _) if of == kind), "{words}");
        assert_eq!(form.fields[form.focus].id, field, "{words}");
        press(&mut model, Action::Back);
        assert_eq!((model.system().unwrap().plan.view, model.overlays.len()), (View::Gaps, 0));
    }
    let at = lacks(&model, "ready for its retest");
    if let Screen::System(screen) = &mut model.screen {
        screen.pane_mut().at.select(at);
    }
    press(&mut model, Action::Open);
    let form = form(&model);
    assert_eq!(form.fields[form.focus].id, "retest");
}

#[test]
fn cards_move_by_the_same_rules() {
    let mut model = richer((120, 36), Tab::Controls);
    press(&mut model, Action::SwitchView);
    press(&mut model, Action::SwitchView);
    let card = |model: &Model| model.system().unwrap().card().unwrap();
    // In progress, implemented, verified: the columns that have a card.
    press(&mut model, Action::Left);
    press(&mut model, Action::Left);
    assert_eq!(card(&model), (2, 0));
    let Some(Effect::Commit(_, Command::Edit { kind: Kind::Control, set, .. })) =
        act(&mut model, Action::StatusForward)
    else {
        panic!("{:?}", model.notice)
    };
    assert_eq!(set, [("status".to_owned(), Value::from("implemented"))]);
    press(&mut model, Action::Right);
    assert!(card(&model).0 > 2);
    model.me.as_mut().unwrap().role = Role::Governance;
    assert_eq!(act(&mut model, Action::StatusBackward), None);
    let asks = matches!(model.overlays.last(), Some(Overlay::Confirm(_)));
    assert!(asks, "a hat that may not do it is asked for another one: {:?}", model.notice);
}

#[test]
fn into_verified_leads_a_verification_and_nothing_else() {
    let mut model = sample::system((120, 36), Tab::Controls);
    model.me.as_mut().unwrap().role = Role::Security;
    press(&mut model, Action::Down);
    assert_eq!(act(&mut model, Action::StatusForward), None);
    let control = model.system().unwrap().dossier.controls[1].id;
    assert_eq!(form(&model).purpose, docket::app::sheets::Purpose::Add(Kind::Verification, Some(control)));
}

#[test]
fn a_link_says_what_it_takes_off_and_is_edited_where_it_stands() {
    let mut model = richer((80, 24), Tab::Controls);
    press(&mut model, Action::Unfold);
    press(&mut model, Action::Down);
    let link = model.system().unwrap().selected().unwrap().target.clone();
    assert!(matches!(link, Some(Target::Thing(Kind::Link, _))), "{link:?}");
    press(&mut model, Action::Open);
    let ids: Vec<&str> = form(&model).fields.iter().map(|field| field.id.as_str()).collect();
    assert_eq!(ids, ["less_likely", "less_impact"]);
    press(&mut model, Action::Back);
    press(&mut model, Action::Withdraw);
    assert!(matches!(form(&model).purpose, docket::app::sheets::Purpose::Withdraw(Kind::Link, _)));
}

#[test]
fn to_the_threat_and_back() {
    let mut model = richer((80, 24), Tab::Controls);
    press(&mut model, Action::Down);
    let control = model.system().unwrap().selected().unwrap().target.clone();
    press(&mut model, Action::GoAgainst);
    let screen = model.system().unwrap();
    assert_eq!(screen.tab, Tab::Threats);
    assert_eq!(screen.selected().unwrap().target, Some(Target::Thing(Kind::Threat, screen.dossier.threats[1].id)));
    press(&mut model, Action::JumpBack);
    let screen = model.system().unwrap();
    assert_eq!((screen.tab, &screen.selected().unwrap().target), (Tab::Controls, &control));
    press(&mut model, Action::JumpBack);
    assert!(model.notice.as_ref().is_some_and(|notice| notice.text.contains("nothing to go back to")));
}

#[test]
fn of_another_system_only_the_words_are_taken() {
    let (_, mut model) = scenes((80, 24)).into_iter().find(|(name, _)| *name == "controls reuse").unwrap();
    type_in(&mut model, "rate");
    let texts = vec![ControlText {
        title: "Rate limit per tenant".into(),
        description: "In the gateway.".into(),
        method: "test".into(),
        place: "Mail Sorter".into(),
    }];
    // An answer to what is no longer asked changes nothing.
    absorb(&mut model, Ok(Answer::Texts("ra".into(), Vec::new())));
    absorb(&mut model, Ok(Answer::Texts("rate".into(), texts)));
    press(&mut model, Action::Accept);
    let held = |id: &str| {
        form(&model).fields.iter().find(|field| field.id == id).map(docket::app::form::FormField::draft).unwrap()
    };
    assert_eq!((held("title").as_str(), held("method").as_str()), ("Rate limit per tenant", "test"));
    assert_eq!((held("status").as_str(), held("owner").as_str(), held("due").as_str()), ("planned", "", ""));
    assert_eq!(form(&model).purpose, docket::app::sheets::Purpose::Add(Kind::Control, None));
}

#[test]
fn a_path_and_a_wish_for_a_copy_become_one_effect() {
    let mut model = richer((80, 24), Tab::Evidence);
    let evidence = model.system().unwrap().dossier.evidence[0].id;
    press(&mut model, Action::AttachFile);
    type_in(&mut model, "~/run.log");
    assert_eq!(act(&mut model, Action::Save), Some(Effect::Attach(evidence, "~/run.log".into(), true)));
    model.overlays.clear();
    assert_eq!(act(&mut model, Action::CheckFile), Some(Effect::CheckEvidence(Some(evidence))));
    assert_eq!(act(&mut model, Action::CheckFiles), Some(Effect::CheckEvidence(None)));
}

#[test]
fn who_may_not_retest_is_told_who_may() {
    let mut model = richer((80, 24), Tab::Evidence);
    press(&mut model, Action::NextPane);
    press(&mut model, Action::Down);
    press(&mut model, Action::RetestFinding);
    let sheet = form(&model);
    let ids: Vec<&str> = sheet.fields.iter().map(|field| field.id.as_str()).collect();
    assert_eq!(ids, ["retest", "retested", "retest_evidence"]);
    model.overlays.clear();
    model.me.as_mut().unwrap().person = sample::OKAFOR;
    model.me.as_mut().unwrap().role = Role::Owner;
    press(&mut model, Action::RetestFinding);
    assert!(model.overlays.is_empty() && model.notice.as_ref().is_some_and(|n| n.text.contains("security team")));
}
