//! Signing an act with an SSH key, and the key that a person registers for it.

use super::{Refusal, Rule, event};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    decision::{
        SignedAct, kept, keys_of, signable, signed,
        sshsig::{key_print, same_key, verify},
    },
    fields::{Kept, Marks},
    people::Stamp,
    value::Value,
};

/// Only whoever made the act signs it, once, with the key that is registered for them, over exactly what the row says.
pub fn add(
    dossier: &Dossier,
    (sort, id): (SignedAct, Id),
    armored: &Prose,
    stamp: &Stamp,
) -> Result<Vec<Event>, Refusal> {
    let act = signable(dossier, sort, id)
        .ok_or_else(|| Refusal::new(Rule::Unknown, "What is to be signed is not in the record."))?;
    if act.person != stamp.by {
        let who = dossier.person_name(act.person).map_or("somebody else", |name| name.as_str());
        return Err(Refusal::new(Rule::RoleMayNot, format!("This was done by {who}, who alone can sign it.")));
    }
    if !act.stands {
        return Err(Refusal::new(Rule::WrongState, "It does not stand any more, so there is nothing to sign."));
    }
    let key = dossier.people.by_id(stamp.by).map(|person| &person.ssh_key).filter(|key| !key.is_empty());
    let Some(key) = key else {
        let says = format!("No SSH key is registered for {}.", stamp.name);
        return Err(
            Refusal::new(Rule::Incomplete, says).hint("Register a public key with docket sign --register FILE.")
        );
    };
    if signed(dossier, &act).is_some() {
        return Err(Refusal::new(Rule::NothingChanged, "It is signed with an SSH key already."));
    }
    verify(key.as_str(), armored.as_str(), &act.text())
        .map_err(|why| Refusal::new(Rule::BadValue, format!("The signature does not hold. {why}")))?;
    let mut set = kept(&act, key, armored);
    set.push(("at", Some(stamp.at).to_value()));
    Ok(vec![event(dossier, (Kind::Signature, stamp.fresh(), "seal"), set, &Prose::default())])
}

/// A key is registered by its own person alone, and has to be one that docket can check. Keys of before are kept, because
/// signatures were made with them: what is to be set beside it.
pub fn registered(
    dossier: &Dossier,
    (kind, id): (Kind, Id),
    set: &[(&'static str, Value)],
    stamp: &Stamp,
) -> Result<Option<(&'static str, Value)>, Refusal> {
    let Some((_, value)) = set.iter().find(|(field, _)| kind == Kind::Person && *field == "ssh_key") else {
        return Ok(None);
    };
    let known = dossier.people.by_id(id);
    let line = match value {
        Value::Text(line) => line.as_str(),
        Value::Null | Value::Int(_) | Value::List(_) => "",
    };
    if known.map_or("", |person| person.ssh_key.as_str()) == line {
        return Ok(None);
    }
    if id != stamp.by {
        let says = "Only the person whose SSH key it is registers it, or takes it away.";
        return Err(Refusal::new(Rule::RoleMayNot, says));
    }
    if !line.is_empty() {
        key_print(line).map_err(|why| Refusal::new(Rule::BadValue, why))?;
    }
    let Some(person) = known else { return Ok(None) };
    let before: Vec<String> = keys_of(person).filter(|key| !same_key(key, line)).map(str::to_owned).collect();
    Ok(Some(("ssh_keys_before", Marks(before).to_value())))
}
