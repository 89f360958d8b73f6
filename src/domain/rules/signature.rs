//! Signing an act with an SSH key, and the key that a person registers for it.

use super::{Refusal, Rule, event};
use crate::domain::{
    Dossier, Event, Id, Kind, Line, Prose,
    decision::{
        EndedKey, SignedAct, ended_key, kept, keys_of, signable, signed,
        sshsig::{key_print, same_key, verify},
    },
    fields::{Kept, Marks},
    people::{Person, Stamp},
    value::Value,
    wording::day,
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
        return Err(Refusal::new(Rule::Incomplete, says)
            .hint("Register one: \"Register SSH key\" in the palette, or docket sign --register FILE."));
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

/// Whoever signs says with which key; the one of before stays good for what it signed.
pub fn register(dossier: &Dossier, line: &Line, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let person = myself(dossier, stamp)?;
    let print = key_print(line.as_str()).map_err(|why| Refusal::new(Rule::BadValue, why))?;
    if same_key(person.ssh_key.as_str(), line.as_str()) {
        return Err(Refusal::new(Rule::NothingChanged, "This is your key already."));
    }
    if let Some(end) = ended_key(person, line.as_str()).filter(|end| end.withdrawn) {
        let says =
            format!("This key was withdrawn on {}, and a key that was withdrawn does not come back.", day(end.at));
        return Err(Refusal::new(Rule::WrongState, says).hint("Make another one: ssh-keygen -t ed25519."));
    }
    // One key that two people sign with says nothing about either.
    let others = dossier.people.iter().filter(|other| other.id != stamp.by);
    if let Some(other) = others.into_iter().find(|other| keys_of(other).any(|key| same_key(key, line.as_str()))) {
        let says = format!("This key is, or was, the key of {}.", other.name);
        return Err(Refusal::new(Rule::BadValue, says).hint("A key belongs to one person; register your own."));
    }
    let mut set = vec![("ssh_key", line.to_value())];
    // A key that comes back has not ended any more.
    set.extend(let_go(person, (line.as_str(), &print), false, stamp));
    Ok(vec![event(dossier, (Kind::Person, stamp.by, "register"), set, &Prose::default())])
}

/// The key signs nothing more; what it signed until now holds.
pub fn withdraw(dossier: &Dossier, why: &Prose, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let person = myself(dossier, stamp)?;
    if person.ssh_key.is_empty() {
        let says = format!("No SSH key is registered for {}.", stamp.name);
        return Err(Refusal::new(Rule::WrongState, says));
    }
    super::needs_reason(why, "Withdrawing a key")?;
    let mut set = vec![("ssh_key", Line::default().to_value())];
    set.extend(let_go(person, ("", ""), true, stamp));
    Ok(vec![event(dossier, (Kind::Person, stamp.by, "withdraw_key"), set, why)])
}

fn myself<'a>(dossier: &'a Dossier, stamp: &Stamp) -> Result<&'a Person, Refusal> {
    dossier.people.by_id(stamp.by).ok_or_else(|| super::unknown(Kind::Person))
}

/// What becomes of the key of before: it is kept with when and how it ended.
fn let_go(person: &Person, (line, print): (&str, &str), withdrawn: bool, stamp: &Stamp) -> [(&'static str, Value); 2] {
    let before: Vec<String> = keys_of(person).filter(|key| !same_key(key, line)).map(str::to_owned).collect();
    let comes_back = |mark: &&String| !print.is_empty() && mark.split(' ').next() == Some(print);
    let mut ended: Vec<String> = person.ssh_keys_ended.0.iter().filter(|mark| !comes_back(mark)).cloned().collect();
    let old = key_print(person.ssh_key.as_str()).ok();
    ended.extend(old.map(|print| EndedKey { print, withdrawn, at: stamp.at }.to_mark()));
    [("ssh_keys_before", Marks(before).to_value()), ("ssh_keys_ended", Marks(ended).to_value())]
}
