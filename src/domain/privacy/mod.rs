//! The DPO's part: what is asked, what is advised, and what the deciding person made of it.

mod check;
mod screening;
mod section;

pub use check::{Assessed, Check, CheckAnswer, Consultation, Outcome, Screening, Views};
pub use screening::{NAMED_CASES, Screened, consultation_due, consultation_lacks, outrun, screened};
pub use section::{
    Asked, Lack, SCREENING, SectionNow, THREATS, answer_of, assessed, field_of, is_asked, is_begun, is_finding,
    lacking, section, sections,
};

use super::{
    Line, Prose,
    fields::{Moment, Who, YesNo, choices, entities},
    people::{CLASSIFY, DPO, RULE, SIGNOFF},
};

choices! {
    /// How far the data protection impact assessment is.
    Dpia {
        NotNeeded "not_needed" "not needed",
        Missing "missing" "missing",
        InProgress "in_progress" "in progress",
        Refused "refused" "refused",
        Validated "validated" "validated",
    }
    /// What the DPO advises.
    Advice {
        Favourable "favourable" "no objection",
        Conditions "conditions" "no objection, with conditions",
        Unfavourable "unfavourable" "objection",
    }
    /// What the deciding person made of the advice.
    Followed {
        Fully "followed" "followed",
        Partly "partly" "followed in part",
        Not "not_followed" "not followed",
    }
}

entities! {
    /// The DPO's assessment of one system.
    Privacy {
        /// On which ground the data may be processed (GDPR Art. 6, 9).
        lawful_basis: Prose = "Lawful basis", Privacy, DPO, needed;
        /// Why no less data would do (GDPR Art. 5(1)(c)).
        minimisation: Prose = "Minimisation", Privacy, DPO, needed;
        /// What else the data may and may not be used for (GDPR Art. 5(1)(b)).
        purpose_limitation: Prose = "Purpose limitation", Privacy, DPO, needed;
        /// How long it is kept, and what deletes it (GDPR Art. 5(1)(e)).
        retention: Prose = "Retention", Privacy, DPO, needed;
        /// Whether it leaves the area, and on what ground (GDPR Art. 44 to 49).
        transfers: Prose = "Transfers", Privacy, DPO, needed;
        /// How people get their rights (GDPR Art. 12 to 22).
        rights: Prose = "Rights", Privacy, DPO, needed;
        /// Whether the training data may be used for this.
        training: Prose = "Training-data provenance", Privacy, DPO, optional;
        /// Whether an impact assessment is needed (GDPR Art. 35).
        dpia_needed: Option<YesNo> = "DPIA needed", Privacy, DPO, needed;
        /// Why it is needed or not.
        dpia_reason: Prose = "Why DPIA or not", Privacy, DPO, needed;
        /// How far it is.
        dpia: Option<Dpia> = "DPIA status", Privacy, DPO, needed;
        /// What the nine criteria came to when it was decided whether a DPIA is needed.
        screening: Option<Screening> = "The screening said", Privacy, RULE, optional;
        /// How many criteria were met then, and by which rules.
        screening_because: Line = "Because", Privacy, RULE, optional;
        /// Whether the people concerned, or those who speak for them, were heard (GDPR Art. 35(9)).
        views: Option<Views> = "Views of the people", Privacy, DPO, optional;
        /// What they said, or why they were not asked.
        views_text: Prose = "What they said, or why", Privacy, DPO, optional;
        /// Whether the authority is consulted before processing begins (GDPR Art. 36).
        consultation: Option<Consultation> = "Prior consultation", Privacy, DPO, optional;
        /// Why it is not needed, or what the authority said.
        consultation_text: Prose = "Why, or what it said", Privacy, DPO, optional;
        /// What the owner tells the DPO beforehand.
        briefing: Prose = "Owner's words", none, CLASSIFY, optional;
        /// What the DPO advises.
        advice: Option<Advice> = "Advice", Privacy, RULE, optional;
        /// The advice in words, with its conditions.
        advice_text: Prose = "Advice in words", Privacy, RULE, optional;
        /// Who gave it.
        advised_by: Option<Who> = "Advised by", Privacy, RULE, optional;
        /// When it was given.
        advised_at: Option<Moment> = "Advised at", none, RULE, optional;
        /// What the deciding person made of the advice.
        followed: Option<Followed> = "Advice was", Answer, SIGNOFF, optional;
        /// Why; required unless the advice is followed.
        followed_reason: Prose = "Why", Answer, SIGNOFF, optional;
    }
}
