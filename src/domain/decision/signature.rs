//! An act that somebody signed with their SSH key: what is signed, by whom, and whether the signature holds.

use super::{
    Acceptance, AcceptanceStatus, Disposition, Signoff,
    proviso::Proviso,
    section::fingerprint,
    ssh_key::{ended_key, keys_of},
    sshsig::{NAMESPACE, same_key, verify},
};
use crate::domain::{
    Dossier, Id, Line, Prose,
    fields::{Digest, Kept, Moment, Vocabulary, Who, choices, entities},
    people::{RULE, Role},
    value::write_json_text,
    wording::{day, moment},
};

choices! {
    /// What can be signed with an SSH key.
    SignedAct {
        Signoff "signoff" "sign-off",
        Acceptance "acceptance" "acceptance",
        Disposition "disposition" "decision",
    }
}

entities! {
    /// An SSH signature over an act that its own person made. It stands beside the act and changes nothing in it.
    Signature {
        /// What kind of act is signed.
        sort: Option<SignedAct> = "Signs a", none, RULE, needed;
        /// The act.
        act: Option<Id> = "Act", none, RULE, needed;
        /// When the act was made.
        act_at: Option<Moment> = "Act made", none, RULE, optional;
        /// Who signed: whoever made the act.
        person: Option<Who> = "Signed by", none, RULE, needed;
        /// When it was signed.
        at: Option<Moment> = "Signed", none, RULE, needed;
        /// What the signature is for; always docket.
        namespace: Line = "Namespace", none, RULE, needed;
        /// The SHA-256 of the text that was signed.
        text: Digest = "Signed text", none, RULE, needed;
        /// The public key, as it was registered with the person then.
        key: Line = "SSH key", none, RULE, needed;
        /// The signature, armored as ssh-keygen writes it.
        armored: Prose = "Signature", none, RULE, needed;
    }
}

/// An act as it is signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Signable {
    /// What kind of act.
    pub sort: SignedAct,
    /// Which one.
    pub id: Id,
    /// Who made it.
    pub person: Id,
    /// In which role.
    pub role: Role,
    /// When; none where the act was revoked since, and that took its place.
    pub at: Option<Moment>,
    /// Whether it was neither withdrawn, nor revoked, nor superseded.
    pub stands: bool,
    /// What it says, one line each, without when it was made.
    body: String,
    /// What it depends on, one line each; in the text since its second version.
    conditions: Option<String>,
}

impl Signable {
    /// The text that is signed, made from the row alone.
    pub fn text(&self) -> String {
        self.text_at(self.at)
    }

    fn text_at(&self, at: Option<Moment>) -> String {
        self.worded(at, self.conditions.as_deref())
    }

    /// The texts that a signature may be over: as it is made now, then as an older docket made it.
    fn texts_at(&self, at: Option<Moment>) -> Vec<String> {
        let older = self.conditions.as_ref().map(|_| self.worded(at, None));
        std::iter::once(self.text_at(at)).chain(older).collect()
    }

    fn worded(&self, at: Option<Moment>, conditions: Option<&str>) -> String {
        // The version tells the two texts apart, so that what was signed with its conditions is never read without.
        let version = 1 + u8::from(conditions.is_some());
        let (kind, rest) = (self.sort.code(), conditions.unwrap_or_default());
        let mut out = format!("docket-signature-v{version}\nkind {kind}\nid {}\n{}{rest}", self.id, self.body);
        let at = at.and_then(|at| chrono::DateTime::from_timestamp_millis(at.0));
        line(
            &mut out,
            "at",
            &at.map_or_else(String::new, |at| at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)),
        );
        out
    }

    /// What people call it: `sign-off as Security team of 2026-11-21`.
    pub fn title(&self, dossier: &Dossier) -> String {
        let of = self.at.map_or_else(String::new, |at| format!(" of {}", day(at)));
        match self.sort {
            SignedAct::Signoff => format!("sign-off as {}{of}", self.role.label()),
            SignedAct::Acceptance => {
                let number = dossier.acceptances.by_id(self.id).map_or_else(String::new, Acceptance::reference);
                format!("acceptance {number}{of}")
            }
            SignedAct::Disposition => format!("decision{of}"),
        }
    }
}

/// Every act that can be signed, oldest first of each kind.
pub fn signables(dossier: &Dossier) -> Vec<Signable> {
    let signoffs = dossier.signoffs.iter().filter_map(|row| of_signoff(dossier, row));
    let acceptances = dossier.acceptances.iter().filter_map(|row| of_acceptance(dossier, row));
    let decisions = dossier.dispositions.iter().filter_map(|row| of_disposition(dossier, row));
    signoffs.chain(acceptances).chain(decisions).collect()
}

/// One act that can be signed.
pub fn signable(dossier: &Dossier, sort: SignedAct, id: Id) -> Option<Signable> {
    match sort {
        SignedAct::Signoff => of_signoff(dossier, dossier.signoffs.by_id(id)?),
        SignedAct::Acceptance => of_acceptance(dossier, dossier.acceptances.by_id(id)?),
        SignedAct::Disposition => of_disposition(dossier, dossier.dispositions.by_id(id)?),
    }
}

/// The signature of an act by whoever made it, the newest first; one that does not hold is none.
pub fn signed<'a>(dossier: &'a Dossier, act: &Signable) -> Option<&'a Signature> {
    let own = |signature: &&Signature| signature.act == Some(act.id) && signature.sort == Some(act.sort);
    dossier.signatures.iter().rev().filter(own).find(|signature| signature_wrong(dossier, signature).is_none())
}

/// The text that a signature has to be over, made from the rows as they are now; none where the act is not there.
pub fn signed_text(dossier: &Dossier, signature: &Signature) -> Option<String> {
    let act = signable(dossier, signature.sort?, signature.act?)?;
    Some(text_under(&act, signature))
}

/// The text of an act in the version that a signature is over.
fn text_under(act: &Signable, signature: &Signature) -> String {
    let mut texts = act.texts_at(act.at.or(signature.act_at));
    let found = texts.iter().position(|text| fingerprint(text) == signature.text).unwrap_or(0);
    texts.swap_remove(found)
}

/// What is wrong with a signature, as a whole sentence; none where it holds. The key has to be one that was registered
/// with the person, and the text is made from the rows as they are now.
pub fn signature_wrong(dossier: &Dossier, signature: &Signature) -> Option<String> {
    let Some(act) = signature.sort.zip(signature.act).and_then(|(sort, id)| signable(dossier, sort, id)) else {
        return Some("What it signs is not in the record any more.".to_owned());
    };
    let Some(person) = signature.person.filter(|who| who.0 == act.person).and_then(|who| dossier.people.by_id(who.0))
    else {
        return Some("It is not of the person who did what it signs.".to_owned());
    };
    if !keys_of(person).any(|key| same_key(key, signature.key.as_str())) {
        return Some(format!("Its key was never registered with {}.", person.name));
    }
    // A key that ended signs nothing more; what it signed until then holds.
    let over = ended_key(person, signature.key.as_str()).filter(|end| signature.at.is_none_or(|at| at > end.at));
    if let Some(end) = over {
        return Some(format!("It was made after its key was {} on {}.", end.word(), moment(end.at)));
    }
    let text = text_under(&act, signature);
    if fingerprint(&text) != signature.text {
        return Some("What was signed has been altered since.".to_owned());
    }
    if signature.namespace.as_str() != NAMESPACE {
        return Some("It was made for something else, and not for docket.".to_owned());
    }
    verify(signature.key.as_str(), signature.armored.as_str(), &text).err().map(str::to_owned)
}

fn of_signoff(dossier: &Dossier, row: &Signoff) -> Option<Signable> {
    let (person, role) = (row.person?.0, row.role?);
    let mut body = head(dossier, (row.review, role), (person, &row.name));
    line(&mut body, "content", &row.content.0);
    quoted(&mut body, "statement", row.statement.as_str());
    let stands = !row.archived && row.withdrawn_at.is_none();
    let (sort, conditions) = (SignedAct::Signoff, None);
    Some(Signable { sort, id: row.id, person, role, at: row.at, stands, body, conditions })
}

fn of_acceptance(dossier: &Dossier, row: &Acceptance) -> Option<Signable> {
    let person = row.acceptor?.0;
    let mut body = head(dossier, (None, Role::Governance), (person, &row.acceptor_name));
    line(&mut body, "threat", &row.threat.map_or_else(String::new, |id| id.to_string()));
    line(&mut body, "content", &row.revision.0);
    quoted(&mut body, "reason", row.reason.as_str());
    quoted(&mut body, "condition", row.condition.as_str());
    let score = |score: Option<crate::domain::fields::Score>| score.map_or_else(String::new, |n| n.get().to_string());
    line(&mut body, "likelihood", &score(row.likelihood));
    line(&mut body, "impact", &score(row.impact));
    line(&mut body, "level", row.level.as_str());
    line(&mut body, "matrix", row.matrix.as_str());
    line(&mut body, "expires", &row.expires.map_or_else(String::new, |day| day.to_string()));
    // A revocation takes the place of when it was accepted.
    let at = row.decided_at.filter(|_| row.status != Some(AcceptanceStatus::Revoked));
    let stands = !row.archived && row.status == Some(AcceptanceStatus::Accepted);
    let (sort, role) = (SignedAct::Acceptance, Role::Governance);
    let mut conditions = String::new();
    for proviso in dossier.provisos_of(row.id) {
        quoted(&mut conditions, "depends_on", &agreed(proviso));
    }
    Some(Signable { sort, id: row.id, person, role, at, stands, body, conditions: Some(conditions) })
}

/// What was agreed on with a condition: never who sees to it, nor how it came to stand since.
fn agreed(proviso: &Proviso) -> String {
    let id = |id: Option<Id>| id.map(|id| id.to_string());
    let number = |n: Option<i64>| n.map(|n| n.to_string());
    let parts = [
        ("control", id(proviso.control)),
        ("stage", proviso.stage.map(|stage| stage.code().to_owned())),
        ("cap", number(proviso.cap)),
        ("unit", Some(proviso.unit.to_string()).filter(|unit| !unit.is_empty())),
        ("due", proviso.due.map(|due| due.to_string())),
        ("every_days", number(proviso.every)),
        ("text", Some(proviso.text.to_string()).filter(|text| !text.is_empty())),
    ];
    let said = parts.into_iter().filter_map(|(name, value)| Some(format!("; {name} {}", value?)));
    std::iter::once(proviso.kind_of().code().to_owned()).chain(said).collect()
}

fn of_disposition(dossier: &Dossier, row: &Disposition) -> Option<Signable> {
    let person = row.person?.0;
    let mut body = head(dossier, (row.review, Role::Signoff), (person, &row.name));
    line(&mut body, "content", &row.content.0);
    for id in &row.relies_on.0 {
        line(&mut body, "relies_on", id);
    }
    line(&mut body, "decision", row.decision.map_or("", Vocabulary::code));
    quoted(&mut body, "rationale", row.rationale.as_str());
    for condition in dossier.conditions.iter().filter(|condition| condition.disposition == Some(row.id)) {
        let due = condition.due.map_or_else(String::new, |day| day.to_string());
        quoted(&mut body, "condition", &format!("{due} {}", condition.text));
    }
    line(&mut body, "valid_until", &row.valid_until.map_or_else(String::new, |day| day.to_string()));
    let stands = !row.archived && row.stands();
    let (sort, role, conditions) = (SignedAct::Disposition, Role::Signoff, None);
    Some(Signable { sort, id: row.id, person, role, at: row.at, stands, body, conditions })
}

/// What every act says: of which system, in which review, who, in which role.
fn head(dossier: &Dossier, (review, role): (Option<Id>, Role), (person, name): (Id, &Line)) -> String {
    let text = |id: Option<Id>| id.map_or_else(String::new, |id| id.to_string());
    let mut out = String::new();
    line(&mut out, "system", &text(dossier.subject));
    line(&mut out, "review", &text(review));
    line(&mut out, "role", role.code());
    line(&mut out, "person", &person.to_string());
    quoted(&mut out, "name", name.as_str());
    out
}

/// What nobody said is not there.
fn line(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        out.extend([name, " ", value, "\n"]);
    }
}

/// Text of people as JSON, so that no line of theirs passes for one of docket's.
fn quoted(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        out.extend([name, " "]);
        write_json_text(value, out);
        out.push('\n');
    }
}

/// A signature as its row keeps it.
pub(crate) fn kept(act: &Signable, key: &Line, armored: &Prose) -> Vec<(&'static str, crate::domain::value::Value)> {
    vec![
        ("sort", Some(act.sort).to_value()),
        ("act", Some(act.id).to_value()),
        ("act_at", act.at.to_value()),
        ("person", Some(Who(act.person)).to_value()),
        ("namespace", Line::new(NAMESPACE).to_value()),
        ("text", fingerprint(&act.text()).to_value()),
        ("key", key.to_value()),
        ("armored", armored.to_value()),
    ]
}

/// How the signature of an act stands, for people.
#[derive(Debug, Clone, PartialEq)]
pub struct Seal<'a> {
    /// The signature: the newest that holds, else the newest.
    pub signature: &'a Signature,
    /// By what people compare its key.
    pub print: String,
    /// Why it does not hold; none where it does.
    pub wrong: Option<String>,
    /// How its key ended, where it did.
    pub ended: Option<super::ssh_key::EndedKey>,
}

impl Seal<'_> {
    /// In a clause: `holds, key SHA256:…`.
    pub fn says(&self) -> String {
        let key = if self.print.is_empty() { "a key that cannot be read" } else { &self.print };
        match (&self.wrong, &self.ended) {
            (Some(why), _) => format!("! does not hold ({key}): {why}"),
            (None, Some(end)) => format!("holds, {key}, which was {} on {}", end.word(), day(end.at)),
            (None, None) => format!("holds, {key}"),
        }
    }
}

/// The signature of an act by whoever made it, and how it stands; none where nobody signed it with an SSH key.
pub fn seal<'a>(dossier: &'a Dossier, sort: SignedAct, act: Id) -> Option<Seal<'a>> {
    let own = |signature: &&Signature| signature.act == Some(act) && signature.sort == Some(sort);
    let judged = |signature: &'a Signature| (signature, signature_wrong(dossier, signature));
    let all: Vec<_> = dossier.signatures.iter().rev().filter(own).map(judged).collect();
    let (signature, wrong) = all.iter().find(|(_, wrong)| wrong.is_none()).or_else(|| all.first())?.clone();
    let print = super::sshsig::key_print(signature.key.as_str()).unwrap_or_default();
    let person = signature.person.and_then(|who| dossier.people.by_id(who.0));
    let ended = person.and_then(|person| ended_key(person, signature.key.as_str()));
    Some(Seal { signature, print, wrong, ended })
}

/// A person as `allowed_signers` names them, without a letter that means something there: `mara-rossi`. Two people of
/// one name are told apart by the end of their identity.
pub fn principal(dossier: &Dossier, id: Id) -> String {
    let short = |id: Id| {
        let name = dossier.person_name(id).map_or_else(String::new, |name| name.as_str().to_lowercase());
        name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
    };
    let own = Some(short(id)).filter(|own| !own.is_empty()).unwrap_or_else(|| "person".to_owned());
    let alone = own != "person" && dossier.people.iter().all(|other| other.id == id || short(other.id) != own);
    if alone { own } else { format!("{own}.{}", crate::domain::id::hex(&id.0[12..])) }
}
