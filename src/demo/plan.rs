//! From the content to acts: each step of a timeline becomes the commands that people would give.

use toml::{Table, Value as Toml};

use super::{
    Act, Deed, Slots, Trouble,
    clock::Clock,
    sheet::{Roster, Sheet, Step, key_of},
    slot::{person, slots},
};
use crate::domain::{
    Kind, Line, Prose,
    command::{Command, Fields},
    decision::{Decision, ReturnReason, ReviewKind},
    fields::{Day, Vocabulary},
    people::Role,
    privacy::Advice,
    register::FileSeen,
    system::Tier,
    value::Value,
};

/// What is only known of a system when it is entered; the owner describes the rest.
const ENTERED: [&str; 4] = ["name", "owner", "purpose", "launch"];
/// What a row of the content says beside its fields, or what somebody else sets later.
const BESIDE: [&str; 5] = ["key", "later", "against", "dpo_verdict", "dpo_reason"];
/// What stands in the inventory beside the system itself.
const INVENTORY: [Kind; 7] =
    [Kind::Release, Kind::Component, Kind::Flow, Kind::Tool, Kind::Model, Kind::Retrieval, Kind::Connection];

/// The record is set up: people, and the roles that hold by default.
pub fn founding(roster: &Roster, today: Day) -> Result<Vec<Act>, Trouble> {
    let mut clock = Clock::new(today, 0);
    let first = roster.role.first().ok_or_else(|| Trouble::Content("nobody holds a role".into()))?;
    let founder = role(&first.role)?;
    let mut acts = Vec::new();
    let mut push = |deed: Deed| {
        let at = clock.next(roster.ago, false);
        acts.push(Act { at, person: roster.founder.clone(), role: founder, subject: None, deed });
    };
    for row in &roster.person {
        let set = slots(Kind::Person, row, ("people", today), &BESIDE)?;
        push(Deed::Add { kind: Kind::Person, name: person(key_of(row)), set, to: None });
    }
    for held in &roster.role {
        let delegate = held.delegate.as_deref().map(person);
        push(Deed::Assign { role: role(&held.role)?, person: person(&held.person), delegate, until: None });
    }
    for held in roster.role.iter().filter(|held| held.signs) {
        let (at, role) = (clock.next(roster.ago, false), role(&held.role)?);
        acts.push(Act { at, person: held.person.clone(), role, subject: None, deed: Deed::Register });
    }
    Ok(acts)
}

/// What happened to one system.
pub fn system(roster: &Roster, sheet: &Sheet, lane: usize, today: Day) -> Result<Vec<Act>, Trouble> {
    let mut clock = Clock::new(today, lane + 1);
    let mut acts = Vec::new();
    for step in &sheet.timeline {
        let plan = Plan { roster, sheet, step, today };
        let wrong =
            |why: Trouble| Trouble::Content(format!("{}, {} days ago, {}: {why}", sheet.key, step.ago, step.act));
        let hat = role(&step.role).map_err(wrong)?;
        let who = plan.who().map_err(wrong)?;
        let deeds = plan.deeds().map_err(wrong)?;
        for (n, deed) in deeds.into_iter().enumerate() {
            let at = clock.next(step.ago, n == 0);
            acts.push(Act { at, person: who.clone(), role: hat, subject: Some(sheet.key.clone()), deed });
        }
    }
    Ok(acts)
}

/// One step with everything that it is about.
struct Plan<'a> {
    roster: &'a Roster,
    sheet: &'a Sheet,
    step: &'a Step,
    today: Day,
}

type Deeds = Result<Vec<Deed>, Trouble>;

impl Plan<'_> {
    /// Who does it: whom the step names, else who holds the role on the system, else who holds it by default.
    fn who(&self) -> Result<String, Trouble> {
        let by_default = || self.roster.role.iter().find(|held| held.role == self.step.role).map(|held| &held.person);
        let found = self.step.who.as_ref().or_else(|| self.sheet.cast.get(&self.step.role)).or_else(by_default);
        found.cloned().ok_or_else(|| Trouble::Content(format!("nobody is {}", self.step.role)))
    }

    fn deeds(&self) -> Deeds {
        let say = || Prose::new(&self.step.say);
        let on = || self.inside(&self.step.on);
        let one = |deed| Ok(vec![deed]);
        match self.step.act.as_str() {
            "enter" => self.enter(),
            "describe" => self.describe(),
            "inventory" => INVENTORY.iter().map(|kind| self.add(*kind)).collect::<Result<Vec<_>, _>>().map(flat),
            "threats" => self.threats(),
            "evidence" => Ok(flat(vec![self.add(Kind::Evidence)?, self.add(Kind::Verification)?])),
            "triggers" => self.add(Kind::Trigger),
            "add" => self.add(kind(&self.step.on)?),
            "edit" => self.edit(),
            "assess" => {
                let words = self.whole(Kind::Privacy, &self.sheet.privacy)?;
                Ok(self.sheet.dpo.deeds()?.into_iter().chain([words]).collect())
            }
            "draft" => one(self.whole(Kind::Review, &self.sheet.draft)?),
            "verdicts" => self.verdicts(),
            "propose" => one(self.propose()),
            "attach" => one(Deed::Attach(on(), FileSeen::of(&self.step.to, &self.step.say))),
            "accept" => one(Deed::Accept(on())),
            "approve" => one(Deed::Approve(on())),
            "refuse" => one(Deed::Refuse(on(), say())),
            "meet" => one(Deed::Meet(on(), say())),
            "seal" => one(Deed::Seal(word(&self.step.on)?)),
            "fire" => one(Deed::Fire(on(), say())),
            "triage" => {
                let roles = self.step.keys.iter().map(|code| role(code)).collect::<Result<Vec<_>, _>>()?;
                one(Deed::Triage(on(), word(&self.step.to)?, roles, say()))
            }
            "assign" => {
                let until = self.step.due.map(|days| self.today.plus(days));
                one(Deed::Assign { role: role(&self.step.on)?, person: person(&self.step.to), delegate: None, until })
            }
            _ => self.plain().map(|command| vec![Deed::Plain(command)]),
        }
    }

    /// The commands without names in them.
    fn plain(&self) -> Result<Command, Trouble> {
        let step = self.step;
        let say = Prose::new(&step.say);
        Ok(match step.act.as_str() {
            "send" => {
                let due = step.due.map(|days| self.today.plus(days - step.ago));
                Command::Send { step: word(&step.on)?, note: say, due }
            }
            "receive" => Command::Receive(word(&step.on)?),
            "confirm" => Command::Confirm(word(&step.on)?),
            "recall" => Command::Recall(word(&step.on)?),
            "return" => {
                let reason: ReturnReason = word(&step.and)?;
                Command::Return { step: word(&step.on)?, reason, gaps: say, role: role(&step.to)? }
            }
            "sign" => Command::Sign(say),
            "unsign" => Command::Unsign(say),
            "advise" => Command::Advise { advice: word::<Advice>(&step.on)?, text: say },
            "answer" => {
                let (answer, note) = (Some(word(&step.to)?), (!step.say.is_empty()).then_some(say));
                Command::Answer { check: step.on.clone(), answer, chosen: step.keys.clone(), note }
            }
            "override" => Command::Override { reason: say, compensating: Line::new(&step.and) },
            "tier" => Command::OverrideTier { tier: Some(word::<Tier>(&step.on)?), reason: say },
            "revoke" => Command::RevokeClearance(say),
            "pause" => Command::Pause(say),
            "resume" => Command::Resume(say),
            "change" => Command::RecordChange { what: self.recorded("after"), fires: self.fired() },
            "incident" => {
                // What falls on a weekend is reported on the Friday before.
                let noticed = self.today.plus(-step.ago - 2).to_string();
                let noticed = ("noticed".to_owned(), Value::Text(noticed));
                Command::ReportIncident(self.recorded("what").into_iter().chain([noticed]).collect())
            }
            "review" => Command::StartReview(word::<ReviewKind>(&step.on)?),
            "decide" => Command::Decide {
                decision: word::<Decision>(&step.on)?,
                rationale: say,
                conditions: step.conditions.iter().map(|(t, day)| (Prose::new(t), self.today.plus(*day))).collect(),
                valid_until: step.due.map(|days| self.today.plus(days)),
            },
            other => return Err(Trouble::Content(format!("nobody knows how to {other}"))),
        })
    }

    /// What is said of a change or an incident: its title, its kind, and more words.
    fn recorded(&self, more: &str) -> Fields {
        let said = [("title", &self.step.say), ("sort", &self.step.on), (more, &self.step.and)];
        said.iter().map(|(field, text)| ((*field).to_owned(), Value::from(text.as_str()))).collect()
    }

    /// What a change fires: entries of the library by their codes, and triggers of this system by their names.
    fn fired(&self) -> Vec<String> {
        let named = |key: &String| if key.starts_with("DKT-") { key.clone() } else { self.inside(key) };
        self.step.keys.iter().map(named).collect()
    }

    fn here(&self) -> (&str, Day) {
        (&self.sheet.key, self.today)
    }

    fn inside(&self, name: &str) -> String {
        format!("{}/{name}", self.sheet.key)
    }

    /// Into the inventory, with everybody who has a role on it.
    fn enter(&self) -> Deeds {
        let mut set = slots(Kind::System, &self.sheet.system, self.here(), &[])?;
        set.retain(|(field, _)| ENTERED.contains(&field.as_str()));
        let mut deeds = vec![Deed::NewSystem(set)];
        for (code, who) in &self.sheet.cast {
            deeds.push(Deed::Assign { role: role(code)?, person: person(who), delegate: None, until: None });
        }
        Ok(deeds)
    }

    /// The rest of the description, and the answers of the intake.
    fn describe(&self) -> Deeds {
        let set = slots(Kind::System, &self.sheet.system, self.here(), &ENTERED)?;
        let name = self.sheet.key.clone();
        let mut deeds = vec![Deed::Edit { kind: Kind::System, name, set, why: Prose::new(&self.step.say) }];
        if !self.sheet.intake.is_empty() {
            deeds.push(self.whole(Kind::Intake, &self.sheet.intake)?);
        }
        Ok(deeds)
    }

    /// Fills in the one row of a kind that every system has.
    fn whole(&self, kind: Kind, row: &Table) -> Result<Deed, Trouble> {
        let row = if self.step.set.is_empty() { row } else { &self.step.set };
        let set = slots(kind, row, self.here(), &BESIDE)?;
        Ok(Deed::Edit { kind, name: self.inside(kind.code()), set, why: Prose::new(&self.step.say) })
    }

    /// The rows of a kind that the step is about: those it names, else those that do not come later.
    fn rows(&self, kind: Kind) -> impl Iterator<Item = &Table> {
        let named = &self.step.keys;
        self.sheet.of(kind).iter().filter(move |row| {
            if named.is_empty() { !row.contains_key("later") } else { named.iter().any(|key| key == key_of(row)) }
        })
    }

    fn add(&self, kind: Kind) -> Deeds {
        let number = std::cell::Cell::new(0);
        self.rows(kind)
            .map(|row| {
                number.set(number.get() + 1);
                let name = match key_of(row) {
                    "" => self.inside(&format!("{} {} {}", kind.code(), self.step.ago, number.get())),
                    key => self.inside(key),
                };
                let to = (kind == Kind::Proviso).then(|| self.inside(&self.step.to));
                Ok(Deed::Add { kind, name, set: slots(kind, row, self.here(), &BESIDE)?, to })
            })
            .collect()
    }

    /// The threat register and the control plan.
    fn threats(&self) -> Deeds {
        let mut deeds = self.add(Kind::Threat)?;
        for (row, add) in self.rows(Kind::Control).zip(self.add(Kind::Control)?) {
            deeds.push(add);
            let against = row.get("against").and_then(Toml::as_table);
            for (threat, less) in against.into_iter().flatten() {
                deeds.push(self.link(key_of(row), threat, less)?);
            }
        }
        deeds.extend(self.add(Kind::Considered)?);
        Ok(deeds)
    }

    fn link(&self, control: &str, threat: &str, less: &Toml) -> Result<Deed, Trouble> {
        let by = |at: usize| less.get(at).and_then(Toml::as_integer).unwrap_or(0);
        let mut row = Table::new();
        row.insert("threat".into(), Toml::String(threat.into()));
        row.insert("control".into(), Toml::String(control.into()));
        for (at, field) in ["less_likely", "less_impact"].into_iter().enumerate().filter(|(at, _)| by(*at) > 0) {
            row.insert(field.into(), Toml::Integer(by(at)));
        }
        let set = slots(Kind::Link, &row, self.here(), &[])?;
        Ok(Deed::Add { kind: Kind::Link, name: self.inside(&format!("{control}-{threat}")), set, to: None })
    }

    /// An edit of a named row; the kind stands before the name.
    fn edit(&self) -> Deeds {
        let (code, key) = self.step.on.split_once(' ').unwrap_or((&self.step.on, ""));
        let kind = kind(code)?;
        let set = slots(kind, &self.step.set, self.here(), &[])?;
        let name = match (kind, key) {
            (Kind::System, _) => self.sheet.key.clone(),
            (_, "") => self.inside(code),
            (_, key) => self.inside(key),
        };
        Ok(vec![Deed::Edit { kind, name, set, why: Prose::new(&self.step.say) }])
    }

    /// What the DPO says of each threat to personal data.
    fn verdicts(&self) -> Deeds {
        let validated = |row: &&Table| row.contains_key("dpo_verdict");
        self.rows(Kind::Threat)
            .filter(validated)
            .map(|row| {
                let mut set: Slots = slots(Kind::Threat, row, self.here(), &["key", "later"])?;
                set.retain(|(field, _)| field.starts_with("dpo_"));
                let name = self.inside(key_of(row));
                Ok(Deed::Edit { kind: Kind::Threat, name, set, why: Prose::default() })
            })
            .collect()
    }

    fn propose(&self) -> Deed {
        let threat = self.inside(&self.step.to);
        let words = (Prose::new(&self.step.say), Prose::new(&self.step.and));
        let expires = self.today.plus(self.step.due.unwrap_or(180));
        Deed::Propose { name: self.inside(&self.step.on), threat, words, expires }
    }
}

fn flat(deeds: Vec<Vec<Deed>>) -> Vec<Deed> {
    deeds.into_iter().flatten().collect()
}

fn role(code: &str) -> Result<Role, Trouble> {
    word(code)
}

fn kind(code: &str) -> Result<Kind, Trouble> {
    Kind::parse(code).ok_or_else(|| Trouble::Content(format!("there is no kind {code}")))
}

fn word<V: Vocabulary>(code: &str) -> Result<V, Trouble> {
    V::parse(code).ok_or_else(|| Trouble::Content(format!("there is no word \"{code}\" here")))
}
