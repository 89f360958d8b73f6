//! The policy on the screen: a table of role pairs and tiers with the quorum below it, changed cell by cell and kept as
//! the next version.

use super::{
    Effect, Model, Overlay, Screen, acts,
    confirm::{Confirm, Reader, Yes},
    form::Form,
    panes::moment,
    sheets::{self, Purpose},
};
use crate::{
    domain::{
        Dossier,
        decision::{Judgement, PAIRS, QUORUMS, Rules, newest_policy, rules_in_force},
        fields::{Form as FieldForm, Vocabulary},
        people::Role,
        refusal::Rule,
        rules::may,
        system::Tier,
        value::Value,
        verb::Verb,
    },
    keymap::{Action, Keymap},
};

/// The table, as it is in force and as it is to be.
#[derive(Debug)]
pub struct PolicyTable {
    /// What belongs to the record: its people, and every version.
    pub record: Dossier,
    /// What is in force.
    pub before: Rules,
    /// What is to be.
    pub after: Rules,
    /// The cell that the cursor is on: a pair, a tier.
    pub at: (usize, usize),
}

impl PolicyTable {
    /// The table of a record.
    pub fn new(record: Dossier) -> Self {
        let before = rules_in_force(&record);
        Self { record, after: before.clone(), before, at: (0, 0) }
    }

    /// What would change, a line for each cell.
    pub fn changes(&self) -> Vec<String> {
        self.after.changes(&self.before)
    }

    /// Whether the cursor is on the quorum, below the pairs.
    pub fn on_quorum(&self) -> bool {
        self.at.0 == PAIRS.len()
    }

    /// What the cell under the cursor says, in a sentence.
    pub fn sentence(&self) -> String {
        if self.on_quorum() {
            let says = self.after.quorum_words();
            return format!(
                "So many have to be there for a meeting to decide: {says}. A meeting may say otherwise, with a reason."
            );
        }
        let (one, other) = PAIRS[self.at.0];
        let tier = Tier::ALL[self.at.1].label();
        let says = match self.after.cell(self.at.0, self.at.1) {
            Judgement::Allow => "is allowed, and only shown",
            Judgement::Note => "is allowed, and noted in the record",
            Judgement::Countersign => "needs the countersignature of a second person before a clearance",
            Judgement::Block => "is blocked before a clearance, unless a reason and a measure are recorded",
        };
        format!("One person as {} and {} on a {} tier system {says}.", one.label(), other.label(), tier.to_lowercase())
    }

    /// Which version is in force, by whom and why.
    pub fn version(&self) -> String {
        newest_policy(&self.record).map_or_else(
            || "Version 0: as docket has it built in.".to_owned(),
            |policy| {
                let at = policy.at.map_or_else(String::new, moment);
                let why = policy.reason.as_str().lines().next().unwrap_or("");
                format!("Version {} by {}, {at}: {why}", policy.number.unwrap_or(0), policy.name)
            },
        )
    }

    /// Every version, the newest first, with what it changed.
    fn history(&self) -> Vec<String> {
        let mut all: Vec<_> = self.record.policies.iter().filter(|policy| !policy.archived).collect();
        all.sort_by_key(|policy| policy.number);
        let mut lines = Vec::new();
        let mut before = Rules::default();
        for policy in all {
            let rules = Rules::of(policy);
            let mut own = vec![
                format!("# Version {}", rules.version),
                format!("{}, {}", policy.name, policy.at.map_or_else(String::new, moment)),
                policy.reason.to_string(),
            ];
            own.extend(rules.changes(&before).into_iter().map(|change| format!("  {change}")));
            own.push(String::new());
            lines.splice(0..0, own);
            before = rules;
        }
        lines.push("# Version 0".to_owned());
        lines.push("Built in: the DPO beside another review role is noted on the tiers minimal and limited, and blocked on high and critical unless a reason is recorded; every other pair is noted. A meeting decides when more than half of those invited are there.".to_owned());
        lines
    }

    fn turn(&mut self, action: Action) {
        let (pair, tier) = self.at;
        if self.on_quorum() && matches!(action, Action::Left | Action::Right) {
            self.after.quorum = beside(self.after.quorum, action == Action::Right);
        }
        self.at = match action {
            Action::Left | Action::Right if self.on_quorum() => self.at,
            Action::Up => (pair.saturating_sub(1), tier),
            Action::Down => ((pair + 1).min(PAIRS.len()), tier),
            Action::Left => (pair, tier.saturating_sub(1)),
            Action::Right => (pair, (tier + 1).min(Tier::ALL.len() - 1)),
            _ => self.at,
        };
    }

    fn say(&mut self, judgement: Judgement) {
        if self.on_quorum() {
            return;
        }
        self.after.set(self.at.0, self.at.1, judgement);
    }
}

/// The next number, or the one before it; below the first there is none, which is more than half.
fn beside(quorum: Option<u8>, more: bool) -> Option<u8> {
    match (quorum, more) {
        (None, true) => Some(*QUORUMS.start()),
        (Some(count), true) => Some(count.saturating_add(1).min(*QUORUMS.end())),
        (Some(count), false) => count.checked_sub(1).filter(|count| QUORUMS.contains(count)),
        (None, false) => None,
    }
}

fn judgement_of(action: Action) -> Option<Judgement> {
    Some(match action {
        Action::SayAllow => Judgement::Allow,
        Action::SayNote => Judgement::Note,
        Action::SayCountersign => Judgement::Countersign,
        Action::SayBlock => Judgement::Block,
        _ => return None,
    })
}

/// What an action does to the table.
pub(super) fn on_policy(model: &mut Model, _: &Keymap, mut table: Box<PolicyTable>, action: Action) -> Option<Effect> {
    if let Some(judgement) = judgement_of(action) {
        table.say(judgement);
    }
    table.turn(action);
    match action {
        Action::Tick if table.on_quorum() => {
            let last = table.after.quorum == Some(*QUORUMS.end());
            table.after.quorum = if last { None } else { beside(table.after.quorum, true) };
        }
        Action::Tick => {
            let now = table.after.cell(table.at.0, table.at.1) as usize;
            table.say(Judgement::ALL[(now + 1) % Judgement::ALL.len()]);
        }
        Action::Versions => {
            let lines = table.history();
            model.overlays.push(Overlay::Policy(table));
            let title = "The independence policy, version by version".to_owned();
            model.overlays.push(Overlay::Reader(Reader { title, lines, ..Reader::default() }));
            return None;
        }
        Action::Save => return save(model, table),
        Action::Back if table.changes().is_empty() => return None,
        Action::Back => {
            // What was changed and not kept goes only after a second key.
            table.after = table.before.clone();
            model.say(false, "The cells are as they are in force again; Esc closes the policy.");
        }
        _ => {}
    }
    model.overlays.push(Overlay::Policy(table));
    None
}

/// The sheet that asks why, in the hat of the governance lead.
fn save(model: &mut Model, table: Box<PolicyTable>) -> Option<Effect> {
    let me = model.me.clone();
    let changes = table.changes();
    let refused = me.as_ref().and_then(|me| {
        may(&table.record, me.person, me.role, Verb::SetPolicy, model.today).err().map(|refused| (me, refused))
    });
    let other = refused.as_ref().filter(|(_, refused)| matches!(refused.rule, Rule::RoleMayNot | Rule::RoleNotHeld));
    let governs = other.is_some_and(|(me, _)| table.record.holds(me.person, Role::Governance, model.today));
    let says = refused.map(|(_, refused)| refused.to_string());
    let marks = table.after.marks();
    model.overlays.push(Overlay::Policy(table));
    if changes.is_empty() {
        model.say(true, "Nothing was changed: a allows, n notes, c wants a countersignature, b blocks; the arrows change the quorum.");
    } else if let Some(why) = model.record.read_only.clone() {
        model.say(true, format!("Read only: {why}."));
    } else if governs {
        let question = "The governance lead sets the policy. Act as Governance lead and do it?".to_owned();
        let lines = vec!["The log records the hat, not only the person.".to_owned()];
        let yes = Yes::SwitchAndDo(Role::Governance, Action::Save);
        model.overlays.push(Overlay::Confirm(Confirm { question, lines, yes }));
    } else if let Some(says) = says {
        model.say(true, says);
    } else {
        let form = sheet(&sheets::initials(&me?.name), marks, changes);
        return acts::push(model, form);
    }
    None
}

fn sheet(initials: &str, marks: Vec<String>, changes: Vec<String>) -> Form {
    use sheets::FormField as Field;
    let none = Value::Null;
    let fields = vec![
        Field::new("reason", "Why", "Kept with the version, beside who and when.", FieldForm::Prose, &none).needed(),
        Field::new("initials", "Your initials", &format!("Type {initials} to set it."), FieldForm::Line, &none)
            .needed(),
    ];
    let mut form =
        Form::new("The next version of the policy", "set it", Purpose::Policy(marks), "policy".into(), fields);
    form.lines = changes;
    form.lines.push("Open reviews follow it at once; what is decided keeps the version of its decision.".to_owned());
    form
}

/// The policy was read, or its next version is durable: the table and the system below it show it.
pub(super) fn absorb(model: &mut Model, record: Dossier, says: Option<String>) {
    let today = model.today;
    if says.is_some() && model.writing().is_some() {
        model.overlays.pop();
    }
    if let Screen::System(screen) = &mut model.screen {
        screen.dossier.policies.clone_from(&record.policies);
        screen.refresh(today);
    }
    let open = model.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Policy(table) => Some(table),
        _ => None,
    });
    match open {
        Some(table) => **table = PolicyTable { at: table.at, ..PolicyTable::new(record) },
        None => model.overlays.push(Overlay::Policy(Box::new(PolicyTable::new(record)))),
    }
    if let Some(says) = says {
        model.say(false, says);
    }
}
