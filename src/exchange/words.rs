//! The words of other tools, and what they mean here.
//!
//! A word that is not in these tables means nothing: the threat stays undecided and unrated. No word means *verified*:
//! a tool that says "mitigated" makes a claim.

mod tables;

use tables::{LIFECYCLES, SEVERITIES, STATUSES};

/// What is to be done about a threat.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Treatment {
    /// Nobody has said yet.
    #[default]
    Undecided,
    /// Make it less.
    Mitigate,
    /// Live with it.
    Accept,
    /// Let another carry it.
    Transfer,
    /// Do not do what brings it.
    Avoid,
    /// It does not apply.
    NotApplicable,
}

/// How far a mitigation is, as the tool says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Not begun.
    Planned,
    /// Begun.
    InProgress,
    /// Said to be done; nobody has seen evidence.
    Claimed,
}

/// What a status word proposes to the board.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Proposed {
    /// What is to be done.
    pub treatment: Treatment,
    /// How far that is.
    pub progress: Option<Stage>,
    /// Whether somebody is looking at it.
    pub in_review: bool,
}

/// How bad a threat is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nobody has said yet.
    #[default]
    Unrated,
    /// To know.
    Info,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Critical.
    Critical,
}

/// Where in its life a system is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lifecycle {
    /// An intention.
    Planned,
    /// Being built or bought.
    Development,
    /// In limited use.
    Pilot,
    /// In use.
    Production,
    /// No longer in use.
    Retired,
}

impl Treatment {
    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Mitigate => "mitigate",
            Self::Accept => "accept",
            Self::Transfer => "transfer",
            Self::Avoid => "avoid",
            Self::NotApplicable => "not-applicable",
        }
    }
}

impl Proposed {
    /// The state of a threat as tools count it: open, mitigated and so on.
    pub fn state(self) -> &'static str {
        match (self.treatment, self.progress) {
            (Treatment::Undecided, _) if self.in_review => "in-review",
            (Treatment::Undecided, _) => "open",
            (Treatment::Mitigate, Some(Stage::Claimed)) => "mitigated",
            (Treatment::Mitigate, Some(Stage::InProgress)) => "in-progress",
            (Treatment::Mitigate, _) => "mitigating",
            (Treatment::Accept, _) => "accepted",
            (Treatment::Transfer, _) => "transferred",
            (Treatment::Avoid, _) => "avoided",
            (Treatment::NotApplicable, _) => "not-applicable",
        }
    }
}

impl Stage {
    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::InProgress => "in-progress",
            Self::Claimed => "claimed",
        }
    }
}

impl Severity {
    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unrated => "unrated",
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl Lifecycle {
    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Development => "development",
            Self::Pilot => "pilot",
            Self::Production => "production",
            Self::Retired => "retired",
        }
    }
}

/// What a status or treatment word proposes; none where it is not known.
pub fn status(word: &str) -> Option<Proposed> {
    let plain = plain(word);
    STATUSES.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(proposed, _)| *proposed)
}

/// What a severity word means; none where it is not known.
pub fn severity(word: &str) -> Option<Severity> {
    let plain = plain(word);
    // "3 - High" and "High (15)": the number is the tool's own scale, the word says what is meant.
    let bare = plain.trim_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let known = |w: &str| SEVERITIES.iter().find(|(_, words)| words.contains(&w)).map(|(severity, _)| *severity);
    if plain.is_empty() { Some(Severity::Unrated) } else { known(bare).filter(|_| !bare.is_empty()) }
}

/// Where in its life a system is, from an answer like "b) Pilot - The use case …"; none where it is not known.
pub fn lifecycle(answer: &str) -> Option<Lifecycle> {
    let find = |answer: &str| {
        let plain = plain(answer);
        LIFECYCLES.iter().find(|(part, _)| plain.contains(part)).map(|(_, found)| *found)
    };
    // "Stage 4 - Operation": where the head says nothing, what follows does.
    find(answer_head(answer)).or_else(|| find(answer)).flatten()
}

/// Yes or no, where an answer is one of them.
pub fn yes_or_no(answer: &str) -> Option<bool> {
    let plain = plain(answer);
    match plain.split(' ').next()? {
        "yes" | "y" | "true" | "1" | "si" | "sí" | "oui" | "ja" => Some(true),
        "no" | "n" | "false" | "0" | "non" | "nein" => Some(false),
        _ => None,
    }
}

/// The answer without the explanation that forms print behind it.
pub fn answer_head(answer: &str) -> &str {
    let cut = [answer.find('–'), answer.find('—'), answer.find(" - ")].into_iter().flatten().min();
    answer[..cut.unwrap_or(answer.len())].trim()
}

/// Lower case letters and digits, single blanks, no list letter in front.
pub fn plain(word: &str) -> String {
    let word = word.trim();
    let rest = match word.split_once([')', '.']) {
        Some((letter, rest)) if letter.len() == 1 && !rest.trim().is_empty() => rest,
        _ => word,
    };
    let mut out = String::with_capacity(rest.len());
    for part in rest.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(part.chars().flat_map(char::to_lowercase));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mitigated_is_a_claim() {
        for word in ["Mitigated", "closed", "fixed", "c) Implemented", "Resuelto"] {
            let claimed = Proposed { treatment: Treatment::Mitigate, progress: Some(Stage::Claimed), in_review: false };
            assert_eq!(status(word), Some(claimed), "{word}");
        }
        for word in ["NotApplicable", "Not Applicable"] {
            assert_eq!(status(word).map(|proposed| proposed.treatment), Some(Treatment::NotApplicable));
        }
        assert_eq!(status("verified by magic"), None);
    }

    #[test]
    fn severities_lose_their_numbers() {
        assert_eq!(severity("3 - High"), Some(Severity::High));
        assert_eq!(severity("Very high (22)"), Some(Severity::Critical));
        assert_eq!(severity("--"), Some(Severity::Unrated));
        assert_eq!(severity("TBA"), Some(Severity::Unrated));
        assert_eq!(severity("17"), None);
        assert_eq!(severity("purple"), None);
    }

    #[test]
    fn stages_are_read_in_many_words() {
        use Lifecycle::{Development, Pilot, Planned, Production, Retired};
        for (word, stage) in [
            ("d) Retired – The use case was reported", Retired),
            ("a) Pre-deployment – in a development status", Development),
            ("b) Pilot - The use case", Pilot),
            ("Planned (not in production)", Planned),
            ("Successfully tested but not in production", Development),
            ("In production: more than 1 year", Production),
            ("Operation and Maintenance", Production),
            ("In-use", Production),
            ("Initiation", Planned),
            ("Stage 4 - Operation and Maintenance", Production),
        ] {
            assert_eq!(lifecycle(word), Some(stage), "{word}");
        }
        assert_eq!(lifecycle("OPC runs in a pseudo-operational capacity"), None);
        assert_eq!(lifecycle("zzz"), None);
    }
}
