//! Things that say nearly the same.
//!
//! Titles are compared by their words. Two of them can only be alike when they share one of their rarest words, so each
//! title is looked up by these in an index instead of being held against every other one.

use std::collections::HashMap;

use super::{Notes, Reading, Rule, called, named, stands};
use crate::domain::{
    Kind,
    decision::Place,
    register::{Control, Threat},
};

/// Alike from three quarters of all their words on.
const ALIKE: (usize, usize) = (3, 4);
/// With how many of the titles that share a rare word one is compared at most; a bound on time where all are much alike.
const LOOKS: usize = 64;
/// Words that say nothing of what a title is about.
const FILLERS: [&str; 28] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "into", "is", "it", "its", "of", "on", "or",
    "out", "that", "the", "their", "this", "to", "via", "was", "which", "with",
];

pub(super) fn all(read: &Reading, notes: &mut Notes) {
    let threats: Vec<&Threat> = read.threats().collect();
    let said: Vec<Said> = threats.iter().map(|t| Said { of: t.component.as_str(), title: t.title.as_str() }).collect();
    let apart = |a: usize, b: usize| are_apart(threats[a], threats[b]);
    for (later, first) in twins(&said, &apart) {
        let what = format!("{} says nearly the same as {}.", named(threats[later]), named(threats[first]));
        let place = Place::field(Kind::Threat, threats[later].id, "title");
        notes.say(Rule::ThreatsAlike, place, what, "Withdraw one of them, or say what makes them different.");
    }
    let controls: Vec<&Control> = read.d.live_controls().filter(|control| stands(control)).collect();
    let said: Vec<Said> = controls.iter().map(|c| Said { of: "", title: c.title.as_str() }).collect();
    for (later, first) in twins(&said, &|_, _| false) {
        let what = format!("{} says nearly the same as {}.", called(controls[later]), called(controls[first]));
        let place = Place::field(Kind::Control, controls[later].id, "title");
        notes.say(
            Rule::ControlsAlike,
            place,
            what,
            "Link one of them to every threat it is against, and withdraw the other.",
        );
    }
}

/// Whether two threats are about different parts of the system: the same can go wrong in two places.
fn are_apart(a: &Threat, b: &Threat) -> bool {
    let (a, b) = (&a.covers.0, &b.covers.0);
    !a.is_empty() && !b.is_empty() && !a.iter().any(|mark| b.contains(mark))
}

/// A title, and what it is about: titles about different things are never alike.
struct Said<'a> {
    of: &'a str,
    title: &'a str,
}

/// Which title is like which earlier one: each at most once, and the earlier one is like none before it.
fn twins(said: &[Said], apart: &dyn Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let words = ranked(said);
    let mut index: HashMap<(&str, u32), Vec<usize>> = HashMap::new();
    let mut found = Vec::new();
    for (at, own) in words.iter().enumerate().filter(|(_, own)| !own.is_empty()) {
        // Whoever shares none of these shares too few of the rest.
        let rare = &own[..=own.len() - (own.len() * ALIKE.0).div_ceil(ALIKE.1)];
        let near = rare.iter().filter_map(|word| index.get(&(said[at].of, *word))).flatten();
        let first = near.take(LOOKS).copied().find(|first| !apart(at, *first) && alike(own, &words[*first]));
        if let Some(first) = first {
            found.push((at, first));
            continue;
        }
        for word in rare {
            index.entry((said[at].of, *word)).or_default().push(at);
        }
    }
    found
}

/// The words of every title as numbers, the rarest first.
fn ranked(said: &[Said]) -> Vec<Vec<u32>> {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut often: Vec<u32> = Vec::new();
    let mut all: Vec<Vec<usize>> = Vec::with_capacity(said.len());
    for one in said {
        let mut own: Vec<usize> = Vec::new();
        for word in normal(one.title) {
            let next = often.len();
            let number = *numbers.entry(word).or_insert(next);
            if number == next {
                often.push(0);
            }
            own.push(number);
        }
        own.sort_unstable();
        own.dedup();
        for number in &own {
            often[*number] += 1;
        }
        all.push(own);
    }
    let mut order: Vec<usize> = (0..often.len()).collect();
    order.sort_unstable_by_key(|number| (often[*number], *number));
    let mut rank = vec![0; order.len()];
    for (place, number) in (0..).zip(order) {
        rank[number] = place;
    }
    let by_rank = |own: Vec<usize>| {
        let mut ranks: Vec<u32> = own.into_iter().map(|number| rank[number]).collect();
        ranks.sort_unstable();
        ranks
    };
    all.into_iter().map(by_rank).collect()
}

/// The words that count: small letters, without fillers and without the s of a plural.
fn normal(title: &str) -> impl Iterator<Item = String> {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).filter(|word| !FILLERS.contains(&word.as_str())).map(|word| {
        let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
        if plural { word[..word.len() - 1].to_owned() } else { word }
    })
}

/// Whether two sorted sets have enough in common.
fn alike(a: &[u32], b: &[u32]) -> bool {
    let (mut at, mut other, mut both) = (0, 0, 0);
    while at < a.len() && other < b.len() {
        match a[at].cmp(&b[other]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => (at, other, both) = (at + 1, other + 1, both + 1),
        }
    }
    both * ALIKE.1 >= (a.len() + b.len() - both) * ALIKE.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(titles: &[&str]) -> Vec<(usize, usize)> {
        let said: Vec<_> = titles.iter().map(|title| Said { of: "", title }).collect();
        twins(&said, &|_, _| false)
    }

    #[test]
    fn order_case_number_and_small_words_make_no_difference() {
        assert_eq!(of(&["Injection of prompts", "Prompt injection", "The PROMPT: injection!"]), [(1, 0), (2, 0)]);
        assert_eq!(of(&["Poisoned documents in the index", "Poisoned document of the search index"]), [(1, 0)]);
    }

    #[test]
    fn what_says_something_else_is_not_alike() {
        assert!(of(&["Port 80 is open", "Port 443 is open", "", "!?", "A wrong answer", "A late answer"]).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// The index finds what holding every title against every earlier one finds.
        #[test]
        fn nothing_alike_is_overlooked(titles in proptest::collection::vec("([a-f] ?){1,9}", 0..40)) {
            let said: Vec<_> = titles.iter().map(|title| Said { of: "", title }).collect();
            let words = ranked(&said);
            let found = twins(&said, &|_, _| false);
            let mut firsts: Vec<usize> = Vec::new();
            for at in (0..said.len()).filter(|at| !words[*at].is_empty()) {
                let like = firsts.iter().any(|first| alike(&words[at], &words[*first]));
                prop_assert_eq!(like, found.iter().any(|(later, _)| *later == at), "{:?}", &titles[at]);
                if !like {
                    firsts.push(at);
                }
            }
        }
    }
}
