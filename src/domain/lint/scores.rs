//! Scores that cannot be: worse after controls than before, or lowered with nothing that lowers them.

use super::{Notes, Reading, Rule, named};
use crate::domain::{
    Kind,
    decision::Place,
    register::{Rating, Threat},
};

pub(super) fn threats(read: &Reading, notes: &mut Notes) {
    for threat in read.threats().filter(|threat| threat.now_likelihood.or(threat.now_impact).is_some()) {
        let ratings = read.plan.ratings(threat);
        if let (Some(inherent), Some(now), Some(target)) = (ratings.inherent, ratings.now, ratings.target) {
            by_hand(read, threat, [inherent, now, target], notes);
        }
    }
}

fn by_hand(read: &Reading, threat: &Threat, [inherent, now, target]: [Rating; 3], notes: &mut Notes) {
    let name = named(threat);
    let likelier = now.likelihood > inherent.likelihood;
    let lowered = now.likelihood < inherent.likelihood || now.impact < inherent.impact;
    let lower_field = if now.likelihood < inherent.likelihood { "now_likelihood" } else { "now_impact" };
    let place = |field: &str| Place::field(Kind::Threat, threat.id, field);
    if likelier || now.impact > inherent.impact {
        let (word, field, from, to) = if likelier {
            ("likelihood", "now_likelihood", inherent.likelihood, now.likelihood)
        } else {
            ("impact", "now_impact", inherent.impact, now.impact)
        };
        let what = format!("{name} has the {word} {} now, and {} before any control.", to.get(), from.get());
        let mend = "Correct the score of now, or raise the one before any control.";
        notes.say(Rule::ResidualAboveInherent, place(field), what, mend);
    } else if lowered && read.standing(threat).next().is_none() {
        let what =
            format!("{name} was lowered from {} to {}, and no control is against it.", said(inherent), said(now));
        let mend = "Link the control that lowers it, or take back the score of now.";
        notes.say(Rule::LoweredWithoutControl, place(lower_field), what, mend);
    } else if lowered && !read.standing(threat).any(|control| read.plan.is_verified(control.id)) {
        let what = format!("{name} was lowered by hand to {}, and no control against it is verified.", said(now));
        let mend = "Verify a control against it, or take back the score of now until one is.";
        notes.say(Rule::LoweredUnverified, place(lower_field), what, mend);
    } else if target.level > now.level {
        let (now, target) = (now.level.label(), target.level.label());
        let what = format!("{name} is {now} now as set by hand, and the whole plan reaches only {target}.");
        let mend = "Say by how much each control lowers it, or correct the score of now.";
        notes.say(Rule::NowBelowTarget, place(lower_field), what, mend);
    }
    if threat.score_reason.is_empty() {
        let what = format!("{name} has a score set by hand, and nobody said why.");
        notes.say(Rule::ByHandWithoutReason, place("score_reason"), what, "Say why the score is what it is.");
    }
}

/// `4 × 5`.
fn said(rating: Rating) -> String {
    format!("{} × {}", rating.likelihood.get(), rating.impact.get())
}
