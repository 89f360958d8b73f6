//! Everything that can be on the screen, by name.

use docket::{
    app::{
        BoardPage, Model, Msg, Screen,
        board::{Board, Focus},
        queue::Queue,
        system::Tab,
        update,
    },
    domain::page::{QueueItem, QueueOf},
    keymap::{Action, Chord, Keymap},
};

use crate::sample;

const BY_TREATMENT: [Action; 5] =
    [Action::NextPane, Action::NextPane, Action::NextBy, Action::NextBy, Action::NextScale];

const UNSCORED: [Action; 4] = [Action::NextPane, Action::PageDown, Action::Right, Action::NextScale];

pub fn press(model: &mut Model, action: Action) {
    let _ = update(model, &Keymap::default(), Msg::Act(action));
}

pub fn type_in(model: &mut Model, text: &str) {
    let _ = update(model, &Keymap::default(), Msg::Pasted(text.to_owned()));
}

/// Every scene by name, for a terminal of this size.
pub fn scenes(size: (u16, u16)) -> Vec<(String, Model)> {
    let mut all = vec![
        ("welcome".to_owned(), Model::new(size, sample::today())),
        ("board".to_owned(), sample::board(size)),
        ("board systems".to_owned(), on_systems(size)),
        ("board empty".to_owned(), empty_board(size)),
    ];
    for tab in Tab::ALL {
        all.push((format!("tab {}", tab.title()), sample::system(size, tab)));
    }
    all.push(("noticed".to_owned(), with(sample::system(size, Tab::Checklist), &[Action::Last])));
    all.push(("scoring".to_owned(), with(sample::system(size, Tab::Threats), &[Action::Score, Action::ScoreFour])));
    all.push((
        "scored".to_owned(),
        with(sample::system(size, Tab::Threats), &[Action::Score, Action::ScoreFour, Action::ScoreThree]),
    ));
    all.extend(crate::accept::scenes(size));
    all.extend(crate::across::scenes(size));
    all.extend(crate::after::scenes(size));
    all.extend(crate::bring::scenes(size));
    all.extend(crate::meeting::scenes(size));
    all.extend(crate::merge::scenes(size));
    all.extend(crate::past::scenes(size));
    all.push(("rate".to_owned(), with(rating(size), &[Action::ScoreFour])));
    all.push(("tier".to_owned(), with(tiering(size), &[Action::ScoreThree, Action::ScoreOne])));
    all.push(("tally".to_owned(), tally(size)));
    all.push(("matrix".to_owned(), with(sample::system(size, Tab::Threats), &[Action::NextPane])));
    all.push(("matrix unscored".to_owned(), with(sample::system(size, Tab::Threats), &UNSCORED)));
    all.push(("risk by treatment".to_owned(), with(sample::system(size, Tab::Risk), &BY_TREATMENT)));
    all.push(("risk behind".to_owned(), with(sample::system(size, Tab::Risk), &[Action::Open])));
    all.push(("portfolio".to_owned(), sample::portfolio(size)));
    all.push(("board behind".to_owned(), sample::behind(size)));
    all.push(("form long".to_owned(), long_form(size)));
    all.push(("form prose".to_owned(), prose_form(size)));
    all.push(("row new".to_owned(), with(sample::system(size, Tab::Threats), &[Action::New])));
    all.push(("cell title".to_owned(), with(sample::system(size, Tab::Threats), &[Action::Right, Action::Open])));
    let right = [Action::Right; 5];
    all.push(("cell choice".to_owned(), with(with(sample::system(size, Tab::Threats), &right), &[Action::Open])));
    let marked = [Action::Mark, Action::Mark, Action::GroupTreatment, Action::Right, Action::OrderBy];
    all.push(("marked grouped ordered".to_owned(), with(sample::system(size, Tab::Threats), &marked)));
    all.push(("covered".to_owned(), with(sample::system(size, Tab::Threats), &[Action::GroupCoverage])));
    all.push(("columns".to_owned(), with(sample::system(size, Tab::Threats), &[Action::Columns])));
    all.push(("form new".to_owned(), with(sample::system(size, Tab::Evidence), &[Action::New])));
    all.push(("form refused".to_owned(), with(sample::system(size, Tab::Threats), &[Action::Withdraw, Action::Save])));
    all.push(("form send".to_owned(), send_form(size)));
    all.push(("chooser".to_owned(), with(sample::system(size, Tab::Inventory), &[Action::New])));
    all.extend(libraries(size));
    all.extend(crate::again::scenes(size));
    all.push(("confirm".to_owned(), confirm(size)));
    all.push(("palette".to_owned(), palette(size)));
    all.push(("help".to_owned(), with(sample::system(size, Tab::Threats), &[Action::Help])));
    all.push(("reader".to_owned(), with(sample::board(size), &[Action::Guide])));
    all.push(("filter".to_owned(), filter(size)));
    all.extend(crate::dpo::scenes(size));
    all.push(("which key".to_owned(), pending(size, "g")));
    all.push(("which hat".to_owned(), pending(size, "r")));
    all.push(("notice".to_owned(), notice(size)));
    all
}

/// The lists of the libraries over a system, and the framework view.
fn libraries(size: (u16, u16)) -> Vec<(String, Model)> {
    let open = |actions: &[Action]| {
        let proposals = with(sample::system(size, Tab::Threats), &[Action::AddSuggested]);
        with(proposals, actions)
    };
    let view = [Action::TabFive, Action::Open, Action::Down, Action::Down, Action::Down];
    let mut found = open(&[Action::TabThree, Action::Filter]);
    type_in(&mut found, "retriev");
    vec![
        ("library proposed".to_owned(), open(&[Action::MarkAll])),
        ("library facts".to_owned(), open(&[Action::TabTwo])),
        ("library search".to_owned(), found),
        ("library controls".to_owned(), open(&[Action::TabFour])),
        ("library frameworks".to_owned(), open(&[Action::TabFive])),
        ("library framework".to_owned(), open(&view)),
        ("library item".to_owned(), open(&[&view[..], &[Action::Open]].concat())),
    ]
}

pub fn with(mut model: Model, actions: &[Action]) -> Model {
    for action in actions {
        press(&mut model, *action);
    }
    model
}

fn queue(size: (u16, u16), of: QueueOf, items: Vec<QueueItem>) -> Model {
    let mut model = sample::system(size, Tab::Threats);
    model.screen = Screen::Queue(Box::new(Queue::new(of, (items, 0), sample::copilot())));
    model
}

fn item(threat: Option<docket::domain::Id>, title: &str) -> QueueItem {
    let system = sample::copilot().subject.unwrap();
    QueueItem { system, name: "Contract Copilot".into(), tier: "high".into(), threat, title: title.into() }
}

fn rating(size: (u16, u16)) -> Model {
    let threats = sample::copilot().threats;
    let items = threats.iter().map(|threat| item(Some(threat.id), threat.title.as_str())).collect();
    queue(size, QueueOf::Threats(None), items)
}

fn tiering(size: (u16, u16)) -> Model {
    queue(size, QueueOf::Intakes, vec![item(None, "Contract Copilot"), item(None, "Ticket Router")])
}

fn tally(size: (u16, u16)) -> Model {
    use docket::{
        app::queue::{Done, State},
        domain::register::Treatment,
    };
    let mut model = rating(size);
    if let Screen::Queue(queue) = &mut model.screen {
        let done = |level: &str, treatment| State::Done(Done { level: level.into(), treatment });
        let came = [
            done("Critical", Some(Treatment::Mitigate)),
            done("Medium", None),
            State::Skipped,
            done("not applicable", Some(Treatment::NotApplicable)),
        ];
        for ((_, state), of) in queue.items.iter_mut().zip(came.iter().cycle()) {
            *state = of.clone();
        }
        queue.keys = 21;
        queue.at = queue.items.len();
    }
    model
}

pub fn on_systems(size: (u16, u16)) -> Model {
    let mut model = sample::board(size);
    if let Screen::Board(board) = &mut model.screen {
        board.focus = Focus::Systems;
        board.system.select(3);
    }
    model
}

fn empty_board(size: (u16, u16)) -> Model {
    let mut model = sample::board(size);
    model.screen = Screen::Board(Board::new(BoardPage::default()));
    model
}

/// The description of a system: more fields than any screen has lines; the focus is near the end.
pub fn long_form(size: (u16, u16)) -> Model {
    use docket::{
        app::{Overlay, sheets},
        domain::Kind,
    };
    let mut model = sample::system(size, Tab::Overview);
    let me = docket::app::Me { role: docket::domain::people::Role::Owner, ..model.me.clone().unwrap() };
    let screen = model.system().unwrap();
    let id = screen.dossier.system().unwrap().id;
    let mut form = sheets::edit(screen, &me, Kind::System, id, "data").unwrap();
    form.focus = form.fields.iter().position(|field| field.id == "data").unwrap();
    model.overlays.push(Overlay::Form(Box::new(form)));
    model
}

fn send_form(size: (u16, u16)) -> Model {
    use docket::{
        app::{Overlay, sheets},
        domain::decision::Step,
    };
    let mut model = sample::system(size, Tab::Handoffs);
    let form = sheets::send(model.system().unwrap(), model.me.as_ref().unwrap(), Step::SecurityDpo, sample::today());
    model.overlays.push(Overlay::Form(Box::new(form)));
    model
}

fn prose_form(size: (u16, u16)) -> Model {
    let mut model = long_form(size);
    if let Some(docket::app::Overlay::Form(form)) = model.overlays.last_mut() {
        form.focus = form.fields.iter().position(|field| field.id == "restricted_use").unwrap();
    }
    type_in(
        &mut model,
        "\nNo contracts in 中文 or any other language that no buyer of the group reads well enough to check every clause.",
    );
    model
}

fn confirm(size: (u16, u16)) -> Model {
    let mut model = prose_form(size);
    press(&mut model, Action::Back);
    model
}

fn palette(size: (u16, u16)) -> Model {
    let mut model = with(sample::system(size, Tab::Threats), &[Action::Palette]);
    type_in(&mut model, "hand");
    if let Some(docket::app::Overlay::Palette(palette)) = model.overlays.last_mut() {
        palette.fill();
    }
    model
}

fn filter(size: (u16, u16)) -> Model {
    let mut model = with(sample::system(size, Tab::Threats), &[Action::Filter]);
    type_in(&mut model, "mail");
    model
}

fn pending(size: (u16, u16), key: &str) -> Model {
    let mut model = sample::system(size, Tab::Threats);
    model.pending = Chord::parse(key).ok();
    model
}

fn notice(size: (u16, u16)) -> Model {
    let mut model = sample::system(size, Tab::Checklist);
    model.say(true, "The threat register cannot be handed over to governance: 1 threat is unscored, and 2 parts of the context have neither a threat nor a reason why there is none. Score it first.");
    model
}
