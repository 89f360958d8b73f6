//! `docket report`: the portfolio for those who lead: where every system stands, what is late, how the risk moves, and
//! which accepted risks end next.

use std::fmt::Write;

use super::{
    acceptances::Acceptances,
    list::{List, Row},
};
use crate::{
    domain::{fields::Day, library::Level, register::Point},
    exchange::{
        record::markdown::writer::{Page, plain, word},
        web::{self, Sheet},
    },
};

/// The portfolio on a day.
#[derive(Debug, Clone)]
pub struct Report {
    /// The day.
    pub on: Day,
    /// What the record is called.
    pub record: String,
    /// Every system.
    pub list: List,
    /// The accepted risks, the one that ends first on top.
    pub acceptances: Acceptances,
    /// The threats by level over the last weeks, oldest first.
    pub trend: Vec<Point>,
    /// The head of the journal after so many entries, in hexadecimal.
    pub head: (String, u64),
}

impl Report {
    /// The report as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut page = Page::default();
        page.heading(1, &format!("Portfolio of {}", plain(&self.record)));
        self.totals(&mut page);
        self.late(&mut page);
        self.stands(&mut page);
        self.ends(&mut page);
        self.moves(&mut page);
        page.heading(2, "Integrity");
        page.item(&format!("Journal head {} after {} entries", self.head.0, self.head.1));
        page.finish()
    }

    /// The report as one page of HTML.
    #[must_use]
    pub fn to_html(&self) -> String {
        let title = format!("Portfolio of {}, {}", self.record, self.on);
        let shows = "Threats by level at the end of each week, as they were now; unscored on top";
        let pictures = vec![(shows, web::weeks(&self.trend))];
        web::page(&Sheet { title: &title, words: &self.to_markdown(), pictures, data: None })
    }

    fn totals(&self, page: &mut Page) {
        let all = &self.list.systems;
        let count = |is: &dyn Fn(&Row) -> bool| all.iter().filter(|row| is(row)).count();
        let sum = |of: &dyn Fn(&Row) -> u32| all.iter().map(of).sum::<u32>();
        page.fact("Date", Some(&self.on.to_string()));
        page.item(&format!(
            "Systems: {}, {} with a current clearance, {} with gaps",
            all.len(),
            count(&|row| row.clearance == "current"),
            count(&|row| row.gaps > 0)
        ));
        page.item(&format!(
            "Gaps: {}, of them {} of the DPO and {} of governance",
            sum(&|row| row.gaps),
            sum(&|row| row.dpo_gaps),
            sum(&|row| row.governance_gaps)
        ));
        page.item(&format!("Threats: {}, {} without a score", sum(&|row| row.threats), sum(&|row| row.unscored)));
        page.item(&format!("Overdue: {}", count(&|row| row.late)));
    }

    fn late(&self, page: &mut Page) {
        page.heading(2, "What is overdue");
        let mut late: Vec<&Row> = self.list.systems.iter().filter(|row| row.late).collect();
        late.sort_by(|a, b| (&a.due, &a.name).cmp(&(&b.due, &b.name)));
        for row in &late {
            let due = row.due.as_deref().unwrap_or("–");
            page.item(&format!("{}: due {due}, with {}", plain(&row.name), court(row)));
        }
        if late.is_empty() {
            page.item("Nothing is overdue.");
        }
    }

    fn stands(&self, page: &mut Page) {
        page.heading(2, "Where every system stands");
        let cells = |row: &Row| {
            vec![
                plain(&row.name),
                row.tier.as_deref().map_or("not tiered".to_owned(), word),
                row.lifecycle.as_deref().map_or(String::new(), word),
                court(row),
                row.days.map_or(String::new(), |days| days.to_string()),
                row.gaps.to_string(),
                row.worst.map_or("not scored".to_owned(), word),
                word(&row.clearance),
            ]
        };
        let heads = ["System", "Tier", "Lifecycle", "With", "Days", "Gaps", "Worst now", "Clearance"];
        page.table(&heads, &self.list.systems.iter().map(cells).collect::<Vec<_>>());
        if self.list.systems.is_empty() {
            page.item("No system was entered yet.");
        }
    }

    fn ends(&self, page: &mut Page) {
        page.heading(2, "Accepted risks that end next");
        let rows = self.acceptances.acceptances.iter().map(|row| {
            let days = row
                .days_left
                .map_or(String::new(), |days| if days < 0 { format!("over for {}", -days) } else { days.to_string() });
            let holds = if row.holds { "holds".to_owned() } else { row.why.as_deref().map_or(word(row.state), plain) };
            let threat = format!("{} {}", row.threat, plain(&row.title));
            let by = row.accepted_by.as_deref().map_or("nobody yet".to_owned(), plain);
            let until = row.expires.clone().unwrap_or_default();
            vec![plain(&row.system), format!("{} of {threat}", row.number), by, until, days, holds]
        });
        let rows: Vec<_> = rows.collect();
        page.table(&["System", "Acceptance", "Accepted by", "Until", "Days left", "State"], &rows);
        if rows.is_empty() {
            page.item("No risk is accepted that ends within the time that was asked for.");
        }
    }

    fn moves(&self, page: &mut Page) {
        page.heading(2, "Risk over time");
        let cells = |point: &Point| {
            let mut row = vec![point.day.to_string(), point.levels.unscored().to_string()];
            row.extend(Level::ALL.iter().rev().map(|level| point.levels.at(*level).to_string()));
            row
        };
        let heads = ["End of", "Unscored", "Critical", "High", "Medium", "Low"];
        page.table(&heads, &self.trend.iter().map(cells).collect::<Vec<_>>());
    }
}

fn court(row: &Row) -> String {
    let mut out = plain(&row.court);
    if out.is_empty() {
        let _ = write!(out, "nobody");
    }
    out
}
