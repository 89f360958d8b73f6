//! What an acceptance depends on, one row each: checked from the record where it can be, else met by a proof.

use super::{Acceptance, AcceptanceStatus, section::fingerprint};
use crate::domain::{
    Dossier, Id, Line, Prose,
    fields::{Day, Digest, Moment, Vocabulary, Who, choices, entities},
    people::{PROPOSE, RULE},
    register::Plan,
    system::{Autonomy, Lifecycle},
};

choices! {
    /// What kind of thing an acceptance depends on.
    ProvisoKind {
        Control "control" "control verified",
        Stage "stage" "stage limit",
        Usage "usage" "usage cap",
        Report "report" "report due",
        Oversight "oversight" "human review stays on",
        Other "other" "in words",
    }
    /// How a condition of an acceptance stands on a day.
    ProvisoState {
        Holds "holds" "holds",
        Open "open" "open",
        Due "due" "due soon",
        Met "met" "met",
        Breached "breached" "broken",
    }
}

entities! {
    /// Something that an acceptance depends on.
    Proviso {
        /// The acceptance.
        acceptance: Option<Id> = "Acceptance", Acceptances, RULE, optional;
        /// Control and stage are checked from the record; the others are met by recording a proof.
        sort: Option<ProvisoKind> = "Kind", Acceptances, PROPOSE, needed;
        /// What has to be so, in your own words.
        text: Prose = "In words", Acceptances, PROPOSE, optional;
        /// The control that has to be verified.
        control: Option<Id> = "Control", Acceptances, PROPOSE, optional;
        /// The last stage of its life in which the risk may be carried.
        stage: Option<Lifecycle> = "Stage at most", Acceptances, PROPOSE, optional;
        /// How much it may be used at most.
        cap: Option<i64> = "At most", Acceptances, PROPOSE, optional;
        /// What the cap counts, such as users or requests a day.
        unit: Line = "Counted in", Acceptances, PROPOSE, optional;
        /// The person who sees to it.
        owner: Option<Who> = "Owner", none, PROPOSE, needed;
        /// By when it has to be so; it counts through the end of that day.
        due: Option<Day> = "Due", Acceptances, PROPOSE, optional;
        /// After how many days it is due again; empty for once.
        every: Option<i64> = "Again every (days)", Acceptances, PROPOSE, optional;
        /// By when it is due next, once it was met the first time.
        next: Option<Day> = "Due next", none, RULE, optional;
        /// When it was met last.
        met_at: Option<Moment> = "Met", none, RULE, optional;
        /// What shows that it was met.
        proof: Prose = "Proof", none, RULE, optional;
        /// The piece of evidence that shows it.
        evidence: Option<Id> = "Evidence", none, RULE, optional;
        /// The use that was reported last.
        measured: Option<i64> = "Use reported", none, RULE, optional;
        /// The fingerprint of how a person watches, as it was accepted or confirmed last.
        oversight: Digest = "Oversight then", none, RULE, optional;
        /// How much the system did on its own when the risk was accepted.
        autonomy: Option<Autonomy> = "Autonomy then", none, RULE, optional;
    }
}

/// How many days before its day a condition counts as due soon: as many as an exception says so before its end.
const DUE_SOON: i64 = super::ENDING_DAYS;

/// How a condition stands on a day, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvisoStanding {
    /// How it stands.
    pub state: ProvisoState,
    /// By when something is to be done about it, while something is.
    pub due: Option<Day>,
    /// What is not so, in a clause; empty unless it is broken.
    pub why: String,
}

impl Proviso {
    /// The fields that a condition of this kind uses beside its words and its owner.
    pub fn uses(sort: ProvisoKind) -> &'static [&'static str] {
        match sort {
            ProvisoKind::Control => &["control", "due"],
            ProvisoKind::Stage => &["stage"],
            ProvisoKind::Usage => &["cap", "unit", "due", "every"],
            ProvisoKind::Report | ProvisoKind::Oversight | ProvisoKind::Other => &["due", "every"],
        }
    }
    /// What kind it is; nothing said is free text.
    pub fn kind_of(&self) -> ProvisoKind {
        self.sort.unwrap_or(ProvisoKind::Other)
    }
    /// Whether a proof settles it: the other kinds are read from the record alone.
    pub fn by_proof(&self) -> bool {
        !matches!(self.kind_of(), ProvisoKind::Control | ProvisoKind::Stage)
    }
    /// By when it is due, or due again.
    pub fn due_now(&self) -> Option<Day> {
        self.next.or(self.due)
    }
    /// The fingerprint of how a person watches the system now.
    pub fn oversight_of(dossier: &Dossier) -> Digest {
        dossier.system().map_or_else(Digest::default, |system| fingerprint(system.oversight.as_str()))
    }
}

impl Dossier {
    /// What an acceptance depends on, in the order in which it was written down.
    pub fn provisos_of(&self, acceptance: Id) -> impl Iterator<Item = &Proviso> {
        self.provisos.iter().filter(move |proviso| !proviso.archived && proviso.acceptance == Some(acceptance))
    }
    /// The acceptance that a condition belongs to.
    pub fn acceptance_of(&self, proviso: &Proviso) -> Option<&Acceptance> {
        proviso.acceptance.and_then(|id| self.acceptances.by_id(id)).filter(|acceptance| !acceptance.archived)
    }
    /// The conditions of acceptances that were given and did not end: those of which something is to be seen to.
    pub fn live_provisos(&self) -> impl Iterator<Item = (&Acceptance, &Proviso)> {
        self.provisos.iter().filter(|proviso| !proviso.archived).filter_map(|proviso| {
            let acceptance = self.acceptance_of(proviso)?;
            (acceptance.status == Some(AcceptanceStatus::Accepted)).then_some((acceptance, proviso))
        })
    }
}

/// What a condition asks for, in one line.
pub fn proviso_says(dossier: &Dossier, proviso: &Proviso) -> String {
    let due = proviso.due_now().map_or_else(String::new, |due| format!(" by {due}"));
    let again = proviso.every.map_or_else(String::new, |days| format!(", again every {days} days"));
    let own = match proviso.kind_of() {
        ProvisoKind::Control => {
            let control = proviso.control.and_then(|id| dossier.controls.by_id(id));
            let name = control.map_or_else(|| "a control".to_owned(), |c| format!("{} \"{}\"", c.reference(), c.title));
            format!("{name} is verified{due}")
        }
        ProvisoKind::Stage => {
            format!("used up to the stage {} only", proviso.stage.map_or("not said", Vocabulary::label))
        }
        ProvisoKind::Usage => {
            let cap = proviso.cap.map_or_else(|| "no number".to_owned(), |cap| cap.to_string());
            format!("at most {cap} {}", if proviso.unit.is_empty() { "uses" } else { proviso.unit.as_str() })
        }
        ProvisoKind::Report => format!("a report{due}{again}"),
        ProvisoKind::Oversight => "human review stays on".to_owned(),
        ProvisoKind::Other => return proviso.text.as_str().replace('\n', " / "),
    };
    if proviso.text.is_empty() { own } else { format!("{own}: {}", proviso.text.as_str().replace('\n', " / ")) }
}

/// How a condition stands on a day: a function of the record and the day alone.
pub fn proviso_standing(dossier: &Dossier, proviso: &Proviso, today: Day) -> ProvisoStanding {
    standing_by(dossier, proviso, &Plan::of(dossier, today), today)
}

/// The same by a plan of that day.
pub(super) fn standing_by(dossier: &Dossier, proviso: &Proviso, plan: &Plan<'_>, today: Day) -> ProvisoStanding {
    match proviso.kind_of() {
        ProvisoKind::Control => control(dossier, proviso, plan, today),
        ProvisoKind::Stage => stage(dossier, proviso),
        ProvisoKind::Usage => usage(proviso).unwrap_or_else(|| proved(proviso, today)),
        ProvisoKind::Oversight => oversight(dossier, proviso).unwrap_or_else(|| match proviso.due_now() {
            Some(_) => proved(proviso, today),
            None => is(ProvisoState::Holds),
        }),
        ProvisoKind::Report | ProvisoKind::Other => proved(proviso, today),
    }
}

fn is(state: ProvisoState) -> ProvisoStanding {
    ProvisoStanding { state, due: None, why: String::new() }
}

fn broken(due: Option<Day>, why: String) -> ProvisoStanding {
    ProvisoStanding { state: ProvisoState::Breached, due, why }
}

fn waiting(due: Option<Day>, today: Day) -> ProvisoStanding {
    let soon = due.is_some_and(|due| today.days_to(due) <= DUE_SOON);
    ProvisoStanding { state: if soon { ProvisoState::Due } else { ProvisoState::Open }, due, why: String::new() }
}

fn control(dossier: &Dossier, proviso: &Proviso, plan: &Plan<'_>, today: Day) -> ProvisoStanding {
    let live = |id: &Id| dossier.controls.by_id(*id).is_some_and(|control| !control.archived);
    if proviso.control.filter(live).is_some_and(|id| plan.is_verified(id)) {
        return is(ProvisoState::Holds);
    }
    match proviso.due {
        Some(due) if today > due => broken(Some(due), format!("was to be so by {due}, and is not")),
        due => waiting(due, today),
    }
}

fn stage(dossier: &Dossier, proviso: &Proviso) -> ProvisoStanding {
    let now = dossier.system().and_then(|system| system.lifecycle).filter(|now| *now != Lifecycle::Retired);
    match (now, proviso.stage) {
        (Some(now), Some(stage)) if now > stage => broken(None, format!("the system is in {} now", now.label())),
        (Some(_), Some(_)) => is(ProvisoState::Holds),
        (None, _) | (_, None) => is(ProvisoState::Open),
    }
}

fn usage(proviso: &Proviso) -> Option<ProvisoStanding> {
    let measured = proviso.measured.filter(|measured| proviso.cap.is_some_and(|cap| *measured > cap))?;
    Some(broken(proviso.due_now(), format!("{measured} were reported")))
}

/// What the record says against it; nothing where nothing speaks against it.
fn oversight(dossier: &Dossier, proviso: &Proviso) -> Option<ProvisoStanding> {
    let system = dossier.system()?;
    let says = |why: &str| Some(broken(proviso.due_now(), why.to_owned()));
    if system.oversight.is_empty() {
        return says("no human oversight is described any more");
    }
    if proviso.autonomy.is_some() && system.autonomy > proviso.autonomy {
        return says("the system does more on its own than when the risk was accepted");
    }
    let same = proviso.oversight.0.is_empty() || proviso.oversight == Proviso::oversight_of(dossier);
    if same { None } else { says("the oversight is described otherwise now, and nobody confirmed it") }
}

fn proved(proviso: &Proviso, today: Day) -> ProvisoStanding {
    let met = proviso.met_at.is_some();
    if met && proviso.every.is_none() {
        return is(ProvisoState::Met);
    }
    match proviso.due_now() {
        Some(due) if today > due => broken(Some(due), format!("was due on {due}, and no proof is recorded")),
        Some(due) if met && today.days_to(due) > DUE_SOON => {
            ProvisoStanding { state: ProvisoState::Met, due: Some(due), why: String::new() }
        }
        None if met => is(ProvisoState::Met),
        due => waiting(due, today),
    }
}
