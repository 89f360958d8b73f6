//! SSH signatures: which acts are signed with one, by which key, and whether it holds.

use super::{Cell, Row, Target, Tint, day, moment};
use crate::domain::{
    Dossier, Id,
    decision::{
        Acceptance, AcceptanceStatus, SignedAct, due_roles, latest_signoff, principal, seal, signable, signed_text,
        sshsig::{NAMESPACE, key_alone},
    },
    fields::Vocabulary,
};

/// The acts of the current review that stand, each with its SSH signature or who could make one.
pub(super) fn rows(dossier: &Dossier) -> Vec<Row> {
    let acts = acts(dossier);
    let sealed: Vec<_> = acts.iter().map(|(_, sort, id)| seal(dossier, *sort, *id)).collect();
    let holding = sealed.iter().flatten().filter(|seal| seal.wrong.is_none()).count();
    let wrong = sealed.iter().flatten().count() - holding;
    let mut right = format!("{holding} of {} signed", acts.len());
    if wrong > 0 {
        right = format!("! {wrong} do not hold, {right}");
    }
    let mut rows = vec![Row::heading("SSH signatures", right)];
    if acts.is_empty() {
        rows.push(Row::note("    Nothing was signed off, accepted or decided yet."));
    }
    for ((label, sort, id), seal) in acts.into_iter().zip(sealed) {
        let (mark, tint, text) = match &seal {
            Some(seal) if seal.wrong.is_none() => {
                let at = seal.signature.at.map_or_else(String::new, day);
                ("[x]", Tint::Good, format!("{}, {at}", seal.says()))
            }
            Some(seal) => ("[!]", Tint::Alert, seal.says()),
            None => ("[ ]", Tint::Muted, unsigned(dossier, sort, id)),
        };
        let cells = vec![Cell::plain(label), Cell::new(text, tint)];
        rows.push(Row::item(Target::Seal(sort, id), cells).marked(mark, tint));
    }
    rows
}

/// The sign-offs as they stand, the decision, and the risks that are accepted.
fn acts(dossier: &Dossier) -> Vec<(String, SignedAct, Id)> {
    let signoff = |role| {
        let found = latest_signoff(dossier, role).filter(|signoff| signoff.withdrawn_at.is_none())?;
        Some((role.label().to_owned(), SignedAct::Signoff, found.id))
    };
    let decision = dossier.decided().map(|made| ("Decision".to_owned(), SignedAct::Disposition, made.id));
    let given = |a: &&Acceptance| !a.archived && a.status == Some(AcceptanceStatus::Accepted);
    let accepted = dossier.acceptances.iter().filter(given).map(|a| (a.reference(), SignedAct::Acceptance, a.id));
    due_roles(dossier).into_iter().filter_map(signoff).chain(decision).chain(accepted).collect()
}

fn unsigned(dossier: &Dossier, sort: SignedAct, id: Id) -> String {
    let person = signable(dossier, sort, id).and_then(|act| dossier.people.by_id(act.person));
    person.map_or_else(String::new, |person| {
        let key = if person.ssh_key.is_empty() { "has no SSH key" } else { "can: a s" };
        format!("no; {} {key}", person.name)
    })
}

/// `, SSH-signed` behind an act that is; what does not hold is said.
pub(super) fn mark(dossier: &Dossier, sort: SignedAct, id: Id) -> &'static str {
    match seal(dossier, sort, id).map(|seal| seal.wrong.is_none()) {
        Some(true) => "  (SSH-signed)",
        Some(false) => "  (! SSH signature does not hold)",
        None => "",
    }
}

/// The signature of an act in one line.
pub fn line(dossier: &Dossier, sort: SignedAct, id: Id) -> String {
    seal(dossier, sort, id)
        .map_or_else(|| "Not signed with an SSH key.".to_owned(), |seal| format!("SSH signature: {}", seal.says()))
}

/// The signature of an act in full, and how it is verified without docket.
pub fn in_full(dossier: &Dossier, sort: SignedAct, id: Id) -> Vec<String> {
    let Some(seal) = seal(dossier, sort, id) else {
        return vec![
            "Not signed with an SSH key.".to_owned(),
            String::new(),
            "Only whoever did it signs it, with a key of their own: \"Register SSH key\" in the palette, then a s on \
             this row. ssh-keygen asks the ssh-agent, or for the passphrase of the key file."
                .to_owned(),
        ];
    };
    let made = seal.signature;
    let who = made.person.map(|who| who.0);
    let mut out = vec![line(dossier, sort, id)];
    out.push(format!("Signed by {}, {}", super::person(dossier, who), made.at.map_or_else(String::new, moment)));
    out.push(format!("Key: {}", key_alone(made.key.as_str()).unwrap_or_default()));
    out.extend([String::new(), "The text that is signed:".to_owned()]);
    out.extend(signed_text(dossier, made).iter().flat_map(|text| text.lines()).map(|line| format!("  {line}")));
    let name = who.map_or_else(String::new, |who| principal(dossier, who));
    out.extend([
        String::new(),
        "Without docket: docket sign SYSTEM --export FOLDER writes the texts, and there".to_owned(),
        format!("  ssh-keygen -Y verify -f allowed_signers -I {name} -n {NAMESPACE} -s 1.txt.sig < 1.txt"),
    ]);
    out
}
