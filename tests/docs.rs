//! What is written for people is what the program does: the README, the guide, the changelog.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

use std::path::PathBuf;

use docket::keymap::{Action, Chord, Context, Keymap, Keys};

fn at(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(at(name)).unwrap()
}

/// What stands between two marks, which are there once each.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    assert_eq!((text.matches(from).count(), text.contains(to)), (1, true), "{from} … {to}");
    text.split(from).nth(1).unwrap().split(to).next().unwrap()
}

/// The pieces in backticks, fenced blocks aside, broken lines made whole.
fn spans(text: &str) -> Vec<String> {
    let prose: String = text.split("```").step_by(2).collect();
    prose.split('`').skip(1).step_by(2).map(|span| span.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn the_table_of_keys_is_that_of_the_program() {
    let (from, to) = ("<!-- keys -->", "<!-- /keys -->");
    let readme = read("README.md");
    let printed = format!("\n{}\n", Keymap::default().table().trim_end());
    let block = between(&readme, from, to);
    if std::env::var_os("DOCKET_BLESS").is_some() {
        let written = readme.replace(&format!("{from}{block}{to}"), &format!("{from}{printed}{to}"));
        std::fs::write(at("README.md"), written).unwrap();
        return;
    }
    assert!(block == printed, "the keys have changed: DOCKET_BLESS=1 cargo test --test docs writes the table anew");
}

#[test]
fn two_commands_set_it_up() {
    let readme = read("README.md");
    let blocks: Vec<&str> =
        readme.split("```").skip(1).step_by(2).filter_map(|b| b.strip_prefix("console\n")).collect();
    assert_eq!(blocks, ["$ cargo run --release -- demo\n", "$ cargo test --locked\n"]);
}

/// Whether a command knows an option; global ones are known to all.
fn knows(command: &clap::Command, option: &str) -> bool {
    command.get_arguments().any(|known| known.get_long() == Some(option)) || ["help", "version"].contains(&option)
}

#[test]
fn every_command_and_option_that_the_readme_names_is_there() {
    let root = docket::cli::command();
    let readme = read("README.md");
    let mut seen = 0;
    for span in spans(&readme) {
        if span.starts_with("cargo ") {
            continue;
        }
        let words: Vec<&str> = span.split([' ', '[', ']', '|', '=']).filter(|word| !word.is_empty()).collect();
        let named = words.get(1).filter(|word| words[0] == "docket" && !word.starts_with("--"));
        let command = named.map(|name| {
            let found = root.get_subcommands().find(|command| command.get_name() == *name);
            found.unwrap_or_else(|| panic!("there is no command {name}: {span}"))
        });
        // A command may have commands of its own.
        let inner = command.zip(words.get(2)).and_then(|(command, name)| command.find_subcommand(name));
        let command = inner.or(command);
        seen += usize::from(command.is_some());
        for option in words.iter().filter_map(|word| word.strip_prefix("--")) {
            let there = match command {
                Some(command) => knows(command, option) || knows(&root, option),
                None => knows(&root, option) || root.get_subcommands().any(|command| knows(command, option)),
            };
            assert!(there, "there is no option --{option}: {span}");
        }
    }
    assert!(seen >= 8, "only {seen} commands were found");
}

/// The keys that the ten minutes name, in their order: where they are pressed, and what they do there.
const TEN_MINUTES: &[(&str, Context, Action)] = &[
    ("n", Context::Welcome, Action::StartBoard),
    ("n", Context::Board, Action::NewSystem),
    ("i", Context::Board, Action::Import),
    ("m", Context::Reader, Action::SayColumns),
    ("g k", Context::Overview, Action::GoChecklist),
    ("Enter", Context::Checklist, Action::Open),
    ("y", Context::Confirm, Action::Accept),
    ("g c", Context::Overview, Action::GoControls),
    ("w", Context::Controls, Action::SwitchView),
    ("g e", Context::Overview, Action::GoEvidence),
    ("p", Context::Evidence, Action::AttachFile),
    ("V", Context::Evidence, Action::CheckFiles),
    ("t", Context::Evidence, Action::RetestFinding),
    (">", Context::Overview, Action::HandOver),
    ("c", Context::Handoffs, Action::ConfirmHandoff),
    ("<", Context::Handoffs, Action::SendBack),
    ("r", Context::Board, Action::ActAsOwner),
    ("g s", Context::Overview, Action::GoSignoff),
    ("Enter", Context::Board, Action::Open),
    ("g h", Context::Overview, Action::GoHandoffs),
    ("g t", Context::Overview, Action::GoThreats),
    ("g v", Context::Overview, Action::GoGovernance),
    ("g d", Context::Overview, Action::GoPrivacy),
    ("Enter", Context::Privacy, Action::Open),
    ("y", Context::DpoSection, Action::AnswerYes),
    ("n", Context::DpoSection, Action::AnswerNo),
    ("g l", Context::Overview, Action::GoHistory),
    ("g r", Context::Overview, Action::GoRisk),
    ("g s", Context::Overview, Action::GoSignoff),
    ("s", Context::SignoffPane, Action::Sign),
    ("D", Context::SignoffPane, Action::Decide),
    ("v", Context::SignoffPane, Action::Compare),
    ("S", Context::SignoffPane, Action::Reconfirm),
    ("t", Context::SignoffPane, Action::TraceDecision),
    ("g v", Context::Overview, Action::GoGovernance),
    ("t c", Context::Governance, Action::RecordChange),
    ("t i", Context::Governance, Action::ReportIncident),
    ("R", Context::Overview, Action::StartReview),
    ("g a", Context::Board, Action::GoAcceptances),
    ("g l", Context::Board, Action::GoLog),
    ("a", Context::Log, Action::AsItWas),
    ("g m", Context::Board, Action::GoMeeting),
    ("p", Context::Meeting, Action::PreApprove),
    ("B", Context::Meeting, Action::SayAll),
    ("o", Context::Meeting, Action::OpenMeeting),
    ("i", Context::Meeting, Action::WhoIsHere),
    ("Enter", Context::Meeting, Action::Open),
    ("d", Context::Meeting, Action::DecideItem),
    ("c", Context::Meeting, Action::TakeConsent),
    ("C", Context::Meeting, Action::CloseMeeting),
    ("W", Context::SignoffPane, Action::ExportRecord),
    ("n", Context::Welcome, Action::StartBoard),
    ("T", Context::Board, Action::TierQueue),
    ("-", Context::Tier, Action::Unknown),
    ("Enter", Context::Tier, Action::Accept),
    ("g t", Context::Overview, Action::GoThreats),
    ("a", Context::Threats, Action::AddSuggested),
    ("a", Context::Library, Action::MarkFitting),
    ("Enter", Context::Library, Action::Open),
    ("-", Context::Library, Action::NotRelevant),
    ("f", Context::Library, Action::CorrectFact),
    ("t", Context::Board, Action::RateQueue),
    ("T", Context::Threats, Action::RateQueue),
    ("m", Context::Rate, Action::TreatMitigate),
    ("a", Context::Rate, Action::TreatAccept),
    ("n", Context::Rate, Action::TreatNotApplicable),
    ("Tab", Context::Threats, Action::NextPane),
    ("Enter", Context::Threats, Action::Open),
    ("n", Context::Threats, Action::New),
    ("c", Context::Threats, Action::LinkControl),
    ("Space", Context::Threats, Action::Mark),
    (".", Context::Threats, Action::Again),
    ("b", Context::Threats, Action::GroupCoverage),
    ("o", Context::Threats, Action::OrderBy),
    ("g t", Context::Board, Action::GoRegister),
    ("g u", Context::Board, Action::GoUnscored),
    ("/", Context::AllThreats, Action::Filter),
    ("f", Context::AllThreats, Action::ShowFlagged),
    ("Space", Context::AllThreats, Action::Mark),
    ("s", Context::AllThreats, Action::Score),
    ("t", Context::AllThreats, Action::TreatMitigate),
    (".", Context::AllThreats, Action::Again),
    ("T", Context::AllThreats, Action::RateShown),
    ("Enter", Context::AllThreats, Action::Open),
    ("Esc", Context::Overview, Action::Back),
];

/// Whether these keys, or a prefix that stands for all that follow it, do this there.
fn does(keys: &str, context: Context, action: Action) -> bool {
    let wanted = Keys::parse(keys).unwrap();
    let map = Keymap::default();
    let prefix =
        wanted.then.is_none() && map.continuations(context, wanted.first).iter().any(|(_, does)| *does == action);
    // The innermost place wins, as it does for a key that is pressed.
    prefix || map.active(context).into_iter().find(|(keys, _)| *keys == wanted).is_some_and(|(_, does)| does == action)
}

#[test]
fn the_keys_of_the_first_ten_minutes_do_what_is_said() {
    let readme = read("README.md");
    let part = between(&readme, "## The first ten minutes", "\n## ");
    let spans = spans(part);
    let named: Vec<&str> = spans.iter().map(String::as_str).filter(|span| Keys::parse(span).is_ok()).collect();
    assert_eq!(named, TEN_MINUTES.iter().map(|(keys, ..)| *keys).collect::<Vec<_>>(), "look at the table in this test");
    for (keys, context, action) in TEN_MINUTES {
        assert!(does(keys, *context, *action), "{keys} in {context:?} is not {action:?}");
    }
    for (keys, action) in [("?", Action::Help), (":", Action::Palette)] {
        assert!(readme.contains(&format!("`{keys}`")) && does(keys, Context::Board, action), "{keys}");
    }
}

/// The keys that the guide names, with the words around them.
const GUIDE: &[(&str, &str, Context, Action)] = &[
    (">", "  >  hands the work over", Context::Overview, Action::HandOver),
    ("<", "      <  sends it back", Context::Handoffs, Action::SendBack),
    ("r", " r and a letter changes the hat", Context::Board, Action::ActAsOwner),
    ("g k", "(g k)", Context::Overview, Action::GoChecklist),
    ("g i", "g i shows who may hold two roles", Context::Board, Action::GoPolicy),
    ("enter", "Enter on a line", Context::Checklist, Action::Open),
    ("v", "v shows what was signed", Context::SignoffPane, Action::Compare),
    ("S", "S confirms it\n", Context::Privacy, Action::Reconfirm),
    ("R", "(R)", Context::Overview, Action::StartReview),
    ("s", "  s and two digits rate", Context::Threats, Action::Score),
    ("t", ", t rates one after", Context::Board, Action::RateQueue),
    ("/", " / filters by", Context::AllThreats, Action::Filter),
    ("space", " Space marks", Context::AllThreats, Action::Mark),
    ("V", ", V marks what", Context::AllThreats, Action::MarkAll),
    ("g t", " g t is the register", Context::Board, Action::GoRegister),
    ("?", "  ?    what can I do here", Context::Board, Action::Help),
    (":", "  :    do or find anything", Context::Board, Action::Palette),
    ("g v", "(g v)", Context::Overview, Action::GoGovernance),
    ("t c", ": t c", Context::Governance, Action::RecordChange),
    ("t i", ", t i", Context::Governance, Action::ReportIncident),
    ("t p", ", t p", Context::Governance, Action::PauseSystem),
    ("g m", "  g m shows", Context::Board, Action::GoMeeting),
    ("o", ". o opens a", Context::Meeting, Action::OpenMeeting),
    (">", ", > goes to", Context::Meeting, Action::NextItem),
    ("d", ", d decides it", Context::Meeting, Action::DecideItem),
    ("C", "; C closes it", Context::Meeting, Action::CloseMeeting),
    ("esc", "  Esc  back", Context::Overview, Action::Back),
    ("u", "  u    undo", Context::Overview, Action::Undo),
];

#[test]
fn the_guide_names_only_keys_that_exist() {
    let guide = read("assets/guide.md");
    let mut rest = guide.clone();
    for (keys, words, context, action) in GUIDE {
        assert!(guide.contains(words), "the guide does not say {words:?}");
        assert!(does(keys, *context, *action), "{keys} in {context:?} is not {action:?}");
        rest = rest.replacen(words, "", 1);
    }
    let of_no_sentence = |word: &&str| !["a", "A", ",", ";"].contains(word) && Keys::parse(word).is_ok();
    let more: Vec<&str> = rest.split_whitespace().filter(of_no_sentence).collect();
    assert!(more.is_empty(), "keys that the table in this test does not know: {more:?}");
    assert!(Chord::parse("Ctrl-S").is_ok() && !rest.contains("Ctrl-"), "no key with Ctrl is in the guide");
}

#[test]
fn the_changelog_has_a_part_for_what_is_not_released() {
    let changes = read("CHANGELOG.md");
    let part = changes.split("\n## ").find(|part| part.starts_with("[Unreleased]\n")).unwrap();
    assert!(changes.starts_with("# Changelog\n") && part.contains("### Added\n\n- "), "{part}");
    let root = docket::cli::command();
    for span in spans(part).iter().filter_map(|span| span.strip_prefix("docket ")) {
        let name = span.split(' ').next().unwrap();
        assert!(name.starts_with('-') || root.get_subcommands().any(|command| command.get_name() == name), "{span}");
    }
}
