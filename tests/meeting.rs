//! Meetings: the agenda from the record, who leads and decides, what sticks, and minutes that cannot disagree.

#![allow(clippy::unwrap_used, reason = "tests may")]

#[path = "meeting/agenda.rs"]
mod agenda;
#[path = "meeting/desk.rs"]
mod desk;
#[path = "meeting/rules.rs"]
mod rules;
mod support;
