//! The actions: what a person asks for with a key or by name. Each is declared once, with its help.

/// Declares the actions: variant, id, title, help.
macro_rules! actions {
    ($($variant:ident $id:literal $title:literal $help:literal;)+) => {
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
                match self { $(Self::$variant => $help),+ }
            }
        }
    };
}

actions! {
    Quit "quit" "Quit" "Leave docket from anywhere; drafts stay.";
    Back "back" "Back" "Go back one level, close, or cancel; on the board q quits.";
    Open "open" "Open" "Open or edit what is selected; it never sends or signs.";
    Accept "accept" "OK" "Take what is chosen or written and go on.";

    Up "move.up" "Up" "One row up.";
    Down "move.down" "Down" "One row down.";
    Left "move.left" "Left" "One column or step to the left.";
    Right "move.right" "Right" "One column or step to the right.";
    PageUp "move.page_up" "Page up" "One page up.";
    PageDown "move.page_down" "Page down" "One page down.";
    HalfUp "move.half_up" "Half a page up" "Half a page up.";
    HalfDown "move.half_down" "Half a page down" "Half a page down.";
    First "move.first" "First row" "The first row.";
    Last "move.last" "Last row" "The last row.";
    NextPane "pane.next" "Next pane" "The next pane, field or cell.";
    PrevPane "pane.previous" "Previous pane" "The previous pane, field or cell.";

    TabOne "tab.one" "Tab 1" "The first tab.";
    TabTwo "tab.two" "Tab 2" "The second tab.";
    TabThree "tab.three" "Tab 3" "The third tab.";
    TabFour "tab.four" "Tab 4" "The fourth tab.";
    TabFive "tab.five" "Tab 5" "The fifth tab.";
    TabSix "tab.six" "Tab 6" "The sixth tab.";
    TabSeven "tab.seven" "Tab 7" "The seventh tab.";
    TabEight "tab.eight" "Tab 8" "The eighth tab.";
    TabNine "tab.nine" "Tab 9" "The ninth tab.";

    TabTen "tab.ten" "Tab 10" "The tenth tab.";

    GoBoard "go.board" "Go to: board" "Go to the board of all systems.";
    GoOverview "go.overview" "Go to: overview" "Go to the overview of this system.";
    GoInventory "go.inventory" "Go to: flows" "Go to the data flows and the inventory of this system.";
    GoThreats "go.threats" "Go to: threats" "Go to the threat register of this system.";
    GoControls "go.controls" "Go to: controls" "Go to the control plan of this system.";
    GoEvidence "go.evidence" "Go to: evidence" "Go to the evidence of this system.";
    GoPrivacy "go.privacy" "Go to: DPO" "Go to the pane of the data protection officer.";
    GoGovernance "go.governance" "Go to: governance"
        "Go to acceptances, triggers, changes and incidents of this system.";
    GoChecklist "go.checklist" "Go to: checklist" "Go to what is done and what is missing.";
    GoHandoffs "go.handoffs" "Go to: hand-offs" "Go to the hand-offs of this system.";
    GoSignoff "go.signoff" "Go to: sign-off" "Go to the sign-off of this system.";
    GoHistory "go.history" "Go to: log" "Go to the log of this system.";
    GoLog "go.log" "Go to: whole log" "Go to the log of the whole record.";
    NarrowLog "log.narrow" "Narrow by…"
        "Narrow the log by person, hat, section, kind of act, or time.";
    MarkEntry "log.mark" "Mark this point" "Mark the entry, to see what changed between it and another one.";
    WhatChanged "log.changes" "What changed"
        "Show what changed since this entry, or between it and the marked one.";
    TraceDecision "audit.trace" "Trace the decision"
        "Show what the last decision rests on: who, when, in which hat, on which content, by which entry.";
    AsItWas "log.as_of" "As it was then" "Open the system as it was right after this entry, to read only.";
    GoRisk "go.risk" "Go to: risk" "Go to the risk in pictures: of this system, or on the board of all systems.";
    NextScale "picture.scale" "Next scale" "Draw or ask on the next scale: inherent, now, target.";
    NextBy "picture.by" "Bars by…" "Draw the bars by something else: level, category, treatment and so on.";
    GoLibrary "go.library" "Go to: library" "Go to the libraries: threats, controls and frameworks.";
    MarkFitting "library.mark_all" "Mark all that apply"
        "Mark every threat here that applies; the same key again takes the marks off.";
    NotRelevant "library.not_relevant" "Not relevant"
        "Say that a threat of the library is not relevant here, with a reason.";
    CorrectFact "library.fact" "Correct a fact" "Correct a system fact by hand, with a reason.";
    ReadEntry "library.read" "Read in full" "Read everything about the entry.";

    Filter "filter" "Filter" "Filter this list as you type; Enter keeps the filter, Esc clears it.";
    Palette "palette" "Do or find" "Do or find anything by its name.";
    Help "help" "Keys" "Show the keys of this place, to search and to run.";
    Guide "guide" "Guide" "Read the two-minute guide.";
    Messages "messages" "Messages" "Show the messages of this session again.";
    Copied "copied" "What was copied" "Show what was copied, to select it by hand.";
    Theme "theme" "Theme" "Choose colours: automatic, plain, strong contrast, for red-green blindness, or none.";
    MouseToggle "mouse" "Mouse on or off"
        "Take clicks and the wheel, or leave the mouse to the terminal.";
    Refresh "refresh" "Refresh" "Read the file again and paint the screen afresh.";

    ActAs "act" "Act as…" "Choose the role in which you act.";
    ActAsOwner "act.owner" "Act as: owner" "Act as the system owner.";
    ActAsSecurity "act.security" "Act as: security" "Act as the security team.";
    ActAsGovernance "act.governance" "Act as: governance" "Act as the governance lead.";
    ActAsDpo "act.dpo" "Act as: DPO" "Act as the data protection officer.";
    ActAsSignoff "act.sign_off" "Act as: sign-off" "Act as the sign-off authority.";
    ActAsOperator "act.operator" "Act as: operator" "Act as an operator.";
    ActAsBuilder "act.builder" "Act as: builder" "Act as a builder.";
    ActAsAuditor "act.auditor" "Act as: auditor" "Act as an auditor, who reads and raises findings of audits.";

    HandOver "handoff.send" "Hand over" "Hand the work over to the next role.";
    SendBack "handoff.return" "Send back" "Send the work back, with a reason.";
    TakeBack "handoff.recall" "Take back" "Take a hand-off back, as long as nobody has opened it.";
    Receive "handoff.receive" "Receive" "Receive a hand-off, so that the sender knows who has it.";
    ConfirmHandoff "handoff.confirm" "Confirm hand-off" "Confirm that a hand-off is dealt with.";
    OnlyMissing "only.missing" "Only missing" "Show only what is missing or late.";

    Undo "undo" "Undo" "Undo the last change; acts such as signatures are withdrawn instead.";
    Redo "redo" "Redo" "Do again what was undone.";
    Copy "copy" "Copy cell" "Copy the cell.";
    CopyRow "copy.row" "Copy row" "Copy the row as text.";
    New "new" "New" "Make a new row in this list.";
    Withdraw "withdraw" "Withdraw" "Withdraw the row, with a reason; the log keeps it.";
    Edit "edit" "Edit" "Edit what is selected.";
    EditorForText "edit.editor" "Text in editor" "Write the long text in your own editor.";
    Tick "tick" "Tick" "Tick what the cursor is on.";
    Save "save" "Keep and do it" "Keep the sheet and do what it is for.";

    NewSystem "system.new" "New system" "Enter a new system.";
    StartReview "review.start" "Start a review" "Start a review of this system.";
    Assign "people.assign" "Assign people" "Assign a role to a person, or name a delegate.";
    Import "import" "Import" "Bring in a spreadsheet or an export.";
    ExportRecord "record.export" "Export the record" "Write the record out, for the board or for a machine.";

    Score "threat.score" "Score" "Score on the matrix: likelihood, then impact.";
    ScoreOne "score.one" "Value 1" "The value 1.";
    ScoreTwo "score.two" "Value 2" "The value 2.";
    ScoreThree "score.three" "Value 3" "The value 3.";
    ScoreFour "score.four" "Value 4" "The value 4.";
    ScoreFive "score.five" "Value 5" "The value 5.";
    AddSuggested "threat.suggested" "Proposed threats"
        "See the threats that docket proposes for this system, each with its reason, and add them with their controls.";
    TreatUndecided "treat.undecided" "Treat: undecided" "Leave open what is to be done about the threat.";
    TreatMitigate "treat.mitigate" "Treat: mitigate" "Treat the threat with controls.";
    TreatAccept "treat.accept" "Treat: accept" "Treat the threat by accepting it; this needs an acceptance.";
    TreatAvoid "treat.avoid" "Treat: avoid" "Treat the threat by not doing what brings it.";
    TreatTransfer "treat.transfer" "Treat: transfer" "Treat the threat by having another bear it.";
    TreatNotApplicable "treat.not_applicable" "Treat: n/a" "Say that the threat does not apply, with a reason.";
    LinkControl "control.link" "Link control" "Link what is selected with a control or a threat.";
    SetStatus "control.status" "Set status" "Set how far the control is.";
    Mark "mark" "Mark" "Mark the row, so that several are changed together.";
    MarkAll "mark.all" "Mark all" "Mark every row that is shown; where all are marked, none.";
    Again "again" "Same again" "Decide of this row, or of the marked ones, what was decided last.";
    Duplicate "duplicate" "Duplicate" "Write the row a second time, below.";
    CopyTo "threat.copy" "Copy to a system"
        "Copy or move the row, or the marked ones, to another system; what was decided stays behind.";
    OrderBy "order" "Order by column" "Order by this column: then the other way round, then the worst first again.";
    Columns "columns" "Columns" "Choose the columns.";
    Widen "column.widen" "Wider column" "Make this column wider.";
    Narrow "column.narrow" "Narrower column" "Make this column narrower.";
    UsualWidths "column.usual" "Usual widths" "Make every column as wide as it usually is.";
    GroupNone "group.none" "Group: none" "Show the rows in one list.";
    GroupComponent "group.component" "Group: component" "Group the rows by component.";
    GroupStatus "group.status" "Group: analysis" "Group the rows by how far their analysis is.";
    GroupLevel "group.level" "Group: level" "Group the rows by level.";
    GroupTreatment "group.treatment" "Group: treatment" "Group the rows by what is to be done.";
    GroupFramework "group.framework" "Group: framework" "Group the rows by the item of the OWASP LLM Top 10.";
    GroupSystem "group.system" "Group: system" "Group the rows by system.";
    GroupTier "group.tier" "Group: tier" "Group the rows by the tier of their systems, the gravest first.";
    GroupCoverage "group.coverage" "Group: coverage"
        "Show every flow, tool, model and class of data with the threats on it.";
    ShowWithdrawn "show.withdrawn" "Withdrawn rows" "Show withdrawn rows as well, or no longer.";
    Skip "queue.skip" "Skip" "Put this one off and go on.";
    Previous "queue.previous" "The one before" "Go back to the one before.";
    Unknown "answer.unknown" "Not known" "Say that the answer is not known; it counts as the worst.";
    ScoreZero "score.zero" "Value 0" "The value 0.";
    RateQueue "queue.threats" "Rate the unscored" "Rate what is unscored, one after the other.";
    TierQueue "queue.intake" "Tier new systems"
        "Answer the intake of the systems that have no tier yet, one after the other.";
    Flag "threat.flag" "Flag for the board" "Ask that the board talks about the threat, or no longer.";
    SetTier "tier.set" "Set the tier" "Set the tier by hand; the computed one stays beside it.";
    Combine "roles.combine" "Combine roles" "Record why one person may hold roles that the policy keeps apart.";
    Countersign "roles.countersign" "Countersign" "Countersign what one person did in several roles.";
    GoPolicy "go.policy" "Go to: independence"
        "Go to the independence policy: who may hold two roles, on which tier.";
    SayAllow "policy.allow" "Policy: allow" "Allow that one person holds both roles.";
    SayNote "policy.note" "Policy: note" "Note in the record that one person holds both roles.";
    SayCountersign "policy.countersign" "Policy: countersign" "Want a second person's countersignature.";
    SayBlock "policy.block" "Policy: block" "Block it, unless a reason is recorded.";
    Versions "policy.versions" "Versions" "Read who changed the policy when, and why.";
    Verify "control.verify" "Verify" "Record how it was shown that the control works.";
    AddEvidence "evidence.add" "Add evidence" "Add a piece of evidence.";
    SwitchView "control.view" "Another view"
        "Look at the controls another way: the plan, what it lacks, the board by status.";
    Unfold "control.details" "Details"
        "Show what a control is against, how it was verified and on what evidence; again: hide it.";
    StatusForward "control.forward" "Status on"
        "Set the control one status on; into verified leads the sheet of a verification.";
    StatusBackward "control.backward" "Status back" "Set the control one status back.";
    GoAgainst "control.against" "To its threat" "Go to the threat that the control is against.";
    ReuseControl "control.reuse" "Reuse a control text"
        "Take the text of a control of another system; its status, owner and proof stay there.";
    JumpBack "jump.back" "Back where I was" "Go back to where you jumped from.";
    AttachFile "evidence.attach" "Attach a file"
        "Attach a file to the evidence: its SHA-256, and a copy of up to 1 MiB.";
    CheckFile "evidence.check" "Check the file"
        "Compare the file behind the evidence with its SHA-256; the log says what was found.";
    CheckFiles "evidence.check_all" "Check all files"
        "Compare every file of the evidence pack with its SHA-256; the log says what was found.";
    AddFinding "finding.add" "Add a finding" "Add a finding of a red team, a test or an audit.";
    RetestFinding "finding.retest" "Retest" "Record the retest of a finding and what it came to.";

    AnswerYes "dpo.yes" "Answer: yes" "Answer the question with yes; on a threat: confirm it.";
    AnswerNo "dpo.no" "Answer: no" "Answer the question with no; on a threat: reject it, with a reason.";
    AnswerUnclear "dpo.unclear" "Answer: unclear" "Answer that it is unclear.";
    AnswerNone "dpo.none" "Does not apply" "Say that the question does not apply here.";
    Explain "dpo.explain" "Say more" "Write what belongs to the answer, or what the section comes to.";
    GiveAdvice "advice.give" "Give advice" "Record the advice of the data protection officer.";
    GiveVerdict "advice.verdict" "DPO's verdict" "Say whether the DPO agrees with what a threat does to personal data.";
    ProposeAcceptance "acceptance.propose" "Propose acceptance"
        "Propose that a risk be accepted, until a day and under conditions.";
    AcceptRisk "acceptance.accept" "Accept risk" "Accept the risk as proposed.";
    DeclineRisk "acceptance.decline" "Decline risk" "Decline the proposed acceptance.";
    RevokeRisk "acceptance.revoke" "Revoke acceptance" "Revoke an acceptance that holds.";
    WithdrawRisk "acceptance.withdraw" "Withdraw proposal" "Take the proposal of an acceptance back.";
    RenewRisk "acceptance.renew" "Renew acceptance"
        "Ask anew for what was accepted, with what is different since: a fresh decision, never an extension.";
    AddProviso "acceptance.condition" "Add a condition"
        "Add a condition to a proposed acceptance: a control, a stage, a cap, a report, human review.";
    MeetProviso "acceptance.proof" "Record a proof" "Record what shows that a condition of an acceptance is met.";
    AddException "exception.add" "Ask for exception"
        "Ask that a requirement does not hold for a while, with what stands in its place.";
    ReviewException "exception.review" "Review exception" "Record that an exception was looked at again.";
    ArmTriggers "trigger.arm" "Arm triggers" "Arm the triggers that will ask for a new review.";
    FireTrigger "trigger.fire" "Fire trigger" "Say that what a trigger waits for has happened.";
    Triage "trigger.triage" "Triage" "Say what becomes of a fired trigger, a change or an incident.";
    RecordChange "change.record" "Record a change"
        "Record that something about the system changed, and fire the triggers that this sets off.";
    ReportIncident "incident.report" "Report an incident"
        "Report that something went wrong in use; whoever is named for it is told, and what waits for it fires.";
    RestrictUse "incident.restrict" "Limit the use" "Restrict the use for the time being, because of an incident.";
    CloseIncident "incident.close" "Close the incident"
        "Close an incident: what was mended, with the threats and controls that it was about.";
    PauseSystem "system.pause" "Pause the system" "Stop the system at once, with a reason; its clearance follows.";
    ResumeSystem "system.resume" "Let it run again" "Let a paused system run again, with a reason.";
    NotNeeded "step.not_needed" "Not needed" "Say that a step is not needed, with a reason.";

    GoRegister "go.register" "Go to: all threats" "Go to the threats of all systems.";
    GoAcceptances "go.acceptances" "Go to: acceptances"
        "Go to the accepted risks of all systems, the one that ends first on top.";
    GoUnscored "go.unscored" "Go to: unscored"
        "Go to the unscored threats of all systems, those of the gravest tier first.";
    RateShown "queue.shown" "Rate what is shown" "Rate the unscored of what is shown, one after the other.";
    ShowAll "show.all" "Show: all" "Show all threats of all systems.";
    ShowUnscored "show.unscored" "Show: unscored" "Show only what is not scored.";
    ShowCritical "show.critical" "Show: critical" "Show only what is critical on the scale that is chosen: as it is now at first.";
    ShowHigh "show.high" "Show: high" "Show only what is high on the scale that is chosen: as it is now at first.";
    ShowFlagged "show.flagged" "Show: flagged" "Show only what the board is to talk about.";
    ShowUndecided "show.undecided" "Show: undecided" "Show only that of which nobody said yet what is to be done.";
    ShowSystem "show.system" "Show: this system" "Show only the threats of the system that the cursor is on.";
    ShowTier "show.tier" "Show: this tier" "Show only the threats of systems of the same tier.";

    GoMeeting "go.meeting" "Go to: meeting" "Go to the agenda: what is for the board, and the meeting that runs or comes next.";
    OpenMeeting "meeting.open" "Open the meeting"
        "Open the meeting that is planned, or one for right now; its clock runs from then on.";
    CloseMeeting "meeting.close" "Close the meeting"
        "Close the meeting: what was decided is handed on, and the minutes are made.";
    ChangeMeeting "meeting.change" "Change the meeting" "Change the day, the time, the chair or the quorum of the meeting.";
    CancelMeeting "meeting.cancel" "Call it off" "Call the planned meeting off, with a reason.";
    WhoIsHere "meeting.here" "Who is here" "Say who is here and who leads the meeting.";
    NextItem "meeting.next" "Next item"
        "Take up the next item; what was to be decided and was not is recorded as skipped.";
    PauseClock "meeting.pause" "Pause the clock" "Stop the clocks of the meeting and the item, or let them go on.";
    DecideItem "item.decide" "Decide the item" "Decide the item: a review, a risk, an exception, what fired, minutes, an action.";
    TakeConsent "meeting.consent" "Take the consents"
        "Take everything that is pre-approved by enough and unflagged, in one act.";
    SkipItem "item.skip" "Skip the item" "Pass over the item for now; the minutes say so.";
    DeferItem "item.defer" "Defer the item" "Put the item off to the next meeting, with a reason.";
    AddItem "item.add" "Add an item" "Put an item on the agenda by hand.";
    ItemUp "item.up" "Move it up" "Move the item one place up in its part of the agenda.";
    ItemDown "item.down" "Move it down" "Move the item one place down in its part of the agenda.";
    Timebox "item.timebox" "Timebox" "Say how many minutes the item is given.";
    MinuteMore "item.more" "A minute more" "Give the item a minute more.";
    MinuteLess "item.less" "A minute less" "Give the item a minute less.";
    SayByName "item.stance" "Dissent by name"
        "Record by name who dissents, abstains, or has nothing to do with the item.";
    MinuteLine "minutes.line" "A line of minutes" "Write a line of the minutes about the item.";
    AddTask "action.add" "Give an action" "Give somebody something to do, with a day.";
    ReadMinutes "minutes.read" "Read the minutes" "Read the minutes of the meeting that runs, or of the last one.";
    LargeItem "item.large" "One item large" "Show one item large, with its clock, or the agenda again.";
    OpenSystem "item.system" "Open its system" "Open the system that the item is about; Esc comes back.";
    PreApprove "item.preapprove" "Pre-approve"
        "Mean to pre-approve the item as it is now; only you see it until you say all of it.";
    FlagItem "item.flag" "Flag the item" "Mean to flag the item for discussion; only you see it until you say all of it.";
    CommentItem "item.comment" "Comment" "Mean to comment on the item; only you see it until you say all of it.";
    SayAll "item.say_all" "Say all of it" "Say everything that you approved, flagged and commented, in one act by name.";

    Sign "sign" "Sign" "Sign; your initials are asked for.";
    Reconfirm "sign.again" "Confirm again"
        "Confirm again what you reviewed before, in one act: take up, sign and hand on what is your turn.";
    Compare "review.compare" "What differs"
        "See what changed since it was signed, or since the last decision, side by side.";
    WithdrawSign "sign.withdraw" "Withdraw signature" "Withdraw your signature; the log keeps both.";
    SignSsh "sign.ssh" "SSH signature"
        "Sign the sign-off, the acceptance or the decision under the cursor with your SSH key as well.";
    RegisterKey "key.register" "Register SSH key" "Register the public key with which you sign.";
    WithdrawKey "key.withdraw" "Withdraw SSH key"
        "Withdraw your SSH key: it signs nothing more, and what it signed until now holds.";
    Decide "decide" "Decide" "Record the decision of the sign-off authority.";
    VerifyLog "log.verify" "Verify the log" "Verify the chain of the log.";

    Sample "start.sample" "Sample board" "See a sample board; it lives in its own file.";
    StartBoard "start.board" "Start our board" "Start your own board.";
}
