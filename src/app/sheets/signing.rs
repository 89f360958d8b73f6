//! Sheets of signing: each says who signs in which hat, for what, and what changed since.

use crate::app::{Me, form::Form, system::SystemScreen};
use crate::domain::{
    Dossier,
    decision::{Difference, quote, reviewed_by},
    fields::{Day, Vocabulary},
    people::Role,
    rules::round,
};

use super::{Purpose, hat, line, prose};

/// So many changes are listed in a sheet; the comparison shows all.
const LISTED: usize = 5;

/// The field in which the initials are typed.
fn own_initials(me: &Me, help: &str) -> crate::app::form::FormField {
    let help = format!("Type {} to {help}", initials(&me.name));
    line("initials", "Your initials", &help).needed()
}

fn statement() -> crate::app::form::FormField {
    prose("statement", "Statement", "What you want to say with it; may stay empty.")
}

/// Sign: the initials make it a deliberate act.
pub fn sign(screen: &SystemScreen, me: &Me) -> Form {
    let fields = vec![statement(), own_initials(me, "sign. A sign-off is withdrawn, never undone.")];
    let title = format!("Sign as {}", me.role.label());
    let mut form = Form::new(title, "sign", Purpose::Sign, format!("sign/{}", me.role.code()), fields);
    form.lines = vec![hat(me), signed_for(me.role)];
    form.lines.extend(since(screen, me.role));
    form
}

/// Confirm again what was reviewed before: one act, with everything that changed in sight.
pub fn reconfirm(screen: &SystemScreen, me: &Me, today: Day) -> Form {
    let fields = vec![own_initials(me, "confirm it all again. A sign-off is withdrawn, never undone."), statement()];
    let title = format!("Confirm again as {}", me.role.label());
    let mut form = Form::new(title, "confirm", Purpose::Reconfirm, format!("again/{}", me.role.code()), fields);
    let does = round(&screen.dossier, me.role, today).says();
    form.lines = vec![hat(me), format!("One act: {does}.")];
    form.lines.extend(since(screen, me.role));
    form.lines.push(signed_for(me.role));
    form
}

fn signed_for(role: Role) -> String {
    let sections: Vec<_> = reviewed_by(role).iter().map(|section| section.label()).collect();
    format!("You sign for exactly: {}. A later change of these voids it.", sections.join(", "))
}

/// What changed since this role signed in this review, else since the last decided review: a count, then the lines.
fn since(screen: &SystemScreen, role: Role) -> Vec<String> {
    let dossier = &screen.dossier;
    if let Some(void) = screen.voided.iter().find(|void| void.role == role) {
        let head = format!("Your earlier sign-off was voided by {}.", void.by());
        let rest = void.difference.as_ref().map(|found| counted(dossier, role, found, "Since you signed"));
        return std::iter::once(head).chain(rest.into_iter().flatten()).collect();
    }
    let Some(since) = screen.since.as_ref().filter(|_| quote(dossier, role).is_some()) else { return Vec::new() };
    counted(dossier, role, &since.difference, &format!("Since review {}", since.number))
}

fn counted(dossier: &Dossier, role: Role, difference: &Difference, when: &str) -> Vec<String> {
    let sections = reviewed_by(role);
    let mut lines = vec![format!("{when}, of what you review: {}.", difference.counts(sections).says())];
    let all = difference.lines(dossier, sections);
    lines.extend(all.iter().take(LISTED).map(|line| format!("  {line}")));
    if all.len() > LISTED {
        lines.push(format!("  and {} more: Esc, then v shows them all.", all.len() - LISTED));
    }
    lines
}

/// The initials of a name: the first letter of each word.
pub fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// Withdraw a sign-off.
pub fn unsign(me: &Me) -> Form {
    let mut form = Form::new(
        format!("Withdraw the sign-off as {}", me.role.label()),
        "withdraw",
        Purpose::Unsign,
        "unsign".into(),
        vec![prose("why", "Why", "The log keeps both.").needed()],
    );
    form.lines = vec![hat(me)];
    form
}

/// Register the public key with which one signs.
pub fn register_key(me: &Me) -> Form {
    let mut key =
        line("key", "Public key", "The file of the public key, or its line: ssh-ed25519 AAAA… name.").needed();
    key.restore("~/.ssh/id_ed25519.pub");
    let fields = vec![key, own_initials(me, "register it as yours.")];
    let mut form = Form::new("Register your SSH key", "register", Purpose::RegisterKey, "key/register".into(), fields);
    form.lines = vec![
        format!("{}: with this key you sign what you did. Only the public half is kept.", me.name),
        "Ed25519 keys only. A key of before stays good for what it signed.".to_owned(),
    ];
    form
}

/// Withdraw it.
pub fn withdraw_key(me: &Me) -> Form {
    let fields = vec![
        prose("why", "Why", "For example: the laptop was lost.").needed(),
        own_initials(me, "withdraw it. A key that was withdrawn does not come back."),
    ];
    let mut form = Form::new("Withdraw your SSH key", "withdraw", Purpose::WithdrawKey, "key/withdraw".into(), fields);
    form.lines = vec![format!("{}: the key signs nothing more; what it signed until now holds.", me.name)];
    form
}
