//! The words of a roster's cells: roles, ways to send, languages, yes and no.

use crate::finding::Locale;
use crate::texts::{Section, called, meant};
use crate::words::{Method, Role, TieKind};

/// A word as the tables of this module have it: a-z and 0-9 only, so that
/// case, accents, blanks, hyphens and underscores make no difference.
pub(super) fn folded(text: &str) -> String {
    let short = short(text);
    let mut ascii = if short.is_ascii() { short } else { any_ascii::any_ascii(&short) };
    ascii.retain(|c| c.is_ascii_alphanumeric());
    ascii.make_ascii_lowercase();
    ascii
}

/// The first 64 characters: enough to recognise a word, and no flood.
pub(super) fn short(text: &str) -> String {
    let text = text.trim();
    let end = text.char_indices().nth(64).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default().to_owned()
}

const ROLES: &[(Role, &[&str])] = &[
    (Role::Client, &["client", "clients", "patient", "patients", "cliente", "clientes", "paciente", "pacientes"]),
    (
        Role::Caregiver,
        &["caregiver", "caregivers", "carer", "carers", "cuidador", "cuidadora", "cuidadores", "cuidadoras"],
    ),
    (Role::OfficeStaff, &["officestaff", "office", "staff", "personaldeoficina", "personal", "oficina"]),
    (Role::HumanResources, &["humanresources", "humanresource", "hr", "recursoshumanos", "rrhh"]),
    (
        Role::Organization,
        &["organization", "organizations", "organisation", "organisations", "organizacion", "organizaciones"],
    ),
    (Role::Contact, &["contact", "contacts", "contacto", "contactos"]),
    (
        Role::EmergencyContact,
        &["emergencycontact", "emergencycontacts", "contactodeemergencia", "contactosdeemergencia"],
    ),
    (Role::Payer, &["payer", "payers", "payor", "payors", "pagador", "pagadora", "pagadores", "pagadoras"]),
    (Role::Community, &["community", "communities", "comunidad", "comunidades"]),
    (Role::Family, &["family", "families", "familia", "familias"]),
    (Role::Employer, &["employer", "employers", "empleador", "empleadora", "empleadores", "empleadoras"]),
    (Role::Participant, &["participant", "participants", "participante", "participantes"]),
];

const TIES: &[(TieKind, &[&str])] = &[
    (TieKind::EmergencyContact, &["emergencycontact", "ice", "contactodeemergencia"]),
    (
        TieKind::Individual,
        &["individual", "familymember", "careprovider", "relative", "individuo", "familiar", "proveedordecuidados"],
    ),
    (
        TieKind::OrganizationAssociated,
        &["organizationassociated", "organizationassociatedwith", "associatedorganization", "organizacionasociada"],
    ),
    (TieKind::PossiblePayer, &["possiblepayer", "possiblepayor", "posiblepagador", "posiblepagadora"]),
    (TieKind::Payer, &["payer", "payor", "pagador", "pagadora"]),
    (TieKind::Community, &["community", "comunidad"]),
    (TieKind::Manager, &["manager", "responsable", "gerente"]),
    (TieKind::Guardian, &["guardian", "legalguardian", "tutor", "tutora", "tutorlegal"]),
    (TieKind::Caregiver, &["caregiver", "carer", "cuidador", "cuidadora"]),
    (
        TieKind::PersonalRepresentative,
        &[
            "personalrepresentative",
            "healthcareagent",
            "healthcareproxy",
            "representantepersonal",
            "representantelegal",
        ],
    ),
];

const METHODS: &[(Method, &[&str])] = &[
    (Method::Email, &["email", "mail", "correo", "correoelectronico"]),
    (
        Method::Sms,
        &[
            "sms",
            "text",
            "textmessage",
            "texting",
            "cell",
            "cellphone",
            "phone",
            "mobile",
            "mensaje",
            "mensajedetexto",
            "texto",
            "celular",
            "movil",
            "telefono",
        ],
    ),
];

const LANGUAGES: &[(Locale, &[&str])] = &[
    (Locale::English, &["en", "english", "enus", "engb", "enca", "ingles"]),
    (Locale::Spanish, &["es", "spanish", "esus", "esmx", "eses", "espanol", "castellano"]),
];

const YES_OR_NO: &[(bool, &[&str])] =
    &[(true, &["yes", "y", "true", "x", "1", "si", "s", "created"]), (false, &["no", "n", "false", "0"])];

fn look_up<T: Copy>(table: &[(T, &[&str])], text: &str) -> Option<T> {
    let folded = folded(text);
    table.iter().find(|(_, words)| words.contains(&folded.as_str())).map(|(meaning, _)| *meaning)
}

/// Whether a cell or a title says just that.
pub(super) fn is_said(said: &str, text: &str) -> bool {
    folded(said) == folded(text)
}

/// The role that a cell names, in English or Spanish, one or many, or as a
/// language that was loaded calls it.
pub(super) fn role(text: &str) -> Option<Role> {
    let words = Role::ALL.iter().map(|role| (*role, role.as_str()));
    look_up(ROLES, text).or_else(|| meant(Section::Roles, words, |said| is_said(said, text)))
}

/// The kind of tie that a cell names.
pub(super) fn tie(text: &str) -> Option<TieKind> {
    let words = TieKind::ALL.iter().map(|kind| (*kind, kind.as_str()));
    look_up(TIES, text).or_else(|| meant(Section::Ties, words, |said| is_said(said, text)))
}

/// The way to send that a cell names.
pub(super) fn method(text: &str) -> Option<Method> {
    let words = Method::ALL.iter().map(|method| (*method, method.as_str()));
    look_up(METHODS, text).or_else(|| meant(Section::Methods, words, |said| is_said(said, text)))
}

/// The language that a cell names.
pub(super) fn language(text: &str) -> Option<Locale> {
    look_up(LANGUAGES, text).or_else(|| called(|name| is_said(name, text)))
}

/// What a cell ticks; a tick mark counts as yes, anything else as nothing said.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    if matches!(text, "✓" | "✔" | "☑") {
        return Some(true);
    }
    let words = [(true, "yes"), (false, "no")].into_iter();
    look_up(YES_OR_NO, text).or_else(|| meant(Section::Ticks, words, |said| is_said(said, text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_folded_and_every_stable_word_is_read() {
        let words = ROLES.iter().flat_map(|(_, words)| *words).chain(METHODS.iter().flat_map(|(_, words)| *words));
        for word in words.chain(TIES.iter().flat_map(|(_, words)| *words)) {
            assert_eq!(folded(word), *word);
        }
        for known in TieKind::ALL {
            assert_eq!(tie(known.as_str()), Some(*known));
        }
        for known in Role::ALL {
            assert_eq!(role(known.as_str()), Some(*known));
        }
        for known in Method::ALL {
            assert_eq!(method(known.as_str()), Some(*known));
        }
        for known in Locale::ALL {
            assert_eq!(language(known.as_str()), Some(*known));
        }
        // What is written for people is read as well.
        for locale in Locale::ALL {
            let said = |set, word: &str| crate::texts::said(set, word, *locale);
            for known in Role::ALL {
                assert_eq!(role(&said(Section::Roles, known.as_str())), Some(*known));
            }
            for known in TieKind::ALL {
                assert_eq!(tie(&said(Section::Ties, known.as_str())), Some(*known));
            }
            for known in Method::ALL {
                assert_eq!(method(&said(Section::Methods, known.as_str())), Some(*known));
            }
            assert_eq!(
                [yes_or_no(&said(Section::Ticks, "yes")), yes_or_no(&said(Section::Ticks, "no"))],
                [Some(true), Some(false)]
            );
        }
    }
}
