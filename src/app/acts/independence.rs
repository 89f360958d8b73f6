//! Countersigning what one person does in several roles.

use super::perform::{push, say};
use crate::app::{Effect, Model, row::Target, sheets};
use crate::domain::{
    Id,
    decision::{Mend, Wanted, overlaps, rules_of_review, wanted},
};

/// The sheet for whoever is under the cursor, else for the first who needs a countersignature.
pub(super) fn countersign(model: &mut Model) -> Option<Effect> {
    let Some(whose) = whose(model) else {
        return say(model, "Nobody's roles need a countersignature here.");
    };
    let form = sheets::countersign(model.system()?, &model.me.clone()?, whose, model.today);
    push(model, form)
}

fn whose(model: &Model) -> Option<Id> {
    let screen = model.system()?;
    if let Some(Target::Gap(place)) = screen.selected().and_then(|row| row.target.as_ref())
        && place.mend == Mend::Countersign
    {
        return place.id;
    }
    let (dossier, today) = (&screen.dossier, model.today);
    let rules = rules_of_review(dossier);
    let needs = |lacks: Vec<Wanted>| lacks.contains(&Wanted::Countersign);
    let mut all = overlaps(dossier, today).into_iter();
    all.find(|o| needs(wanted(dossier, o.person, &o.roles, (&rules, today)))).map(|overlap| overlap.person)
}
