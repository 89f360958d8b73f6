//! Where keys are valid.

/// A place with keys of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere but in text, questions and scoring.
    Global,
    /// The board: all systems.
    Board,
    /// Every tab of one system.
    System,
    /// The overview of a system.
    Overview,
    /// Data flows, components, releases.
    Inventory,
    /// The threat register.
    Threats,
    /// The matrix beside the threat register, while it has the keys.
    Map,
    /// The control plan.
    Controls,
    /// The evidence.
    Evidence,
    /// The DPO's pane.
    Privacy,
    /// One section of the DPO's checklist.
    DpoSection,
    /// The independence policy.
    Policy,
    /// Acceptances, triggers, changes, incidents.
    Governance,
    /// What is done and what is missing.
    Checklist,
    /// The hand-offs of a system.
    Handoffs,
    /// The sign-off pane.
    SignoffPane,
    /// The log of a system.
    History,
    /// The log of the whole record.
    Log,
    /// The risk of a system in pictures.
    Risk,
    /// The risk of all systems in pictures.
    Portfolio,
    /// The libraries: what is proposed, facts, threats, controls, frameworks.
    Library,
    /// Scoring on the matrix.
    Score,
    /// Rating what is unscored, one threat after the other.
    Rate,
    /// Answering the intake, one system after the other.
    Tier,
    /// The threats of all systems.
    AllThreats,
    /// The acceptances of all systems.
    Acceptances,
    /// The agenda and the meeting.
    Meeting,
    /// What came back in a bundle.
    Merge,
    /// A cell of the register that is being written.
    Cell,
    /// A sheet, the focus on a line or a choice.
    Form,
    /// A sheet, the focus on a text of many lines.
    Prose,
    /// The filter of a list.
    Filter,
    /// A folder, to choose a file from.
    Files,
    /// What the columns of a table are.
    Columns,
    /// A text to read.
    Reader,
    /// Do or find anything.
    Palette,
    /// The keys of this place, searchable.
    Help,
    /// A question.
    Confirm,
    /// A list to choose from.
    Chooser,
    /// The first run.
    Welcome,
}

impl Context {
    /// Every context, in the order in which the key table is printed.
    pub const ALL: [Self; 40] = [
        Self::Global,
        Self::Board,
        Self::System,
        Self::Overview,
        Self::Inventory,
        Self::Threats,
        Self::Map,
        Self::Score,
        Self::Controls,
        Self::Evidence,
        Self::Privacy,
        Self::DpoSection,
        Self::Policy,
        Self::Governance,
        Self::Checklist,
        Self::Handoffs,
        Self::SignoffPane,
        Self::History,
        Self::Log,
        Self::Rate,
        Self::Tier,
        Self::AllThreats,
        Self::Acceptances,
        Self::Meeting,
        Self::Merge,
        Self::Cell,
        Self::Risk,
        Self::Portfolio,
        Self::Library,
        Self::Form,
        Self::Prose,
        Self::Filter,
        Self::Files,
        Self::Columns,
        Self::Reader,
        Self::Palette,
        Self::Help,
        Self::Confirm,
        Self::Chooser,
        Self::Welcome,
    ];

    /// The contexts whose keys work here, innermost first.
    pub fn chain(self) -> &'static [Self] {
        match self {
            Self::Global => &[Self::Global],
            Self::Board => &[Self::Board, Self::Global],
            Self::System => &[Self::System, Self::Global],
            Self::Overview => &[Self::Overview, Self::System, Self::Global],
            Self::Inventory => &[Self::Inventory, Self::System, Self::Global],
            Self::Threats => &[Self::Threats, Self::System, Self::Global],
            Self::Map => &[Self::Map, Self::System, Self::Global],
            Self::Controls => &[Self::Controls, Self::System, Self::Global],
            Self::Evidence => &[Self::Evidence, Self::System, Self::Global],
            Self::Privacy => &[Self::Privacy, Self::System, Self::Global],
            Self::DpoSection => &[Self::DpoSection],
            Self::Policy => &[Self::Policy],
            Self::Governance => &[Self::Governance, Self::System, Self::Global],
            Self::Checklist => &[Self::Checklist, Self::System, Self::Global],
            Self::Handoffs => &[Self::Handoffs, Self::System, Self::Global],
            Self::SignoffPane => &[Self::SignoffPane, Self::System, Self::Global],
            Self::History => &[Self::History, Self::System, Self::Global],
            Self::Log => &[Self::Log, Self::Global],
            Self::Risk => &[Self::Risk, Self::System, Self::Global],
            Self::Portfolio => &[Self::Portfolio, Self::Global],
            Self::Library => &[Self::Library, Self::Global],
            Self::Score => &[Self::Score],
            Self::Rate => &[Self::Rate],
            Self::Tier => &[Self::Tier],
            Self::AllThreats => &[Self::AllThreats, Self::Global],
            Self::Acceptances => &[Self::Acceptances, Self::Global],
            Self::Meeting => &[Self::Meeting],
            Self::Merge => &[Self::Merge],
            Self::Cell => &[Self::Cell],
            Self::Form => &[Self::Form],
            Self::Prose => &[Self::Prose],
            Self::Filter => &[Self::Filter],
            Self::Files => &[Self::Files],
            Self::Columns => &[Self::Columns],
            Self::Reader => &[Self::Reader],
            Self::Palette => &[Self::Palette],
            Self::Help => &[Self::Help],
            Self::Confirm => &[Self::Confirm],
            Self::Chooser => &[Self::Chooser],
            Self::Welcome => &[Self::Welcome],
        }
    }

    /// Whether a bare character is text here, so that no command may have it.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Cell | Self::Form | Self::Prose | Self::Filter | Self::Files | Self::Palette | Self::Help)
    }

    /// The name of the place, as the help and the key table say it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Global => "Everywhere",
            Self::Board => "Board",
            Self::System => "A system, on every tab",
            Self::Overview => "Overview",
            Self::Inventory => "Flows and inventory",
            Self::Threats => "Threats",
            Self::Map => "The matrix beside the threats",
            Self::Controls => "Controls",
            Self::Evidence => "Evidence",
            Self::Privacy => "DPO",
            Self::DpoSection => "DPO, one section",
            Self::Policy => "Independence policy",
            Self::Governance => "Governance",
            Self::Checklist => "Checklist",
            Self::Handoffs => "Hand-offs",
            Self::SignoffPane => "Sign-off",
            Self::History => "Log",
            Self::Log => "Log of the whole record",
            Self::Risk => "Risk of a system",
            Self::Portfolio => "Risk of all systems",
            Self::Library => "Libraries",
            Self::Score => "Scoring",
            Self::Rate => "Rating one after the other",
            Self::Tier => "Tiering one after the other",
            Self::AllThreats => "All threats",
            Self::Acceptances => "All acceptances",
            Self::Meeting => "Meeting",
            Self::Merge => "A bundle that came back",
            Self::Cell => "In a cell",
            Self::Form => "In a sheet",
            Self::Prose => "In a long text",
            Self::Filter => "In a filter",
            Self::Files => "Choosing a file",
            Self::Columns => "The columns of a table",
            Self::Reader => "A text to read",
            Self::Palette => "Do or find anything",
            Self::Help => "Help",
            Self::Confirm => "A question",
            Self::Chooser => "A list to choose from",
            Self::Welcome => "First run",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_names_every_context_once() {
        let mut all = Context::ALL.to_vec();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), Context::ALL.len());
        assert_eq!(all.last().map(|last| *last as usize), Some(all.len() - 1));
    }

    #[test]
    fn chains_start_at_home_and_text_has_none() {
        for context in Context::ALL {
            assert_eq!(context.chain()[0], context);
            assert!(!context.is_text() || context.chain().len() == 1);
        }
    }
}
