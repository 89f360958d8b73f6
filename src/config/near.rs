//! The word that somebody may have meant.

/// The nearest of the known words, where one is near enough to be a slip of the pen.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(80).collect();
    let far = 1 + word.len() / 4;
    known.map(|other| (slips(&word, other), other)).filter(|(slips, _)| *slips <= far).min().map(|(_, other)| other)
}

/// How many letters have to be added, left out, changed or swapped with the next one.
fn slips(word: &[char], other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for (i, a) in word.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let changed = rows[i][j] + usize::from(a != b);
            let mut least = changed.min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && word[i - 1] == *b {
                least = least.min(rows[i - 1][j - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_found_and_another_word_is_not() {
        let known = || ["theme", "record", "mouse", "clipboard.command"].into_iter();
        for (word, meant) in
            [("teme", "theme"), ("thmee", "theme"), ("Recrod", "record"), ("clipbord.command", "clipboard.command")]
        {
            assert_eq!(nearest(word, known()), Some(meant), "{word}");
        }
        assert_eq!(nearest("colour", known()), None);
        assert_eq!(nearest("", known()), None);
    }
}
