//! Unfinished words: each person's own, on this record.

use super::{Desk, Trouble};

impl Desk {
    /// Keeps what is being typed, under a name.
    pub fn keep_draft(&mut self, key: &str, text: &str) -> Result<(), Trouble> {
        let own = self.own(key);
        // On the first run there is no record to keep it in, and nothing is made before the person says so.
        if self.has_record() { Ok(self.store_mut()?.keep_draft(&own, text)?) } else { Ok(()) }
    }

    /// A draft is not needed any more.
    pub fn drop_draft(&mut self, key: &str) -> Result<(), Trouble> {
        let own = self.own(key);
        let kept = self.has_record() && self.as_saved()?.draft(&own)?.is_some();
        if kept { Ok(self.store_mut()?.drop_draft(&own)?) } else { Ok(()) }
    }

    /// The drafts of the person who sits here, by name; nobody reads another's unfinished words.
    pub fn drafts(&self) -> Result<Vec<(String, String)>, Trouble> {
        let own = self.own("");
        let all = self.as_saved()?.drafts()?.into_iter();
        Ok(all.filter_map(|(key, text)| Some((key.strip_prefix(&own)?.to_owned(), text))).collect())
    }

    fn own(&self, key: &str) -> String {
        self.me().map_or_else(|| key.to_owned(), |me| format!("{me}/{key}"))
    }
}
