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
}

impl Checked {
    /// A system on a day; none for a dossier that is not about a system.
    pub fn of(dossier: &Dossier, today: Day) -> Option<Self> {
        let system = dossier.system()?;
        let remarks = lint(dossier, today);
        let (contradictions, warnings) = tally(&remarks);
        let (id, name) = (system.id.to_string(), system.name.as_str().to_owned());
        Some(Self { id, name, contradictions, warnings, remarks: remarks.iter().map(RemarkLine::of).collect() })
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
        let exit = u8::from(contradictions > 0 || strict && warnings > 0);
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
            return out;
        }
        for system in self.systems.iter().filter(|system| !system.remarks.is_empty()) {
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
