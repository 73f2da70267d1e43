//! The one table of codes: each with its severity, its parameters and the rule
//! it comes from. A code, once released, keeps its meaning.
//!
//! Behind a parameter stands the set of words that its values are of, where
//! they are of one: it is said in the reader's language. The texts are in the
//! file of each language ([`crate::texts`]).

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Locale, Severity};
use crate::error::UnknownWord;
use crate::texts::{Section, find};

macro_rules! codes {
    ($(
        $variant:ident $word:literal $severity:ident [$($param:literal $(: $set:ident)?),*] $rule:literal
    )+) => {
        /// A stable code: a lower-case dotted word that keeps its meaning.
        /// [`Code::template`] has what it says.
        ///
        /// ```
        /// use carekey::{Code, Severity};
        ///
        /// let code: Code = "username.taken".parse()?;
        /// assert_eq!(code, Code::UsernameTaken);
        /// assert_eq!(code.severity(), Severity::Error);
        /// assert_eq!(code.rule(), "U4");
        /// # Ok::<(), carekey::UnknownWord>(())
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(
                #[doc = concat!("`", $word, "` (", $rule, ").")]
                $variant
            ),+
        }

        impl Code {
            /// The whole table.
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];

            /// The stable word.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $word),+ }
            }

            /// How much it weighs, wherever it appears.
            pub const fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),+ }
            }

            /// The names of the parameters that its text may speak of.
            pub const fn params(self) -> &'static [&'static str] {
                match self { $(Code::$variant => &[$($param),*]),+ }
            }

            /// The rule of the rulebook that it comes from.
            pub const fn rule(self) -> &'static str {
                match self { $(Code::$variant => $rule),+ }
            }

            /// The set of words that the values of a parameter are of, where they are of one.
            pub(crate) fn set_of(self, param: &str) -> Option<Section> {
                match (self, param) {
                    $($($( (Code::$variant, $param) => Some(Section::$set), )?)*)+
                    _ => None,
                }
            }
        }

        impl FromStr for Code {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text {
                    $($word => Ok(Code::$variant),)+
                    _ => Err(UnknownWord),
                }
            }
        }
    };
}

impl Code {
    /// The text in that language, with `{parameter}` for each parameter, and
    /// `{parameter:one|many}` for words that go by its number, which is the
    /// `#` among the latter. A parameter that is one of a closed set of words,
    /// such as a role, is said as people of that language say it;
    /// `{parameter:=}` is the word itself.
    ///
    /// A code without a text in that language has the English one, or its own
    /// word; of what ships, every code has its text.
    pub fn template(self, locale: Locale) -> &'static str {
        find(Section::Findings, self.as_str(), locale)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        word.parse().map_err(|unknown: UnknownWord| serde::de::Error::custom(unknown))
    }
}

codes! {

    // input
    InputInvalid "input.invalid" Error ["count"] "architecture"
    InputWrongType "input.wrong_type" Error ["argument": Arguments, "expected": Expected] "architecture"
    InputUnknownWord "input.unknown_word" Error ["argument": Arguments, "choices"] "architecture"
    TextTooLong "text.too_long" Error ["limit", "length"] "B"
    TextControlCharacter "text.control_character" Error [] "B"
    IdMalformed "id.malformed" Error [] "architecture"

    // names
    NameMissing "name.missing" Error [] "U3"
    NameNoLetters "name.no_letters" Error [] "U3"
    NameSetAside "name.set_aside" Warning ["text"] "B"
    NameSeveral "name.several" Error [] "B"
    NameNotPerson "name.not_person" Error [] "B"
    NameOrder "name.order" Error [] "B"
    NameUnclear "name.unclear" Error ["text"] "B"
    NameDiffers "name.differs" Error ["text", "other"] "B"

    // e-mail and phone
    EmailMissing "email.missing" Error [] "U1"
    EmailMalformed "email.malformed" Error [] "U1"
    EmailDomainWithoutDot "email.domain_without_dot" Error ["domain"] "U1"
    EmailDomainInvalid "email.domain_invalid" Error ["domain"] "U6"
    EmailIpAddress "email.ip_address" Error [] "U1"
    EmailTooLong "email.too_long" Error ["limit", "length"] "U1"
    EmailLocalTooLong "email.local_too_long" Error ["limit", "length"] "U1"
    EmailSeveral "email.several" Error ["count"] "B"
    EmailDomainSlip "email.domain_slip" Warning ["domain", "meant"] "U1"
    PhoneMissing "phone.missing" Error [] "U2"
    PhoneMalformed "phone.malformed" Error [] "U2"
    PhoneSeveral "phone.several" Error ["count"] "B"
    PhoneExtension "phone.extension" Error [] "B"
    PhoneNotValid "phone.not_valid" Error ["country"] "U2"
    ContactMissing "contact.missing" Error [] "U2"
    ContactToBeConfirmed "contact.to_be_confirmed" Info ["contact"] "C1"
    ContactNotFound "contact.not_found" Error [] "C6"
    ContactLast "contact.last" Error [] "C6"
    ContactMalformed "contact.malformed" Error [] "U2"
    ContactObjected "contact.objected" Error [] "C2"
    ContactTooOften "contact.too_often" Error ["from": Moments] "E4"

    // usernames
    UsernameMissing "username.missing" Error [] "U4"
    UsernameNotEmail "username.not_email" Error ["username", "email"] "U1"
    UsernameNotContact "username.not_contact" Error ["username"] "U2"
    UsernameTaken "username.taken" Error ["username"] "U4"
    UsernameRetired "username.retired" Error ["username"] "U4"
    UsernameTakenInRoster "username.taken_in_roster" Error ["username", "line"] "U4"
    UsernameConfusable "username.confusable" Error ["username", "other"] "U6"
    UsernameTooLong "username.too_long" Error ["limit", "length"] "U3"
    UsernameForbiddenCharacter "username.forbidden_character" Error ["character"] "U3"
    UsernameEndsWithDot "username.ends_with_dot" Error [] "U3"
    UsernameNoneFree "username.none_free" Error [] "U5"

    // passwords
    PasswordMissing "password.missing" Error [] "P2"
    PasswordTooShort "password.too_short" Error ["minimum", "length"] "P1"
    PasswordTooLong "password.too_long" Error ["limit"] "P3"
    PasswordNoDigit "password.no_digit" Error [] "P1"
    PasswordNoUpper "password.no_upper" Error [] "P1"
    PasswordNoLower "password.no_lower" Error [] "P1"
    PasswordNoSpecial "password.no_special" Error [] "P1"
    PasswordBlockListed "password.block_listed" Error ["because": Because] "P5"
    PasswordContainsPerson "password.contains_person" Error ["what": Personal] "P1"
    PasswordReused "password.reused" Error ["last"] "P4"
    PasswordSameAsCurrent "password.same_as_current" Error [] "P4"
    PasswordNotConfirmed "password.not_confirmed" Error [] "P4"
    PasswordCurrentWrong "password.current_wrong" Error [] "P4"
    HashUnrecognised "hash.unrecognised" Error [] "P7"
    HashUnsupported "hash.unsupported" Error ["kind"] "P7"
    HashUnusable "hash.unusable" Warning [] "P7"
    HashOutOfBounds "hash.out_of_bounds" Error ["parameter": Costs, "limit"] "P6"
    HashOverLimit "hash.over_limit" Error ["class"] "P6"

    // security questions
    QuestionsCount "questions.count" Error ["count", "given"] "Q1"
    QuestionsUnknown "questions.unknown" Error ["question"] "Q1"
    QuestionsRepeated "questions.repeated" Error ["question"] "Q1"
    AnswerTooShort "answer.too_short" Error ["minimum"] "Q2"
    AnswerTooLong "answer.too_long" Error ["limit"] "Q2"
    AnswerIsUsername "answer.is_username" Error [] "Q2"
    AnswerInQuestion "answer.in_question" Error [] "Q2"
    AnswerRepeated "answer.repeated" Error [] "Q2"

    // accounts and ways in
    AccountNotFound "account.not_found" Error [] "A3"
    AccountExists "account.exists" Error [] "S0"
    AccountDisabled "account.disabled" Error [] "A4"
    AccountNotDisabled "account.not_disabled" Error [] "A4"
    AccountDeleted "account.deleted" Error [] "U4"
    AccountAlreadyLinked "account.already_linked" Error [] "A2"
    AccountActive "account.active" Error [] "E2"
    SignInRefused "sign_in.refused" Error [] "E3"
    StepRefused "step.refused" Error [] "E6"
    SessionEnded "session.ended" Error [] "E5"
    SessionNotFound "session.not_found" Error [] "E5"
    RecoveryRefused "recovery.refused" Error [] "E6"

    // invitations
    EnrolmentAlreadySent "enrolment.already_sent" Error [] "A5"
    EnrolmentNotStaged "enrolment.not_staged" Error [] "I10"
    InvitationNoContact "invitation.no_contact" Error ["method": Methods] "I1"
    InvitationAlreadyLinked "invitation.already_linked" Error [] "I4"
    InvitationNotLinked "invitation.not_linked" Error [] "I4"
    InvitationNeverSent "invitation.never_sent" Error [] "I4"
    InvitationAlreadySent "invitation.already_sent" Error [] "I4"
    CodeMalformed "code.malformed" Error ["length"] "I3"
    CodeMistyped "code.mistyped" Error [] "I3"
    LinkMalformed "link.malformed" Error [] "I3"
    InvitationRefused "invitation.refused" Error [] "I3"
    InvitationExpired "invitation.expired" Error [] "I2"
    ApplicationNotFound "application.not_found" Error [] "I4"
    ApplicationExists "application.exists" Error ["number"] "I4"
    ApplicationNumberMissing "application.number_missing" Error [] "I4"

    // parties and ties
    PartyNotFound "party.not_found" Error [] "R"
    PartyExists "party.exists" Error [] "B"
    PartyMerged "party.merged" Error ["into"] "A6"
    PartyNotMerged "party.not_merged" Error [] "A6"
    PartyMergeUnfit "party.merge_unfit" Error [] "A6"
    PartyTwoAccounts "party.two_accounts" Error [] "A6"
    PartyMergedLater "party.merged_later" Error ["party"] "A6"
    PartyRoleMissing "party.role_missing" Error [] "R"
    PartyRoleUnfit "party.role_unfit" Error ["role": Roles, "kind": PartyKinds] "R"
    TieNotFound "tie.not_found" Error [] "R"
    TieToItself "tie.to_itself" Error [] "R"
    TieDuplicate "tie.duplicate" Error ["kind": Ties] "R"
    TieUnfit "tie.unfit" Error ["kind": Ties, "end": Ends] "R"
    TieEndsBeforeItBegins "tie.ends_before_it_begins" Error [] "R"
    TieEndMissing "tie.end_missing" Error ["kind": Ties] "V"
    TieReferenceMissing "tie.reference_missing" Error ["kind": Ties] "V"
    TieEnded "tie.ended" Error [] "R"
    TieEndsEarlier "tie.ends_earlier" Error ["ends_at": Moments] "R"

    // visibility: the reasons of a decision
    VisibleOwn "visible.own" Info ["role": Roles, "resource": Resources] "V"
    VisibleTie "visible.tie" Info ["role": Roles, "resource": Resources, "tie": Ties] "V"
    VisibleRepresentative "visible.representative" Info ["resource": Resources, "tie": Ties] "V"
    VisibleGrant "visible.grant" Info ["resource": Resources] "V"
    VisibleGrantAll "visible.grant_all" Info ["resource": Resources] "V"
    VisibleLinked "visible.linked" Info ["resource": Resources] "V"
    VisibleRole "visible.role" Info ["role": Roles, "resource": Resources] "V"
    VisibleAccount "visible.account" Info ["resource": Resources] "V"
    HiddenNever "hidden.never" Info ["role": Roles, "resource": Resources] "V"
    HiddenNoTie "hidden.no_tie" Info ["role": Roles, "resource": Resources] "V"
    HiddenRole "hidden.role" Info ["resource": Resources] "V"
    HiddenNoGrant "hidden.no_grant" Info ["resource": Resources] "V"
    HiddenNotLinked "hidden.not_linked" Info ["resource": Resources] "V"
    HiddenByPolicy "hidden.by_policy" Info ["role": Roles, "resource": Resources] "V"
    HiddenNotOpened "hidden.not_opened" Info ["role": Roles, "resource": Resources] "V"
    HiddenAccount "hidden.account" Info [] "V"
    HiddenNotClient "hidden.not_client" Info ["resource": Resources] "V"
    GrantUnfit "grant.unfit" Error ["resource": Resources] "V"
    GrantNotStaff "grant.not_staff" Error [] "V"
    GrantNever "grant.never" Error ["role": Roles, "resource": Resources] "V"
    GrantEndsBeforeItBegins "grant.ends_before_it_begins" Error [] "V"
    GrantEndMissing "grant.end_missing" Error [] "V"
    GrantNotClient "grant.not_client" Error ["resource": Resources] "V"
    GrantDuplicate "grant.duplicate" Error [] "V"
    GrantEnded "grant.ended" Error [] "V"
    GrantNotFound "grant.not_found" Error [] "V"

    // access snapshots
    SnapshotMalformed "snapshot.malformed" Error [] "V"
    SnapshotNewer "snapshot.newer" Error ["found", "known"] "V"
    SnapshotOlder "snapshot.older" Error ["found", "known"] "V"
    SnapshotForged "snapshot.forged" Error [] "V"
    SnapshotOtherAgency "snapshot.other_agency" Error [] "V"
    SnapshotOtherViewer "snapshot.other_viewer" Error [] "V"
    SnapshotNotYet "snapshot.not_yet" Error [] "V"
    SnapshotLapsed "snapshot.lapsed" Error [] "V"
    SnapshotKey "snapshot.key" Error [] "V"

    // account managers and the office
    ActorNotAllowed "actor.not_allowed" Error ["act": Acts] "A1"
    ManagerLimit "manager.limit" Error ["limit"] "A1"
    ManagerLast "manager.last" Error [] "A1"
    ManagerAlready "manager.already" Error [] "A1"
    ManagerNot "manager.not" Error [] "A1"
    ManagerNameMissing "manager.name_missing" Error [] "A1"

    // rosters
    RosterUnreadable "roster.unreadable" Error [] "B"
    RosterEmpty "roster.empty" Error [] "B"
    RosterEncoding "roster.encoding" Error ["line"] "B"
    RosterMalformed "roster.malformed" Error ["line"] "B"
    RosterColumnMissing "roster.column_missing" Error ["column": Titles] "B"
    RosterColumnRepeated "roster.column_repeated" Error ["column"] "B"
    RosterColumnUnknown "roster.column_unknown" Warning ["column"] "B"
    RosterColumnUnclear "roster.column_unclear" Error ["column", "meant": Titles] "B"
    RosterTooManyColumns "roster.too_many_columns" Error ["limit", "count"] "B"
    RosterRowTooLong "roster.row_too_long" Error ["limit", "line"] "B"
    RosterTooLarge "roster.too_large" Error ["mebibytes", "rows"] "B"
    RosterUnwritable "roster.unwritable" Error [] "B"
    RosterNoSuchRow "roster.no_such_row" Error [] "U5"
    RosterRowRagged "roster.row_ragged" Error ["expected", "found"] "B"
    RosterRoleMissing "roster.role_missing" Error [] "B"
    RosterRoleUnknown "roster.role_unknown" Error ["role"] "B"
    RosterKindMissing "roster.kind_missing" Error [] "R"
    RosterKindUnknown "roster.kind_unknown" Error ["kind"] "R"
    RosterEndMissing "roster.end_missing" Error ["end": Ends] "R"
    RosterDateAmbiguous "roster.date_ambiguous" Error ["text"] "R"
    RosterDateUnreadable "roster.date_unreadable" Error ["text"] "R"
    RosterFormula "roster.formula" Error [] "B"
    RosterRepeatedRow "roster.repeated_row" Error ["line"] "B"
    RosterRepeatedTie "roster.repeated_tie" Error ["line"] "R"
    RosterMethodUnknown "roster.method_unknown" Error ["method"] "I1"
    RosterLanguageUnknown "roster.language_unknown" Warning ["language"] "N"
    RosterOtherLine "roster.other_line" Error ["line"] "B"
    RosterAmbiguous "roster.ambiguous" Error [] "B"
    RosterMaybeSame "roster.maybe_same" Error ["name", "party"] "C4"
    RosterReturned "roster.returned" Error ["party"] "U4"
    RosterRestored "roster.restored" Warning [] "U4"
    RosterNothingToDecide "roster.nothing_to_decide" Error [] "C4"
    RosterIdUnusable "roster.id_unusable" Warning ["id"] "C4"
    RosterReadAs "roster.read_as" Info ["encoding"] "B"
    RosterEncodingUnknown "roster.encoding_unknown" Error ["encoding"] "B"
    RosterWorkbook "roster.workbook" Error [] "B"
    RosterSheetUnknown "roster.sheet_unknown" Error ["sheet", "sheets"] "B"
    RosterSheetNeeded "roster.sheet_needed" Error ["sheets"] "B"
    RosterSheetPassedOver "roster.sheet_passed_over" Warning ["sheet"] "B"
    RosterLinePassedOver "roster.line_passed_over" Warning ["line", "text"] "B"
    RosterOtherHeader "roster.other_header" Error ["line"] "B"
    RosterColumnsOrdered "roster.columns_ordered" Info ["columns"] "B"
    RosterRowShort "roster.row_short" Warning ["expected", "found"] "B"
    RosterInvisible "roster.invisible" Warning [] "B"
    RosterEntity "roster.entity" Warning ["text"] "B"
    RosterGarbled "roster.garbled" Error ["text"] "B"
    RosterErrorValue "roster.error_value" Error ["text"] "B"
    RosterPlaceholder "roster.placeholder" Warning ["text"] "B"
    RosterSetAside "roster.set_aside" Warning ["text"] "B"
    RosterLeft "roster.left" Error ["status"] "B"
    RosterLeaves "roster.leaves" Warning ["status"] "B"
    RosterStatusUnknown "roster.status_unknown" Warning ["status"] "B"
    RosterStatusUnclear "roster.status_unclear" Error ["status"] "B"
    RosterAway "roster.away" Warning ["status"] "B"
    RosterIdMended "roster.id_mended" Warning ["id"] "C4"
    RosterIdKept "roster.id_kept" Warning ["id", "known"] "C4"
    RosterLoginFound "roster.login_found" Warning ["username"] "A2"
    RosterAddressOfOther "roster.address_of_other" Error ["line", "name"] "C4"
    RosterMayShare "roster.may_share" Warning [] "U4"
    RosterPhoneLeftOut "roster.phone_left_out" Warning ["phone"] "B"
    RosterWaiting "roster.waiting" Error [] "U5"

    // policy
    PolicyMalformed "policy.malformed" Error ["line", "column"] "P1"
    PolicyOutOfRange "policy.out_of_range" Error ["setting": Settings, "minimum", "maximum"] "P1"
    PolicyProfileTakenAway "policy.profile_taken_away" Warning ["role": Roles] "V"
    PolicyOpensNothing "policy.opens_nothing" Warning ["role": Roles, "resource": Resources] "V"
    PolicyDelegateUnfit "policy.delegate_unfit" Error ["role": Roles] "A7"
    PolicyDelegationUnfit "policy.delegation_unfit" Error ["role": Roles, "act": Acts] "A7"
    PolicyCostOverLimit "policy.cost_over_limit" Error ["setting": Settings, "asked", "maximum"] "P6"
    PolicyPattern "policy.pattern" Error [] "U3"

    // policy: where it departs from a standard
    DepartureLength "departure.length" Warning ["standard", "section", "setting": Settings, "value": Values, "asked"] "P1"
    DepartureComposition "departure.composition" Warning ["standard", "section", "setting": Settings] "P1"
    DepartureBlockList "departure.block_list" Warning ["standard", "section", "setting": Settings] "P5"
    DepartureWordsWithin "departure.words_within" Info ["standard", "section", "setting": Settings] "P1"
    DepartureContextWords "departure.context_words" Warning ["standard", "section", "setting": Settings] "P1"
    DepartureLongLived "departure.long_lived" Info ["standard", "section", "setting": Settings, "value": Values] "P8"
    DepartureQuestions "departure.questions" Info ["standard", "section", "setting": Settings, "value": Values] "Q5"
    DepartureQuestionsAlone "departure.questions_alone" Warning ["standard", "section", "setting": Settings, "value": Values] "Q5"
    DepartureAttempts "departure.attempts" Warning ["standard", "section", "setting": Settings, "value": Values, "asked"] "E4"
    DepartureSessionLimit "departure.session_limit" Info ["standard", "section", "setting": Settings, "value": Values, "asked", "level"] "E5"
    DepartureSessionKept "departure.session_kept" Info ["standard", "section", "setting": Settings, "value": Values] "E5"
    DepartureNoIdleLimit "departure.no_idle_limit" Warning ["standard", "section", "setting": Settings, "value": Values] "E5"
    DepartureCodeLife "departure.code_life" Warning ["standard", "section", "setting": Settings, "value": Values, "asked"] "E6"

    // directory, agency and store
    AgencyNotFound "agency.not_found" Error [] "architecture"
    AgencyExists "agency.exists" Error [] "architecture"
    AgencySuspended "agency.suspended" Error [] "A9"
    AgencyNotSuspended "agency.not_suspended" Error [] "A9"
    AgencyNotExported "agency.not_exported" Error [] "A9"
    AgencyDeleted "agency.deleted" Error [] "A9"
    ExportFailed "export.failed" Error ["reason"] "A9"
    ExportEndsBeforeItBegins "export.ends_before_it_begins" Error [] "H"
    ExportMalformed "export.malformed" Error ["line"] "A9"
    ExportBroken "export.broken" Error [] "A9"
    AgencyCodeMalformed "agency.code_malformed" Error [] "architecture"
    AgencyLinkBase "agency.link_base" Error [] "N"
    AgencyCountry "agency.country" Error [] "U2"
    AgencyTimeZone "agency.time_zone" Error [] "N"
    AgencyPrefix "agency.prefix" Error [] "U3"
    KeyWrong "key.wrong" Error [] "Keys"
    KeyLength "key.length" Error ["expected", "found"] "Keys"
    StoreAddress "store.address" Error [] "architecture"
    StoreUnavailable "store.unavailable" Error ["reason"] "architecture"
    StoreConflict "store.conflict" Error [] "architecture"
    StoreNewer "store.newer" Error ["found", "known"] "architecture"
    StoreDamaged "store.damaged" Error ["reason"] "architecture"
    DirectoryClosed "directory.closed" Error [] "architecture"
    Cancelled "act.cancelled" Error [] "architecture"
    Internal "internal.fault" Error [] "architecture"

    // messages
    MessageNotFound "message.not_found" Error [] "N"
    TemplateUnknownField "template.unknown_field" Error ["name"] "N"
    TemplateNoSecret "template.no_secret" Error ["name"] "N"
    TemplateSecretInSubject "template.secret_in_subject" Error ["name"] "N"
    TemplateSubject "template.subject" Error [] "N"
    TemplateEmpty "template.empty" Error [] "N"

    // further languages
    LanguageMalformed "language.malformed" Error ["line", "column"] "N"
    LanguageTag "language.tag" Error ["tag"] "N"
    LanguageTextMissing "language.text_missing" Error [] "N"
    LanguageTextUnknown "language.text_unknown" Error [] "N"
    LanguageParameterMissing "language.parameter_missing" Error ["name"] "N"
    LanguageFormMissing "language.form_missing" Error ["name", "category"] "N"

    // history
    CursorMalformed "cursor.malformed" Error [] "H"
    CursorNotFound "cursor.not_found" Error [] "H"
    CursorRemoved "cursor.removed" Error ["since": Moments] "H"
    HistoryBroken "history.broken" Error ["sequence"] "H"
    HistoryCut "history.cut" Error ["expected", "found"] "H"
    HistoryRemoved "history.removed" Error ["account"] "H"
    HistoryNotExported "history.not_exported" Error [] "H"
}
