//! The one error above the domain: refused by a rule, broken by the world, or asked for wrongly.

use crate::{domain::Refusal, exchange::Refused, store::Fault};

/// Why something was not done; whole sentences.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// A rule said no.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The record could not be opened, read or written.
    #[error("{0}")]
    Broken(#[from] Fault),
    /// A file of another tool was refused.
    #[error("{0}")]
    File(#[from] Refused),
    /// It was asked for in a way that cannot be done.
    #[error("{0}")]
    Usage(String),
    /// Anything else.
    #[error("{0:#}")]
    Other(#[from] anyhow::Error),
}

impl Trouble {
    /// The cause below the sentence, for the command line.
    pub fn cause(&self) -> Option<String> {
        match self {
            Self::Broken(Fault::Other(error)) => Some(format!("{error:#}")),
            Self::Broken(_) | Self::Refused(_) | Self::File(_) | Self::Usage(_) | Self::Other(_) => None,
        }
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::Other(error.into())
    }
}
