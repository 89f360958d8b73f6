//! The screen of the libraries, driven by keys; what it asks for goes through the rules.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use docket::{
    app::{
        Answer, Effect, Me, Model, Msg, Opened, Overlay, Screen, absorb, context,
        library::{LibraryScreen, Part},
        system::SystemScreen,
        update,
    },
    domain::{Kind, catalog::considered, people::Role},
    keymap::{Keymap, Resolved},
};

use crate::support::{Data, Desk};

/// A person at the keys, and the rules behind the screen.
struct Table {
    desk: Desk,
    model: Model,
    /// How many keys were pressed.
    keys: usize,
    commits: usize,
}

impl Table {
    fn of(role: Role) -> Self {
        let mut desk = Desk::of_five();
        desk.described(Data::Personal).handed_to_security();
        let mut model = Model::new((120, 36), desk.today());
        let roles = desk.dossier.roles_of(desk.who(role), desk.today());
        model.me = Some(Me { person: desk.who(role), name: "Sam Security".into(), role, roles });
        let screen = SystemScreen::new(opened(&desk), desk.today());
        model.screen = Screen::System(Box::new(screen));
        Self { desk, model, keys: 0, commits: 0 }
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            self.keys += 1;
            let key = event(key);
            let keymap = Keymap::default();
            let msg = match keymap.resolve(context(&self.model), self.model.pending, &key) {
                Resolved::Action(action) => Msg::Act(action),
                Resolved::Pending(chord) => Msg::Prefix(chord),
                Resolved::None => Msg::Typed(key),
            };
            let effect = update(&mut self.model, &keymap, msg);
            self.carry_out(effect);
        }
        self
    }

    fn paste(&mut self, text: &str) -> &mut Self {
        let effect = update(&mut self.model, &Keymap::default(), Msg::Pasted(text.into()));
        assert_eq!(effect, None);
        self
    }

    fn carry_out(&mut self, effect: Option<Effect>) {
        let Some(Effect::Commit(subject, command)) = effect else { return };
        self.commits += 1;
        let me = self.model.me.clone().unwrap();
        let system = self.desk.dossier.subject;
        self.desk.dossier.subject = subject;
        let done = self.desk.act(me.role, me.person, command);
        self.desk.dossier.subject = system;
        let answer = match done {
            Ok(()) => Ok(Answer::Committed(Box::new(opened(&self.desk)), "Saved.".into())),
            Err(refusal) => Err(refusal.to_string()),
        };
        absorb(&mut self.model, answer);
    }

    fn library(&self) -> &LibraryScreen {
        match &self.model.screen {
            Screen::Library(library) => library,
            other => panic!("not the library: {other:?}"),
        }
    }

    fn notice(&self) -> &str {
        self.model.notice.as_ref().map_or("", |notice| notice.text.as_str())
    }
}

/// A key as people write it.
fn event(key: &str) -> KeyEvent {
    let (code, modifiers) = match key {
        "enter" => (KeyCode::Enter, KeyModifiers::NONE),
        "esc" => (KeyCode::Esc, KeyModifiers::NONE),
        "tab" => (KeyCode::Tab, KeyModifiers::NONE),
        "down" => (KeyCode::Down, KeyModifiers::NONE),
        "space" => (KeyCode::Char(' '), KeyModifiers::NONE),
        "ctrl-s" => (KeyCode::Char('s'), KeyModifiers::CONTROL),
        letter => (KeyCode::Char(letter.chars().next().unwrap()), KeyModifiers::NONE),
    };
    KeyEvent::new(code, modifiers)
}

fn opened(desk: &Desk) -> Opened {
    Opened {
        dossier: desk.dossier.clone(),
        history: vec![],
        voided: vec![],
        since: None,
        drafts: vec![],
        register: None,
        trend: vec![],
    }
}

#[test]
fn a_chapter_opens_its_parts_and_each_of_these_opens_in_turn() {
    let mut table = Table::of(Role::Security);
    table.press("g t").press("a");
    let today = table.desk.today();
    if let Screen::Library(screen) = &mut table.model.screen {
        screen.enter("nist_ai_rmf", today);
    }
    let titles = |table: &Table| -> Vec<String> {
        table.library().rows.iter().filter(|row| row.selectable()).map(|row| row.cells[0].text.clone()).collect()
    };
    let on = |table: &Table| table.library().selected().unwrap().cells[0].text.clone();
    while on(&table) != "GOVERN" {
        table.press("down");
    }
    assert!(
        table.library().selected().unwrap().text().contains("parts covered"),
        "the chapter says how its parts stand"
    );
    table.press("enter");
    assert_eq!(table.library().item.unwrap().id, "GOVERN");
    assert_eq!(titles(&table)[0], "GOVERN 1", "{:?}", titles(&table));
    table.press("down enter");
    assert_eq!(table.library().item.unwrap().id, "GOVERN 2");
    assert_eq!(titles(&table)[0], "GOVERN 2.1");
    table.press("enter");
    assert_eq!(table.library().item.unwrap().id, "GOVERN 2.1", "a part without parts opens as well");
    table.press("esc");
    assert_eq!((table.library().item.unwrap().id.as_str(), on(&table).as_str()), ("GOVERN 2", "GOVERN 2.1"));
    table.press("esc esc");
    assert!(table.library().item.is_none());
    assert_eq!(on(&table), "GOVERN", "back on the chapter");
}

#[test]
fn all_that_applies_is_added_in_three_keys_and_one_command() {
    let mut table = Table::of(Role::Security);
    table.press("g t");
    (table.keys, table.commits) = (0, 0);
    table.press("a a");
    let marked = table.library().marked.len();
    assert!(marked > 10, "{marked}");
    table.press("enter");
    assert!(table.keys <= 4 && table.commits == 1, "{} keys, {} commands", table.keys, table.commits);
    assert_eq!(table.desk.dossier.threats.len(), marked);
    assert!(table.desk.dossier.controls.len() > 10 && table.library().marked.is_empty());
    assert!(table.notice().contains(&format!("{marked} threats were added")), "{}", table.notice());
    table.press("esc");
    assert!(matches!(table.model.screen, Screen::System(_)), "back where it was opened");
}

#[test]
fn forty_proposals_are_three_keys_too() {
    let mut table = Table::of(Role::Security);
    let all =
        ["generative_model", "uses_rag", "autonomous_actions", "external_users", "fine_tuned", "multimodal_input"];
    for (at, fact) in all.into_iter().enumerate() {
        let id = docket::domain::Id([u8::try_from(at).unwrap() + 60; 16]);
        let row = table.desk.dossier.entry(Kind::Fact, id);
        row.put("fact", &fact.into());
        row.put("holds", &"yes".into());
        row.put("reason", &"Said so.".into());
    }
    let screen = SystemScreen::new(opened(&table.desk), table.desk.today());
    table.model.screen = Screen::System(Box::new(screen));
    table.press("g t");
    table.keys = 0;
    table.press("a a enter");
    assert!(table.desk.dossier.threats.len() >= 40, "{}", table.desk.dossier.threats.len());
    assert!(table.keys <= 4 && table.commits == 1);
}

#[test]
fn another_hat_is_asked_for_once() {
    let mut table = Table::of(Role::Owner);
    table.press("g t a");
    assert!(table.notice().contains("System owner may not"), "{}", table.notice());
    table.press("g y 1 a enter");
    assert_eq!(table.commits, 0, "the owner reads the proposals and adds none");
}

#[test]
fn one_is_left_out_with_a_reason_and_taken_back() {
    let mut table = Table::of(Role::Security);
    table.press("g t a -");
    table.paste("There is a proxy before it.").press("ctrl-s");
    let row = table.desk.dossier.considered.last().unwrap();
    let code = row.subject.as_str().trim_start_matches("library:").to_owned();
    assert!(considered(&table.desk.dossier, &code).is_some());
    table.press("G");
    assert!(table.library().selected().unwrap().text().contains("There is a proxy before it."));
    table.press("x").paste("Wrong.").press("ctrl-s");
    assert!(considered(&table.desk.dossier, &code).is_none());
}

#[test]
fn a_fact_is_corrected_from_the_threat_that_it_decides() {
    let mut table = Table::of(Role::Security);
    table.press("g y 2 /").paste("runs code");
    assert_eq!(table.library().rows.len(), 1);
    table.press("enter enter");
    assert!(matches!(table.model.overlays.last(), Some(Overlay::Form(_))), "{}", table.notice());
    table.press("y tab").paste("It runs notebooks.").press("ctrl-s");
    let fact = table.desk.dossier.facts.last().unwrap();
    assert_eq!((fact.fact.as_str(), fact.holds.is_some()), ("code_execution", true), "{}", table.notice());
    table.press("esc x").paste("Not any more.").press("ctrl-s");
    assert!(table.desk.dossier.facts.iter().all(|fact| fact.archived), "{}", table.notice());
}

#[test]
fn search_finds_by_letters_by_words_and_by_mapping() {
    let mut table = Table::of(Role::Security);
    let mut first = |text: &str| {
        table.press("g y 3 /").paste(text).press("enter");
        let row = table.library().selected().map(docket::app::row::Row::text);
        table.press("esc");
        row.unwrap_or_default()
    };
    assert!(first("dktt001").starts_with("DKT-T-001"));
    assert!(first("dirprinj").contains("irect prompt injection"));
    assert!(first("LLM10:2025").contains("DKT-T-"));
    assert!(first("invisible unicorn").is_empty());
}

#[test]
fn a_framework_leads_to_its_items_and_to_what_speaks_of_them() {
    let mut table = Table::of(Role::Security);
    table.press("g y 5 enter");
    assert!(table.library().on_items());
    let rows = table.library().rows.len();
    assert_eq!(rows, 13, "three counts and ten items");
    table.press("g g down down enter");
    assert!(table.library().only.is_some(), "a count opens its rows");
    table.press("enter down");
    table.press("enter");
    let item = table.library().item.map(|item| item.id.clone());
    assert_eq!(item.as_deref(), Some("LLM01:2025"));
    table.press("a enter");
    assert!(table.desk.dossier.threats.len() > 2, "the threats of the item were added");
    table.press("g g enter");
    let Screen::System(screen) = &table.model.screen else { panic!("it leads to the register") };
    assert_eq!(screen.tab, docket::app::system::Tab::Threats);
}

#[test]
fn an_own_entry_is_made_on_the_screen() {
    let mut table = Table::of(Role::Security);
    table.press("g y 3 n").paste("Our own worry").press("ctrl-s");
    assert_eq!(table.desk.dossier.shelf.len(), 1, "{}", table.notice());
    table.press("G");
    assert!(table.library().selected().unwrap().text().contains("OWN-T-001"));
    assert_eq!(table.library().part, Part::Threats);
}

#[test]
fn every_list_has_something_at_every_size_without_a_system() {
    let desk = Desk::of_five();
    for part in [Part::Threats, Part::Controls, Part::Frameworks] {
        let screen = LibraryScreen::new(None, Some(opened(&desk)), part, desk.today());
        assert!(screen.selected().is_some() && screen.parts().len() == 3, "{part:?}");
    }
}
