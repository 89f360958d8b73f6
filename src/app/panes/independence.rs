//! Who did several steps, what the policy says of it, and what makes up for it.

use super::{Cell, Row, Target, Tint, moment, person};
use crate::domain::{
    Dossier, Kind,
    decision::{Mend, Overlap, Place, Wanted, countersigned, due_roles, overlaps, overridden, rules_of_review, wanted},
    fields::{Day, Vocabulary},
};

/// A line for each person in several roles, with what is missing or what makes up for it below.
pub(super) fn rows(dossier: &Dossier, today: Day) -> Vec<Row> {
    let overlaps = overlaps(dossier, today);
    let policy = rules_of_review(dossier);
    let version = if policy.version == 0 { "as built in".to_owned() } else { format!("version {}", policy.version) };
    let mut rows = Vec::new();
    if overlaps.is_empty() {
        rows.push(Row::note("    Every step is held by a person of its own."));
        return rows;
    }
    let due = due_roles(dossier).len() + 1;
    for overlap in overlaps {
        let lacks = wanted(dossier, overlap.person, &overlap.roles, (&policy, today));
        let who = person(dossier, Some(overlap.person));
        let roles: Vec<_> = overlap.roles.iter().map(|role| role.label()).collect();
        let text = format!(
            "{} of {due} steps by the same person, {who} ({}): {}, policy {version}",
            roles.len(),
            roles.join(", "),
            overlap.judgement.label(),
        );
        let mend = if lacks.first() == Some(&Wanted::Countersign) { countersign(&overlap) } else { combine(dossier) };
        let (mark, tint) = if lacks.is_empty() { ("[-]", Tint::Muted) } else { ("[!]", Tint::Alert) };
        let cells = vec![Cell::plain("Independence"), Cell::new(text, tint)];
        rows.push(Row::item(Target::Gap(mend), cells).marked(mark, tint));
        rows.extend(made_up_for(dossier, &overlap, today).into_iter().map(|says| Row::note(format!("    {says}"))));
        if let [_, Wanted::Countersign] = lacks[..] {
            let cells = vec![Cell::plain(""), Cell::new("! needs a countersignature as well", Tint::Alert)];
            rows.push(Row::item(Target::Gap(countersign(&overlap)), cells).marked("[!]", Tint::Alert));
        }
    }
    rows
}

fn combine(dossier: &Dossier) -> Place {
    Place::act(Kind::Review, dossier.review().map(|review| review.id), Mend::Override)
}

fn countersign(overlap: &Overlap) -> Place {
    Place::act(Kind::Countersign, Some(overlap.person), Mend::Countersign)
}

/// The recorded reason and the countersignature, in a sentence each.
fn made_up_for(dossier: &Dossier, overlap: &Overlap, today: Day) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(review) = dossier.review().filter(|_| overridden(dossier, overlap.person, &overlap.roles)) {
        let by = person(dossier, review.override_by.map(|who| who.0));
        let measure = &review.compensating;
        out.push(format!("Allowed by {by}, because {} Made up for by: {measure}", review.override_reason));
    }
    if let Some(found) = countersigned(dossier, overlap.person, &overlap.roles, today) {
        let hat = found.hat.map_or("", |role| role.label());
        let at = found.at.map_or_else(String::new, moment);
        out.push(format!("Countersigned by {} as {hat}, {at}: \"{}\"", found.name, found.statement));
    }
    out
}
