//! The parts of a review, each done at the screen by whoever sits there: one person in turn, or each their own.

use super::{
    pty::{Home, PATIENCE},
    steps::{Fill, First, Person, Text, Ticks, Word},
};

/// The first run and the import; ends on the overview of the system.
pub fn begin(me: &mut Person, name: &str, title: &str, file: &str) {
    me.see("How do you want to start?").open("n", "Start our own record");
    me.fill(&[("Your name", Text(name)), ("Your title", Text(title))]).keys("ctrl-s");
    me.see("No systems yet").open("i", "Bring what you have").term.paste(file);
    me.keys("enter").see("Nothing is kept yet").keys("enter").see("Imported: 1 system");
}

/// Everything that the owner documents.
pub fn describe(me: &mut Person, owner: &str) {
    me.pane("g o", "1 Overview").row("Business purpose").open("enter", "system: ").fill(&[
        ("Business purpose", Text("Shorter claims.")),
        ("Intended uses", Text("Summaries for handlers.")),
        ("Restricted uses", Text("Never decides a claim.")),
        ("Lifecycle", Word("pilot")),
        ("Deployment environment", Text("Our own cloud, one region.")),
        ("User population", Text("forty handlers")),
        ("Consequence of failure", Text("Handlers read in full.")),
        ("Autonomy level", Word("drafts")),
        ("Human oversight", Text("A handler reads before sending.")),
        ("Who can pause it", Text("the shift lead")),
        ("Data classes", Ticks(&["personal"])),
        ("Architecture documents", Text("wiki/claims")),
        ("Tool manifest complete", Word("yes")),
        ("Accountable owner", Word(owner)),
        ("Technical operator", Word(owner)),
    ]);
    me.save();
}

/// The seven questions: a system of a high tier.
pub fn intake(me: &mut Person) {
    me.row("Data sensitivity").open("enter", "intake").fill(&[
        ("Data sensitivity", Word("3")),
        ("Autonomy", Word("3")),
        ("External exposure", Word("3")),
        ("Impact on people", Word("3")),
        ("Regulated context", Word("3")),
        ("Tool access", Word("3")),
        ("Reversibility", Word("3")),
    ]);
    me.save().see("tier: ");
}

/// The imported flow gets its data classes; a tool is entered.
pub fn inventory(me: &mut Person) {
    me.pane("g f", "2 Flows").row("summary").sheet("enter", "data flow: ", &[("Data classes", Ticks(&["personal"]))]);
    me.keys("n").see("What do you want to add?").keys("down").see("tool");
    me.sheet("enter", "New tool", &[("Tool", Text("claims mail")), ("Permissions", Text("send drafts"))]);
}

/// What the pane of the hand-offs says about one of them.
pub fn stands(screen: &vt100::Screen, leg: &str, word: &str) -> bool {
    let said = |line: &str| Some(line.split_once(leg)?.1.trim_start().starts_with(word));
    screen.contents().lines().any(|line| said(line).unwrap_or(false))
}

/// Waits until a hand-off stands so: another person may have moved it a moment ago.
#[track_caller]
fn until(me: &mut Person, leg: &str, word: &str) {
    me.term.until(&format!("{leg} {word}"), PATIENCE, |screen| stands(screen, leg, word));
}

/// Hands over along one leg.
#[track_caller]
pub fn send(me: &mut Person, leg: &str) {
    me.pane("g h", "9 Hand-offs").row(leg).sheet(">", "Hand over: ", &[("Note", Text("Please look."))]);
    until(me, leg, "sent");
}

/// The receiver opens what was sent.
#[track_caller]
pub fn take_up(me: &mut Person, leg: &str) {
    me.pane("g h", "9 Hand-offs");
    until(me, leg, "sent");
    me.row(leg).open("enter", "received");
    until(me, leg, "received");
}

/// The receiver opens what was sent and says that it is enough.
#[track_caller]
pub fn receive(me: &mut Person, leg: &str) {
    take_up(me, leg);
    enough(me, leg);
}

/// The receiver says of what they opened that it is enough.
#[track_caller]
pub fn enough(me: &mut Person, leg: &str) {
    me.row(leg).confirm("c", "Confirm that it is enough?");
    until(me, leg, "completed");
}

/// The receiver opens what was sent and gives it back with a gap.
#[track_caller]
pub fn send_back(me: &mut Person, leg: &str) {
    take_up(me, leg);
    me.sheet("<", "Send back: ", &[("Gaps", Text("The log of the test run is not linked."))]);
    until(me, leg, "returned");
}

/// Every threat scored, treated and with a control against it; what is uncovered is answered.
pub fn model_threats(me: &mut Person) {
    me.pane("g t", "3 Threats").row("Untitled threat");
    me.sheet("x", "Withdraw threat", &[("Why", Text("It says nothing."))]);
    me.row("T-1").open("s", "score").keys("3 4 enter").see("T-2").keys("4 4 enter 2 3 enter");
    for threat in ["T-1", "T-4"] {
        me.row(threat).keys("t m").see("Saved:");
    }
    me.row("T-1").sheet("enter", "threat: ", &[("Personal data", First)]);
    me.row("T-2").sheet("c", "New control", &control("Filter what comes in"));
    me.row("T-1").keys("c").see("Which control is against it?").sheet("enter", "New control", &control("Mask names"));
    consider(me, &["the data flow", "the tool", "the users", "the personal data"]);
}

/// What no threat covers is answered with a reason.
pub fn consider(me: &mut Person, uncovered: &[&str]) {
    for what in uncovered {
        let row = format!("no threat covers {what}");
        me.row(&row).sheet("enter", "Considered: ", &[("None, because", Text("T-1 and T-2 say it all."))]);
        me.term.gone(&row);
    }
}

/// Evidence, and both controls verified by it.
pub fn prove(me: &mut Person, by: &str) {
    me.pane("g e", "5 Evidence").sheet(
        "n",
        "New evidence",
        &[
            ("Evidence", Text("Test run 42")),
            ("Kind", Word("test")),
            ("May support", Ticks(&["that a control works"])),
            ("Grade", Word("explicit")),
            ("Location", Text("ci/42")),
            ("Collected", Text("+0")),
        ],
    );
    for control in ["C-1", "C-2"] {
        me.pane("g c", "4 Controls").row(control).sheet(
            "v",
            "New verification for ",
            &[
                ("Method", First),
                ("Result", First),
                ("By", Word(by)),
                ("On", Text("+0")),
                ("Valid until", Text("+365")),
                ("Evidence", Word("Test run 42")),
            ],
        );
    }
}

/// The triggers of the library and the draft for the authority.
pub fn govern(me: &mut Person) {
    me.pane("g v", "7 Govern.").open("t a", "Arm which triggers?").keys("enter").see("Saved:");
    me.row("Draft disposition").sheet(
        "enter",
        "review",
        &[("Draft disposition", Word("conditional")), ("Rationale of the draft", Text("The plan carries."))],
    );
}

/// The DPO's part, from the assessment and the verdict on a threat to the advice.
pub fn protect(me: &mut Person, threat: &str) {
    // Section by section, a key a question: the legal basis is chosen, and what the facts suggest of the nine criteria
    // is confirmed.
    me.hat("d", "DPO").pane("g d", "6 DPO").row("Is personal data involved").keys("enter").see("section 1 of 17");
    me.keys("y y").see("section 2 of 17");
    me.keys("y").see("Ctrl-S").keys("right space ctrl-s").see("Saved:").keys("- -").see("section 3 of 17");
    me.keys("y y y y y y y y").see("section 8 of 17");
    me.keys("y n n n n n n y y n").see("section 9 of 17");
    me.keys("y y").see("section 10 of 17");
    me.keys("y y y y y y y y y y y y").see("Section by section");
    me.row("DPIA needed").sheet(
        "enter",
        "DPO assessment",
        &[
            ("DPIA needed", Word("yes")),
            ("Why DPIA", Text("Three criteria.")),
            ("DPIA status", Word("validated")),
            ("Views of the people", Word("not sought")),
            ("What they said, or why", Text("Few are concerned.")),
            ("Prior consultation", Word("not needed")),
            ("Why, or what it said", Text("The measures carry.")),
        ],
    );
    me.row(threat).see("confirmed");
    me.sheet("a", "The DPO's advice", &[("Advice", Word("no objection")), ("In words", Text("Go ahead."))]);
}

/// What a new control says.
pub fn control(title: &str) -> [(&str, Fill<'_>); 5] {
    [
        ("Control", Text(title)),
        ("Gate", First),
        ("Verification method", First),
        ("Due", Text("+30")),
        ("Status", Word("implemented")),
    ]
}

/// The roles that one person combines are allowed with a reason.
pub fn combine(me: &mut Person) {
    me.pane("g s", "0 Sign").row("Independence").sheet(
        "enter",
        "Roles combined in one person",
        &[("Why", Text("We are one.")), ("Made up for by", Text("Read by an outsider."))],
    );
}

/// The authority says what becomes of the DPO's advice.
pub fn follow(me: &mut Person) {
    me.pane("g s", "0 Sign").row("Advice was").sheet("enter", "DPO assessment", &[("Advice was", Word("followed"))]);
}

/// Whoever holds the role signs.
pub fn sign(me: &mut Person, role: &str, initials: &str) {
    let words = [("Statement", Text("I stand by it.")), ("Your initials", Text(initials))];
    me.pane("g s", "0 Sign").row(role).sheet("enter", "Sign as ", &words);
}

/// The authority decides.
pub fn decide(me: &mut Person, initials: &str) {
    me.pane("g s", "0 Sign").see("ready: nothing is missing").sheet(
        "D",
        "Decide on ",
        &[
            ("Rationale", Text("The rest is small.")),
            ("Conditions", Text("+30 Link the log of the test run.")),
            ("Your initials", Text(initials)),
        ],
    );
}

/// What the machines say afterwards: cleared, and the record holds together.
#[track_caller]
pub fn cleared(home: &Home, system: &str) {
    let gate = home.docket(&["gate", system, "--any-release"]);
    assert_eq!(gate.code, 0, "{}{}", gate.out, gate.err);
    let verified = home.docket(&["verify"]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
}
