//! What a file says of whether someone is with the agency: in a column of the
//! status, of a date of leaving, or beside the name (B). No account is made for
//! who left; what is not understood is asked.

use super::columns::Layout;
use super::header::Line;
use super::reading::{DateOrder, Reading};
use super::words::{folded, short};
use super::{cell, dates};
use crate::finding::{Code, Finding};

/// What the title of a column asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// How it stands with someone: `Status`.
    How,
    /// Whether they are there: `Active`.
    Here,
    /// Whether they have left: `Terminated`.
    Gone,
    /// Since when they are gone: `Termination Date`.
    Since,
}

/// Titles of a status, of people and of ties.
pub(super) const TITLES: &[&str] = &[
    "status",
    "currentstatus",
    "assignmentstatus",
    "active",
    "isactive",
    "estado",
    "estatus",
    "situacion",
    "activo",
    "activa",
];

/// Titles of columns that ask whether someone is there.
const HERE: &[&str] =
    &["active", "isactive", "activo", "activa", "estaactivo", "activeyn", "activeflag", "enabled", "isenabled"];
/// Titles of columns that ask whether someone has left.
pub(super) const GONE: &[&str] = &[
    "inactive",
    "isinactive",
    "terminated",
    "isterminated",
    "deceased",
    "isdeceased",
    "discharged",
    "isdischarged",
    "archived",
    "isarchived",
    "deleted",
    "isdeleted",
    "suspended",
    "issuspended",
    "blockcredential",
    "signinblocked",
    "inactivo",
    "inactiva",
    "fallecido",
    "fallecida",
    "debaja",
    "dadodebaja",
    "suspendido",
    "suspendida",
    "nolongeremployed",
    "exempleado",
];
/// Titles of columns that say since when.
pub(super) const SINCE: &[&str] = &[
    "terminationdate",
    "termdate",
    "dateterminated",
    "dateoftermination",
    "terminatedon",
    "terminationeffectivedate",
    "separationdate",
    "dateofseparation",
    "dischargedate",
    "datedischarged",
    "dateofdischarge",
    "lastdayworked",
    "lastworkday",
    "lastworkingday",
    "lastdayofwork",
    "employmentenddate",
    "enddate",
    "inactivedate",
    "inactivationdate",
    "deactivationdate",
    "dateofdeath",
    "deathdate",
    "datedeceased",
    "deceaseddate",
    "fechadebaja",
    "fechabaja",
    "fechadecese",
    "fechacese",
    "fechadeegreso",
    "fechaegreso",
    "fechadesalida",
    "fechadetermino",
    "fechadeterminacion",
    "fechadealtamedica",
    "fechadefuncion",
    "fechadedefuncion",
    "fechadefallecimiento",
    "fechafallecimiento",
    "ultimodiatrabajado",
];

/// Words that say that someone is with the agency.
const PRESENT: &[&str] = &[
    "active",
    "a",
    "act",
    "current",
    "employed",
    "enabled",
    "working",
    "hired",
    "rehired",
    "rehire",
    "enrolled",
    "admitted",
    "admit",
    "readmitted",
    "new",
    "open",
    "inservice",
    "oncensus",
    "certified",
    "regular",
    "permanent",
    "temporary",
    "seasonal",
    "fulltime",
    "parttime",
    "ft",
    "pt",
    "perdiem",
    "prn",
    "hourly",
    "salaried",
    "contract",
    "contractor",
    "w2",
    "1099",
    "activo",
    "activa",
    "vigente",
    "contratado",
    "contratada",
    "habilitado",
    "habilitada",
    "trabajando",
    "laborando",
    "reingreso",
    "nuevo",
    "nueva",
    "fijo",
    "fija",
    "indefinido",
    "temporal",
    "eventual",
    "tiempocompleto",
    "mediotiempo",
    "jornadacompleta",
    "mediajornada",
    "admitido",
    "admitida",
    "inscrito",
    "inscrita",
];
/// Words that say that someone is away, and comes back.
const AWAY: &[&str] = &[
    "onleave",
    "leave",
    "loa",
    "leaveofabsence",
    "activeonleave",
    "activeleave",
    "fmla",
    "medicalleave",
    "maternityleave",
    "paternityleave",
    "parentalleave",
    "familyleave",
    "extendedleave",
    "unpaidleave",
    "paidleave",
    "sabbatical",
    "vacation",
    "onvacation",
    "furlough",
    "furloughed",
    "hold",
    "onhold",
    "hospitalized",
    "hospital",
    "inhospital",
    "inpatient",
    "respite",
    "licencia",
    "delicencia",
    "conlicencia",
    "licenciamedica",
    "permiso",
    "conpermiso",
    "depermiso",
    "vacaciones",
    "devacaciones",
    "incapacidad",
    "excedencia",
    "bajamedica",
    "bajatemporal",
    "bajamaternal",
    "bajapormaternidad",
    "bajaporenfermedad",
    "bajalaboral",
    "hospitalizado",
    "hospitalizada",
    "enpausa",
];
/// Words that say that someone is there no more.
const LEFT: &[&str] = &[
    "terminated",
    "term",
    "termed",
    "termination",
    "t",
    "i",
    "inactive",
    "inact",
    "notactive",
    "nonactive",
    "nolongeractive",
    "nolongeremployed",
    "nolongerwithus",
    "notemployed",
    "donotrehire",
    "donothire",
    "resigned",
    "resignation",
    "separated",
    "separation",
    "former",
    "formeremployee",
    "deceased",
    "died",
    "dead",
    "death",
    "expired",
    "discharged",
    "discharge",
    "left",
    "quit",
    "retired",
    "retirement",
    "dismissed",
    "fired",
    "laidoff",
    "layoff",
    "deactivated",
    "archived",
    "closed",
    "ended",
    "finished",
    "deleted",
    "removed",
    "disabled",
    "cancelled",
    "canceled",
    "transferred",
    "withdrawn",
    "exemployee",
    "excaregiver",
    "exclient",
    "gone",
    "jobabandonment",
    "abandoned",
    "inactivo",
    "inactiva",
    "noactivo",
    "noactiva",
    "baja",
    "debaja",
    "dadodebaja",
    "dadadebaja",
    "bajavoluntaria",
    "bajadefinitiva",
    "cesado",
    "cesada",
    "cese",
    "terminado",
    "terminada",
    "finalizado",
    "finalizada",
    "despedido",
    "despedida",
    "renuncio",
    "renuncia",
    "fallecido",
    "fallecida",
    "fallecio",
    "difunto",
    "difunta",
    "muerto",
    "muerta",
    "jubilado",
    "jubilada",
    "exempleado",
    "exempleada",
    "excuidador",
    "excuidadora",
    "egresado",
    "egresada",
    "egreso",
    "eliminado",
    "eliminada",
    "desactivado",
    "desactivada",
    "deshabilitado",
    "deshabilitada",
    "cancelado",
    "cancelada",
    "trasladado",
    "trasladada",
    "dadodealta",
    "dadadealta",
    "cerrado",
    "cerrada",
    "retirado",
    "retirada",
];
/// Words for yes and for no.
const YES: &[&str] = &["yes", "y", "true", "1", "si", "s", "x"];
const NO: &[&str] = &["no", "n", "false", "0"];

/// What is said of someone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Here,
    Away,
    Left,
}

/// What the title of a column of the status asks.
pub(super) fn asked(title: &str) -> Asked {
    let title = folded(title);
    let of = |titles: &[&str]| titles.contains(&title.as_str());
    match () {
        () if of(HERE) => Asked::Here,
        () if of(GONE) => Asked::Gone,
        () if of(SINCE) => Asked::Since,
        () => Asked::How,
    }
}

/// What there is to say of a cell: nothing where someone is there. A day of
/// leaving is told as one on which they left: only an agency has a clock, and says
/// otherwise. What was told of a word is what it says.
pub(super) fn finding(text: &str, asked: Asked, reading: &Reading, order: Option<DateOrder>) -> Option<Finding> {
    if let Some(there) = reading.is_there(text) {
        return (!there).then(|| Finding::new(Code::RosterLeft, "status").with("status", short(text)));
    }
    if asked == Asked::Since
        && !is_no_day(text)
        && let Some([day, last]) = dates::day(text).days(order)
    {
        let left = Finding::new(Code::RosterLeft, "status").with("status", short(text));
        let left = left.with(DAY, day.to_string());
        return Some(if day == last { left } else { left.with(OR, last.to_string()) });
    }
    let code = match said(text, asked)? {
        Ok(Said::Here) => return None,
        Ok(Said::Away) => Code::RosterAway,
        Ok(Said::Left) => Code::RosterLeft,
        Err(()) if asked == Asked::Since && text.contains(|c: char| c.is_ascii_digit()) => {
            return Some(Finding::new(Code::RosterDateUnreadable, "status").with("text", short(text)));
        }
        Err(()) => Code::RosterStatusUnclear,
    };
    Some(Finding::new(code, "status").with("status", short(text)))
}

/// The order of day and month in the days of leaving: as it is told, or else as
/// the days of the file have it.
pub(super) fn order(lines: &[Line], layout: &Layout, reading: &Reading) -> Option<DateOrder> {
    let cells = lines.iter().flat_map(|line| layout.statuses(&line.record));
    let days = cells.filter(|(_, asked)| *asked == Asked::Since).map(|(text, _)| dates::day(text));
    reading.dates.or_else(|| dates::common(days))
}

/// The day of leaving in a finding, and the later day that it may be as well.
const DAY: &str = "day";
const OR: &str = "or";

/// Says of a day of leaving what it says `today`: who leaves later is there.
#[cfg(feature = "engine")]
pub(super) fn on(finding: &mut Finding, today: time::Date) {
    let day = |name: &str| dates::day(&finding.params.get(name)?.to_string()).days(None).map(|[day, _]| day);
    let (Some(first), true) = (day(DAY), finding.field == "status") else { return };
    let last = day(OR).unwrap_or(first);
    finding.code = match () {
        () if last <= today => Code::RosterLeft,
        () if first > today => Code::RosterLeaves,
        () => Code::RosterDateAmbiguous,
    };
    finding.severity = finding.code.severity();
    if finding.code == Code::RosterDateAmbiguous {
        let text = finding.params.get("status").map(ToString::to_string).unwrap_or_default();
        finding.params.insert("text".to_owned(), text.into());
    }
}

/// What a cell says: nothing where it is blank, an error where it is not
/// understood.
fn said(text: &str, asked: Asked) -> Option<Result<Said, ()>> {
    let word = folded(text);
    let is = |words: &[&str]| words.contains(&word.as_str());
    let x = word == "x";
    if (text.trim().is_empty() || cell::says_nothing(text)) && !x {
        return None;
    }
    Some(match asked {
        Asked::Since if is(NO) || is_no_day(text) => return None,
        // No day: `10/31/25` may be of another century.
        Asked::Since if text.chars().any(|c| c.is_ascii_digit()) => by_words(text).ok_or(()),
        Asked::Gone if is(YES) => Ok(Said::Left),
        Asked::Gone if is(NO) => Ok(Said::Here),
        Asked::Here if is(YES) => Ok(Said::Here),
        Asked::How if x => Err(()),
        _ if is(YES) => Ok(Said::Here),
        _ if is(NO) => Ok(Said::Left),
        _ => by_words(text).ok_or(()),
    })
}

/// What the words of a text say.
fn by_words(text: &str) -> Option<Said> {
    let whole = folded(text);
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).map(folded).filter(|word| !word.is_empty()).collect();
    let is = |list: &[&str]| list.contains(&whole.as_str());
    // A word of five letters or more says it whatever stands about it.
    let begins = |list: &[&str]| list.iter().any(|known| known.len() > 5 && whole.starts_with(known));
    let has = |list: &[&str]| words.iter().any(|word| word.len() > 3 && list.contains(&word.as_str()));
    match () {
        () if is(AWAY) => Some(Said::Away),
        () if is(LEFT) || begins(LEFT) || has(LEFT) => Some(Said::Left),
        () if begins(AWAY) || has(AWAY) => Some(Said::Away),
        () if is(PRESENT) || begins(PRESENT) || words.first().is_some_and(|word| PRESENT.contains(&word.as_str())) => {
            Some(Said::Here)
        }
        () => None,
    }
}

/// Whether a date says that there is none: `00/00/0000`, `12/31/9999`.
fn is_no_day(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    !digits.is_empty()
        && (digits.chars().all(|c| c == '0') || ["9999", "2099", "1900"].iter().any(|year| text.contains(year)))
}

/// A name without what a file says beside it of whether the person is there:
/// `Wright, Sue (inactive)`, `Wright, Sue - DECEASED`.
pub(super) fn beside(name: &str) -> Option<(String, Finding)> {
    let bracketed = || {
        let open = name.find(['(', '['])?;
        let rest = name.get(open + 1..)?;
        let close = rest.find([')', ']']).unwrap_or(rest.len());
        let behind = rest.get(close..)?.trim_start_matches([')', ']']);
        Some((rest.get(..close)?, format!("{} {behind}", name.get(..open)?)))
    };
    let stroked = || {
        let parted = || [" - ", " – ", " — ", " -", "- "].into_iter().find_map(|stroke| name.rsplit_once(stroke));
        let stroke = name.contains(['-', '–', '—']).then(parted).flatten();
        stroke.map(|(before, after)| (after, before.to_owned()))
    };
    let (status, rest) = [bracketed(), stroked()].into_iter().flatten().find(|(text, _)| is_status(text))?;
    let left = by_words(status) == Some(Said::Left);
    let code = if left { Code::RosterLeft } else { Code::RosterAway };
    Some((rest.trim().to_owned(), Finding::new(code, "status").with("status", short(status))))
}

/// Whether a text beside a name says that someone left or is away. A letter says
/// many things there, and so does `New`.
fn is_status(text: &str) -> bool {
    folded(text).len() > 2 && matches!(by_words(text), Some(Said::Left | Said::Away))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_says_one_thing() {
        let mut seen = std::collections::BTreeSet::new();
        for word in [PRESENT, AWAY, LEFT].into_iter().flatten() {
            assert_eq!(folded(word), *word, "{word} is not folded");
            assert!(seen.insert(*word), "{word} twice");
        }
        for word in PRESENT {
            assert_eq!(finding(word, Asked::How, &Reading::default(), None), None, "{word}");
        }
        for (words, code) in [(AWAY, Code::RosterAway), (LEFT, Code::RosterLeft)] {
            for word in words {
                assert_eq!(
                    finding(word, Asked::How, &Reading::default(), None).map(|finding| finding.code),
                    Some(code),
                    "{word}"
                );
            }
        }
    }

    #[test]
    fn who_left_is_told_however_it_is_said() {
        let code = |text, asked| finding(text, asked, &Reading::default(), None).map(|finding| finding.code);
        for text in [
            "Terminated",
            "TERMINATED - VOL",
            "Termed",
            "Deleted",
            "Disabled",
            "Non-active",
            "No longer employed",
            "Do not rehire",
            "Ex-employee",
            "Expired",
            "Discharge - Hospice",
            "Transferred",
            "T",
            "I",
            "Dada de baja",
            "Dado de baja",
            "Baja",
            "Baja voluntaria",
            "Falleció",
            "Finalizado",
            "No activo",
            "Inactive (10/31/2026)",
            "Currently inactive",
            "Active - terminated 10/31/2026",
            "Inactive - On Leave",
        ] {
            assert_eq!(code(text, Asked::How), Some(Code::RosterLeft), "{text}");
        }
        for text in
            ["On Leave", "LOA", "Licencia", "Baja médica", "Active - On Leave", "Maternity leave", "De vacaciones"]
        {
            assert_eq!(code(text, Asked::How), Some(Code::RosterAway), "{text}");
        }
        for text in ["Pending", "Suspended", "Suspendida", "Prospect", "Alta", "x", "Jalisco", "Q"] {
            assert_eq!(code(text, Asked::How), Some(Code::RosterStatusUnclear), "{text}");
        }
        for text in [
            "Active",
            "A",
            "Activa",
            "Active - Full Time",
            "FT",
            "Full-time",
            "Per Diem",
            "New",
            "Yes",
            "Sí",
            "1",
            "",
            "n/a",
            "-",
        ] {
            assert_eq!(code(text, Asked::How), None, "{text}");
        }
        assert_eq!(code("x", Asked::Here), None);
        assert_eq!(code("No", Asked::Here), Some(Code::RosterLeft));
        assert_eq!(code("Yes", Asked::Gone), Some(Code::RosterLeft));
        assert_eq!(code("x", Asked::Gone), Some(Code::RosterLeft));
        assert_eq!(code("FALSE", Asked::Gone), None);
        assert_eq!(code("10/31/2025", Asked::Since), Some(Code::RosterLeft));
        for text in ["", "-", "n/a", "No", "00/00/0000", "12/31/9999"] {
            assert_eq!(code(text, Asked::Since), None, "{text}");
        }
        for text in ["10/31/25", "45932", "31/31/2025", "q 4"] {
            assert_eq!(code(text, Asked::Since), Some(Code::RosterDateUnreadable), "{text}");
        }
        assert_eq!(code("soon", Asked::Since), Some(Code::RosterStatusUnclear));
        assert_eq!(code("Terminated 2025", Asked::Since), Some(Code::RosterLeft));
    }

    #[cfg(feature = "engine")]
    #[test]
    fn a_day_of_leaving_says_what_it_says_today() {
        use time::macros::date;
        let code = |text, order, today| {
            let mut told = finding(text, Asked::Since, &Reading::default(), order).unwrap();
            assert_eq!(told.code, Code::RosterLeft, "{text}: no clock, nobody there");
            // It is said anew each day.
            on(&mut told, date!(2026 - 01 - 01));
            on(&mut told, today);
            assert_eq!(told.severity, told.code.severity());
            told.code
        };
        for text in
            ["10/31/2026", "2026-10-31", "2026-10-31T00:00:00.000", "10/31/2026 12:00:00 AM", "Term. 10/31/2026"]
        {
            assert_eq!(code(text, None, date!(2026 - 10 - 30)), Code::RosterLeaves, "{text}");
            assert_eq!(code(text, None, date!(2026 - 10 - 31)), Code::RosterLeft, "{text}");
        }
        // 4 March or 3 April: asked only where that makes a difference.
        for (today, said) in [
            (date!(2026 - 03 - 03), Code::RosterLeaves),
            (date!(2026 - 03 - 04), Code::RosterDateAmbiguous),
            (date!(2026 - 04 - 03), Code::RosterLeft),
        ] {
            assert_eq!(code("03/04/2026", None, today), said, "{today}");
        }
        assert_eq!(code("03/04/2026", Some(DateOrder::MonthFirst), date!(2026 - 03 - 04)), Code::RosterLeft);
    }

    #[test]
    fn what_was_told_of_a_word_is_what_it_says() {
        let statuses = [("Pending", true), ("per-visit", false), ("Active", false), ("?", true)];
        let statuses = statuses.map(|(word, there)| (word.to_owned(), there)).into();
        let reading = Reading { statuses, ..Reading::default() };
        let code = |text| finding(text, Asked::How, &reading, None).map(|finding| finding.code);
        assert_eq!(code("PENDING "), None);
        assert_eq!(code("Per Visit"), Some(Code::RosterLeft));
        assert_eq!(code("Active"), Some(Code::RosterLeft));
        assert_eq!(code("Suspended"), Some(Code::RosterStatusUnclear));
        assert_eq!(code("?"), None);
    }

    #[test]
    fn a_status_beside_a_name_is_no_part_of_it() {
        for (text, name, code) in [
            ("Wright, Sue (inactive)", "Wright, Sue", Code::RosterLeft),
            ("Wright, Sue [DECEASED]", "Wright, Sue", Code::RosterLeft),
            ("Wright, Sue (terminated 10/1)", "Wright, Sue", Code::RosterLeft),
            ("Wright, Sue - INACTIVE", "Wright, Sue", Code::RosterLeft),
            ("Wright, Sue (baja)", "Wright, Sue", Code::RosterLeft),
            ("Wright (fallecida), Sue", "Wright  , Sue", Code::RosterLeft),
            ("Wright, Sue (on leave)", "Wright, Sue", Code::RosterAway),
        ] {
            let (rest, finding) = beside(text).unwrap();
            assert_eq!((rest.as_str(), finding.code), (name, code), "{text}");
        }
        for text in [
            "Taming, Sue (Sue W)",
            "Lopez - Garcia, Ana",
            "Smith-Closed, Ann",
            "Wright, Sue (T)",
            "Jane Doe - CNA",
            "Lee, Bo (New)",
        ] {
            assert_eq!(beside(text), None, "{text}");
        }
    }
}
