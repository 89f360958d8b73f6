//! Meetings: the agenda from the record, who leads and decides, what sticks, and minutes that cannot disagree.

#![allow(clippy::unwrap_used, reason = "tests may")]

#[path = "meeting/agenda.rs"]
mod agenda;
#[path = "meeting/before.rs"]
mod before;
#[path = "meeting/consent.rs"]
mod consent;
#[path = "meeting/desk.rs"]
mod desk;
#[allow(dead_code, reason = "other test programs use the rest")]
#[path = "support/hands.rs"]
mod hands;
#[path = "meeting/keys.rs"]
mod keys;
#[path = "meeting/random.rs"]
mod random;
#[path = "meeting/rules.rs"]
mod rules;
#[path = "meeting/several.rs"]
mod several;
mod support;
