//! The numbers of one register.

use std::collections::BTreeMap;

use super::{Album, By, Entry, Opens, Pictures};
use crate::{
    app::system::SystemScreen,
    domain::{
        fields::{Day, Vocabulary},
        library::Level,
        register::{Analysis, Group, Plan, Point, Rating, Ratings, Scale, Tally, Threat, Treatment},
    },
};

/// The signs of the levels, from low to critical.
const SIGNS: [&str; 4] = [".", "o", "#", "!"];

type Rated<'a> = [(&'a Threat, Ratings)];

/// The numbers of the register of a system on a day; the last point in time is counted there and then.
pub fn register(screen: &SystemScreen, pictures: &Pictures, today: Day) -> Album {
    let plan = Plan::of(&screen.dossier, today);
    let tally = Tally::of(&screen.dossier, &plan);
    let rated: Vec<(&Threat, Ratings)> =
        screen.dossier.live_threats().map(|threat| (threat, plan.ratings(threat))).collect();
    let mut points = screen.trend.clone();
    if let Some(last) = points.last_mut() {
        *last = Point { day: today, levels: tally.levels(Scale::Now) };
    }
    Album { list: movement(&rated), bars: bars(&rated, pictures.by, pictures.scale), points, tally }
}

fn group(rated: &Rated<'_>, scale: Scale, group: Group) -> Entry {
    let inside = || rated.iter().filter(|(threat, ratings)| group.has(threat, ratings));
    let worst = inside().map(|(_, ratings)| level(scale.of(ratings))).max_by_key(|level| badness(*level));
    let count = u32::try_from(inside().count()).unwrap_or(u32::MAX);
    Entry { label: sentence(&group.label()), count, level: worst, opens: Opens::Threats(group) }
}

/// 0 not scored, 1 low to 4 critical.
fn level(rating: Option<Rating>) -> u8 {
    rating.map_or(0, |rating| rating.level as u8 + 1)
}

/// Nobody knows how bad it is that is not scored: it stands between high and critical.
fn badness(level: u8) -> u8 {
    if level == 0 { 7 } else { level * 2 }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How many fell and rose, then the threats that move most.
fn movement(rated: &Rated<'_>) -> Vec<Entry> {
    let (from, now, to) = (Scale::Inherent, Scale::Now, Scale::Target);
    let sums = [Group::Fell(from, now), Group::Rose(from, now), Group::Fell(now, to), Group::Rose(now, to)];
    let mut out: Vec<Entry> = sums.into_iter().map(|sum| group(rated, now, sum)).collect();
    let mut movers: Vec<_> = rated
        .iter()
        .filter(|(threat, _)| threat.counts())
        .filter_map(|(threat, ratings)| Some((threat, [ratings.inherent?, ratings.now?, ratings.target?])))
        .filter(|(_, way)| way[0] != way[1] || way[1] != way[2])
        .collect();
    movers.sort_by_key(|(threat, way)| (std::cmp::Reverse(moved(way)), threat.number));
    out.extend(movers.into_iter().map(|(threat, way)| Entry {
        label: format!("{} {}  {}", threat.reference(), way.map(place).join(" → "), threat.title),
        count: 1,
        level: Some(level(Some(way[1]))),
        opens: Opens::Threats(Group::One(threat.id, threat.number.unwrap_or(0))),
    }));
    out
}

fn place(rating: Rating) -> String {
    format!("{}x{} {}", rating.likelihood.get(), rating.impact.get(), SIGNS[rating.level as usize])
}

/// How far a threat moves in all: levels first, then steps.
fn moved(way: &[Rating; 3]) -> (u8, u8) {
    let steps = |a: Rating, b: Rating| {
        a.likelihood.get().abs_diff(b.likelihood.get()) + a.impact.get().abs_diff(b.impact.get())
    };
    let levels = |a: Rating, b: Rating| (a.level as u8).abs_diff(b.level as u8);
    (levels(way[0], way[1]) + levels(way[1], way[2]), steps(way[0], way[1]) + steps(way[1], way[2]))
}

fn bars(rated: &Rated<'_>, by: By, scale: Scale) -> Vec<Entry> {
    let mut out: Vec<Entry> = match by {
        By::Tier => Vec::new(),
        By::Level => {
            let levels = Level::ALL.into_iter().rev().map(|level| Group::Level(scale, level));
            return [Group::Unscored].into_iter().chain(levels).map(|one| group(rated, scale, one)).collect();
        }
        By::Treatment => Treatment::ALL.iter().map(|one| group(rated, scale, Group::Treated(*one))).collect(),
        By::Status => {
            let all = Analysis::ALL.iter().copied().map(Some).chain([None]);
            all.map(|one| group(rated, scale, Group::Analysed(one))).collect()
        }
        By::Category => named(rated, scale, |threat| Group::Category(threat.category.clone())),
        By::Component => named(rated, scale, |threat| Group::Component(threat.component.clone())),
    };
    out.retain(|entry| entry.count > 0);
    out.sort_by_key(|entry| std::cmp::Reverse(entry.count));
    out
}

/// One bar for each name that there is, each threat looked at once.
fn named(rated: &Rated<'_>, scale: Scale, of: impl Fn(&Threat) -> Group) -> Vec<Entry> {
    let mut found: BTreeMap<String, Entry> = BTreeMap::new();
    for (threat, ratings) in rated.iter().filter(|(threat, _)| threat.counts()) {
        let group = of(threat);
        let (label, level) = (sentence(&group.label()), level(scale.of(ratings)));
        let key = format!("{group:?}");
        let entry = Entry { label, count: 0, level: Some(level), opens: Opens::Threats(group) };
        let entry = found.entry(key).or_insert(entry);
        entry.count += 1;
        entry.level = entry.level.into_iter().chain([level]).max_by_key(|level| badness(*level));
    }
    found.into_values().collect()
}
