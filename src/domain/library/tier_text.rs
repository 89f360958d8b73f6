//! The tier explained in whole sentences.

use super::tier::{Driver, Pending, Raise, TierResult};
use super::vocabulary::vocabulary;

/// How many answers the explanation names; the rest is in [`TierResult::drivers`].
const NAMED: usize = 3;

impl TierResult {
    /// Says in whole sentences which answers drove the tier, which rules overrode it, and what is still unknown.
    #[must_use]
    pub fn explain(&self) -> Vec<String> {
        let mut said = vec![self.summary()];
        said.extend(self.weights());
        said.extend(self.raised_by.iter().map(raised));
        if !self.unknown.is_empty() {
            said.push(format!("Nobody could answer {}, so the worst answer counts.", listed(&self.unknown)));
        }
        said.extend(self.needs.iter().map(|need| format!("Needed before the work goes on: {need}.")));
        said.extend(self.pending.chunk_by(|a, b| a.floor == b.floor).map(waiting));
        said
    }

    fn summary(&self) -> String {
        let (tier, by_points) = (self.tier.label(), self.by_points.label());
        let points = format!("{} of {} points", self.points, self.max_points);
        if self.tier == self.by_points {
            format!("The tier is {tier}, from {points}.")
        } else {
            format!("The tier is {tier}: {points} alone would give {by_points}, and a rule raises it.")
        }
    }

    fn weights(&self) -> Option<String> {
        let named: Vec<String> = self.drivers.iter().take(NAMED).map(weight).collect();
        match named.len() {
            0 => None,
            1 => Some(format!("The only answer with weight is {}.", named[0])),
            _ => Some(format!("The answers that weigh most are {}.", joined(&named))),
        }
    }
}

fn weight(driver: &Driver) -> String {
    let unit = if driver.points == 1 { "point" } else { "points" };
    // Nobody gave the worst answer; quoting it would put words into the owner's mouth.
    let said = if driver.known { format!("\"{}\"", driver.label) } else { "not known".to_owned() };
    format!("{}: {said} ({} {unit})", driver.question, driver.points)
}

fn raised(raise: &Raise) -> String {
    let said = format!("Rule {} raises it to {} at least: {}", raise.rule, raise.floor.label(), raise.reason);
    if raise.assumed.is_empty() {
        return said;
    }
    format!("{said} The answers imply {}, and nobody has denied it.", listed(&raise.assumed))
}

/// One sentence for the rules that open facts could set off, all with the same floor.
fn waiting(pending: &[Pending]) -> String {
    let floor = pending.first().map_or("", |rule| rule.floor.label());
    let cases: Vec<String> = pending.iter().map(case).collect();
    format!("Still open, and enough to make it {floor}: {}.", cases.join("; "))
}

fn case(pending: &Pending) -> String {
    let titles: Vec<String> = pending.facts.iter().map(|id| vocabulary().fact_title(id).to_owned()).collect();
    format!("{} (rule {})", listed(&titles), pending.rule)
}

/// Quoted titles as people list them.
pub(super) fn listed(titles: &[String]) -> String {
    joined(&titles.iter().map(|title| format!("\"{title}\"")).collect::<Vec<_>>())
}

fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
