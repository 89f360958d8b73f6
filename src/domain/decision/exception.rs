//! Exceptions: a requirement that does not hold for a while, with what stands in its place, and until when.

use crate::domain::{
    Dossier, Id, Line, Prose,
    fields::{Day, Moment, Who, choices, entities},
    people::{EXCEPT, RULE},
};

choices! {
    /// What was stored of an exception; how it stands is computed.
    ExceptionStatus {
        Requested "requested" "requested",
        Approved "approved" "approved",
        Declined "declined" "declined",
        Closed "closed" "closed",
    }
    /// How an exception stands on a day.
    ExceptionState {
        Requested "requested" "requested",
        Open "open" "open",
        ReviewDue "review_due" "review due",
        Overdue "overdue" "overdue",
        Declined "declined" "declined",
        Closed "closed" "closed",
    }
}

entities! {
    /// A requirement that does not hold for a while.
    Exception {
        /// Its number in this system, never given twice.
        number: Option<i64> = "No.", none, RULE, optional;
        /// The requirement that does not hold: the rule in its own words, or what the control should do.
        title: Line = "Excepted", none, EXCEPT, needed;
        /// The control of the plan that is excepted, where it is one.
        control: Option<Id> = "Control", none, EXCEPT, optional;
        /// Why it cannot hold for now.
        reason: Prose = "Reason", none, EXCEPT, needed;
        /// What stands in its place meanwhile.
        compensating: Prose = "Compensating measure", none, EXCEPT, needed;
        /// The person who brings it to an end.
        owner: Option<Who> = "Owner", none, EXCEPT, needed;
        /// The last day on which it holds.
        deadline: Option<Day> = "Deadline", none, EXCEPT, needed;
        /// After how many days somebody looks at it again.
        every: Option<i64> = "Review every (days)", none, EXCEPT, needed;
        /// Where it stands.
        status: Option<ExceptionStatus> = "Status", none, RULE, optional;
        /// Who asked for it.
        requester: Option<Who> = "Requested by", none, RULE, optional;
        /// Who approved or declined it.
        approver: Option<Who> = "Decided by", none, RULE, optional;
        /// Their name and title then.
        approver_name: Line = "Name and title", none, RULE, optional;
        /// When it was decided.
        decided_at: Option<Moment> = "Decided", none, RULE, optional;
        /// The words in which it was approved.
        approved_as: Prose = "Approved as", Acceptances, RULE, optional;
        /// The day on which somebody looks at it next.
        review_due: Option<Day> = "Next review", none, RULE, optional;
        /// When it was reviewed last.
        reviewed_at: Option<Moment> = "Reviewed", none, RULE, optional;
        /// What the last review found.
        review_note: Prose = "Last review", none, RULE, optional;
        /// When it was closed.
        closed_at: Option<Moment> = "Closed", none, RULE, optional;
        /// Why it was declined, or what brought it to an end.
        ended_why: Prose = "Ended because", none, RULE, optional;
    }
}

/// How many days before its end an exception asks for its owner.
pub const ENDING_DAYS: i64 = 14;

impl Exception {
    /// The number as people say it: `X-2`.
    pub fn reference(&self) -> String {
        format!("X-{}", self.number.unwrap_or(0))
    }
    /// How it stands on a day: a function of the record and the day alone.
    pub fn state(&self, today: Day) -> ExceptionState {
        match self.status.unwrap_or(ExceptionStatus::Requested) {
            ExceptionStatus::Requested => ExceptionState::Requested,
            ExceptionStatus::Declined => ExceptionState::Declined,
            ExceptionStatus::Closed => ExceptionState::Closed,
            ExceptionStatus::Approved if self.deadline.is_none_or(|last| today > last) => ExceptionState::Overdue,
            ExceptionStatus::Approved if self.review_due.is_some_and(|due| today >= due) => ExceptionState::ReviewDue,
            ExceptionStatus::Approved => ExceptionState::Open,
        }
    }
    /// What is approved, in words: frozen on the day of the decision.
    pub fn terms(&self, dossier: &Dossier) -> String {
        let control = self.control.and_then(|id| dossier.controls.by_id(id));
        let of = control.map_or_else(String::new, |c| format!(" ({} \"{}\")", c.reference(), c.title));
        let until = self.deadline.map_or_else(String::new, |day| day.to_string());
        let every = self.every.unwrap_or(0);
        format!(
            "{}{of} is excepted until {until}, reviewed every {every} days.\nBecause: {}\nMeanwhile: {}",
            self.title, self.reason, self.compensating
        )
    }
}

impl Dossier {
    /// The exceptions that were not taken back.
    pub fn live_exceptions(&self) -> impl Iterator<Item = &Exception> {
        self.exceptions.iter().filter(|exception| !exception.archived)
    }
    /// The first exception whose last day is over and that nobody closed.
    pub fn overdue_exception(&self, today: Day) -> Option<&Exception> {
        self.live_exceptions().find(|exception| exception.state(today) == ExceptionState::Overdue)
    }
}

/// What an exception that is over says of itself, as a sentence without its full stop.
pub fn exception_over(exception: &Exception) -> String {
    let last = exception.deadline.map_or_else(|| "no day".to_owned(), |day| day.to_string());
    format!("The exception {} \"{}\" was to end on {last} and was not closed", exception.reference(), exception.title)
}
