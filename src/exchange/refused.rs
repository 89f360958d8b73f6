//! Why a file was not read: each reason one whole sentence for the person who chose it.

use thiserror::Error;

use crate::domain::Line;

/// Why nothing was imported; the text says what the file looks like, what docket reads, and that nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Refused {
    /// More bytes than are read at once.
    #[error(
        "This file has {mib} MiB and docket reads {what} of this kind up to {limit} MiB, because all of it has to be in \
         memory at once; of any size are results of garak, promptfoo, SARIF and DefectDojo, CycloneDX and Microsoft TMT, \
         and nothing was changed."
    )]
    TooLarge {
        /// Size of the file.
        mib: u64,
        /// What it would have been read as.
        what: &'static str,
        /// Largest size of that.
        limit: usize,
    },
    /// Somebody stopped it.
    #[error("Reading the file was stopped; nothing was changed.")]
    Cancelled,
    /// The file ended in an error of the disk.
    #[error("This file could not be read to its end ({why}); nothing was changed.")]
    Unreadable {
        /// What the system says.
        why: Line,
    },
    /// A format that is read, in a shape that says nothing.
    #[error("This looks like {looks}, but {lack}; docket reads {reads}, and nothing was changed.", reads = READS)]
    Lacking {
        /// What it looks like, with an article.
        looks: &'static str,
        /// What is wrong, as half a sentence.
        lack: &'static str,
    },
    /// No bytes, or nothing but blanks.
    #[error("This file is empty; docket reads {reads}, and nothing was changed.", reads = READS)]
    Empty,
    /// A pointer of git LFS in place of the file.
    #[error(
        "This is a git LFS pointer and not the file itself, so run \"git lfs pull\" and import it again; docket reads \
         {reads}, and nothing was changed.",
        reads = READS
    )]
    LfsPointer,
    /// Another known format.
    #[error("This looks like {looks}, which is not read yet; docket reads {reads}, and nothing was changed.", reads = READS)]
    NotRead {
        /// Its name, with an article.
        looks: &'static str,
    },
    /// JSON or CSV that breaks its own rules.
    #[error(
        "This looks like {looks}, but it is damaged at line {line}, column {column}; docket reads {reads}, and nothing \
         was changed.",
        reads = READS
    )]
    Malformed {
        /// What it looks like, with an article.
        looks: &'static str,
        /// Line of the first error, from 1.
        line: usize,
        /// Column of the first error, from 1.
        column: usize,
    },
    /// JSON nested deeper than any real model.
    #[error("This looks like JSON nested deeper than any real model; docket reads {reads}, and nothing was changed.", reads = READS)]
    TooDeep,
    /// A Threat Dragon model without its parts.
    #[error(
        "This looks like a Threat Dragon model, but it has no \"{missing}\" section; docket reads {reads}, and nothing \
         was changed.",
        reads = READS
    )]
    Incomplete {
        /// The missing section.
        missing: &'static str,
    },
    /// A table, none of whose columns means anything here.
    #[error(
        "This looks like a table with the columns {headers}, in which no column that docket knows was found; docket \
         reads {reads}, so name its columns with a mapping, and nothing was changed.",
        reads = READS
    )]
    NoColumns {
        /// The first few cells of its first row.
        headers: Line,
    },
    /// A column was named that the table does not have.
    #[error("This table has no column \"{name}\"; it has {columns}, and nothing was changed.")]
    NoColumn {
        /// What was named.
        name: Line,
        /// What it has.
        columns: Line,
    },
    /// Fields were named that no kind of table has together.
    #[error(
        "No table lists the fields {fields} together: some are of a register of risks, some of an inventory of systems; nothing was changed."
    )]
    NoKind {
        /// Their words.
        fields: Line,
    },
    /// More rows or columns than are read.
    #[error("This looks like a table with more than {limit} {what}, more than docket reads; it reads {reads}, and nothing was changed.", reads = READS)]
    TooMany {
        /// Rows or columns.
        what: &'static str,
        /// How many are read.
        limit: usize,
    },
    /// Nothing that was recognised.
    #[error("This looks like {looks} of no format that docket knows; docket reads {reads}, and nothing was changed.", reads = READS)]
    Unknown {
        /// Text, JSON or binary data.
        looks: &'static str,
    },
}

/// What is read, as it stands in every refusal.
pub const READS: &str = "OWASP Threat Dragon models (versions 1 and 2), CSV risk registers and CSV inventories of AI \
                         systems, models of Threat Composer, Microsoft TMT, Threagile, OTM and the OWASP Threat Model \
                         Library, CycloneDX, results of garak, promptfoo, SARIF and DefectDojo, model cards, CNIL \
                         assessments and CISO Assistant libraries";
