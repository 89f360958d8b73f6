//! What of one system is for the board: computed from its dossier, kept beside its line of the dashboard.

use super::super::{
    Dossier, Id, Kind,
    after::{came, carried, pending},
    decision::{
        AcceptanceState, AcceptanceStatus, Decision, ExceptionState, HandoffState, Mend, Place, ProvisoState,
        acceptance_state, clearance, court, fingerprint, gate, proviso_says, proviso_standing, snapshot,
    },
    fields::{Day, Marks, Moment, Vocabulary, YesNo, choices},
    people::Role,
};

choices! {
    /// What an item of the agenda is about.
    MatterSort {
        Minutes "minutes" "minutes",
        Decide "decide" "decision",
        Accept "accept" "risk to accept",
        Except "except" "exception",
        Triage "triage" "fired trigger",
        Returned "return" "returned",
        Lapse "lapse" "acceptance ends",
        Condition "condition" "condition due",
        Proviso "proviso" "condition due",
        Expires "expires" "clearance ends",
        Flagged "flag" "flagged threat",
        Task "task" "action",
        Hand "hand" "put here by hand",
    }
}

/// One thing of one system that is for the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// What it is.
    pub sort: MatterSort,
    /// The thing that it is about.
    pub id: Id,
    /// What is asked, in one line.
    pub what: String,
    /// Why it is here, in one line.
    pub why: String,
    /// Since when.
    pub since: Option<Moment>,
    /// The last day on which it still holds; it is for a meeting where the next one comes later.
    pub lapses: Option<Day>,
    /// How many gaps stand before its decision.
    pub missing: u32,
    /// The fingerprint of what would be decided on.
    pub content: String,
    /// The code of what is proposed to be decided; empty where nothing is.
    pub proposal: String,
}

impl Matter {
    /// Stays the same from meeting to meeting, so that what hands did sticks to it.
    pub fn key(&self) -> String {
        format!("{}/{}", self.sort.code(), self.id)
    }

    /// As the record keeps it.
    pub fn to_text(&self) -> String {
        let (since, lapses) = (self.since.map(|at| at.0), self.lapses.map(|day| day.to_string()));
        let parts = (
            self.sort.code(),
            self.id.to_string(),
            &self.what,
            &self.why,
            since,
            lapses,
            self.missing,
            &self.content,
            &self.proposal,
        );
        serde_json::to_string(&parts).unwrap_or_default()
    }

    /// Reads what [`Self::to_text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        type Parts = (String, String, String, String, Option<i64>, Option<String>, u32, String, String);
        let (sort, id, what, why, since, lapses, missing, content, proposal): Parts =
            serde_json::from_str(text).ok()?;
        Some(Self {
            sort: MatterSort::parse(&sort)?,
            id: Id::parse(&id)?,
            what,
            why,
            since: since.map(Moment),
            lapses: lapses.and_then(|day| Day::parse(&day)),
            missing,
            content,
            proposal,
        })
    }
}

impl MatterSort {
    /// Whether it waits for a decision, and not only for words.
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Minutes | Self::Decide | Self::Accept | Self::Except | Self::Triage)
    }

    /// Where in a system it is seen and dealt with; none for what belongs to the record.
    pub fn place(self, id: Id) -> Option<Place> {
        Some(match self {
            Self::Decide | Self::Expires => Place::act(Kind::Disposition, None, Mend::Decide),
            Self::Accept | Self::Lapse => Place::field(Kind::Acceptance, id, "none"),
            Self::Except => Place::field(Kind::Exception, id, "none"),
            Self::Triage => Place::field(Kind::Trigger, id, "none"),
            Self::Returned => Place::field(Kind::Handoff, id, "none"),
            Self::Condition => Place::field(Kind::Condition, id, "none"),
            Self::Proviso => Place::field(Kind::Proviso, id, "none"),
            Self::Flagged => Place::field(Kind::Threat, id, "none"),
            Self::Minutes | Self::Task | Self::Hand => return None,
        })
    }
}

/// A matter before its particulars are known.
fn matter(sort: MatterSort, id: Id, what: impl Into<String>, why: impl Into<String>) -> Matter {
    Matter {
        sort,
        id,
        what: one_line(&what.into()),
        why: one_line(&why.into()),
        since: None,
        lapses: None,
        missing: 0,
        content: String::new(),
        proposal: String::new(),
    }
}

/// Text of many lines in one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything of one system that is for the board on a day: decisions due, risks and exceptions that are asked for,
/// what fired, what came back, what ends or is due, and what was flagged.
pub fn matters(dossier: &Dossier, today: Day) -> Vec<Matter> {
    if dossier.system().is_none() {
        return Vec::new();
    }
    let mut all = Vec::new();
    all.extend(decision(dossier, today));
    all.extend(acceptances(dossier, today));
    all.extend(exceptions(dossier, today));
    all.extend(fired(dossier, today));
    all.extend(returned(dossier));
    all.extend(conditions(dossier, today));
    all.extend(clearance_ends(dossier, today));
    all.extend(flagged(dossier));
    all
}

/// The review that lies with the sign-off authority, and one whose day is near although it does not.
fn decision(dossier: &Dossier, today: Day) -> Option<Matter> {
    let review = dossier.review()?;
    if dossier.decided().is_some() {
        return None;
    }
    let here = court(dossier).into_iter().find(|court| court.role == Role::Signoff);
    if here.is_none() && review.due.is_none() {
        return None;
    }
    let missing = gate(dossier, today).len();
    let proposal = review.draft.map(|draft| draft.code().to_owned()).unwrap_or_default();
    let asked = review.draft.map_or_else(String::new, |draft| format!("; governance proposes: {}", draft.label()));
    let what = format!("Decide on review {}{asked}", review.number.unwrap_or(1));
    let why = match (&here, review.due) {
        (Some(_), _) => "it lies with the sign-off authority".to_owned(),
        (None, Some(due)) => format!("a decision is wanted by {due}"),
        (None, None) => String::new(),
    };
    Some(Matter {
        since: here.as_ref().map_or_else(|| dossier.opened_at(), |court| court.since.or_else(|| dossier.opened_at())),
        lapses: if here.is_some() { None } else { review.due },
        missing: u32::try_from(missing).unwrap_or(u32::MAX),
        content: seen_of(dossier),
        proposal,
        ..matter(MatterSort::Decide, review.id, what, why)
    })
}

/// The fingerprint of everything that a decision rests on, short.
fn seen_of(dossier: &Dossier) -> String {
    fingerprint(&snapshot(dossier, Role::Signoff)).0.chars().take(16).collect()
}

fn acceptances(dossier: &Dossier, today: Day) -> Vec<Matter> {
    let live = dossier.acceptances.iter().filter(|a| !a.archived);
    let one = |a: &super::super::decision::Acceptance| {
        let threat = a.threat.and_then(|id| dossier.live_threats().find(|t| t.id == id && t.counts()))?;
        let name = format!("{} of {} \"{}\"", a.reference(), threat.reference(), threat.title);
        if a.status == Some(AcceptanceStatus::Proposed) {
            let why = a.requester.and_then(|who| dossier.person_name(who.0));
            let why = why.map_or_else(|| "it was asked for".to_owned(), |who| format!("{who} asks for it"));
            let content = super::super::decision::threat_revision(threat).0;
            return Some(Matter {
                since: Some(Moment(a.id.made_at())),
                content: content.chars().take(16).collect(),
                proposal: "accepted".to_owned(),
                ..matter(MatterSort::Accept, a.id, format!("Accept the risk {name}"), why)
            });
        }
        let state = acceptance_state(dossier, a, today);
        if !state.given() || state.ended() {
            return None;
        }
        let why = match (state.holds(), a.expires) {
            (true, Some(ends)) => format!("it ends on {ends}"),
            (true, None) => return None,
            (false, _) => format!("it is {}", state.label()),
        };
        Some(Matter {
            since: a.decided_at,
            lapses: if state.holds() || state == AcceptanceState::Lapsed { a.expires } else { None },
            ..matter(MatterSort::Lapse, a.id, format!("Renew or revoke {name}"), why)
        })
    };
    live.filter_map(one).collect()
}

fn exceptions(dossier: &Dossier, today: Day) -> Vec<Matter> {
    let asked = dossier.live_exceptions().filter(|e| e.state(today) == ExceptionState::Requested);
    asked
        .map(|e| {
            let who = e.requester.and_then(|who| dossier.person_name(who.0));
            let why = who.map_or_else(|| "it was asked for".to_owned(), |who| format!("{who} asks for it"));
            let what = format!("Decide on the exception {} \"{}\"", e.reference(), e.title);
            Matter {
                since: Some(Moment(e.id.made_at())),
                content: fingerprint(&e.terms(dossier)).0.chars().take(16).collect(),
                proposal: "approved".to_owned(),
                ..matter(MatterSort::Except, e.id, what, why)
            }
        })
        .collect()
}

/// What fired, came by its day, changed or went wrong, and waits for its triage.
fn fired(dossier: &Dossier, today: Day) -> Vec<Matter> {
    let mut all = Vec::new();
    let decided = dossier.last_disposition();
    for trigger in dossier.triggers.iter().filter(|t| !t.archived && t.triage.is_none()) {
        let by_day = came(dossier, trigger, today);
        let waits = decided.map_or(trigger.fired_at.is_some() || by_day, |made| pending(dossier, trigger, made, today));
        if waits {
            let why = if trigger.fired_why.is_empty() {
                if trigger.fired_at.is_some() { "it fired".to_owned() } else { "its day has come".to_owned() }
            } else {
                format!("it fired: {}", trigger.fired_why)
            };
            let what = format!("Triage \"{}\"", trigger.title);
            all.push(Matter { since: trigger.fired_at, ..matter(MatterSort::Triage, trigger.id, what, why) });
        }
    }
    let open = |at: Option<Moment>, settled: bool, fires: &Marks| at.is_some() && !settled && !carried(dossier, fires);
    for change in dossier.alterations.iter().filter(|c| !c.archived && open(c.at, c.triage.is_some(), &c.fires)) {
        let what = format!("Triage the change {} \"{}\"", change.reference(), change.title);
        all.push(Matter { since: change.at, ..matter(MatterSort::Triage, change.id, what, "it was recorded") });
    }
    for incident in dossier.incidents.iter().filter(|i| !i.archived && open(i.at, i.triage.is_some(), &i.fires)) {
        let what = format!("Triage the incident {} \"{}\"", incident.reference(), incident.title);
        all.push(Matter { since: incident.at, ..matter(MatterSort::Triage, incident.id, what, "it was reported") });
    }
    all
}

fn returned(dossier: &Dossier) -> Vec<Matter> {
    use super::super::decision::Step;
    let newest = Step::ALL.iter().filter_map(|step| Some((*step, dossier.handoff(*step)?)));
    newest
        .filter(|(_, handoff)| handoff.state == Some(HandoffState::Returned))
        .map(|(step, handoff)| {
            let who = handoff.gaps_role.unwrap_or(step.from());
            let reason = handoff.reason.map_or("", Vocabulary::label);
            let what = format!("Returned: {}; the {} closes it", step.label(), who.label());
            let why = format!("{reason}: {}", handoff.gaps);
            Matter { since: handoff.closed_at, ..matter(MatterSort::Returned, handoff.id, what, why) }
        })
        .collect()
}

/// The open conditions of the decision that holds, and of acceptances.
fn conditions(dossier: &Dossier, today: Day) -> Vec<Matter> {
    let decided = dossier.last_disposition().filter(|made| made.revoked_at.is_none()).map(|made| (made.id, made.at));
    let open = dossier
        .conditions
        .iter()
        .filter(|c| !c.archived && c.met_at.is_none() && decided.is_some_and(|(id, _)| c.disposition == Some(id)));
    let mut all: Vec<Matter> = open
        .filter_map(|condition| {
            let due = condition.due?;
            let what = format!("Condition: {}", condition.text);
            Some(Matter {
                since: decided.and_then(|(_, at)| at),
                lapses: Some(due),
                ..matter(MatterSort::Condition, condition.id, what, format!("it is due on {due}"))
            })
        })
        .collect();
    all.extend(dossier.live_provisos().filter_map(|(acceptance, proviso)| {
        let standing = proviso_standing(dossier, proviso, today);
        let due = standing.due?;
        let open = !matches!(standing.state, ProvisoState::Met | ProvisoState::Holds);
        let what = format!("Condition of {}: {}", acceptance.reference(), proviso_says(dossier, proviso));
        open.then(|| Matter {
            since: acceptance.decided_at,
            lapses: Some(due),
            ..matter(MatterSort::Proviso, proviso.id, what, format!("it is due on {due}"))
        })
    }));
    all
}

/// A clearance that has an end.
fn clearance_ends(dossier: &Dossier, today: Day) -> Option<Matter> {
    let made = dossier.last_disposition().filter(|made| made.decision.is_some_and(Decision::permits))?;
    let until = made.valid_until.filter(|_| made.revoked_at.is_none() && dossier.decided().is_some())?;
    let state = clearance(dossier, today).state;
    let what = format!("The clearance is {}", state.label());
    Some(Matter {
        since: made.at,
        lapses: Some(until),
        ..matter(MatterSort::Expires, made.id, what, format!("it is valid until {until}"))
    })
}

fn flagged(dossier: &Dossier) -> Vec<Matter> {
    let for_the_board = dossier.live_threats().filter(|threat| threat.flagged == Some(YesNo::Yes));
    for_the_board
        .map(|threat| {
            let what = format!("Talk about {} \"{}\"", threat.reference(), threat.title);
            Matter { since: None, ..matter(MatterSort::Flagged, threat.id, what, "it was flagged for the board") }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matter_survives_as_text() {
        let whole = Matter {
            since: Some(Moment(7)),
            lapses: Day::parse("2026-12-24"),
            missing: 3,
            content: "abc".into(),
            proposal: "proceed".into(),
            ..matter(MatterSort::Decide, Id([7; 16]), "Decide\ton \"it\"\n now", "it is due")
        };
        assert_eq!(whole.what, "Decide on \"it\" now");
        assert_eq!(Matter::parse(&whole.to_text()), Some(whole));
        assert_eq!(Matter::parse("[]"), None);
    }

    #[test]
    fn a_dossier_of_nothing_has_nothing_for_the_board() {
        assert_eq!(matters(&Dossier::default(), Day::parse("2026-11-21").unwrap()), []);
    }
}
