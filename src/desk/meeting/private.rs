//! What only whoever sits here sees of an agenda: what they mean to say in one meeting, and what they have read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    desk::{Desk, Trouble},
    domain::{
        Id, Prose,
        fields::Vocabulary,
        meeting::{Opined, OpinionKind},
    },
};

/// The name under which it is kept.
const PRIVATE: &str = "agenda";

/// Something to be said, as it is kept: key, kind, words, what was seen.
type Said = (String, String, String, String);

/// All of it, as it is kept beside the record.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// What waits to be said, by the meeting it is meant for: an opinion is one on the agenda of that day.
    queues: BTreeMap<String, Vec<Said>>,
    /// What of each item was seen when it was opened.
    read: BTreeMap<String, String>,
}

impl Kept {
    /// As it was written; an older docket kept one queue for whatever meeting came next.
    fn parse(text: &str, meeting: Option<Id>) -> Self {
        serde_json::from_str(text).unwrap_or_else(|_| {
            let (queue, read): (Vec<Said>, _) = serde_json::from_str(text).unwrap_or_default();
            Self { queues: meeting.map(|id| (id.to_string(), queue)).into_iter().collect(), read }
        })
    }
}

impl Desk {
    fn of_mine(&self, meeting: Option<Id>) -> Result<Kept, Trouble> {
        let kept = self.drafts()?.into_iter().find(|(key, _)| key == PRIVATE);
        Ok(kept.map_or_else(Kept::default, |(_, text)| Kept::parse(&text, meeting)))
    }

    /// What whoever sits here means to say in a meeting, and what they have read.
    pub fn private(&self, meeting: Option<Id>) -> Result<(Vec<Opined>, BTreeMap<String, String>), Trouble> {
        let mut kept = self.of_mine(meeting)?;
        let queue = meeting.and_then(|id| kept.queues.remove(&id.to_string())).unwrap_or_default();
        let said = queue.into_iter().filter_map(|(key, sort, text, seen)| {
            Some(Opined { key, sort: OpinionKind::parse(&sort)?, text: Prose::new(&text), seen })
        });
        Ok((said.collect(), kept.read))
    }

    /// Keeps it; what waits for other meetings waits on.
    pub fn keep_private(
        &mut self,
        meeting: Option<Id>,
        queue: &[Opined],
        read: &BTreeMap<String, String>,
    ) -> Result<(), Trouble> {
        let mut kept = self.of_mine(meeting)?;
        kept.read.clone_from(read);
        let said = |said: &Opined| -> Said {
            (said.key.clone(), said.sort.code().to_owned(), said.text.to_string(), said.seen.clone())
        };
        if let Some(meeting) = meeting {
            kept.queues.insert(meeting.to_string(), queue.iter().map(said).collect());
        }
        kept.queues.retain(|_, queue| !queue.is_empty());
        let text = serde_json::to_string(&kept).map_err(anyhow::Error::from)?;
        self.keep_draft(PRIVATE, &text)
    }
}
