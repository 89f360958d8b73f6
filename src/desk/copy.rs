//! Threats go from one system to another: their words, never what was decided.

use super::{Desk, Trouble, summary_today};
use crate::{
    domain::{
        Id, Kind, Prose, command::Command, decision::counted, page::Opened, people::Role, refusal::Refusal,
        register::Threat, rules::decide,
    },
    store::{Ask, Stopped},
};

impl Desk {
    /// Copies threats to the system of this name, and withdraws them where they were if a reason says why they leave:
    /// all of it in one command, so that one undo takes it back. Answers the system that they came from.
    pub fn copy_threats(
        &mut self,
        role: Role,
        (from, to): (Id, &str),
        threats: &[Id],
        leave: Option<Prose>,
    ) -> Result<(Opened, String), Trouble> {
        let target = self.find(to)?;
        if target == from {
            return Err(Trouble::Usage("That is the system that they are in already.".into()));
        }
        let here = self.dossier(from)?;
        let there = self.dossier(target)?.name().to_owned();
        let taken: Vec<Threat> = here.threats.iter().filter(|threat| threats.contains(&threat.id)).cloned().collect();
        let stamp = self.stamp(role)?;
        let copy = Command::CopyThreats { from: crate::domain::Line::new(here.name()), threats: taken };
        let moved = leave.is_some();
        let withdraw = leave.map(|why| {
            let why = Prose::new(&format!("Moved to {there}. {why}"));
            Command::WithdrawAll { kind: Kind::Threat, ids: threats.to_vec(), why }
        });
        let commands = [(target, Some(copy)), (from, withdraw)];
        let mut steps = commands.into_iter().filter_map(|(subject, command)| {
            let (command, stamp) = (command?, &stamp);
            let ask: Ask<'_, Refusal> = Box::new(move |dossier| decide(dossier, &command, stamp));
            Some((Some(subject), ask))
        });
        let done = self.store_mut()?.batch(&stamp, &summary_today, &mut steps, &mut |_| true)?;
        if let Err(Stopped::Refused(_, refusal)) = done {
            return Err(refusal.into());
        }
        let what = counted(threats.len(), "threat", "threats");
        let verb = if moved { "moved" } else { "copied" };
        Ok((self.opened(from)?, format!("{what} {verb} to {there}; what was decided here was not taken along.")))
    }
}
