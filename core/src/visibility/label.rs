//! Roles, resources and ties as people call them, for the texts of reasons.

use crate::finding::Locale;
use crate::words::{Resource, Role, TieKind};

/// The one of the two that is in that language.
const fn pick(locale: Locale, (english, spanish): (&'static str, &'static str)) -> &'static str {
    match locale {
        Locale::English => english,
        Locale::Spanish => spanish,
    }
}

/// A role, as people call it.
pub(super) const fn role_label(role: Role, locale: Locale) -> &'static str {
    let words = match role {
        Role::Client => ("client", "cliente"),
        Role::Caregiver => ("caregiver", "cuidador"),
        Role::OfficeStaff => ("office staff", "personal de oficina"),
        Role::HumanResources => ("human resources", "recursos humanos"),
        Role::Organization => ("organization", "organización"),
        Role::Contact => ("contact", "contacto"),
        Role::EmergencyContact => ("emergency contact", "contacto de emergencia"),
        Role::Payer => ("payer", "pagador"),
        Role::Community => ("community", "comunidad"),
        Role::Family => ("family", "familia"),
        Role::Employer => ("employer", "empleador"),
        Role::Participant => ("participant", "participante"),
    };
    pick(locale, words)
}

/// A resource, as people call it.
pub(super) const fn resource_label(resource: Resource, locale: Locale) -> &'static str {
    let words = match resource {
        Resource::Dashboard => ("dashboard", "panel"),
        Resource::Invoices => ("invoices", "facturas"),
        Resource::Calendar => ("calendar", "calendario"),
        Resource::ServicePlan => ("service plan", "plan de servicio"),
        Resource::MessageOwner => ("messages to the owner", "mensajes al propietario"),
        Resource::Application => ("application", "solicitud"),
        Resource::Profile => ("profile and password", "perfil y contraseña"),
    };
    pick(locale, words)
}

/// A tie, as people call it.
pub(super) const fn tie_label(kind: TieKind, locale: Locale) -> &'static str {
    let words = match kind {
        TieKind::EmergencyContact => ("emergency contact", "contacto de emergencia"),
        TieKind::Individual => ("individual", "individuo"),
        TieKind::OrganizationAssociated => ("associated organization", "organización asociada"),
        TieKind::PossiblePayer => ("possible payer", "posible pagador"),
        TieKind::Payer => ("payer", "pagador"),
        TieKind::Community => ("community", "comunidad"),
        TieKind::Manager => ("manager", "responsable"),
        TieKind::Guardian => ("guardian", "tutor"),
        TieKind::Caregiver => ("caregiver", "cuidador"),
    };
    pick(locale, words)
}
