//! What voided a sign-off: every entry that changed what was signed, with its field, its hat and its hour, and none that
//! was taken back.

use crate::support::{Data, Desk, START, add, edit, list, text, withdraw};
use docket::domain::{
    Kind,
    command::Command,
    decision::{Cause, Differs, Mend, Past, Void, explain, latest_signoff, since_signed, void},
    people::Role,
};

/// What the journal of a real record would tell after the sign-off of a role.
fn past(desk: &Desk, role: Role) -> Vec<Past> {
    let signoff = latest_signoff(&desk.dossier, role).unwrap().id;
    let signed = desk.events.iter().position(|event| event.entity == signoff).unwrap();
    let after = (1i64..).zip(&desk.events).skip(signed + 1);
    let told = after.map(|(n, event)| Past {
        n,
        at: START,
        who: "Ada Bell".into(),
        role: Some(Role::Owner),
        of: event.of,
        entity: event.entity,
        verb: event.verb.to_string(),
        set: event.set.clone(),
    });
    told.collect()
}

fn found(desk: &Desk, role: Role) -> Option<Void> {
    let signoff = latest_signoff(&desk.dossier, role).unwrap();
    let event = desk.events.iter().find(|event| event.entity == signoff.id).unwrap();
    let signed = String::from_utf8(event.attach.clone().unwrap().bytes).unwrap();
    void(&desk.dossier, signoff, since_signed(&desk.dossier, signoff, Some(&signed)), &past(desk, role))
}

fn said(desk: &Desk, role: Role) -> Vec<String> {
    found(desk, role).map(|void| void.causes.iter().map(Cause::short).collect()).unwrap_or_default()
}

#[test]
fn it_is_named_by_entry_field_person_hat_and_hour() {
    let mut desk = crate::ready(Data::Personal);
    let classes = |words: &[&str]| edit(Kind::System, crate::ready(Data::Personal).system(), [("data", list(words))]);
    let first = desk.events.len() + 1;
    desk.must(Role::Owner, classes(&["personal", "internal"]));
    let dpo = found(&desk, Role::Dpo).unwrap();
    assert_eq!(dpo.by(), format!("entry {first}, Data classes, by Ada Bell (System owner), 2026-03-02 09:00"));
    assert_eq!(
        dpo.causes[0].says(),
        format!(
            "entry {first} by Ada Bell (System owner), 2026-03-02 09:00: changed system \"Helpdesk assistant\": \
             Data classes personal → internal, personal"
        )
        .replace("internal, personal", "personal, internal")
    );
    assert_eq!(found(&desk, Role::Security), None, "security reviews no data classes");
    let difference = dpo.difference.unwrap();
    assert_eq!(difference.rows.len(), 1);
    assert_eq!((difference.rows[0].what, difference.rows[0].fields[0].field.id), (Differs::Changed, "data"));
    let mut gaps = desk.gate();
    let voids: Vec<Void> = [Role::Owner, Role::Dpo].into_iter().filter_map(|role| found(&desk, role)).collect();
    explain(&mut gaps, &voids);
    let told = gaps.iter().filter(|gap| gap.place.mend == Mend::Sign(gap.role)).map(|gap| gap.what.as_str());
    let by = format!("was voided by entry {first}, Data classes, by Ada Bell (System owner), 2026-03-02 09:00");
    assert!(told.clone().all(|what| what.ends_with(&by)) && told.count() == 2, "{gaps:#?}");
}

#[test]
fn all_entries_are_listed_but_none_that_was_taken_back() {
    let mut desk = crate::ready(Data::Personal);
    let system = desk.system();
    let classes = |words: &[&str]| edit(Kind::System, system, [("data", list(words))]);
    let n = desk.events.len();
    // There and back again, then elsewhere: only what leads to where it is now.
    desk.must(Role::Owner, classes(&["personal", "internal"]));
    assert_eq!(said(&desk, Role::Dpo).len(), 1);
    desk.must(Role::Owner, classes(&["personal"]));
    assert_eq!(found(&desk, Role::Dpo), None, "it says again what was signed");
    desk.must(Role::Owner, classes(&["personal", "public"]));
    let target = edit(Kind::Flow, desk.last(Kind::Flow), [("target", text("Elsewhere"))]);
    desk.must(Role::Owner, target);
    desk.must(Role::Owner, edit(Kind::System, system, [("notes", text("A comma."))]));
    desk.must(Role::Owner, classes(&["personal", "confidential"]));
    let entries: Vec<i64> = found(&desk, Role::Dpo).unwrap().causes.iter().map(|cause| cause.n).collect();
    let n = i64::try_from(n).unwrap();
    assert_eq!(entries, [n + 3, n + 4, n + 6]);
    assert!(found(&desk, Role::Dpo).unwrap().by().ends_with("(and 2 more)"));
    assert_eq!(said(&desk, Role::Security).len(), 1, "only where the flow goes");
}

#[test]
fn what_comes_and_goes_is_named_too() {
    let mut desk = crate::ready(Data::Personal);
    let n = desk.events.len();
    desk.must(Role::Owner, add(Kind::Tool, [("name", text("shell"))]));
    let at = "by Ada Bell (System owner), 2026-03-02 09:00";
    assert_eq!(said(&desk, Role::Security), [format!("entry {}, added tool \"shell\", {at}", n + 1)]);
    let tool = desk.last(Kind::Tool);
    desk.must(Role::Owner, withdraw(Kind::Tool, tool));
    assert_eq!(found(&desk, Role::Security), None, "it was not there when it was signed, and is not there now");
    desk.must(Role::Owner, Command::Restore { kind: Kind::Tool, id: tool });
    assert_eq!(said(&desk, Role::Security), [format!("entry {}, added tool \"shell\", {at}", n + 1)]);
    desk.must(Role::Owner, withdraw(Kind::Tool, tool));
    let flow = desk.last(Kind::Flow);
    let n = desk.events.len();
    desk.must(Role::Owner, withdraw(Kind::Flow, flow));
    assert_eq!(said(&desk, Role::Dpo), [format!("entry {}, withdrew data flow \"Question\", {at}", n + 1)]);
}

#[test]
fn a_text_that_is_gone_or_is_another_one_is_not_compared_with_and_the_journal_still_tells() {
    let mut desk = crate::ready(Data::Personal);
    let classes = edit(Kind::System, desk.system(), [("data", list(&["personal", "internal"]))]);
    desk.must(Role::Owner, classes);
    let signoff = latest_signoff(&desk.dossier, Role::Dpo).unwrap();
    for text in [None, Some("docket-snapshot-v1\nforged\n")] {
        let difference = since_signed(&desk.dossier, signoff, text);
        assert_eq!(difference, None);
        let told = void(&desk.dossier, signoff, difference, &past(&desk, Role::Dpo)).unwrap();
        assert_eq!(told.causes.len(), 1);
    }
}
