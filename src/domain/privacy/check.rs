//! The DPO's answers, question by question, and what the DPO makes of each section.

use crate::domain::{
    Line, Prose,
    fields::{Marks, choices, entities},
    people::RULE,
};

choices! {
    /// How a question of the DPO's checklist is answered.
    CheckAnswer {
        Yes "yes" "yes",
        No "no" "no",
        Unclear "unclear" "unclear",
        NotApplicable "not_applicable" "does not apply",
    }
    /// What the DPO advises on one section, mildest first.
    Outcome {
        NotApplicable "not_applicable" "not applicable",
        NoObjection "no_objection" "no objection",
        Comments "comments" "comments",
        Conditions "conditions" "conditions",
        DpiaRequired "dpia_required" "DPIA first",
        PriorConsultation "prior_consultation" "prior consultation",
        AdviseAgainst "advise_against" "advises against",
    }
    /// What the nine criteria come to (GDPR Art. 35).
    Screening {
        DpiaRequired "dpia_required" "a DPIA is required",
        DpoJudgement "dpo_judgement" "the DPO judges",
        NotNeeded "not_needed" "no DPIA is needed",
    }
    /// Whether the people concerned, or those who speak for them, were heard (GDPR Art. 35(9)).
    Views {
        Sought "sought" "sought",
        NotSought "not_sought" "not sought",
    }
    /// How far the prior consultation of the authority is (GDPR Art. 36).
    Consultation {
        NotNeeded "not_needed" "not needed",
        Needed "needed" "needed, not asked yet",
        Asked "asked" "asked",
        Answered "answered" "answered",
    }
}

entities! {
    /// The answer to one question of the DPO's checklist.
    Check {
        /// Which question, such as DKT-D-012.
        check: Line = "Question", Privacy, RULE, needed;
        /// Yes, no, unclear, or it does not apply.
        answer: Option<CheckAnswer> = "Answer", Privacy, RULE, optional;
        /// The articles that were chosen, where the question asks for some.
        chosen: Marks = "Chosen", Privacy, RULE, optional;
        /// What the DPO says with it; required where the answer is a finding or departs from what is suggested.
        note: Prose = "Note", Privacy, RULE, optional;
        /// The version of the checklist then.
        version: Line = "Checklist", none, RULE, optional;
    }
    /// What the DPO makes of one section of the checklist.
    Assessed {
        /// Which section, such as retention.
        section: Line = "Section", Privacy, RULE, needed;
        /// The assessment in words.
        text: Prose = "In words", Privacy, RULE, optional;
        /// What the DPO advises on it.
        outcome: Option<Outcome> = "Outcome", Privacy, RULE, optional;
    }
}
