//! The report after close.

use voting_core::entry::Entry;
use voting_core::roll::{Parts, blinded_hash, records};

use super::election::enrolled;
use super::{ask, pending};
use crate::watch::Standing;

#[test]
fn the_report_names_each_issued_line_once_sorted_and_signed() {
    let issuer = enrolled(7);
    let (server, _gate) = issuer.serve(Standing::Issuing);
    let mut expected = Vec::new();
    // Five of seven ask, the last first: the report must not show the order.
    for voter in [6usize, 3, 4, 0, 1] {
        let request = pending(&issuer.enrolment.keys[voter % 2].public, voter as u64).request();
        assert_eq!(
            ask(&server.url(), &issuer.letters[voter].code, &request.to_bytes()).0,
            200
        );
        expected.push(blinded_hash(
            &issuer.enrolment.election_id,
            &request.blinded_message,
        ));
    }
    server.stop().unwrap();
    let entries = crate::report::entries(&issuer.folder).unwrap();
    assert_eq!(entries, crate::report::entries(&issuer.folder).unwrap());
    let key = issuer.folder.identity().unwrap().verifying_key().to_bytes();
    let mut counts = Vec::new();
    let mut reported = Vec::new();
    for entry in &entries {
        let Ok(Entry::IssuanceReport(signed)) = Entry::from_bytes(entry) else {
            panic!("another kind")
        };
        signed.verify(&issuer.enrolment.election_id, &key).unwrap();
        let mut parts = Parts::default();
        parts.accept_report(&signed.body).unwrap();
        assert!(parts.is_complete());
        counts.push((signed.body.style, parts.count()));
        reported.extend(records(&signed.body).map(|record| record.blinded));
    }
    reported.sort_unstable();
    expected.sort_unstable();
    assert_eq!((counts, reported), (vec![(0, 3), (1, 2)], expected));
}
