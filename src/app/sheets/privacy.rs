//! The sheets of the DPO's pane: an answer with its words, what a section comes to, a verdict.

use super::{Purpose, edit_in, prose, words};
use crate::app::{
    Me,
    form::{Form, FormField},
    system::SystemScreen,
};
use crate::domain::{
    Id, Kind,
    fields::{Day, Form as FieldForm, Vocabulary},
    library::AnswerKind,
    privacy::{Asked, CheckAnswer, Outcome, section, sections},
    register::Verdict,
    value::Value,
};

/// An answer with its words; the focus is where something is still wanted.
pub fn answer(screen: &SystemScreen, id: &'static str, given: Option<CheckAnswer>, today: Day) -> Option<Form> {
    let all = sections(&screen.dossier, today);
    let asked = all.iter().flat_map(|now| &now.asked).find(|asked| asked.check.id == id)?;
    if asked.check.answer == AnswerKind::ThreatValidation {
        return None;
    }
    let answer = given.or(asked.answer);
    let mut fields = vec![choice(asked, answer)];
    if asked.check.answer == AnswerKind::Choice {
        fields.push(articles(asked));
    }
    let note = asked.row.map_or(Value::Null, |row| Value::from(row.note.as_str()));
    let help = "Required where the answer is a finding, or departs from what the facts suggest.";
    fields.push(FormField::new("note", "Note", help, FieldForm::Prose, &note));
    let title = format!("{id}  {}", asked.check.section.replace('_', " "));
    let mut form = Form::new(title, "keep it", Purpose::Answer(id), format!("dpo/{}/{id}", draft_of(screen)), fields);
    form.lines = vec![asked.check.question.clone(), asked.check.help.clone()];
    let because = |fact: &&str| crate::domain::catalog::fact(&screen.dossier, fact).map(|fact| fact.because);
    form.lines
        .extend(asked.suggested.iter().filter_map(because).map(|because| format!("Suggested, because {because}.")));
    form.focus = match (answer, asked.check.answer) {
        (Some(CheckAnswer::Yes), AnswerKind::Choice) => 1,
        (Some(_), _) => form.fields.len() - 1,
        (None, _) => 0,
    };
    Some(form)
}

fn draft_of(screen: &SystemScreen) -> String {
    screen.id().map_or_else(String::new, |id| id.to_string())
}

/// The answers that the question takes; what was chosen with the key stands there as if it were typed.
fn choice(asked: &Asked<'_>, answer: Option<CheckAnswer>) -> FormField {
    let fits = |word: &&CheckAnswer| {
        asked.check.answer != AnswerKind::Criterion || matches!(word, CheckAnswer::Yes | CheckAnswer::No)
    };
    let all = CheckAnswer::ALL.iter().filter(fits);
    let pairs = all.map(|word| (word.code().to_owned(), word.label().to_owned())).collect();
    let value = answer.map_or(Value::Null, |answer| Value::from(answer.code()));
    FormField::chooses("answer", "Answer", "Backspace takes the answer back.", pairs, &value)
}

fn articles(asked: &Asked<'_>) -> FormField {
    let chosen = asked.row.map_or(&[][..], |row| &row.chosen.0);
    let on = asked.check.choices.iter().map(|one| chosen.contains(one)).collect();
    let words = asked.check.choices.iter().map(|one| (one.clone(), format!("{one} {}", ground(one)))).collect();
    let mut made =
        FormField::new("chosen", "Articles", "Space ticks, ← → move.", FieldForm::Choices(&[]), &Value::Null);
    made.input = crate::app::form::Input::Choices(words, on, 0);
    made
}

/// What the six grounds of Art. 6(1) are called.
fn ground(article: &str) -> &'static str {
    match article {
        "Art.6(1)(a)" => "consent",
        "Art.6(1)(b)" => "contract",
        "Art.6(1)(c)" => "legal obligation",
        "Art.6(1)(d)" => "vital interests",
        "Art.6(1)(e)" => "public task",
        "Art.6(1)(f)" => "legitimate interests",
        _ => "",
    }
}

/// What the DPO makes of a section.
pub fn conclude(screen: &SystemScreen, id: &'static str, today: Day) -> Option<Form> {
    let now = section(&screen.dossier, id, today)?;
    let by_answers = now.suggested.map_or_else(
        || "Left empty, it follows from the answers once all are given.".to_owned(),
        |outcome| format!("Left empty: {}, by the answers. What is milder needs words.", outcome.label()),
    );
    let fields = vec![
        FormField::new(
            "text",
            "In words",
            "What you found, and on what ground.",
            FieldForm::Prose,
            &Value::from(now.text),
        ),
        words::<Outcome>("outcome", "Outcome", &by_answers, now.said),
    ];
    let title = format!("Section {}: {}", now.section.order, now.section.title);
    let mut form = Form::new(title, "keep it", Purpose::Conclude(id), format!("dpo/{}/{id}", draft_of(screen)), fields);
    form.lines = now.lacks.iter().map(|lack| format!("! {}", lack.what)).collect();
    Some(form)
}

/// The DPO rejects a threat to personal data, and says why.
pub fn reject(screen: &SystemScreen, me: &Me, threat: Id) -> Option<Form> {
    let mut form = edit_in(&screen.dossier, me, Kind::Threat, threat, "dpo_reason")?;
    if let Some(field) = form.fields.iter_mut().find(|field| field.id == "dpo_verdict") {
        field.restore(Verdict::Rejected.code());
    }
    Some(form)
}

/// What a second person says of somebody's work in several roles.
pub fn countersign(screen: &SystemScreen, me: &Me, whose: Id, today: Day) -> Form {
    let dossier = &screen.dossier;
    let name = crate::app::panes::person(dossier, Some(whose));
    let roles = crate::domain::decision::held_by(dossier, whose, today);
    let roles: Vec<&str> = roles.iter().map(|role| role.label()).collect();
    let initials = super::initials(&me.name);
    let fields = vec![
        prose("statement", "Statement", "What you read, and what you make of it.").needed(),
        super::line("initials", "Your initials", &format!("Type {initials} to countersign.")).needed(),
    ];
    let mut form = Form::new(
        format!("Countersign for {name}"),
        "countersign",
        Purpose::Countersign(whose),
        format!("countersign/{}/{whose}", draft_of(screen)),
        fields,
    );
    form.lines = vec![
        super::hat(me),
        format!("{name} acts in {} roles here: {}.", roles.len(), roles.join(", ")),
        "You stand by what was done in them. What they sign later has to be countersigned anew.".to_owned(),
    ];
    form
}
