//! Written by core/surface from the core: change it there, not here.

use pyo3::prelude::*;

use crate::answers::{Email, Fields, HashingMemory, Label, Line, PartyFacts, Period, PersonName, Phone, Rendered, Tie, Verified};
use crate::arg::{Bytes, Count, Flag, Id, Lasts, Many, Moment, Named, Object, Text, Whole, Word, text};
use crate::engine::Answers;
use crate::engine::settings::Policy;
use crate::error::{rule, rule_or, run};
use crate::finding::{Finding, ParamArg};
use crate::held::held;
use crate::over::{Core, Over};
use crate::rules::account::Admission;
use crate::rules::invitation::{OnlineAccount, Way};
use crate::rules::username::{Clash, Contact, StaffPattern};
use crate::secret::{Secret, SecretArg};
use super::checked::CheckedOf;

held! {
    /// The code of an invitation (I3): nine random characters of Crockford's base
    /// 32, 45 bits, and a check character, which catches every wrong character and
    /// every two that changed places.
    ///
    /// It prints as ``•••``; ``InvitationCode.canonical`` reveals it.
    ///
    /// >>> from carekey.invitation import InvitationCode
    /// >>> code = InvitationCode.parse("7k3qo-d9wx2").require()
    /// >>> code, code.grouped().reveal()
    /// (InvitationCode('•••'), '7K3Q0-D9WX2')
    /// >>> [finding.code for finding in InvitationCode.parse("7K3Q0-9DWX2").findings]
    /// ['code.mistyped']
    InvitationCode holds fixed carekey::invitation::InvitationCode
}

held! {
    /// The secret part of a link (I3): 160 random bits as 32 small letters and
    /// digits (base 32 of RFC 4648).
    ///
    /// Base 32 rather than base64url, for ten characters more: no hyphen and no
    /// underscore at the end that a mail client leaves out of the link, and small
    /// and capital letters mean the same.
    ///
    /// It prints as ``•••``; ``LinkToken.canonical`` reveals it.
    ///
    /// >>> from carekey.invitation import LinkToken
    /// >>> tapped = "<https://portal.example.com/invitation#mzxw6ytboi2gs3lfnz2xe5dfojpwq2lt>."
    /// >>> LinkToken.parse(tapped).require().canonical().reveal()
    /// 'mzxw6ytboi2gs3lfnz2xe5dfojpwq2lt'
    LinkToken holds fixed carekey::invitation::LinkToken
}

held! {
    /// Hashes passwords and answers, and compares them with stored hashes (P6).
    ///
    /// A hash is a PHC string of Argon2id, version 19, with a 16-byte salt and a
    /// 32-byte tag, of the password in NFC. With a pepper, what is hashed is the
    /// HMAC-SHA-256 of the password under the pepper, and the string has a
    /// ``keyid`` that tells which pepper it was: a store that is stolen without the
    /// key cannot even be guessed at.
    ///
    /// One hasher serves any number of threads. All hashers of a process take their
    /// memory from one budget (``limit_hashing_memory``): where it is used up, a
    /// call waits.
    ///
    /// >>> from carekey.password import Hasher
    /// >>> hasher = Hasher()
    /// >>> stored = hasher.hash("Lantern#47 tide")
    /// >>> hasher.verify(stored, "Lantern#47 tide")
    /// Verified(matches=True, renew=False)
    /// >>> hasher.operations
    /// 2
    Hasher holds fixed carekey::password::Hasher
}

held! {
    /// The names that an agency uses or once used, those of disabled and deleted
    /// accounts included: none of them is given to another person (rule U4), and no
    /// name that looks like one of them (U6).
    ///
    /// >>> from carekey.username import Taken
    /// >>> taken = Taken(["104fconner"])
    /// >>> taken.find("104fconner"), taken.find("lo4fconner"), taken.find("104fcanner")
    /// (Clash(other=None, retired=False), Clash(other='104fconner', retired=False), None)
    /// >>> taken.insert_retired("104sgone")
    /// >>> taken.find("104sgone")
    /// Clash(other=None, retired=True)
    Taken holds changing carekey::username::Taken
}

held! {
    /// The usernames of one agency and one batch of rows (rule U4).
    ///
    /// Rows are checked in their order; a row that passes has its name from then
    /// on, and a later row that wants it fails. The same rows in the same order
    /// always get the same verdicts.
    ///
    /// >>> from carekey.username import NameRequest, PersonName, Taken, Usernames
    /// >>> names = Usernames(prefix="104", country="US", taken=Taken(["104fconner"]))
    /// >>> request = NameRequest(1, "staff", PersonName.parse("Felicia Grace Conner").require())
    /// >>> verdict = names.check(request)
    /// >>> verdict.passes, verdict.findings[0].code, verdict.suggestions[:2]
    /// (False, 'username.taken', ['104fgconner', '104feconner'])
    /// >>> names.accept(request, "104fgconner").username
    /// '104fgconner'
    Usernames holds changing carekey::username::Usernames
}

held! {
    /// The failures at one way in (password, code, questions) of one account, of
    /// one device, or of another thing that is being guessed at (E4).
    ///
    /// >>> from datetime import datetime, timezone
    /// >>> from carekey.account import Throttle
    /// >>> now = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
    /// >>> throttle = Throttle()
    /// >>> for _ in range(5):
    /// ...     assert throttle.admit(now)
    /// ...     throttle.failed(now)
    /// >>> throttle.admit(now).until.isoformat()
    /// '2026-11-22T09:00:30+00:00'
    Throttle holds kept carekey::account::Throttle
}

held! {
    /// The life of one token: a session, or a step that was begun (E5, E6).
    ///
    /// >>> from datetime import datetime, timedelta, timezone
    /// >>> from carekey.account import TokenLife
    /// >>> now = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
    /// >>> life = TokenLife.session(now=now, epoch=0)
    /// >>> life.is_live(now + timedelta(minutes=14), epoch=0), life.is_live(now + timedelta(minutes=15), epoch=0)
    /// (True, False)
    TokenLife holds kept carekey::account::TokenLife
}

held! {
    /// The end of a chain, kept with the record whose history it is (rule H).
    ///
    /// >>> from datetime import datetime, timezone
    /// >>> from uuid import UUID
    /// >>> from carekey.history import Head, Line, verify
    /// >>> key, subject, head = bytes(32), UUID(int=1), Head()
    /// >>> at = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
    /// >>> line = head.append(key, Line(subject, at=at, kind="account.disabled", actor="manager", actor_name="Felicia Conner"))
    /// >>> line.sequence, head.length
    /// (1, 1)
    /// >>> verify(key, subject, [line], head)
    Head holds kept carekey::history::Head
}

held! {
    /// The facts of one invitation (I2). Its secret is not among them.
    ///
    /// Looking changes nothing (I7): mail scanners open links. Only
    /// ``Invitation.redeem`` uses it up. That it does so once, however many try at
    /// the same moment, is for whoever stores the facts: write them back only if
    /// they are still the ones that were read.
    ///
    /// Moments are kept to the millisecond.
    ///
    /// >>> from datetime import datetime, timedelta, timezone
    /// >>> from carekey.invitation import Invitation
    /// >>> sent = datetime(2026, 3, 1, 9, tzinfo=timezone.utc)
    /// >>> invitation = Invitation.issue("wei@example.com", "email", now=sent)
    /// >>> invitation.redeem(sent + timedelta(days=14) - timedelta(milliseconds=1))
    /// >>> invitation.standing(sent)
    /// 'redeemed'
    Invitation holds kept carekey::invitation::Invitation
}

/// Where an account goes when its user has chosen a password (E2): to the
/// questions, unless they are set or the policy asks none.
#[pyfunction]
#[pyo3(signature = (stage, *, questions_set, policy = None), text_signature = "(stage, *, questions_set, policy=None)")]
pub(crate) fn after_password(py: Python<'_>, stage: Word<carekey::Stage>, questions_set: Flag, policy: Option<Object<Policy>>) -> PyResult<Word<carekey::Stage>> {
    let stage = stage.over();
    let questions_set = questions_set.over();
    let policy = super::policy(policy);
    rule(py, || carekey::Stage::after_password(stage, &policy.questions, questions_set).over())
}

/// Where an account goes when the questions are set (E2).
#[pyfunction]
pub(crate) fn after_questions(py: Python<'_>, stage: Word<carekey::Stage>) -> PyResult<Word<carekey::Stage>> {
    let stage = stage.over();
    rule(py, || carekey::Stage::after_questions(stage).over())
}

/// Where an account begins under a scheme (E1).
///
/// >>> from carekey.account import first_stage
/// >>> first_stage("temporary_password")
/// 'password_due'
#[pyfunction]
pub(crate) fn first_stage(py: Python<'_>, scheme: Word<carekey::policy::EnrolmentScheme>) -> PyResult<Word<carekey::Stage>> {
    let scheme = scheme.over();
    rule(py, || carekey::Stage::first(scheme).over())
}

/// The state that is shown (E2): ``disabled`` hides the stage.
#[pyfunction]
#[pyo3(signature = (stage, *, disabled), text_signature = "(stage, *, disabled)")]
pub(crate) fn state_of(py: Python<'_>, stage: Word<carekey::Stage>, disabled: Flag) -> PyResult<Word<carekey::account::State>> {
    let stage = stage.over();
    let disabled = disabled.over();
    rule(py, || carekey::account::State::of(stage, disabled).over())
}

/// Loads a further language from a file: JSON with the texts of all sections, as
/// ``core/src/texts/en.json`` has them in English, with its messages (``messages``,
/// as in ``en.messages.json``), its tag of BCP 47 (``language``), and what people
/// call it in the cells of a roster (``names``, which may be left out).
///
/// From then on it is a language like those that ship, in the whole process:
/// findings, labels and moments are said in it, agencies and people can have it,
/// and rosters are read and written in it. Load it before a directory is opened:
/// where a store speaks of a language that was not loaded, its texts are said in
/// English. Loading it again replaces its texts; the memory of the earlier ones is
/// not given back.
///
/// Words that go by a number have a form for each category that the CLDR gives the
/// language: ``{count:one=miejsce|few=miejsca|many=miejsc}``. Two forms without
/// names are ``one`` and ``other``.
///
/// Raises :class:`InvalidInput` ``language.malformed`` of what is no such file;
/// ``language.tag`` of a tag that is none, or of a language that ships; or, as
/// findings, all that is not as in English, each with the place of its text, such
/// as ``findings.name.missing``, in its field. Nothing is loaded then:
/// ``language.text_missing`` and ``language.text_unknown``; of a text
/// ``template.empty``, ``language.parameter_missing``, ``template.unknown_field``,
/// and ``language.form_missing`` where words have no form for a category; of a
/// message those of ``check_template``.
#[pyfunction]
pub(crate) fn load_language(py: Python<'_>, file: Bytes) -> PyResult<Word<carekey::Locale>> {
    let file = file.0;
    run(py, || carekey::Locale::load(&file)).map(Over::over)
}

/// The lines as CSV (UTF-8, RFC 4180) with a header. Cells that a spreadsheet would
/// run as a formula are defused (rule B).
///
/// Raises :class:`InternalError` ``internal.fault``, which no caller could mend.
#[pyfunction]
pub(crate) fn to_csv(py: Python<'_>, lines: Many<Object<Line>>) -> PyResult<String> {
    let lines: Vec<_> = lines.over();
    run(py, || carekey::history::to_csv(&lines)).map(Over::over)
}

/// The lines as JSON, one object a line.
///
/// Raises :class:`InternalError` ``internal.fault``, which no caller could mend.
#[pyfunction]
pub(crate) fn to_json_lines(py: Python<'_>, lines: Many<Object<Line>>) -> PyResult<String> {
    let lines: Vec<_> = lines.over();
    run(py, || carekey::history::to_json_lines(&lines)).map(Over::over)
}

/// Checks a whole history, all its lines in order, against its head (rule H). One
/// of which earlier lines were removed begins behind them, as a checkpoint among
/// its lines says.
///
/// Raises :class:`StoreError` ``history.broken`` with the number of the first line
/// that was edited, inserted, moved, or follows a removed one; ``history.cut``
/// where lines at the end are missing, all of them included, or the head is not
/// theirs.
///
/// A key has 32 bytes, or raises :class:`ConfigurationError` ``key.length``.
#[pyfunction]
pub(crate) fn verify(py: Python<'_>, key: Bytes, subject: Id, lines: Many<Object<Line>>, head: Object<Head>) -> PyResult<()> {
    let key = key.key(py)?;
    let subject = subject.over();
    let lines: Vec<_> = lines.over();
    let head = head.over();
    run(py, || carekey::history::verify(&key, subject, &lines, &head))
}

/// Why an action cannot be done with an item, as one row of a batch says it (I9);
/// ``None`` where it can. An action can be done exactly where it is the
/// ``next_action``.
///
/// Inviting what was invited before is ``invitation.already_sent``, so a batch that
/// is run twice sends nothing twice. The field is ``action``.
#[pyfunction]
#[pyo3(signature = (action, *, linked, sent), text_signature = "(action, *, linked, sent)")]
pub(crate) fn check_action(py: Python<'_>, action: Word<carekey::invitation::OfficeAction>, linked: Flag, sent: Flag) -> PyResult<Option<Finding>> {
    let action = action.over();
    let linked = linked.over();
    let sent = sent.over();
    rule(py, || carekey::invitation::check_action(action, linked, sent).over())
}

/// How an invitation is sent, and where to (I1).
///
/// * A method that a batch asks for is used or nothing is: the office said so.
/// * Else the preferred one is used.
/// * Else, or where the preferred one has no contact, e-mail is used, and SMS where
///   there is no e-mail: that it is sent at all matters more to a family than the
///   way.
///
/// Contacts are taken in canonical form; a blank one counts as none. Where nothing
/// can be sent there is one ``invitation.no_contact`` for each contact that would
/// mend it, about the field ``email`` or ``phone``, e-mail first.
///
/// >>> from carekey.invitation import choose_method
/// >>> choose_method(preferred="sms", email="sue@example.com").value
/// ('email', 'sue@example.com')
#[pyfunction]
#[pyo3(signature = (*, preferred = None, asked = None, email = None, phone = None), text_signature = "(*, preferred=None, asked=None, email=None, phone=None)")]
pub(crate) fn choose_method(py: Python<'_>, preferred: Option<Word<carekey::Method>>, asked: Option<Word<carekey::Method>>, email: Option<Text>, phone: Option<Text>) -> PyResult<CheckedOf<Way>> {
    let preferred = preferred.over();
    let asked = asked.over();
    let email = text(email);
    let phone = text(phone);
    rule(py, || carekey::invitation::choose_method(preferred, asked, email.as_deref(), phone.as_deref()).over())
}

/// What the office can do next with an item that is linked to an account or not,
/// and for which an invitation was ever sent or not (I4). After Unlink an item
/// counts as sent, so that Reinvite is next (I6).
///
/// >>> from carekey.invitation import next_action
/// >>> next_action(linked=False, sent=True)
/// 'reinvite'
#[pyfunction]
#[pyo3(signature = (*, linked, sent), text_signature = "(*, linked, sent)")]
pub(crate) fn next_action(py: Python<'_>, linked: Flag, sent: Flag) -> PyResult<Word<carekey::invitation::OfficeAction>> {
    let linked = linked.over();
    let sent = sent.over();
    rule(py, || carekey::invitation::next_action(linked, sent).over())
}

/// What the Online Account column shows for an item: the e-mail or phone that it is
/// linked with, else the next action (I4).
#[pyfunction]
#[pyo3(signature = (*, linked_contact, sent), text_signature = "(*, linked_contact, sent)")]
pub(crate) fn online_account(py: Python<'_>, linked_contact: Option<Text>, sent: Flag) -> PyResult<OnlineAccount> {
    let linked_contact = text(linked_contact);
    let sent = sent.over();
    rule(py, || carekey::invitation::online_account(linked_contact.as_deref(), sent).over())
}

/// The address of the page: ``{base}/sign-in``. The base is one that
/// ``check_link_base`` passed.
#[pyfunction]
pub(crate) fn page_address(py: Python<'_>, page: Word<carekey::message::Page>, base: Text) -> PyResult<String> {
    let page = page.over();
    let base = base.0;
    rule(py, || carekey::message::Page::address(page, &base).over())
}

/// The address of the page with a token: ``{base}/invitation#{token}``.
///
/// The token is in the fragment, which a browser keeps to itself (RFC 9110, 4.2.5
/// and 10.1.3): it is in no log of a server or a proxy, in no ``Referer``, and not
/// in the request of a mail scanner that opens the link (I7). The page reads it in
/// the browser, shows what it is about, and sends it on when its reader confirms;
/// an app gets the whole link from its system and has nothing else to do.
/// ``LinkToken.parse`` reads other forms too, for hosts that build their links
/// themselves.
#[pyfunction]
pub(crate) fn page_link(py: Python<'_>, page: Word<carekey::message::Page>, base: Text, token: Object<LinkToken>) -> PyResult<Secret> {
    let page = page.over();
    let base = base.0;
    let token = token.over();
    rule(py, || carekey::message::Page::link(page, &base, &token).over())
}

/// The page that a message of that kind leads to.
#[pyfunction]
pub(crate) fn page_of(py: Python<'_>, kind: Word<carekey::words::MessageKind>) -> PyResult<Word<carekey::message::Page>> {
    let kind = kind.over();
    rule(py, || carekey::message::Page::of(kind).over())
}

/// Reads the address that links begin with (N), and returns it as it stands in
/// links: in ASCII, without a slash at the end.
///
/// It begins with ``https://``, or with ``http://`` on the machine itself, where
/// people try things out; it may have a port and a path, and has no query, no
/// fragment, no user and no password. Anything else is ``agency.link_base`` about
/// the field ``link_base``.
///
/// >>> from carekey.message import check_link_base
/// >>> check_link_base("https://Portal.Example.com/family/").value
/// 'https://portal.example.com/family'
#[pyfunction]
pub(crate) fn check_link_base(py: Python<'_>, text: Text) -> PyResult<CheckedOf<String>> {
    let text = text.0;
    rule(py, || carekey::message::check_link_base(&text).over())
}

/// Checks a text that an agency wants in the place of a shipped one.
///
/// First about the field ``subject``, then about ``body``, each in this order:
///
/// * ``template.subject``: an e-mail without a subject, an SMS with one;
/// * ``template.empty``: a body of blanks;
/// * ``text.too_long``: a subject over 200 characters, an e-mail over 10,000, an
///   SMS over 480, before it is filled in; its fields are not looked at then;
/// * ``text.control_character``: any besides line breaks and tabs of a body;
/// * ``template.unknown_field``, ``template.secret_in_subject``: once for each
///   name, in the order in which they appear;
/// * ``template.no_secret``: once for each secret that the body lacks.
///
/// >>> from carekey.message import Text, check_template
/// >>> text = Text("{agency}: {cod} is your code")
/// >>> [finding.code for finding in check_template("recovery_code", "sms", text)]
/// ['template.unknown_field', 'template.no_secret']
#[pyfunction]
pub(crate) fn check_template(py: Python<'_>, kind: Word<carekey::words::MessageKind>, method: Word<carekey::Method>, text: Object<crate::rules::message::Text>) -> PyResult<Vec<Finding>> {
    let kind = kind.over();
    let method = method.over();
    let text = text.over();
    rule(py, || carekey::message::check_template(kind, method, &text).over())
}

/// The fields of a kind of message.
///
/// * ``agency``: its name. ``name``: of whom it is written to, or, in a message to
///   the owner, of whom it is from. ``username``: of the account.
/// * ``contact``: where an invitation was sent, which is asked together with the
///   code; or where the owner can answer to.
/// * ``page``: the address of the page that it leads to (``page_of``).
/// * ``portal``: the address where people sign in, which they are asked to bookmark
///   (S0): that of ``SignIn``.
/// * ``valid``: how long its secret is good (``span``).
/// * ``when``: when it happened (``moment``).
/// * ``link``, ``code``, ``password``: secrets.
/// * ``text``: what someone writes to the owner. It may well be about their health,
///   so it is kept as a secret is.
///
/// A notice of change names neither the old nor the new value: it goes to the
/// contact that may be in wrong hands, too.
///
/// >>> from carekey.message import fields
/// >>> fields("recovery_code")
/// Fields(params=['agency', 'name', 'valid'], secrets=['code'])
#[pyfunction]
pub(crate) fn fields(py: Python<'_>, kind: Word<carekey::words::MessageKind>) -> PyResult<Fields> {
    let kind = kind.over();
    rule(py, || carekey::message::fields(kind).over())
}

/// How people of that language call a stable word, as a page shows it: it begins
/// with a capital.
///
/// A language that the host loaded is called as its file calls it where the texts
/// have no name for it.
///
/// Raises :class:`InvalidInput` ``input.unknown_word`` where the set has no such
/// word.
///
/// >>> from carekey.message import label
/// >>> label("role", "office_staff"), label("event_kind", "invitation.sent", "es")
/// ('Office staff', 'Invitación enviada')
#[pyfunction]
#[pyo3(signature = (set, word, locale = Word(carekey::Locale::English)), text_signature = "(set, word, locale='en')")]
pub(crate) fn label(py: Python<'_>, set: Word<carekey::message::WordSet>, word: Text, locale: Word<carekey::Locale>) -> PyResult<String> {
    let set = set.over();
    let word = word.0;
    let locale = locale.over();
    rule_or(py, || carekey::message::label(set, &word, locale)).map(Over::over)
}

/// All words of a set in the order of their labels, as a form lets people choose
/// among them.
///
/// >>> from carekey.message import labels
/// >>> [one.label for one in labels("party_kind")]
/// ['Organization', 'Person']
#[pyfunction]
#[pyo3(signature = (set, locale = Word(carekey::Locale::English)), text_signature = "(set, locale='en')")]
pub(crate) fn labels(py: Python<'_>, set: Word<carekey::message::WordSet>, locale: Word<carekey::Locale>) -> PyResult<Vec<Label>> {
    let set = set.over();
    let locale = locale.over();
    rule(py, || carekey::message::labels(set, locale).over())
}

/// The message as the office sees it in its list: filled in, with ``•••`` for each
/// secret of its kind.
#[pyfunction]
pub(crate) fn masked(py: Python<'_>, kind: Word<carekey::words::MessageKind>, text: Object<crate::rules::message::Text>, params: Named<ParamArg>) -> PyResult<crate::rules::message::Text> {
    let kind = kind.over();
    let text = text.over();
    let params = params.over();
    rule(py, || carekey::message::masked(kind, &text, &params).over())
}

/// Fills a text in.
///
/// * A secret stands in the body alone; in a subject it would be shown in lists and
///   on locked screens, and is left out as ``•••``.
/// * A parameter stays on its line: line breaks and other control characters in it
///   become blanks. So no name can add a header or a paragraph.
/// * A value is put in as it is: braces in it mean nothing.
/// * A field without a value stays as it is.
///
/// >>> from carekey.message import Text, render
/// >>> render(Text("{agency}: {code}"), {"agency": "Good Hands"}, {"code": "123456"}).body.reveal()
/// 'Good Hands: 123456'
#[pyfunction]
#[pyo3(signature = (text, params, secrets = Named(Vec::new())), text_signature = "(text, params, secrets={})")]
pub(crate) fn render(py: Python<'_>, text: Object<crate::rules::message::Text>, params: Named<ParamArg>, secrets: Named<SecretArg>) -> PyResult<Rendered> {
    let text = text.over();
    let params = params.over();
    let secrets = secrets.over();
    rule(py, || carekey::message::render(&text, &params, &secrets).over())
}

/// When a message that has now failed ``tries`` times, counting from 1, may be
/// tried again (rule N); ``None`` where it is abandoned, because the policy allows
/// no further try.
///
/// The first wait is the policy's, and each further one is twice as long, up to a
/// day. By default: 60 s, 2 min, 4 min … 64 min, and abandoned with the eighth
/// failure, about two hours after the first.
#[pyfunction]
#[pyo3(signature = (tries, *, now, policy = None), text_signature = "(tries, *, now, policy=None)")]
pub(crate) fn retry_at(py: Python<'_>, tries: Count, now: Moment, policy: Option<Object<Policy>>) -> PyResult<Option<Moment>> {
    let tries = tries.over();
    let now = now.over();
    let policy = super::policy(policy);
    rule(py, || carekey::message::retry_at(&policy.outbox, tries, now).over())
}

/// The text that ships for a kind of message, a method and a language. Every kind
/// has one in every language.
#[pyfunction]
pub(crate) fn shipped(py: Python<'_>, kind: Word<carekey::words::MessageKind>, method: Word<carekey::Method>, locale: Word<carekey::Locale>) -> PyResult<crate::rules::message::Text> {
    let kind = kind.over();
    let method = method.over();
    let locale = locale.over();
    rule(py, || carekey::message::shipped(kind, method, locale).over())
}

/// How long something is good, in words: ``14 days``, ``24 hours``, ``10 minutes``.
///
/// In days from two days on, in hours from two hours on, in minutes below; always
/// rounded down, so that no one is promised more than there is.
///
/// >>> from datetime import timedelta
/// >>> from carekey.message import span
/// >>> span(timedelta(days=14)), span(timedelta(hours=24), "es")
/// ('14 days', '24 horas')
#[pyfunction]
#[pyo3(signature = (lasts, locale = Word(carekey::Locale::English)), text_signature = "(lasts, locale='en')")]
pub(crate) fn span(py: Python<'_>, lasts: Lasts, locale: Word<carekey::Locale>) -> PyResult<String> {
    let lasts = lasts.over();
    let locale = locale.over();
    rule(py, || carekey::message::span(lasts, locale).over())
}

/// Tells what a stored hash is, without any password (P7): at import, before the
/// row is taken.
///
/// A kind that cannot be taken over is ``hash.unsupported`` with the ``kind`` where
/// its form tells which it is, and ``hash.unrecognised`` where not. What says that
/// there is no password that can be used is ``Unusable``, with the warning
/// ``hash.unusable``: the row passes, nothing is stored, and the person is enrolled
/// as new.
///
/// The bounds, above which a hash is refused before any memory is taken: Argon2id 1
/// GiB (``m``), 10 passes (``t``), 16 lanes (``p``); bcrypt cost 16; PBKDF2 and
/// SHA-crypt 10,000,000 rounds; phpass 2^24; scrypt 1 GiB, r 128, p 16 and N·r·p
/// 2^26.
#[pyfunction]
pub(crate) fn check_hash(py: Python<'_>, stored: SecretArg) -> PyResult<CheckedOf<Word<carekey::password::HashKind>>> {
    let stored = stored.0;
    rule(py, || carekey::password::check_hash(stored.reveal()).over())
}

/// What hashing holds of the memory of this process (P6).
#[pyfunction]
pub(crate) fn hashing_memory(py: Python<'_>) -> PyResult<HashingMemory> {
    rule(py, || carekey::password::hashing_memory().over())
}

/// Whether a password is among those that attackers try first (P5): listed, or a
/// word, a name, a date or a row of keys with what people put around it.
///
/// Case and compatibility forms aside: ``PASSWORD1!`` and fullwidth letters are
/// found under ``password1!``. Nothing is asked over a network.
#[pyfunction]
pub(crate) fn is_block_listed(py: Python<'_>, password: SecretArg) -> PyResult<bool> {
    let password = password.0;
    rule(py, || carekey::password::is_block_listed(password.reveal()).over())
}

/// Sets how much memory all hashes of this process may hold at a time, in KiB: 64
/// MiB for each core where nobody does (P6).
///
/// It is the operator's word, and the process has one such limit, of however many
/// directories: the last call holds. A hash that finds too little left waits its
/// turn; one that is larger than the limit runs alone.
///
/// >>> from carekey.password import hashing_memory, limit_hashing_memory
/// >>> limit_hashing_memory(256 * 1024)
/// >>> hashing_memory().limit_kib
/// 262144
#[pyfunction]
pub(crate) fn limit_hashing_memory(py: Python<'_>, kib: Count) -> PyResult<()> {
    let kib = kib.over();
    rule(py, || carekey::password::limit_hashing_memory(kib))
}

/// Checks the answers that someone chose (Q1, Q2): all that is wrong, at once.
///
/// First ``questions.count`` (field ``answers``) where they are not as many as the
/// policy asks. Then for each answer (field ``answers.0`` and so on), in this
/// order: a question that the list does not have or that was chosen before; an
/// answer of more than ``MAX_BYTES`` bytes (nothing else is then said of it) or of
/// too few letters and digits; one that is the username, or nothing but words of
/// its question in any language, or the same as an earlier one. Answers are
/// compared as ``normalise_answer`` makes them, blanks aside.
///
/// >>> from carekey.password import check_answers
/// >>> answers = {"first_pet": "Rex", "first_school": "rex", "first_car": "Red Fiat"}
/// >>> [(finding.field, finding.code) for finding in check_answers(answers, username="jo@example.com")]
/// [('answers.1', 'answer.repeated')]
#[pyfunction]
#[pyo3(signature = (answers, *, username, policy = None), text_signature = "(answers, *, username, policy=None)")]
pub(crate) fn check_answers(py: Python<'_>, answers: Answers, username: Text, policy: Option<Object<Policy>>) -> PyResult<Vec<Finding>> {
    let answers = answers.borrowed();
    let username = username.0;
    let policy = super::policy(policy);
    rule(py, || carekey::password::questions::check_answers(&policy.questions, &username, &answers).over())
}

/// An answer as it is compared and hashed (Q3): NFKC, case-folded, letters, digits
/// and their accents only, with one blank between words.
///
/// Doing it twice changes nothing. Each answer is hashed like a password, with its
/// own salt.
#[pyfunction]
pub(crate) fn normalise_answer(py: Python<'_>, text: SecretArg) -> PyResult<Secret> {
    let text = text.0;
    rule(py, || carekey::password::questions::normalise_answer(text.reveal()).over())
}

/// Makes a temporary password (P8): at least 12 characters, more where either
/// policy asks for more, with all four kinds of characters whatever the policy
/// asks, and not block-listed.
///
/// Every such password is as likely as any other: one that lacks a kind is drawn
/// again whole. Twelve characters have some 60 bits. Not a function to call with a
/// source that always says the same, on which it never ends.
///
/// >>> from carekey.password import temporary
/// >>> len(temporary().reveal())
/// 12
#[pyfunction]
#[pyo3(signature = (*, policy = None), text_signature = "(*, policy=None)")]
pub(crate) fn temporary(py: Python<'_>, policy: Option<Object<Policy>>) -> PyResult<Secret> {
    let policy = super::policy(policy);
    rule(py, || carekey::password::temporary(&policy.password, &policy.temporary_password, &mut rand::rng()).over())
}

/// Whether a tie may be made (rule R). ``existing`` are the ties that are there
/// already, any of them; those of others do no harm.
///
/// The findings, in this order:
///
/// * ``tie.to_itself`` (field ``of``): both ends are the same;
/// * ``tie.unfit`` (field and parameter ``end``: ``who``, then ``of``): that end
///   cannot have this part, see the table;
/// * ``tie.ends_before_it_begins`` (field ``ends_at``), or when it begins;
/// * ``tie.end_missing`` (field ``ends_at``): a personal representative is one
///   until a moment;
/// * ``tie.duplicate`` (field ``kind``): the same tie is there at a time that both
///   cover. The reverse one is another tie, and so is one of another kind.
/// | kind | who | of |
/// |---|---|---|
/// | emergency contact | a person | anyone |
/// | individual | a person | a person |
/// | organization associated | an organization | anyone |
/// | possible payer, payer, guardian, personal representative | anyone | a person |
/// | community | an organization | a person |
/// | manager | a person of the office staff | anyone |
/// | caregiver | a person who is a caregiver | a person |
///
/// The one for whom care is paid, housed or given need not be a client yet.
///
/// >>> from datetime import datetime, timezone
/// >>> from uuid import UUID
/// >>> from carekey.relationship import PartyFacts, Period, check_tie
/// >>> sue = PartyFacts(UUID(int=1), roles=["client"])
/// >>> home = PartyFacts(UUID(int=2), kind="organization")
/// >>> period = Period(datetime(2026, 3, 1, tzinfo=timezone.utc))
/// >>> check_tie("community", who=home, of=sue, period=period)
/// []
/// >>> [finding.code for finding in check_tie("emergency_contact", who=home, of=sue, period=period)]
/// ['tie.unfit']
#[pyfunction]
#[pyo3(signature = (kind, *, who, of, period, existing = Many(Vec::new())), text_signature = "(kind, *, who, of, period, existing=())")]
pub(crate) fn check_tie(py: Python<'_>, kind: Word<carekey::TieKind>, who: Object<PartyFacts>, of: Object<PartyFacts>, period: Object<Period>, existing: Many<Object<Tie>>) -> PyResult<Vec<Finding>> {
    let kind = kind.over();
    let who = who.over();
    let of = of.over();
    let period = period.over();
    let existing: Vec<_> = existing.over();
    rule(py, || carekey::relationship::check_tie(kind, &who, &of, &period, &existing).over())
}

/// The roles that the ties of a party convey at that moment (rule R): they begin
/// and end with the ties, and are stored nowhere.
///
/// >>> from datetime import datetime, timezone
/// >>> from uuid import UUID
/// >>> from carekey.relationship import Period, Tie, conveyed
/// >>> begins_at = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
/// >>> ends_at = datetime(2026, 12, 1, tzinfo=timezone.utc)
/// >>> tie = Tie("payer", who=UUID(int=1), of=UUID(int=2), begins_at=begins_at, ends_at=ends_at)
/// >>> conveyed(UUID(int=1), [tie], begins_at), conveyed(UUID(int=1), [tie], ends_at)
/// (['payer'], [])
#[pyfunction]
pub(crate) fn conveyed(py: Python<'_>, who: Id, ties: Many<Object<Tie>>, at: Moment) -> PyResult<Vec<Word<carekey::Role>>> {
    let who = who.over();
    let ties: Vec<_> = ties.over();
    let at = at.over();
    rule(py, || carekey::relationship::conveyed(who, &ties, at).over())
}

/// The role that a tie gives to whoever has it, and by which it enrols them (rule
/// R, S1). It is theirs while the tie is in force.
///
/// A manager and a caregiver have their role before the tie, and keep it after. The
/// other ties give none: to be someone's guardian, relative or possible payer opens
/// nothing by itself. A personal representative sees by the tie what the client
/// sees, and has no role by it.
///
/// >>> from carekey.relationship import conveys
/// >>> conveys("payer"), conveys("guardian")
/// ('payer', None)
#[pyfunction]
pub(crate) fn conveys(py: Python<'_>, kind: Word<carekey::TieKind>) -> PyResult<Option<Word<carekey::Role>>> {
    let kind = kind.over();
    rule(py, || carekey::relationship::conveys(kind).over())
}

/// Whether a person, or an organization, can have that role (rule R).
///
/// An organization and a community are organizations. A payer, a family and an
/// employer may be either: people pay bills, agencies apply for a child, and both
/// employ. All other roles are for people.
///
/// Returns ``party.role_unfit`` on the field ``roles`` where it cannot.
#[pyfunction]
pub(crate) fn role_fits(py: Python<'_>, role: Word<carekey::Role>, kind: Word<carekey::PartyKind>) -> PyResult<Option<Finding>> {
    let role = role.over();
    let kind = kind.over();
    rule(py, || carekey::relationship::role_fits(role, kind).over())
}

/// The cell as it may be written (rule B): one that a spreadsheet would run as a
/// formula gets an apostrophe before it, which reading takes off again.
///
/// >>> from carekey.roster import defused
/// >>> defused("=1+1"), defused("Ann")
/// ("'=1+1", 'Ann')
#[pyfunction]
pub(crate) fn defused(py: Python<'_>, cell: Text) -> PyResult<String> {
    let cell = cell.0;
    rule(py, || carekey::roster::defused(&cell).over())
}

/// The canonical form of a typed username: what sign-in looks up and what must be
/// unique in an agency (rule U6).
///
/// An e-mail address is folded to one case and its domain is brought to IDNA ASCII
/// form (UTS 46). A phone number becomes E.164, read with the agency's ``country``
/// (ISO 3166-1, two capital letters) where it names none. All else is brought to
/// NFC and folded to one case, after the ideas of PRECIS (RFC 8265,
/// UsernameCaseMapped). Blanks around it are dropped.
///
/// Nothing is refused here: what is no username is simply never found. The
/// canonical form of a canonical form is itself, whatever the text.
///
/// >>> from carekey.username import canonical
/// >>> canonical("104FConner", "US")
/// '104fconner'
#[pyfunction]
pub(crate) fn canonical(py: Python<'_>, typed: Text, country: Text) -> PyResult<String> {
    let typed = typed.0;
    let country = country.0;
    rule(py, || carekey::username::canonical(&typed, &country).over())
}

/// Reads an e-mail address or a phone number (rule U2); ``country`` as in
/// ``check_phone``.
///
/// What has an ``@`` is checked as an e-mail address, with the findings of
/// ``check_email``; what has digits and no letters as a phone number, with those of
/// ``check_phone``. Else, on the field ``contact``: ``contact.missing``,
/// ``contact.malformed``.
#[pyfunction]
pub(crate) fn check_contact(py: Python<'_>, text: Text, country: Text) -> PyResult<CheckedOf<Contact>> {
    let text = text.0;
    let country = country.0;
    rule(py, || carekey::username::check_contact(&text, &country).over())
}

/// Reads an e-mail address (rule U1).
///
/// Accepted is ``local@domain`` with a dot-atom before the ``@``, letters of any
/// script included, and a domain name with a dot. Quoted local parts, comments and
/// display names are malformed: each gives one mailbox a second spelling. So are
/// characters that are not seen and letters of full width, which no mail reaches.
/// Where the address itself can be told, it is the suggestion.
///
/// Findings, on the field ``email``, in this order: ``email.missing``,
/// ``email.several`` (two addresses and more; the first is the suggestion),
/// ``email.malformed``, ``email.too_long`` (over 254 octets as typed or in
/// canonical form), ``email.local_too_long`` (over 64), ``email.ip_address``,
/// ``email.domain_without_dot``, ``email.domain_invalid``, and the warning
/// ``email.domain_slip`` with the mended address as its suggestion.
///
/// >>> from carekey.username import check_email
/// >>> check_email("AESquirrel@Bücher.example").require().canonical
/// 'aesquirrel@xn--bcher-kva.example'
#[pyfunction]
pub(crate) fn check_email(py: Python<'_>, text: Text) -> PyResult<CheckedOf<Email>> {
    let text = text.0;
    rule(py, || carekey::username::check_email(&text).over())
}

/// Reads a phone number (rule U2). Without a country code it is one of ``country``,
/// the agency's (ISO 3166-1, two capital letters).
///
/// It must be valid by the numbering plan of its country, after the metadata of
/// libphonenumber; a number that merely has a possible length is not accepted,
/// since a message to it would never arrive. Extensions and letters are malformed:
/// no text message reaches an extension.
///
/// Findings, on the field ``phone``: ``phone.missing``, ``phone.malformed``,
/// ``phone.not_valid``, ``phone.several`` (two numbers and more), and
/// ``phone.extension``. Where a number without what stands about it is valid, it is
/// the suggestion; nothing is completed.
///
/// >>> from carekey.username import check_phone
/// >>> check_phone("(212) 555-0142", "US").require().e164
/// '+12125550142'
#[pyfunction]
pub(crate) fn check_phone(py: Python<'_>, text: Text, country: Text) -> PyResult<CheckedOf<Phone>> {
    let text = text.0;
    let country = country.0;
    rule(py, || carekey::username::check_phone(&text, &country).over())
}

/// Reads a staff name that someone typed (rule U3): a Windows logon name in ASCII
/// without blanks. The value is in lower case.
///
/// Findings, on the field ``username``, in this order: ``username.missing``,
/// ``username.too_long``, ``username.forbidden_character`` for each such character
/// once (one that cannot be shown as ``U+0020``), ``username.ends_with_dot``.
///
/// >>> from carekey.username import check_staff_name
/// >>> check_staff_name("104FConner", 20).value
/// '104fconner'
#[pyfunction]
pub(crate) fn check_staff_name(py: Python<'_>, typed: Text, max_length: Count) -> PyResult<CheckedOf<String>> {
    let typed = typed.0;
    let max_length = max_length.over();
    rule(py, || carekey::username::check_staff_name(&typed, max_length).over())
}

/// What a name looks like: two names with one skeleton are taken for each other
/// (UTS 39, section 4), here without regard to case, since an ``O`` in a skeleton
/// may stem from a zero. Of an address with a domain of other letters it is that of
/// these letters, which are what is shown.
///
/// Expects the ``canonical`` form. The result is for comparing, not for showing.
#[pyfunction]
pub(crate) fn skeleton(py: Python<'_>, canonical: Text) -> PyResult<String> {
    let canonical = canonical.0;
    rule(py, || carekey::username::skeleton(&canonical).over())
}

/// The cell of the matrix (rule V), before the agency takes any away.
///
/// >>> from carekey.visibility import cell
/// >>> cell("client", "service_plan"), cell("payer", "service_plan")
/// ('own', 'never')
#[pyfunction]
pub(crate) fn cell(py: Python<'_>, role: Word<carekey::Role>, resource: Word<carekey::Resource>) -> PyResult<Word<carekey::visibility::Cell>> {
    let role = role.over();
    let resource = resource.over();
    rule(py, || carekey::visibility::cell(role, resource).over())
}

/// Whether a grant may be given (rule V).
///
/// The findings, in this order:
///
/// * ``grant.unfit`` (field ``resource``): the matrix does not open it to office
///   staff by grant, but to all of them or to nobody;
/// * ``grant.not_staff`` (field ``to``): it is not for office staff;
/// * ``grant.never`` (field ``to``), once per role: they also have a role to which
///   the resource is never open, so the grant would open nothing;
/// * ``grant.ends_before_it_begins`` (field ``ends_at``), or when it begins;
/// * ``grant.end_missing`` (field ``ends_at``): a grant is given until a moment.
#[pyfunction]
#[pyo3(signature = (*, to, resource, period), text_signature = "(*, to, resource, period)")]
pub(crate) fn check_grant(py: Python<'_>, to: Object<PartyFacts>, resource: Word<carekey::Resource>, period: Object<Period>) -> PyResult<Vec<Finding>> {
    let to = to.over();
    let resource = resource.over();
    let period = period.over();
    rule(py, || carekey::visibility::check_grant(&to, resource, &period).over())
}

/// What an agency should know of the cells it takes away and opens (rule V): the
/// findings of its policy.
#[pyfunction]
pub(crate) fn check_policy(py: Python<'_>, policy: Object<Policy>) -> PyResult<Vec<Finding>> {
    let policy = super::policy(Some(policy));
    rule(py, || carekey::visibility::check_policy(&policy.visibility).over())
}

#[pymethods]
impl Hasher {
    /// Spends exactly one hash of the policy's cost, against nothing: what a
    /// refusal without a stored hash must cost (E3). Without a pepper it is one for
    /// each form that differs, as it is for a stored one. Never fails; a password
    /// too long to be hashed is replaced by an empty one.
    fn decoy(&self, py: Python<'_>, password: SecretArg) -> PyResult<()> {
        let password = password.0;
        run(py, || { self.look(|core| carekey::password::Hasher::decoy(core, password.reveal())); Ok(()) })
    }

    /// Hashes a password for storing.
    ///
    /// Raises :class:`InvalidInput` ``password.too_long`` over 1,024 bytes, before
    /// anything is hashed (P3); :class:`InternalError` ``internal.fault`` where the
    /// cost is none that Argon2 has, or its memory is not to be had.
    fn hash(&self, py: Python<'_>, password: SecretArg) -> PyResult<String> {
        let password = password.0;
        run(py, || self.look(|core| carekey::password::Hasher::hash(core, password.reveal(), &mut rand::rng()))).map(Over::over)
    }

    /// How many times a password was hashed or compared, or seemed to be: decoys
    /// and other systems' hashes included, one for each call. What that cost is
    /// ``Hasher.work``.
    #[getter]
    fn operations(&self, py: Python<'_>) -> PyResult<u64> {
        rule(py, || self.look(carekey::password::Hasher::operations).over())
    }

    /// Compares a password with a stored hash, in constant time.
    ///
    /// Hashes of other systems are accepted (P7, the kinds of ``HashKind``). They
    /// are compared with the password as it was typed, in NFC and in NFD, since
    /// those systems may have taken any: with all that differ, one to three, so
    /// that how long it takes tells nothing but what the password says itself.
    ///
    /// Raises :class:`InvalidInput` ``password.too_long``, ``hash.unsupported``,
    /// ``hash.unrecognised``, or ``hash.out_of_bounds`` where the stored hash asks
    /// for more than 1 GiB, 10 passes or 16 lanes, or another bound: all before any
    /// memory is taken or anything is hashed. Where a refusal must cost as much as
    /// an answer, call ``Hasher.decoy`` then.
    fn verify(&self, py: Python<'_>, stored: SecretArg, password: SecretArg) -> PyResult<Verified> {
        let stored = stored.0;
        let password = password.0;
        run(py, || self.look(|core| carekey::password::Hasher::verify(core, stored.reveal(), password.reveal()))).map(Over::over)
    }
}

#[pymethods]
impl Invitation {
    /// A new invitation to a contact in canonical form, good from now for the
    /// lifetime of the policy: by default 14 × 24 hours (I2), whatever the clocks
    /// on the wall do meanwhile.
    #[staticmethod]
    #[pyo3(signature = (contact, method, *, now, policy = None), text_signature = "(contact, method, *, now, policy=None)")]
    fn issue(py: Python<'_>, contact: Text, method: Word<carekey::Method>, now: Moment, policy: Option<Object<Policy>>) -> PyResult<Invitation> {
        let contact = contact.0;
        let method = method.over();
        let now = now.over();
        let policy = super::policy(policy);
        rule(py, || carekey::invitation::Invitation::issue(&contact, method, &policy.invitation, now).over())
    }

    /// Uses it up (I7).
    ///
    /// Raises :class:`RefusedError` ``invitation.expired`` where its time is over,
    /// which whoever holds the right code may know, since they need a new one;
    /// ``invitation.refused`` where it was redeemed or superseded before. The
    /// invitation is then as before.
    fn redeem(&self, py: Python<'_>, now: Moment) -> PyResult<()> {
        let now = now.over();
        rule_or(py, || self.with(|core| carekey::invitation::Invitation::redeem(core, now)))
    }

    /// Where it stands. What happened to it outweighs that its time is over.
    fn standing(&self, py: Python<'_>, now: Moment) -> PyResult<Word<carekey::invitation::Standing>> {
        let now = now.over();
        rule(py, || self.look(|core| carekey::invitation::Invitation::standing(core, now)).over())
    }

    /// Ends it: a newer one takes its place, or unlink wants no one to come back by
    /// it (I5, I6). Ending it again keeps the first moment.
    fn supersede(&self, py: Python<'_>, now: Moment) -> PyResult<()> {
        let now = now.over();
        rule(py, || self.with(|core| carekey::invitation::Invitation::supersede(core, now)))
    }

    /// How long it can still be redeemed; zero unless it is live.
    fn time_left(&self, py: Python<'_>, now: Moment) -> PyResult<Lasts> {
        let now = now.over();
        rule(py, || self.look(|core| carekey::invitation::Invitation::time_left(core, now)).over())
    }
}

#[pymethods]
impl InvitationCode {
    /// The one form that is compared and digested: ten characters, capital letters,
    /// no hyphen. This reveals the code.
    fn canonical(&self, py: Python<'_>) -> PyResult<Secret> {
        rule(py, || self.look(|core| carekey::Secret::from(carekey::invitation::InvitationCode::canonical(core))).over())
    }

    /// A new code.
    #[staticmethod]
    fn generate(py: Python<'_>) -> PyResult<InvitationCode> {
        rule(py, || carekey::invitation::InvitationCode::generate(&mut rand::rng()).over())
    }

    /// The form for people, in two groups: ``7K3Q0-D9WX2``.
    fn grouped(&self, py: Python<'_>) -> PyResult<Secret> {
        rule(py, || self.look(carekey::invitation::InvitationCode::grouped).over())
    }

    /// Reads a code as someone typed it: in any case, O as 0, I and L as 1, blanks
    /// and hyphens passed over.
    ///
    /// No store is asked. The findings, one at most, are about the field ``code``:
    ///
    /// * ``code.malformed``: there are not ten letters and digits;
    /// * ``code.mistyped``: there are, and one of them is no character of a code or
    ///   the check character does not fit. It is a slip, not a guess, and need not
    ///   count as a failure.
    #[staticmethod]
    fn parse(py: Python<'_>, text: SecretArg) -> PyResult<CheckedOf<InvitationCode>> {
        let text = text.0;
        rule(py, || carekey::invitation::InvitationCode::parse(text.reveal()).over())
    }
}

#[pymethods]
impl LinkToken {
    /// The one form that is compared and digested: 32 small letters and digits.
    /// This reveals the token.
    fn canonical(&self, py: Python<'_>) -> PyResult<Secret> {
        rule(py, || self.look(|core| carekey::Secret::from(carekey::invitation::LinkToken::canonical(core))).over())
    }

    /// A new token.
    #[staticmethod]
    fn generate(py: Python<'_>) -> PyResult<LinkToken> {
        rule(py, || carekey::invitation::LinkToken::generate(&mut rand::rng()).over())
    }

    /// Reads a token, alone or within a link.
    ///
    /// It is the last run of exactly 32 letters and digits that is one, so it is
    /// found behind a ``#``, as a parameter or as a part of the path, in angle
    /// brackets, and with the full stop of a sentence behind it.
    ///
    /// Where there is none (a part was not copied), the finding is
    /// ``link.malformed`` about the field ``link``.
    #[staticmethod]
    fn parse(py: Python<'_>, text: SecretArg) -> PyResult<CheckedOf<LinkToken>> {
        let text = text.0;
        rule(py, || carekey::invitation::LinkToken::parse(text.reveal()).over())
    }
}

#[pymethods]
impl Period {
    /// Whether that moment lies within.
    fn in_force(&self, py: Python<'_>, at: Moment) -> PyResult<bool> {
        let at = at.over();
        rule(py, || carekey::relationship::Period::in_force(&Core::core(self), at).over())
    }

    /// Whether there is a moment at which both are in force.
    fn overlaps(&self, py: Python<'_>, other: Object<Period>) -> PyResult<bool> {
        let other = other.over();
        rule(py, || carekey::relationship::Period::overlaps(&Core::core(self), &other).over())
    }

    /// Whether it does not end before it begins.
    ///
    /// It may end at the moment it begins: that is how something is called off
    /// before its time, or at once. It is then never in force.
    #[getter]
    fn valid(&self, py: Python<'_>) -> PyResult<bool> {
        rule(py, || carekey::relationship::Period::valid(&Core::core(self)).over())
    }
}

#[pymethods]
impl PersonName {
    /// How a list shows the person: first and last name.
    fn display(&self, py: Python<'_>) -> PyResult<String> {
        rule(py, || carekey::name::PersonName::display(&Core::core(self)).over())
    }

    /// The form by which a roster knows the same name again: first, middle and last
    /// name in NFKC, case-folded, blanks folded.
    fn key(&self, py: Python<'_>) -> PyResult<String> {
        rule(py, || carekey::name::PersonName::key(&Core::core(self)).over())
    }

    /// Reads a name written as ``Last, First Middle (Nickname)`` or as ``First
    /// Middle Last``.
    ///
    /// Blanks are folded and the text is brought to NFC. A suffix stays with the
    /// last name, and so do particles. One word is a last name. Without a comma all
    /// words between the first and the last are middle names: who has two last
    /// names writes them before a comma. Between brackets or quotes is what the
    /// person is called. Titles, credentials and signs are no part of the name:
    /// ``Dr. Jane Doe, RN`` is Jane Doe.
    ///
    /// Findings, on the field ``name``: ``name.missing``, ``text.too_long`` (more
    /// than 200 characters), ``text.control_character`` (also for one that reorders
    /// the text around it), ``name.several`` (``John & Mary Smith``),
    /// ``name.not_person`` (``The Smith Family``, ``Vacant``), ``name.unclear``
    /// (``Jane Doe, JD``: a first name or a degree), and for each thing that was
    /// left aside the warning ``name.set_aside``.
    #[staticmethod]
    fn parse(py: Python<'_>, text: Text) -> PyResult<CheckedOf<PersonName>> {
        let text = text.0;
        rule(py, || carekey::name::PersonName::parse(&text).over())
    }
}

#[pymethods]
impl StaffPattern {
    /// The plain name of a person in this pattern, in lower-case ASCII and at most
    /// ``max_length`` characters: the last name is cut first.
    ///
    /// Accents go and other scripts are transliterated; marks and blanks within a
    /// name are dropped. Who has one name has it whole.
    ///
    /// Findings, on the field ``name``: ``name.missing``, ``name.no_letters``; on
    /// ``username``: ``username.too_long`` where the prefix leaves no room.
    fn name_for(&self, py: Python<'_>, prefix: Text, name: Object<PersonName>, max_length: Count) -> PyResult<CheckedOf<String>> {
        let prefix = prefix.0;
        let name = name.over();
        let max_length = max_length.over();
        rule(py, || self.look(|core| carekey::username::StaffPattern::name_for(core, &prefix, &name, max_length)).over())
    }
}

#[pymethods]
impl Taken {
    /// What a name in ``canonical`` form clashes with.
    fn find(&self, py: Python<'_>, canonical: Text) -> PyResult<Option<Clash>> {
        let canonical = canonical.0;
        rule(py, || self.look(|core| carekey::username::Taken::find(core, &canonical)).over())
    }

    /// Adds a name in ``canonical`` form.
    fn insert(&self, py: Python<'_>, canonical: Text) -> PyResult<()> {
        let canonical = canonical.0;
        rule(py, || self.with(|core| carekey::username::Taken::insert(core, &canonical)))
    }

    /// Adds the name of someone who was deleted, in ``canonical`` form.
    fn insert_retired(&self, py: Python<'_>, canonical: Text) -> PyResult<()> {
        let canonical = canonical.0;
        rule(py, || self.with(|core| carekey::username::Taken::insert_retired(core, &canonical)))
    }
}

#[pymethods]
impl Throttle {
    /// Lets an attempt in, or says why not. Store the throttle before evaluating
    /// the attempt.
    #[pyo3(signature = (now, *, policy = None), text_signature = "($self, now, *, policy=None)")]
    fn admit(&self, py: Python<'_>, now: Moment, policy: Option<Object<Policy>>) -> PyResult<Admission> {
        let now = now.over();
        let policy = super::policy(policy);
        rule(py, || self.with(|core| carekey::account::Throttle::admit(core, &policy.throttle, now)).over())
    }

    /// Whether this way in is closed: to passwords from unknown devices, until the
    /// owner signs in from a known one, recovers, or the office unlocks.
    #[pyo3(signature = (*, policy = None), text_signature = "($self, *, policy=None)")]
    fn closed(&self, py: Python<'_>, policy: Option<Object<Policy>>) -> PyResult<bool> {
        let policy = super::policy(policy);
        rule(py, || self.look(|core| carekey::account::Throttle::closed(core, &policy.throttle)).over())
    }

    /// A failure of another way in (recovery): it counts like a wrong password.
    #[pyo3(signature = (now, *, policy = None), text_signature = "($self, now, *, policy=None)")]
    fn count(&self, py: Python<'_>, now: Moment, policy: Option<Object<Policy>>) -> PyResult<()> {
        let now = now.over();
        let policy = super::policy(policy);
        rule(py, || self.with(|core| carekey::account::Throttle::count(core, &policy.throttle, now)))
    }

    /// An attempt that was let in was wrong.
    #[pyo3(signature = (now, *, policy = None), text_signature = "($self, now, *, policy=None)")]
    fn failed(&self, py: Python<'_>, now: Moment, policy: Option<Object<Policy>>) -> PyResult<()> {
        let now = now.over();
        let policy = super::policy(policy);
        rule(py, || self.with(|core| carekey::account::Throttle::failed(core, &policy.throttle, now)))
    }

    /// Until when attempts are refused, if they are, as it was last written down:
    /// ``admit`` cuts a wait that a wrong clock set.
    fn locked(&self, py: Python<'_>, now: Moment) -> PyResult<Option<Moment>> {
        let now = now.over();
        rule(py, || self.look(|core| carekey::account::Throttle::locked(core, now)).over())
    }

    /// An attempt that was let in was right: the row of failures ends.
    fn succeeded(&self, py: Python<'_>) -> PyResult<()> {
        rule(py, || self.with(carekey::account::Throttle::succeeded))
    }

    /// An attempt that was let in was neither: it could not be decided.
    fn withdrawn(&self, py: Python<'_>) -> PyResult<()> {
        rule(py, || self.with(carekey::account::Throttle::withdrawn))
    }
}

#[pymethods]
impl TokenLife {
    /// Whether it is good at that moment, for an account of that epoch. The moment
    /// of a limit itself is outside.
    #[pyo3(signature = (now, *, epoch), text_signature = "($self, now, *, epoch)")]
    fn is_live(&self, py: Python<'_>, now: Moment, epoch: Whole) -> PyResult<bool> {
        let now = now.over();
        let epoch = epoch.over();
        rule(py, || self.look(|core| carekey::account::TokenLife::is_live(core, epoch, now)).over())
    }

    /// A new session (E5): an idle and an absolute limit, or with "remember me" so
    /// many days, used or not.
    #[staticmethod]
    #[pyo3(signature = (*, now, epoch, remember = Flag(false), policy = None), text_signature = "(*, now, epoch, remember=False, policy=None)")]
    fn session(py: Python<'_>, now: Moment, epoch: Whole, remember: Flag, policy: Option<Object<Policy>>) -> PyResult<TokenLife> {
        let now = now.over();
        let epoch = epoch.over();
        let remember = remember.over();
        let policy = super::policy(policy);
        rule(py, || carekey::account::TokenLife::session(&policy.session, remember, now, epoch).over())
    }

    /// A new step that lasts so long.
    #[staticmethod]
    #[pyo3(signature = (lasts, *, now, epoch), text_signature = "(lasts, *, now, epoch)")]
    fn step(py: Python<'_>, lasts: Lasts, now: Moment, epoch: Whole) -> PyResult<TokenLife> {
        let lasts = lasts.over();
        let now = now.over();
        let epoch = epoch.over();
        rule(py, || carekey::account::TokenLife::step(lasts, now, epoch).over())
    }
}
