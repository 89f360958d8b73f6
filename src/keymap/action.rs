//! The actions: what a person asks for with a key or by name. Each is declared once, and its doc comment is its help.

/// Declares the actions: doc comment (the help), variant, id, title.
macro_rules! actions {
    ($(#[doc = $help:literal] $variant:ident $id:literal $title:literal;)+) => {
        /// What a person asks for with a key or by name; it has no data.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $(#[doc = $help] $variant),+
        }
        impl Action {
            /// Every action, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in the configuration and in tests: `[a-z._]+`, never renamed.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }
            /// The name on screen, at most 20 columns.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }
            /// One sentence that says what it does.
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => $help.trim_ascii()),+ }
            }
        }
    };
}

actions! {
    /// Leave docket from anywhere; drafts stay.
    Quit "quit" "Quit";
    /// Go back one level, close, or cancel; on the board q quits.
    Back "back" "Back";
    /// Open or edit what is selected; it never sends or signs.
    Open "open" "Open";
    /// Take what is chosen or written and go on.
    Accept "accept" "OK";

    /// One row up.
    Up "move.up" "Up";
    /// One row down.
    Down "move.down" "Down";
    /// One column or step to the left.
    Left "move.left" "Left";
    /// One column or step to the right.
    Right "move.right" "Right";
    /// One page up.
    PageUp "move.page_up" "Page up";
    /// One page down.
    PageDown "move.page_down" "Page down";
    /// Half a page up.
    HalfUp "move.half_up" "Half a page up";
    /// Half a page down.
    HalfDown "move.half_down" "Half a page down";
    /// The first row.
    First "move.first" "First row";
    /// The last row.
    Last "move.last" "Last row";
    /// The next pane, field or cell.
    NextPane "pane.next" "Next pane";
    /// The previous pane, field or cell.
    PrevPane "pane.previous" "Previous pane";

    /// The first tab.
    TabOne "tab.one" "Tab 1";
    /// The second tab.
    TabTwo "tab.two" "Tab 2";
    /// The third tab.
    TabThree "tab.three" "Tab 3";
    /// The fourth tab.
    TabFour "tab.four" "Tab 4";
    /// The fifth tab.
    TabFive "tab.five" "Tab 5";
    /// The sixth tab.
    TabSix "tab.six" "Tab 6";
    /// The seventh tab.
    TabSeven "tab.seven" "Tab 7";
    /// The eighth tab.
    TabEight "tab.eight" "Tab 8";
    /// The ninth tab.
    TabNine "tab.nine" "Tab 9";

    /// The tenth tab.
    TabTen "tab.ten" "Tab 10";

    /// Go to the board of all systems.
    GoBoard "go.board" "Go to: board";
    /// Go to the overview of this system.
    GoOverview "go.overview" "Go to: overview";
    /// Go to the data flows and the inventory of this system.
    GoInventory "go.inventory" "Go to: flows";
    /// Go to the threat register of this system.
    GoThreats "go.threats" "Go to: threats";
    /// Go to the control plan of this system.
    GoControls "go.controls" "Go to: controls";
    /// Go to the evidence of this system.
    GoEvidence "go.evidence" "Go to: evidence";
    /// Go to the pane of the data protection officer.
    GoPrivacy "go.privacy" "Go to: DPO";
    /// Go to acceptances, triggers, changes and incidents of this system.
    GoGovernance "go.governance" "Go to: governance";
    /// Go to what is done and what is missing.
    GoChecklist "go.checklist" "Go to: checklist";
    /// Go to the hand-offs of this system.
    GoHandoffs "go.handoffs" "Go to: hand-offs";
    /// Go to the sign-off of this system.
    GoSignoff "go.signoff" "Go to: sign-off";
    /// Go to the log of this system.
    GoHistory "go.history" "Go to: log";
    /// Go to the risk in pictures: of this system, or on the board of all systems.
    GoRisk "go.risk" "Go to: risk";
    /// Draw the pictures on the next scale: inherent, now, target.
    NextScale "picture.scale" "Next scale";
    /// Draw the bars by something else: level, category, treatment and so on.
    NextBy "picture.by" "Bars by…";
    /// Go to the libraries: threats, controls and frameworks.
    GoLibrary "go.library" "Go to: library";
    /// Mark every threat here that applies; the same key again takes the marks off.
    MarkFitting "library.mark_all" "Mark all that apply";
    /// Say that a threat of the library is not relevant here, with a reason.
    NotRelevant "library.not_relevant" "Not relevant";
    /// Correct a system fact by hand, with a reason.
    CorrectFact "library.fact" "Correct a fact";
    /// Read everything about the entry.
    ReadEntry "library.read" "Read in full";

    /// Filter this list as you type; Enter keeps the filter, Esc clears it.
    Filter "filter" "Filter";
    /// Do or find anything by its name.
    Palette "palette" "Do or find";
    /// Show the keys of this place, to search and to run.
    Help "help" "Keys";
    /// Read the two-minute guide.
    Guide "guide" "Guide";
    /// Show the messages of this session again.
    Messages "messages" "Messages";
    /// Show what was copied, to select it by hand.
    Copied "copied" "What was copied";
    /// Choose colours: automatic, plain, or for red-green blindness.
    Theme "theme" "Theme";
    /// Take the mouse wheel for moving through lists, or leave the mouse to the terminal.
    MouseToggle "mouse" "Mouse on or off";
    /// Read the file again and paint the screen afresh.
    Refresh "refresh" "Refresh";

    /// Choose the role in which you act.
    ActAs "act" "Act as…";
    /// Act as the system owner.
    ActAsOwner "act.owner" "Act as: owner";
    /// Act as the security team.
    ActAsSecurity "act.security" "Act as: security";
    /// Act as the governance lead.
    ActAsGovernance "act.governance" "Act as: governance";
    /// Act as the data protection officer.
    ActAsDpo "act.dpo" "Act as: DPO";
    /// Act as the sign-off authority.
    ActAsSignoff "act.sign_off" "Act as: sign-off";
    /// Act as an operator.
    ActAsOperator "act.operator" "Act as: operator";
    /// Act as a builder.
    ActAsBuilder "act.builder" "Act as: builder";
    /// Act as an auditor, who reads and raises findings of audits.
    ActAsAuditor "act.auditor" "Act as: auditor";

    /// Hand the work over to the next role.
    HandOver "handoff.send" "Hand over";
    /// Send the work back, with a reason.
    SendBack "handoff.return" "Send back";
    /// Take a hand-off back, as long as nobody has opened it.
    TakeBack "handoff.recall" "Take back";
    /// Receive a hand-off, so that the sender knows who has it.
    Receive "handoff.receive" "Receive";
    /// Confirm that a hand-off is dealt with.
    ConfirmHandoff "handoff.confirm" "Confirm hand-off";
    /// Show only what is missing or late.
    OnlyMissing "only.missing" "Only missing";

    /// Undo the last change; acts such as signatures are withdrawn instead.
    Undo "undo" "Undo";
    /// Do again what was undone.
    Redo "redo" "Redo";
    /// Copy the cell.
    Copy "copy" "Copy cell";
    /// Copy the row as text.
    CopyRow "copy.row" "Copy row";
    /// Make a new row in this list.
    New "new" "New";
    /// Withdraw the row, with a reason; the log keeps it.
    Withdraw "withdraw" "Withdraw";
    /// Edit what is selected.
    Edit "edit" "Edit";
    /// Write the long text in your own editor.
    EditorForText "edit.editor" "Text in editor";
    /// Tick what the cursor is on.
    Tick "tick" "Tick";
    /// Keep the sheet and do what it is for.
    Save "save" "Keep and do it";

    /// Enter a new system.
    NewSystem "system.new" "New system";
    /// Start a review of this system.
    StartReview "review.start" "Start a review";
    /// Assign a role to a person, or name a delegate.
    Assign "people.assign" "Assign people";
    /// Bring in a spreadsheet or an export.
    Import "import" "Import";
    /// Write the record out, for the board or for a machine.
    ExportRecord "record.export" "Export the record";

    /// Score on the matrix: likelihood, then impact.
    Score "threat.score" "Score";
    /// The value 1.
    ScoreOne "score.one" "Value 1";
    /// The value 2.
    ScoreTwo "score.two" "Value 2";
    /// The value 3.
    ScoreThree "score.three" "Value 3";
    /// The value 4.
    ScoreFour "score.four" "Value 4";
    /// The value 5.
    ScoreFive "score.five" "Value 5";
    /// See the threats that docket proposes for this system, each with its reason, and add them with their controls.
    AddSuggested "threat.suggested" "Proposed threats";
    /// Leave open what is to be done about the threat.
    TreatUndecided "treat.undecided" "Treat: undecided";
    /// Treat the threat with controls.
    TreatMitigate "treat.mitigate" "Treat: mitigate";
    /// Treat the threat by accepting it; this needs an acceptance.
    TreatAccept "treat.accept" "Treat: accept";
    /// Treat the threat by not doing what brings it.
    TreatAvoid "treat.avoid" "Treat: avoid";
    /// Treat the threat by having another bear it.
    TreatTransfer "treat.transfer" "Treat: transfer";
    /// Say that the threat does not apply, with a reason.
    TreatNotApplicable "treat.not_applicable" "Treat: n/a";
    /// Link what is selected with a control or a threat.
    LinkControl "control.link" "Link control";
    /// Set how far the control is.
    SetStatus "control.status" "Set status";
    /// Mark the row, so that several are changed together.
    Mark "mark" "Mark";
    /// Mark every row that is shown; where all are marked, none.
    MarkAll "mark.all" "Mark all";
    /// Decide of this row, or of the marked ones, what was decided last.
    Again "again" "Same again";
    /// Write the row a second time, below.
    Duplicate "duplicate" "Duplicate";
    /// Copy or move the row, or the marked ones, to another system; what was decided stays behind.
    CopyTo "threat.copy" "Copy to a system";
    /// Order by this column: then the other way round, then the worst first again.
    OrderBy "order" "Order by column";
    /// Choose the columns.
    Columns "columns" "Columns";
    /// Make this column wider.
    Widen "column.widen" "Wider column";
    /// Make this column narrower.
    Narrow "column.narrow" "Narrower column";
    /// Make every column as wide as it usually is.
    UsualWidths "column.usual" "Usual widths";
    /// Show the rows in one list.
    GroupNone "group.none" "Group: none";
    /// Group the rows by component.
    GroupComponent "group.component" "Group: component";
    /// Group the rows by how far their analysis is.
    GroupStatus "group.status" "Group: analysis";
    /// Group the rows by level.
    GroupLevel "group.level" "Group: level";
    /// Group the rows by what is to be done.
    GroupTreatment "group.treatment" "Group: treatment";
    /// Group the rows by the item of the OWASP LLM Top 10.
    GroupFramework "group.framework" "Group: framework";
    /// Show every flow, tool, model and class of data with the threats on it.
    GroupCoverage "group.coverage" "Group: coverage";
    /// Show withdrawn rows as well, or no longer.
    ShowWithdrawn "show.withdrawn" "Withdrawn rows";
    /// Put this one off and go on.
    Skip "queue.skip" "Skip";
    /// Go back to the one before.
    Previous "queue.previous" "The one before";
    /// Say that the answer is not known; it counts as the worst.
    Unknown "answer.unknown" "Not known";
    /// The value 0.
    ScoreZero "score.zero" "Value 0";
    /// Rate what is unscored, one after the other.
    RateQueue "queue.threats" "Rate the unscored";
    /// Answer the intake of the systems that have no tier yet, one after the other.
    TierQueue "queue.intake" "Tier new systems";
    /// Ask that the board talks about the threat, or no longer.
    Flag "threat.flag" "Flag for the board";
    /// Set the tier by hand; the computed one stays beside it.
    SetTier "tier.set" "Set the tier";
    /// Record why one person may hold roles that the policy keeps apart.
    Combine "roles.combine" "Combine roles";
    /// Record how it was shown that the control works.
    Verify "control.verify" "Verify";
    /// Add a piece of evidence.
    AddEvidence "evidence.add" "Add evidence";
    /// Look at the controls another way: the plan, what it lacks, the board by status.
    SwitchView "control.view" "Another view";
    /// Show what a control is against, how it was verified and on what evidence; again: hide it.
    Unfold "control.details" "Details";
    /// Set the control one status on; into verified leads the sheet of a verification.
    StatusForward "control.forward" "Status on";
    /// Set the control one status back.
    StatusBackward "control.backward" "Status back";
    /// Go to the threat that the control is against.
    GoAgainst "control.against" "To its threat";
    /// Take the text of a control of another system; its status, owner and proof stay there.
    ReuseControl "control.reuse" "Reuse a control text";
    /// Go back to where you jumped from.
    JumpBack "jump.back" "Back where I was";
    /// Attach a file to the evidence: its SHA-256, and a copy of up to 1 MiB.
    AttachFile "evidence.attach" "Attach a file";
    /// Compare the file behind the evidence with its SHA-256; nothing is changed.
    CheckFile "evidence.check" "Check the file";
    /// Compare every file of the evidence pack with its SHA-256; nothing is changed.
    CheckFiles "evidence.check_all" "Check all files";
    /// Add a finding of a red team, a test or an audit.
    AddFinding "finding.add" "Add a finding";
    /// Record the retest of a finding and what it came to.
    RetestFinding "finding.retest" "Retest";

    /// Record the advice of the data protection officer.
    GiveAdvice "advice.give" "Give advice";
    /// Say whether the DPO agrees with what a threat does to personal data.
    GiveVerdict "advice.verdict" "DPO's verdict";
    /// Propose that a risk be accepted, until a day and under conditions.
    ProposeAcceptance "acceptance.propose" "Propose acceptance";
    /// Accept the risk as proposed.
    AcceptRisk "acceptance.accept" "Accept risk";
    /// Decline the proposed acceptance.
    DeclineRisk "acceptance.decline" "Decline risk";
    /// Revoke an acceptance that holds.
    RevokeRisk "acceptance.revoke" "Revoke acceptance";
    /// Arm the triggers that will ask for a new review.
    ArmTriggers "trigger.arm" "Arm triggers";
    /// Say that what a trigger waits for has happened.
    FireTrigger "trigger.fire" "Fire trigger";
    /// Say what becomes of a fired trigger.
    Triage "trigger.triage" "Triage trigger";
    /// Say that a step is not needed, with a reason.
    NotNeeded "step.not_needed" "Not needed";

    /// Go to the threats of all systems.
    GoRegister "go.register" "Go to: all threats";
    /// Go to the unscored threats of all systems, those of the gravest tier first.
    GoUnscored "go.unscored" "Go to: unscored";
    /// Rate the unscored of what is shown, one after the other.
    RateShown "queue.shown" "Rate what is shown";
    /// Show all threats of all systems.
    ShowAll "show.all" "Show: all";
    /// Show only what is not scored.
    ShowUnscored "show.unscored" "Show: unscored";
    /// Show only what is critical before any control.
    ShowCritical "show.critical" "Show: critical";
    /// Show only what is high before any control.
    ShowHigh "show.high" "Show: high";
    /// Show only what the board is to talk about.
    ShowFlagged "show.flagged" "Show: flagged";
    /// Show only that of which nobody said yet what is to be done.
    ShowUndecided "show.undecided" "Show: undecided";
    /// Show only the threats of the system that the cursor is on.
    ShowSystem "show.system" "Show: this system";
    /// Show only the threats of systems of the same tier.
    ShowTier "show.tier" "Show: this tier";

    /// Sign; your initials are asked for.
    Sign "sign" "Sign";
    /// Withdraw your signature; the log keeps both.
    WithdrawSign "sign.withdraw" "Withdraw signature";
    /// Record the decision of the sign-off authority.
    Decide "decide" "Decide";
    /// Verify the chain of the log.
    VerifyLog "log.verify" "Verify the log";

    /// See a sample board; it lives in its own file.
    Sample "start.sample" "Sample board";
    /// Start your own board.
    StartBoard "start.board" "Start our board";
}
