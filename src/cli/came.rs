//! What a bundle that came back comes to, before it is taken in: for people and for scripts.

use serde_json::{Value as Json, json};

use crate::{
    desk::Compared,
    domain::{
        fields::Vocabulary,
        merging::{Arrived, Conflict, Sealing},
        wording::moment,
    },
};

/// In sentences, the conflicts below.
pub(super) fn text(compared: &Compared) -> String {
    let lines = compared.lines.iter().cloned();
    lines.chain(compared.conflicts.iter().map(told)).collect::<Vec<_>>().join("\n")
}

/// The same for scripts: each act that binds with its signature and why it would be set aside, and each conflict.
pub(super) fn json(compared: &Compared) -> String {
    let conflict = |conflict: &Conflict| {
        json!({ "of": conflict.called, "what": conflict.label, "before": conflict.before,
            "ours": conflict.ours.shown, "ours_by": conflict.ours.who,
            "theirs": conflict.theirs.shown, "theirs_by": conflict.theirs.who })
    };
    let json = json!({
        "format": "docket-merge",
        "system": compared.system().to_string(),
        "known": compared.is_known(),
        "entries": compared.entries(),
        "acts": compared.acts.iter().map(act).collect::<Vec<Json>>(),
        "conflicts": compared.conflicts.iter().map(conflict).collect::<Vec<Json>>(),
        "says": compared.lines,
    });
    serde_json::to_string_pretty(&json).unwrap_or_default()
}

fn act(act: &Arrived) -> Json {
    let (who, key, why) = match &act.sealed {
        Some(Sealing::Verifies(who)) => (Some(who), None, None),
        Some(Sealing::Unknown(key)) => (None, Some(key), None),
        Some(Sealing::Wrong(why)) => (None, None, Some(why)),
        Some(Sealing::Unsigned) | None => (None, None, None),
    };
    json!({ "kind": act.kind, "id": act.entity.to_string(), "what": act.what, "by": act.who, "role": act.role.code(),
        "at": moment(act.at), "signature": act.sealed.as_ref().map(Sealing::code), "verifies_as": who, "key": key,
        "does_not_fit": why, "set_aside": act.aside })
}

fn told(conflict: &Conflict) -> String {
    let Conflict { called, label, before, ours, theirs, .. } = conflict;
    format!(
        "Both changed {called}, {label} (before: {before})\n  ours:   {}, by {}\n  theirs: {}, by {}",
        ours.shown, ours.who, theirs.shown, theirs.who
    )
}
