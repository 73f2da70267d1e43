//! The one table of codes: each with its severity, its parameters, the rule it
//! comes from, and its texts. A code, once released, keeps its meaning.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Locale, Severity};
use crate::error::UnknownWord;

macro_rules! codes {
    ($(
        $variant:ident $word:literal $severity:ident [$($param:literal),*] $rule:literal
        $en:literal
        $es:literal
    )+) => {
        /// A stable code: a lower-case dotted word that keeps its meaning.
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
                #[doc = concat!("`", $word, "` (", $rule, "): ", $en, ".")]
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

            /// The text in that language, with `{parameter}` for each parameter, and
            /// `{parameter:one|many}` for words that go by its number, which is
            /// the `#` among the latter.
            pub const fn template(self, locale: Locale) -> &'static str {
                match locale {
                    Locale::English => match self { $(Code::$variant => $en),+ },
                    Locale::Spanish => match self { $(Code::$variant => $es),+ },
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
        word.parse().map_err(|_| serde::de::Error::custom(format_args!("unknown code {word}")))
    }
}

codes! {

    // input
    InputInvalid "input.invalid" Error ["count"] "architecture"
        "the input breaks the rules in {count} {count:place|places}"
        "los datos incumplen las reglas en {count} {count:punto|puntos}"
    InputWrongType "input.wrong_type" Error ["argument", "expected"] "architecture"
        "{argument} must be {expected}"
        "{argument} debe ser {expected}"
    InputUnknownWord "input.unknown_word" Error ["argument", "choices"] "architecture"
        "{argument} must be one of: {choices}"
        "{argument} debe ser uno de: {choices}"
    TextTooLong "text.too_long" Error ["limit", "length"] "B"
        "this has {length} characters and may have {limit}"
        "esto tiene {length} caracteres y puede tener {limit}"
    TextControlCharacter "text.control_character" Error [] "B"
        "this has a character that cannot be shown"
        "esto tiene un carácter que no se puede mostrar"
    IdMalformed "id.malformed" Error [] "architecture"
        "this is not an identifier"
        "esto no es un identificador"

    // names
    NameMissing "name.missing" Error [] "U3"
        "a name is needed"
        "falta el nombre"
    NameNoLetters "name.no_letters" Error [] "U3"
        "no letters are left of this name once it is written in a-z"
        "no queda ninguna letra de este nombre al escribirlo en a-z"

    // e-mail and phone
    EmailMissing "email.missing" Error [] "U1"
        "an e-mail address is needed"
        "falta la dirección de correo electrónico"
    EmailMalformed "email.malformed" Error [] "U1"
        "this is not an e-mail address"
        "esto no es una dirección de correo electrónico"
    EmailDomainWithoutDot "email.domain_without_dot" Error ["domain"] "U1"
        "the domain {domain} has no dot, so no mail can reach it"
        "el dominio {domain} no tiene punto y el correo no puede llegar"
    EmailDomainInvalid "email.domain_invalid" Error ["domain"] "U6"
        "{domain} is not a valid domain name"
        "{domain} no es un nombre de dominio válido"
    EmailIpAddress "email.ip_address" Error [] "U1"
        "an address at a bare IP number is not accepted"
        "no se acepta una dirección en un número IP"
    EmailTooLong "email.too_long" Error ["limit", "length"] "U1"
        "the address has {length} octets and may have {limit}"
        "la dirección tiene {length} octetos y puede tener {limit}"
    EmailLocalTooLong "email.local_too_long" Error ["limit", "length"] "U1"
        "the part before the @ has {length} octets and may have {limit}"
        "la parte anterior a la @ tiene {length} octetos y puede tener {limit}"
    EmailDomainSlip "email.domain_slip" Warning ["domain", "meant"] "U1"
        "{domain} looks like a slip for {meant}"
        "{domain} parece un error por {meant}"
    PhoneMissing "phone.missing" Error [] "U2"
        "a phone number is needed"
        "falta el número de teléfono"
    PhoneMalformed "phone.malformed" Error [] "U2"
        "this is not a phone number"
        "esto no es un número de teléfono"
    PhoneNotValid "phone.not_valid" Error ["country"] "U2"
        "no phone in {country} has such a number"
        "ningún teléfono de {country} tiene un número así"
    ContactMissing "contact.missing" Error [] "U2"
        "an e-mail address or a phone number is needed"
        "falta una dirección de correo o un número de teléfono"
    ContactToBeConfirmed "contact.to_be_confirmed" Info ["contact"] "C1"
        "{contact} gets a link to confirm it; the login and its username stay as they are until then"
        "{contact} recibe un enlace para confirmarlo; el acceso y su nombre de usuario no cambian hasta entonces"
    ContactMalformed "contact.malformed" Error [] "U2"
        "this is neither an e-mail address nor a phone number"
        "esto no es ni una dirección de correo ni un número de teléfono"

    // usernames
    UsernameMissing "username.missing" Error [] "U4"
        "a username is needed"
        "falta el nombre de usuario"
    UsernameNotEmail "username.not_email" Error ["username", "email"] "U1"
        "the username must be the e-mail address"
        "el nombre de usuario debe ser la dirección de correo"
    UsernameNotContact "username.not_contact" Error ["username"] "U2"
        "the username must be the e-mail address or the phone number"
        "el nombre de usuario debe ser la dirección de correo o el número de teléfono"
    UsernameTaken "username.taken" Error ["username"] "U4"
        "the username {username} is already in use"
        "el nombre de usuario {username} ya está en uso"
    UsernameRetired "username.retired" Error ["username"] "U4"
        "the username {username} was that of someone who was deleted; the history says who and when"
        "el nombre de usuario {username} era de alguien que fue eliminado; el historial dice quién y cuándo"
    UsernameTakenInRoster "username.taken_in_roster" Error ["username", "line"] "U4"
        "line {line} of this roster has the username {username} already"
        "la línea {line} de esta lista ya tiene el nombre de usuario {username}"
    UsernameConfusable "username.confusable" Error ["username", "other"] "U6"
        "the username {username} looks like {other}, which is in use"
        "el nombre de usuario {username} se parece a {other}, que está en uso"
    UsernameTooLong "username.too_long" Error ["limit", "length"] "U3"
        "the username has {length} characters and may have {limit}"
        "el nombre de usuario tiene {length} caracteres y puede tener {limit}"
    UsernameForbiddenCharacter "username.forbidden_character" Error ["character"] "U3"
        "the character {character} may not stand in a username"
        "el carácter {character} no puede estar en un nombre de usuario"
    UsernameEndsWithDot "username.ends_with_dot" Error [] "U3"
        "a username may not end with a dot"
        "un nombre de usuario no puede terminar en punto"
    UsernameNoneFree "username.none_free" Error [] "U5"
        "no free username can be made for this person"
        "no se puede formar un nombre de usuario libre para esta persona"

    // passwords
    PasswordMissing "password.missing" Error [] "P2"
        "a password is needed"
        "falta la contraseña"
    PasswordTooShort "password.too_short" Error ["minimum", "length"] "P1"
        "the password needs at least {minimum} {minimum:character|characters} and has {length}"
        "la contraseña necesita al menos {minimum} {minimum:carácter|caracteres} y tiene {length}"
    PasswordTooLong "password.too_long" Error ["limit"] "P3"
        "the password may have at most {limit} bytes"
        "la contraseña puede tener como máximo {limit} bytes"
    PasswordNoDigit "password.no_digit" Error [] "P1"
        "the password needs a numeral"
        "la contraseña necesita un número"
    PasswordNoUpper "password.no_upper" Error [] "P1"
        "the password needs a capital letter"
        "la contraseña necesita una letra mayúscula"
    PasswordNoLower "password.no_lower" Error [] "P1"
        "the password needs a small letter"
        "la contraseña necesita una letra minúscula"
    PasswordNoSpecial "password.no_special" Error [] "P1"
        "the password needs a special character"
        "la contraseña necesita un carácter especial"
    PasswordBlockListed "password.block_listed" Error [] "P5"
        "this password is among those that attackers try first"
        "esta contraseña está entre las primeras que prueban los atacantes"
    PasswordContainsPerson "password.contains_person" Error ["what"] "P1"
        "the password is made of the person's own {what}"
        "la contraseña está hecha con un dato propio: {what}"
    PasswordReused "password.reused" Error ["last"] "P4"
        "the password is {last:the one before|one of the last #}"
        "la contraseña es {last:la anterior|una de las últimas #}"
    PasswordSameAsCurrent "password.same_as_current" Error [] "P4"
        "the new password is the current one"
        "la contraseña nueva es la actual"
    PasswordNotConfirmed "password.not_confirmed" Error [] "P4"
        "the two passwords are not the same"
        "las dos contraseñas no son iguales"
    PasswordCurrentWrong "password.current_wrong" Error [] "P4"
        "the current password is not right"
        "la contraseña actual no es correcta"
    HashUnrecognised "hash.unrecognised" Error [] "P7"
        "this password hash is of no kind that can be taken over"
        "este hash de contraseña no es de ningún tipo que se pueda importar"
    HashOutOfBounds "hash.out_of_bounds" Error ["parameter", "limit"] "P6"
        "the hash asks for {parameter} above {limit}"
        "el hash pide {parameter} por encima de {limit}"

    // security questions
    QuestionsCount "questions.count" Error ["count", "given"] "Q1"
        "{count} {count:question is|questions are} to be answered, and {given} {given:was|were}"
        "hay que responder {count} {count:pregunta|preguntas} y se {given:respondió|respondieron} {given}"
    QuestionsUnknown "questions.unknown" Error ["question"] "Q1"
        "{question} is not a question of the list"
        "{question} no es una pregunta de la lista"
    QuestionsRepeated "questions.repeated" Error ["question"] "Q1"
        "each question may be chosen once"
        "cada pregunta se puede elegir una sola vez"
    AnswerTooShort "answer.too_short" Error ["minimum"] "Q2"
        "an answer needs at least {minimum} {minimum:letter or digit|letters or digits}"
        "una respuesta necesita al menos {minimum} {minimum:letra o cifra|letras o cifras}"
    AnswerTooLong "answer.too_long" Error ["limit"] "Q2"
        "an answer may have at most {limit} bytes"
        "una respuesta puede tener como máximo {limit} bytes"
    AnswerIsUsername "answer.is_username" Error [] "Q2"
        "an answer may not be the username"
        "una respuesta no puede ser el nombre de usuario"
    AnswerInQuestion "answer.in_question" Error [] "Q2"
        "an answer may not be a word of its question"
        "una respuesta no puede ser una palabra de su pregunta"
    AnswerRepeated "answer.repeated" Error [] "Q2"
        "each answer must be another"
        "cada respuesta debe ser distinta"

    // accounts and ways in
    AccountNotFound "account.not_found" Error [] "A3"
        "no such account in this agency"
        "no existe esa cuenta en esta agencia"
    AccountExists "account.exists" Error [] "S0"
        "this person has an account already"
        "esta persona ya tiene una cuenta"
    AccountDisabled "account.disabled" Error [] "A4"
        "the account is disabled"
        "la cuenta está deshabilitada"
    AccountNotDisabled "account.not_disabled" Error [] "A4"
        "the account is not disabled"
        "la cuenta no está deshabilitada"
    AccountDeleted "account.deleted" Error [] "U4"
        "the account was deleted"
        "la cuenta fue eliminada"
    AccountAlreadyLinked "account.already_linked" Error [] "A2"
        "the account is linked to a person already"
        "la cuenta ya está vinculada a una persona"
    AccountActive "account.active" Error [] "E2"
        "the account is active already"
        "la cuenta ya está activa"
    SignInRefused "sign_in.refused" Error [] "E3"
        "not accepted"
        "no aceptado"
    StepRefused "step.refused" Error [] "E6"
        "this step is over or was never begun; start again"
        "este paso terminó o no se inició; comience de nuevo"
    SessionEnded "session.ended" Error [] "E5"
        "the session is over; sign in again"
        "la sesión terminó; inicie sesión de nuevo"
    RecoveryRefused "recovery.refused" Error [] "E6"
        "not accepted"
        "no aceptado"

    // invitations
    InvitationNoContact "invitation.no_contact" Error ["method"] "I1"
        "there is nothing to send the invitation to by {method}"
        "no hay adónde enviar la invitación por {method}"
    InvitationAlreadyLinked "invitation.already_linked" Error [] "I4"
        "this is linked to an account already"
        "esto ya está vinculado a una cuenta"
    InvitationNotLinked "invitation.not_linked" Error [] "I4"
        "this is not linked to an account"
        "esto no está vinculado a ninguna cuenta"
    InvitationNeverSent "invitation.never_sent" Error [] "I4"
        "no invitation was sent yet"
        "todavía no se ha enviado ninguna invitación"
    InvitationAlreadySent "invitation.already_sent" Error [] "I4"
        "an invitation was sent; send it again with reinvite"
        "ya se envió una invitación; use reinvitar"
    CodeMalformed "code.malformed" Error ["length"] "I3"
        "a code has {length} letters and digits"
        "un código tiene {length} letras y cifras"
    CodeMistyped "code.mistyped" Error [] "I3"
        "the code has a typing mistake"
        "el código tiene un error de escritura"
    LinkMalformed "link.malformed" Error [] "I3"
        "this is not a whole link"
        "este enlace no está completo"
    InvitationRefused "invitation.refused" Error [] "I3"
        "not accepted"
        "no aceptado"
    InvitationExpired "invitation.expired" Error [] "I2"
        "the invitation has lapsed; the office can send a new one"
        "la invitación ha caducado; la oficina puede enviar otra"
    ApplicationNotFound "application.not_found" Error [] "I4"
        "no such application in this agency"
        "no existe esa solicitud en esta agencia"
    ApplicationExists "application.exists" Error ["number"] "I4"
        "there is an application with the number {number} already"
        "ya existe una solicitud con el número {number}"
    ApplicationNumberMissing "application.number_missing" Error [] "I4"
        "an application needs a number"
        "una solicitud necesita un número"

    // parties and ties
    PartyNotFound "party.not_found" Error [] "R"
        "no such person or organization in this agency"
        "no existe esa persona u organización en esta agencia"
    PartyExists "party.exists" Error [] "B"
        "there is a person or organization with this identifier already"
        "ya existe una persona u organización con este identificador"
    PartyRoleMissing "party.role_missing" Error [] "R"
        "a role is needed"
        "falta un rol"
    PartyRoleUnfit "party.role_unfit" Error ["role", "kind"] "R"
        "{kind} cannot have the role {role}"
        "el rol {role} no corresponde a {kind}"
    TieNotFound "tie.not_found" Error [] "R"
        "no such relationship in this agency"
        "no existe esa relación en esta agencia"
    TieToItself "tie.to_itself" Error [] "R"
        "a relationship is between two"
        "una relación es entre dos"
    TieDuplicate "tie.duplicate" Error ["kind"] "R"
        "this relationship ({kind}) is there already for that time"
        "esta relación ({kind}) ya existe para ese tiempo"
    TieUnfit "tie.unfit" Error ["kind", "end"] "R"
        "a relationship of the kind {kind} does not fit the {end} given"
        "una relación del tipo {kind} no corresponde al extremo dado: {end}"
    TieEndsBeforeItBegins "tie.ends_before_it_begins" Error [] "R"
        "a relationship cannot end before it begins"
        "una relación no puede terminar antes de empezar"
    TieEnded "tie.ended" Error [] "R"
        "the relationship has ended already"
        "la relación ya terminó"

    // visibility: the reasons of a decision
    VisibleOwn "visible.own" Info ["role", "resource"] "V"
        "as {role}, they see what is their own: {resource}"
        "como {role}, puede ver lo propio: {resource}"
    VisibleTie "visible.tie" Info ["role", "resource", "tie"] "V"
        "as {role}, they see this of those they are tied to ({tie}): {resource}"
        "como {role}, puede ver esto de quienes tiene vínculo ({tie}): {resource}"
    VisibleGrant "visible.grant" Info ["resource"] "V"
        "a grant in force allows: {resource}"
        "un permiso vigente autoriza: {resource}"
    VisibleLinked "visible.linked" Info ["resource"] "V"
        "linked to this account: {resource}"
        "vinculado a esta cuenta: {resource}"
    VisibleRole "visible.role" Info ["role", "resource"] "V"
        "open to everyone who is {role}: {resource}"
        "abierto a todos los que son {role}: {resource}"
    VisibleAccount "visible.account" Info ["resource"] "V"
        "every active account has its own: {resource}"
        "toda cuenta activa tiene lo suyo: {resource}"
    HiddenNever "hidden.never" Info ["role", "resource"] "V"
        "as {role}, they never see this of another: {resource}"
        "como {role}, nunca puede ver lo ajeno: {resource}"
    HiddenNoTie "hidden.no_tie" Info ["role", "resource"] "V"
        "as {role}, they have no relationship in force to this client that allows: {resource}"
        "como {role}, ninguna relación vigente con este cliente permite: {resource}"
    HiddenRole "hidden.role" Info ["resource"] "V"
        "no role of this viewer allows: {resource}"
        "ningún rol de esta persona permite: {resource}"
    HiddenNoGrant "hidden.no_grant" Info ["resource"] "V"
        "office staff need a grant for: {resource}"
        "el personal de oficina necesita un permiso para: {resource}"
    HiddenNotLinked "hidden.not_linked" Info ["resource"] "V"
        "not linked to this account: {resource}"
        "no vinculado a esta cuenta: {resource}"
    HiddenByPolicy "hidden.by_policy" Info ["role", "resource"] "V"
        "the agency took this away from everyone who is {role}: {resource}"
        "la agencia retiró esto a todos los que son {role}: {resource}"
    HiddenAccount "hidden.account" Info [] "V"
        "the account is not active"
        "la cuenta no está activa"
    HiddenNotClient "hidden.not_client" Info ["resource"] "V"
        "this is not a client, so there is none: {resource}"
        "no es un cliente y por eso no tiene: {resource}"
    GrantUnfit "grant.unfit" Error ["resource"] "V"
        "{resource} cannot be granted"
        "no se puede dar permiso para: {resource}"
    GrantNotStaff "grant.not_staff" Error [] "V"
        "only office staff can be given a grant"
        "solo el personal de oficina puede recibir un permiso"
    GrantNever "grant.never" Error ["role", "resource"] "V"
        "{resource} is never open to {role}, so it cannot be granted to them"
        "{resource} nunca está abierto a {role}; no se puede dar permiso"
    GrantEndsBeforeItBegins "grant.ends_before_it_begins" Error [] "V"
        "a grant cannot end before it begins"
        "un permiso no puede terminar antes de empezar"
    GrantNotFound "grant.not_found" Error [] "V"
        "no such grant in this agency"
        "no existe ese permiso en esta agencia"

    // access snapshots
    SnapshotMalformed "snapshot.malformed" Error [] "V"
        "this is not a whole snapshot"
        "esta instantánea no está completa"
    SnapshotNewer "snapshot.newer" Error ["found", "known"] "V"
        "the snapshot is of version {found} and this release knows {known}; update the app"
        "la instantánea es de la versión {found} y esta edición conoce la {known}; actualice la aplicación"
    SnapshotForged "snapshot.forged" Error [] "V"
        "the agency did not sign this snapshot, or it was changed since"
        "la agencia no firmó esta instantánea, o se alteró después"
    SnapshotOtherAgency "snapshot.other_agency" Error [] "V"
        "the snapshot is of another agency"
        "la instantánea es de otra agencia"
    SnapshotOtherViewer "snapshot.other_viewer" Error [] "V"
        "the snapshot is about another account"
        "la instantánea es de otra cuenta"
    SnapshotNotYet "snapshot.not_yet" Error [] "V"
        "the snapshot is not good yet; look whether the clock is right"
        "la instantánea aún no es válida; compruebe si el reloj está en hora"
    SnapshotLapsed "snapshot.lapsed" Error [] "V"
        "the snapshot has lapsed; fetch a new one"
        "la instantánea ha caducado; obtenga otra"
    SnapshotKey "snapshot.key" Error [] "V"
        "this is not the public key of an agency"
        "esto no es la clave pública de una agencia"

    // account managers and the office
    ActorNotAllowed "actor.not_allowed" Error ["act"] "A1"
        "the actor may not do this: {act}"
        "quien actúa no puede hacer esto: {act}"
    ManagerLimit "manager.limit" Error ["limit"] "A1"
        "the agency has its {limit:account manager|# account managers} already"
        "la agencia ya tiene {limit:su administrador|sus # administradores} de cuentas"
    ManagerLast "manager.last" Error [] "A1"
        "an agency keeps at least one account manager"
        "una agencia conserva al menos un administrador de cuentas"
    ManagerAlready "manager.already" Error [] "A1"
        "this account is an account manager already"
        "esta cuenta ya es administradora de cuentas"
    ManagerNot "manager.not" Error [] "A1"
        "this account is not an account manager"
        "esta cuenta no es administradora de cuentas"
    ManagerNameMissing "manager.name_missing" Error [] "A1"
        "an account manager needs a first and a last name"
        "un administrador de cuentas necesita nombre y apellido"

    // rosters
    RosterUnreadable "roster.unreadable" Error [] "B"
        "the roster cannot be read"
        "no se puede leer la lista"
    RosterEmpty "roster.empty" Error [] "B"
        "the roster has no header line"
        "la lista no tiene encabezado"
    RosterEncoding "roster.encoding" Error ["line"] "B"
        "line {line} is neither UTF-8 nor Windows-1252"
        "la línea {line} no es ni UTF-8 ni Windows-1252"
    RosterMalformed "roster.malformed" Error ["line"] "B"
        "the quotes of line {line} do not close"
        "las comillas de la línea {line} no se cierran"
    RosterColumnMissing "roster.column_missing" Error ["column"] "B"
        "the column {column} is missing"
        "falta la columna {column}"
    RosterColumnRepeated "roster.column_repeated" Error ["column"] "B"
        "the column {column} is there twice"
        "la columna {column} está dos veces"
    RosterColumnUnknown "roster.column_unknown" Warning ["column"] "B"
        "the column {column} is not known and was passed over"
        "la columna {column} no se conoce y se omitió"
    RosterTooManyColumns "roster.too_many_columns" Error ["limit", "count"] "B"
        "the roster has {count} columns and may have {limit}"
        "la lista tiene {count} columnas y puede tener {limit}"
    RosterRowTooLong "roster.row_too_long" Error ["limit", "line"] "B"
        "line {line} is longer than the {limit} bytes that a line may have"
        "la línea {line} supera los {limit} bytes que puede tener una línea"
    RosterTooLarge "roster.too_large" Error ["mebibytes", "rows"] "B"
        "a roster may have {rows} rows and {mebibytes} MiB; split it"
        "una lista puede tener {rows} filas y {mebibytes} MiB; divídala"
    RosterUnwritable "roster.unwritable" Error [] "B"
        "the roster cannot be written"
        "no se puede escribir la lista"
    RosterNoSuchRow "roster.no_such_row" Error [] "U5"
        "no row on that line needs a username"
        "ninguna fila en esa línea necesita un nombre de usuario"
    RosterRowRagged "roster.row_ragged" Error ["expected", "found"] "B"
        "the line has {found} {found:cell|cells} where the header has {expected}"
        "la línea tiene {found} {found:celda|celdas} y el encabezado {expected}"
    RosterRoleMissing "roster.role_missing" Error [] "B"
        "a role is needed"
        "falta el rol"
    RosterRoleUnknown "roster.role_unknown" Error ["role"] "B"
        "{role} is not a role"
        "{role} no es un rol"
    RosterFormula "roster.formula" Error [] "B"
        "a spreadsheet would run this cell as a formula"
        "una hoja de cálculo ejecutaría esta celda como fórmula"
    RosterRepeatedRow "roster.repeated_row" Error ["line"] "B"
        "line {line} is about the same person"
        "la línea {line} es sobre la misma persona"
    RosterMethodUnknown "roster.method_unknown" Error ["method"] "I1"
        "{method} is not a way to send"
        "{method} no es una forma de envío"
    RosterLanguageUnknown "roster.language_unknown" Warning ["language"] "N"
        "{language} is not a language of the messages; the agency's is used"
        "{language} no es un idioma de los mensajes; se usa el de la agencia"
    RosterOtherLine "roster.other_line" Error ["line"] "B"
        "line {line} is about the same person and does not pass"
        "la línea {line} es sobre la misma persona y no es válida"
    RosterAmbiguous "roster.ambiguous" Error [] "B"
        "several people of the agency fit this line; give their identifier"
        "varias personas de la agencia coinciden con esta línea; indique su identificador"
    RosterMaybeSame "roster.maybe_same" Error ["name", "party"] "C4"
        "this may be {name}, whom the agency knows: decide whether it is the same person or another"
        "puede ser {name}, a quien la agencia ya conoce: decida si es la misma persona u otra"
    RosterNothingToDecide "roster.nothing_to_decide" Error [] "C4"
        "no row on that line waits for a decision on who it is about"
        "ninguna fila en esa línea espera que se decida de quién trata"
    RosterIdUnusable "roster.id_unusable" Warning ["id"] "C4"
        "{id} is what a spreadsheet made of an identifier, and was passed over"
        "{id} es lo que una hoja de cálculo hizo de un identificador, y se omitió"
    RosterWaiting "roster.waiting" Error [] "U5"
        "waiting for a decision on the suggested username"
        "pendiente de decidir sobre el nombre de usuario sugerido"

    // policy
    PolicyMalformed "policy.malformed" Error ["line", "column"] "P1"
        "this is not a policy (line {line}, column {column})"
        "esto no es una política (línea {line}, columna {column})"
    PolicyOutOfRange "policy.out_of_range" Error ["setting", "minimum", "maximum"] "P1"
        "{setting} must lie between {minimum} and {maximum}"
        "{setting} debe estar entre {minimum} y {maximum}"
    PolicyProfileTakenAway "policy.profile_taken_away" Warning ["role"] "V"
        "without their profile, people with the role {role} cannot change their password"
        "sin su perfil, las personas con el rol {role} no pueden cambiar su contraseña"
    PolicyPattern "policy.pattern" Error [] "U3"
        "this is not a pattern for usernames"
        "esto no es un patrón de nombres de usuario"

    // policy: where it departs from a standard
    DepartureLength "departure.length" Warning ["standard", "section", "setting", "value", "asked"] "P1"
        "{standard}, section {section}, asks that a password have at least {asked} characters; {setting} is {value}"
        "{standard}, sección {section}, pide que una contraseña tenga al menos {asked} caracteres; {setting} es {value}"
    DepartureComposition "departure.composition" Warning ["standard", "section", "setting"] "P1"
        "{standard}, section {section}, asks that no kind of character be required; {setting} requires one"
        "{standard}, sección {section}, pide que no se exija ningún tipo de carácter; {setting} exige uno"
    DepartureBlockList "departure.block_list" Warning ["standard", "section", "setting"] "P5"
        "{standard}, section {section}, asks that passwords known to be common be refused; {setting} is off"
        "{standard}, sección {section}, pide que se rechacen las contraseñas más comunes; {setting} está desactivado"
    DepartureWordsWithin "departure.words_within" Info ["standard", "section", "setting"] "P1"
        "{standard}, section {section}, asks that the whole password be compared, not words within it; {setting} refuses words within it"
        "{standard}, sección {section}, pide que se compare la contraseña entera y no palabras dentro de ella; {setting} rechaza palabras dentro de ella"
    DepartureContextWords "departure.context_words" Warning ["standard", "section", "setting"] "P1"
        "{standard}, section {section}, asks that words of the context, such as the agency's name, be refused; {setting} is off"
        "{standard}, sección {section}, pide que se rechacen palabras del contexto, como el nombre de la agencia; {setting} está desactivado"
    DepartureLongLived "departure.long_lived" Info ["standard", "section", "setting", "value"] "P8"
        "{standard}, section {section}, asks that what opens the first sign-in expire after a short time; {setting} is {value}"
        "{standard}, sección {section}, pide que lo que abre el primer acceso caduque en poco tiempo; {setting} es {value}"
    DepartureQuestions "departure.questions" Info ["standard", "section", "setting", "value"] "Q5"
        "{standard}, section {section}, asks that there be no security questions; {setting} is {value}"
        "{standard}, sección {section}, pide que no haya preguntas de seguridad; {setting} es {value}"
    DepartureQuestionsAlone "departure.questions_alone" Warning ["standard", "section", "setting", "value"] "Q5"
        "{standard}, section {section}, asks for another way to a new password than security questions; {setting} is {value}"
        "{standard}, sección {section}, pide otra vía hacia una contraseña nueva que las preguntas de seguridad; {setting} es {value}"
    DepartureAttempts "departure.attempts" Warning ["standard", "section", "setting", "value", "asked"] "E4"
        "{standard}, section {section}, asks that at most {asked} failures in a row be allowed; {setting} is {value}"
        "{standard}, sección {section}, pide que se permitan como máximo {asked} fallos seguidos; {setting} es {value}"
    DepartureSessionLimit "departure.session_limit" Info ["standard", "section", "setting", "value", "asked", "level"] "E5"
        "{standard}, section {section}, recommends for {level} that {setting} be at most {asked}; it is {value}"
        "{standard}, sección {section}, recomienda para {level} que {setting} sea como máximo {asked}; es {value}"
    DepartureSessionKept "departure.session_kept" Info ["standard", "section", "setting", "value"] "E5"
        "{standard}, section {section}, recommends that a session not outlive the program that holds it; {setting} is {value}"
        "{standard}, sección {section}, recomienda que una sesión no sobreviva al programa que la guarda; {setting} es {value}"
    DepartureNoIdleLimit "departure.no_idle_limit" Warning ["standard", "section", "setting", "value"] "E5"
        "{standard}, section {section}, asks that an unused session end after a time; with {setting} at {value} it does not"
        "{standard}, sección {section}, pide que una sesión sin uso termine tras un tiempo; con {setting} en {value} no termina"
    DepartureCodeLife "departure.code_life" Warning ["standard", "section", "setting", "value", "asked"] "E6"
        "{standard}, section {section}, asks that a recovery code sent this way be good for {asked} minutes at most; {setting} is {value}"
        "{standard}, sección {section}, pide que un código de recuperación enviado así valga como máximo {asked} minutos; {setting} es {value}"

    // directory, agency and store
    AgencyNotFound "agency.not_found" Error [] "architecture"
        "no such agency in this directory"
        "no existe esa agencia en este directorio"
    AgencyExists "agency.exists" Error [] "architecture"
        "there is an agency with this code already"
        "ya existe una agencia con este código"
    AgencyCodeMalformed "agency.code_malformed" Error [] "architecture"
        "an agency's code has 1 to 32 letters, digits, dots, hyphens or underscores"
        "el código de una agencia tiene de 1 a 32 letras, cifras, puntos, guiones o guiones bajos"
    AgencyLinkBase "agency.link_base" Error [] "N"
        "the address for links must begin with https:// and have no query"
        "la dirección de los enlaces debe empezar por https:// y no tener consulta"
    AgencyCountry "agency.country" Error [] "U2"
        "a country is two capital letters (ISO 3166-1)"
        "un país son dos letras mayúsculas (ISO 3166-1)"
    AgencyPrefix "agency.prefix" Error [] "U3"
        "a prefix has at most 8 letters or digits"
        "un prefijo tiene como máximo 8 letras o cifras"
    KeyWrong "key.wrong" Error [] "Keys"
        "the key is not the one that this directory was made with"
        "la clave no es la clave con la que se creó este directorio"
    KeyLength "key.length" Error ["expected", "found"] "Keys"
        "a key has {expected} bytes and this one {found}"
        "una clave tiene {expected} bytes y esta {found}"
    StoreAddress "store.address" Error [] "architecture"
        "the address of a store is sqlite:FILE, postgres://… or memory:"
        "la dirección de un almacén es sqlite:ARCHIVO, postgres://… o memory:"
    StoreUnavailable "store.unavailable" Error ["reason"] "architecture"
        "the store cannot be reached or written"
        "no se puede acceder al almacén o escribir en él"
    StoreConflict "store.conflict" Error [] "architecture"
        "others keep changing the same thing; try again"
        "otros cambian lo mismo sin cesar; inténtelo de nuevo"
    StoreNewer "store.newer" Error ["found", "known"] "architecture"
        "the store is of version {found} and this release knows {known}; update carekey"
        "el almacén es de la versión {found} y esta edición conoce la {known}; actualice carekey"
    StoreDamaged "store.damaged" Error ["reason"] "architecture"
        "the store holds something that carekey did not write"
        "el almacén contiene algo que carekey no escribió"
    DirectoryClosed "directory.closed" Error [] "architecture"
        "the directory was closed; open it again"
        "el directorio se ha cerrado; ábralo de nuevo"
    Cancelled "act.cancelled" Error [] "architecture"
        "stopped at the caller's request; what was done stays done"
        "detenido a petición de quien llamó; lo hecho, hecho está"
    Internal "internal.fault" Error [] "architecture"
        "a fault of carekey itself; please report it"
        "un fallo del propio carekey; por favor, comuníquelo"

    // messages
    MessageNotFound "message.not_found" Error [] "N"
        "no such message is claimed"
        "no hay tal mensaje reservado"
    TemplateUnknownField "template.unknown_field" Error ["name"] "N"
        "the text speaks of {name}, which this message does not have"
        "el texto habla de {name}, que este mensaje no tiene"
    TemplateNoSecret "template.no_secret" Error ["name"] "N"
        "the text must contain {name}"
        "el texto debe contener {name}"
    TemplateSecretInSubject "template.secret_in_subject" Error ["name"] "N"
        "a subject may not contain {name}: it is shown in lists and on locked screens"
        "un asunto no puede contener {name}: se muestra en listas y en pantallas bloqueadas"
    TemplateSubject "template.subject" Error [] "N"
        "an e-mail needs a subject, and an SMS has none"
        "un correo necesita un asunto y un SMS no lo lleva"
    TemplateEmpty "template.empty" Error [] "N"
        "the text is empty"
        "el texto está vacío"

    // history
    HistoryBroken "history.broken" Error ["sequence"] "H"
        "the history was changed at line {sequence}"
        "el historial fue alterado en la línea {sequence}"
    HistoryCut "history.cut" Error ["expected", "found"] "H"
        "the history has {found} {found:line|lines} and had {expected}"
        "el historial tiene {found} {found:línea|líneas} y tenía {expected}"
}
