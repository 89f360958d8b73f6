//! The rows of a register that fit what is typed: words, and levels on a scale.

use crate::{
    app::row::{Row, Target},
    domain::{
        Dossier, Kind,
        fields::Day,
        register::{LEVEL_WORDS, Plan, Sieve},
    },
};

/// The rows in which the words stand, and whose threat is on the levels that are asked for.
pub fn sifted(dossier: &Dossier, rows: Vec<Row>, filter: &str, today: Day) -> Vec<Row> {
    let sieve = Sieve::parse(filter);
    let words = sieve.words.join(" ");
    let plan = (!sieve.levels.is_empty()).then(|| Plan::of(dossier, today));
    let on_level = |row: &Row| {
        let Some(plan) = &plan else { return true };
        let Some(Target::Thing(Kind::Threat, id)) = row.target else { return false };
        dossier
            .threats
            .position(id)
            .and_then(|at| dossier.threats.get(at))
            .is_some_and(|threat| sieve.takes(threat, &plan.ratings(threat)))
    };
    let fits = |row: &Row| row.selectable() && row.text().to_lowercase().contains(&words) && on_level(row);
    rows.into_iter().filter(fits).collect()
}

/// What the filter of a register takes, said while it is opened.
pub fn filter_help() -> String {
    format!("Words filter, and so do levels: {LEVEL_WORDS}.")
}
