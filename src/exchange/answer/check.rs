//! `docket check`: what does not fit together, of one system or of all.

use serde::Serialize;

use crate::domain::{
    Dossier,
    decision::counted,
    fields::{Day, Vocabulary},
    lint::{Remark, Severity, lint, tally},
};

use super::{ANSWER_VERSION, pretty, text::wrapped};

/// One thing that does not fit together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemarkLine {
    /// The name of the rule; never renamed.
    pub rule: &'static str,
    /// `contradiction` or `warning`.
    pub severity: &'static str,
    /// What does not fit, in one sentence.
    pub text: String,
    /// What would mend it, in one sentence.
    pub mend: String,
    /// The code of the role that mends it.
    pub role: &'static str,
    /// Where it is mended: `threat/<id>/now_likelihood/edit`.
    pub place: String,
}

impl RemarkLine {
    /// A remark as data.
    pub fn of(remark: &Remark) -> Self {
        Self {
            rule: remark.rule.id(),
            severity: remark.severity().code(),
            text: remark.what.clone(),
            mend: remark.mend.clone(),
            role: remark.rule.role().code(),
            place: remark.place.to_text(),
        }
    }
}

/// One system.
#[derive(Debug, Clone, Serialize)]
pub struct Checked {
    /// Its identity.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many of its remarks are contradictions.
    pub contradictions: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// The remarks, contradictions first.
    pub remarks: Vec<RemarkLine>,
    /// How its entries of the journal stand.
    pub journal: Journal,
}

/// The entries of the journal about one system: each against its seal and the one before it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Journal {
    /// How many were checked.
    pub entries: u64,
    /// What does not verify, in whole sentences.
    pub problems: Vec<String>,
}

impl Checked {
    /// A system on a day; none for a dossier that is not about a system.
    pub fn of(dossier: &Dossier, journal: Journal, today: Day) -> Option<Self> {
        let system = dossier.system()?;
        let remarks = lint(dossier, today);
        let (contradictions, warnings) = tally(&remarks);
        let (id, name) = (system.id.to_string(), system.name.as_str().to_owned());
        Some(Self {
            id,
            name,
            contradictions,
            warnings,
            remarks: remarks.iter().map(RemarkLine::of).collect(),
            journal,
        })
    }

    fn write(&self, out: &mut String) {
        out.push_str(&wrapped("", &format!("{}: {}", self.name, found(self.contradictions, self.warnings))));
        for (severity, title) in [(Severity::Contradiction, "Contradictions"), (Severity::Warning, "Warnings")] {
            let mut of_it = self.remarks.iter().filter(|remark| remark.severity == severity.code()).peekable();
            if of_it.peek().is_some() {
                out.extend(["\n", title, "\n"]);
            }
            for remark in of_it {
                out.push_str(&wrapped("  ", &remark.text));
                out.push_str(&wrapped("    ", &format!("{}: {}", remark.rule, remark.mend)));
            }
        }
        if self.journal.problems.is_empty() {
            return;
        }
        out.push_str("\nThe journal does not verify\n");
        for problem in &self.journal.problems {
            out.push_str(&wrapped("  ", problem));
        }
    }

    /// Whether there is anything to say of it.
    fn is_noted(&self) -> bool {
        !self.remarks.is_empty() || !self.journal.problems.is_empty()
    }
}

/// The answer: 0 nothing contradicts itself, 1 something does. 2 and 4 are the command line's own.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// `docket.check`.
    pub kind: &'static str,
    /// See [`ANSWER_VERSION`].
    pub version: &'static str,
    /// The day for which it holds.
    pub on: String,
    /// What the program exits with.
    pub exit: u8,
    /// How many contradictions there are in all systems asked for.
    pub contradictions: usize,
    /// How many warnings.
    pub warnings: usize,
    /// The systems asked for, by name.
    pub systems: Vec<Checked>,
}

impl Check {
    /// The answer for systems on a day; when it is strict, a warning is a no as well.
    pub fn of(mut systems: Vec<Checked>, strict: bool, today: Day) -> Self {
        systems.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        let contradictions = systems.iter().map(|system| system.contradictions).sum();
        let warnings = systems.iter().map(|system| system.warnings).sum();
        let broken = systems.iter().any(|system| !system.journal.problems.is_empty());
        let exit = u8::from(contradictions > 0 || broken || strict && warnings > 0);
        let (kind, on) = ("docket.check", today.to_string());
        Self { kind, version: ANSWER_VERSION, on, exit, contradictions, warnings, systems }
    }

    /// For a pipeline.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(self)
    }

    /// For people, at most 80 columns: of several systems those with remarks, then how many there are in all.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        if let [system] = self.systems.as_slice() {
            system.write(&mut out);
            if system.journal.problems.is_empty() {
                let entries = system.journal.entries;
                let says = format!("Journal: {entries} entries of it verify; docket verify checks everything.");
                out.push('\n');
                out.push_str(&wrapped("", &says));
            }
            return out;
        }
        for system in self.systems.iter().filter(|system| system.is_noted()) {
            system.write(&mut out);
            out.push('\n');
        }
        let all = counted(self.systems.len(), "system", "systems");
        out.push_str(&wrapped("", &format!("{all}: {}", found(self.contradictions, self.warnings))));
        out
    }
}

/// `2 contradictions, 1 warning`.
fn found(contradictions: usize, warnings: usize) -> String {
    if contradictions + warnings == 0 {
        return "everything fits together".to_owned();
    }
    let grave = counted(contradictions, "contradiction", "contradictions");
    format!("{grave}, {}", counted(warnings, "warning", "warnings"))
}
