//! The libraries as one system sees them: the facts that decide what applies, what docket proposes and why, what of a
//! framework is covered, and the entries that a team adds of its own.

mod cover;
mod facts;
mod own;
mod proposals;

pub use cover::{By, Coverage, GROUPED, ItemCover, Parts, cover, framework_item, grouped_under, mapped};
pub use facts::{Basis, OF_DATA_CLASSES, Standing, correction, fact, facts, settled, tally};
pub use own::{Library, mark_of, method_of, refs_of, role_of};
pub use proposals::{Offer, considered, offers, subject};

use super::{
    Line, Prose,
    fields::{Marks, YesNo, choices, entities},
    people::{DESCRIBE, LIBRARY, Role},
    register::{Gate, Method, PersonalKind},
};

choices! {
    /// What an entry of a team's own library is.
    Sort {
        Threat "threat" "threat",
        Control "control" "control",
    }
}

entities! {
    /// A fact about the system, corrected by hand: it wins over what the inventory and the intake say.
    Fact {
        /// Which fact of the vocabulary.
        fact: Line = "System fact", Context, DESCRIBE, needed;
        /// Whether it holds for this system.
        holds: Option<YesNo> = "Holds", Context, DESCRIBE, needed;
        /// How you know, or why what docket derived is wrong.
        reason: Prose = "Because", none, DESCRIBE, needed;
    }
    /// An entry of the team's own library: a threat or a control that is proposed like the shipped ones.
    Shelf {
        /// What people read.
        title: Line = "Title", none, LIBRARY, needed;
        /// Whether it is a threat or a control.
        sort: Option<Sort> = "Kind", none, LIBRARY, needed;
        /// Its number, such as ACME-T-001; docket gives one where this is empty.
        code: Line = "Code", none, LIBRARY, optional;
        /// What happens, or what is in place when it is in place.
        description: Prose = "Description", none, LIBRARY, optional;
        /// Framework items with commas between them, such as LLM01:2025 or AML.T0054.
        maps: Marks = "Framework items", none, LIBRARY, optional;
        /// Codes of the controls against the threat, or of the threats that the control is against, with commas.
        with: Marks = "Goes with", none, LIBRARY, optional;
        /// What the threat does to personal data, if it does.
        personal: Option<PersonalKind> = "Personal data", none, LIBRARY, optional;
        /// The role that answers for the control.
        owner_role: Option<Role> = "Owner role", none, LIBRARY, optional;
        /// The point in the life of a system at which the control has to be there.
        gate: Option<Gate> = "Gate", none, LIBRARY, optional;
        /// How it is shown that the control works.
        method: Option<Method> = "Verification method", none, LIBRARY, optional;
        /// The verification in a sentence.
        check: Prose = "How to verify", none, LIBRARY, optional;
        /// By how many steps the control lowers the likelihood, 0 to 4.
        less_likely: Option<i64> = "Likelihood less by", none, LIBRARY, optional;
        /// By how many steps the control lowers the impact, 0 to 4.
        less_impact: Option<i64> = "Impact less by", none, LIBRARY, optional;
        /// Facts that must all hold for the threat to apply; none means that it applies always.
        facts: Marks = "Applies when all hold", none, LIBRARY, optional;
        /// Facts of which one must hold as well.
        any: Marks = "And one of these", none, LIBRARY, optional;
    }
}
