//! The one place that reads the time and asks for chance, so that tests and signatures agree on both.

use crate::domain::fields::{Day, Moment};
use chrono::{DateTime, Local, Utc};

/// What time it is. A debug build takes it from `DOCKET_NOW` (RFC 3339) where that is set.
pub fn now() -> Moment {
    Moment(instant().timestamp_millis())
}

/// What day it is for the person at the keyboard, in their time zone.
pub fn today() -> Day {
    Day(instant().with_timezone(&Local).date_naive())
}

/// The time zone of this machine at this moment, as `+01:00`.
pub fn zone() -> String {
    instant().with_timezone(&Local).format("%:z").to_string()
}

/// Bytes that nobody can guess: ten for the identities that one command makes, sixteen for a salt.
pub fn chance<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("an operating system that gives out random bytes");
    bytes
}

#[allow(clippy::disallowed_methods, reason = "this is the one place")]
fn instant() -> DateTime<Utc> {
    told().unwrap_or_else(Utc::now)
}

/// The time that a test wants it to be. A release build must not take the time of a signature from the environment.
fn told() -> Option<DateTime<Utc>> {
    if !cfg!(debug_assertions) {
        return None;
    }
    let text = std::env::var("DOCKET_NOW").ok()?;
    DateTime::parse_from_rfc3339(&text).ok().map(|at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_passes_and_chance_differs() {
        assert!(now() <= now());
        assert!(today().days_to(Day::parse("2020-01-01").unwrap()) < 0);
        assert_ne!(chance::<10>(), chance::<10>());
        assert!(zone().contains(':'));
    }
}
