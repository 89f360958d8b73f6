//! Keyboards of other scripts: the Latin character on the same key.
//!
//! Terminals do not tell which key was pressed, only what it types, so single-letter commands would be dead on a
//! Cyrillic or Greek keyboard. Used in command states, never in text.

/// What the keys type, and what they type on a Latin keyboard.
const KEYS: [(&str, &str); 7] = [
    ("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,."),
    ("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ", "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"),
    // Ukrainian, Belarusian, Serbian and Macedonian: only what the keys above do not have.
    ("іІїЇєЄўЎ", "sS]}'\"oO"),
    ("љњђћџјЉЊЂЋЏЈ", "qw[;xjQW{:XJ"),
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    ("ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM"),
    ("άέήίόύώ", "aehioyv"),
];

/// The character on the same key of a Latin keyboard; `c` itself where there is none.
pub fn latin(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    KEYS.iter()
        .find_map(|(from, to)| from.chars().position(|key| key == c).and_then(|at| to.chars().nth(at)))
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_latin_twin_for_each_key() {
        for (from, to) in KEYS {
            assert_eq!(from.chars().count(), to.chars().count(), "{from}");
            assert!(to.is_ascii());
        }
    }

    #[test]
    fn commands_work_on_other_keyboards() {
        assert_eq!("пкЖЮБ".chars().map(latin).collect::<String>(), "gr:><");
        assert_eq!("γρτ".chars().map(latin).collect::<String>(), "grt");
        assert_eq!("aZ>ü模".chars().map(latin).collect::<String>(), "aZ>ü模");
    }
}
