//! The register over all systems, as far as two systems make one.

use docket::{
    app::{Model, Msg, Screen, across::AcrossScreen, system::Tab, update},
    domain::{
        page::{AcrossRow, AcrossRows, AllThreats, Query, Which},
        register::Plan,
        system::Tier,
    },
    keymap::{Action, Keymap},
};

use crate::sample;

/// The threats of the sample twice: of a system of high tier, and of one without a tier.
fn rows() -> AcrossRows {
    let dossier = sample::copilot();
    let plan = Plan::of(&dossier, sample::today());
    let mut rows = Vec::new();
    for (name, tier, unscored) in [("Contract Copilot", "high", false), ("Ticket Router of the north", "", true)] {
        rows.extend(dossier.threats.iter().map(|threat| {
            let mut threat = threat.clone();
            if unscored {
                (threat.likelihood, threat.impact) = (None, None);
            }
            AcrossRow {
                system: dossier.subject.unwrap(),
                name: name.into(),
                tier: tier.into(),
                scores: plan.ratings(&threat),
                controls: plan.controls_of(threat.id).len(),
                item: String::new(),
                threat,
            }
        }));
    }
    AcrossRows { from: 0, rows, dossier: dossier.clone() }
}

fn opened(size: (u16, u16), query: Query, (matches, scanned): (usize, usize), actions: &[Action]) -> Model {
    let mut model = sample::system(size, Tab::Threats);
    let mut screen = AcrossScreen::new(query, Vec::new());
    let done = matches == scanned;
    let total = if done { scanned } else { 1_000_000 };
    let part = AllThreats { rows: Some(Box::new(rows())), matches, scanned, total, done, ..AllThreats::default() };
    screen.take(part, sample::today());
    model.screen = Screen::AllThreats(Box::new(screen));
    for action in actions {
        let _ = update(&mut model, &Keymap::default(), Msg::Act(*action));
    }
    model
}

/// Every scene of it by name.
pub fn scenes(size: (u16, u16)) -> Vec<(String, Model)> {
    let all = rows().rows.len();
    let filtered = Query { filter: "prompt".into(), ..Query::default() };
    let critical = Query { which: Which::Tier(Some(Tier::High)), ..Query::unscored() };
    let marked = [Action::Mark, Action::Mark, Action::Score, Action::ScoreFour, Action::ScoreThree];
    let cell = [Action::Right, Action::Right, Action::Right, Action::Open];
    vec![
        (
            "all threats grouped".to_owned(),
            opened(size, Query::default(), (all, all), &[Action::GroupSystem, Action::Down]),
        ),
        ("all threats".to_owned(), opened(size, Query::default(), (all, all), &[Action::Down])),
        ("all threats looking".to_owned(), opened(size, filtered, (312, 420_500), &[Action::Filter])),
        ("all threats scoring".to_owned(), opened(size, critical, (all, all), &marked)),
        ("all threats cell".to_owned(), opened(size, Query::default(), (all, all), &cell)),
    ]
}
