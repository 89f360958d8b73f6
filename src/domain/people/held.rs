//! Who holds which role on a system today.

use super::{Assignment, Role};
use crate::domain::{
    Dossier, Id,
    fields::{Day, Who},
    rows::Rows,
};

/// One person's hold on a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// Who.
    pub person: Id,
    /// As the delegate of this person.
    pub acting_for: Option<Id>,
}

/// Whoever holds `role`: the system's own assignment, else the default of the record. `own` and `default` are the live
/// assignments of the system and of the record; the newest one wins.
pub fn holder(own: &Rows<Assignment>, default: &Rows<Assignment>, role: Role, today: Day) -> Option<Id> {
    [own, default]
        .iter()
        .find_map(|level| level.iter().rev().find(|a| is_live(a, role, today)).and_then(|a| a.person.map(|who| who.0)))
}

/// Whether `person` may act in `role` today, as its holder or as a delegate.
pub fn holds(
    own: &Rows<Assignment>,
    default: &Rows<Assignment>,
    person: Id,
    role: Role,
    today: Day,
) -> Option<Holding> {
    let level = if own.iter().any(|a| is_live(a, role, today)) { own } else { default };
    let live = || level.iter().filter(|a| is_live(a, role, today));
    let mine = live().find(|a| a.person == Some(Who(person))).map(|_| Holding { person, acting_for: None });
    let for_other = || {
        live()
            .find(|a| a.delegate == Some(Who(person)))
            .map(|a| Holding { person, acting_for: a.person.map(|who| who.0) })
    };
    mine.or_else(for_other)
}

/// Every role in which `person` may act today.
pub fn roles_of(own: &Rows<Assignment>, default: &Rows<Assignment>, person: Id, today: Day) -> Vec<Role> {
    use crate::domain::fields::Vocabulary;
    Role::ALL.iter().copied().filter(|role| holds(own, default, person, *role, today).is_some()).collect()
}

fn is_live(assignment: &Assignment, role: Role, today: Day) -> bool {
    !assignment.archived && assignment.role == Some(role) && assignment.until.is_none_or(|until| today <= until)
}

/// Everybody who ever held a review role here, each with the role, whoever's assignment is the newest first.
pub fn last_held(dossier: &Dossier) -> Vec<(Id, Role)> {
    let own = dossier.assignments.iter().rev().chain(dossier.defaults.iter().rev());
    let held = own.filter(|a| !a.archived && a.role.is_some_and(|role| Role::REVIEW.contains(&role)));
    let each = held.flat_map(|a| [a.person, a.delegate].into_iter().flatten().map(move |who| (who.0, a.role)));
    each.filter_map(|(person, role)| Some((person, role?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn person(n: u8) -> Id {
        Id([n; 16])
    }

    fn assign(n: u8, role: Role, until: Option<&str>) -> Assignment {
        Assignment {
            person: Some(Who(person(n))),
            role: Some(role),
            until: until.map(day),
            ..Assignment::empty(person(100 + n))
        }
    }

    #[test]
    fn the_systems_own_assignment_wins_over_the_default() {
        let own = [assign(1, Role::Dpo, None)].into();
        let default = [assign(2, Role::Dpo, None)].into();
        let today = day("2026-11-21");
        assert_eq!(holder(&own, &default, Role::Dpo, today), Some(person(1)));
        assert!(holds(&own, &default, person(2), Role::Dpo, today).is_none());
        assert_eq!(holder(&Rows::default(), &default, Role::Dpo, today), Some(person(2)));
    }

    #[test]
    fn an_assignment_holds_through_the_end_of_its_last_day() {
        let own = [assign(1, Role::Security, Some("2026-11-21"))].into();
        assert!(holds(&own, &Rows::default(), person(1), Role::Security, day("2026-11-21")).is_some());
        assert!(holds(&own, &Rows::default(), person(1), Role::Security, day("2026-11-22")).is_none());
    }

    #[test]
    fn a_delegate_acts_for_the_holder() {
        let mut a = assign(1, Role::Signoff, None);
        a.delegate = Some(Who(person(9)));
        let held = holds(&[a].into(), &Rows::default(), person(9), Role::Signoff, day("2026-11-21")).unwrap();
        assert_eq!(held.acting_for, Some(person(1)));
    }
}
