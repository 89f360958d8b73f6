//! After clearance: what changed, what went wrong, and who stopped the system. Each takes the effect from a clearance
//! the moment it is recorded, and gives it back only by a triage, a new decision, or whoever may resume.

mod due;
mod proposals;

pub use due::{came, day_of, fires_on, pending};
pub use proposals::{Proposal, for_incident, is_triaged, proposals, title_of};

use super::{
    Dossier, Id, Line, Prose,
    decision::{Disposition, Triage},
    fields::{Day, Digest, Marks, Moment, Who, choices, entities},
    people::{ANY, RULE, Role},
};

choices! {
    /// What kind of thing changed about a system.
    ChangeKind {
        Model "model" "model or provider",
        Version "version" "model version",
        Training "training" "training or tuning",
        Prompt "prompt" "prompt or guardrail",
        Tool "tool" "tool added",
        Rights "rights" "tool rights",
        Data "data" "data class or source",
        Users "users" "users, people affected",
        Exposure "exposure" "opened to the outside",
        Autonomy "autonomy" "autonomy",
        Purpose "purpose" "purpose or use",
        Memory "memory" "memory",
        Agents "agents" "links between agents",
        Terms "terms" "provider terms or place",
        Vendor "vendor" "vendor or contract",
        People "people" "owner or team",
        Law "law" "law or standard",
        Release "release" "release",
        Other "other" "something else",
    }
    /// Which of the four ways an incident goes up.
    IncidentPath {
        Hallucination "hallucination" "hallucination",
        Leakage "leakage" "leakage",
        Bias "bias" "bias",
        Unauthorised "unauthorised" "unauthorised action",
    }
}

entities! {
    /// Something about the system that is not any more what was decided on.
    Alteration {
        /// Its number in this system, never given twice.
        number: Option<i64> = "No.", none, RULE, optional;
        /// What changed, in a few words.
        title: Line = "Change", none, RULE, needed;
        /// What kind of thing changed.
        sort: Option<ChangeKind> = "Kind", none, RULE, needed;
        /// Since when it is so.
        since: Option<Day> = "Since", none, RULE, optional;
        /// How it was before.
        before: Prose = "Before", none, RULE, optional;
        /// How it is now.
        after: Prose = "After", none, RULE, optional;
        /// The triggers that it fired, and the entries of the library that were not armed.
        fires: Marks = "Fires", none, RULE, optional;
        /// The file from which it was read.
        source: Line = "Read from", none, RULE, optional;
        /// The fingerprint of the differences, so that the same ones are recorded once.
        differences: Digest = "Differences", none, RULE, optional;
        /// Who recorded it.
        by: Option<Who> = "Recorded by", none, RULE, optional;
        /// Their name then.
        name: Line = "Name", none, RULE, optional;
        /// When it was recorded.
        at: Option<Moment> = "Recorded", none, RULE, optional;
        /// What became of it, where no armed trigger carries it.
        triage: Option<Triage> = "Triage", none, RULE, optional;
        /// The roles that are to look again.
        roles: Vec<Role> = "Roles to look again", none, RULE, optional;
        /// Why.
        triage_reason: Prose = "Why", none, RULE, optional;
        /// Who triaged it.
        triaged_by: Option<Who> = "Triaged by", none, RULE, optional;
        /// When it was triaged.
        triaged_at: Option<Moment> = "Triaged", none, RULE, optional;
    }
    /// Something that went wrong while the system was in use.
    Incident {
        /// Its number in this system, never given twice.
        number: Option<i64> = "No.", none, RULE, optional;
        /// What went wrong, in one line.
        title: Line = "Incident", none, RULE, needed;
        /// Which way it goes up.
        sort: Option<IncidentPath> = "Path", none, RULE, needed;
        /// When it was noticed.
        noticed: Option<Day> = "Noticed on", none, RULE, needed;
        /// What happened, to whom, how much.
        what: Prose = "What happened", none, ANY, optional;
        /// Whom it was told; the contact of its path where nobody else is named.
        contact: Line = "Escalated to", none, ANY, optional;
        /// On which day they were told.
        escalated: Option<Day> = "Escalated on", none, ANY, optional;
        /// The evidence that is kept of it.
        evidence: Marks = "Evidence kept", none, ANY, optional;
        /// The threats that it shows to be real.
        threats: Marks = "Threats concerned", none, ANY, optional;
        /// The controls that failed or are to be mended.
        controls: Marks = "Controls concerned", none, ANY, optional;
        /// What was mended afterwards, so that it does not happen again.
        correction: Prose = "Correction", none, ANY, optional;
        /// The triggers that it fired.
        fires: Marks = "Fired", none, RULE, optional;
        /// Who reported it.
        by: Option<Who> = "Reported by", none, RULE, optional;
        /// Their name then.
        name: Line = "Name", none, RULE, optional;
        /// When it was reported.
        at: Option<Moment> = "Reported", none, RULE, optional;
        /// How the use is restricted for the time being.
        restriction: Prose = "Restricted to", none, RULE, optional;
        /// The last day of the restriction.
        restricted_until: Option<Day> = "Restricted until", none, RULE, optional;
        /// Who restricted it.
        restricted_by: Option<Who> = "Restricted by", none, RULE, optional;
        /// Their name and title then.
        restricted_name: Line = "Name and title", none, RULE, optional;
        /// When it was restricted.
        restricted_at: Option<Moment> = "Restricted", none, RULE, optional;
        /// What became of it, where no armed trigger carries it.
        triage: Option<Triage> = "Triage", none, RULE, optional;
        /// The roles that are to look again.
        roles: Vec<Role> = "Roles to look again", none, RULE, optional;
        /// Why.
        triage_reason: Prose = "Why", none, RULE, optional;
        /// Who triaged it.
        triaged_by: Option<Who> = "Triaged by", none, RULE, optional;
        /// When it was triaged.
        triaged_at: Option<Moment> = "Triaged", none, RULE, optional;
        /// When it was closed.
        closed_at: Option<Moment> = "Closed", none, RULE, optional;
        /// Who closed it.
        closed_by: Option<Who> = "Closed by", none, RULE, optional;
    }
    /// That a system was stopped, and taken up again.
    Pause {
        /// Why it was stopped.
        reason: Prose = "Paused because", none, RULE, needed;
        /// Who stopped it.
        by: Option<Who> = "Paused by", none, RULE, needed;
        /// Their name and title then.
        name: Line = "Name and title", none, RULE, optional;
        /// In which hat.
        role: Option<Role> = "In the role", none, RULE, optional;
        /// When.
        at: Option<Moment> = "Paused", none, RULE, needed;
        /// When it was taken up again.
        resumed_at: Option<Moment> = "Resumed", none, RULE, optional;
        /// Who let it be taken up again.
        resumed_by: Option<Who> = "Resumed by", none, RULE, optional;
        /// Their name and title then.
        resumed_name: Line = "Resumed by, then", none, RULE, optional;
        /// Why it may run again.
        resumed_why: Prose = "Resumed because", none, RULE, optional;
    }
}

impl Alteration {
    /// The number as people say it: `CH-4`.
    pub fn reference(&self) -> String {
        format!("CH-{}", self.number.unwrap_or(0))
    }
}

impl Incident {
    /// The number as people say it: `I-4`.
    pub fn reference(&self) -> String {
        format!("I-{}", self.number.unwrap_or(0))
    }
    /// Whether nobody has closed it yet.
    pub fn is_open(&self) -> bool {
        !self.archived && self.closed_at.is_none()
    }
    /// Whether the use is restricted because of it on a day.
    pub fn restricts(&self, today: Day) -> bool {
        self.is_open() && self.restricted_until.is_some_and(|until| today <= until)
    }
    /// Whether its restriction has run out while nobody has closed it.
    pub fn outlived(&self, today: Day) -> bool {
        self.is_open() && self.restricted_until.is_some_and(|until| today > until)
    }
}

impl Pause {
    /// Whether the system stands still because of it.
    pub fn holds(&self) -> bool {
        !self.archived && self.resumed_at.is_none()
    }
}

/// The pause that holds, if the system stands still.
pub fn paused(dossier: &Dossier) -> Option<&Pause> {
    dossier.pauses.iter().rev().find(|pause| pause.holds())
}

/// Something that waits for its triage, or for the review that its triage asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// What kind of thing it is: a trigger, a change or an incident.
    pub of: super::Kind,
    /// Which.
    pub id: Id,
    /// What happened, as a sentence.
    pub says: String,
    /// What was decided about it, if anybody has.
    pub triage: Option<Triage>,
    /// The roles that a scoped review asks for.
    pub roles: Vec<Role>,
}

/// Everything that takes the effect from a disposition because nobody has answered it yet, the oldest of each kind
/// first: fired triggers, then changes and incidents that no armed trigger carries.
pub fn waiting(dossier: &Dossier, disposition: &Disposition, today: Day) -> Vec<Pending> {
    use super::Kind;
    let mut all = Vec::new();
    for trigger in dossier.triggers.iter().filter(|trigger| pending(dossier, trigger, disposition, today)) {
        all.push(Pending {
            of: Kind::Trigger,
            id: trigger.id,
            says: format!("The trigger \"{}\" fired.", trigger.title),
            triage: trigger.triage,
            roles: trigger.roles.clone(),
        });
    }
    let open = |at: Option<Moment>, triage: Option<Triage>, fires: &Marks| {
        let since = at.is_some() && (disposition.at.is_none() || at > disposition.at);
        since && triage != Some(Triage::NotMaterial) && !carried(dossier, fires)
    };
    for change in dossier.alterations.iter().filter(|c| !c.archived && open(c.at, c.triage, &c.fires)) {
        all.push(Pending {
            of: Kind::Alteration,
            id: change.id,
            says: format!("The change {} \"{}\" was recorded.", change.reference(), change.title),
            triage: change.triage,
            roles: change.roles.clone(),
        });
    }
    for incident in dossier.incidents.iter().filter(|i| !i.archived && open(i.at, i.triage, &i.fires)) {
        all.push(Pending {
            of: Kind::Incident,
            id: incident.id,
            says: format!("The incident {} \"{}\" was reported.", incident.reference(), incident.title),
            triage: incident.triage,
            roles: incident.roles.clone(),
        });
    }
    all
}

/// Whether one of the triggers that were fired is still there to be triaged in its stead; a withdrawn one carries nothing.
pub fn carried(dossier: &Dossier, fires: &Marks) -> bool {
    let live = |id: Id| dossier.triggers.iter().any(|trigger| trigger.id == id && !trigger.archived);
    fires.0.iter().filter_map(|mark| Id::parse(mark)).any(live)
}
