//! Closed vocabularies: a code for the journal, a label for people.

/// One word of a closed vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// What the journal and the exports say; never renamed.
    pub code: &'static str,
    /// What the screen says.
    pub label: &'static str,
}

/// An enum whose variants are the words of a closed vocabulary.
pub trait Vocabulary: Copy + PartialEq + Sized + 'static {
    /// Every word, in the order in which a form offers them.
    const CHOICES: &'static [Choice];
    /// Every variant, in the order of [`Self::CHOICES`].
    const ALL: &'static [Self];

    /// The code of this word.
    fn code(self) -> &'static str {
        Self::ALL.iter().position(|word| *word == self).map_or("", |at| Self::CHOICES[at].code)
    }
    /// The label of this word.
    fn label(self) -> &'static str {
        Self::ALL.iter().position(|word| *word == self).map_or("", |at| Self::CHOICES[at].label)
    }
    /// The word with this code.
    fn parse(code: &str) -> Option<Self> {
        Self::CHOICES.iter().position(|choice| choice.code == code).map(|at| Self::ALL[at])
    }
}

/// Declares closed vocabularies: variant, code, label.
macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident $code:literal $label:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $label] $variant),+
        }
        impl $crate::domain::fields::Vocabulary for $name {
            const CHOICES: &'static [$crate::domain::fields::Choice] =
                &[$($crate::domain::fields::Choice { code: $code, label: $label }),+];
            const ALL: &'static [Self] = &[$(Self::$variant),+];
        }
    )+};
}
pub(crate) use choices;

choices! {
    /// An answer that is not a guess: yes or no.
    YesNo { Yes "yes" "yes", No "no" "no" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_round_trip() {
        for word in YesNo::ALL {
            assert_eq!(YesNo::parse(word.code()), Some(*word));
        }
        assert_eq!(YesNo::parse("perhaps"), None);
    }
}
