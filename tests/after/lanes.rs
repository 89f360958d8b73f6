//! A portfolio that lives for two years: what somebody does in each system on which day.

use crate::support::{Data, Desk, add, add_to, date, edit, fields, int, text};
use docket::{
    domain::{
        Dossier, Id, Kind,
        command::Command,
        decision::{Clearance, Decision, ReviewKind, Triage},
        fields::Day,
        people::Role,
        summary::summarise,
    },
    store::Store,
};

/// What somebody does on a day.
type Act = (i64, fn(&mut Desk));

/// A system of the portfolio.
pub struct Lane {
    pub desk: Desk,
    pub system: Id,
    pub name: &'static str,
    acts: &'static [Act],
    /// How many of what happened is in the record.
    known: usize,
    /// What it was worth on the day before, and until when that would hold.
    pub before: Option<(Clearance, Option<Day>)>,
    /// Whether that was another worth than on the day before it.
    pub turned: bool,
    /// Whether somebody wrote today.
    pub wrote: bool,
    pub dossier: Dossier,
}

fn lane(number: u8, name: &'static str, make: fn(&mut Desk), acts: &'static [Act]) -> Lane {
    let mut desk = Desk::of_five_in(number);
    let named = edit(Kind::System, desk.system(), [("name", text(name))]);
    desk.must(Role::Owner, named);
    desk.must(Role::Owner, add(Kind::Release, [("version", text("1.0"))]));
    make(&mut desk);
    let system = desk.system();
    Lane { desk, system, name, acts, known: 0, before: None, turned: false, wrote: false, dossier: Dossier::default() }
}

fn decide(desk: &mut Desk, decision: Decision, conditions: &[(&str, i64)]) {
    desk.wait(1).mend_all();
    let command = desk.decision(decision, conditions);
    desk.must(Role::Signoff, command);
}

fn cleared(desk: &mut Desk) {
    desk.ready(Data::Internal);
    decide(desk, Decision::Proceed, &[]);
}

fn renewed(desk: &mut Desk) {
    desk.must(Role::Governance, Command::StartReview(ReviewKind::Full));
    decide(desk, Decision::Proceed, &[]);
}

fn on_conditions(desk: &mut Desk) {
    desk.ready(Data::Personal);
    decide(desk, Decision::Conditional, &[("Log it", 30), ("Drill", 200)]);
}

fn meets(desk: &mut Desk) {
    let open = desk.dossier.conditions.iter().find(|c| c.met_at.is_none()).map(|c| c.id).expect("one is open");
    desk.must(Role::Owner, Command::MeetCondition(open, "Seen.".into()));
}

fn accepting(desk: &mut Desk) {
    desk.ready(Data::Internal);
    let treatment = edit(Kind::Threat, desk.threat(2), [("treatment", text("accept"))]);
    desk.must(Role::Security, treatment);
    desk.accept(desk.threat(2), 90).expect("accepted");
    decide(desk, Decision::Proceed, &[]);
}

fn accepts_anew(desk: &mut Desk) {
    desk.accept(desk.threat(2), 200).expect("accepted anew");
}

fn timed(desk: &mut Desk) {
    desk.ready(Data::Internal);
    let every = [("title", text("Every half year")), ("sort", text("time")), ("months", int(6))];
    desk.must(Role::Governance, add(Kind::Trigger, every));
    let once = [("title", text("Before summer")), ("sort", text("time")), ("due", date(desk.day(80)))];
    desk.must(Role::Governance, add(Kind::Trigger, once));
    desk.must(Role::Governance, Command::FromLibrary(vec!["DKT-R-026".into(), "DKT-R-027".into()]));
    decide(desk, Decision::Proceed, &[]);
}

/// Triages whatever waits, and has a name for it.
fn settles(desk: &mut Desk) {
    let made = desk.dossier.last_disposition().cloned().expect("it was decided");
    for pending in docket::domain::after::waiting(&desk.dossier, &made, desk.today()) {
        let command = Command::Triage(pending.id, Triage::NotMaterial, vec![], "Nothing new.".into());
        desk.must(Role::Governance, command);
    }
}

fn proven(desk: &mut Desk) {
    desk.ready(Data::Internal);
    desk.must(Role::Governance, Command::FromLibrary(vec!["DKT-R-027".into()]));
    let expires = edit(Kind::Evidence, desk.last(Kind::Evidence), [("expires", date(desk.day(60)))]);
    desk.must(Role::Security, expires);
    let until = desk.day(150);
    desk.verify(desk.control(1), desk.last(Kind::Evidence), until);
    let first = desk.dossier.verifications[0].id;
    desk.must(Role::Security, crate::support::withdraw(Kind::Verification, first));
    decide(desk, Decision::Proceed, &[]);
}

fn verifies_again(desk: &mut Desk) {
    desk.add_evidence();
    let set = [
        ("method", text("test")),
        ("outcome", text("works")),
        ("by", crate::support::reference(desk.who(Role::Security))),
        ("on", date(desk.today())),
        ("valid_until", date(desk.day(300))),
        ("evidence", crate::support::reference(desk.last(Kind::Evidence))),
    ];
    desk.must(Role::Security, add_to(desk.control(1), Kind::Verification, set));
}

fn lent(desk: &mut Desk) {
    cleared(desk);
    for (role, person) in Role::REVIEW.into_iter().zip(desk.people) {
        let until = Some(desk.day(50));
        desk.must(Role::Owner, Command::Assign { role, person, delegate: None, until });
    }
}

fn gives_roles_again(desk: &mut Desk) {
    for (role, person) in Role::REVIEW.into_iter().zip(desk.people) {
        let command = Command::Assign { role, person, delegate: None, until: None };
        desk.act(Role::Owner, desk.people[0], command).expect("whoever held one may");
    }
}

fn has_incident(desk: &mut Desk) {
    let noticed = date(desk.today());
    let set = fields([("title", text("It told an address")), ("sort", text("leakage")), ("noticed", noticed)]);
    desk.must(Role::Owner, Command::ReportIncident(set));
    let incident = desk.last(Kind::Incident);
    let until = Some(desk.day(20));
    desk.must(Role::Signoff, Command::Restrict { incident, text: "Drafts only.".into(), until });
}

fn closes_incident(desk: &mut Desk) {
    let id = desk.last(Kind::Incident);
    let controls = crate::support::list(&[&desk.control(1).to_string()]);
    desk.must(Role::Owner, edit(Kind::Incident, id, [("controls", controls)]));
    desk.must(Role::Owner, Command::CloseIncident(id, "The filter was mended.".into()));
}

fn pauses(desk: &mut Desk) {
    desk.must(Role::Security, Command::Pause("It repeats itself.".into()));
}

fn resumes(desk: &mut Desk) {
    desk.must(Role::Signoff, Command::Resume("Mended.".into()));
}

fn changes(desk: &mut Desk) {
    let what = fields([("title", text("Shell")), ("sort", text("tool"))]);
    desk.must(Role::Owner, Command::RecordChange { what, fires: vec!["DKT-R-005".into()] });
}

fn scopes(desk: &mut Desk) {
    let id = desk.last(Kind::Alteration);
    let command = Command::Triage(id, Triage::Scoped, vec![Role::Security], "A new right.".into());
    desk.must(Role::Governance, command);
}

fn drifts(desk: &mut Desk) {
    desk.must(Role::Owner, add(Kind::Tool, [("name", text("shell")), ("permissions", text("all"))]));
}

fn revokes(desk: &mut Desk) {
    desk.must(Role::Signoff, Command::RevokeClearance("It leaks.".into()));
}

fn holds(desk: &mut Desk) {
    desk.must(Role::Governance, Command::StartReview(ReviewKind::Full));
    decide(desk, Decision::Hold, &[]);
}

pub fn portfolio() -> Vec<Lane> {
    vec![
        lane(1, "Alpha plain", cleared, &[(400, renewed)]),
        lane(2, "Beta conditions", on_conditions, &[(45, meets), (190, meets)]),
        lane(3, "Gamma acceptance", accepting, &[(120, accepts_anew), (130, renewed)]),
        lane(4, "Delta timed", timed, &[(85, settles), (200, settles), (260, renewed), (450, settles)]),
        lane(5, "Epsilon evidence", proven, &[(70, settles), (160, verifies_again), (170, renewed)]),
        lane(6, "Zeta lent", lent, &[(70, gives_roles_again), (90, drifts), (100, renewed)]),
        lane(
            7,
            "Eta incident",
            cleared,
            &[(20, has_incident), (22, settles), (50, closes_incident), (300, pauses), (310, resumes)],
        ),
        lane(8, "Theta change", cleared, &[(70, changes), (75, scopes), (95, renewed), (500, revokes)]),
        lane(9, "Iota hold", cleared, &[(30, holds), (60, renewed)]),
    ]
}

impl Lane {
    /// Lets the day come, does what is done on it, and writes it into the record.
    pub fn live(&mut self, (day, today): (i64, Day), store: &mut Store) {
        let behind = self.desk.today().days_to(today);
        self.desk.wait(behind);
        for (_, act) in self.acts.iter().filter(|(on, _)| *on == day) {
            act(&mut self.desk);
        }
        self.wrote = self.known < self.desk.events.len();
        if !self.wrote {
            return;
        }
        let of_record = |event: &docket::domain::Event| event.of == Kind::Person;
        let summarised = move |dossier: &Dossier| summarise(dossier, today);
        let stamp = self.desk.stamp(Role::Security, self.desk.people[1]);
        for events in self.desk.events[self.known..].chunk_by(|a, b| of_record(a) == of_record(b)) {
            let subject = Some(self.system).filter(|_| !of_record(&events[0]));
            let done = store.transact(subject, &stamp, &summarised, |_| Ok::<_, ()>(events.to_vec()));
            let _ = done.expect("it is written").expect("nobody was asked");
        }
        self.known = self.desk.events.len();
        self.dossier = store.dossier(Some(self.system)).expect("it is there");
    }
}
