//! The fields that a column can be read into, and which kind of table its column names speak of.

mod decisive;
mod risks;
mod systems;

use decisive::DECISIVE;
use risks::REGISTER;
use systems::INVENTORY;

use crate::exchange::words::plain;

/// What a table lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Risks, threats or findings.
    Register,
    /// Controls.
    Controls,
    /// Assets, which become components.
    Assets,
    /// AI systems.
    Inventory,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Register, Self::Controls, Self::Assets, Self::Inventory];

    /// The word that is printed and remembered.
    pub fn word(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Controls => "controls",
            Self::Assets => "assets",
            Self::Inventory => "inventory",
        }
    }

    /// Whether a table of this kind has a place for `field`; a column without one is kept as labelled text.
    pub fn has(self, field: Field) -> bool {
        use Field::{Category, Description, Due, Id, Owner, Stage, Status, System, Title};
        match self {
            Self::Register => field <= Due,
            Self::Controls => matches!(field, Id | Title | Description | Status | System),
            Self::Assets => matches!(field, Id | Title | Description | Category | System),
            Self::Inventory => matches!(field, Id | Title | Description | Owner) || field >= Stage,
        }
    }

    /// The fields that it has a place for.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        Field::ALL.iter().copied().filter(move |field| self.has(*field))
    }

    /// A kind that has a place for all of `fields`: this one, where it has.
    pub(super) fn that_has(first: Self, fields: &[Field]) -> Option<Self> {
        let has = |kind: &Self| fields.iter().all(|field| kind.has(*field));
        std::iter::once(first).chain(Self::ALL).find(has)
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// A field that a column can be read into.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field { $($(#[$doc])* $name),+ }

        impl Field {
            /// Every field.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word that is printed and remembered.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The field of that word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

fields! {
    /// The tool's own id.
    Id = "id",
    /// Title of a risk, name of a system.
    Title = "title",
    /// Longer text.
    Description = "description",
    /// Category of a risk.
    Category = "category",
    /// What a risk is about.
    Target = "target",
    /// The system a risk belongs to.
    System = "system",
    /// Likelihood.
    Likelihood = "likelihood",
    /// Impact.
    Impact = "impact",
    /// Severity, rating or score.
    Severity = "severity",
    /// Status.
    Status = "status",
    /// Treatment.
    Treatment = "treatment",
    /// Why it was decided so.
    Justification = "justification",
    /// Controls in place.
    Controls = "controls",
    /// What is to be done.
    Mitigation = "mitigation",
    /// Whether it is a false positive.
    FalsePositive = "false-positive",
    /// Who owns it.
    Owner = "owner",
    /// When it is due.
    Due = "due",
    /// Lifecycle stage.
    Stage = "stage",
    /// What a system is for.
    Purpose = "purpose",
    /// What a system is expected to bring.
    Benefits = "benefits",
    /// What comes out of a system.
    Outputs = "outputs",
    /// The organisation.
    Organisation = "organisation",
    /// The unit that owns a system.
    Unit = "unit",
    /// Whom to ask.
    Contact = "contact",
    /// Impact class of a system.
    ImpactClass = "impact-class",
    /// Whether there are personal data.
    PersonalData = "personal-data",
    /// Who sells or builds it.
    Vendor = "vendor",
    /// The product it runs on.
    Product = "product",
    /// Authorisation to operate.
    Authorised = "authorised",
    /// When it started.
    Started = "started",
    /// The kind of AI.
    Technique = "technique",
    /// Whether it is in use.
    InUse = "in-use",
}

/// A field and the column names that mean it: the first ones rather than the later ones, parts of a name last.
pub(super) struct Entry {
    field: Field,
    exact: &'static [&'static str],
    parts: &'static [&'static str],
}

const fn entry(field: Field, exact: &'static [&'static str], parts: &'static [&'static str]) -> Entry {
    Entry { field, exact, parts }
}

/// Which field each column is, the best name winning where two columns mean the same.
pub(super) fn assign<'a>(names: impl Iterator<Item = &'a str>, kind: Kind) -> Vec<Option<Field>> {
    let entries = if kind == Kind::Inventory { INVENTORY } else { REGISTER };
    let names: Vec<String> = names.map(normal).collect();
    let mut claims = Vec::new();
    for (column, name) in names.iter().enumerate() {
        claims.extend(entries.iter().filter_map(|entry| Some((rank(entry, name)?, column, entry.field))));
    }
    claims.sort_unstable();
    let mut out = vec![None; names.len()];
    let mut taken = Vec::new();
    for (_, column, field) in claims.into_iter().filter(|(.., field)| kind.has(*field)) {
        if out[column].is_none() && !taken.contains(&field) {
            out[column] = Some(field);
            taken.push(field);
        }
    }
    // A system's name is its product only beside a better name: where it is the only one, it is what the row is called.
    if kind == Kind::Inventory && !taken.contains(&Field::Title) {
        let titles = entries.iter().filter(|entry| entry.field == Field::Title);
        let called =
            titles.flat_map(|entry| names.iter().enumerate().filter_map(|(at, name)| Some((rank(entry, name)?, at))));
        if let Some((_, column)) = called.min() {
            out[column] = Some(Field::Title);
        }
    }
    out
}

fn rank(entry: &Entry, name: &str) -> Option<usize> {
    let exact = entry.exact.iter().position(|known| *known == name);
    exact.or_else(|| entry.parts.iter().position(|part| name.contains(part)).map(|at| at + 100))
}

/// Whether a column of that name can be read into `field`.
pub(super) fn can_be(name: &str, kind: Kind, field: Field) -> bool {
    let entries = if kind == Kind::Inventory { INVENTORY } else { REGISTER };
    entries.iter().any(|entry| entry.field == field && rank(entry, &normal(name)).is_some())
}

/// The kind that column names speak of, and how many of them are known; none where none is.
pub(super) fn recognise<'a>(names: &(impl Iterator<Item = &'a str> + Clone)) -> Option<(Kind, usize)> {
    let known = |kind| assign(names.clone(), kind).iter().flatten().count();
    let normals: Vec<String> = names.clone().map(normal).collect();
    let weigh = |kind: Kind| {
        let telling =
            DECISIVE.iter().filter(|(of, part)| *of == kind && normals.iter().any(|name| name.contains(part)));
        telling.count()
    };
    let (register, inventory) = (known(Kind::Register), known(Kind::Inventory));
    let (risks, systems) = (weigh(Kind::Register), weigh(Kind::Inventory));
    let titled = assign(names.clone(), Kind::Inventory).contains(&Some(Field::Title));
    if systems > 0 && titled && systems * 3 + inventory > risks * 3 + register {
        return Some((Kind::Inventory, inventory.max(1)));
    }
    // Nothing speaks of risks, and nothing would be the title of one: then what has names and more are systems.
    let risks_have_titles = assign(names.clone(), Kind::Register).contains(&Some(Field::Title));
    if risks == 0
        && titled
        && !risks_have_titles
        && inventory > 2
        && inventory >= register
        && weigh(Kind::Controls) + weigh(Kind::Assets) == 0
    {
        return Some((Kind::Inventory, inventory));
    }
    let kind = match () {
        () if risks == 0 && weigh(Kind::Controls) > 0 => Kind::Controls,
        () if risks == 0 && weigh(Kind::Assets) > 0 => Kind::Assets,
        () => Kind::Register,
    };
    let fields = assign(names.clone(), kind);
    let titled = [Field::Title, Field::Description].iter().any(|field| fields.contains(&Some(*field)));
    titled.then_some((kind, fields.iter().flatten().count()))
}

/// A column name without case, punctuation, question number and unit: `Likelihood (1-5)` is `likelihood`.
fn normal(name: &str) -> String {
    let mut out = String::with_capacity(name.len().min(400));
    let mut rest: &str = name;
    while let Some((before, after)) = rest.split_once('(') {
        out.push_str(before);
        match after.split_once(')') {
            // "(PII)" and longer remarks may be what the column is about; units and plural endings are not.
            Some((inner, tail)) => {
                if inner.len() > 12 {
                    out.push(' ');
                    out.push_str(inner);
                }
                rest = tail;
            }
            None => rest = after,
        }
    }
    out.push_str(rest);
    let plain = plain(&out);
    let numbered = |word: &str| word.trim_start_matches('q').chars().next().is_some_and(|c| c.is_ascii_digit());
    plain
        .split(' ')
        .skip_while(|word| numbered(word))
        .filter(|word| *word != "1to5")
        .take(60)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_names_are_read_without_their_trimmings() {
        assert_eq!(normal("Likelihood (1-5)"), "likelihood");
        assert_eq!(normal("12_Use_Case_Name"), "use case name");
        assert_eq!(normal("Q3: Vendor(s) Name?"), "vendor name");
        assert_eq!(normal(" Risk\nScore (LxI)"), "risk score");
        assert_eq!(normal("L_1to5"), "l");
    }

    #[test]
    fn words_and_fields_are_one_to_one() {
        for field in Field::ALL {
            assert_eq!(Field::from_word(field.word()), Some(*field));
        }
    }

    #[test]
    fn the_best_name_wins() {
        let fields = |names: &[&str]| assign(names.iter().copied(), Kind::Register);
        assert_eq!(
            fields(&["riesgo", "severidad", "control"])[..],
            [Field::Title, Field::Severity, Field::Controls].map(Some)
        );
        assert_eq!(fields(&["Risk Level", "Score", "Severity"])[..], [None, None, Some(Field::Severity)]);
        let fields = |names: &[&str]| assign(names.iter().copied(), Kind::Inventory);
        let (title, product, vendor) = (Some(Field::Title), Some(Field::Product), Some(Field::Vendor));
        assert_eq!(fields(&["System Name", "Vendor"])[..], [title, vendor], "the only name is what it is called");
        assert_eq!(fields(&["System Name", "Use Case Name"])[..], [product, title]);
    }

    #[test]
    fn kinds_are_told_apart() {
        let kind = |names: &[&str]| recognise(&names.iter().copied()).map(|(kind, _)| kind);
        assert_eq!(kind(&["Use Case Name", "Bureau", "Stage of Development"]), Some(Kind::Inventory));
        assert_eq!(
            kind(&["Risk ID", "Risk Title", "Likelihood (1-5)", "Impact (1-5)", "Status"]),
            Some(Kind::Register)
        );
        assert_eq!(kind(&["Control ID", "Short Summary", "Supported Modes"]), Some(Kind::Controls));
        assert_eq!(kind(&["name", "description", "domain", "type"]), Some(Kind::Assets));
        assert_eq!(kind(&["Tool/Application Name", "Purpose", "Risk Level", "Status"]), Some(Kind::Inventory));
        assert_eq!(kind(&["Name", "Owner", "Purpose", "Vendor"]), Some(Kind::Inventory));
        assert_eq!(kind(&["AI System", "Risk ID", "Risk", "Likelihood", "Impact", "Owner"]), Some(Kind::Register));
        assert_eq!(
            kind(&["System Name", "Business Owner", "Vendor", "Personal Data", "Status"]),
            Some(Kind::Inventory)
        );
        assert_eq!(kind(&["System Name", "Owner", "Team", "Status"]), Some(Kind::Inventory));
        assert_eq!(kind(&["System", "Owner", "Status", "Title"]), Some(Kind::Register));
        assert_eq!(kind(&["CVE", "Vendor", "Product", "Severity", "Description"]), Some(Kind::Register));
        assert_eq!(kind(&["asset_id", "asset_name", "asset_type", "owner"]), Some(Kind::Assets));
        assert_eq!(kind(&["agency", "page", "notes", "status"]), None);
        assert_eq!(kind(&["alpha", "beta"]), None);
    }
}
