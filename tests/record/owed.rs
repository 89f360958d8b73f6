//! A line of the dashboard that is owed: whoever finds it so makes it, and nobody takes it for what holds.

use docket::{
    domain::{Event, Kind, summary::Summary, value::Value},
    store::{Open, Store, Wait},
};

use super::{
    seat::{add, event, fill, id, problems, stamp, summarise},
    together::place,
};

fn owe(store: &mut Store, events: Vec<Event>) {
    store.transact_owing(Some(id(100)), &stamp(), &summarise, |_| Ok::<_, ()>(events)).unwrap().unwrap();
}

fn line(store: &Store) -> Summary {
    store.dashboard(0, 9).unwrap()[0].1.clone()
}

fn open(path: &std::path::Path, how: &Open) -> Store {
    Store::open(path, how.clone()).unwrap()
}

#[test]
fn it_is_stale_until_it_is_settled() {
    let mut store = Store::in_memory().unwrap();
    fill(&mut store);
    owe(&mut store, vec![add(Kind::Threat, id(4), "four")]);
    assert_eq!((store.stale(stamp().today, 9).unwrap(), store.owes()), (vec![id(100)], true));
    assert_eq!(problems(&store), Vec::<String>::new(), "an owed line is no fault of the record");
    store.settle(stamp().today, &summarise, Wait::Nothing).unwrap();
    assert_eq!((store.stale(stamp().today, 9).unwrap(), store.owes()), (vec![], false));
    assert_eq!((line(&store).threats, store.all_steps(9).unwrap().len()), (4, 4));
    assert_eq!(store.wrong_lines(stamp().today, &summarise).unwrap(), vec![]);
}

#[test]
fn the_next_command_on_another_system_makes_it() {
    let mut store = Store::in_memory().unwrap();
    fill(&mut store);
    owe(&mut store, vec![add(Kind::Threat, id(4), "four")]);
    let other = vec![add(Kind::System, id(200), "Tagger")];
    store.transact_owing(Some(id(200)), &stamp(), &summarise, |_| Ok::<_, ()>(other)).unwrap().unwrap();
    assert_eq!((store.stale(stamp().today, 9).unwrap(), line(&store).threats), (vec![id(200)], 4));
    store.settle(stamp().today, &summarise, Wait::Nothing).unwrap();
    assert_eq!((store.stale(stamp().today, 9).unwrap(), store.dashboard(0, 9).unwrap().len()), (vec![], 2));
}

#[test]
fn two_that_are_owed_are_made_one_after_the_other() {
    let (_folder, path, how) = place();
    let (mut one, mut two) = (open(&path, &how), open(&path, &how));
    fill(&mut one);
    owe(&mut one, vec![add(Kind::Threat, id(4), "four")]);
    let other = vec![add(Kind::System, id(200), "Tagger")];
    two.transact_owing(Some(id(200)), &stamp(), &summarise, |_| Ok::<_, ()>(other)).unwrap().unwrap();
    let today = stamp().today;
    assert_eq!(two.stale(today, 9).unwrap(), [id(100), id(200)]);
    two.settle(today, &summarise, Wait::Nothing).unwrap();
    assert!(two.stale(today, 9).unwrap().contains(&id(100)), "what one owes is not made by the other's line");
    assert_eq!(two.refresh_stale(today, 1, &summarise).unwrap(), 1);
    assert_eq!((two.stale(today, 9).unwrap(), line(&two).threats), (vec![id(200)], 4));
    assert_eq!((two.refresh_stale(today, 9, &summarise).unwrap(), two.stale(today, 9).unwrap()), (1, vec![]));
    assert_eq!(problems(&two), Vec::<String>::new());
}

#[test]
fn whoever_comes_after_a_kill_makes_it() {
    let (_folder, path, how) = place();
    let mut killed = open(&path, &how);
    fill(&mut killed);
    let score = ["likelihood", "impact"].map(|field| (field, Value::Null, Value::Int(5)));
    owe(&mut killed, vec![event(Kind::Threat, "edit", id(1), &score)]);
    let mut next = open(&path, &how);
    assert_eq!(problems(&next), Vec::<String>::new());
    assert_eq!(next.refresh_stale(stamp().today, 9, &summarise).unwrap(), 1);
    assert_eq!((problems(&next), next.stale(stamp().today, 9).unwrap()), (vec![], vec![]));
    // The one that was slow finds that another has made it.
    killed.settle(stamp().today, &summarise, Wait::Nothing).unwrap();
    assert!(!killed.owes());
    assert_eq!(problems(&killed), Vec::<String>::new());
}

#[test]
fn a_command_after_a_kill_makes_it_as_well() {
    let (_folder, path, how) = place();
    let mut killed = open(&path, &how);
    fill(&mut killed);
    owe(&mut killed, vec![add(Kind::Threat, id(4), "four")]);
    drop(killed);
    let mut next = open(&path, &how);
    // A hand-off moves no level, so only the mark says that those of the threat were never noted.
    owe(&mut next, vec![add(Kind::Handoff, id(60), "x")]);
    next.settle(stamp().today, &summarise, Wait::Nothing).unwrap();
    assert_eq!((problems(&next), line(&next).threats), (vec![], 4));
    let before = next.trend_of_all(stamp().today).unwrap();
    next.rebuild().unwrap();
    while next.refresh_stale(stamp().today, 9, &summarise).unwrap() > 0 {}
    assert_eq!(next.trend_of_all(stamp().today).unwrap(), before);
}
