//! What is exported is valid by the public schema of its form: every system of the sample, form by form.
//!
//! The schemas are the published ones; `tests/schemas/README.md` says where each is from and under which licence.

use jsonschema::{Resource, Validator};
use serde_json::Value;

use crate::bench::Bench;

fn schema(name: &str) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The schema of a form, with what it refers to.
fn validator(form: &str) -> Validator {
    let mut options = jsonschema::options();
    for (uri, name) in [
        ("http://cyclonedx.org/schema/spdx.schema.json", "spdx.json"),
        ("http://cyclonedx.org/schema/jsf-0.82.schema.json", "jsf-0.82.json"),
    ] {
        options = options.with_resource(uri, Resource::from_contents(schema(name)).unwrap());
    }
    let name = match form {
        "sarif" => "sarif-2.1.0.json",
        "oscal" => "oscal-poam-1.0.6.json",
        "cyclonedx" => "cyclonedx-1.6.json",
        other => panic!("there is no schema of {other}"),
    };
    options.build(&schema(name)).unwrap()
}

fn errors(validator: &Validator, document: &Value) -> Vec<String> {
    validator.iter_errors(document).take(5).map(|error| format!("{}: {error}", error.instance_path)).collect()
}

#[test]
fn every_export_of_the_sample_is_valid_by_its_schema() {
    let bench = Bench::seeded();
    let list = bench.on(&["list", "--json"]).json();
    for form in ["sarif", "oscal", "cyclonedx"] {
        let validator = validator(form);
        for row in list["systems"].as_array().unwrap() {
            let document = bench.on(&["export", row["id"].as_str().unwrap(), "--form", form]).json();
            assert_eq!(errors(&validator, &document), Vec::<String>::new(), "{form} of {}", row["name"]);
        }
    }
}

/// What makes a document wrong.
type Break = fn(&mut Value);

/// A schema that finds nothing wrong with anything would pass every export.
#[test]
fn the_schemas_find_what_is_wrong() {
    let bench = Bench::seeded();
    let broken: [(&str, Break); 3] = [
        ("sarif", |sarif| sarif["runs"][0]["results"][0]["level"] = "grave".into()),
        ("oscal", |plan| drop(plan["plan-of-action-and-milestones"].as_object_mut().unwrap().remove("metadata"))),
        ("cyclonedx", |bom| bom["components"] = Value::from(vec![serde_json::json!({"name": "no type"})])),
    ];
    for (form, harm) in broken {
        let mut document = bench.on(&["export", "Voice", "--form", form]).json();
        let validator = validator(form);
        assert!(validator.is_valid(&document), "{form}");
        harm(&mut document);
        assert!(!validator.is_valid(&document), "{form}");
    }
}
