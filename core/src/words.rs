//! The rulebook's words that several rules share: roles, ties, resources.

use crate::text_enum::text_enum;

text_enum! {
    /// What a party is.
    #[derive(Default)]
    pub enum PartyKind {
        /// A human being.
        #[default]
        Person = "person",
        /// A company, a facility, an office.
        Organization = "organization",
    }
}

text_enum! {
    /// What a party is to the agency (rule R). A party may have several.
    pub enum Role {
        /// Receives care.
        Client = "client",
        /// Gives care.
        Caregiver = "caregiver",
        /// Works in the agency's office.
        OfficeStaff = "office_staff",
        /// Works in the agency's human resources.
        HumanResources = "human_resources",
        /// A company the agency deals with.
        Organization = "organization",
        /// A person the agency knows, of no organization.
        Contact = "contact",
        /// To be called in an emergency of a client.
        EmergencyContact = "emergency_contact",
        /// Pays for a client.
        Payer = "payer",
        /// A facility where clients live.
        Community = "community",
        /// Applies for child care.
        Family = "family",
        /// A customer who employs participants.
        Employer = "employer",
        /// Fills the jobs that employers offer.
        Participant = "participant",
    }
}

text_enum! {
    /// What one party is to another (rule R). Read: *who* is the … of *of*.
    pub enum TieKind {
        /// To be called in an emergency of the other.
        EmergencyContact = "emergency_contact",
        /// A family member or a care provider of the other.
        Individual = "individual",
        /// An organization that the other is associated with.
        OrganizationAssociated = "organization_associated",
        /// May come to pay for the other.
        PossiblePayer = "possible_payer",
        /// Pays for the other.
        Payer = "payer",
        /// The facility where the other lives.
        Community = "community",
        /// The member of the office staff responsible for the other.
        Manager = "manager",
        /// The legal guardian of the other.
        Guardian = "guardian",
        /// The caregiver who visits the other.
        Caregiver = "caregiver",
        /// Decides as the other: a guardian, a health care agent, by a document
        /// and until a moment (V).
        PersonalRepresentative = "personal_representative",
    }
}

text_enum! {
    /// What a viewer may see or do (rule V).
    pub enum Resource {
        /// The first page after sign-in.
        Dashboard = "dashboard",
        /// Invoices and their details.
        Invoices = "invoices",
        /// The calendar of visits.
        Calendar = "calendar",
        /// The plan of care.
        ServicePlan = "service_plan",
        /// Writing to the agency's owner.
        MessageOwner = "message_owner",
        /// A child-care application.
        Application = "application",
        /// One's own profile and password.
        Profile = "profile",
        /// Where a client is found: address, phone, what to know at the door.
        ClientContact = "client_contact",
        /// What is to be done on a visit.
        CareTasks = "care_tasks",
    }
}

text_enum! {
    /// A way to send a message.
    pub enum Method {
        /// By e-mail.
        Email = "email",
        /// By text message.
        Sms = "sms",
    }
}

text_enum! {
    /// How far an account got on its way to its first sign-in (rule E2).
    /// `disabled` is not among them: it hides a stage and keeps it.
    pub enum Stage {
        /// A link was sent; no password yet.
        Invited = "invited",
        /// A temporary password opens the change-password step, nothing else.
        PasswordDue = "password_due",
        /// The security questions are to be set.
        QuestionsDue = "questions_due",
        /// All is done.
        Active = "active",
    }
}

#[cfg(feature = "engine")]
impl Stage {
    /// Whether the user has come: something that was sent came back, or they signed in.
    pub(crate) fn has_come(self) -> bool {
        matches!(self, Self::Active | Self::QuestionsDue)
    }
}

text_enum! {
    /// The one step that a token opens (rules E5, E6).
    pub enum Purpose {
        /// A signed-in user.
        Session = "session",
        /// Choosing the first password, by the link of a message.
        Activation = "activation",
        /// Changing a temporary or recovered password.
        ChangePassword = "change_password",
        /// Setting the security questions.
        SetQuestions = "set_questions",
        /// Entering the code that was sent for a forgotten password.
        RecoveryCode = "recovery_code",
        /// Answering the questions for a forgotten password.
        RecoveryQuestions = "recovery_questions",
        /// Choosing a new password after all that was asked.
        NewPassword = "new_password",
        /// A device from which the user signed in before (E4).
        Device = "device",
        /// Confirming a new e-mail or phone, by the link that was sent to it (C2).
        ConfirmContact = "confirm_contact",
        /// Objecting to a new e-mail or phone, by the link that was sent to the
        /// earlier one (C2).
        ObjectToContact = "object_to_contact",
    }
}

text_enum! {
    /// By which act a link came to be (rule C5).
    pub enum LinkAct {
        /// The office made the account for the party.
        Enrolled = "enrolled",
        /// The user redeemed an invitation.
        Redeemed = "redeemed",
        /// The office linked an account that was there to its party (A2).
        Linked = "linked",
    }
}

text_enum! {
    /// Who acts.
    pub enum ActorKind {
        /// The vendor's support.
        Support = "support",
        /// An account manager of the agency.
        Manager = "manager",
        /// Someone of the office, by work that is delegated to them (A7).
        Staff = "staff",
        /// The user whose account it is.
        User = "user",
        /// The host's own program.
        System = "system",
    }
}

text_enum! {
    /// What one line of a history says happened (rule H).
    pub enum EventKind {
        /// The agency was created.
        AgencyCreated = "agency.created",
        /// The agency's settings were changed.
        AgencyChanged = "agency.changed",
        /// The agency was suspended (A9).
        AgencySuspended = "agency.suspended",
        /// It was taken up again (A9).
        AgencyResumed = "agency.resumed",
        /// Everything that it has was to be written out (A9).
        AgencyExported = "agency.exported",
        /// A text was replaced.
        TemplateChanged = "template.changed",
        /// An account was created.
        AccountCreated = "account.created",
        /// An account was linked to its party.
        AccountLinked = "account.linked",
        /// The office edited a party (A6): what it was, and what it is.
        PartyChanged = "party.changed",
        /// Two parties that are one were merged (A6).
        PartyMerged = "party.merged",
        /// A party was split from the one it had been merged into (A6).
        PartySplit = "party.split",
        /// Names, e-mail or phone were changed.
        ContactChanged = "contact.changed",
        /// A new e-mail or phone waits for its user to confirm it (C2).
        ContactToConfirm = "contact.to_confirm",
        /// An e-mail or phone was shown to be the user's (C1).
        ContactProven = "contact.proven",
        /// The owner of the earlier e-mail or phone objected to a new one (C2).
        ContactObjected = "contact.objected",
        /// An e-mail or phone that changed hands was taken from the account (C6).
        ContactReleased = "contact.released",
        /// The username was changed.
        UsernameChanged = "username.changed",
        /// A note was written.
        NoteChanged = "note.changed",
        /// Activation or registration was sent (again).
        EnrolmentSent = "enrolment.sent",
        /// Sign-in was granted.
        SignedIn = "sign_in.granted",
        /// Sign-in led to a step.
        SignInStep = "sign_in.step",
        /// Sign-in was refused; the details say why.
        SignInRefused = "sign_in.refused",
        /// The user signed out.
        SignedOut = "sign_out",
        /// The first or a new password was set by its user.
        PasswordSet = "password.set",
        /// A manager reset the password.
        PasswordReset = "password.reset",
        /// A weaker or foreign hash was renewed.
        PasswordRehashed = "password.rehashed",
        /// The security questions were set.
        QuestionsSet = "questions.set",
        /// Their user changed them (Q5).
        QuestionsChanged = "questions.changed",
        /// Its user said in which language to be written to (C3).
        LanguageChanged = "language.changed",
        /// Recovery was asked for.
        RecoveryStarted = "recovery.started",
        /// A code or answers of a recovery were wrong.
        RecoveryFailed = "recovery.failed",
        /// Recovery ended with a new password.
        RecoveryFinished = "recovery.finished",
        /// Disabled.
        Disabled = "account.disabled",
        /// Enabled again.
        Enabled = "account.enabled",
        /// Its failures were forgotten by the office (A4).
        Unlocked = "account.unlocked",
        /// The office ended all its sessions, or its user all others (E5).
        SessionsEnded = "sessions.ended",
        /// Its user ended one session, or let go of a device (E5).
        SessionEnded = "session.ended",
        /// Deleted.
        Deleted = "account.deleted",
        /// Became an account manager.
        ManagerAdded = "manager.added",
        /// Ceased to be an account manager.
        ManagerRemoved = "manager.removed",
        /// An invitation was sent.
        Invited = "invitation.sent",
        /// An invitation was sent again.
        Reinvited = "invitation.sent_again",
        /// An invitation was redeemed.
        Redeemed = "invitation.redeemed",
        /// A party or an application was unlinked from its account.
        Unlinked = "invitation.unlinked",
        /// A code was printed, to be handed over (I10).
        CodePrinted = "invitation.printed",
        /// Someone who has not come was reminded of what they were sent (I10).
        Reminded = "reminder.sent",
        /// An outstanding invitation was cancelled (C5).
        InvitationCancelled = "invitation.cancelled",
        /// A party was added.
        PartyAdded = "party.added",
        /// A party was deleted.
        PartyDeleted = "party.deleted",
        /// A party that was deleted is there again (U4).
        PartyRestored = "party.restored",
        /// A role was given or taken.
        RolesChanged = "roles.changed",
        /// A tie was made.
        TieAdded = "tie.added",
        /// A tie was ended.
        TieEnded = "tie.ended",
        /// A resource was granted.
        GrantAdded = "grant.added",
        /// A grant was ended.
        GrantEnded = "grant.ended",
        /// An application was submitted.
        ApplicationAdded = "application.added",
        /// A roster was taken in.
        RosterCreated = "roster.created",
        /// Histories of accounts began: what the agency's own one holds of them.
        HistoriesBegun = "histories.begun",
        /// A part of the histories was written out (H).
        HistoryExported = "history.exported",
        /// Lines of before a moment are removed from the histories (H).
        HistoryTrimmed = "history.trimmed",
        /// Where a history begins whose earlier lines were removed (H).
        HistoryCheckpoint = "history.checkpoint",
    }
}

text_enum! {
    /// What a message says (rule N).
    pub enum MessageKind {
        /// A link to choose the first password (S0).
        Activation = "activation",
        /// A username and a one-time password (S1, S2).
        Registration = "registration",
        /// A link and a code (S3).
        Invitation = "invitation",
        /// The link of an activation once more, for who has not come (I10).
        ActivationReminder = "activation_reminder",
        /// That a username and a one-time password were sent, for who has not
        /// come; without the password (I10).
        RegistrationReminder = "registration_reminder",
        /// The link and code of an invitation once more, for who has not come (I10).
        InvitationReminder = "invitation_reminder",
        /// A code for a forgotten password (E6).
        RecoveryCode = "recovery_code",
        /// The password was changed or reset.
        PasswordChanged = "password_changed",
        /// The security questions were changed (Q5).
        QuestionsChanged = "questions_changed",
        /// E-mail, phone or username were changed.
        ContactChanged = "contact_changed",
        /// A link to confirm a new e-mail or phone, sent to it (C2).
        ConfirmContact = "confirm_contact",
        /// That a new e-mail or phone waits to be confirmed, sent to the
        /// earlier one, with a link to object (C2).
        ContactChanging = "contact_changing",
        /// Something was linked to or unlinked from the account.
        LinkChanged = "link_changed",
        /// A client writes to the agency's owner (S1).
        MessageOwner = "message_owner",
        /// That someone was set to decide as the client (V).
        RepresentativeAdded = "representative_added",
    }
}

text_enum! {
    /// Where a message stands (rule N).
    pub enum MessageState {
        /// It waits, or its lease ran out.
        Waiting = "waiting",
        /// Someone claimed it until its `due_at`.
        Claimed = "claimed",
        /// The host said it was sent.
        Sent = "sent",
        /// It failed too often, whoever died over it.
        Abandoned = "abandoned",
        /// What it carried was dead before it was sent.
        Withdrawn = "withdrawn",
    }
}
