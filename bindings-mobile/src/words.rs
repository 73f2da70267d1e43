//! Written by core/surface from the core: change it there, not here.

use crate::word::words;

words! {
    /// Where an account stands (E2): its stage, unless it is disabled.
    AccountState = carekey::account::State, in State {
        /// A link was sent; no password yet.
        Invited,
        /// A temporary password is to be changed.
        PasswordDue,
        /// The security questions are to be set.
        QuestionsDue,
        /// All is done.
        Active,
        /// Closed by the office; its stage is kept.
        Disabled,
    }

    /// A way to send a message.
    ContactMethod = carekey::Method, in Method {
        /// By e-mail.
        Email,
        /// By text message.
        Sms,
    }

    /// How an account gets its first password (rule E1).
    EnrolmentScheme = carekey::policy::EnrolmentScheme {
        /// A link by e-mail or SMS leads to choosing one (S0).
        ActivationLink,
        /// A one-time password comes by mail and must be changed (S1, S2).
        TemporaryPassword,
        /// A link and a code, good for 14 days (S3).
        InvitationCode,
    }

    /// The languages in which texts are said.
    Language = carekey::Locale, or English, in Locale {
        /// English.
        English,
        /// Spanish.
        Spanish,
    }

    /// The one thing that the office can do with an item next (I4).
    OfficeAction = carekey::invitation::OfficeAction, in OfficeAction {
        /// Send the first invitation.
        Invite,
        /// Send a new one, which ends the earlier (I5).
        Reinvite,
        /// Take the account's access to the item away (I6).
        Unlink,
    }

    /// What a party is.
    PartyKind = carekey::PartyKind, in PartyKind {
        /// A human being.
        Person,
        /// A company, a facility, an office.
        Organization,
    }

    /// What a viewer may see or do (rule V).
    Resource = carekey::Resource, in Resource {
        /// The first page after sign-in.
        Dashboard,
        /// Invoices and their details.
        Invoices,
        /// The calendar of visits.
        Calendar,
        /// The plan of care.
        ServicePlan,
        /// Writing to the agency's owner.
        MessageOwner,
        /// A child-care application.
        Application,
        /// One's own profile and password.
        Profile,
        /// Where a client is found: address, phone, what to know at the door.
        ClientContact,
        /// What is to be done on a visit.
        CareTasks,
    }

    /// What a party is to the agency (rule R). A party may have several.
    Role = carekey::Role, in Role {
        /// Receives care.
        Client,
        /// Gives care.
        Caregiver,
        /// Works in the agency's office.
        OfficeStaff,
        /// Works in the agency's human resources.
        HumanResources,
        /// A company the agency deals with.
        Organization,
        /// A person the agency knows, of no organization.
        Contact,
        /// To be called in an emergency of a client.
        EmergencyContact,
        /// Pays for a client.
        Payer,
        /// A facility where clients live.
        Community,
        /// Applies for child care.
        Family,
        /// A customer who employs participants.
        Employer,
        /// Fills the jobs that employers offer.
        Participant,
    }

    /// How much of it is seen, from least to most.
    Scope = carekey::visibility::Scope {
        /// A caregiver's calendar: the visits they make.
        OwnSchedule,
        /// A payer's or a community's invoices: those issued to them on behalf of
        /// that client.
        IssuedToViewer,
        /// All of it.
        Everything,
    }

    /// How much a finding weighs.
    Severity = carekey::Severity {
        /// Something worth knowing; nothing is wrong.
        Info,
        /// Probably wrong, and allowed: someone should look.
        Warning,
        /// Not allowed: what was checked fails.
        Error,
    }

    /// How far an account got on its way to its first sign-in (rule E2). `disabled`
    /// is not among them: it hides a stage and keeps it.
    Stage = carekey::Stage {
        /// A link was sent; no password yet.
        Invited,
        /// A temporary password opens the change-password step, nothing else.
        PasswordDue,
        /// The security questions are to be set.
        QuestionsDue,
        /// All is done.
        Active,
    }

    /// Where an invitation stands at some moment.
    Standing = carekey::invitation::Standing, in Standing {
        /// It can be redeemed.
        Live,
        /// Its time is over (I2).
        Lapsed,
        /// A newer one took its place, or unlink ended it (I5, I6).
        Superseded,
        /// It was redeemed (I7).
        Redeemed,
    }

    /// The one step that a token opens (rules E5, E6).
    Step = carekey::words::Purpose {
        /// A signed-in user.
        Session,
        /// Choosing the first password, by the link of a message.
        Activation,
        /// Changing a temporary or recovered password.
        ChangePassword,
        /// Setting the security questions.
        SetQuestions,
        /// Entering the code that was sent for a forgotten password.
        RecoveryCode,
        /// Answering the questions for a forgotten password.
        RecoveryQuestions,
        /// Choosing a new password after all that was asked.
        NewPassword,
        /// A device from which the user signed in before (E4).
        Device,
        /// Confirming a new e-mail or phone, by the link that was sent to it (C2).
        ConfirmContact,
        /// Objecting to a new e-mail or phone, by the link that was sent to the
        /// earlier one (C2).
        ObjectToContact,
    }

    /// What one party is to another (rule R). Read: *who* is the … of *of*.
    TieKind = carekey::TieKind, in TieKind {
        /// To be called in an emergency of the other.
        EmergencyContact,
        /// A family member or a care provider of the other.
        Individual,
        /// An organization that the other is associated with.
        OrganizationAssociated,
        /// May come to pay for the other.
        PossiblePayer,
        /// Pays for the other.
        Payer,
        /// The facility where the other lives.
        Community,
        /// The member of the office staff responsible for the other.
        Manager,
        /// The legal guardian of the other.
        Guardian,
        /// The caregiver who visits the other.
        Caregiver,
        /// Decides as the other: a guardian, a health care agent, by a document and
        /// until a moment (V).
        PersonalRepresentative,
    }

    /// How a username comes about (rules U1, U2, U3).
    UsernameScheme = carekey::policy::UsernameScheme {
        /// The username is the e-mail address (U1).
        Email,
        /// The username is the e-mail address or the phone number (U2).
        EmailOrPhone,
        /// The username is made from the name (U3).
        Staff,
    }
}
