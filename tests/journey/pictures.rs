//! From a number of the whole portfolio down to its threats, and back in time.

use super::pty::Home;

#[test]
fn a_number_leads_from_the_portfolio_to_its_threats_and_back_in_time() {
    let home = Home::new();
    let record = home.path("sample.docket").display().to_string();
    let made = home.docket(&["demo", "--seed-only", "--record", &record]);
    assert_eq!(made.code, 0, "{}", made.err);
    let mut term = home.open_at(&["--record", &record], (120, 36));
    term.see("Open risk, 12 weeks");
    term.keys("g r").see("Risk of all systems").see("Most open risk");
    term.keys("s").see("Likelihood x impact, target");
    term.keys("s s").see("Likelihood x impact, now");
    term.keys("enter").see("All threats").see(" now");
    term.keys("esc").see("Risk of all systems").see("Most open risk");
    term.keys("tab enter").see("Esc clears").see("now:");
    term.keys("esc").gone("Esc clears");
    term.keys("g r").see("Movement").see("Threats by level, 12 weeks");
    term.keys("b").see("Threats by category");
    term.keys("tab tab tab left enter").see("in the register on");
    term.keys("esc").gone("in the register on");
    term.keys("esc").see("Systems ");
    term.keys("g r").see("Systems by tier");
    term.keys("b").see("Threats by treatment");
    term.keys("tab tab enter").see("All threats");
    term.keys("esc").see("Threats by treatment");
    term.keys("esc").see("Waiting for you");
    term.quit();
    assert_eq!(home.docket(&["--record", &record, "verify"]).code, 0);
}
