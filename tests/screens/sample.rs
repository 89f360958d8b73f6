//! A system under review and a board around it, made by commands with a clock that stands still.

use docket::{
    app::{
        BoardPage, HistoryLine, Me, Model, Opened, RecordInfo, Screen,
        board::Board,
        system::{SystemScreen, Tab},
    },
    domain::{
        Dossier, Id, Kind, Prose,
        command::{Command, Fields},
        decision::Step,
        fields::{Day, Moment},
        page::{Behind, OnlySystems, Portfolio, Risk},
        people::{Role, Stamp},
        register::{Group, Levels, Point, Scale, Tally, point_days},
        rules::decide,
        summary::{Summary, summarise},
        value::Value,
    },
};

pub const ROSSI: Id = Id([1; 16]);
pub const OKAFOR: Id = Id([2; 16]);
pub const BRANDT: Id = Id([3; 16]);
pub const LINDQVIST: Id = Id([4; 16]);
pub const HADDAD: Id = Id([5; 16]);

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn today() -> Day {
    day("2026-11-21")
}

/// Ten in the morning, UTC.
pub fn morning(text: &str) -> Moment {
    let midnight = day("1970-01-01").days_to(day(text)) * 86_400_000;
    Moment(midnight + 36_000_000)
}

/// Somebody at a desk: commands go through the rules of the domain, events into the dossier.
pub struct Desk {
    pub dossier: Dossier,
    count: u8,
}

fn fields(all: &[(&str, Value)]) -> Fields {
    all.iter().map(|(field, value)| ((*field).to_owned(), value.clone())).collect()
}

pub fn text(text: &str) -> Value {
    Value::from(text)
}

pub fn list(all: &[&str]) -> Value {
    Value::List(all.iter().map(|item| (*item).to_owned()).collect())
}

impl Desk {
    fn new(subject: Id) -> Self {
        let mut dossier = Dossier { subject: Some(subject), ..Dossier::default() };
        let people = [
            (ROSSI, "M. Rossi", "Head of security", Role::Security),
            (OKAFOR, "S. Okafor", "Procurement lead", Role::Owner),
            (BRANDT, "J. Brandt", "Data protection officer", Role::Dpo),
            (LINDQVIST, "A. Lindqvist", "AI governance lead", Role::Governance),
            (HADDAD, "L. Haddad", "Chief risk officer", Role::Signoff),
        ];
        for (at, (id, name, title, role)) in people.into_iter().enumerate() {
            let person = dossier.entry(Kind::Person, id);
            person.put("name", &text(name));
            person.put("title", &text(title));
            let assignment = dossier.entry(Kind::Assignment, Id([100 + u8::try_from(at).unwrap(); 16]));
            assignment.put("person", &text(&id.to_string()));
            assignment.put("role", &Value::from(docket::domain::fields::Vocabulary::code(role)));
        }
        Self { dossier, count: 0 }
    }

    /// Somebody at the desk of a system that is there already.
    pub fn over(dossier: Dossier) -> Self {
        Self { dossier, count: 200 }
    }

    /// Does it, in a hat, on a day.
    pub fn act(&mut self, (by, role): (Id, Role), on: &str, command: &Command) {
        self.count += 1;
        let name = self.dossier.person_name(by).cloned().unwrap_or_default();
        let at = Moment(morning(on).0 + i64::from(self.count) * 60_000);
        let (chance, made) = ([self.count; 10], std::cell::Cell::new(0));
        let stamp = Stamp { at, today: day(on), by, name, role, meeting: None, chance, made };
        let events =
            decide(&self.dossier, command, &stamp).unwrap_or_else(|refused| panic!("{command:?}: {refused:?}"));
        for event in &events {
            self.dossier.apply(event);
        }
    }

    pub fn add(&mut self, who: (Id, Role), kind: Kind, set: &[(&str, Value)], to: Option<Id>) -> Id {
        self.act(who, "2026-11-04", &Command::Add { kind, set: fields(set), to });
        self.dossier.rows(kind).last().unwrap().id()
    }

    fn edit(&mut self, who: (Id, Role), kind: Kind, id: Id, set: &[(&str, Value)]) {
        self.act(who, "2026-11-11", &Command::Edit { kind, id, set: fields(set), why: Prose::default() });
    }
}

const SECURITY: (Id, Role) = (ROSSI, Role::Security);
const OWNER: (Id, Role) = (OKAFOR, Role::Owner);
const GOVERNANCE: (Id, Role) = (LINDQVIST, Role::Governance);

/// Contract Copilot: described, modelled, with the DPO for three days too long, governance beside.
pub fn copilot() -> Dossier {
    static ONCE: std::sync::OnceLock<Dossier> = std::sync::OnceLock::new();
    ONCE.get_or_init(reviewed).clone()
}

fn reviewed() -> Dossier {
    let mut desk = Desk::new(Id([9; 16]));
    described(&mut desk);
    modelled(&mut desk);
    let send = |step| Command::Send { step, note: "Please look hard at the e-mail tool.".into(), due: None };
    desk.act(OWNER, "2026-11-05", &send(Step::OwnerSecurity));
    desk.act(SECURITY, "2026-11-06", &Command::Confirm(Step::OwnerSecurity));
    desk.act(SECURITY, "2026-11-13", &send(Step::SecurityDpo));
    desk.dossier
}

fn described(desk: &mut Desk) {
    let set = [
        ("name", text("Contract Copilot")),
        (
            "purpose",
            text("Drafts supplier contracts from templates, suggests clauses, can e-mail a draft after a click."),
        ),
        ("intended_use", text("Buyers of the group draft contracts below 50 000 EUR.")),
        ("restricted_use", text("No employment contracts.\nNo contracts with public bodies.")),
        ("owner", text(&OKAFOR.to_string())),
        ("operator", text(&ROSSI.to_string())),
        ("lifecycle", text("pilot")),
        ("environment", text("Cloud, EU region, own tenant.")),
        ("users", text("240 buyers, internal")),
        ("failure", text("A wrong clause is signed; a draft with pay terms goes to the wrong supplier.")),
        ("autonomy", text("approved")),
        ("oversight", text("Every draft is read by the buyer who asked for it.")),
        ("pause", text("S. Okafor, within one hour")),
        ("data", list(&["internal", "personal"])),
        ("documents", text("architecture.pdf")),
        ("manifest", text("yes")),
    ];
    desk.act(OWNER, "2026-11-02", &Command::NewSystem(fields(&set)));
    let intake = desk.dossier.intake().unwrap().id;
    let answers =
        ["data_sensitivity", "autonomy", "external_exposure", "user_impact", "regulated_context", "tool_access"];
    let levels: Vec<_> = answers.iter().map(|name| (*name, text("2"))).collect();
    desk.edit(OWNER, Kind::Intake, intake, &levels);
    let flow = [
        ("name", text("Drafts to suppliers")),
        ("origin", text("Contract index")),
        ("target", text("Mail gateway")),
        ("data", list(&["personal"])),
    ];
    desk.add(OWNER, Kind::Flow, &flow, None);
    let tool = [("name", text("send_mail")), ("permissions", text("write: mail to any address"))];
    desk.add(OWNER, Kind::Tool, &tool, None);
}

fn threat(desk: &mut Desk, title: &str, (l, i): (i64, i64), more: &[(&str, Value)]) -> Id {
    let mut set = vec![("title", text(title)), ("treatment", text("mitigate"))];
    if l > 0 {
        set.extend([("likelihood", Value::Int(l)), ("impact", Value::Int(i))]);
    }
    set.extend(more.iter().cloned());
    desk.add(SECURITY, Kind::Threat, &set, None)
}

fn modelled(desk: &mut Desk) {
    let flow = desk.dossier.flows[0].id.to_string();
    let first = threat(
        desk,
        "Prompt injection via an uploaded supplier PDF makes the assistant send drafts to strangers",
        (4, 5),
        &[
            ("covers", list(&[&flow])),
            (
                "score_reason",
                text("The index holds 4 000 real contracts; the red-team run of 11 Nov pulled two pay rates."),
            ),
            (
                "description",
                text("A supplier hides instructions in a PDF. The assistant follows them and mails a draft out."),
            ),
            ("owner", text(&OKAFOR.to_string())),
        ],
    );
    let second =
        threat(desk, "Personal data echoed from the retrieval index", (3, 5), &[("personal", text("memorisation"))]);
    threat(desk, "Poisoned fine-tune batch from crowd labels", (2, 4), &[]);
    threat(desk, "Agent tool can e-mail outside the tenant", (3, 4), &[]);
    threat(desk, "模型回滚流程未经测试", (3, 3), &[]);
    threat(desk, "Vendor swaps the model without notice", (0, 0), &[]);
    threat(desk, "Membership inference on the HR classifier", (2, 3), &[]);
    let gone = threat(desk, "Theft of the weights", (1, 2), &[]);
    desk.act(
        SECURITY,
        "2026-11-05",
        &Command::Withdraw { kind: Kind::Threat, id: gone, why: "The weights are the vendor's.".into() },
    );
    planned(desk, first, second);
}

/// The control plan, the evidence, a trigger and a proposed acceptance.
fn planned(desk: &mut Desk, first: Id, second: Id) {
    let plan = |title: &str, status: &str| {
        vec![
            ("title", text(title)),
            ("owner_role", text("owner")),
            ("gate", text("pre_production")),
            ("method", text("red_team")),
            ("status", text(status)),
            ("due", text("2026-11-18")),
        ]
    };
    desk.add(
        SECURITY,
        Kind::Control,
        &plan("Strip instructions from uploads before they reach the model", "in_progress"),
        Some(first),
    );
    desk.add(SECURITY, Kind::Control, &plan("Row filter on the index", "implemented"), Some(second));
    let evidence = [
        ("title", text("Red-team run of 11 November")),
        ("sort", text("red_team")),
        ("supports", list(&["behaviour"])),
        ("grade", text("explicit")),
        ("place", text("redteam-1111.md")),
        ("collected", text("2026-11-11")),
    ];
    desk.add(SECURITY, Kind::Evidence, &evidence, None);
    let trigger = [
        ("title", text("The vendor changes the model")),
        ("sort", text("change")),
        ("detection", text("Release notes, read weekly by the operator")),
    ];
    desk.add(GOVERNANCE, Kind::Trigger, &trigger, None);
    let propose = Command::Propose {
        threat: second,
        reason: "The filter is live; what is left are names on invoices.".into(),
        condition: "The canary test passes every month.".into(),
        expires: Some(day("2027-05-20")),
        requester: None,
    };
    desk.act(SECURITY, "2026-11-12", &propose);
}

fn line(n: i64, on: &str, (who, role): (&str, &str), what: &str, why: &str) -> HistoryLine {
    let about = Id([0x72; 16]);
    HistoryLine { n, about, at: morning(on), who: who.into(), role: role.into(), what: what.into(), why: why.into() }
}

pub fn opened(dossier: Dossier) -> Opened {
    let history = vec![
        line(9, "2026-11-20", ("M. Rossi", "Security"), "T-2 likelihood 4 → 3", "The row filter is live since 12 Nov."),
        line(8, "2026-11-13", ("M. Rossi", "Security"), "handed over: security → DPO", ""),
        line(7, "2026-11-06", ("M. Rossi", "Security"), "confirmed: owner → security", ""),
        line(1, "2026-11-02", ("S. Okafor", "Owner"), "entered Contract Copilot", ""),
    ];
    Opened { dossier, history, voided: Vec::new(), since: None, drafts: Vec::new(), register: None, trend: trend() }
}

/// A register that grew, and then got better.
fn trend() -> Vec<Point> {
    let levels = |n: u32| Levels([n % 3, 1, n, 2 * n.min(12 - n), (12 - n) / 3]);
    point_days(today()).into_iter().zip(1..).map(|(day, n)| Point { day, levels: levels(n) }).collect()
}

fn me(model: &mut Model) {
    let roles = vec![Role::Security, Role::Dpo, Role::Signoff];
    model.me = Some(Me { person: ROSSI, name: "M. Rossi".into(), role: Role::Security, roles });
    model.record =
        RecordInfo { name: "northwind.docket".into(), folder: "~/reviews".into(), sample: false, read_only: None };
}

/// A model that shows one pane of Contract Copilot.
pub fn system(size: (u16, u16), tab: Tab) -> Model {
    let mut model = Model::new(size, today());
    me(&mut model);
    let mut screen = SystemScreen::new(opened(copilot()), today());
    screen.show(tab, today());
    model.screen = Screen::System(Box::new(screen));
    model
}

/// Summaries of several systems, each a little different.
pub fn rows() -> Vec<(Id, Summary)> {
    static ONCE: std::sync::OnceLock<Summary> = std::sync::OnceLock::new();
    let first = ONCE.get_or_init(|| summarise(&copilot(), today()).unwrap()).clone();
    let other =
        |name: &str, tier: &str, (track, court): (&str, &str), (worst, gaps, governance): (u8, u32, u32)| Summary {
            name: name.into(),
            tier: tier.into(),
            track: track.into(),
            court: court.into(),
            worst,
            gaps,
            dpo_gaps: 0,
            governance_gaps: governance,
            unscored: 0,
            due: None,
            steps: Vec::new(),
            since: Some(morning("2026-11-20")),
            clearance: "none".into(),
            ..first.clone()
        };
    let mut cleared = other("Invoice OCR", "minimal", ("ddd-d", ""), (1, 0, 0));
    cleared.clearance = "current".into();
    let mut lost = other("Fraud Score v3", "critical", ("ddddd", ""), (4, 0, 0));
    lost.clearance = "trigger_pending".into();
    let all = vec![
        first.clone(),
        lost,
        other("HR Screening", "high", ("dhlll", "Security"), (4, 12, 3)),
        other("客服机器人 Support Bot", "limited", ("ddhdl", "Govern."), (3, 4, 4)),
        other("Chat Summary", "limited", ("ddhhl", "Govern. + DPO"), (2, 7, 2)),
        other("Ticket Router, for the whole group and all its many subsidiaries", "", ("hllll", "Owner"), (0, 31, 6)),
        cleared,
    ];
    (10u8..).map(|n| Id([n; 16])).zip(all).collect()
}

/// A model that shows the board.
pub fn board(size: (u16, u16)) -> Model {
    let mut model = Model::new(size, today());
    me(&mut model);
    let rows = rows();
    let steps =
        rows[0].1.steps.iter().take(5).map(|step| (rows[0].0, "Contract Copilot".to_owned(), step.clone())).collect();
    let page = BoardPage {
        from: 0,
        total: rows.len(),
        late: 1,
        cleared: 1,
        with_gaps: 0,
        unscored: 0,
        steps,
        steps_total: 12,
        rows,
        drafts: Vec::new(),
        risk: Box::new(risk()),
        only: None,
    };
    model.screen = Screen::Board(Board::new(page));
    model
}

/// The registers of all rows together; as many as there are now, some months after there were few.
fn risk() -> Risk {
    let mut tally = Tally::default();
    for (_, summary) in rows() {
        tally.shift(&Tally::default(), &summary.risk);
    }
    let now = tally.levels(Scale::Now).0;
    let then = |n: u32| Levels(now.map(|count| count * (n + n % 3) / 12));
    let trend = point_days(today()).into_iter().zip(1..).map(|(day, n)| Point { day, levels: then(n) });
    Risk { trend: trend.collect(), tally }
}

/// A model that shows the pictures of the portfolio.
pub fn portfolio(size: (u16, u16)) -> Model {
    let mut model = board(size);
    let top = rows().into_iter().map(|(id, row)| (id, row.name.to_string(), row.risk.levels(Scale::Now).open(), 4));
    let tiers = [("", 1), ("critical", 1), ("high", 2), ("limited", 2), ("minimal", 1)];
    let tiers = tiers.map(|(code, count)| (code.to_owned(), count)).into();
    if let Screen::Board(board) = &mut model.screen {
        board.draw(Portfolio { risk: risk(), tiers, top: top.collect(), systems: 7 });
    }
    model
}

/// A model that shows the systems behind a number.
pub fn behind(size: (u16, u16)) -> Model {
    let mut model = board(size);
    if let Screen::Board(board) = &mut model.screen {
        let mut page = std::mem::take(&mut board.page);
        page.rows.truncate(3);
        let behind = Behind::Threats(Group::Place(Scale::Now, 4, 5));
        page.only = Some(Box::new(OnlySystems { behind, counts: vec![3, 2, 1], threats: 6, of: page.total }));
        page.total = 3;
        board.replace(page);
    }
    model
}
