//! What data the system handles: derived, so that nobody ticks it away.

use super::{DataClass, Flow, Retrieval, System};
use crate::domain::rows::Rows;

/// Every class of data that the system, its flows or its retrieval sources name.
pub fn data_classes(system: &System, flows: &Rows<Flow>, sources: &Rows<Retrieval>) -> Vec<DataClass> {
    let mut all = system.data.clone();
    all.extend(flows.iter().filter(|flow| !flow.archived).flat_map(|flow| flow.data.iter().copied()));
    all.extend(sources.iter().filter(|source| !source.archived).flat_map(|source| source.data.iter().copied()));
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether personal data is in scope, and so the DPO's part is due.
pub fn personal_data(classes: &[DataClass]) -> bool {
    classes.iter().any(|class| matches!(class, DataClass::Personal | DataClass::Special | DataClass::Children))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Id;

    #[test]
    fn one_flow_with_personal_data_is_enough() {
        let system = System { data: vec![DataClass::Internal], ..System::empty(Id([1; 16])) };
        let mut flow = Flow { data: vec![DataClass::Personal], ..Flow::empty(Id([2; 16])) };
        assert!(personal_data(&data_classes(&system, &[flow.clone()].into(), &Rows::default())));
        flow.archived = true;
        assert!(!personal_data(&data_classes(&system, &[flow].into(), &Rows::default())));
    }
}
