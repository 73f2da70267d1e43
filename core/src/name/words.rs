//! The words about names that are none, and those that make a name another.

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// Words that are asked for of each word of each name of a census.
pub(super) type Words = LazyLock<HashSet<&'static str, RandomState>>;

/// Words that belong to the last name after them.
pub(super) const PARTICLES: &[&str] = &[
    "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn",
    "la", "las", "le", "los", "st", "ten", "ter", "van", "vander", "von", "zu", "zum", "zur", "'t", "’t",
];

/// Words that belong to the last name before them.
pub(super) const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "v", "jnr", "snr", "2nd", "3rd", "4th"];

/// Words before a name that are none. `Sr.` is Spanish here; after a name it
/// is a suffix. Those that are names as well (`Deacon`, `Don`) are not among them.
pub(super) static TITLES: Words = LazyLock::new(|| {
    HashSet::from_iter([
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "dra",
        "prof",
        "rev",
        "sr",
        "sra",
        "srta",
        "mister",
        "messrs",
        "doctor",
        "doctora",
        "professor",
        "profesor",
        "profesora",
        "reverend",
        "sister",
        "nurse",
        "captain",
        "capt",
        "señor",
        "señora",
        "señorita",
        "doña",
        "dña",
        "dª",
        "sñra",
        "lcda",
        "lcdo",
        "licda",
        "licdo",
        "licenciada",
        "licenciado",
        "enf",
        "enfermera",
        "enfermero",
        "hermana",
        "hno",
        "hna",
        "pbro",
        "mtro",
        "mtra",
    ])
});

/// Titles of a man, and of a woman: two of one name are two people by them.
const SIRS: &[&str] = &[
    "mr",
    "mister",
    "messrs",
    "sr",
    "señor",
    "don",
    "d",
    "hno",
    "herr",
    "lcdo",
    "licdo",
    "licenciado",
    "profesor",
    "enfermero",
    "mtro",
];
const MADAMS: &[&str] = &[
    "mrs",
    "ms",
    "miss",
    "sra",
    "srta",
    "señora",
    "señorita",
    "doña",
    "dña",
    "dª",
    "d.ª",
    "d.a",
    "d.ña",
    "da",
    "sñra",
    "hna",
    "hermana",
    "sister",
    "frau",
    "lcda",
    "licda",
    "licenciada",
    "profesora",
    "doctora",
    "dra",
    "enfermera",
    "mtra",
];

/// Titles that are names as well without the dot.
const ABBREVIATED: &[&str] = &[
    "lic.", "ing.", "arq.", "fr.", "hon.", "sgt.", "lt.", "col.", "maj.", "gen.", "cpl.", "cmdr.", "pvt.", "lda.",
    "ldo.", "da.", "d.ª", "d.a.", "d.ña.", "psic.", "aux.",
];

/// Letters after a name that tell what the person has learnt. Those that are
/// names as well (`Do`, `Ma`, `Pa`) or initials (`JD`) are not among them.
pub(super) static CREDENTIALS: Words = LazyLock::new(|| {
    HashSet::from_iter([
        "rn", "lpn", "lvn", "cna", "gna", "hha", "pca", "cma", "aprn", "arnp", "crnp", "np", "fnp", "dnp", "bsn",
        "msn", "adn", "md", "phd", "psyd", "pharmd", "dds", "dpt", "pta", "otr", "cota", "slp", "ccc-slp", "rd", "rrt",
        "msw", "lsw", "lcsw", "lmsw", "lpc", "lmft", "mph", "mba", "cpa", "esq", "bsw", "dsp", "cdp", "cmt", "chha",
        "stna", "nac", "rna", "acnp", "pmhnp", "ccrn", "phn", "otd", "otr/l", "ccc/slp", "ms", "ma", "bs", "ba", "pt",
        "ot", "qma", "mha", "phr", "sphr", "aphr", "gphr", "shrm", "cmc", "cpr", "bls", "acls", "cne", "pcw", "pct",
        "pcs", "hca", "mpa", "edd", "dsw", "ccm", "chpn", "chpna", "cwocn", "cwcn", "wcc", "lmhc", "lcpc", "lpcc",
        "lcmhc", "bcba", "rbt", "crna", "cnm", "cnl", "agnp", "agpcnp", "npc", "fnpc", "fnpbc", "emt", "emtp", "aemt",
        "nremt", "cct", "ota", "slpa", "rdn", "ldn", "crt", "pa-c", "lna", "lnha", "nha", "cphr", "pmp", "qmap",
        "qidp", "qmrp", "qmhp", "cmaa", "ccma", "rma", "cnae", "cfp", "bsc", "msc", "cadc", "ladc", "licsw", "lisw",
        "cswa", "lbsw", "cota/l", "ot/l", "lpta", "lmt", "dpm", "dmd", "dvm", "rph", "cpht", "rnc", "rnfa", "cnor",
        "cpn", "ocn",
    ])
});

/// Endings of credentials: `NP-C`, `FNP-BC`, `SHRM-CP`.
const ENDINGS: &[&str] = &["c", "bc", "b", "p", "l", "r", "cp", "scp", "ap", "cs", "adv", "i", "ii", "iii"];

/// Credentials that are words or names as well, where they are written small, and
/// before a name in capitals too.
pub(super) const FRONTED: &[&str] = &["ms", "ma", "bs", "ba", "pt", "ot", "rd", "np", "md"];

/// Credentials that nobody is called, however they are written.
pub(super) const CERTAIN: &[&str] = &["esq", "phd", "psyd", "pharmd", "edd"];

/// Letters behind a name of which nobody can tell what they are of: the name of
/// the person, or the part that they have for another.
pub(super) const ASKED: &[&str] = &["poa", "dpoa", "hcpoa", "jd"];

/// Words between two people.
pub(super) const BETWEEN: &[&str] =
    &["&", "+", "and", "or", "und", "et", "c/o", "with", "w/", "for", "fbo", "f/b/o", "obo", "o/b/o"];

/// Words before the name of several: `Fam. Pérez`.
pub(super) const GROUPS: &[&str] =
    &["fam", "flia", "familia", "familias", "hogar", "sres", "señores", "sras", "messrs", "residencia", "herederos"];

/// Words behind it: `Smith Residence`.
pub(super) const OF_A_GROUP: &[&str] =
    &["family", "household", "estate", "trust", "residence", "hermanos", "foundation", "llc", "inc", "inc."];

/// What somebody is of another who is named: `Mother of Ann Hale`.
pub(super) const RELATIVES: &[&str] = &[
    "mother",
    "father",
    "mom",
    "dad",
    "parent",
    "parents",
    "son",
    "daughter",
    "wife",
    "husband",
    "spouse",
    "sister",
    "brother",
    "child",
    "children",
    "guardian",
    "grandmother",
    "grandfather",
    "aunt",
    "uncle",
    "niece",
    "nephew",
    "friend",
    "neighbor",
    "caregiver",
    "poa",
    "madre",
    "padre",
    "padres",
    "mamá",
    "papá",
    "hijo",
    "hija",
    "hijos",
    "esposa",
    "esposo",
    "marido",
    "hermana",
    "hermano",
    "abuela",
    "abuelo",
    "tía",
    "tío",
    "tutor",
    "tutora",
    "nieta",
    "nieto",
    "familia",
    "estate",
];

/// What stands where a person is yet to be found, or is none: one word alone, a
/// word that others follow (`…`), or words in a row.
pub(super) const NOBODY: &[&[&str]] = &[
    &["vacant", "…"],
    &["vacante", "…"],
    &["vacancy", "…"],
    &["unassigned", "…"],
    &["unfilled", "…"],
    &["placeholder", "…"],
    &["tbd"],
    &["tba"],
    &["tbh"],
    &["unknown"],
    &["unk"],
    &["desconocido"],
    &["desconocida"],
    &["test"],
    &["testing"],
    &["dummy"],
    &["prueba"],
    &["loading"],
    &["nobody"],
    &["nadie"],
    &["ninguno"],
    &["ninguna"],
    &["open", "shift"],
    &["open", "position"],
    &["open", "slot"],
    &["open", "case"],
    &["turno", "abierto"],
    &["turno", "libre"],
    &["puesto", "vacante"],
    &["to", "be", "hired"],
    &["to", "be", "determined"],
    &["to", "be", "announced"],
    &["to", "be", "assigned"],
    &["not", "assigned"],
    &["no", "asignado"],
    &["no", "asignada"],
    &["sin", "asignar"],
    &["por", "asignar"],
    &["por", "definir"],
    &["por", "contratar"],
    &["no", "name"],
    &["sin", "nombre"],
    &["do", "not", "use"],
    &["don't", "use"],
    &["no", "usar"],
    &["new", "hire"],
    &["not", "available"],
    &["not", "applicable"],
    &["no", "aplica"],
];

/// Words of people that somebody made to try a program with, where one of the
/// first four is among them: `Test Client`.
pub(super) const TRIED: &[&str] = &[
    "test",
    "testing",
    "dummy",
    "prueba",
    "user",
    "patient",
    "client",
    "employee",
    "caregiver",
    "staff",
    "aide",
    "person",
    "name",
    "account",
    "usuario",
    "paciente",
    "cliente",
    "empleado",
    "cuidador",
    "unknown",
    "tbd",
];

/// Words about the work of somebody, or about the person, that stand behind a name
/// or in brackets and are no part of it.
pub(super) const WORK: &[&str] = &[
    "director",
    "directora",
    "of",
    "de",
    "the",
    "and",
    "y",
    "nurse",
    "nursing",
    "enfermera",
    "enfermería",
    "aide",
    "manager",
    "administrator",
    "administradora",
    "administrador",
    "coordinator",
    "coordinadora",
    "coordinador",
    "supervisor",
    "supervisora",
    "scheduler",
    "scheduling",
    "clinical",
    "care",
    "case",
    "home",
    "health",
    "office",
    "staffing",
    "recruiter",
    "assistant",
    "asst",
    "auxiliar",
    "lead",
    "owner",
    "adon",
    "intake",
    "billing",
    "nights",
    "night",
    "days",
    "day",
    "evenings",
    "weekends",
    "weekend",
    "noche",
    "noches",
    "shift",
    "turno",
    "prn",
    "per",
    "diem",
    "ft",
    "pt",
    "full",
    "part",
    "time",
    "temp",
    "float",
    "live-in",
    "on",
    "call",
    "new",
    "nuevo",
    "nueva",
    "dup",
    "duplicate",
    "duplicado",
    "test",
    "spanish",
    "english",
    "bilingual",
    "m",
    "f",
    "male",
    "female",
    "she/her",
    "he/him",
    "they/them",
    "she",
    "he",
    "él",
    "self",
    "primary",
    "poa",
];

/// Words behind a whole name with which what follows is no part of it: an earlier
/// or another name, a place.
pub(super) const BEHIND: &[&str] = &["née", "né", "nee", "geb.", "formerly", "aka", "a.k.a.", "AKA", "A.K.A.", "@"];

/// Remarks that stand in capitals behind a name in small letters.
pub(super) const REMARKS: &[&str] = &["FT", "PRN", "FLOAT", "LEAD"];

/// Remarks that stand in capitals before a name.
pub(super) const MARKS: &[&str] =
    &["new", "dup", "duplicate", "duplicado", "temp", "test", "old", "zz", "zzz", "xx", "xxx"];

/// Whether it is a title. `Sr.` is one before a name.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(undotted(word).as_str())
        || word.contains('.') && ABBREVIATED.contains(&word.to_lowercase().as_str())
}

/// How a title addresses somebody, where it tells a man from a woman.
pub(crate) fn address(title: &str) -> Option<&'static str> {
    let sir = listed(title, SIRS).then_some("sir");
    sir.or_else(|| listed(title, MADAMS).then_some("madam"))
}

/// Whether a word belongs to the last name before it.
pub(crate) fn is_suffix(word: &str) -> bool {
    listed(word, SUFFIXES)
}

pub(super) fn is_particle(word: &str) -> bool {
    listed(word, PARTICLES)
}

/// Whether it tells what the person has learnt, or several such: `RN-BC`, `HHA/PCA`.
pub(super) fn is_credential(word: &str) -> bool {
    let plain = word.to_lowercase();
    let plain = if plain.contains('.') { plain.replace('.', "") } else { plain };
    let small = word.contains(char::is_lowercase) && FRONTED.contains(&plain.as_str());
    let known = |piece: &str| CREDENTIALS.contains(piece);
    if small || known(&plain) {
        return !small;
    }
    let Some((first, rest)) = plain.split_once(['-', '/']) else { return false };
    known(first) && is_capital(word) && rest.split(['-', '/']).all(|piece| known(piece) || ENDINGS.contains(&piece))
}

/// Whether it is written as credentials are, whatever it says: three capitals or
/// more and no vowel, or a digit or a stroke among them.
pub(super) fn is_shaped(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_ascii_alphabetic()).count();
    let latin = word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.'));
    let marked = word.contains(|c: char| c == '/' || c.is_ascii_digit());
    latin && is_capital(word) && letters > 2 && (marked || !has_vowel(word))
}

pub(super) fn has_vowel(word: &str) -> bool {
    word.to_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

pub(super) fn is_capital(word: &str) -> bool {
    !word.contains(char::is_lowercase)
}

fn listed(word: &str, list: &[&str]) -> bool {
    list.contains(&undotted(word).as_str())
}

fn undotted(word: &str) -> String {
    word.trim_end_matches('.').to_lowercase()
}
