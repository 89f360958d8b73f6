//! The consent part: what is pre-approved by enough and flagged by nobody is taken in one act, each item for itself.

use super::decide::fitting;
use crate::{
    clock,
    desk::{Desk, Trouble, past, summary_today},
    domain::{
        Dossier, Id, Line, Prose,
        command::Command,
        decision::counted,
        fields::Day,
        meeting::{AgendaSection, Item, ItemRef, MatterSort, MeetingAct, Placing},
        people::{Role, Stamp},
        refusal::{Refusal, Rule},
        rules::decide,
    },
    store::{Ask, Stopped},
};

/// What one hat decides of the block, item by item.
type Steps = Vec<(Id, Command, Item)>;

impl Desk {
    /// Takes everything of the consent part that is pre-approved by enough and that nobody flags. Each item stands for
    /// itself: one that a rule refuses stays on the agenda, with the rule's own sentence, and keeps no other from being
    /// taken. What is taken is worked out anew, so that a flag of a moment ago counts.
    pub fn take_consent(&mut self, meeting: Id) -> Result<String, Trouble> {
        let (agenda, _) = self.agenda(Some(meeting))?;
        let block: Vec<Item> = agenda.items.into_iter().filter(Item::can_be_consented).collect();
        if block.is_empty() {
            return Err(Trouble::Usage("Nothing is pre-approved by enough and unflagged any more.".into()));
        }
        let (mut taken, mut left) = (Vec::new(), Vec::new());
        for role in [Role::Signoff, Role::Governance] {
            let steps = self.steps_of(role, &block)?;
            taken.extend(self.each_alone(meeting, role, steps, &mut left)?);
        }
        for item in block.iter().filter(|item| item.sort == MatterSort::Minutes) {
            match self.meet(Role::Signoff, MeetingAct::Approve(item.id, Some(meeting))) {
                Ok(_) => taken.push(item.clone()),
                Err(Trouble::Refused(refusal)) => left.push((item.clone(), refusal)),
                Err(other) => return Err(other),
            }
        }
        for item in &taken {
            // The minutes name what was taken, also what hands had not touched before.
            let kept = ItemRef {
                key: item.key.clone(),
                title: Line::new(&item.title()),
                about: item.system.as_ref().map(|(id, _)| *id),
            };
            let placing = Placing { section: Some(AgendaSection::Consent), ..Placing::default() };
            self.meet(Role::Signoff, MeetingAct::Place(meeting, kept, placing)).or_else(unchanged_is_fine)?;
        }
        told(taken.len(), &left)
    }

    /// What a hat decides of the block.
    fn steps_of(&self, role: Role, block: &[Item]) -> Result<Steps, Trouble> {
        let mut steps = Steps::new();
        for item in block {
            let Some((system, _)) = &item.system else { continue };
            let dossier = self.dossier(*system)?;
            let found = by_consent(&dossier, item, clock::today()).filter(|(hat, _)| *hat == role);
            steps.extend(found.map(|(_, command)| (*system, command, item.clone())));
        }
        Ok(steps)
    }

    /// Decides several things in one hat and one transaction, without those that are refused; says what was taken.
    fn each_alone(
        &mut self,
        meeting: Id,
        role: Role,
        mut steps: Steps,
        left: &mut Vec<(Item, Refusal)>,
    ) -> Result<Vec<Item>, Trouble> {
        let stamp = Stamp { meeting: Some(meeting), ..self.stamp(role)? };
        while !steps.is_empty() {
            match self.all_of(&steps, &stamp)? {
                None => {
                    self.keep_printed(&steps, &stamp)?;
                    return Ok(steps.into_iter().map(|(.., item)| item).collect());
                }
                // Without the meeting's leave nothing of it is taken.
                Some((0, refusal)) => return Err(refusal.into()),
                Some((at, refusal)) => {
                    let (.., item) = steps.remove(at - 1);
                    left.push((item, refusal));
                }
            }
        }
        Ok(Vec::new())
    }

    /// Decides all of it or nothing; says which step was refused, 0 being the meeting itself.
    fn all_of(&mut self, steps: &Steps, stamp: &Stamp) -> Result<Option<(usize, Refusal)>, Trouble> {
        let commands: Vec<(Id, Command)> = steps.iter().map(|(id, command, _)| (*id, command.clone())).collect();
        let leave: Ask<'_, Refusal> = Box::new(|record: &Dossier| fitting(record, &commands, stamp));
        let asks = steps.iter().map(|(system, command, _)| {
            let ask: Ask<'_, Refusal> = Box::new(move |dossier: &Dossier| decide(dossier, command, stamp));
            (Some(*system), ask)
        });
        let mut all = std::iter::once((None, leave)).chain(asks);
        let done = self.store_mut()?.batch(stamp, &summary_today, &mut all, &mut |_| true)?;
        match done {
            Ok(_) => Ok(None),
            Err(Stopped::Refused(at, refusal)) => Ok(Some((at, refusal))),
            Err(Stopped::Cancelled) => Err(Trouble::Usage("It was stopped.".into())),
        }
    }

    /// Each decision keeps its record as it was printed.
    fn keep_printed(&mut self, steps: &Steps, stamp: &Stamp) -> Result<(), Trouble> {
        for (system, command, _) in steps {
            if matches!(command, Command::Decide { .. }) {
                let dossier = self.dossier(*system)?;
                past::keep_printed(self.store_mut()?, &dossier, stamp)?;
            }
        }
        Ok(())
    }
}

/// What was taken, and what was not and why.
fn told(taken: usize, left: &[(Item, Refusal)]) -> Result<String, Trouble> {
    let why = |(item, refusal): &(Item, Refusal)| format!("{}: {}", item.title(), refusal.says);
    let left: Vec<String> = left.iter().map(why).collect();
    if taken == 0 {
        let says = format!("Nothing was taken. {}", left.join(" "));
        return Err(Refusal::new(Rule::GateOpen, says).hint("Each stays on the agenda; decide it by itself.").into());
    }
    let says = format!("{} by consent.", counted(taken, "item was taken", "items were taken"));
    if left.is_empty() {
        return Ok(says);
    }
    let stay = counted(left.len(), "item stays", "items stay");
    Ok(format!("{says} {stay} on the agenda. {}", left.join(" ")))
}

/// What is decided where an item is taken by consent, and in which hat: what was proposed, in the words in which it was.
fn by_consent(dossier: &Dossier, item: &Item, today: Day) -> Option<(Role, Command)> {
    match item.sort {
        MatterSort::Decide => Some((Role::Signoff, as_drafted(dossier, today)?)),
        MatterSort::Accept => Some((Role::Governance, Command::AcceptRisk(item.id))),
        MatterSort::Except => {
            Some((Role::Governance, Command::DecideException { id: item.id, approve: true, why: Prose::default() }))
        }
        _ => None,
    }
}

/// The decision that governance drafted, valid for a year; a condition without a day is due in ninety.
fn as_drafted(dossier: &Dossier, today: Day) -> Option<Command> {
    let review = dossier.review()?;
    let decision = review.draft?;
    let until = today.plus(365);
    let conditions = review.draft_conditions.as_str().lines().map(str::trim).filter(|line| !line.is_empty());
    let conditions = conditions.map(|line| {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        match Day::parse(first.trim_end_matches(':')).filter(|_| !rest.is_empty()) {
            Some(day) => (Prose::new(rest), day),
            None => (Prose::new(line), today.plus(90)),
        }
    });
    let said = review.draft_reason.as_str();
    let rationale = Prose::new(&if said.is_empty() {
        "By consent, as proposed.".to_owned()
    } else {
        format!("By consent: {said}")
    });
    let valid_until = decision.permits().then_some(until);
    Some(Command::Decide { decision, rationale, conditions: conditions.collect(), valid_until })
}

fn unchanged_is_fine(trouble: Trouble) -> Result<Dossier, Trouble> {
    match trouble {
        Trouble::Refused(refusal) if refusal.rule == Rule::NothingChanged => Ok(Dossier::default()),
        other => Err(other),
    }
}
