//! What the rows of a register can be grouped by.

use super::Line;
use crate::domain::{
    Dossier,
    catalog::grouped_under,
    decision::{Subject, subjects},
    fields::{Vocabulary, choices},
    page::AcrossRow,
    register::Rating,
};

choices! {
    /// How the rows of a register are grouped.
    Group {
        None "none" "not grouped",
        Component "component" "by component",
        Status "status" "by analysis",
        Level "level" "by level now",
        Treatment "treatment" "by treatment",
        Framework "framework" "by OWASP LLM item",
        Coverage "coverage" "by what they cover",
        System "system" "by system",
        Tier "tier" "by tier",
    }
}

/// What a row of the register over all systems stands under; none where the rows are not grouped, or not by this.
pub fn heading(group: Group, row: &AcrossRow) -> Option<String> {
    if matches!(group, Group::None | Group::Status | Group::Coverage) {
        return None;
    }
    // They come last in any order, and are told apart by nothing there.
    if !row.threat.counts() {
        return Some("What does not apply".to_owned());
    }
    Some(match group {
        Group::System if row.tier.is_empty() => format!("{} (no tier yet)", row.name),
        Group::System => format!("{} ({} tier)", row.name, row.tier),
        Group::Tier => tier(&row.tier),
        Group::Treatment => row.threat.treated().label().to_owned(),
        Group::Component => component(row.threat.component.as_str()).1,
        Group::Framework => framework(&row.item).1,
        Group::Level | Group::None | Group::Status | Group::Coverage => level(row.scores.now).1,
    })
}

fn level(now: Option<Rating>) -> (i64, String) {
    now.map_or_else(|| (-10, "? unscored".to_owned()), |now| (-(now.level as i64), now.level.label().to_owned()))
}

fn component(named: &str) -> (i64, String) {
    if named.is_empty() { (1, "no component named".to_owned()) } else { (0, named.to_owned()) }
}

fn framework(item: &str) -> (i64, String) {
    if item.is_empty() { (1, "not in the OWASP LLM Top 10".to_owned()) } else { (0, item.to_owned()) }
}

fn tier(code: &str) -> String {
    if code.is_empty() { "no tier yet".to_owned() } else { format!("{code} tier") }
}

impl Group {
    /// The heading that a threat stands under, and where that heading stands among the others.
    pub fn of(self, line: &Line<'_>) -> (i64, String) {
        let threat = line.threat;
        match self {
            Self::None | Self::Coverage => (0, String::new()),
            Self::System => (0, line.system.to_owned()),
            Self::Tier => (0, tier(line.tier)),
            Self::Component => component(threat.component.as_str()),
            Self::Status => threat.status.map_or((-1, "analysis not begun".into()), |s| (s as i64, s.label().into())),
            Self::Level => level(line.scores.now),
            Self::Treatment => (threat.treated() as i64, threat.treated().label().to_owned()),
            Self::Framework => {
                let item = grouped_under(line.dossier, threat.library.as_str(), &threat.maps);
                framework(&item.map_or_else(String::new, |item| format!("{} {}", item.id, item.title)))
            }
        }
    }

    /// Puts lines, which are in order already, under headings; the headings are in their own order.
    pub fn headed<'a>(self, lines: Vec<Line<'a>>) -> Vec<(String, Vec<Line<'a>>)> {
        let mut groups: Vec<((i64, String), Vec<Line<'a>>)> = Vec::new();
        for line in lines {
            let head = self.of(&line);
            match groups.iter_mut().find(|(known, _)| *known == head) {
                Some((_, lines)) => lines.push(line),
                None => groups.push((head, vec![line])),
            }
        }
        groups.sort_by(|(a, _), (b, _)| a.cmp(b));
        groups.into_iter().map(|((_, title), lines)| (title, lines)).collect()
    }

    /// Every part of the stated context with the threats that cover it; a threat stands under each that it covers.
    pub fn covered<'a>(dossier: &Dossier, lines: &[Line<'a>]) -> Vec<(Subject, Vec<Line<'a>>)> {
        let on = |subject: &Subject| {
            let covers = |line: &&Line<'a>| line.threat.counts() && line.threat.covers.has(&subject.mark);
            lines.iter().filter(covers).copied().collect::<Vec<_>>()
        };
        subjects(dossier).into_iter().map(|subject| (on(&subject), subject)).map(|(on, of)| (of, on)).collect()
    }
}
