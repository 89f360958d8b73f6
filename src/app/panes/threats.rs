//! The threat register; below it, what the threat model does not cover yet.

use super::{Cell, Row, Target, Tint};
use crate::{
    app::system::SystemScreen,
    domain::{
        Kind,
        decision::{Mend, Place, uncovered},
        fields::{Day, Vocabulary},
        register::{Plan, Rating, Threat, Treatment},
    },
};

pub(super) fn rows(screen: &SystemScreen, today: Day) -> Vec<Row> {
    let dossier = &screen.dossier;
    let plan = Plan::of(dossier, today);
    let mut sorted: Vec<(&Threat, u8)> = dossier.threats.iter().map(|threat| (threat, rank(&plan, threat))).collect();
    sorted.sort_by_key(|(threat, rank)| (std::cmp::Reverse(*rank), threat.number));
    let mut rows: Vec<Row> = sorted.into_iter().map(|(threat, _)| row(&plan, threat)).collect();
    if rows.is_empty() {
        rows.push(Row::note(
            "    No threats yet. n adds one, a proposes those that fit, docket import brings a model.",
        ));
    }
    let open = uncovered(dossier);
    if !open.is_empty() {
        rows.push(Row::heading(format!("Not covered yet {}", open.len()), "Enter: considered, none, because …"));
    }
    for subject in open {
        let place = Place { kind: Kind::Considered, id: None, field: subject.mark, mend: Mend::Cover };
        rows.push(
            Row::item(
                Target::Gap(place),
                vec![Cell::default(), Cell::plain(format!("no threat covers the {}", subject.label))],
            )
            .marked("[!]", Tint::Alert),
        );
    }
    rows
}

/// Unscored first, then the worst; what does not count comes last.
fn rank(plan: &Plan<'_>, threat: &Threat) -> u8 {
    if threat.archived {
        0
    } else if threat.treated() == Treatment::NotApplicable {
        1
    } else {
        plan.ratings(threat).now.map_or(99, |now| (now.level as u8 + 1) * 10 + now.impact.get())
    }
}

fn row(plan: &Plan<'_>, threat: &Threat) -> Row {
    let scores = plan.ratings(threat);
    let digits = match (threat.likelihood, threat.impact) {
        (None, None) => "? ?".to_owned(),
        (l, i) => format!(
            "{} {}",
            l.map_or("?".into(), |l| l.get().to_string()),
            i.map_or("?".into(), |i| i.get().to_string())
        ),
    };
    let unscored = scores.inherent.is_none();
    let controls = plan.controls_of(threat.id).len();
    let bare = controls == 0 && threat.treated() == Treatment::Mitigate;
    let verdict = match (threat.personal, threat.dpo_verdict) {
        (None, _) => Cell::default(),
        (Some(_), None) => Cell::new("! not yet", Tint::Alert),
        (Some(_), Some(verdict)) => Cell::plain(verdict.label()),
    };
    let cells = vec![
        Cell::plain(threat.reference()),
        Cell::plain(threat.title.to_string()),
        Cell::new(digits, if unscored { Tint::Alert } else { Tint::Plain }),
        level(scores.now, unscored),
        level(scores.target, unscored),
        Cell::new(threat.treated().label(), if threat.treatment.is_none() { Tint::Alert } else { Tint::Plain }),
        Cell::new(
            if bare { "! 0".to_owned() } else { controls.to_string() },
            if bare { Tint::Alert } else { Tint::Plain },
        ),
        verdict,
    ];
    let flagged = threat.flagged == Some(crate::domain::fields::YesNo::Yes);
    let mark = if flagged { ("[*]", Tint::Here) } else { ("   ", Tint::Plain) };
    Row::item(Target::Thing(Kind::Threat, threat.id), cells).marked(mark.0, mark.1).struck(!threat.counts())
}

/// A level as a mark, a word and a number for sorting; unscored has a mark of its own and never looks calm.
pub(super) fn level(rating: Option<Rating>, unscored: bool) -> Cell {
    match rating {
        Some(rating) => {
            let mark = [".", "o", "#", "!"][rating.level as usize];
            Cell::new(format!("{mark} {}", rating.level.label()), Tint::Level(rating.level as u8 + 1))
        }
        None if unscored => Cell::new("? unscored", Tint::Level(0)),
        None => Cell::default(),
    }
}
