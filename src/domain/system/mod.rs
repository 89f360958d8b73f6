//! The inventory: an AI system, what it is made of and what it touches.

use super::{
    Line, Prose,
    fields::{Choice, Day, Digest, Moment, Vocabulary, Who, YesNo, choices, entities},
    people::{CLASSIFY, DESCRIBE, RULE},
};

mod data;
pub use super::library::Tier;
pub use data::{data_classes, personal_data};

choices! {
    /// Where a system is in its life.
    Lifecycle {
        Planned "planned" "planned",
        Development "development" "development",
        Pilot "pilot" "pilot",
        Production "production" "production",
        Retired "retired" "retired",
    }
    /// How much happens without a person deciding.
    Autonomy {
        Informs "informs" "only informs",
        Drafts "drafts" "drafts, a person sends",
        Approved "approved" "acts after approval",
        Limited "limited" "acts alone within limits",
        Alone "alone" "plans and acts alone",
    }
    /// A class of data.
    DataClass {
        Public "public" "public",
        Internal "internal" "internal",
        Confidential "confidential" "confidential",
        Personal "personal" "personal",
        Special "special" "special category",
        Children "children" "children's",
    }
    /// One of the five levels of an intake question, or not known.
    Answer {
        None "0" "0",
        Low "1" "1",
        Middle "2" "2",
        High "3" "3",
        Top "4" "4",
    }
}

entities! {
    /// An AI system in the inventory; it lives long.
    System {
        /// What people call it.
        name: Line = "Name", Description, DESCRIBE, needed;
        /// The one person who answers for it; their name, never a team.
        owner: Option<Who> = "Accountable owner", Description, DESCRIBE, needed;
        /// Who runs it technically; may be the owner, and is then shown as the same.
        operator: Option<Who> = "Technical operator", Description, DESCRIBE, needed;
        /// What the organisation wants from it.
        purpose: Prose = "Business purpose", Description, DESCRIBE, needed;
        /// What it may be used for.
        intended_use: Prose = "Intended uses", Description, DESCRIBE, needed;
        /// What it must not be used for.
        restricted_use: Prose = "Restricted uses", Description, DESCRIBE, needed;
        /// Where it is in its life.
        lifecycle: Option<Lifecycle> = "Lifecycle", Context, DESCRIBE, needed;
        /// When it is to be launched, or since when it runs.
        launch: Line = "Launch status", none, DESCRIBE, optional;
        /// Where it runs: cloud, region, tenant, device.
        environment: Prose = "Deployment environment", Context, DESCRIBE, needed;
        /// Who uses it, how many, inside or outside.
        users: Line = "User population", Context, DESCRIBE, needed;
        /// What happens to the work when it fails or is wrong.
        failure: Prose = "Consequence of failure", Context, DESCRIBE, needed;
        /// How much happens without a person deciding.
        autonomy: Option<Autonomy> = "Autonomy level", Context, DESCRIBE, needed;
        /// How a person watches and can step in.
        oversight: Prose = "Human oversight", Context, DESCRIBE, needed;
        /// From what size, amount or doubt a person must look first.
        thresholds: Prose = "Human-review thresholds", Context, DESCRIBE, optional;
        /// Who can stop it, and how fast.
        pause: Line = "Who can pause it", Context, DESCRIBE, needed;
        /// Every class of data that it reads, keeps or produces.
        data: Vec<DataClass> = "Data classes", Data, CLASSIFY, needed;
        /// Where training and tuning data come from, and on what ground.
        provenance: Prose = "Training-data provenance", Data, CLASSIFY, optional;
        /// Vendors and subprocessors, one per line.
        vendors: Prose = "Vendors, subprocessors", Manifest, DESCRIBE, optional;
        /// Which special rules apply to this use.
        regulated: Line = "Regulated context", Context, DESCRIBE, optional;
        /// Whom to tell when it makes things up.
        hallucination: Line = "Contact: hallucination", Context, DESCRIBE, optional;
        /// Whom to tell when it leaks.
        leakage: Line = "Contact: leakage", Context, DESCRIBE, optional;
        /// Whom to tell when it is unfair.
        bias: Line = "Contact: bias", Context, DESCRIBE, optional;
        /// Whom to tell when it does what it must not.
        unauthorised: Line = "Contact: unauthorised", Context, DESCRIBE, optional;
        /// Where the architecture documents are, one per line.
        documents: Prose = "Architecture documents", Description, DESCRIBE, needed;
        /// The tool manifest was filled, also when there are no tools at all.
        manifest: Option<YesNo> = "Tool manifest complete", Manifest, DESCRIBE, needed;
        /// Notes that nobody signs.
        notes: Prose = "Notes", none, DESCRIBE, optional;
        /// Where an import found it.
        source: Line = "Imported from", none, RULE, optional;
        /// What the source says beside docket's own fields.
        source_text: Prose = "Words of the source", none, RULE, optional;
        /// What the last import said of it, to tell later what was changed since; by whom, a digest for each field.
        imported: Line = "As imported", none, RULE, optional;
    }
    /// The seven answers of the intake, and the tier.
    Intake {
        /// What is the most sensitive data that it reads, keeps or produces?
        data_sensitivity: Option<Answer> = "Data sensitivity", Context, CLASSIFY, needed;
        /// How much can happen without a person deciding?
        autonomy: Option<Answer> = "Autonomy", Context, CLASSIFY, needed;
        /// Who can reach it, and whose content does it read?
        external_exposure: Option<Answer> = "External exposure", Context, CLASSIFY, needed;
        /// What is the worst realistic effect on a person?
        user_impact: Option<Answer> = "Impact on people", Context, CLASSIFY, needed;
        /// Do special rules apply to this use?
        regulated_context: Option<Answer> = "Regulated context", Context, CLASSIFY, needed;
        /// What can it touch through tools, queries or code?
        tool_access: Option<Answer> = "Tool access", Context, CLASSIFY, needed;
        /// If it does something wrong, how easily is it undone?
        reversibility: Option<Answer> = "Reversibility", Context, CLASSIFY, needed;
        /// A tier set by hand; the computed one stays beside it.
        override_tier: Option<Tier> = "Tier by hand", Context, RULE, optional;
        /// Why the computed tier does not fit.
        override_reason: Prose = "Reason", Context, RULE, optional;
        /// Who set it.
        override_by: Option<Who> = "Set by", none, RULE, optional;
        /// When it was set.
        override_at: Option<Moment> = "Set at", none, RULE, optional;
    }
    /// A version that goes live; a clearance is for one release.
    Release {
        /// The version as the builders call it.
        version: Line = "Version", Description, DESCRIBE, needed;
        /// The digest of what is deployed.
        digest: Digest = "SHA-256", Description, DESCRIBE, optional;
        /// When it is to go live.
        planned: Option<Day> = "Planned for", none, DESCRIBE, optional;
        /// What is new in it.
        notes: Prose = "Notes", none, DESCRIBE, optional;
    }
    /// Data on its way from one place to another.
    Flow {
        /// What flows, in a few words.
        name: Line = "Data flow", Flows, DESCRIBE, needed;
        /// Where it comes from.
        origin: Line = "From", Flows, DESCRIBE, needed;
        /// Where it goes.
        target: Line = "To", Flows, DESCRIBE, needed;
        /// The classes of data in it.
        data: Vec<DataClass> = "Data classes", Data, CLASSIFY, needed;
        /// How it travels.
        protocol: Line = "Protocol", Flows, DESCRIBE, optional;
        /// Whether it is encrypted on the way.
        encrypted: Option<YesNo> = "Encrypted", Flows, DESCRIBE, optional;
        /// Whether it crosses a public network.
        public: Option<YesNo> = "Public network", Flows, DESCRIBE, optional;
        /// Why it is not part of this review.
        out_of_scope: Line = "Out of scope because", Flows, DESCRIBE, optional;
        /// Where an import found it.
        source: Line = "Imported from", none, RULE, optional;
        /// What the last import said of it, to tell later what was changed since; by whom, a digest for each field.
        imported: Line = "As imported", none, RULE, optional;
        /// Since when the file that it came from does not hold it any more; it is kept all the same.
        gone: Option<Day> = "Gone from source", none, RULE, optional;
    }
    /// A part of the system: a process, a store, a person or a program outside.
    Component {
        /// What it is called.
        name: Line = "Component", Description, DESCRIBE, needed;
        /// What kind of part it is.
        sort: Line = "Kind", Description, DESCRIBE, optional;
        /// Why it is not part of this review.
        out_of_scope: Line = "Out of scope because", Description, DESCRIBE, optional;
        /// Where an import found it.
        source: Line = "Imported from", none, RULE, optional;
        /// What the last import said of it, to tell later what was changed since; by whom, a digest for each field.
        imported: Line = "As imported", none, RULE, optional;
        /// Since when the file that it came from does not hold it any more; it is kept all the same.
        gone: Option<Day> = "Gone from source", none, RULE, optional;
    }
    /// Something that the system can call or do.
    Tool {
        /// What it is called.
        name: Line = "Tool", Manifest, DESCRIBE, needed;
        /// What it may do: read, write, send, pay, delete, and where.
        permissions: Line = "Permissions", Manifest, DESCRIBE, needed;
        /// Whether a person approves each use.
        approval: Option<YesNo> = "Approved per use", Manifest, DESCRIBE, optional;
        /// Where an import found it.
        source: Line = "Imported from", none, RULE, optional;
        /// What the last import said of it, to tell later what was changed since; by whom, a digest for each field.
        imported: Line = "As imported", none, RULE, optional;
        /// Since when the file that it came from does not hold it any more; it is kept all the same.
        gone: Option<Day> = "Gone from source", none, RULE, optional;
    }
    /// A connection to something outside.
    Connection {
        /// What it connects to.
        name: Line = "External connection", Manifest, DESCRIBE, needed;
        /// Who runs the other end.
        party: Line = "Run by", Manifest, DESCRIBE, optional;
        /// What goes over it.
        carries: Line = "Carries", Manifest, DESCRIBE, optional;
        /// Where an import found it.
        source: Line = "Imported from", none, RULE, optional;
        /// What the last import said of it, to tell later what was changed since; by whom, a digest for each field.
        imported: Line = "As imported", none, RULE, optional;
        /// Since when the file that it came from does not hold it any more; it is kept all the same.
        gone: Option<Day> = "Gone from source", none, RULE, optional;
    }
    /// A model that the system uses.
    Model {
        /// What it is called.
        name: Line = "Model", Manifest, DESCRIBE, needed;
        /// Who provides it.
        provider: Line = "Provider", Manifest, DESCRIBE, needed;
        /// The version that is pinned.
        version: Line = "Version", Manifest, DESCRIBE, optional;
        /// Where it runs.
        hosting: Line = "Hosting", Manifest, DESCRIBE, optional;
        /// Where an import found it.
        source: Line = "Imported from", none, RULE, optional;
        /// What the last import said of it, to tell later what was changed since; by whom, a digest for each field.
        imported: Line = "As imported", none, RULE, optional;
        /// Since when the file that it came from does not hold it any more; it is kept all the same.
        gone: Option<Day> = "Gone from source", none, RULE, optional;
    }
    /// A source from which the system retrieves.
    Retrieval {
        /// What it is called.
        name: Line = "Retrieval source", Manifest, DESCRIBE, needed;
        /// What is in it.
        content: Line = "Content", Manifest, DESCRIBE, optional;
        /// The classes of data in it.
        data: Vec<DataClass> = "Data classes", Data, CLASSIFY, optional;
        /// Who can write to it.
        writers: Line = "Written by", Manifest, DESCRIBE, optional;
        /// Where an import found it.
        source: Line = "Imported from", none, RULE, optional;
        /// What the last import said of it, to tell later what was changed since; by whom, a digest for each field.
        imported: Line = "As imported", none, RULE, optional;
        /// Since when the file that it came from does not hold it any more; it is kept all the same.
        gone: Option<Day> = "Gone from source", none, RULE, optional;
    }
}

impl Answer {
    /// The level, 0 (harmless) to 4 (worst).
    pub fn level(self) -> u8 {
        self as u8
    }
    /// The answer with this level.
    pub fn of(level: u8) -> Option<Self> {
        [Self::None, Self::Low, Self::Middle, Self::High, Self::Top].get(usize::from(level)).copied()
    }
}

impl Vocabulary for Tier {
    const CHOICES: &'static [Choice] = &[
        Choice { code: "minimal", label: "minimal" },
        Choice { code: "limited", label: "limited" },
        Choice { code: "high", label: "high" },
        Choice { code: "critical", label: "critical" },
    ];
    const ALL: &'static [Self] = &[Self::Minimal, Self::Limited, Self::High, Self::Critical];
}
