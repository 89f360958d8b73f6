use super::*;

/// A file of settings in a folder of its own, and what is asked of it.
struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn of(text: &str) -> Self {
        let case = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::write(case.path(), text).unwrap();
        case
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("config.toml")
    }

    fn load(&self, options: &[(Setting, String)], variables: &[(&str, &str)]) -> Result<Config, String> {
        let environment =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Config::load(&Sources { file: Some(self.path()), options, environment: &environment })
    }

    /// What is wrong with it, without the name of the file.
    fn fault(&self) -> String {
        let says = self.load(&[], &[]).unwrap_err();
        let (head, tail) =
            (format!("{}, ", self.path().display()), ". Nothing was changed; correct the line and start again.");
        let inner = says.strip_prefix(&head).and_then(|rest| rest.strip_suffix(tail));
        inner.unwrap_or_else(|| panic!("{says}")).to_owned()
    }
}

#[test]
fn an_option_goes_before_the_environment_and_that_before_the_file() {
    let case = Case::of("theme = \"plain\"\nrecord = \"mine.docket\"\neditor = \"nano\"\n");
    let config = case.load(&[], &[]).unwrap();
    assert_eq!(config.get(Setting::Theme), Some(("plain", From::File(1))));
    assert_eq!(config.get(Setting::Mouse), None);
    assert_eq!(config.file(Setting::Record), Some(case.folder.path().join("mine.docket")));
    let variables = [("NO_COLOR", "1"), ("DOCKET_RECORD", "there.docket"), ("EDITOR", "ed"), ("VISUAL", "vim")];
    let config = case.load(&[], &variables).unwrap();
    assert_eq!(config.get(Setting::Theme), Some(("none", From::Environment("NO_COLOR"))));
    assert_eq!(config.get(Setting::Editor), Some(("vim", From::Environment("VISUAL"))));
    assert_eq!(config.file(Setting::Record), Some("there.docket".into()), "what is not of the file is as it was typed");
    let config = case.load(&[(Setting::Theme, "contrast".into())], &variables).unwrap();
    assert_eq!(config.get(Setting::Theme), Some(("contrast", From::Option("--theme"))));
    let config = case.load(&[], &[("NO_COLOR", ""), ("EDITOR", " ")]).unwrap();
    assert_eq!(config.value(Setting::Theme), Some("plain"), "a variable that is set to nothing says nothing");
}

#[test]
fn what_is_wrong_with_the_file_is_a_sentence_with_its_line() {
    for (text, says) in [
        ("\nteme = \"none\"", "line 2: there is no setting \"teme\"; did you mean \"theme\""),
        ("zebra = 1", "line 1: there is no setting \"zebra\"; docket config --explain lists what there is"),
        ("theme = \"blue\"", "line 1: \"theme\" takes one of auto, plain, contrast, colour-blind, none, not \"blue\""),
        (
            "theme = \"colour_blind\"",
            "line 1: \"theme\" takes one of auto, plain, contrast, colour-blind, none, not \"colour_blind\"; did you mean \
             \"colour-blind\"",
        ),
        ("mouse = \"true\"", "line 1: \"mouse\" takes true or false, not \"true\""),
        ("record = 4", "line 1: \"record\" takes the path of a file, not a number"),
        ("[keys]\n\"und\" = \"f7\"", "line 2: there is no action \"und\"; did you mean \"undo\""),
        ("[keys]\nundo = 4", "line 2: \"undo\" takes a key such as \"ctrl-n\" or a list of them, not a number"),
        ("[keys]\nundo = \"ctrl-q\"", "line 2: \"undo\" = \"ctrl-q\": `ctrl-q` is another key in many terminals"),
        (
            "[keys]\nmouse = \"g\"",
            "line 2: Everywhere: g g is \"move.first\" and g is \"mouse\", which nobody can tell apart",
        ),
        (
            "[keys]\nmouse = \"f7\"\n\nrefresh = \"f7\"",
            "line 2: Everywhere: F7 is \"mouse\" and F7 is \"refresh\", which nobody can tell apart (and line 4)",
        ),
    ] {
        assert_eq!(Case::of(text).fault(), says);
    }
    let hostile = Case::of("\"the\\u001b[31mme\" = 1").fault();
    assert!(hostile.chars().all(crate::domain::text::is_visible), "{hostile:?}");
}

#[test]
fn a_file_that_was_named_must_be_there_and_an_option_must_be_a_word() {
    let case = Case::of("");
    assert_eq!(case.load(&[], &[]).unwrap().said, []);
    let says = case.load(&[(Setting::Theme, "blue".into())], &[]).unwrap_err();
    assert!(says.starts_with("--theme takes one of auto, "), "{says}");
    std::fs::remove_file(case.path()).unwrap();
    assert!(case.load(&[], &[]).unwrap_err().contains("could not be read as the file of settings"));
}

#[test]
fn keys_of_the_file_are_the_keys() {
    use crate::keymap::{Context, Keys};
    let config = Case::of("[keys]\nundo = [\"f7\", \"ctrl-z\"]\ngo.board = \"f6\"\n").load(&[], &[]).unwrap();
    let keys = |text: &str| Keys::parse(text).unwrap();
    assert_eq!(config.keymap.keys_for(Action::Undo, Context::Board), [keys("f7"), keys("ctrl-z")]);
    assert_eq!(config.keymap.keys_for(Action::GoBoard, Context::Threats), [keys("f6")]);
}

#[test]
fn the_sample_says_everything_and_what_it_says_is_taken() {
    let sample = sample();
    let config = Case::of(&sample).load(&[], &[]).unwrap();
    assert!(config.said.is_empty() && config.bound.is_empty());
    let spoken: String = sample
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.split_once(" = ").is_some_and(|(key, _)| !key.contains(' ')) => format!("{rest}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let config = Case::of(&spoken).load(&[], &[]).unwrap();
    assert_eq!(config.said.len(), Setting::ALL.len());
    assert_eq!(config.bound.len(), 2);
}

#[test]
fn every_setting_is_explained_with_who_said_it() {
    let config = Case::of("mouse = false\n[keys]\nundo = \"f7\"\n").load(&[], &[("PAGER", "most")]).unwrap();
    let says = text(&config);
    let path = config.path.as_deref().map(shown).unwrap();
    assert!(says.contains(&format!("mouse = \"false\"  [{path}:1]")), "{says}");
    assert!(says.contains("pager = \"most\"  [PAGER]") && says.contains("theme = auto  [default]"), "{says}");
    assert!(says.contains(&format!("keys.undo = \"f7\"  [{path}:3]")), "{says}");
    let all: serde_json::Value = serde_json::from_str(&json(&config)).unwrap();
    let rows = all["settings"].as_array().unwrap();
    assert_eq!(rows.len(), Setting::ALL.len());
    assert!(rows.iter().all(|row| says.contains(row["key"].as_str().unwrap())));
    assert_eq!(rows.iter().find(|row| row["key"] == "mouse").unwrap()["line"], 1);
}
