//! SSH signatures: ssh-keygen gets the terminal for as long as it may ask for something.

use super::{
    perform::{Outcome, drop_draft},
    run::Session,
    terminal::Console,
};
use crate::{
    app::{Answer, Effect, confirm::Reader, system::SystemScreen},
    desk::keygen::Asking,
    domain::{Id, Prose, decision::SignedAct, people::Role},
};

/// Carries out an effect that is about SSH keys and signatures; no other comes here.
pub(super) fn perform(session: &mut Session, console: Option<&mut Console>, role: Role, effect: Effect) -> Outcome {
    match effect {
        Effect::Seal(system, sort, act) => seal(session, console, system, (sort, act)),
        Effect::RegisterKey(said) => register(session, role, &said),
        Effect::WithdrawKey(why) => withdraw(session, role, &why),
        _ => Ok(Answer::Kept),
    }
}

/// Has an act signed. Where there is a terminal it is left as for the editor, so that a passphrase is asked for on a plain
/// screen; without one nothing is asked.
fn seal(session: &mut Session, console: Option<&mut Console>, system: Id, act: (SignedAct, Id)) -> Outcome {
    let desk = &mut session.desk;
    let says = match console {
        Some(console) => {
            let (says, entered) = console.suspend(|| {
                println!("docket asks ssh-keygen for the signature: answer what it asks, or touch your security key.");
                desk.sign_act(system, act, Asking::Terminal)
            });
            entered?;
            says?
        }
        None => desk.sign_act(system, act, Asking::Never)?,
    };
    Ok(Answer::Committed(Box::new(session.desk.opened(system)?), says))
}

/// Registers the public key of whoever sits here.
fn register(session: &mut Session, role: Role, said: &str) -> Outcome {
    let line = session.desk.public_key(said)?;
    let print = session.desk.register_key(Some(role), &line)?;
    let lines = vec![
        format!("Your key: {print}"),
        String::new(),
        "a s signs with it: on the sign-off pane a sign-off or the decision, in the governance pane an accepted risk. \
         docket sign SYSTEM signs at once what waits."
            .to_owned(),
        "Without the key at hand nobody signs for you. Was it lost? \"Withdraw SSH key\" in the palette.".to_owned(),
    ];
    known(session, lines)
}

/// Withdraws it.
fn withdraw(session: &mut Session, role: Role, why: &Prose) -> Outcome {
    let print = session.desk.withdraw_key(Some(role), why)?;
    let lines = vec![
        format!("Withdrawn: {print}"),
        String::new(),
        "It signs nothing more. What it signed until now holds, and docket verify says by which entry it was withdrawn."
            .to_owned(),
    ];
    known(session, lines)
}

/// What is said of a key, over the system that is open, as it is now.
fn known(session: &mut Session, lines: Vec<String>) -> Outcome {
    drop_draft(session)?;
    let reader = Reader { title: "Your SSH key".into(), lines, top: 0, take_in: None };
    Ok(match session.model.system().and_then(SystemScreen::id) {
        Some(system) => Answer::CommittedRead(Box::new(session.desk.opened(system)?), reader),
        None => Answer::Read(reader),
    })
}
