//! Questions that every rule asks of a dossier.

use super::{
    Dossier, Id, Line,
    catalog::settled,
    decision::{Acceptance, Disposition, Handoff, Review, Signoff, Step},
    fields::{Day, Moment, Vocabulary},
    library::{Answers, Matrix, TierResult, tier},
    people::{Role, holder, holds, roles_of},
    privacy::{Advice, Privacy},
    register::{Against, Control, Link, Threat},
    system::{Answer, DataClass, Intake, System, Tier, data_classes, personal_data},
};

impl Dossier {
    /// The system that it is about.
    pub fn system(&self) -> Option<&System> {
        self.systems.iter().find(|system| !system.archived)
    }
    /// The name of the system, or what stands in for it.
    pub fn name(&self) -> &str {
        self.system().map_or("the record", |system| system.name.as_str())
    }
    /// The review that is worked on: the newest.
    pub fn review(&self) -> Option<&Review> {
        self.reviews.iter().rev().find(|review| !review.archived)
    }
    /// The answers of the intake.
    pub fn intake(&self) -> Option<&Intake> {
        self.intakes.iter().rev().find(|intake| !intake.archived)
    }
    /// The DPO's assessment.
    pub fn privacy(&self) -> Option<&Privacy> {
        self.privacies.iter().rev().find(|privacy| !privacy.archived)
    }
    /// What the DPO advised in the current review: an opinion is given anew in each.
    pub fn advice(&self) -> Option<Advice> {
        let since = self.opened_at();
        self.privacy().filter(|privacy| privacy.advised_at >= since).and_then(|privacy| privacy.advice)
    }
    /// The threats that were not withdrawn.
    pub fn live_threats(&self) -> impl Iterator<Item = &Threat> {
        self.threats.iter().filter(|threat| !threat.archived)
    }
    /// The controls that were not withdrawn.
    pub fn live_controls(&self) -> impl Iterator<Item = &Control> {
        self.controls.iter().filter(|control| !control.archived)
    }
    /// The links of a threat to live controls, with the control.
    pub fn controls_of(&self, threat: Id) -> impl Iterator<Item = (&Link, &Control)> {
        let found: Vec<_> = Against::of(self).of_threat(self, threat).collect();
        found.into_iter()
    }
    /// The newest hand-off of `step` in the current review; a recalled one counts as none.
    pub fn handoff(&self, step: Step) -> Option<&Handoff> {
        use super::decision::HandoffState::Recalled;
        let review = self.review()?.id;
        let newest = self.handoffs.iter().rev().find(|h| h.review == Some(review) && h.step == Some(step))?;
        (newest.state != Some(Recalled)).then_some(newest)
    }
    /// The sign-offs of the current review.
    pub fn signoffs_now(&self) -> impl DoubleEndedIterator<Item = &Signoff> {
        let review = self.review().map(|review| review.id);
        self.signoffs.iter().filter(move |signoff| signoff.review == review && review.is_some())
    }
    /// The acceptances of a threat, oldest first.
    pub fn acceptances_of(&self, threat: Id) -> impl DoubleEndedIterator<Item = &Acceptance> {
        self.acceptances.iter().filter(move |acceptance| !acceptance.archived && acceptance.threat == Some(threat))
    }
    /// What was decided last, over all reviews.
    pub fn last_disposition(&self) -> Option<&Disposition> {
        self.dispositions.iter().rev().find(|disposition| !disposition.archived)
    }
    /// What was decided in the current review.
    pub fn decided(&self) -> Option<&Disposition> {
        let review = self.review()?.id;
        self.dispositions.iter().rev().find(|d| !d.archived && d.review == Some(review))
    }

    /// Whoever holds `role` on this system.
    pub fn holder(&self, role: Role, today: Day) -> Option<Id> {
        holder(&self.assignments, &self.defaults, role, today).filter(|person| !self.is_withdrawn(*person))
    }
    /// Whether `person` may act in `role` on this system.
    pub fn holds(&self, person: Id, role: Role, today: Day) -> bool {
        holds(&self.assignments, &self.defaults, person, role, today).is_some() && !self.is_withdrawn(person)
    }
    /// Every role in which `person` may act on this system.
    pub fn roles_of(&self, person: Id, today: Day) -> Vec<Role> {
        if self.is_withdrawn(person) {
            return Vec::new();
        }
        roles_of(&self.assignments, &self.defaults, person, today)
    }
    /// Whether a person was withdrawn from the record: their name stays, their roles end.
    fn is_withdrawn(&self, person: Id) -> bool {
        self.people.by_id(person).is_some_and(|known| known.archived)
    }
    /// The name of a person.
    pub fn person_name(&self, id: Id) -> Option<&Line> {
        self.people.by_id(id).map(|person| &person.name)
    }
    /// The name and title of a person, as frozen into decisions.
    pub fn name_and_title(&self, id: Id) -> Line {
        self.people.by_id(id).map_or_else(Line::default, |person| {
            if person.title.is_empty() {
                person.name.clone()
            } else {
                Line::new(&format!("{}, {}", person.name, person.title))
            }
        })
    }

    /// Every class of data in scope: of the system, unless it is withdrawn, and of whatever flows in it.
    pub fn data_classes(&self) -> Vec<DataClass> {
        let none = System::empty(Id([0; 16]));
        data_classes(self.system().unwrap_or(&none), &self.flows, &self.retrievals)
    }
    /// Whether personal data is in scope; derived, never ticked.
    pub fn personal_data(&self) -> bool {
        personal_data(&self.data_classes())
    }
    /// Why personal data is in scope or not, in one sentence.
    pub fn personal_data_because(&self) -> String {
        let classes = self.data_classes();
        let of = |wanted: &dyn Fn(&DataClass) -> bool| {
            classes.iter().filter(|c| wanted(c)).map(|c| c.label()).collect::<Vec<_>>().join(", ")
        };
        if personal_data(&classes) {
            let personal = of(&|c| personal_data(&[*c]));
            format!("Personal data is in scope: the inventory names {personal} data.")
        } else if classes.is_empty() {
            "No data class is named yet, so nobody knows whether personal data is in scope.".to_owned()
        } else {
            format!("No personal data is in scope: the inventory names only {} data.", of(&|_| true))
        }
    }

    /// The tier that follows from the answers, with its explanation; none while nothing is answered.
    pub fn computed_tier(&self) -> Option<TierResult> {
        let intake = self.intake()?;
        let all = answers_of(intake);
        if all.iter().all(|(_, answer)| answer.is_none()) {
            return None;
        }
        let mut answers = Answers::default();
        for (question, answer) in all {
            answers.set(question, answer.map(Answer::level));
        }
        Some(tier(&answers, &|fact| self.fact(fact)))
    }
    /// The tier that counts: the one set by hand, else the computed one.
    pub fn tier(&self) -> Option<Tier> {
        let by_hand = self.intake().and_then(|intake| intake.override_tier);
        by_hand.or_else(|| self.computed_tier().map(|result| result.tier))
    }
    /// A fact about the system as far as the inventory or a correction by hand tells it. What an intake answer only
    /// suggests is no fact here: the tier draws its own conclusion from the answers.
    pub fn fact(&self, id: &str) -> Option<bool> {
        settled(self, id)
    }

    /// The risk matrix in force: now, or at the point in the past that it shows.
    pub fn matrix(&self) -> &'static Matrix {
        self.matrix_then.unwrap_or_else(Matrix::current)
    }
    /// Takes it as a point in the past: levels are read from the matrix that what was bound last names.
    pub fn freeze(&mut self) {
        let signed = self.signoffs.iter().filter_map(|signoff| Some((signoff.at?, &signoff.matrix)));
        let decided = self.dispositions.iter().filter_map(|made| Some((made.at?, &made.matrix)));
        let accepted =
            self.acceptances.iter().filter_map(|acceptance| Some((acceptance.decided_at?, &acceptance.matrix)));
        let named = signed.chain(decided).chain(accepted).filter(|(_, version)| !version.is_empty());
        let newest = named.max_by_key(|(at, _)| *at);
        self.matrix_then = newest.and_then(|(_, version)| Matrix::by_version(version.as_str()));
    }
    /// When the current review was opened.
    pub fn opened_at(&self) -> Option<Moment> {
        self.review().and_then(|review| review.opened_at)
    }
}

/// The seven factors with their answers, in the order of the questionnaire.
pub fn answers_of(intake: &Intake) -> [(&'static str, Option<Answer>); 7] {
    [
        ("data_sensitivity", intake.data_sensitivity),
        ("autonomy", intake.autonomy),
        ("external_exposure", intake.external_exposure),
        ("user_impact", intake.user_impact),
        ("regulated_context", intake.regulated_context),
        ("tool_access", intake.tool_access),
        ("reversibility", intake.reversibility),
    ]
}
