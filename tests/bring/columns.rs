//! What the columns of a table are, said at the screen and remembered.

use docket::app::{Overlay, columns::ColumnsTable, confirm::Take};

use super::{hands::Hands, read, receipt};

const STRANGE: &str = "Was,Wie schlimm,Wer,Wann\nA prompt leaks,5,Ada,2026-12-31\nNames leak,2,Bo,2027-01-31\nA tool is misused,4,Cy,2027-02-28\n";

fn table(hands: &Hands) -> &ColumnsTable {
    match hands.session.model.overlays.last() {
        Some(Overlay::Columns(table)) => table,
        other => panic!("no columns are open, but {other:?}; {}", hands.said()),
    }
}

fn fields(hands: &Hands) -> Vec<Option<&'static str>> {
    let table = &table(hands).after;
    (0..table.columns.len()).map(|column| table.field(column)).collect()
}

/// Chooses a field for the column under the cursor from the list.
fn choose(hands: &mut Hands, field: &str) {
    hands.keys("enter");
    let Some(Overlay::Chooser(list)) = hands.session.model.overlays.last() else { panic!("no list") };
    let wanted = list.options.iter().position(|(text, _)| text.split("   ").next() == Some(field)).unwrap();
    let Some(Overlay::Chooser(list)) = hands.session.model.overlays.last_mut() else { unreachable!("it is the list") };
    list.at.select(wanted);
    hands.keys("enter");
}

#[test]
fn a_table_of_which_nothing_is_known_asks_for_its_columns_and_the_next_one_does_not() {
    let (mut hands, folder) = (Hands::sit(), tempfile::tempdir().unwrap());
    let path = folder.path().join("risiken.csv");
    std::fs::write(&path, STRANGE).unwrap();
    read(&mut hands, &path.display().to_string());
    assert_eq!(fields(&hands), [None; 4], "{}", hands.said());
    assert_eq!(table(&hands).after.rows.len(), 3);
    choose(&mut hands, "title");
    hands.keys("down");
    choose(&mut hands, "impact");
    hands.keys("down");
    choose(&mut hands, "owner");
    assert_eq!(fields(&hands), [Some("title"), Some("impact"), Some("owner"), None]);
    hands.keys("ctrl-s");
    let says = receipt(&hands).lines.join("\n");
    assert!(
        says.contains("3 threats") && says.contains("3 of 4 columns are read into fields, as you chose;"),
        "{says}"
    );
    hands.keys("enter");
    assert!(hands.said().starts_with("Imported: 1 system"), "{}", hands.said());
    let system = hands.session.model.system().unwrap().id().unwrap();
    let threats = hands.dossier(system).threats.iter().map(|t| (t.title.to_string(), t.impact)).collect::<Vec<_>>();
    assert_eq!(threats[0].0, "A prompt leaks");
    assert_eq!(threats[1].1.map(|score| i64::from(score.get())), Some(2));
    // Another file with the same columns is read so at once, and says so.
    let next = folder.path().join("mehr.csv");
    std::fs::write(&next, STRANGE.replace("A tool is misused", "A model drifts")).unwrap();
    read(&mut hands, &next.display().to_string());
    let says = receipt(&hands).lines.join("\n");
    assert!(says.contains("as you chose for these columns before"), "{says}");
}

#[test]
fn what_was_guessed_can_be_changed_by_key() {
    let (mut hands, folder) = (Hands::sit(), tempfile::tempdir().unwrap());
    let path = folder.path().join("risks.csv");
    std::fs::write(&path, "Risk ID,Risk Title,Likelihood,Impact,Remark\nR1,A leak,4,5,see the wiki\n").unwrap();
    read(&mut hands, &path.display().to_string());
    assert!(matches!(receipt(&hands).take_in, Some(Take::Table(None, _))));
    hands.keys("m");
    assert_eq!(fields(&hands), [Some("id"), Some("title"), Some("likelihood"), Some("impact"), None]);
    hands.keys("down down down down right");
    assert_eq!(fields(&hands)[4], Some("description"));
    hands.keys("up space");
    assert_eq!(fields(&hands)[3], None, "kept as it is");
    hands.keys("esc");
    assert_eq!(fields(&hands)[3], Some("impact"), "the first Esc takes the changes back");
    hands.keys("tab");
    assert_eq!(table(&hands).after.kinds[table(&hands).after.kind].word, "controls");
    assert_eq!(fields(&hands), [Some("id"), Some("title"), None, None, None]);
    hands.keys("ctrl-s");
    let says = receipt(&hands).lines.join("\n");
    assert!(says.contains("1 control") && !says.contains("1 threat"), "{says}");
    hands.keys("esc esc esc");
    assert!(
        hands.session.model.overlays.is_empty(),
        "one receipt was open, and below it the folder with what was typed"
    );
}
