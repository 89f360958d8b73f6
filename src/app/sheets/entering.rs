//! Sheets that enter or change things.

use crate::app::{
    form::{Form, FormField},
    panes::name_of,
    system::SystemScreen,
};
use crate::domain::{
    Id, Kind,
    fields::{Day, Form as FieldForm, Vocabulary},
    people::Role,
    system::Tier,
    value::Value,
};

use super::{Purpose, line, on, people, prose, words};

/// The first run.
pub fn begin() -> Form {
    let roles = Role::CHOICES[..5].iter().map(|word| (word.code.to_owned(), word.label.to_owned())).collect::<Vec<_>>();
    let mut hats = FormField::new(
        "roles",
        "Your hats",
        "The roles that you hold unless a system says otherwise: Space ticks, ← → move.",
        FieldForm::Choices(&[]),
        &Value::Null,
    );
    hats.input = crate::app::form::Input::Choices(roles, vec![true; 5], 0);
    let fields = vec![
        line("name", "Your name", "As it is to stand in the record.").needed(),
        line("title", "Your title", "Goes with your name into every decision."),
        hats,
    ];
    let mut form = Form::new("Start our own record", "start", Purpose::Begin, "begin".into(), fields);
    form.lines.push("One person may hold several hats; the record says so honestly. More people come later.".into());
    form
}

/// A new system.
pub fn new_system() -> Form {
    let fields = vec![
        line("name", "Name", "What people call it.").needed(),
        prose("purpose", "Business purpose", "What the organisation wants from it. The rest can wait."),
    ];
    Form::new("New system", "enter it", Purpose::NewSystem, "new/system".into(), fields)
}

/// Withdraw a thing, with a reason.
pub fn withdraw(screen: &SystemScreen, kind: Kind, id: Id) -> Option<Form> {
    withdraw_in(&screen.dossier, kind, id)
}

/// The same over a dossier that no screen shows.
pub fn withdraw_in(dossier: &crate::domain::Dossier, kind: Kind, id: Id) -> Option<Form> {
    let name = name_of(dossier.find(kind, id)?);
    let fields = vec![prose("why", "Why", "It is kept, struck through, and counted nowhere.").needed()];
    Some(Form::new(
        format!("Withdraw {} \"{name}\"", kind.label()),
        "withdraw",
        Purpose::Withdraw(kind, id),
        format!("withdraw/{id}"),
        fields,
    ))
}

/// Give a role to a person.
pub fn assign(screen: &SystemScreen, role: Role, today: Day) -> Form {
    let dossier = &screen.dossier;
    let now = dossier.holder(role, today).map_or(Value::Null, |id| Value::Text(id.to_string()));
    let mut everybody = people(dossier);
    everybody.push(("new".into(), "somebody new".into()));
    let fields = vec![
        words("role", "Role", "Which role on this system.", Some(role)).needed(),
        FormField::chooses(
            "person",
            "Person",
            "Who holds it. Choose \"somebody new\" and write the name below.",
            everybody,
            &now,
        )
        .needed(),
        line("name", "Name of somebody new", "A named human, never a team."),
        line("title", "Their title", "Goes with the name into every decision."),
        FormField::chooses(
            "delegate",
            "Delegate",
            "Who acts for them while they are away.",
            people(dossier),
            &Value::Null,
        ),
        on("until", "Until", "The last day on which it holds; empty for no end.", None),
    ];
    Form::new(format!("Assign: {}", role.label()), "assign", Purpose::Assign, format!("assign/{}", role.code()), fields)
}

/// The tier by hand.
pub fn tier(screen: &SystemScreen) -> Form {
    let intake = screen.dossier.intake();
    let fields = vec![
        words::<Tier>(
            "tier",
            "Tier",
            "The computed tier stays beside it; Backspace takes the override back.",
            intake.and_then(|i| i.override_tier),
        ),
        prose("reason", "Why", "Why the computed tier does not fit.").needed(),
    ];
    let mut form = Form::new("Set the tier by hand", "set it", Purpose::Tier, "tier".into(), fields);
    form.lines = screen.dossier.computed_tier().map(|result| result.explain()).unwrap_or_default();
    form
}

/// "Considered: none, because …".
pub fn cover(label: &str, mark: &str) -> Form {
    let fields = vec![
        prose("reason", "None, because", "Why there is no threat to it. Or leave with Esc and let a threat cover it.")
            .needed(),
    ];
    Form::new(
        format!("Considered: {label}"),
        "record it",
        Purpose::Cover(mark.to_owned()),
        format!("cover/{mark}"),
        fields,
    )
}
