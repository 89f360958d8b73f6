//! The stages of a review, each on top of the one before.

use super::{Desk, add, add_to, checklist::nothing_found, date, edit, fields, int, list, reference, text};
use docket::domain::{
    Id, Kind, Rule,
    command::Command,
    decision::{Decision, Step, due_roles, subjects},
    fields::Day,
    library::{AnswerKind, dpo_checklist},
    people::Role,
    privacy::{Advice, answer_of},
    value::Value,
};

/// What the system handles, and so whether the DPO has a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Data {
    Personal,
    Internal,
}

/// The needed fields of a system that are free text.
const WORDS: [(&str, &str); 11] = [
    ("purpose", "Answer first-line questions."),
    ("intended_use", "Drafts answers from the manual."),
    ("restricted_use", "Never decides on refunds."),
    ("lifecycle", "pilot"),
    ("environment", "Our own cloud, one region."),
    ("users", "forty agents"),
    ("failure", "Agents answer by hand."),
    ("autonomy", "drafts"),
    ("oversight", "An agent reads before sending."),
    ("pause", "The shift lead, at once"),
    ("documents", "wiki/helpdesk"),
];

/// What the DPO has to write.
const ASSESSED: [(&str, &str); 9] = [
    ("lawful_basis", "Contract."),
    ("minimisation", "Names are cut before the prompt."),
    ("purpose_limitation", "Answers only."),
    ("retention", "Thirty days."),
    ("transfers", "None."),
    ("rights", "Through the service desk."),
    ("dpia_needed", "no"),
    ("dpia_reason", "No large scale."),
    ("dpia", "not_needed"),
];

impl Desk {
    pub fn system(&self) -> Id {
        self.dossier.system().expect("there is a system").id
    }
    pub fn review(&self) -> Id {
        self.dossier.review().expect("there is a review").id
    }
    pub fn intake(&self) -> Id {
        self.dossier.intake().expect("there is an intake").id
    }
    pub fn privacy(&self) -> Id {
        self.dossier.privacy().expect("there is an assessment").id
    }
    /// A threat by its number.
    pub fn threat(&self, number: i64) -> Id {
        self.dossier.threats.iter().find(|t| t.number == Some(number)).expect("there is a threat").id
    }
    /// A control by its number.
    pub fn control(&self, number: i64) -> Id {
        self.dossier.controls.iter().find(|c| c.number == Some(number)).expect("there is a control").id
    }

    /// The answers of the intake, all on one level: "0" is a low tier, "4" the highest.
    pub fn tiered(&mut self, level: &str) -> &mut Self {
        let questions = docket::domain::library::QUESTIONS.map(|question| (question, text(level)));
        let command = edit(Kind::Intake, self.intake(), questions);
        self.must(Role::Owner, command)
    }

    /// Everything that the owner documents.
    pub fn described(&mut self, data: Data) -> &mut Self {
        let class = if data == Data::Personal { "personal" } else { "internal" };
        let (owner, system) = (reference(self.who(Role::Owner)), self.system());
        let mut set = fields(WORDS.map(|(field, words)| (field, text(words))));
        set.extend(fields([("owner", owner.clone()), ("operator", owner), ("manifest", text("yes"))]));
        set.extend(fields([("data", list(&[class]))]));
        self.must(Role::Owner, Command::Edit { kind: Kind::System, id: system, set, why: "".into() });
        let flow = [("name", "Question"), ("origin", "Agent"), ("target", "Model")].map(|(f, v)| (f, text(v)));
        self.must(Role::Owner, add(Kind::Flow, flow));
        let classed = edit(Kind::Flow, self.last(Kind::Flow), [("data", list(&[class]))]);
        self.must(Role::Owner, classed);
        self.must(Role::Owner, add(Kind::Tool, [("name", text("mail")), ("permissions", text("send"))]));
        self.tiered("0")
    }

    /// Hands over, and the receiver confirms.
    #[track_caller]
    pub fn pass(&mut self, step: Step) -> &mut Self {
        self.send(step).must(step.to(), Command::Confirm(step))
    }

    #[track_caller]
    pub fn send(&mut self, step: Step) -> &mut Self {
        self.must(step.from(), Command::Send { step, note: "Please look.".into(), due: None })
    }

    pub fn handed_to_security(&mut self) -> &mut Self {
        self.pass(Step::OwnerSecurity)
    }

    /// A scored threat with a treatment.
    #[track_caller]
    pub fn add_threat(&mut self, title: &str, (likelihood, impact): (i64, i64), covers: &[String]) -> Id {
        let set = [
            ("title", text(title)),
            ("likelihood", int(likelihood)),
            ("impact", int(impact)),
            ("treatment", text("mitigate")),
            ("covers", if covers.is_empty() { Value::Null } else { Value::List(covers.to_vec()) }),
        ];
        self.must(Role::Security, add(Kind::Threat, set));
        self.last(Kind::Threat)
    }

    /// T-1 "Injection", high; T-2 "Wrong answer", medium; with personal data T-3 "Names in the log", medium. Together
    /// they cover everything.
    pub fn rated(&mut self) -> &mut Self {
        let all: Vec<String> = subjects(&self.dossier).into_iter().map(|subject| subject.mark).collect();
        self.add_threat("Injection", (4, 4), &all);
        self.add_threat("Wrong answer", (3, 3), &[]);
        if self.dossier.personal_data() {
            let id = self.add_threat("Names in the log", (3, 3), &[]);
            self.must(Role::Security, edit(Kind::Threat, id, [("personal", text("retention"))]));
        }
        self
    }

    /// A control that is specified: C-1 against T-1.
    pub fn controlled(&mut self) -> &mut Self {
        self.add_control(self.threat(1));
        self
    }

    pub fn add_control(&mut self, threat: Id) -> Id {
        let set = [
            ("title", text("Filter the prompt")),
            ("owner_role", text("builder")),
            ("gate", text("pre_production")),
            ("method", text("test")),
            ("status", text("implemented")),
        ];
        self.must(Role::Security, add_to(threat, Kind::Control, set));
        self.last(Kind::Control)
    }

    /// E-1, and C-1 verified by it for two years.
    pub fn with_evidence(&mut self) -> &mut Self {
        self.add_evidence();
        self.verify(self.control(1), self.last(Kind::Evidence), self.day(730));
        self
    }

    pub fn add_evidence(&mut self) -> &mut Self {
        let set = [
            ("title", text("Test run")),
            ("sort", text("test")),
            ("supports", list(&["works"])),
            ("grade", text("explicit")),
            ("place", text("ci/42")),
            ("collected", date(self.today())),
        ];
        self.must(Role::Security, add(Kind::Evidence, set))
    }

    pub fn verify(&mut self, control: Id, evidence: Id, valid_until: Day) -> &mut Self {
        let set = [
            ("method", text("test")),
            ("outcome", text("works")),
            ("by", reference(self.who(Role::Security))),
            ("on", date(self.today())),
            ("valid_until", date(valid_until)),
            ("evidence", reference(evidence)),
        ];
        self.must(Role::Security, add_to(control, Kind::Verification, set))
    }

    /// The DPO has what it takes to begin; nothing where the DPO has no part.
    pub fn dpo_asked(&mut self) -> &mut Self {
        if self.dossier.personal_data() {
            self.pass(Step::SecurityDpo);
        }
        self
    }

    /// The DPO assessed, validated, advised and handed on; the authority took it up and follows it.
    pub fn advice_given(&mut self) -> &mut Self {
        if !self.dossier.personal_data() {
            return self;
        }
        self.assessed();
        self.must(Role::Dpo, Command::Advise { advice: Advice::Favourable, text: "Go ahead.".into() });
        self.pass(Step::DpoSignoff);
        let followed = edit(Kind::Privacy, self.privacy(), [("followed", text("followed"))]);
        self.must(Role::Signoff, followed)
    }

    /// Every question of the DPO's checklist that has no answer yet gets the one that finds nothing.
    pub fn answered(&mut self) -> &mut Self {
        let asked = dpo_checklist().checks().iter().filter(|check| check.answer != AnswerKind::ThreatValidation);
        for check in asked {
            if answer_of(&self.dossier, &check.id).and_then(|row| row.answer).is_none() {
                self.must(Role::Dpo, nothing_found(check));
            }
        }
        self
    }

    /// The DPO's assessment, without the advice.
    pub fn assessed(&mut self) -> &mut Self {
        self.answered();
        let set = ASSESSED.map(|(field, words)| (field, text(words)));
        let touching: Vec<Id> =
            self.dossier.live_threats().filter(|t| t.personal.is_some()).map(|threat| threat.id).collect();
        for threat in touching {
            self.settle(Role::Dpo, edit(Kind::Threat, threat, [("dpo_verdict", text("confirmed"))]));
        }
        self.settle(Role::Dpo, edit(Kind::Privacy, self.privacy(), set))
    }

    /// [`Self::must`], where a review before may have said the same.
    #[track_caller]
    fn settle(&mut self, role: Role, command: Command) -> &mut Self {
        match self.by(role, command) {
            Err(refusal) if refusal.rule != Rule::NothingChanged => panic!("{role:?}: {refusal}"),
            _ => self,
        }
    }

    pub fn governance_confirmed(&mut self) -> &mut Self {
        self.pass(Step::SecurityGovernance)
    }

    /// A trigger and a draft, handed to the authority, who took it up.
    pub fn drafted(&mut self) -> &mut Self {
        self.must(Role::Governance, add(Kind::Trigger, [("title", text("New model")), ("sort", text("change"))]));
        let draft = [("draft", text("proceed")), ("draft_reason", text("The plan carries."))];
        self.must(Role::Governance, edit(Kind::Review, self.review(), draft));
        self.pass(Step::GovernanceSignoff)
    }

    /// Every sign-off that is due.
    pub fn signed(&mut self) -> &mut Self {
        for role in due_roles(&self.dossier) {
            self.must(role, Command::Sign("I stand by it.".into()));
        }
        self
    }

    /// Up to the plan, the evidence and the DPO's being asked; governance and the DPO have not begun.
    pub fn planned(&mut self, data: Data) -> &mut Self {
        self.described(data).handed_to_security().rated().controlled().with_evidence()
    }

    /// Everything before the decision.
    pub fn ready(&mut self, data: Data) -> &mut Self {
        self.planned(data).dpo_asked().advice_given().governance_confirmed().drafted().signed()
    }

    /// Cleared for a year, and acknowledged by the owner.
    pub fn decided(&mut self, data: Data) -> &mut Self {
        let command = self.ready(data).proceed();
        self.must(Role::Signoff, command).pass(Step::SignoffOwner)
    }

    /// The decision to proceed, valid for a year.
    pub fn proceed(&self) -> Command {
        self.decision(Decision::Proceed, &[])
    }

    /// A decision valid for a year, with conditions that are due in so many days.
    pub fn decision(&self, decision: Decision, conditions: &[(&str, i64)]) -> Command {
        Command::Decide {
            decision,
            rationale: "The residual risk is small.".into(),
            conditions: conditions.iter().map(|(text, days)| ((*text).into(), self.day(*days))).collect(),
            valid_until: Some(self.day(365)),
        }
    }
}
