//! Signing an act of one's own with an SSH key, and the key itself.

use crate::app::{
    Effect, Model, Overlay,
    confirm::{Confirm, Reader, Yes},
    panes,
    row::Target,
    sheets,
};
use crate::{
    domain::{
        Id, Kind,
        decision::{Mend, SignedAct, latest_signoff, seal, signable, sshsig::key_print},
        fields::Vocabulary,
    },
    keymap::Action,
};

use super::perform::{push, say};

/// The SSH signature of an act, to be read.
pub(super) fn read(model: &mut Model, sort: SignedAct, id: Id) -> Option<Effect> {
    let dossier = &model.system()?.dossier;
    let act = signable(dossier, sort, id)?;
    let mut lines = vec![act.title(dossier), String::new()];
    lines.extend(panes::seal_in_full(dossier, sort, id));
    let reader = Reader { title: "SSH signature".into(), lines, top: 0, take_in: None };
    model.overlays.push(Overlay::Reader(reader));
    None
}

/// The act that the cursor is on.
fn selected(model: &Model) -> Option<(SignedAct, Id)> {
    let screen = model.system()?;
    match screen.selected()?.target.as_ref()? {
        Target::Seal(sort, id) => Some((*sort, *id)),
        Target::Signoff(role) => Some((SignedAct::Signoff, latest_signoff(&screen.dossier, *role)?.id)),
        Target::Thing(Kind::Acceptance, id) => Some((SignedAct::Acceptance, *id)),
        Target::Gap(place) if place.mend == Mend::Decide => {
            screen.dossier.decided().map(|made| (SignedAct::Disposition, made.id))
        }
        _ => None,
    }
}

/// Asks before ssh-keygen is called; what a rule would refuse is refused here, before anybody types a passphrase.
pub(super) fn ask(model: &mut Model) -> Option<Effect> {
    let Some((sort, id)) = selected(model) else {
        return say(model, "Put the cursor on a sign-off, on an accepted risk or on the decision.");
    };
    let me = model.me.clone()?;
    let dossier = &model.system()?.dossier;
    let Some(act) = signable(dossier, sort, id) else {
        return say(model, "Nobody did this yet, so there is nothing to sign.");
    };
    let refused = if act.person != me.person {
        let who = panes::person(dossier, Some(act.person));
        Some(format!("This was done by {who}, who alone can sign it."))
    } else if !act.stands {
        Some("It does not stand any more, so there is nothing to sign.".to_owned())
    } else if seal(dossier, sort, id).is_some_and(|seal| seal.wrong.is_none()) {
        Some("It is signed with an SSH key already; Enter on its signature shows which.".to_owned())
    } else {
        None
    };
    if let Some(why) = refused {
        return say(model, &why);
    }
    let print = dossier.people.by_id(me.person).and_then(|person| key_print(person.ssh_key.as_str()).ok());
    let Some(print) = print else {
        return say(
            model,
            "No SSH key of yours is registered yet. \"Register SSH key\" in the palette (:) takes one in.",
        );
    };
    let question = format!("Sign the {} with your SSH key?", act.title(dossier));
    let lines = vec![
        format!("{}, who acted as {}. Key {print}.", me.name, act.role.label()),
        "ssh-keygen asks your ssh-agent, or for the passphrase of the key file, on a screen of its own. A signature \
         stays: it is never undone."
            .to_owned(),
    ];
    let yes = Yes::Seal(sort, id);
    model.overlays.push(Overlay::Confirm(Confirm { question, lines, yes }));
    None
}

/// Registering or withdrawing one's own key.
pub(in crate::app) fn own_key(model: &mut Model, action: Action) -> Option<Effect> {
    let me = model.me.clone()?;
    let form = if action == Action::RegisterKey { sheets::register_key(&me) } else { sheets::withdraw_key(&me) };
    push(model, form)
}
