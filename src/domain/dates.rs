//! The days of a system on which something ends or is due, in one place: what a calendar has to know.

use super::{
    Dossier, Id, Line,
    after::fires_on,
    decision::{Disposition, ExceptionState, ProvisoState, acceptance_state, proviso_says, proviso_standing},
    fields::{Day, choices},
    register::ControlStatus,
};

choices! {
    /// What a day is of.
    DateSort {
        Clearance "clearance" "Clearance ends",
        Review "review" "Review: decision wanted",
        Condition "condition" "Condition due",
        Proviso "proviso" "Condition of an acceptance due",
        Acceptance "acceptance" "Acceptance ends",
        Exception "exception" "Exception ends",
        ExceptionReview "exception_review" "Exception: review due",
        Evidence "evidence" "Evidence expires",
        Control "control" "Control due",
        Reassess "reassess" "Re-assessment due",
    }
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDate {
    /// What it is of.
    pub sort: DateSort,
    /// The thing.
    pub id: Id,
    /// The day.
    pub day: Day,
    /// The number of the thing, such as A-2, which says nothing of what it holds; empty where it has none.
    pub number: String,
    /// What the thing is called, in words of the record.
    pub title: String,
}

/// Every such day, the earliest first.
pub fn due_dates(dossier: &Dossier, today: Day) -> Vec<DueDate> {
    let mut all = decided(dossier);
    all.extend(accepted(dossier, today));
    all.extend(planned(dossier));
    all.sort_by(|a, b| (a.day, a.sort as usize, &a.number, a.id).cmp(&(b.day, b.sort as usize, &b.number, b.id)));
    all
}

fn date(sort: DateSort, id: Id, day: Option<Day>, number: String, title: &Line) -> Option<DueDate> {
    Some(DueDate { sort, id, day: day?, number, title: title.to_string() })
}

/// What the last decision leaves to be done, and the decision that is wanted.
fn decided(dossier: &Dossier) -> Vec<DueDate> {
    let none = Line::default();
    let made: Option<&Disposition> = dossier.last_disposition().filter(|made| made.stands());
    let ends = made.and_then(|made| date(DateSort::Clearance, made.id, made.valid_until, String::new(), &none));
    let open = dossier.review().filter(|_| dossier.decided().is_none());
    let wanted = open.and_then(|review| date(DateSort::Review, review.id, review.due, String::new(), &none));
    let of = |id: Id| made.is_some_and(|made| made.id == id);
    let conditions = dossier.conditions.iter().filter(|c| !c.archived && c.met_at.is_none());
    let conditions = conditions.filter(|condition| condition.disposition.is_some_and(of)).filter_map(|condition| {
        let title = Line::new(condition.text.as_str());
        date(DateSort::Condition, condition.id, condition.due, String::new(), &title)
    });
    ends.into_iter().chain(wanted).chain(conditions).collect()
}

fn accepted(dossier: &Dossier, today: Day) -> Vec<DueDate> {
    let given = dossier.acceptances.iter().filter(|a| !a.archived && acceptance_state(dossier, a, today).given());
    let ends = given.filter_map(|acceptance| {
        let threat = acceptance.threat.and_then(|id| dossier.threats.by_id(id));
        let title = threat.map_or_else(Line::default, |threat| threat.title.clone());
        date(DateSort::Acceptance, acceptance.id, acceptance.expires, acceptance.reference(), &title)
    });
    let provisos = dossier.live_provisos().filter_map(|(acceptance, proviso)| {
        let standing = proviso_standing(dossier, proviso, today);
        let open = standing.state != ProvisoState::Met || standing.due.is_some();
        let title = Line::new(&proviso_says(dossier, proviso));
        let day = standing.due.or(proviso.due_now()).filter(|_| open);
        date(DateSort::Proviso, proviso.id, day, acceptance.reference(), &title)
    });
    let running = |state| matches!(state, ExceptionState::Open | ExceptionState::ReviewDue | ExceptionState::Overdue);
    let exceptions = dossier.live_exceptions().filter(|exception| running(exception.state(today))).flat_map(|one| {
        let of = |sort, day| date(sort, one.id, day, one.reference(), &one.title);
        [of(DateSort::Exception, one.deadline), of(DateSort::ExceptionReview, one.review_due)]
    });
    ends.chain(provisos).chain(exceptions.flatten()).collect()
}

fn planned(dossier: &Dossier) -> Vec<DueDate> {
    let evidence = dossier.evidence.iter().filter(|evidence| !evidence.archived);
    let evidence =
        evidence.filter_map(|one| date(DateSort::Evidence, one.id, one.expires, one.reference(), &one.title));
    let to_do = [ControlStatus::Proposed, ControlStatus::Planned, ControlStatus::InProgress];
    let open = dossier.live_controls().filter(|control| to_do.contains(&control.stage()));
    let controls = open.filter_map(|one| date(DateSort::Control, one.id, one.due, one.reference(), &one.title));
    let triggers = dossier.triggers.iter().filter(|trigger| !trigger.archived);
    let triggers =
        triggers.filter_map(|one| date(DateSort::Reassess, one.id, fires_on(dossier, one), String::new(), &one.title));
    evidence.chain(controls).chain(triggers).collect()
}
