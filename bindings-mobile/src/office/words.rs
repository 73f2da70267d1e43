//! Written by core/surface from the core: change it there, not here.

use crate::word::words;

words! {
    /// Who acts.
    ActorKind = carekey::words::ActorKind, in ActorKind {
        /// The vendor's support.
        Support,
        /// An account manager of the agency.
        Manager,
        /// Someone of the office, by work that is delegated to them (A7).
        Staff,
        /// The user whose account it is.
        User,
        /// The host's own program.
        System,
    }

    /// What one line of a history says happened (rule H).
    EventKind = carekey::words::EventKind, in EventKind {
        /// The agency was created.
        AgencyCreated,
        /// The agency's settings were changed.
        AgencyChanged,
        /// The agency was suspended (A9).
        AgencySuspended,
        /// It was taken up again (A9).
        AgencyResumed,
        /// Everything that it has was to be written out (A9).
        AgencyExported,
        /// A text was replaced.
        TemplateChanged,
        /// An account was created.
        AccountCreated,
        /// An account was linked to its party.
        AccountLinked,
        /// The office edited a party (A6): what it was, and what it is.
        PartyChanged,
        /// Two parties that are one were merged (A6).
        PartyMerged,
        /// A party was split from the one it had been merged into (A6).
        PartySplit,
        /// Names, e-mail or phone were changed.
        ContactChanged,
        /// A new e-mail or phone waits for its user to confirm it (C2).
        ContactToConfirm,
        /// An e-mail or phone was shown to be the user's (C1).
        ContactProven,
        /// The owner of the earlier e-mail or phone objected to a new one (C2).
        ContactObjected,
        /// An e-mail or phone that changed hands was taken from the account (C6).
        ContactReleased,
        /// The username was changed.
        UsernameChanged,
        /// A note was written.
        NoteChanged,
        /// Activation or registration was sent (again).
        EnrolmentSent,
        /// Sign-in was granted.
        SignedIn,
        /// Sign-in led to a step.
        SignInStep,
        /// Sign-in was refused; the details say why.
        SignInRefused,
        /// The user signed out.
        SignedOut,
        /// The first or a new password was set by its user.
        PasswordSet,
        /// A manager reset the password.
        PasswordReset,
        /// A weaker or foreign hash was renewed.
        PasswordRehashed,
        /// The security questions were set.
        QuestionsSet,
        /// Their user changed them (Q5).
        QuestionsChanged,
        /// Its user said in which language to be written to (C3).
        LanguageChanged,
        /// Recovery was asked for.
        RecoveryStarted,
        /// A code or answers of a recovery were wrong.
        RecoveryFailed,
        /// Recovery ended with a new password.
        RecoveryFinished,
        /// Disabled.
        Disabled,
        /// Enabled again.
        Enabled,
        /// Its failures were forgotten by the office (A4).
        Unlocked,
        /// The office ended all its sessions, or its user all others (E5).
        SessionsEnded,
        /// Its user ended one session, or let go of a device (E5).
        SessionEnded,
        /// Deleted.
        Deleted,
        /// Became an account manager.
        ManagerAdded,
        /// Ceased to be an account manager.
        ManagerRemoved,
        /// An invitation was sent.
        Invited,
        /// An invitation was sent again.
        Reinvited,
        /// An invitation was redeemed.
        Redeemed,
        /// A party or an application was unlinked from its account.
        Unlinked,
        /// A code was printed, to be handed over (I10).
        CodePrinted,
        /// Someone who has not come was reminded of what they were sent (I10).
        Reminded,
        /// An outstanding invitation was cancelled (C5).
        InvitationCancelled,
        /// A party was added.
        PartyAdded,
        /// A party was deleted.
        PartyDeleted,
        /// A party that was deleted is there again (U4).
        PartyRestored,
        /// A role was given or taken.
        RolesChanged,
        /// A tie was made.
        TieAdded,
        /// A tie was ended.
        TieEnded,
        /// A resource was granted.
        GrantAdded,
        /// A grant was ended.
        GrantEnded,
        /// An application was submitted.
        ApplicationAdded,
        /// A roster was taken in.
        RosterCreated,
        /// Histories of accounts began: what the agency's own one holds of them.
        HistoriesBegun,
        /// A part of the histories was written out (H).
        HistoryExported,
        /// Lines of before a moment are removed from the histories (H).
        HistoryTrimmed,
        /// Where a history begins whose earlier lines were removed (H).
        HistoryCheckpoint,
    }

    /// The kinds of stored hashes that are accepted (P6, P7).
    HashKind = carekey::password::HashKind {
        /// carekey's own: a PHC string of Argon2id.
        Argon2id,
        /// A PHC string of Argon2i; either also as Django writes it, `argon2$…`,
        /// and after `{ARGON2}` of directories and of Spring.
        Argon2i,
        /// bcrypt as crypt(3) writes it, `$2a$`, `$2b$`, `$2y$`, also after
        /// Django's `bcrypt$` and Spring's `{bcrypt}`.
        Bcrypt,
        /// bcrypt of a SHA-256, as Django writes it: `bcrypt_sha256$…`.
        BcryptSha256,
        /// SHA-crypt as crypt(3) writes it: `$5$`, `$6$`.
        ShaCrypt,
        /// phpass, of WordPress and phpBB: `$P$`, `$H$`.
        Phpass,
        /// PBKDF2 as Django writes it: `pbkdf2_sha256$…`, `pbkdf2_sha1$…`.
        DjangoPbkdf2,
        /// PBKDF2 as Werkzeug writes it: `pbkdf2:sha256:…`.
        WerkzeugPbkdf2,
        /// PBKDF2 of ASP.NET Identity, layout 2: HMAC-SHA-1, 1,000 rounds.
        AspnetV2,
        /// PBKDF2 of ASP.NET Identity, layout 3: its own parameters.
        AspnetV3,
        /// scrypt as Django writes it (`scrypt$…`), as Werkzeug does (`scrypt:…`),
        /// or as a PHC string.
        Scrypt,
        /// Salted SHA of a directory: `{SSHA}`, `{SSHA256}`, `{SSHA384}`,
        /// `{SSHA512}`.
        LdapSsha,
        /// None: the account has no password that can be used.
        Unusable,
    }

    /// What a message says (rule N).
    MessageKind = carekey::words::MessageKind, in MessageKind {
        /// A link to choose the first password (S0).
        Activation,
        /// A username and a one-time password (S1, S2).
        Registration,
        /// A link and a code (S3).
        Invitation,
        /// The link of an activation once more, for who has not come (I10).
        ActivationReminder,
        /// That a username and a one-time password were sent, for who has not come;
        /// without the password (I10).
        RegistrationReminder,
        /// The link and code of an invitation once more, for who has not come
        /// (I10).
        InvitationReminder,
        /// A code for a forgotten password (E6).
        RecoveryCode,
        /// The password was changed or reset.
        PasswordChanged,
        /// The security questions were changed (Q5).
        QuestionsChanged,
        /// E-mail, phone or username were changed.
        ContactChanged,
        /// A link to confirm a new e-mail or phone, sent to it (C2).
        ConfirmContact,
        /// That a new e-mail or phone waits to be confirmed, sent to the earlier
        /// one, with a link to object (C2).
        ContactChanging,
        /// Something was linked to or unlinked from the account.
        LinkChanged,
        /// A client writes to the agency's owner (S1).
        MessageOwner,
        /// That someone was set to decide as the client (V).
        RepresentativeAdded,
    }

    /// A page of the host's site that a message leads to. The word is the last part
    /// of its address.
    MessagePage = carekey::message::Page {
        /// Choosing the first password.
        Activate,
        /// Accepting an invitation, by link or by code.
        Invitation,
        /// Signing in.
        SignIn,
        /// Confirming a new e-mail address or phone number (C2).
        Confirm,
        /// Objecting to one (C2).
        Object,
    }

    /// What `create` would do with a row that passes.
    RowAction = carekey::roster::RowAction {
        /// Make an account, and the party where the agency does not know it.
        Create,
        /// Change what the row says otherwise.
        Update,
        /// Nothing: the agency knows all of it already.
        Unchanged,
    }

    /// Where a row stands (U4, U5).
    RowState = carekey::roster::RowState {
        /// `create` takes it.
        Pass,
        /// Someone has to decide: on the suggestions, where only the username
        /// fails, or on who it is about (C4).
        Waiting,
        /// It fails; the findings say why.
        Fail,
    }
}
