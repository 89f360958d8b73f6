//! `docket config`, `docket doctor`, keys and colours of one's own.

use crate::bench::Bench;

/// Writes a file of settings into the home's configuration folder.
fn settings(bench: &Bench, text: &str) {
    let folder = bench.at("config/docket");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), text).unwrap();
}

#[test]
fn the_settings_say_who_said_them() {
    let bench = Bench::seeded();
    settings(&bench, "record = \"../../record.docket\"\ntheme = \"contrast\"\nas = \"Nobody of this name\"\n");
    let says = bench.run(&["config", "--explain"]).ok();
    assert!(says.contains("theme = \"contrast\"  [") && says.contains("config.toml:2]"), "{says}");
    // The record of the file is the one that is opened, and a name that it does not know keeps nobody out.
    assert_eq!(bench.run(&["list"]).ok(), bench.on(&["list"]).ok());
    let answer = bench.run(&["config", "--json", "--theme", "none"]).json();
    let rows = answer["settings"].as_array().unwrap();
    let theme = rows.iter().find(|row| row["key"] == "theme").unwrap();
    assert_eq!(
        (&theme["value"], &theme["from"], &theme["said_by"]),
        (&"none".into(), &"option".into(), &"--theme".into())
    );
    let said = bench.command().env("DOCKET_RECORD", "elsewhere.docket").args(["config", "--json"]).output().unwrap();
    let said: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!(said["settings"][0]["said_by"], "DOCKET_RECORD");
}

#[test]
fn a_slip_of_the_pen_is_refused_with_its_line_before_anything_is_done() {
    let bench = Bench::seeded();
    let before = bench.digest();
    settings(&bench, "\nrecrod = \"x\"\n");
    bench.on(&["list"]).refused(2, "line 2: there is no setting \"recrod\"; did you mean \"record\".");
    settings(&bench, "[keys]\nundo = \"g\"\n");
    bench.on(&["assign", "owner", "Somebody", "--new"]).refused(2, "which nobody can tell apart");
    settings(&bench, "");
    bench.on(&["--theme", "pink", "list"]).refused(2, "--theme takes one of auto");
    bench.on(&["--config", "nowhere.toml", "list"]).refused(2, "could not be read as the file of settings");
    assert_eq!(bench.digest(), before);
}

#[test]
fn a_file_to_begin_with_is_written_once() {
    let bench = Bench::empty();
    let says = bench.run(&["config", "--init"]).ok();
    assert!(says.contains("config/docket/config.toml"), "{says}");
    assert_eq!(bench.there(), ["config"]);
    bench.run(&["config", "--init"]).refused(2, "is there already");
    let explained = bench.run(&["config"]).ok();
    assert!(explained.contains("[default]") && !explained.contains("config.toml:"), "{explained}");
    bench.run(&["--config", "mine.toml", "config", "--init"]).ok();
    assert!(std::fs::read_to_string(bench.at("mine.toml")).unwrap().starts_with("# The settings of docket."));
}

#[test]
fn own_keys_are_in_the_table_of_keys() {
    let bench = Bench::empty();
    settings(&bench, "[keys]\n\"go.board\" = \"f6\"\n");
    let table = bench.run(&["keys"]).ok();
    assert!(table.contains("| `F6` | Go to: board |") && !table.contains("| `g b` |"), "{table}");
    let ids = bench.run(&["keys", "--ids"]).ok();
    for action in docket::keymap::Action::ALL {
        assert!(ids.lines().any(|line| line.split_whitespace().next() == Some(action.id())), "{}", action.id());
    }
}

#[test]
fn the_doctor_looks_and_leaves_no_trace() {
    let bench = Bench::seeded();
    let said = bench.on(&["doctor", "--json"]);
    let (before, there) = (bench.digest(), bench.there());
    let answer = said.json();
    let names: Vec<&str> =
        answer["checks"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    for name in ["settings", "term", "signs", "record", "drive", "sqlite", "journal", "backup", "editor", "clock"] {
        assert!(names.contains(&name), "{name} is not looked at: {names:?}");
    }
    // TERM is not set in this environment, and that is a problem with something to do about it.
    assert_eq!((said.code, &answer["ok"]), (1, &false.into()));
    let term = answer["checks"].as_array().unwrap().iter().find(|row| row["name"] == "term").unwrap();
    assert_eq!(term["state"], "problem");
    assert!(term["do"].as_str().unwrap().starts_with("Set TERM"));
    let text = bench.on(&["doctor"]).out;
    assert!(text.contains("entries of the journal hold in their chains."), "{text}");
    assert_eq!((bench.digest(), bench.there()), (before, there), "the doctor only looks");
}

#[test]
fn the_doctor_finds_what_is_wrong() {
    let bench = Bench::seeded();
    let state = |bench: &Bench, name: &str| {
        let answer = bench.on(&["doctor", "--json"]).json();
        let row = answer["checks"].as_array().unwrap().iter().find(|row| row["name"] == name).cloned();
        row.map_or_else(String::new, |row| {
            format!("{} {}", row["state"].as_str().unwrap(), row["says"].as_str().unwrap())
        })
    };
    assert!(state(&bench, "backup").starts_with("note No backup"), "{}", state(&bench, "backup"));
    bench.on(&["backup", "copy.docket"]).ok();
    assert!(state(&bench, "backup").starts_with("ok The last backup is of 2026-11-21"), "{}", state(&bench, "backup"));
    std::fs::remove_file(bench.at("copy.docket")).unwrap();
    assert!(state(&bench, "backup").contains("It is not there now."));
    settings(&bench, "teme = 1\n");
    assert!(state(&bench, "settings").starts_with("problem "), "{}", state(&bench, "settings"));
    settings(&bench, "editor = \"no-such-editor-here\"\n");
    assert!(state(&bench, "editor").starts_with("problem There is no program \"no-such-editor-here\""));
    bench.tamper("DROP TRIGGER event_no_update; UPDATE event SET kind='threat.made' WHERE n=9");
    assert!(state(&bench, "journal").starts_with("problem "), "{}", state(&bench, "journal"));
    std::fs::write(bench.record(), "no record").unwrap();
    assert!(state(&bench, "journal").starts_with("problem "), "{}", state(&bench, "journal"));
}

#[cfg(unix)]
#[test]
fn what_others_may_read_or_change_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::seeded();
    let open =
        |name: &str, mode| std::fs::set_permissions(bench.at(name), std::fs::Permissions::from_mode(mode)).unwrap();
    settings(&bench, "mouse = false\n");
    open("config/docket/config.toml", 0o666);
    open("record.docket", 0o644);
    let text = bench.on(&["doctor"]).out;
    assert!(text.contains("others on this machine may read it.") && text.contains("chmod 600"), "{text}");
    assert!(text.contains("which names programs that docket runs.") && text.contains("chmod go-w"), "{text}");
}

#[test]
fn the_manual_page_holds_every_setting() {
    let bench = Bench::empty();
    let page = bench.run(&["man"]).ok();
    let (_, part) = page.split_once(".SH SETTINGS\n").expect("a part of the settings");
    for setting in docket::config::Setting::ALL {
        assert!(part.contains(&format!(".TP\n\\fB{}\\fR\n", setting.key())), "{}", setting.key());
        assert!(part.contains(&setting.help().replace('-', "\\-")), "{}", setting.key());
    }
    assert!(part.lines().all(|line| !line.starts_with('\'')), "no line is taken for a request");
}

#[test]
fn who_holds_no_default_role_is_told_who_gives_them() {
    let bench = Bench::seeded();
    // Without a hat of the record itself nobody gives a role in it; who has one is asked for no hat.
    let said = bench.on(&["assign", "security", "Nora Neu", "--new", "--as", "Diego"]);
    said.refused(2, "Roles are given there by whoever holds a review role: ");
    said.complains("Or give the role on one system, where you hold one.");
    bench.on(&["assign", "security", "Nora Neu", "--new", "--as", "Mara"]).ok();
}
