//! What a bundle comes to, in sentences for whoever takes it in.

use std::collections::{BTreeMap, BTreeSet};

use super::{Arrived, Dossier, Moment, Told};
use crate::domain::{
    Line,
    fields::Vocabulary,
    people::Role,
    register::day_of,
    wording::{day, thousands},
};

/// Who wrote how much of what is new, what of it concerns the whole record, who wrote in a role that they do not hold
/// here, and each act that binds.
pub fn receipt(new: &[&Told], acts: &[Arrived], here: &Dossier) -> Vec<String> {
    let mut people: BTreeMap<String, (usize, Moment)> = BTreeMap::new();
    let (mut strangers, mut record) = (BTreeMap::<(String, &str), usize>::new(), BTreeSet::new());
    for told in new {
        let who = Line::new(&told.body.name).to_string();
        if told.of.is_some() {
            if let Some(role) = told.role.filter(|role| told.body.system.is_some() && is_stranger(here, told, *role)) {
                *strangers.entry((who.clone(), role.label())).or_default() += 1;
            }
            if let Some(of) = told.of.filter(|_| told.body.system.is_none()) {
                record.insert(of.label());
            }
        }
        let seen = people.entry(who).or_insert((0, told.at));
        *seen = (seen.0 + 1, seen.1.max(told.at));
    }
    let of = |(name, (count, last)): (String, (usize, Moment))| {
        format!("{name} {}, the last on {}", thousands(count), day(last))
    };
    let mut out = vec![format!("New entries: {}.", people.into_iter().map(of).collect::<Vec<_>>().join("; "))];
    if !record.is_empty() {
        let kinds: Vec<&str> = record.into_iter().collect();
        out.push(format!("Also of the record itself: {}.", kinds.join(", ")));
    }
    let stranger = |((who, role), count): ((String, &str), usize)| {
        format!("{who} wrote {} of them as {role}, a role that they do not hold in this record.", thousands(count))
    };
    out.extend(strangers.into_iter().map(stranger));
    let aside = acts.iter().filter(|act| act.aside.is_some()).count();
    if aside > 0 {
        let acts = if aside == 1 { "1 act is".to_owned() } else { format!("{aside} acts are") };
        out.push(format!("{acts} set aside: in the journal with the reason, and without effect."));
    }
    let (wrong, right): (Vec<_>, Vec<_>) = acts.iter().partition(|act| act.aside.is_some());
    out.extend(wrong.into_iter().chain(right).map(Arrived::says));
    out
}

fn is_stranger(here: &Dossier, told: &Told, role: Role) -> bool {
    let day = day_of(told.at);
    ![-1, 0, 1].into_iter().any(|off| here.holds(told.actor, role, day.plus(off)))
}
