//! Finding by a few letters: `actdp` finds "Act as: DPO".

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{AtomKind, CaseMatching, Normalization, Pattern},
};

/// The items that match, best first, each with its place and score; all of them, in order, for an empty query.
///
/// Capitals never matter: the matcher's own rule would make "Übermitt" miss "übermitt".
pub fn rank<'a>(query: &str, items: impl IntoIterator<Item = &'a str>) -> Vec<(usize, u32)> {
    let pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut letters = Vec::new();
    let mut score = |item| pattern.score(Utf32Str::new(item, &mut letters), &mut matcher);
    let scored = items.into_iter().enumerate().filter_map(|(at, item)| Some((at, score(item)?)));
    let mut found: Vec<_> = scored.collect();
    found.sort_by_key(|&(at, score)| (std::cmp::Reverse(score), at));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: [&str; 4] = ["Hand over to the DPO", "Act as: DPO", "Prüfung der Übermittlung", "Go to: DPO"];

    fn first(query: &str) -> Option<&'static str> {
        rank(query, ITEMS).first().map(|(at, _)| ITEMS[*at])
    }

    #[test]
    fn a_few_letters_find_it() {
        assert_eq!(first("actdp"), Some("Act as: DPO"));
        assert_eq!(first("handdp"), Some("Hand over to the DPO"));
        assert_eq!(first("prufung"), Some("Prüfung der Übermittlung"));
        assert_eq!(first("Übermitt"), first("übermitt"));
        assert_eq!(first("zzz"), None);
    }

    #[test]
    fn an_empty_query_keeps_all_in_order() {
        assert_eq!(rank("", ITEMS), [(0, 0), (1, 0), (2, 0), (3, 0)]);
        assert_eq!(rank("^!$'", ITEMS), [], "no sign has a meaning of its own");
    }
}
