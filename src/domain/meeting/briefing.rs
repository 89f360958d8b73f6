//! What the board needs of a system at a glance: the same on the screen, on the second screen and in the pack.

use crate::domain::{
    Dossier,
    decision::{Station, counted, gaps, stations},
    fields::{Day, Vocabulary},
    library::Level,
    people::Role,
    register::{Plan, Rating},
    wording::person,
};

/// What the board needs of a system at a glance.
pub fn briefing(dossier: &Dossier, today: Day) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    let review = dossier.review();
    let draft = review.and_then(|review| review.draft);
    if let (Some(review), Some(draft)) = (review, draft) {
        let conditions = review.draft_conditions.as_str().lines().count();
        let bound = counted(conditions, "condition", "conditions");
        let bound = if conditions > 0 { format!(" with {bound}") } else { String::new() };
        out.push(("Proposed", format!("{}{bound}: {}", draft.label(), review.draft_reason)));
    }
    let open = gaps(dossier, today);
    let first: Vec<String> = open.iter().take(3).map(|gap| gap.what.clone()).collect();
    out.push((
        "Missing",
        if open.is_empty() {
            "nothing: the gate is open".to_owned()
        } else {
            format!("{}: {}", open.len(), first.join("; "))
        },
    ));
    out.push(("DPO", advice(dossier)));
    let hats = Role::REVIEW.iter().zip(stations(dossier)).filter(|(_, s)| *s != Station::Absent);
    let hats = hats.map(|(role, _)| format!("{} {}", role.short(), person(dossier, dossier.holder(*role, today))));
    out.push(("Hats", hats.collect::<Vec<_>>().join(", ")));
    let purpose = dossier.system().map_or_else(String::new, |system| system.purpose.to_string());
    out.push(("Tier", dossier.tier().map_or_else(|| "none yet".to_owned(), |tier| tier.label().to_owned())));
    out.push(("Purpose", purpose));
    out
}

fn advice(dossier: &Dossier) -> String {
    if !dossier.personal_data() {
        return "no part: no personal data is in scope".to_owned();
    }
    let words = dossier.privacy().map_or_else(String::new, |privacy| privacy.advice_text.to_string());
    match dossier.advice() {
        Some(advice) if words.is_empty() => advice.label().to_owned(),
        Some(advice) => format!("{}: {words}", advice.label()),
        None => "no advice yet".to_owned(),
    }
}

/// The worst threats, as they are now and as they will be if the plan lands.
pub fn worst(dossier: &Dossier, today: Day, most: usize) -> Vec<(String, Option<Level>, Option<Level>)> {
    let plan = Plan::of(dossier, today);
    let mut all: Vec<_> = dossier
        .live_threats()
        .filter(|threat| threat.counts())
        .map(|threat| {
            let ratings = plan.ratings(threat);
            let level = |rating: Option<Rating>| rating.map(|rating| rating.level);
            (format!("{} {}", threat.reference(), threat.title), level(ratings.now), level(ratings.target))
        })
        .collect();
    // Unscored never looks calm: it stands first.
    all.sort_by_key(|(_, now, _)| std::cmp::Reverse(now.map_or(u8::MAX, |level| level as u8)));
    all.truncate(most);
    all
}
