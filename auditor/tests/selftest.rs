//! The self-test passes on this build.

#[test]
fn f9_the_verifier_agrees_with_the_reference_and_every_vector() {
    for agreement in auditor::selftest::full().unwrap() {
        assert!(agreement.cases > 0, "{agreement:?}");
    }
}
