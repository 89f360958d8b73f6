//! The meeting: the agenda before it, an item that is on, one item large, and its sheets.

use docket::{
    app::{
        Model, Screen,
        meeting::{MeetingScreen, Private},
        system::Tab,
    },
    domain::{
        Dossier, Id, Line,
        command::Command,
        fields::Moment,
        meeting::{
            AgendaSection, ItemRef, Matter, MatterSort, MeetingAct, Opined, OpinionKind, Portfolio, Presence,
            StanceKind, agenda, matters, shown_meeting,
        },
        people::Role,
        value::Value,
    },
    keymap::Action,
};

use crate::{
    sample::{self, BRANDT, Desk, HADDAD, LINDQVIST, OKAFOR, ROSSI, morning, text},
    scenes::press,
};

const TODAY: &str = "2026-11-21";
const CHAIR: (Id, Role) = (LINDQVIST, Role::Governance);

fn matter(n: u8, sort: MatterSort, what: &str, why: &str) -> Matter {
    Matter {
        sort,
        id: Id([n; 16]),
        what: what.into(),
        why: why.into(),
        since: Some(Moment(morning("2026-11-09").0 + i64::from(n))),
        lapses: None,
        missing: 0,
        content: "as it is".into(),
        proposal: "proceed".into(),
    }
}

fn portfolio() -> Portfolio {
    let copilot = sample::copilot();
    let own = matters(&copilot, sample::today()).into_iter().map(|m| (copilot.subject.unwrap(), "Contract Copilot", m));
    let other = |n: u8| Id([0xa0 + n; 16]);
    let gaps = Matter {
        missing: 4,
        ..matter(
            0x52,
            MatterSort::Decide,
            "Decide on review 2; governance proposes: hold",
            "it lies with the sign-off authority",
        )
    };
    let more = [
        (
            other(1),
            "Support Bot",
            matter(
                0x51,
                MatterSort::Decide,
                "Decide on review 1; governance proposes: proceed",
                "it lies with the sign-off authority",
            ),
        ),
        (other(2), "HR Screening", gaps),
        (
            other(3),
            "Fraud Score",
            matter(
                0x53,
                MatterSort::Triage,
                "Triage \"Another model at the provider\"",
                "it fired: the vendor swapped it",
            ),
        ),
        (
            other(4),
            "Voice Desk",
            matter(
                0x54,
                MatterSort::Returned,
                "Returned: owner → security; the System owner closes it",
                "missing evidence: the tool manifest",
            ),
        ),
    ];
    own.chain(more).map(|(id, name, m)| (id, name.to_owned(), m)).collect()
}

/// The record: one meeting of five people, with what two of them said before.
fn record(opened: bool) -> Dossier {
    let mut desk = Desk::over(sample::copilot());
    let set = [
        ("title", text("Review board")),
        ("day", text(TODAY)),
        ("starts", text("14:00")),
        ("minutes", Value::Int(60)),
        ("chair", text(&LINDQVIST.to_string())),
        ("quorum", Value::Int(2)),
        ("quorum_reason", "Two of us decide.".into()),
    ];
    let set = set.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    let invited = vec![LINDQVIST, ROSSI, BRANDT, HADDAD, OKAFOR];
    desk.act(CHAIR, "2026-11-19", &Command::Meet(MeetingAct::Plan(set, invited)));
    let id = desk.dossier.meetings.iter().last().unwrap().id;
    let key = |n: u8, sort: MatterSort| matter(n, sort, "", "").key();
    let said = |key: String, sort, words: &str| Opined { key, sort, text: words.into(), seen: "as it is".into() };
    for who in [ROSSI, BRANDT] {
        let all = vec![said(key(0x51, MatterSort::Decide), OpinionKind::Approve, "")];
        desk.act((who, Role::Security), "2026-11-20", &Command::Meet(MeetingAct::Opine(id, all, "".into())));
    }
    let flag = vec![said(key(0x53, MatterSort::Triage), OpinionKind::Flag, "Is it the same model?")];
    desk.act((BRANDT, Role::Dpo), "2026-11-20", &Command::Meet(MeetingAct::Opine(id, flag, "".into())));
    let budget = ItemRef { key: String::new(), title: Line::new("The budget of next year"), about: None };
    desk.act(CHAIR, "2026-11-20", &Command::Meet(MeetingAct::AddItem(id, budget, AgendaSection::Discussion, Some(15))));
    if opened {
        run(&mut desk, id);
    }
    desk.dossier
}

fn run(desk: &mut Desk, id: Id) {
    let mut act = |act: MeetingAct| desk.act(CHAIR, TODAY, &Command::Meet(act));
    act(MeetingAct::Open(id));
    let here = [ROSSI, BRANDT, HADDAD].map(|who| (who, Presence::Present));
    act(MeetingAct::Attend(id, here.to_vec(), None));
    let item = current();
    act(MeetingAct::TakeUp(id, Some(item.clone()), None));
    act(MeetingAct::Remark(id, item.key.clone(), "The vendor cannot say where the prompts are kept.".into()));
    act(MeetingAct::Stand(id, item.key, BRANDT, StanceKind::Dissents, "The advice was not followed.".into()));
}

fn current() -> ItemRef {
    let (system, name, matter) = portfolio().into_iter().next().unwrap();
    ItemRef { key: matter.key(), title: Line::new(&format!("{name}: {}", matter.what)), about: Some(system) }
}

fn model(size: (u16, u16), record: Option<Dossier>) -> Model {
    let mut model = sample::system(size, Tab::Signoff);
    let left = std::mem::replace(&mut model.screen, Screen::Welcome(docket::app::welcome::Welcome::default()));
    let Screen::System(system) = left else { panic!("a system") };
    let mut screen = MeetingScreen { private: Private::default(), ..MeetingScreen::default() };
    if let Some(record) = record {
        let meeting = shown_meeting(&record);
        screen.agenda = agenda(&record, meeting, &portfolio(), sample::today());
        screen.record = record;
        screen.system = Some((current().key, system));
    }
    model.moment = Moment(morning(TODAY).0 + 220 * 60_000);
    screen.refill(None);
    let on = current().key;
    let at = screen.shown.iter().position(|at| screen.agenda.items[*at].key == on);
    screen.at.select(at.unwrap_or(0));
    model.screen = Screen::Meeting(Box::new(screen));
    model
}

fn with(mut model: Model, actions: &[Action]) -> Model {
    for action in actions {
        press(&mut model, *action);
    }
    model
}

pub fn scenes(size: (u16, u16)) -> Vec<(String, Model)> {
    let scene = |name: &str, model: Model| (format!("meeting {name}"), model);
    vec![
        scene("planned", model(size, Some(record(false)))),
        scene("running", model(size, Some(record(true)))),
        scene("large", with(model(size, Some(record(true))), &[Action::LargeItem])),
        scene("none", model(size, None)),
        scene("here", with(model(size, Some(record(true))), &[Action::WhoIsHere])),
        scene("plan", with(model(size, Some(record(false))), &[Action::New])),
        scene("consent", with(model(size, Some(record(true))), &[Action::TakeConsent])),
    ]
}
