//! When things happen in the sample: working days, working hours, and no chance in it.

use chrono::{DateTime, Datelike, Weekday};

use crate::domain::fields::{Day, Moment};

const MINUTE: i64 = 60_000;
const DAY_START: i64 = 8 * 60 + 4;

/// The clock of one system: moments in strictly rising order, on working days, within working hours.
pub struct Clock {
    today: Day,
    lane: i64,
    last: Option<Moment>,
    count: i64,
}

impl Clock {
    /// A clock for the `lane`-th system.
    pub fn new(today: Day, lane: usize) -> Self {
        Self { today, lane: i64::try_from(lane).unwrap_or(0), last: None, count: 0 }
    }

    /// The next moment, `ago` days before today; `pause` when a new piece of work begins.
    pub fn next(&mut self, ago: i64, pause: bool) -> Moment {
        self.count += 1;
        let day = working_day(self.today.plus(-ago.max(1)));
        let start = DAY_START + (self.lane * 47 + ago * 29).rem_euclid(230);
        let seconds = (self.count * 37 + self.lane * 11).rem_euclid(60);
        let fresh = midnight(day) + start * MINUTE + seconds * 1000 + self.lane;
        let gap = if pause { 11 + (self.count * 7 + self.lane).rem_euclid(24) } else { 1 + (self.count * 5) % 4 };
        let at = match self.last {
            Some(last) if last.0 + MINUTE > fresh => last.0 + gap * MINUTE + (self.count % 7) * 7000,
            _ => fresh,
        };
        self.last = Some(Moment(at));
        Moment(at)
    }
}

/// The day itself, or the Friday before a weekend.
fn working_day(day: Day) -> Day {
    match day.0.weekday() {
        Weekday::Sat => day.plus(-1),
        Weekday::Sun => day.plus(-2),
        _ => day,
    }
}

fn midnight(day: Day) -> i64 {
    day.0.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis()
}

/// The day of a moment, in UTC.
pub fn day_of(at: Moment) -> Day {
    Day(DateTime::from_timestamp_millis(at.0).map_or(chrono::NaiveDate::MIN, |at| at.date_naive()))
}

/// Ten bytes that look like chance and follow from a running number.
pub fn chance(number: usize) -> [u8; 10] {
    let mut state = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0xd0c_4e7);
    let mut mix = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)).to_be_bytes()
    };
    let (one, two) = (mix(), mix());
    std::array::from_fn(|i| if i < 8 { one[i] } else { two[i - 8] })
}
