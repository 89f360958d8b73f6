//! The sheets of the register: a cell, a new line, and what is done to several threats at once.

use super::{Purpose, line, of_table, prose};
use crate::{
    app::{
        Me,
        form::{Form, FormField},
        system::SystemScreen,
    },
    domain::{
        Dossier, Id, Kind,
        fields::{Entity, Form as FieldForm, Vocabulary},
        register::Treatment,
        value::Value,
    },
};

/// Some fields of one threat, or of several at once; where these differ, the field begins empty.
pub fn several(dossier: &Dossier, me: &Me, ids: &[Id], fields: &[&str]) -> Option<Form> {
    let threats: Vec<_> = dossier.threats.iter().filter(|threat| ids.contains(&threat.id)).collect();
    let first = threats.first()?;
    let one = |id: &&str| {
        let field = Kind::Threat.field(id)?;
        let value = first.get(id);
        let alike = threats.iter().all(|threat| threat.get(id) == value);
        Some(of_table(dossier, Kind::Threat, field, if alike { &value } else { &Value::Null }))
    };
    let made: Vec<FormField> = fields.iter().filter_map(one).collect();
    let role = me.role.code();
    Some(if let [id] = ids {
        Form::new(
            format!("threat: {}", first.title),
            "keep",
            Purpose::Edit(Kind::Threat, *id),
            // Each cell has a draft of its own: words for the title are no words for the component.
            format!("edit/{id}/{role}/{}", fields.join("+")),
            made,
        )
    } else {
        let purpose = Purpose::EditAll(Kind::Threat, ids.to_vec());
        let draft = format!("edit/several/{role}/{}", fields.join("+"));
        Form::new(format!("{} threats", ids.len()), "keep", purpose, draft, made)
    })
}

/// Why a threat is treated so; the reason is offered again for the next one.
pub fn because(treatment: Treatment) -> Form {
    let fields = vec![prose("reason", "Because", "It is offered again for the next threat.").needed()];
    let draft = format!("because/{}", treatment.code());
    Form::new(format!("{}: why?", treatment.label()), "go on", Purpose::Because(treatment), draft, fields)
}

/// The title of a new threat, written in a line of the register; the rest comes cell by cell. Where the cursor is on
/// something that no threat covers, the new one does.
pub fn new_threat(screen: &SystemScreen, covers: Option<&str>) -> Form {
    let made = |id: &str, value: &Value| Some(of_table(&screen.dossier, Kind::Threat, Kind::Threat.field(id)?, value));
    let covered = covers.and_then(|mark| made("covers", &Value::List(vec![mark.to_owned()])));
    let fields = made("title", &Value::Null).into_iter().chain(covered).collect();
    let draft = format!("add/threat/line/{}", covers.unwrap_or_default());
    Form::new("New threat", "add", Purpose::Add(Kind::Threat, None), draft, fields)
}

/// Withdraw several threats, with a reason.
pub fn withdraw_all(ids: Vec<Id>) -> Form {
    let fields = vec![prose("why", "Why", "They are kept, struck through, and counted nowhere.").needed()];
    let title = format!("Withdraw {} threats", ids.len());
    Form::new(title, "withdraw", Purpose::WithdrawAll(Kind::Threat, ids), "withdraw/several".into(), fields)
}

/// Copy or move threats to another system.
pub fn copy_threats(screen: &SystemScreen, ids: Vec<Id>) -> Form {
    let words = vec![("copy".to_owned(), "copy them".to_owned()), ("move".to_owned(), "move them".to_owned())];
    let how = "A copy stays here as well. What is moved is withdrawn here, with the reason.";
    let fields = vec![
        line("system", "To system", "Its name, or enough of the beginning to tell it from all others.").needed(),
        FormField::chooses("how", "How", how, words, &Value::from("copy")).needed(),
        FormField::new("why", "Why they leave", "Only where they are moved.", FieldForm::Prose, &Value::Null),
    ];
    let what = crate::domain::decision::counted(ids.len(), "threat", "threats");
    let mut form = Form::new(
        format!("{what} of {} to another system", screen.dossier.name()),
        "send them there",
        Purpose::CopyThreats(ids),
        "copy/threats".into(),
        fields,
    );
    form.lines = vec!["The words go along; scores, treatments, owners, opinions and acceptances stay here.".into()];
    form
}
