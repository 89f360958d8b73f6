//! The SSH signatures: by which key, whether they hold, and how they are verified without docket.

use super::writer::{Page, day_or, name, plain};
use crate::exchange::record::Record;

/// Every SSH signature over what the record names, or that there is none.
pub(super) fn signatures(page: &mut Page, record: &Record) {
    page.heading(2, "SSH signatures");
    for part in &record.integrity.signatures {
        let holds = match &part.why {
            None => "holds".to_owned(),
            Some(why) => format!("**does not hold**: {}", plain(why)),
        };
        let ended = part.key_ended.as_deref().map_or(String::new(), |ended| format!(" ({ended})"));
        let who = name(part.signed_by.as_ref());
        page.item(&format!(
            "{} by {who} on {}: {holds}; key {}{ended}",
            plain(&part.of),
            day_or(part.at.as_ref()),
            plain(&part.fingerprint)
        ));
    }
    if record.integrity.signatures.is_empty() {
        page.item("None: nothing is signed with an SSH key.");
        return;
    }
    let first = &record.integrity.signatures[0].verify;
    page.item(&format!(
        "To verify without docket: docket sign SYSTEM --export FOLDER writes texts, signatures and allowed signers, which \
         the JSON of this record holds as well; there run `{first}`, with the number and the name of each"
    ));
}
