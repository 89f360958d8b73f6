//! The numbers of the pictures are the rows behind them: whatever was written on whatever day, kept and replayed agree.

use docket::{
    domain::{
        Dossier, Event, Id, Kind,
        fields::{Day, Vocabulary},
        library::Level,
        page::Behind,
        people::Stamp,
        register::{Group, Scale, Tally, Treatment, day_of, levels_on},
        summary::summarise,
        value::Value,
    },
    store::Store,
};
use proptest::prelude::*;

use super::seat::{ADA, add, event, id, problems, stamp_of};

/// Something that changes the register of one of three systems, after some days.
#[derive(Debug, Clone, Copy)]
struct Step {
    system: u32,
    wait: i64,
    what: u8,
    pick: u32,
    numbers: (i64, i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step =
        (0u32..3, prop_oneof![3 => Just(0i64), 2 => 1i64..12, 1 => Just(-2i64)], 0u8..9, 0u32..5, (1i64..6, 1i64..6));
    let step = step.prop_map(|(system, wait, what, pick, numbers)| Step { system, wait, what, pick, numbers });
    proptest::collection::vec(step, 1..40)
}

fn text(id: Id) -> Value {
    Value::Text(id.to_string())
}

impl Step {
    fn thing(self, base: u32) -> Id {
        id(1_000 * (self.system + 1) + base + self.pick)
    }

    fn events(self, today: Day) -> Vec<Event> {
        let day = |days: i64| Value::Text(today.plus(days).to_string());
        let set = |of, entity, all: &[(&str, Value)]| {
            let all: Vec<_> = all.iter().map(|(field, value)| (*field, Value::Null, value.clone())).collect();
            event(of, "edit", entity, &all)
        };
        let threat = self.thing(0);
        let (l, i) = (Value::Int(self.numbers.0), Value::Int(self.numbers.1));
        match self.what {
            0..=2 => vec![set(Kind::Threat, threat, &[("likelihood", l), ("impact", i)])],
            3 => vec![set(Kind::Threat, threat, &[("now_likelihood", l), ("likelihood", Value::Null)])],
            4 => vec![set(Kind::Threat, threat, &[("treatment", Value::Text("not_applicable".into()))])],
            5 => vec![set(Kind::Threat, threat, &[("archived", Value::Int(1))])],
            6 => vec![set(Kind::Threat, threat, &[("treatment", Value::Text("mitigate".into()))])],
            7 => vec![add(Kind::Threat, threat, "another")],
            _ => self.verified(threat, day(self.numbers.0 * 3), day(self.numbers.1 * 4)),
        }
    }

    /// A control that lowers the threat for some days.
    fn verified(self, threat: Id, valid: Value, expires: Value) -> Vec<Event> {
        let (control, link, check, proof) = (self.thing(100), self.thing(200), self.thing(300), self.thing(400));
        let set = |of, entity, all: Vec<(&str, Value)>| {
            let all: Vec<_> = all.into_iter().map(|(field, value)| (field, Value::Null, value)).collect();
            event(of, "edit", entity, &all)
        };
        let word = |word: &str| Value::Text(word.into());
        vec![
            set(Kind::Control, control, vec![("status", word("verified"))]),
            set(
                Kind::Link,
                link,
                vec![("threat", text(threat)), ("control", text(control)), ("less_likely", Value::Int(3))],
            ),
            set(Kind::Evidence, proof, vec![("grade", word("explicit")), ("expires", expires)]),
            set(
                Kind::Verification,
                check,
                vec![
                    ("control", text(control)),
                    ("outcome", word("works")),
                    ("valid_until", valid),
                    ("evidence", text(proof)),
                ],
            ),
        ]
    }
}

fn stamp_on(day: i64) -> Stamp {
    let stamp = stamp_of(ADA, day * 86_400_000);
    let today = day_of(stamp.at);
    Stamp { today, ..stamp }
}

/// A record with three systems on which all of it happened, and the day that it is then.
fn played(steps: &[Step]) -> (Store, Day) {
    let mut store = Store::in_memory().unwrap();
    let mut day = 0;
    for system in 0..3 {
        let stamp = stamp_on(day);
        let named = vec![add(Kind::System, id(system + 1), &format!("System {system}"))];
        let sums = |dossier: &_| summarise(dossier, stamp.today);
        store.transact(Some(id(system + 1)), &stamp, &sums, |_| Ok::<_, ()>(named)).unwrap().unwrap();
    }
    for step in steps {
        day = (day + step.wait).max(0);
        let stamp = stamp_on(day);
        let sums = |dossier: &_| summarise(dossier, stamp.today);
        if step.pick == 4 {
            store.refresh_stale(stamp.today, 9, &sums).unwrap();
        }
        let (system, events) = (Some(id(step.system + 1)), step.events(stamp.today));
        let ask = |_: &Dossier| Ok::<_, ()>(events);
        let done = match step.pick {
            0..2 => store.transact_owing(system, &stamp, &sums, ask),
            _ => store.transact(system, &stamp, &sums, ask),
        };
        done.unwrap().unwrap();
    }
    let last = (0..=steps.len()).map(|n| steps[..n].iter().fold(0, |day, step| (day + step.wait).max(0))).max();
    let today = stamp_on(last.unwrap()).today.plus(20);
    fresh(&mut store, today);
    (store, today)
}

fn fresh(store: &mut Store, today: Day) {
    while store.refresh_stale(today, 9, &|dossier| summarise(dossier, today)).unwrap() > 0 {}
}

/// Time passed by one clock, then another that is behind wrote: the rows are what the journal says all the same.
#[test]
fn a_clock_that_is_behind_writes_what_a_replay_makes() {
    let step = |system, wait, what, numbers| Step { system, wait, what, pick: 4, numbers };
    let steps = [step(0, 0, 0, (5, 5)), step(0, 0, 8, (3, 3)), step(1, 11, 0, (2, 2)), step(0, -2, 0, (4, 4))];
    let (mut store, today) = played(&steps);
    assert_eq!(problems(&store), Vec::<String>::new());
    let before = store.trend_of_all(today).unwrap();
    store.rebuild().unwrap();
    fresh(&mut store, today);
    assert_eq!(store.trend_of_all(today).unwrap(), before);
}

/// Every number of the portfolio's pictures.
fn numbers() -> Vec<Group> {
    let mut all = vec![Group::Unscored, Group::Open];
    for scale in Scale::ALL {
        all.extend((1..=5).flat_map(|l| (1..=5).map(move |i| Group::Place(scale, l, i))));
        all.extend(Level::ALL.map(|level| Group::Level(scale, level)));
    }
    all.extend(Treatment::ALL.iter().map(|treatment| Group::Treated(*treatment)));
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_what_is_replayed(steps in steps()) {
        let (mut store, today) = played(&steps);
        prop_assert_eq!(problems(&store), Vec::<String>::new());
        let trends = |store: &Store| {
            let of = |n: u32| store.trend(&store.dossier(Some(id(n))).unwrap(), today).unwrap();
            ((1..=3).map(of).collect::<Vec<_>>(), store.trend_of_all(today).unwrap(), store.risk().unwrap())
        };
        let before = trends(&store);
        store.rebuild().unwrap();
        prop_assert_eq!(problems(&store), Vec::<String>::new());
        fresh(&mut store, today);
        prop_assert_eq!(trends(&store), before);
        prop_assert_eq!(problems(&store), Vec::<String>::new());
    }

    #[test]
    fn the_last_point_is_the_live_count_and_every_point_has_its_rows(steps in steps()) {
        let (store, today) = played(&steps);
        let mut sum = Tally::default();
        for n in 1..=3 {
            let dossier = store.dossier(Some(id(n))).unwrap();
            let trend = store.trend(&dossier, today).unwrap();
            prop_assert_eq!(trend[11].levels, levels_on(&dossier, today));
            for point in &trend[..11] {
                let then = store.dossier_on(id(n), point.day).unwrap();
                prop_assert_eq!(levels_on(&then, point.day), point.levels, "{}", point.day);
                prop_assert_eq!(Group::Then(point.day).members(&then, point.day).len(), point.levels.all() as usize);
            }
            sum.shift(&Tally::default(), &summarise(&dossier, today).unwrap().risk);
        }
        prop_assert_eq!(&store.risk().unwrap(), &sum);
        let all = store.trend_of_all(today).unwrap();
        prop_assert_eq!(all[11].levels, sum.levels(Scale::Now));
        for point in &all[..11] {
            let then = Behind::Threats(Group::Then(point.day));
            prop_assert_eq!(store.behind(&then, 0, 9).unwrap().1.threats, point.levels.all(), "{}", point.day);
        }
    }

    #[test]
    fn every_number_is_the_sum_of_the_rows_that_it_opens(steps in steps()) {
        let (store, today) = played(&steps);
        let risk = store.risk().unwrap();
        for group in numbers() {
            let (rows, only) = store.behind(&Behind::Threats(group.clone()), 0, 9).unwrap();
            prop_assert_eq!(Some(only.threats), group.count(&risk), "{:?}", group);
            prop_assert_eq!((rows.len(), only.of), (only.counts.len(), 3));
            for ((system, _), count) in rows.iter().zip(&only.counts) {
                let dossier = store.dossier(Some(*system)).unwrap();
                prop_assert_eq!(group.members(&dossier, today).len(), *count as usize, "{:?}", group);
            }
        }
        let pictures = store.portfolio().unwrap();
        for (tier, count) in &pictures.tiers {
            let (rows, _) = store.behind(&Behind::Tier(tier.clone()), 0, 9).unwrap();
            prop_assert_eq!(rows.len(), *count as usize);
        }
        for (system, _, count, _) in &pictures.top {
            let dossier = store.dossier(Some(*system)).unwrap();
            prop_assert_eq!(Group::Open.members(&dossier, today).len(), *count as usize);
        }
    }
}

#[test]
fn a_number_that_was_changed_behind_its_back_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let mut store = Store::open(&path, super::seat::create()).unwrap();
    super::seat::fill(&mut store);
    assert_eq!(problems(&store), Vec::<String>::new());
    let other = rusqlite::Connection::open(&path).unwrap();
    for (sql, says) in [
        ("UPDATE trend SET unscored=1", "The risk over time of system"),
        ("INSERT INTO trend_day VALUES('2020-01-01', 1, 0, 0, 0, 0)", "The risk over time of all systems"),
        ("INSERT INTO heat VALUES(1, '3:1')", "The risk of all systems is not the sum"),
    ] {
        other.execute_batch(sql).unwrap();
        let found = problems(&store);
        assert!(found.iter().any(|problem| problem.starts_with(says)), "{sql}: {found:?}");
        store.rebuild().unwrap();
        assert_eq!(problems(&store), Vec::<String>::new());
    }
}
