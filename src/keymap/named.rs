//! What the name of an action says of it.

use super::Action;

impl Action {
    /// The actions that have no key of their own and are reached by name.
    pub const PALETTE_ONLY: [Self; 5] =
        [Self::ActAs, Self::Messages, Self::Copied, Self::RegisterKey, Self::WithdrawKey];

    /// The action with this id.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.id() == id)
    }

    /// The number on the key: of a tab, or of a score.
    pub fn digit(self) -> Option<u8> {
        const DIGITS: [&str; 11] =
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        let (kind, name) = self.id().split_once('.')?;
        let at = DIGITS.iter().position(|digit| *digit == name)?;
        (kind == "tab" || kind == "score").then(|| u8::try_from(at).ok()).flatten()
    }
}
