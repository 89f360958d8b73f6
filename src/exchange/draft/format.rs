//! The formats that are read.

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// OWASP Threat Dragon, version 1 or 2.
    ThreatDragon,
    /// A CSV list of risks, findings, controls or assets.
    CsvRegister,
    /// A CSV list of AI systems.
    AiInventory,
    /// AWS Threat Composer.
    ThreatComposer,
    /// A report or a hit log of garak.
    Garak,
    /// Results of promptfoo.
    Promptfoo,
    /// SARIF 2.1.0.
    Sarif,
    /// `DefectDojo`'s generic list of findings.
    DojoGeneric,
    /// `CycloneDX`: models, services, vulnerabilities.
    CycloneDx,
    /// Open Threat Model.
    Otm,
    /// OWASP Threat Model Library.
    TmLibrary,
    /// A model or a list of risks of Threagile.
    Threagile,
    /// Microsoft Threat Modeling Tool.
    Tm7,
    /// A model card.
    ModelCard,
    /// A privacy impact assessment of the CNIL's program.
    CnilPia,
    /// A library of CISO Assistant.
    CisoAssistant,
}

impl Format {
    /// The word that is stored and compared.
    pub fn word(self) -> &'static str {
        match self {
            Self::ThreatDragon => "threat-dragon",
            Self::CsvRegister => "csv-register",
            Self::AiInventory => "ai-inventory",
            Self::ThreatComposer => "threat-composer",
            Self::Garak => "garak",
            Self::Promptfoo => "promptfoo",
            Self::Sarif => "sarif",
            Self::DojoGeneric => "defectdojo-generic",
            Self::CycloneDx => "cyclonedx",
            Self::Otm => "otm",
            Self::TmLibrary => "tm-library",
            Self::Threagile => "threagile",
            Self::Tm7 => "tm7",
            Self::ModelCard => "model-card",
            Self::CnilPia => "cnil-pia",
            Self::CisoAssistant => "ciso-assistant",
        }
    }

    /// What it is called in a list of files.
    pub fn title(self) -> &'static str {
        match self {
            Self::ThreatDragon => "Threat Dragon",
            Self::CsvRegister => "CSV register",
            Self::AiInventory => "CSV inventory",
            Self::ThreatComposer => "Threat Composer",
            Self::Garak => "garak",
            Self::Promptfoo => "promptfoo",
            Self::Sarif => "SARIF",
            Self::DojoGeneric => "DefectDojo",
            Self::CycloneDx => "CycloneDX",
            Self::Otm => "OTM",
            Self::TmLibrary => "TM Library",
            Self::Threagile => "Threagile",
            Self::Tm7 => "Microsoft TMT",
            Self::ModelCard => "model card",
            Self::CnilPia => "CNIL assessment",
            Self::CisoAssistant => "CISO library",
        }
    }
}
