//! Words for codes and days, as short as a list needs them.

use crate::{
    app::row::Tint,
    domain::{
        fields::{Day, Moment},
        people::Role,
    },
};

use super::theme::Tone;

/// The role as a word in capitals, as the header says it.
pub fn shout(role: Role) -> &'static str {
    match role {
        Role::Owner => "OWNER",
        Role::Security => "SECURITY",
        Role::Governance => "GOVERNANCE",
        Role::Dpo => "DPO",
        Role::Signoff => "SIGN-OFF",
        Role::Operator => "OPERATOR",
        Role::Builder => "BUILDER",
        Role::Auditor => "AUDITOR",
    }
}

/// How a tint of the model looks; what is not scored never looks calm.
pub fn tone(tint: Tint) -> Tone {
    match tint {
        Tint::Plain => Tone::Text,
        Tint::Muted => Tone::Muted,
        Tint::Strong => Tone::Strong,
        Tint::Good => Tone::Good,
        Tint::Alert | Tint::Level(0) => Tone::Alert,
        Tint::Here => Tone::Here,
        Tint::Level(level) => Tone::Level(level - 1),
    }
}

/// How many days ago that was.
pub fn days(since: Option<Moment>, today: Day) -> Option<u32> {
    let since = chrono::DateTime::from_timestamp_millis(since?.0)?;
    Some(u32::try_from(Day(since.date_naive()).days_to(today)).unwrap_or(0))
}

pub use crate::domain::wording::thousands;

/// The word for a number of things, in one or many.
pub fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}
