//! The disposition record as a page: whole by itself, valid, inert, and the same as the texts it is made from.

#![cfg(test)]

#[path = "fixtures/record/world.rs"]
#[allow(dead_code, reason = "shared with the test of the record's other forms")]
mod world;

use docket::{
    domain::{Kind, decision::Decision, people::Role},
    exchange::record::{self, Context, Record},
};
use html5ever::{parse_document, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use world::{NOON, TODAY, World, day, fields};

fn build(world: &World) -> Record {
    let context = Context { version: "0.1.0".into(), head: Some([7; 32]), events: 41, voided: Vec::new() };
    record::build(&world.d, day(TODAY), NOON, &context).unwrap()
}

fn page(record: &Record) -> String {
    record::html(&record.to_json(), &record.to_markdown())
}

/// What looks at an element: its name, its attributes, itself.
type See<'a> = dyn FnMut(&str, &[(String, String)], &Handle) + 'a;

/// Every element in its order.
fn walk(node: &Handle, see: &mut See<'_>) {
    if let NodeData::Element { name, attrs, template_contents, .. } = &node.data {
        let attrs: Vec<_> =
            attrs.borrow().iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string())).collect();
        see(&name.local, &attrs, node);
        if let Some(inside) = template_contents.borrow().as_ref() {
            walk(inside, see);
        }
    }
    node.children.borrow().iter().for_each(|child| walk(child, see));
}

fn words(node: &Handle) -> String {
    let own = match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        NodeData::Element { template_contents, .. } => template_contents.borrow().as_ref().map_or(String::new(), words),
        _ => String::new(),
    };
    node.children.borrow().iter().fold(own, |all, child| all + &words(child))
}

fn parsed(html: &str) -> RcDom {
    parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html)
}

fn hostile() -> World {
    let mut world = World::complete("</title><script>alert(1)</script>");
    let words = "<img src=x onerror=alert(1)> ![x](https://evil.example/a.png) </template>";
    world.add(Role::Security, Kind::Threat, fields(&[("title", words), ("description", words)]), None);
    world
}

fn worlds() -> Vec<World> {
    vec![
        World::new("Empty", 5),
        World::complete("Complete"),
        World::decided(Decision::Proceed),
        World::decided(Decision::Conditional),
        hostile(),
    ]
}

#[test]
fn it_is_valid_html_that_neither_runs_nor_fetches_anything() {
    for world in worlds() {
        let html = page(&build(&world));
        let dom = parsed(&html);
        assert_eq!(dom.errors.borrow().as_slice(), [] as [&str; 0]);
        walk(&dom.document, &mut |name, attrs, _| {
            assert!(!["script", "img", "link", "iframe", "object", "a", "form", "base"].contains(&name), "{name}");
            for (attr, value) in attrs {
                assert!(
                    !attr.starts_with("on") && !["src", "href", "action", "style"].contains(&attr.as_str()),
                    "{attr}"
                );
                assert!(!value.contains("url("), "{value}");
            }
        });
        assert!(!html.contains("@import") && !html.contains("url("));
    }
}

#[test]
fn it_carries_the_very_same_data() {
    for world in worlds() {
        let record = build(&world);
        let dom = parsed(&page(&record));
        let mut found = Vec::new();
        walk(&dom.document, &mut |name, _, node| {
            if name == "template" {
                found.push(words(node));
            }
        });
        assert_eq!(found, [record.to_json()]);
    }
}

#[test]
fn every_heading_and_line_of_the_text_is_on_it_in_the_same_order() {
    let record = build(&World::decided(Decision::Conditional));
    let dom = parsed(&page(&record));
    let mut headings = Vec::new();
    walk(&dom.document, &mut |name, _, node| {
        if ["h1", "h2", "h3"].contains(&name) {
            headings.push(words(node));
        }
    });
    let text = record.to_markdown();
    let ours: Vec<_> =
        text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches(['#', ' '])).collect();
    assert_eq!(headings, ours);
    let mut items = 0;
    walk(&dom.document, &mut |name, _, _| items += usize::from(name == "li"));
    assert_eq!(items, text.lines().filter(|line| line.starts_with("- ")).count());
}

#[test]
fn its_pictures_count_what_the_record_counts() {
    let world = World::decided(Decision::Proceed);
    let record = build(&world);
    let json: serde_json::Value = serde_json::from_str(&record.to_json()).unwrap();
    let scored = |which: &str| {
        json["threats"]["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|threat| threat[which]["likelihood"].is_u64())
            .count()
    };
    let (mut before, mut now, mut pictures) = (0, 0, 0);
    walk(&parsed(&page(&record)).document, &mut |name, attrs, node| {
        pictures += usize::from(name == "svg");
        let class = attrs.iter().find(|(attr, _)| attr == "class").map_or("", |(_, class)| class);
        if name == "text" && class == "middle strong" {
            let text = words(node);
            let (first, last) = text.split_once(" → ").unwrap();
            before += first.parse::<usize>().unwrap_or(0);
            now += last.parse::<usize>().unwrap_or(0);
        }
    });
    assert!(scored("inherent") > 0);
    assert_eq!((before, now, pictures), (scored("inherent"), scored("residual"), 2));
}
