//! The first line: what the file says of itself, written in one form only.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use crate::domain::{
    Id, Line,
    id::hex,
    journal::{Carried, Device, Part, unhex},
    value::write_json_text,
};

/// The version of the form.
const VERSION: i64 = 1;
/// More chains than any board has machines.
const DEVICES_MAX: usize = 10_000;

/// The first line of a file.
pub(super) fn line(carried: &Carried) -> String {
    let mut out = format!("{{\"docket\":\"record\",\"version\":{VERSION},\"space\":\"{}\"", carried.space);
    if let Some(part) = &carried.part {
        let _ = write!(out, ",\"system\":\"{}\",\"name\":", part.system);
        write_json_text(part.name.as_str(), &mut out);
        if let Some(review) = part.review {
            let _ = write!(out, ",\"review\":{review}");
        }
    }
    let _ = write!(out, ",\"entries\":{},\"attachments\":{},\"devices\":[", carried.entries, carried.attachments);
    for (at, device) in carried.devices.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(out, "{comma}{{\"id\":\"{}\",\"tag\":\"{}\"", device.id, device.tag);
        if let Some(person) = device.person {
            let _ = write!(out, ",\"person\":\"{person}\"");
        }
        let _ = write!(out, ",\"seq\":{},\"hash\":\"{}\"}}", device.seq, hex(&device.hash));
    }
    out.push_str("]}");
    out
}

/// Whether a later version wrote it.
pub(super) fn is_newer(text: &str) -> bool {
    serde_json::from_str::<Json>(text).is_ok_and(|json| json["version"].as_i64().is_some_and(|found| found > VERSION))
}

/// Reads it back; nothing where it is not exactly what would be written.
pub(super) fn parse(text: &str) -> Option<Carried> {
    let Json::Object(map) = serde_json::from_str(text).ok()? else { return None };
    let part = match map.get("system") {
        Some(system) => {
            let review = map.get("review").map(Json::as_i64);
            let name = Line::new(map.get("name")?.as_str()?);
            Some(Part { system: Id::parse(system.as_str()?)?, name, review: review.flatten() })
        }
        None => None,
    };
    let devices = map.get("devices")?.as_array().filter(|list| list.len() <= DEVICES_MAX)?;
    let carried = Carried {
        space: id(&map, "space")?,
        part,
        devices: devices.iter().map(|device| device_of(device.as_object()?)).collect::<Option<_>>()?,
        entries: map.get("entries")?.as_u64()?,
        attachments: map.get("attachments")?.as_u64()?,
    };
    (line(&carried) == text).then_some(carried)
}

fn device_of(map: &Map<String, Json>) -> Option<Device> {
    let tag = map.get("tag")?.as_str()?;
    let fits = tag.len() <= 8 && tag.bytes().all(|byte| byte.is_ascii_uppercase());
    Some(Device {
        id: id(map, "id")?,
        tag: fits.then(|| tag.to_owned())?,
        person: if map.contains_key("person") { Some(id(map, "person")?) } else { None },
        seq: map.get("seq")?.as_i64().filter(|seq| *seq > 0)?,
        hash: unhex(map.get("hash")?.as_str()?)?,
    })
}

fn id(map: &Map<String, Json>, key: &str) -> Option<Id> {
    Id::parse(map.get(key)?.as_str()?)
}
