//! The two tables of keys and actions, checked row by row.

#![allow(clippy::unwrap_used, reason = "tests may")]

use std::collections::HashSet;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use docket::{
    domain::{fields::Vocabulary, people::Role},
    keymap::{Action, Chord, Context, Keymap, Keys, Resolved, defaults},
};
use unicode_width::UnicodeWidthStr;

fn press(c: char) -> KeyEvent {
    KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)
}

#[test]
fn every_default_parses_and_none_collide() {
    for (context, row, _) in defaults() {
        for keys in row.split("  ") {
            assert!(Keys::parse(keys).is_ok(), "{context:?} {keys}");
        }
    }
    assert_eq!(Keymap::default().clash(), None);
}

#[test]
fn ids_are_unique_and_well_formed() {
    let mut seen = HashSet::new();
    for action in Action::ALL {
        let id = action.id();
        assert!(seen.insert(id), "{id} twice");
        assert!(id.chars().all(|c| c.is_ascii_lowercase() || "._".contains(c)) && !id.is_empty(), "{id}");
        assert_eq!(Action::parse(id), Some(*action));
    }
}

#[test]
fn titles_fit_and_help_is_a_sentence() {
    let mut seen = HashSet::new();
    for action in Action::ALL {
        assert!(action.title().width() <= 20, "{}", action.title());
        assert!(seen.insert(action.title()), "{} twice", action.title());
        assert!(action.help().ends_with('.') && !action.help().starts_with(' '), "{}", action.help());
    }
}

#[test]
fn every_action_has_a_key_or_is_reached_by_name() {
    for action in Action::ALL {
        let bound = defaults().any(|(.., known)| known == action);
        assert_ne!(bound, Action::PALETTE_ONLY.contains(action), "{}", action.id());
    }
}

#[test]
fn no_bare_character_is_bound_where_characters_are_text() {
    for context in Context::ALL.into_iter().filter(|context| context.is_text()) {
        for (keys, action) in Keymap::default().active(context) {
            assert!(!keys.first.is_text(), "{context:?} {keys} {}", action.id());
        }
    }
}

#[test]
fn every_act_but_quitting_has_a_way_without_ctrl() {
    let keymap = Keymap::default();
    for context in Context::ALL {
        for (_, action) in keymap.active(context) {
            let plain = keymap.keys_for(action, context).iter().any(|keys| !keys.first.ctrl);
            // Elsewhere q on the board quits, so only the shortcut from deep inside needs Ctrl.
            assert!(plain || action == Action::Quit, "{context:?} {}", action.id());
        }
    }
}

#[test]
fn every_place_can_be_left_and_quit() {
    let keymap = Keymap::default();
    for context in Context::ALL {
        let at = |code, modifiers| keymap.resolve(context, None, &KeyEvent::new(code, modifiers));
        assert_eq!(at(KeyCode::Char('c'), KeyModifiers::CONTROL), Resolved::Action(Action::Quit), "{context:?}");
        assert_eq!(at(KeyCode::Esc, KeyModifiers::NONE), Resolved::Action(Action::Back), "{context:?}");
    }
}

#[test]
fn a_prefix_waits_for_its_second_key() {
    let keymap = Keymap::default();
    let Resolved::Pending(g) = keymap.resolve(Context::Threats, None, &press('g')) else { panic!("g is no prefix") };
    assert_eq!(keymap.resolve(Context::Threats, Some(g), &press('t')), Resolved::Action(Action::GoThreats));
    assert_eq!(keymap.resolve(Context::Threats, Some(g), &press('g')), Resolved::Action(Action::First));
    assert_eq!(keymap.resolve(Context::Threats, Some(g), &press('x')), Resolved::None);
    let esc = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);
    assert_eq!(keymap.resolve(Context::Threats, Some(g), &esc), Resolved::None);
    assert_eq!(keymap.continuations(Context::System, g).len(), 17);
    assert_eq!(keymap.continuations(Context::Board, g).len(), 10);
}

#[test]
fn each_role_has_its_letter_after_r() {
    let keymap = Keymap::default();
    let r = Chord::parse("r").unwrap();
    for role in Role::ALL {
        let action = Action::parse(&format!("act.{}", role.code())).unwrap();
        let found = keymap.resolve(Context::Board, Some(r), &press(role.letter()));
        assert_eq!(found, Resolved::Action(action), "{role:?}");
    }
}

#[test]
fn other_keyboards_command_but_write_their_own_letters() {
    let keymap = Keymap::default();
    assert_eq!(keymap.resolve(Context::Threats, None, &press('ы')), Resolved::Action(Action::Score));
    assert!(matches!(keymap.resolve(Context::Threats, None, &press('γ')), Resolved::Pending(_)));
    assert_eq!(keymap.resolve(Context::Filter, None, &press('ы')), Resolved::None);
    let save = KeyEvent::new(KeyCode::Char('ы'), KeyModifiers::CONTROL);
    assert_eq!(keymap.resolve(Context::Form, None, &save), Resolved::Action(Action::Save));
}

#[test]
fn digits_say_their_number() {
    assert_eq!(Action::TabOne.digit(), Some(1));
    assert_eq!(Action::ScoreFive.digit(), Some(5));
    assert_eq!(Action::Score.digit(), None);
}

#[test]
fn overrides_replace_the_keys_wherever_the_action_works() {
    let keymap = Keymap::with_overrides([("save", "f12"), ("theme", "T")]).unwrap();
    for context in [Context::Form, Context::Prose] {
        assert_eq!(keymap.keys_for(Action::Save, context), [Keys::parse("f12").unwrap()]);
    }
    assert_eq!(keymap.keys_for(Action::Theme, Context::Welcome), [Keys::parse("T").unwrap()]);
}

#[test]
fn a_bad_override_is_a_sentence_that_names_the_row() {
    let fault = |id, keys| Keymap::with_overrides([(id, keys)]).unwrap_err().says;
    assert_eq!(fault("save", "s"), "\"save\" = \"s\": a bare character is text there (In a cell)");
    assert_eq!(fault("svae", "f9"), "\"svae\" = \"f9\": there is no such action");
    assert_eq!(fault("mouse", "ctrl-m"), "\"mouse\" = \"ctrl-m\": `ctrl-m` is another key in many terminals");
    assert_eq!(
        fault("mouse", "g"),
        "Everywhere: g g is \"move.first\" and g is \"mouse\", which nobody can tell apart"
    );
    let clash = Keymap::with_overrides([("mouse", "g")]).unwrap_err();
    assert_eq!(clash.of, ["move.first", "mouse"]);
}

#[test]
fn the_printed_table_has_every_action() {
    let table = Keymap::default().table();
    for action in Action::ALL {
        assert!(table.contains(action.title()), "{}", action.title());
    }
    assert!(table.contains("| `Ctrl-S` `F9` | Keep and do it |"));
}
