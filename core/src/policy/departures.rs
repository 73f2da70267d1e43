//! Where a policy departs from the standards that agencies are held to (P1).

use super::{Policy, RecoveryMethod};
use crate::finding::{Code, Finding, Param};

/// A section of a standard.
type Section = (&'static str, &'static str);

const NIST: &str = "NIST SP 800-63B-4";
const ASVS: &str = "OWASP ASVS 5.0";
const HIPAA: &str = "HIPAA Security Rule";

const NIST_AAL1_REAUTHENTICATION: Section = (NIST, "2.1.3");
const NIST_AAL2_REAUTHENTICATION: Section = (NIST, "2.2.3");
const NIST_PASSWORDS: Section = (NIST, "3.1.1.2");
const NIST_RATE_LIMIT: Section = (NIST, "3.2.2");
const NIST_RECOVERY_METHODS: Section = (NIST, "4.2.1");
const NIST_RECOVERY_CODES: Section = (NIST, "4.2.1.2");
const NIST_SESSION_SECRETS: Section = (NIST, "5.1");
const ASVS_LENGTH: Section = (ASVS, "6.2.1");
const ASVS_COMMON_PASSWORDS: Section = (ASVS, "6.2.4");
const ASVS_COMPOSITION: Section = (ASVS, "6.2.5");
const ASVS_CONTEXT_WORDS: Section = (ASVS, "6.2.11");
const ASVS_INITIAL_SECRETS: Section = (ASVS, "6.4.1");
const ASVS_SECRET_QUESTIONS: Section = (ASVS, "6.4.2");
const ASVS_INACTIVITY: Section = (ASVS, "7.3.1");
const HIPAA_AUTOMATIC_LOGOFF: Section = (HIPAA, "45 CFR 164.312(a)(2)(iii)");

/// The standard asks for a short time and names none. This is how long what
/// S1 and S2 send by mail is good, and it is not called long here.
const TEMPORARY_HOURS: u32 = 7 * 24;
/// Likewise for the links and codes of S0 and S3.
const INVITED_HOURS: u32 = 14 * 24;

impl Policy {
    /// Where this policy departs from NIST SP 800-63B-4, OWASP ASVS 5.0 or the
    /// HIPAA Security Rule (P1): one `departure.…` finding per setting and
    /// section, in the order of the settings, NIST before ASVS before HIPAA.
    /// Then the warnings on what visibility the agency took away (V).
    ///
    /// Each has the parameters `standard`, `section` and `setting`, where there
    /// is one also the `value` that the setting has and the limit that is
    /// `asked`, both in the unit that the setting's name ends with. It is a
    /// warning where the standard requires what the policy lacks, and for
    /// information where it recommends it or names no number.
    ///
    /// None of them forbids the policy: what S0 and S1 describe departs, and an
    /// agency may have reasons. Whether the numbers can be kept at all is for
    /// [`findings`](Self::findings) to say; a policy outside of them is not
    /// checked for departures that only such numbers bring.
    ///
    /// ```
    /// use carekey::policy::Policy;
    /// use carekey::{Code, Locale};
    ///
    /// let departures = Policy::agency().departures();
    /// assert_eq!(departures[0].code, Code::DepartureLength);
    /// assert_eq!(
    ///     departures[0].message(Locale::English),
    ///     "NIST SP 800-63B-4, section 3.1.1.2, asks that a password have at least 15 characters; \
    ///      password.min_length is 8"
    /// );
    /// ```
    pub fn departures(&self) -> Vec<Finding> {
        [
            self.password_departures(),
            self.sign_in_departures(),
            self.session_departures(),
            self.recovery_departures(),
            self.visibility.findings(),
        ]
        .concat()
    }

    fn password_departures(&self) -> Vec<Finding> {
        let p = &self.password;
        let length = |setting, value, asked, section| {
            departure(value < asked, Code::DepartureLength, setting, limit(value, asked), &[section])
        };
        let composition = |setting, required| {
            departure(required, Code::DepartureComposition, setting, [], &[NIST_PASSWORDS, ASVS_COMPOSITION])
        };
        let known = &[NIST_PASSWORDS, ASVS_COMMON_PASSWORDS];
        [
            length("password.min_length", p.min_length, 15, NIST_PASSWORDS),
            length("password.min_length", p.min_length, 8, ASVS_LENGTH),
            length("password.min_length_with_second_factor", p.min_length_with_second_factor, 8, NIST_PASSWORDS),
            length("password.min_length_with_second_factor", p.min_length_with_second_factor, 8, ASVS_LENGTH),
            composition("password.digit", p.digit),
            composition("password.upper", p.upper),
            composition("password.lower", p.lower),
            composition("password.special", p.special),
            departure(!p.block_list, Code::DepartureBlockList, "password.block_list", [], known),
            // Here the two ask for opposite things.
            departure(p.personal, Code::DepartureWordsWithin, "password.personal", [], &[NIST_PASSWORDS]),
            departure(!p.personal, Code::DepartureContextWords, "password.personal", [], &[ASVS_CONTEXT_WORDS]),
        ]
        .concat()
    }

    fn sign_in_departures(&self) -> Vec<Finding> {
        let questions = self.questions.most();
        let close_after = self.throttle.close_after;
        [
            long_lived("temporary_password.lifetime_hours", self.temporary_password.lifetime_hours, TEMPORARY_HOURS),
            departure(
                questions > 0,
                Code::DepartureQuestions,
                "questions.count",
                [("value", questions.into())],
                &[NIST_PASSWORDS, ASVS_SECRET_QUESTIONS],
            ),
            long_lived("enrolment.activation_hours", self.enrolment.activation_hours, INVITED_HOURS),
            departure(
                close_after > 100,
                Code::DepartureAttempts,
                "throttle.close_after",
                limit(close_after, 100),
                &[NIST_RATE_LIMIT],
            ),
        ]
        .concat()
    }

    fn session_departures(&self) -> Vec<Finding> {
        let s = &self.session;
        let lasts = |setting, value: u32, asked: u32, level: &str, section| {
            let [value_of, asked_of] = limit(value, asked);
            let params = [value_of, asked_of, ("level", level.into())];
            departure(value > asked, Code::DepartureSessionLimit, setting, params, &[section])
        };
        let no_idle_limit = |setting, value: u32, none| {
            let params = [("value", value.into())];
            departure(none, Code::DepartureNoIdleLimit, setting, params, &[ASVS_INACTIVITY, HIPAA_AUTOMATIC_LOGOFF])
        };
        [
            lasts("session.idle_minutes", s.idle_minutes, 60, "AAL2", NIST_AAL2_REAUTHENTICATION),
            // An idle limit that the end of the session always precedes is none.
            no_idle_limit("session.idle_minutes", s.idle_minutes, s.idle_minutes / 60 >= s.absolute_hours),
            lasts("session.absolute_hours", s.absolute_hours, 30 * 24, "AAL1", NIST_AAL1_REAUTHENTICATION),
            lasts("session.absolute_hours", s.absolute_hours, 24, "AAL2", NIST_AAL2_REAUTHENTICATION),
            lasts("session.remember_days", s.remember_days, 30, "AAL1", NIST_AAL1_REAUTHENTICATION),
            lasts("session.remember_days", s.remember_days, 1, "AAL2", NIST_AAL2_REAUTHENTICATION),
            departure(
                s.remember_days > 0,
                Code::DepartureSessionKept,
                "session.remember_days",
                [("value", s.remember_days.into())],
                &[NIST_SESSION_SECRETS],
            ),
            no_idle_limit("session.remember_days", s.remember_days, s.remember_days > 0),
        ]
        .concat()
    }

    fn recovery_departures(&self) -> Vec<Finding> {
        let r = &self.recovery;
        [
            departure(
                r.method == RecoveryMethod::Questions,
                Code::DepartureQuestionsAlone,
                "recovery.method",
                [("value", r.method.as_str().into())],
                &[NIST_PASSWORDS, NIST_RECOVERY_METHODS, ASVS_SECRET_QUESTIONS],
            ),
            departure(
                r.sms_minutes > 10,
                Code::DepartureCodeLife,
                "recovery.sms_minutes",
                limit(r.sms_minutes, 10),
                &[NIST_RECOVERY_CODES],
            ),
            long_lived("invitation.lifetime_hours", self.invitation.lifetime_hours, INVITED_HOURS),
        ]
        .concat()
    }
}

/// One finding per section, if the setting departs.
fn departure<const N: usize>(
    departs: bool,
    code: Code,
    setting: &str,
    params: [(&str, Param); N],
    sections: &[Section],
) -> Vec<Finding> {
    let sections = if departs { sections } else { &[] };
    let finding = |(standard, section): &Section| {
        let finding = Finding::new(code, setting);
        let finding = finding.with("standard", *standard).with("section", *section).with("setting", setting);
        params.iter().fold(finding, |finding, (name, value)| finding.with(name, value.clone()))
    };
    sections.iter().map(finding).collect()
}

/// The value that a setting has, and the one that is asked of it.
fn limit(value: u32, asked: u32) -> [(&'static str, Param); 2] {
    [("value", value.into()), ("asked", asked.into())]
}

/// What is sent for the first sign-in and is good for longer than that.
fn long_lived(setting: &str, hours: u32, at_most: u32) -> Vec<Finding> {
    let params = [("value", hours.into())];
    departure(hours > at_most, Code::DepartureLongLived, setting, params, &[ASVS_INITIAL_SECRETS])
}
