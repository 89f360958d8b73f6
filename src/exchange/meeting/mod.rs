//! What a meeting leaves on paper: minutes, the pre-read pack, and dates for a calendar.

pub mod dates;
pub mod pack;
pub mod page;
pub mod paper;
