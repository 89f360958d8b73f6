//! What is said while the tables of a record that another docket wrote are made anew.

use crate::domain::wording::thousands;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anew {
    /// So many entries of so many are replayed.
    Rows(u64, u64),
    /// The lines of the board of so many systems of so many are made.
    Lines(usize, usize),
}

impl Anew {
    /// The sentence.
    pub fn says(self) -> String {
        let (done, all, what) = match self {
            Self::Rows(done, all) => (done, all, "entries"),
            Self::Lines(done, all) => (done as u64, all as u64, "systems"),
        };
        let number = |n: u64| thousands(usize::try_from(n).unwrap_or(usize::MAX));
        let (done, all) = (number(done), number(all));
        format!("The record is from an older docket; its tables are made anew: {done} of {all} {what}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_how_far_it_is() {
        let says = Anew::Lines(3_400, 10_000).says();
        assert_eq!(says, "The record is from an older docket; its tables are made anew: 3 400 of 10 000 systems.");
        assert!(Anew::Rows(7, 1_234_567).says().ends_with("7 of 1 234 567 entries."));
    }
}
