//! Texts to read, and the colours.

use crate::app::{Effect, Look, Model, Overlay, confirm::Reader};

pub(super) fn reader(model: &mut Model, title: &str, lines: Vec<String>) -> Option<Effect> {
    model.overlays.push(Overlay::Reader(Reader { title: title.into(), lines, top: 0, take_in: None }));
    None
}

pub(super) fn guide(model: &mut Model) -> Option<Effect> {
    reader(model, "The two-minute guide", include_str!("../../../assets/guide.md").lines().map(str::to_owned).collect())
}

pub(super) fn messages(model: &mut Model) -> Option<Effect> {
    let lines = model.messages.iter().map(|notice| format!("{} {}", if notice.alert { '!' } else { 'i' }, notice.text));
    let lines = lines.collect();
    reader(model, "Messages of this session", lines)
}

pub(super) fn copied(model: &mut Model) -> Option<Effect> {
    let lines = model.copied.lines().map(str::to_owned).collect();
    reader(model, "What was copied", lines)
}

pub(super) fn theme(model: &mut Model) -> Option<Effect> {
    model.look = match model.look {
        Look::Auto => Look::Plain,
        Look::Plain => Look::Contrast,
        Look::Contrast => Look::ColourBlind,
        Look::ColourBlind => Look::None,
        Look::None => Look::Auto,
    };
    model.say(
        false,
        match model.look {
            Look::Auto => "Colours: as the terminal and your settings say.",
            Look::Plain => "Colours: for words only, no background is painted.",
            Look::Contrast => "Colours: strong contrast, nothing is faint.",
            Look::ColourBlind => "Colours: blue to orange.",
            Look::None => "Colours: none.",
        },
    );
    None
}
