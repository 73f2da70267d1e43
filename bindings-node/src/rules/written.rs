//! Written by core/surface from the core: change it there, not here.

use carekey::agency::{Environment, SystemEnvironment};
use serde_json::Value;

use super::policy_or_default;
use crate::border::{Moment, rules};

rules! {
    strict account_after_password(stage: carekey::Stage, #[serde(default)] questions_set: bool, policy: Option<Value>) => { let policy = policy_or_default(policy.as_ref())?; carekey::Stage::after_password(stage, &policy.questions, questions_set) };

    strict account_after_questions(stage: carekey::Stage) => carekey::Stage::after_questions(stage);

    strict account_state(stage: carekey::Stage, #[serde(default)] disabled: bool) => carekey::account::State::of(stage, disabled);

    strict account_is_live(life: carekey::account::TokenLife, now: Moment, epoch: i64) => { let token_life = life; let now = now.0; carekey::account::TokenLife::is_live(&token_life, epoch, now) };

    strict account_session(now: Moment, #[serde(default)] remember: bool, #[serde(default)] epoch: i64, policy: Option<Value>) => { let now = now.0; let policy = policy_or_default(policy.as_ref())?; carekey::account::TokenLife::session(&policy.session, remember, now, epoch) };

    strict account_step(now: Moment, lasts_ms: i64, #[serde(default)] epoch: i64) => { let now = now.0; let lasts = time::Duration::milliseconds(lasts_ms); carekey::account::TokenLife::step(lasts, now, epoch) };
}

rules! {
    strict invitation_issue(contact: String, method: carekey::Method, now: Moment, policy: Option<Value>) => { let now = now.0; let policy = policy_or_default(policy.as_ref())?; carekey::invitation::Invitation::issue(&contact, method, &policy.invitation, now) };

    strict invitation_redeem(invitation: carekey::invitation::Invitation, now: Moment) => { let now = now.0; let mut invitation = invitation; carekey::invitation::Invitation::redeem(&mut invitation, now)?; invitation };

    strict invitation_standing(invitation: carekey::invitation::Invitation, now: Moment) => { let now = now.0; carekey::invitation::Invitation::standing(&invitation, now) };

    strict invitation_supersede(invitation: carekey::invitation::Invitation, now: Moment) => { let now = now.0; let mut invitation = invitation; carekey::invitation::Invitation::supersede(&mut invitation, now); invitation };

    strict invitation_time_left(invitation: carekey::invitation::Invitation, now: Moment) => { let now = now.0; carekey::invitation::Invitation::time_left(&invitation, now) };

    strict invitation_parse_code[code]() => { let text = code; carekey::invitation::InvitationCode::parse(text.reveal()) };

    strict invitation_parse_link[link]() => { let text = link; carekey::invitation::LinkToken::parse(text.reveal()) };

    strict invitation_check_action(action: carekey::invitation::OfficeAction, linked: bool, sent: bool) => carekey::invitation::check_action(action, linked, sent);

    strict invitation_choose_method(preferred: Option<carekey::Method>, asked: Option<carekey::Method>, email: Option<String>, phone: Option<String>) => carekey::invitation::choose_method(preferred, asked, email.as_deref(), phone.as_deref());

    strict invitation_next_action(linked: bool, sent: bool) => carekey::invitation::next_action(linked, sent);

    strict invitation_online_account(linked_contact: Option<String>, sent: bool) => carekey::invitation::online_account(linked_contact.as_deref(), sent);
}

rules! {
    strict message_address(page: carekey::message::Page, base: String) => carekey::message::Page::address(page, &base);

    strict message_page(kind: carekey::words::MessageKind) => carekey::message::Page::of(kind);

    strict message_check_link_base(text: String) => carekey::message::check_link_base(&text);

    strict message_check_template(kind: carekey::words::MessageKind, method: carekey::Method, text: carekey::message::Text) => carekey::message::check_template(kind, method, &text);

    strict message_fields(kind: carekey::words::MessageKind) => carekey::message::fields(kind);

    strict message_label(set: carekey::message::WordSet, word: String, locale: carekey::Locale) => carekey::message::label(set, &word, locale)?;

    strict message_labels(set: carekey::message::WordSet, locale: carekey::Locale) => carekey::message::labels(set, locale);

    strict message_masked(kind: carekey::words::MessageKind, text: carekey::message::Text, #[serde(default)] params: carekey::Params) => carekey::message::masked(kind, &text, &params);

    strict message_moment(at: Moment, locale: carekey::Locale) => { let at = at.0; carekey::message::moment(at, locale) };

    strict message_retry_at(tries: u32, now: Moment, policy: Option<Value>) => { let now = now.0; let policy = policy_or_default(policy.as_ref())?; carekey::message::retry_at(&policy.outbox, tries, now) };

    strict message_shipped(kind: carekey::words::MessageKind, method: carekey::Method, locale: carekey::Locale) => carekey::message::shipped(kind, method, locale);

    strict message_span(lasts_ms: i64, locale: carekey::Locale) => { let lasts = time::Duration::milliseconds(lasts_ms); carekey::message::span(lasts, locale) };
}

rules! {
    strict name_display(name: carekey::name::PersonName) => { let person_name = name; carekey::name::PersonName::display(&person_name) };

    strict name_key(name: carekey::name::PersonName) => { let person_name = name; carekey::name::PersonName::key(&person_name) };

    strict name_parse(text: String) => carekey::name::PersonName::parse(&text);
}

rules! {
    strict password_check_hash[stored]() => carekey::password::check_hash(stored.reveal());

    strict password_hashing_memory() => carekey::password::hashing_memory();

    strict password_is_block_listed[password]() => carekey::password::is_block_listed(password.reveal());

    strict password_limit_hashing_memory(kib: u64) => carekey::password::limit_hashing_memory(kib);

    strict password_temporary(policy: Option<Value>) => { let policy = policy_or_default(policy.as_ref())?; carekey::password::temporary(&policy.password, &policy.temporary_password, &mut *SystemEnvironment.randomness()?) };
}

rules! {
    strict questions_normalise[answer]() => { let text = answer; carekey::password::questions::normalise_answer(text.reveal()) };
}

rules! {
    strict relationship_in_force(period: carekey::relationship::Period, at: Moment) => { let at = at.0; carekey::relationship::Period::in_force(&period, at) };

    strict relationship_overlaps(period: carekey::relationship::Period, other: carekey::relationship::Period) => carekey::relationship::Period::overlaps(&period, &other);

    strict relationship_is_valid(period: carekey::relationship::Period) => carekey::relationship::Period::valid(&period);

    strict relationship_check_tie(kind: carekey::TieKind, who: carekey::relationship::PartyFacts, of: carekey::relationship::PartyFacts, period: carekey::relationship::Period, #[serde(default)] existing: Vec<carekey::relationship::Tie>) => carekey::relationship::check_tie(kind, &who, &of, &period, &existing);

    strict relationship_conveyed(who: carekey::PartyId, ties: Vec<carekey::relationship::Tie>, at: Moment) => { let at = at.0; carekey::relationship::conveyed(who, &ties, at) };

    strict relationship_conveys(kind: carekey::TieKind) => carekey::relationship::conveys(kind);

    strict relationship_role_fits(role: carekey::Role, kind: carekey::PartyKind) => carekey::relationship::role_fits(role, kind);
}

rules! {
    strict username_canonical(typed: String, country: String) => carekey::username::canonical(&typed, &country);

    strict username_check_contact(text: String, country: String) => carekey::username::check_contact(&text, &country);

    strict username_check_email(text: String) => carekey::username::check_email(&text);

    strict username_check_phone(text: String, country: String) => carekey::username::check_phone(&text, &country);

    strict username_check_staff_name(typed: String, max_length: u32) => carekey::username::check_staff_name(&typed, max_length);

    strict username_skeleton(canonical: String) => carekey::username::skeleton(&canonical);
}

rules! {
    strict visibility_cell(role: carekey::Role, resource: carekey::Resource) => carekey::visibility::cell(role, resource);

    strict visibility_check_grant(to: carekey::relationship::PartyFacts, resource: carekey::Resource, period: carekey::relationship::Period) => carekey::visibility::check_grant(&to, resource, &period);

    strict visibility_check_policy(policy: Option<Value>) => { let policy = policy_or_default(policy.as_ref())?; carekey::visibility::check_policy(&policy.visibility) };

    strict visibility_decide(viewer: carekey::visibility::Viewer, resource: carekey::Resource, of: carekey::visibility::Of, at: Moment, policy: Option<Value>) => { let at = at.0; let policy = policy_or_default(policy.as_ref())?; carekey::visibility::decide(&viewer, resource, of, &policy.visibility, at) };

    strict visibility_sees(viewer: carekey::visibility::Viewer, resource: carekey::Resource, of: carekey::visibility::Of, at: Moment, policy: Option<Value>) => { let at = at.0; let policy = policy_or_default(policy.as_ref())?; carekey::visibility::sees(&viewer, resource, of, &policy.visibility, at) };
}
