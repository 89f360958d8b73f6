//! The walk finds what the sweep finds, from anywhere, either way, and however short the slices are.

use super::*;
use crate::domain::{
    Change, Event, Prose,
    across::{By, Which},
    library::Level,
    people::Stamp,
    register::{Scale, Treatment},
    summary::Summary,
    system::Tier,
    value::Value,
};

/// Chance that is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }
}

fn event(of: Kind, entity: Id, set: &[(&str, Value)]) -> Event {
    let change = |(field, new): &(&str, Value)| Change { field: (*field).into(), old: Value::Null, new: new.clone() };
    let set = set.iter().filter(|(_, value)| !value.is_null()).map(change).collect();
    Event { of, verb: "add".into(), entity, set, why: Prose::default(), attach: None }
}

/// A few systems with threats that were entered in turn, so that those of a system do not lie together.
fn across(seed: u64) -> Store {
    let (mut store, mut dice) = (Store::in_memory().unwrap(), Dice(seed));
    let stamp = Stamp {
        at: crate::domain::fields::Moment(1_790_000_000_000),
        today: Day::parse("2026-11-23").unwrap(),
        by: Id([9; 16]),
        name: "Ada".into(),
        role: Role::Security,
        meeting: None,
        chance: [7; 10],
        made: 0.into(),
    };
    let names = ["Ära", "beta", "Beta", "beta", "Zoo"];
    let system = |n: usize| Id([u8::try_from(n + 1).unwrap(); 16]);
    let ask = |store: &mut Store, subject: Id, event: Event| {
        store.transact(Some(subject), &stamp, &|_| None, |_| Ok::<_, ()>(vec![event])).unwrap().unwrap();
    };
    for (n, name) in names.into_iter().enumerate() {
        ask(&mut store, system(n), event(Kind::System, system(n), &[("name", name.into())]));
    }
    for n in 0..60u8 {
        let of = usize::try_from(dice.below(names.len() as u64)).unwrap();
        let digit = |dice: &mut Dice| match dice.below(4) {
            0 => Value::Null,
            _ => Value::Int(i64::try_from(dice.below(5)).unwrap() + 1),
        };
        let text = |text: &str| if text.is_empty() { Value::Null } else { Value::from(text) };
        let set = [
            ("number", Value::Int(n.into())),
            ("title", text(dice.one(&["", "Prompt leak", "prompt LEAK", "Öl", "a tool", "A tool is used"]))),
            ("component", text(dice.one(&["", "", "Gate", "tool box"]))),
            ("likelihood", digit(&mut dice)),
            ("impact", digit(&mut dice)),
            ("treatment", text(dice.one(&["", "undecided", "mitigate", "accept", "not_applicable"]))),
            ("due", text(dice.one(&["", "", "2026-01-05", "2026-02-01"]))),
            ("flagged", text(dice.one(&["", "yes", "no"]))),
            ("library", text(dice.one(&["", "", "DKT-T-001", "DKT-T-002", "DKT-T-010", "ACME-T-001", "gone"]))),
            (
                "maps",
                match dice.below(5) {
                    0 => Value::List(vec!["LLM03:2025".into(), "LLM01:2025".into()]),
                    _ => Value::Null,
                },
            ),
            ("now_likelihood", if dice.below(5) == 0 { Value::Int(5) } else { Value::Null }),
            ("now_impact", if dice.below(5) == 0 { Value::Int(1) } else { Value::Null }),
            ("archived", if dice.below(9) == 0 { Value::Int(1) } else { Value::Null }),
        ];
        ask(&mut store, system(of), event(Kind::Threat, Id([100 + n; 16]), &set));
    }
    // One system is not on the board: its threats are on no list either.
    for (n, name) in names.iter().enumerate().take(4) {
        let tier = dice.one(&["critical", "minimal", ""]).to_owned();
        store.refresh(system(n), Summary { name: (*name).into(), tier, ..Summary::default() }).unwrap();
    }
    store
}

fn queries() -> Vec<Query> {
    let which = [
        Which::All,
        Which::Level(Scale::Inherent, Level::High),
        Which::Level(Scale::Now, Level::Medium),
        Which::Place(Scale::Target, 3, 4),
        Which::Counting,
        Which::Flagged,
        Which::Treated(Treatment::Undecided),
        Which::System(Id([2; 16])),
        Which::Tier(Some(Tier::Critical)),
        Which::Tier(None),
    ];
    let mut all = Vec::new();
    for by in By::ALL {
        for which in which {
            // The orders that go by what is looked up row by row are slow to walk: they are asked less.
            let slow = matches!(by, By::Level | By::Component | By::Framework);
            for filter in if slow { &["", "BETA leak"][..] } else { &["", "tool", "BETA leak", "ö"] } {
                let ways = [(false, false), (false, true), (true, false)];
                for (unscored, reversed) in ways.into_iter().take(if slow { 2 } else { 3 }) {
                    all.push(Query { which, unscored, filter: (*filter).into(), by, reversed });
                }
            }
        }
    }
    all
}

/// Every row that fits, as the sweep finds it.
fn swept(store: &Store, query: &Query) -> Scan {
    let mut scan = store.look(query.clone(), 5, None, Day::parse("2026-11-23").unwrap()).unwrap().0;
    while scan.unfinished() {
        store.look_on(&mut scan).unwrap();
    }
    scan
}

fn walked(store: &Store, scan: &mut Scan, spot: Option<Spot>, forward: bool) -> Vec<i64> {
    let mut walk = Walk::from(&scan.look, spot, forward);
    let mut out = Vec::new();
    while !walk.ended {
        walk.step(&store.conn, &mut scan.look, &mut out).unwrap();
    }
    out.into_iter().map(|spot| spot.rid).collect()
}

#[test]
fn every_walk_finds_what_the_sweep_finds() {
    for seed in 0..3 {
        let store = across(seed);
        for query in queries() {
            let mut scan = swept(&store, &query);
            let list = scan.sweep.list().unwrap().to_vec();
            let rids: Vec<i64> = list.iter().map(|spot| spot.rid).collect();
            assert_eq!((list.len(), scan.sweep.matches), (rids.len(), rids.len()));
            assert_eq!(walked(&store, &mut scan, None, true), rids, "{query:?}");
            let back = walked(&store, &mut scan, None, false);
            assert!(back.iter().rev().eq(&rids), "{query:?}");
            for at in [0, rids.len() / 2, rids.len().saturating_sub(1)] {
                let Some(spot) = list.get(at).cloned() else { continue };
                assert_eq!(walked(&store, &mut scan, Some(spot.clone()), true), rids[at + 1..], "{query:?} from {at}");
                let back = walked(&store, &mut scan, Some(spot), false);
                assert!(back.iter().rev().eq(&rids[..at]), "{query:?} back from {at}");
            }
        }
    }
}

/// As if there were too many to keep: every part is walked to, in slices of no time at all.
#[test]
fn parts_are_the_same_whichever_way_they_are_reached() {
    let store = across(5);
    for query in queries() {
        let mut scan = swept(&store, &query);
        let rids: Vec<i64> = scan.sweep.list().unwrap().iter().map(|spot| spot.rid).collect();
        (scan.sweep.many, scan.sweep.kept) = (true, Vec::new());
        scan.marks.clear();
        let last = rids.len().saturating_sub(7);
        for from in [0, 3, last, last.saturating_sub(4), 9, last / 2, 1, last] {
            let from = from.min(last);
            scan.part = Part::new(from, 7);
            while !scan.part.full {
                part::fill(&store.conn, &mut scan, Instant::now()).unwrap();
            }
            let found: Vec<i64> = part::shown(&scan).iter().map(|spot| spot.rid).collect();
            assert_eq!(found, rids[from..(from + 7).min(rids.len())], "{query:?} from {from}");
        }
    }
}

#[test]
fn every_order_has_an_index() {
    let store = across(1);
    let plan = |sql: &str| -> String {
        let mut query = store.conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let rows = query.query_map([], |row| row.get::<_, String>(3)).unwrap();
        rows.collect::<rusqlite::Result<Vec<_>>>().unwrap().join("; ")
    };
    for (sql, index) in [
        (
            "SELECT rid FROM threat INDEXED BY threat_title WHERE archived=0 AND ifnull(title,'') COLLATE NOCASE='x' AND rid>5 ORDER BY rid",
            "threat_title (<expr>=? AND rowid>?)",
        ),
        (
            "SELECT rid FROM threat INDEXED BY threat_title WHERE archived=0 AND ifnull(title,'') COLLATE NOCASE>'x' ORDER BY ifnull(title,'') COLLATE NOCASE, rid",
            "threat_title (<expr>>?)",
        ),
        (
            "SELECT rid FROM threat INDEXED BY threat_score WHERE likelihood IS 3 AND impact IS NULL AND archived=0 AND rid<7 ORDER BY rid DESC",
            "threat_score (likelihood=? AND impact=? AND rowid<?)",
        ),
        (
            "SELECT rid FROM threat INDEXED BY threat_due WHERE archived=0 AND due IS NOT NULL ORDER BY due, rid LIMIT 5",
            "threat_due",
        ),
        (
            "SELECT system FROM summary INDEXED BY summary_tier WHERE tier='' AND name>'x' COLLATE NOCASE ORDER BY name COLLATE NOCASE, system",
            "summary_tier (tier=? AND name>?)",
        ),
        (
            "SELECT rid, title, due FROM threat INDEXED BY threat_words WHERE archived=0 AND system=x'00' AND rid>5 ORDER BY rid",
            "COVERING INDEX threat_words (system=? AND rid>?)",
        ),
        (
            "SELECT rid, title, due FROM threat INDEXED BY threat_words WHERE archived=0 AND system>x'00' ORDER BY system, rid",
            "COVERING INDEX threat_words (system>?)",
        ),
        (
            "SELECT rid FROM threat INDEXED BY threat_component WHERE archived=0 AND component IS NOT NULL AND component COLLATE NOCASE>'x' ORDER BY component COLLATE NOCASE, rid",
            "threat_component (component>?)",
        ),
        (
            "SELECT rid FROM threat INDEXED BY threat_library WHERE library='x' AND archived=0 AND rid>5 ORDER BY rid",
            "threat_library (library=? AND rowid>?)",
        ),
        (
            "SELECT rid FROM threat INDEXED BY threat_maps WHERE maps IS NOT NULL AND archived=0 AND rid>5 ORDER BY rid",
            "threat_maps (archived=? AND rowid>?)",
        ),
        (
            "SELECT rid FROM threat INDEXED BY threat_by_hand WHERE (now_likelihood IS NOT NULL OR now_impact IS NOT NULL) AND likelihood IS 3 AND impact IS 4 AND archived=0 AND rid>5 ORDER BY rid",
            "threat_by_hand (likelihood=? AND impact=? AND rowid>?)",
        ),
        (
            "SELECT rid FROM threat WHERE rid=1 UNION ALL SELECT rid FROM link WHERE threat='x'",
            "link_threat (threat=?)",
        ),
    ] {
        let found = plan(sql);
        assert!(found.contains(index) && !found.contains("TEMP B-TREE"), "{sql}: {found}");
    }
}
