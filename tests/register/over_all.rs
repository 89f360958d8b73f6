//! What the register over all systems shows is what the dossiers say, for any small portfolio.

use docket::{
    clock,
    desk::Desk,
    domain::{
        Dossier, Id, Kind,
        catalog::{Library, mapped},
        command::Command,
        fields::{Day, Entity, Vocabulary},
        library::{Level, QUESTIONS, Refs, framework},
        page::{AcrossRow, AllThreats, By, Query, Which},
        people::Role,
        register::{Plan, Scale, Threat, Treatment},
        system::Tier,
        value::Value,
    },
};
use proptest::prelude::*;

use crate::hands::Hands;

/// A system whose intake is answered at this level throughout.
pub fn tiered(hands: &mut Hands, name: &str, level: &str) -> Id {
    let system = hands.system(&[("name", name)]);
    let id = hands.dossier(system).intake().unwrap().id;
    let set = QUESTIONS.iter().map(|question| ((*question).to_owned(), Value::from(level))).collect();
    hands.done(system, Role::Owner, &Command::Edit { kind: Kind::Intake, id, set, why: "".into() });
    system
}

/// The rows and the count, once everything was looked at.
pub fn end(desk: &Desk, query: Query) -> (Vec<AcrossRow>, usize) {
    let mut found: AllThreats = desk.look(query, 400).unwrap();
    let mut rows = found.rows.take().map(|rows| rows.rows).unwrap_or_default();
    while desk.looking() {
        found = desk.look_on().unwrap();
        rows = found.rows.take().map_or(rows, |part| part.rows);
    }
    (rows, found.matches)
}

/// A threat as somebody may enter it: of which system, and what is said of it.
type Entered = (usize, Vec<(&'static str, Value)>);

fn entered() -> impl Strategy<Value = Entered> {
    let text = |field: &'static str, of: Vec<&'static str>| {
        prop::sample::select(of).prop_map(move |text| (field, if text.is_empty() { Value::Null } else { text.into() }))
    };
    let score =
        |field: &'static str| prop::option::of(1..=5i64).prop_map(move |n| (field, n.map_or(Value::Null, Value::Int)));
    let fields = (
        text("title", vec!["Prompt leak", "prompt LEAK", "Öl", "Names leak out", "Tool misuse"]),
        text("component", vec!["", "Gate", "tool box"]),
        score("likelihood"),
        score("impact"),
        text("treatment", vec!["", "mitigate", "accept"]),
        text("due", vec!["", "2026-12-05", "2027-02-01"]),
        text("flagged", vec!["", "yes"]),
        prop::sample::select(vec!["", "", "LLM02", "LLM06"]).prop_map(|item| {
            let maps = Value::List(vec![format!("{item}:2025")]);
            ("maps", if item.is_empty() { Value::Null } else { maps })
        }),
        score("now_impact"),
    );
    (0..3usize, fields).prop_map(|(of, (a, b, c, d, e, f, g, h, i))| (of, vec![a, b, c, d, e, f, g, h, i]))
}

/// Where a threat stands, worked out from its dossier alone; `entered` is its turn among all.
fn place(query: &Query, dossier: &Dossier, threat: &Threat, entered: usize) -> (i64, String, usize) {
    let unscored = threat.likelihood.is_none() || threat.impact.is_none();
    let name = dossier.name().to_ascii_lowercase();
    let score = docket::domain::fields::Score::get;
    let pair = (threat.likelihood.map(score), threat.impact.map(score));
    let (group, text) = match query.by {
        By::Tier => (-4 * dossier.tier().map_or(-1, |tier| tier as i64) + i64::from(!unscored), name),
        By::System => (0, name),
        By::Title => (0, threat.title.as_str().to_ascii_lowercase()),
        By::Due => (i64::from(threat.due.is_none()), threat.due.map_or_else(String::new, |day| day.to_string())),
        By::Treatment => (threat.treatment.map_or(-1, |treatment| treatment as i64), String::new()),
        By::Component => (i64::from(threat.component.is_empty()), threat.component.as_str().to_ascii_lowercase()),
        By::Framework => framed(dossier, threat),
        By::Score | By::Level => {
            let now = Plan::of(dossier, clock::today()).ratings(threat).now.map(|rating| rating.level as i64);
            let now = now.filter(|_| query.by == By::Level).map_or(0, |level| 100_000 * (10 - level));
            let level = |(l, i): (Option<u8>, Option<u8>)| Some((dossier.matrix().level(l?, i?)?, i?, l?));
            let at = level(pair).map_or_else(
                || i64::from(pair.0.unwrap_or(0)) * 10 + i64::from(pair.1.unwrap_or(0)),
                |(level, i, l)| 10_000 - 100 * (level as i64) - 10 * i64::from(i) - i64::from(l),
            );
            (at + now, String::new())
        }
    };
    (group, text, entered)
}

/// By what the library says of an item of the framework first, in its order; then what was mapped by hand; then the rest.
fn framed(dossier: &Dossier, threat: &Threat) -> (i64, String) {
    let library = Library::of(dossier);
    let items = framework("owasp_llm_2025").unwrap().items();
    let at = |refs: &Refs| {
        let first = refs.get("owasp_llm_2025").and_then(|ids| ids.first())?;
        items.iter().position(|item| item.id == *first).map(|at| i64::try_from(at).unwrap())
    };
    let entry = library.threat(threat.library.as_str()).and_then(|entry| at(&entry.refs));
    match (entry, at(&mapped(&library, threat))) {
        (Some(at), _) => (at, threat.library.to_string()),
        (None, Some(at)) => (at, "~".to_owned()),
        (None, None) => (99, String::new()),
    }
}

fn fits(query: &Query, dossier: &Dossier, threat: &Threat) -> bool {
    let plan = Plan::of(dossier, clock::today());
    let inherent = plan.ratings(threat).inherent;
    let texts = [threat.title.as_str(), threat.component.as_str(), dossier.name()].map(str::to_lowercase);
    let which = match query.which {
        Which::All => true,
        Which::Counting => threat.counts(),
        Which::Level(scale, _) | Which::Place(scale, ..) => {
            threat.counts() && scale.of(&plan.ratings(threat)).is_some_and(|rating| query.which.takes(rating))
        }
        Which::Flagged => threat.get("flagged") == Value::from("yes"),
        Which::Treated(treatment) => threat.treated() == treatment,
        Which::System(system) => dossier.subject == Some(system),
        Which::Tier(tier) => dossier.tier() == tier,
    };
    which
        && (!query.unscored || inherent.is_none())
        && query.sieve().words.iter().all(|word| texts.iter().any(|text| text.contains(word.as_str())))
        && query.sieve().takes(threat, &plan.ratings(threat))
}

fn compare(hands: &Hands, systems: &[Id], turns: &[Id], query: &Query) {
    let dossiers: Vec<Dossier> = systems.iter().map(|id| hands.dossier(*id)).collect();
    let turn = |id: Id| turns.iter().position(|known| *known == id).unwrap();
    let mut wanted: Vec<(&Dossier, &Threat)> = Vec::new();
    for dossier in &dossiers {
        wanted.extend(dossier.live_threats().filter(|t| fits(query, dossier, t)).map(|threat| (dossier, threat)));
    }
    wanted.sort_by_cached_key(|(dossier, threat)| place(query, dossier, threat, turn(threat.id)));
    if query.reversed {
        wanted.reverse();
    }
    let (rows, matches) = end(&hands.session.desk, query.clone());
    let found: Vec<Id> = rows.iter().map(|row| row.threat.id).collect();
    let ids: Vec<Id> = wanted.iter().map(|(_, threat)| threat.id).collect();
    assert_eq!(found, ids, "{query:?}");
    assert_eq!(matches, ids.len(), "the count is that of the rows");
    for (row, (dossier, threat)) in rows.iter().zip(wanted) {
        let plan = Plan::of(dossier, clock::today());
        assert_eq!((&row.threat, row.scores), (threat, plan.ratings(threat)));
        assert_eq!(row.controls, plan.controls_of(threat.id).len());
        assert_eq!((row.name.as_str(), Some(row.system)), (dossier.name(), dossier.subject));
        assert_eq!(row.tier, dossier.tier().map_or("", Vocabulary::code));
    }
}

/// A control against a threat that is verified, with evidence behind it.
pub fn verified(hands: &mut Hands, system: Id, threat: Id) {
    let control = [
        ("title", "Look twice"),
        ("owner_role", "builder"),
        ("gate", "build"),
        ("method", "test"),
        ("status", "verified"),
    ];
    hands.done(
        system,
        Role::Security,
        &Command::Add { kind: Kind::Control, set: crate::hands::fields(&control), to: Some(threat) },
    );
    let evidence = [("title", "Log"), ("sort", "test"), ("grade", "explicit"), ("place", "here")];
    hands.add(system, Role::Security, Kind::Evidence, &evidence);
    let dossier = hands.dossier(system);
    let evidence = dossier.evidence.last().unwrap().id.to_string();
    let until = Day::parse("2027-06-01").unwrap().to_string();
    let me = dossier.people[0].id.to_string();
    let set = [
        ("method", "test"),
        ("outcome", "works"),
        ("by", me.as_str()),
        ("on", "2026-11-20"),
        ("valid_until", until.as_str()),
        ("evidence", evidence.as_str()),
    ];
    let to = Some(dossier.controls.last().unwrap().id);
    hands.done(system, Role::Security, &Command::Add { kind: Kind::Verification, set: crate::hands::fields(&set), to });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_shown_is_what_the_dossiers_say(all in prop::collection::vec(entered(), 3..14)) {
        let mut hands = Hands::sit();
        let systems = [tiered(&mut hands, "Ära", "4"), hands.system(&[("name", "beta tool")]), tiered(&mut hands, "Zoo", "0")];
        let mut turns = Vec::new();
        for (of, set) in all {
            let mut set: Vec<_> =
                set.into_iter().filter(|(_, value)| !value.is_null()).map(|(f, v)| (f.to_owned(), v)).collect();
            if set.iter().any(|(field, _)| field == "now_impact") {
                set.push(("score_reason".to_owned(), Value::from("Measured.")));
            }
            let made = hands.done(systems[of], Role::Security, &Command::Add { kind: Kind::Threat, set, to: None });
            turns.push(made.threats.last().unwrap().id);
            if turns.len().is_multiple_of(3) {
                verified(&mut hands, systems[of], turns[turns.len() - 1]);
            }
        }
        let last = *turns.last().unwrap();
        let of = systems.iter().find(|id| hands.dossier(**id).threats.iter().any(|t| t.id == last)).copied().unwrap();
        hands.done(of, Role::Security, &Command::Withdraw { kind: Kind::Threat, id: last, why: "Wrong.".into() });
        for by in By::ALL {
            for (which, filter, unscored) in [
                (Which::All, "", false), (Which::All, "leak", true), (Which::Flagged, "", false),
                (Which::Level(Scale::Inherent, Level::High), "", false), (Which::Level(Scale::Now, Level::Medium), "", false),
                (Which::Place(Scale::Now, 3, 4), "", false), (Which::Counting, "", false), (Which::Treated(Treatment::Undecided), "tool", false),
                (Which::System(systems[1]), "", false), (Which::All, "now:high+ target:medium-", false), (Which::All, "now:low e", false),
                (Which::All, "inherent:high", false), (Which::All, "target:unscored", false), (Which::Counting, "now:medium+", false), (Which::Tier(Some(Tier::Critical)), "ä", false),
            ] {
                for reversed in [false, true] {
                    compare(&hands, &systems, &turns, &Query { which, unscored, filter: filter.into(), by, reversed });
                }
            }
        }
    }
}
