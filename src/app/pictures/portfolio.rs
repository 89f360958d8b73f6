//! The numbers of the whole portfolio.

use super::{Album, By, Entry, Opens, Pictures};
use crate::domain::{
    fields::Vocabulary,
    library::Level,
    page::Portfolio,
    register::{Group, Treatment},
    system::Tier,
};

/// The numbers of all systems.
pub fn portfolio(found: &Portfolio, pictures: &Pictures) -> Album {
    let top = found.top.iter().map(|(system, name, open, worst)| Entry {
        label: name.clone(),
        count: *open,
        level: Some(*worst),
        opens: Opens::System(*system, Group::Open),
    });
    Album {
        tally: found.risk.tally.clone(),
        list: top.collect(),
        bars: bars(found, pictures),
        points: found.risk.trend.clone(),
    }
}

fn bars(found: &Portfolio, pictures: &Pictures) -> Vec<Entry> {
    let group = |label: &str, level, group: Group| {
        let count = group.count(&found.risk.tally).unwrap_or(0);
        Entry { label: label.to_owned(), count, level, opens: Opens::Threats(group) }
    };
    match pictures.by {
        By::Treatment => {
            let all = Treatment::ALL.iter().map(|one| group(one.label(), None, Group::Treated(*one)));
            all.filter(|entry| entry.count > 0).collect()
        }
        By::Tier => {
            let tiers = Tier::ALL.iter().rev().map(|tier| (tier.code(), tier.label()));
            let all = [("", "no tier yet")].into_iter().chain(tiers).map(|(code, label)| {
                let count = found.tiers.iter().find(|(of, _)| of == code).map_or(0, |(_, count)| *count);
                Entry { label: label.to_owned(), count, level: None, opens: Opens::Tier(code.to_owned()) }
            });
            all.filter(|entry| entry.count > 0).collect()
        }
        By::Level | By::Category | By::Component | By::Status => {
            let levels = Level::ALL.into_iter().rev().map(|level| {
                let code = level as u8 + 1;
                group(&level.label().to_lowercase(), Some(code), Group::Level(pictures.scale, level))
            });
            [group("unscored", Some(0), Group::Unscored)].into_iter().chain(levels).collect()
        }
    }
}
