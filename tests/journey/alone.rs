//! One person in all five hats, from an empty folder to a cleared system.

use super::{
    pty::{Home, fixture},
    steps::{First, Person, Text, Ticks, Word},
};

/// The first run and the import; ends on the overview of the system.
fn begin(home: &Home, file: &str) -> Person {
    let mut me = Person::at(home.open(&[]));
    me.see("How do you want to start?").open("n", "Start our own record");
    me.fill(&[("Your name", Text("Mara Lind")), ("Your title", Text("Head of security"))]).keys("ctrl-s");
    me.see("No systems yet").open("i", "Bring what you have").fill(&[("File", Text(file))]);
    me.keys("enter").see("Nothing is kept yet").keys("enter").see("Imported: 1 system");
    me
}

/// Everything that the owner documents.
fn describe(me: &mut Person) {
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
        ("Accountable owner", Word("Mara Lind")),
        ("Technical operator", Word("Mara Lind")),
    ]);
    me.save();
}

/// The seven questions: a system of a high tier.
fn intake(me: &mut Person) {
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
fn inventory(me: &mut Person) {
    me.pane("g f", "2 Flows").row("summary").sheet("enter", "data flow: ", &[("Data classes", Ticks(&["personal"]))]);
    me.keys("n").see("What do you want to add?").keys("down").see("tool");
    me.sheet("enter", "New tool", &[("Tool", Text("claims mail")), ("Permissions", Text("send drafts"))]);
}

/// Somebody gets a role by hand.
fn assign(me: &mut Person) {
    me.pane("g o", "1 Overview").row("DPO ").sheet("A", "Assign: DPO", &[("Person", Word("Mara Lind"))]);
}

/// Hands over along one leg.
fn send(me: &mut Person, leg: &str) {
    me.pane("g h", "9 Hand-offs").row(leg).sheet(">", "Hand over: ", &[("Note", Text("Please look."))]);
}

/// The receiver opens what was sent and says that it is enough.
fn receive(me: &mut Person, leg: &str) {
    me.pane("g h", "9 Hand-offs").row(leg).open("enter", "received").confirm("c", "Confirm that it is enough?");
    me.see("completed");
}

/// Every threat scored, treated and with a control against it; what is uncovered is answered.
fn model_threats(me: &mut Person) {
    me.pane("g t", "3 Threats").row("Untitled threat");
    me.sheet("x", "Withdraw threat", &[("Why", Text("It says nothing."))]);
    me.row("T-1").open("s", "score").keys("3 4 enter").see("T-2").keys("4 4 enter 2 3 enter");
    for threat in ["T-1", "T-4"] {
        me.row(threat).keys("t m").see("Saved:");
    }
    me.row("T-1").sheet("enter", "threat: ", &[("Personal data", First)]);
    me.row("T-2").sheet("c", "New control", &control("Filter what comes in"));
    me.row("T-1").keys("c").see("Which control is against it?").sheet("enter", "New control", &control("Mask names"));
    for what in ["the data flow", "the tool", "the users", "the personal data"] {
        let row = format!("no threat covers {what}");
        me.row(&row).sheet("enter", "Considered: ", &[("None, because", Text("T-1 and T-2 say it all."))]);
        me.term.gone(&row);
    }
}

/// Evidence, and both controls verified by it.
fn prove(me: &mut Person) {
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
                ("By", Word("Mara Lind")),
                ("On", Text("+0")),
                ("Valid until", Text("+365")),
                ("Evidence", Word("Test run 42")),
            ],
        );
    }
}

/// The triggers of the library and the draft for the authority.
fn govern(me: &mut Person) {
    me.pane("g v", "7 Govern.").open("t a", "Arm which triggers?").keys("enter").see("Saved:");
    me.row("Draft disposition").sheet(
        "enter",
        "review",
        &[("Draft disposition", Word("conditional")), ("Rationale of the draft", Text("The plan carries."))],
    );
}

/// Once it comes back with a gap; then it is enough.
fn return_once(me: &mut Person, leg: &str) {
    me.pane("g h", "9 Hand-offs").row(leg).open("enter", "received");
    me.sheet("<", "Send back: ", &[("Gaps", Text("The log of the test run is not linked."))]).see("returned");
    send(me, leg);
    receive(me, leg);
}

/// The DPO's part, from the assessment to the advice.
fn protect(me: &mut Person) {
    me.pane("g d", "6 DPO").row("Lawful basis").open("enter", "DPO assessment").fill(&[
        ("Lawful basis", Text("Contract.")),
        ("Minimisation", Text("Names are masked.")),
        ("Purpose limitation", Text("Summaries only.")),
        ("Retention", Text("Thirty days.")),
        ("Transfers", Text("None.")),
        ("Rights", Text("Through the service desk.")),
        ("DPIA needed", Word("no")),
        ("Why", Text("No large scale.")),
        ("DPIA status", Word("not needed")),
    ]);
    me.save().row("T-1").sheet("v", "threat: ", &[("DPO says", Word("confirmed"))]);
    me.sheet("a", "The DPO's advice", &[("Advice", Word("no objection")), ("In words", Text("Go ahead."))]);
}

fn control(title: &str) -> [(&str, super::steps::Fill<'_>); 5] {
    [
        ("Control", Text(title)),
        ("Gate", First),
        ("Verification method", First),
        ("Due", Text("+30")),
        ("Status", Word("implemented")),
    ]
}

/// Everybody signs; the roles that one person combines are allowed with a reason.
fn sign(me: &mut Person) {
    me.pane("g s", "0 Sign").row("Independence").sheet(
        "enter",
        "Roles combined in one person",
        &[("Why", Text("We are one.")), ("Made up for by", Text("Read by an outsider."))],
    );
    me.row("Advice was").sheet("enter", "DPO assessment", &[("Advice was", Word("followed"))]);
    for role in ["System owner", "Security team", "Governance lead", "DPO "] {
        me.row(role).sheet(
            "enter",
            "Sign as ",
            &[("Statement", Text("I stand by it.")), ("Your initials", Text("ML"))],
        );
    }
    me.see("ready: nothing is missing");
}

/// The authority decides, and the owner acknowledges.
fn decide(me: &mut Person) {
    me.pane("g s", "0 Sign").sheet(
        "D",
        "Decide on ",
        &[
            ("Rationale", Text("The rest is small.")),
            ("Conditions", Text("+30 Link the log of the test run.")),
            ("Your initials", Text("m.l.")),
        ],
    );
    send(me, "sign-off → owner");
    receive(me, "sign-off → owner");
}

#[test]
fn one_person_in_all_hats_reaches_a_clearance() {
    let home = Home::new();
    let me = &mut begin(&home, &fixture("dragon-v2.json"));
    describe(me);
    intake(me);
    inventory(me);
    assign(me);
    send(me, "owner → security");
    receive(me, "owner → security");
    model_threats(me);
    prove(me);
    send(me, "security → governance");
    send(me, "security → DPO");
    return_once(me, "security → governance");
    receive(me, "security → DPO");
    protect(me);
    govern(me);
    for leg in ["governance → sign-off", "DPO → sign-off"] {
        send(me, leg);
        receive(me, leg);
    }
    assert_eq!(home.docket(&["gate", "Claims summariser"]).code, 3, "nothing was decided yet");
    sign(me);
    decide(me);
    let gate = home.docket(&["gate", "Claims summariser"]);
    assert_eq!(gate.code, 0, "{}{}", gate.out, gate.err);
    let verified = home.docket(&["verify"]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    let record = home.docket(&["record", "Claims summariser", "--json"]);
    let record: serde_json::Value = serde_json::from_str(&record.out).unwrap();
    assert!(record.to_string().contains("Head of security"), "{record}");
}
