//! Clocks as points in time: what was spent before, and since when it runs. Nothing ticks; the time is worked out.

use super::{AgendaItem, Meeting};
use crate::domain::fields::Moment;

/// The milliseconds that a clock shows now. One that was set on another machine with a clock ahead shows none, never less.
pub fn elapsed(spent: Option<i64>, running_since: Option<Moment>, now: Moment) -> i64 {
    let running = running_since.map_or(0, |since| now.0.saturating_sub(since.0).max(0));
    spent.unwrap_or(0).max(0).saturating_add(running)
}

/// The milliseconds that a meeting, or an item of one, has taken.
pub fn spent_in(meeting: Option<&Meeting>, item: Option<&AgendaItem>, now: Moment) -> i64 {
    match (item, meeting) {
        (Some(item), _) => elapsed(item.spent, item.running_since, now),
        (None, Some(meeting)) => elapsed(meeting.spent, meeting.running_since, now),
        (None, None) => 0,
    }
}

/// Minutes and seconds, as `12:30`; hours where it takes them.
pub fn clock_text(millis: i64) -> String {
    let seconds = millis.max(0) / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_goes_on_while_nobody_looks_and_never_backwards() {
        assert_eq!(elapsed(None, None, Moment(5_000)), 0);
        assert_eq!(elapsed(Some(60_000), None, Moment(5_000)), 60_000);
        assert_eq!(elapsed(Some(60_000), Some(Moment(1_000)), Moment(5_000)), 64_000);
        assert_eq!(elapsed(Some(60_000), Some(Moment(9_000)), Moment(5_000)), 60_000);
    }
}
