//! The course of a review: who did what when, a lane for each, and how long the decision holds.

use super::drawing::Drawing;
use crate::domain::fields::Day;

/// Something that was done, or a date that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// In whose lane it stands.
    pub lane: String,
    /// The day.
    pub day: Day,
    /// What it was, in a word or two.
    pub what: String,
}

const WIDTH: u32 = 680;
const LEFT: u32 = 150;
const LANE: u32 = 34;

/// The lanes with what stands in them, from the first day to the last; `until` is how long the decision holds.
#[must_use]
pub fn course(lanes: &[String], moments: &[Moment], until: Option<Day>) -> String {
    let days = moments.iter().map(|moment| moment.day).chain(until);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return String::new() };
    let height = u32::try_from(lanes.len()).unwrap_or(0) * LANE;
    let says = format!("The course of the review from {first} to {last}.");
    let mut out = Drawing::new((WIDTH, height + 34), &says);
    let at = |day: Day| LEFT + along(first.days_to(day), first.days_to(last), WIDTH - LEFT - 70);
    for (row, lane) in (0u32..).zip(lanes) {
        let y = row * LANE + 20;
        out.words((LEFT - 12, y + 4), "end", lane);
        out.line((LEFT, y), (WIDTH - 10, y), "lane");
        let mut own: Vec<&Moment> = moments.iter().filter(|moment| moment.lane == *lane).collect();
        own.sort_by_key(|moment| moment.day);
        let mut free = 0;
        for moment in own {
            let x = at(moment.day);
            out.dot((x, y), "moment");
            // A word that would lie over the one before is left out; the sections below say them all.
            if x >= free {
                out.words((x + 6, y - 5), "note", &moment.what);
                free = x + 12 + u32::try_from(moment.what.chars().count()).unwrap_or(0) * 6;
            }
        }
    }
    if let Some(until) = until {
        out.line((at(until), 4), (at(until), height), "until");
    }
    out.words((LEFT, height + 22), "note", &first.to_string());
    out.words((WIDTH - 10, height + 22), "end note", &last.to_string());
    out.finish()
}

/// Where `part` of `whole` lies on a line of some length.
fn along(part: i64, whole: i64, length: u32) -> u32 {
    u32::try_from(part.max(0) * i64::from(length) / whole.max(1)).unwrap_or(length).min(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(lane: &str, day: &str, what: &str) -> Moment {
        Moment { lane: lane.into(), day: Day::parse(day).unwrap(), what: what.into() }
    }

    #[test]
    fn what_comes_later_stands_further_right_and_nothing_leaves_the_picture() {
        let lanes = ["Owner".to_owned(), "DPO".to_owned()];
        let moments = [moment("Owner", "2026-01-01", "sent"), moment("DPO", "2026-03-01", "signed")];
        let made = course(&lanes, &moments, Day::parse("2027-01-01"));
        let xs: Vec<u32> =
            made.split("cx=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect();
        assert!(xs[0] == LEFT && xs[0] < xs[1] && xs[1] < WIDTH, "{xs:?}");
        assert_eq!(course(&lanes, &[], None), "", "without a date there is no picture");
        assert_eq!((along(5, 0, 10), along(-3, 9, 10), along(9, 9, 10)), (10, 0, 10));
    }
}
