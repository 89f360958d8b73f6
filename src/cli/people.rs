//! `docket assign`: who holds which role, where a script or a first afternoon sets up a whole board.

use super::{
    Outcome,
    args::Assign,
    open::{Opening, role_named},
    print,
};
use crate::{
    clock,
    desk::Trouble,
    domain::{
        Line,
        command::Command,
        fields::{Day, Vocabulary},
        people::Role,
    },
};

pub(super) fn assign(open: &Opening, role: Option<Role>, args: &Assign) -> Outcome {
    let given = role_named(&args.to)?;
    let until = match &args.until {
        Some(text) => Some(
            Day::parse(text).ok_or_else(|| Trouble::Usage(format!("\"{text}\" is no day; write it as 2026-12-31.")))?,
        ),
        None => None,
    };
    let mut desk = open.desk()?;
    let subject = match &args.system {
        Some(name) => Some(desk.find(name)?),
        None => None,
    };
    let command = if args.new {
        let title = Line::new(args.title.as_deref().unwrap_or_default());
        Command::AssignNew { role: given, name: Line::new(&args.name), title, until }
    } else {
        let delegate = match &args.delegate {
            Some(name) => Some(desk.person(name)?),
            None => None,
        };
        Command::Assign { role: given, person: desk.person(&args.name)?, delegate, until }
    };
    // A hat that is held there, so that it is not refused in vain; else any that is held.
    let there = match subject {
        Some(system) => desk.dossier(system)?,
        None => desk.record_itself()?,
    };
    let held = desk.me().map(|me| there.roles_of(me, clock::today())).unwrap_or_default();
    let held = held.into_iter().chain(desk.hats()?);
    let acting = role.or_else(|| held.into_iter().find(|role| Role::REVIEW.contains(role)));
    // Once every assignment has ended, the hat that was worn last is the one that asks.
    let acting = acting.or(desk.last_hat(subject)?);
    let acting =
        acting.ok_or_else(|| Trouble::Usage("Nobody sits here yet. Say who you are with --as NAME.".into()))?;
    desk.execute(subject, acting, &command)?;
    desk.close()?;
    let on = args
        .system
        .as_deref()
        .map_or_else(|| "on every system without its own".to_owned(), |name| format!("on {name}"));
    print(&format!("{} holds the role {} {on}.", Line::new(&args.name), given.label()))
}
