-- Version 3: accounts have contacts of their own (C1), links are records of their
-- own (C5), roles that a tie conveys are derived (R), failures are counted by way
-- in (E4), the history of the agency is in strands (H).
--
-- What takes the key, or a rule that is no SQL, is done when the directory is
-- opened, before anyone has it: imported hashes are sealed (P7), contacts are
-- brought into canonical form (U6), of the names of those deleted digests stay
-- (U4), counts of failures go to where they belong (E4), messages that wait learn
-- what they carry (N), and the further strands begin (H).

-- One of the strands of the agency's own history (H): each is a chain, and
-- an act adds to any one of them, so that no act waits for another.
CREATE TABLE strand (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    length INTEGER NOT NULL,
    mac BLOB NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;

-- Where the user of an account is reached (C1). One is proven when
-- something that was sent to it came back; one beside it that is not
-- waits to be confirmed.
CREATE TABLE contact (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    account BLOB NOT NULL,
    method TEXT NOT NULL,
    address TEXT NOT NULL,
    canonical TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    proven_at INTEGER,
    objected_at INTEGER,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_by_account ON contact (agency, account);
CREATE INDEX contact_by_canonical ON contact (agency, canonical);

-- Which account belongs to which party or application, since when, until
-- when, by which act (C5). What an account is allowed follows from these.
CREATE TABLE link (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    account BLOB NOT NULL,
    party BLOB NOT NULL,
    application BLOB,
    sole BLOB,
    since INTEGER NOT NULL,
    ends_at INTEGER,
    act TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX link_one_sole ON link (agency, sole);
CREATE INDEX link_by_account ON link (agency, account);
CREATE INDEX link_by_party ON link (agency, party);
CREATE INDEX link_by_application ON link (agency, application);

-- How many accounts came with a password of a kind that costs something else
-- than a hash of the policy, and how many of them were renewed (P7).
CREATE TABLE password_share (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    class TEXT NOT NULL,
    came INTEGER NOT NULL,
    renewed INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;

-- The codes that were sent to one contact and are good (E4, E6).
CREATE TABLE code_book (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    codes TEXT NOT NULL,
    touched_at INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX code_book_by_touched_at ON code_book (agency, touched_at);

-- From one network, the names at which someone failed (E4).
CREATE TABLE source_count (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    tally TEXT NOT NULL,
    touched_at INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_count_by_touched_at ON source_count (agency, touched_at);

-- What the office decided of who is who (C4): asked once.
CREATE TABLE who_decision (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    said TEXT NOT NULL,
    party BLOB,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX who_decision_by_party ON who_decision (agency, party);

-- The history that the agency has is its first strand.
INSERT INTO strand (agency, id, revision, length, mac)
SELECT agency, id, 1, history_length, history_head FROM agency;

-- The contacts that accounts were written to. One is proven where a recovery code
-- would have been sent to it, and where its user came by what was sent to it: nobody
-- loses a way in, and nobody gains one. Of a phone beside an e-mail address that is
-- known only where the first message went to the phone.
INSERT INTO contact (agency, id, revision, account, method, address, canonical, added_at, proven_at, objected_at)
SELECT agency, randomblob(16), 1, id, 'email', email, email, created_at,
    CASE WHEN stage IN ('active', 'questions_due') OR enrolment = 'invitation_code' OR last_sign_in_at IS NOT NULL
        THEN coalesce(password_set_at, created_at) END,
    NULL
FROM account
WHERE email IS NOT NULL AND deleted_at IS NULL;
INSERT INTO contact (agency, id, revision, account, method, address, canonical, added_at, proven_at, objected_at)
SELECT account.agency, randomblob(16), 1, account.id, 'sms', account.phone_e164, account.phone_e164, account.created_at,
    CASE WHEN (account.email IS NULL OR party.preferred = 'sms')
            AND (account.stage IN ('active', 'questions_due') OR account.enrolment = 'invitation_code'
                OR account.last_sign_in_at IS NOT NULL)
        THEN coalesce(account.password_set_at, account.created_at) END,
    NULL
FROM account LEFT JOIN party ON party.agency = account.agency AND party.id = account.party
WHERE account.phone_e164 IS NOT NULL AND account.deleted_at IS NULL;

-- One record for each link. That of the party which an account was made for comes
-- first.
--
-- What opens an application is the link to it, as it is when one is redeemed.
INSERT INTO link (agency, id, revision, account, party, application, sole, since, ends_at, act, "by")
SELECT application.agency, randomblob(16), 1, account.id, party.id, application.id, application.id,
    max(
        coalesce(invitation.redeemed_at, account.created_at),
        account.created_at + CASE WHEN account.party = party.id THEN 0 ELSE 1 END
    ),
    NULL, 'redeemed', account.display_name
FROM application
JOIN account ON account.agency = application.agency AND account.id = application.account
JOIN party ON party.agency = application.agency AND party.id = application.family
LEFT JOIN invitation ON invitation.agency = application.agency AND invitation.id = application.invitation
WHERE account.deleted_at IS NULL AND party.deleted_at IS NULL;
-- A family had its account by its applications alone, unless it was invited itself
-- or is something else besides: then all that it is belongs to the account.
INSERT INTO link (agency, id, revision, account, party, application, sole, since, ends_at, act, "by")
SELECT party.agency, randomblob(16), 1, account.id, party.id, NULL, party.id,
    CASE
        WHEN account.party = party.id AND linked.at IS NOT NULL THEN linked.at
        WHEN account.party = party.id THEN account.created_at
        ELSE max(coalesce(invitation.redeemed_at, account.created_at), account.created_at + 1)
    END,
    NULL,
    CASE
        WHEN account.party = party.id AND linked.at IS NOT NULL THEN 'linked'
        WHEN account.party = party.id AND account.enrolment <> 'invitation_code' THEN 'enrolled'
        ELSE 'redeemed'
    END,
    CASE
        WHEN account.party = party.id AND linked.at IS NOT NULL THEN linked.actor_name
        WHEN account.party = party.id AND account.enrolment <> 'invitation_code'
            THEN coalesce(created.actor_name, 'carekey')
        ELSE account.display_name
    END
FROM party
JOIN account ON account.agency = party.agency AND account.id = party.account
LEFT JOIN invitation ON invitation.agency = party.agency AND invitation.id = party.invitation
LEFT JOIN event AS created
    ON created.agency = account.agency AND created.subject = account.id AND created.sequence = 1
LEFT JOIN event AS linked
    ON linked.agency = account.agency AND linked.subject = account.id AND linked.sequence = (
        SELECT max(event.sequence) FROM event
        WHERE event.agency = account.agency AND event.subject = account.id AND event.kind = 'account.linked'
    )
WHERE party.deleted_at IS NULL AND account.deleted_at IS NULL AND (
    party.roles <> ',family,'
    OR invitation.redeemed_at IS NOT NULL
    OR NOT EXISTS (
        SELECT 1 FROM application
        WHERE application.agency = party.agency AND application.family = party.id
            AND application.account = party.account
    )
);

-- A role that a tie conveys was written into the party, and outlasted the tie.
-- Whoever has or had such a tie has the role from it alone; whether the office had
-- given it to them besides, is written nowhere.
UPDATE party SET roles = replace(roles, ',emergency_contact,', ',')
WHERE roles LIKE '%,emergency_contact,%' AND EXISTS (
    SELECT 1 FROM tie WHERE tie.agency = party.agency AND tie.who = party.id AND tie.kind = 'emergency_contact'
);
UPDATE party SET roles = replace(roles, ',payer,', ',')
WHERE roles LIKE '%,payer,%' AND EXISTS (
    SELECT 1 FROM tie WHERE tie.agency = party.agency AND tie.who = party.id AND tie.kind = 'payer'
);
UPDATE party SET roles = replace(roles, ',community,', ',')
WHERE roles LIKE '%,community,%' AND EXISTS (
    SELECT 1 FROM tie WHERE tie.agency = party.agency AND tie.who = party.id AND tie.kind = 'community'
);
-- A family may have several accounts.
UPDATE link SET sole = NULL
WHERE application IS NULL AND EXISTS (
    SELECT 1 FROM party WHERE party.agency = link.agency AND party.id = link.party AND party.roles = ',family,'
);

-- Failures are counted by way in. Those of an account go on, at its password from
-- devices that are not known, attempts under way among them; under which id takes a
-- digest, and is put right when the directory is opened. The other counts end:
-- they were kept under a bare digest of what a visitor typed, which may have been
-- a password in the wrong field.
DROP TABLE throttle;
-- Failures of one way in (E4): of an account, of a device that is known,
-- of a name that nobody has, of a contact at which codes are guessed.
CREATE TABLE throttle (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    account BLOB,
    failures INTEGER NOT NULL,
    open INTEGER NOT NULL,
    open_until INTEGER,
    locked_until INTEGER,
    refusals TEXT NOT NULL,
    touched_at INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX throttle_by_account ON throttle (agency, account);
CREATE INDEX throttle_by_touched_at ON throttle (agency, touched_at);
INSERT INTO throttle
    (agency, id, revision, account, failures, open, open_until, locked_until, refusals, touched_at)
SELECT agency, id, 1, id, failures, attempts_open, attempts_until, locked_until, '[]', created_at
FROM account WHERE (failures > 0 OR attempts_open > 0) AND deleted_at IS NULL;

ALTER TABLE agency RENAME TO earlier;
-- One tenant. Its `id` is its `agency`, derived from the code.
CREATE TABLE agency (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    country TEXT NOT NULL,
    locale TEXT NOT NULL,
    link_base TEXT NOT NULL,
    owner_email TEXT,
    policy TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
INSERT INTO agency (agency, id, revision, code, name, prefix, country, locale, link_base, owner_email, policy, created_at)
SELECT agency, id, revision, code, name, prefix, country, locale, link_base, owner_email, policy, created_at
FROM earlier;
DROP TABLE earlier;

ALTER TABLE party RENAME TO earlier;
DROP INDEX party_one_external_id;
DROP INDEX party_by_account;
DROP INDEX party_by_name_key;
DROP INDEX party_by_email_canonical;
DROP INDEX party_by_phone_e164;
-- A person or an organization that the agency knows.
CREATE TABLE party (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    kind TEXT NOT NULL,
    external_id TEXT,
    roles TEXT NOT NULL,
    display_name TEXT NOT NULL,
    first_name TEXT,
    middle_name TEXT,
    last_name TEXT,
    nickname TEXT,
    name_key TEXT NOT NULL,
    email TEXT,
    email_canonical TEXT,
    phone TEXT,
    phone_e164 TEXT,
    preferred TEXT,
    locale TEXT,
    invitation BLOB,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX party_one_external_id ON party (agency, external_id);
CREATE INDEX party_by_name_key ON party (agency, name_key);
CREATE INDEX party_by_email_canonical ON party (agency, email_canonical);
CREATE INDEX party_by_phone_e164 ON party (agency, phone_e164);
INSERT INTO party (agency, id, revision, kind, external_id, roles, display_name, first_name, middle_name, last_name, nickname, name_key, email, email_canonical, phone, phone_e164, preferred, locale, invitation, created_at, deleted_at)
SELECT agency, id, revision, kind, external_id, roles, display_name, first_name, middle_name, last_name, nickname, name_key, email, email_canonical, phone, phone_e164, preferred, locale, invitation, created_at, deleted_at
FROM earlier;
DROP TABLE earlier;

ALTER TABLE account RENAME TO earlier;
DROP INDEX account_one_username_canonical;
DROP INDEX account_by_display_key;
-- A login of one person. To whom it belongs its links say, and where its
-- user is reached its contacts.
CREATE TABLE account (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    username TEXT NOT NULL,
    username_canonical TEXT NOT NULL,
    display_name TEXT NOT NULL,
    display_key TEXT NOT NULL,
    first_name TEXT,
    last_name TEXT,
    locale TEXT,
    enrolment TEXT NOT NULL,
    stage TEXT NOT NULL,
    written_to BLOB,
    password TEXT,
    password_class TEXT,
    password_set_at INTEGER,
    password_expires_at INTEGER,
    epoch INTEGER NOT NULL,
    last_sign_in_at INTEGER,
    created_at INTEGER NOT NULL,
    manager_since INTEGER,
    disabled_at INTEGER,
    deleted_at INTEGER,
    note TEXT,
    description TEXT,
    history_length INTEGER NOT NULL,
    history_head BLOB NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX account_one_username_canonical ON account (agency, username_canonical);
CREATE INDEX account_by_display_key ON account (agency, display_key);
-- The first message, or the last one in its place, is known as long as it is kept.
-- Where it went to an address that was corrected since, what it carries is good
-- still and shows no contact to be anyone's. Else it went as the party prefers, to
-- the e-mail address, or to the phone.
INSERT INTO account (agency, id, revision, username, username_canonical, display_name, display_key, first_name, last_name, locale, enrolment, stage, written_to, password, password_class, password_set_at, password_expires_at, epoch, last_sign_in_at, created_at, manager_since, disabled_at, deleted_at, note, description, history_length, history_head)
SELECT agency, id, revision, username, username_canonical, display_name, display_key, first_name, last_name, locale, enrolment, stage,
    CASE
        WHEN (SELECT count(*) FROM message WHERE message.agency = earlier.agency AND message.account = earlier.id
            AND message.kind IN ('activation', 'registration')) > 0
        THEN (
            SELECT contact.id FROM contact
            WHERE contact.agency = earlier.agency AND contact.account = earlier.id
                AND (contact.method, contact.address) = (
                    SELECT message.method, message.address FROM message
                    WHERE message.agency = earlier.agency AND message.account = earlier.id
                        AND message.kind IN ('activation', 'registration')
                    ORDER BY message.created_at DESC, message.id DESC LIMIT 1
                )
        )
        ELSE (
            SELECT contact.id FROM contact
            LEFT JOIN party ON party.agency = contact.agency AND party.id = earlier.party
            WHERE contact.agency = earlier.agency AND contact.account = earlier.id
            ORDER BY CASE contact.method WHEN party.preferred THEN 0 ELSE 1 END, contact.method LIMIT 1
        )
    END,
    password, NULL, password_set_at, password_expires_at, epoch, last_sign_in_at, created_at, manager_since, disabled_at, deleted_at, note, description, history_length, history_head
FROM earlier;
DROP TABLE earlier;

ALTER TABLE application RENAME TO earlier;
DROP INDEX application_one_number;
DROP INDEX application_by_family;
DROP INDEX application_by_account;
DROP INDEX application_by_family_name;
-- A child-care application that a family submitted.
CREATE TABLE application (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    number TEXT NOT NULL,
    family BLOB NOT NULL,
    family_name TEXT NOT NULL,
    submitted_at INTEGER NOT NULL,
    invitation BLOB,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX application_one_number ON application (agency, number);
CREATE INDEX application_by_family ON application (agency, family);
CREATE INDEX application_by_family_name ON application (agency, family_name);
INSERT INTO application (agency, id, revision, number, family, family_name, submitted_at, invitation)
SELECT agency, id, revision, number, family, family_name, submitted_at, invitation
FROM earlier;
DROP TABLE earlier;

ALTER TABLE token RENAME TO earlier;
DROP INDEX token_one_digest;
DROP INDEX token_by_account;
-- Of recoveries only the last step goes on: what was counted at the others is
-- counted elsewhere now, and they are begun anew (E4, E6).
--
-- A session, or a live step towards one: only whoever holds the token
-- may take that very step (E5, E6).
CREATE TABLE token (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    account BLOB,
    purpose TEXT NOT NULL,
    digest BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    idle_ms INTEGER,
    used_at INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    ended_at INTEGER,
    remember INTEGER NOT NULL,
    source TEXT,
    contact BLOB,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX token_one_digest ON token (agency, digest);
CREATE INDEX token_by_account ON token (agency, account);
INSERT INTO token (agency, id, revision, account, purpose, digest, created_at, expires_at, idle_ms, used_at, epoch, tries, ended_at, remember, source, contact)
SELECT agency, id, revision, account, purpose, digest, created_at, expires_at, idle_ms, used_at, epoch, tries, ended_at, remember, NULL,
    CASE purpose WHEN 'activation' THEN (
        SELECT account.written_to FROM account WHERE account.agency = earlier.agency AND account.id = earlier.account
    ) END
FROM earlier
WHERE purpose NOT IN ('recovery_code', 'recovery_questions');
DROP TABLE earlier;

ALTER TABLE message RENAME TO earlier;
DROP INDEX message_by_state_due_at;
DROP INDEX message_by_account;
-- A message that waits for the host's mailer or gateway (N).
CREATE TABLE message (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    kind TEXT NOT NULL,
    method TEXT NOT NULL,
    address TEXT NOT NULL,
    locale TEXT NOT NULL,
    account BLOB,
    invitation BLOB,
    expires_at INTEGER,
    params TEXT NOT NULL,
    sealed BLOB,
    state TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    closed_at INTEGER,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_by_state_due_at ON message (agency, state, due_at);
CREATE INDEX message_by_account ON message (agency, account);
CREATE INDEX message_by_invitation ON message (agency, invitation);
CREATE INDEX message_by_created_at ON message (agency, created_at);
INSERT INTO message (agency, id, revision, kind, method, address, locale, account, invitation, expires_at, params, sealed, state, due_at, tries, created_at, closed_at)
SELECT agency, id, revision, kind, method, address, locale, account, NULL, NULL, params, sealed, state, due_at, tries, created_at, closed_at
FROM earlier;
DROP TABLE earlier;

ALTER TABLE tie RENAME TO earlier;
DROP INDEX tie_by_who;
DROP INDEX tie_by_of;
-- A tie: `who` is the `kind` of `of` (R).
CREATE TABLE tie (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    kind TEXT NOT NULL,
    who BLOB NOT NULL,
    "of" BLOB NOT NULL,
    begins_at INTEGER NOT NULL,
    ends_at INTEGER,
    enrols_at INTEGER,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tie_by_who ON tie (agency, who);
CREATE INDEX tie_by_of ON tie (agency, "of");
CREATE INDEX tie_by_enrols_at ON tie (agency, enrols_at);
INSERT INTO tie (agency, id, revision, kind, who, "of", begins_at, ends_at, enrols_at)
SELECT agency, id, revision, kind, who, "of", begins_at, ends_at, NULL
FROM earlier;
DROP TABLE earlier;

ALTER TABLE used_name RENAME TO earlier;
DROP INDEX used_name_one_skeleton;
-- A name that was used once and is never given to another (U4, U6).
CREATE TABLE used_name (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    skeleton TEXT NOT NULL,
    canonical TEXT NOT NULL,
    account BLOB NOT NULL,
    claimed_at INTEGER NOT NULL,
    retired_at INTEGER,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX used_name_one_skeleton ON used_name (agency, skeleton);
CREATE INDEX used_name_by_account ON used_name (agency, account);
INSERT INTO used_name (agency, id, revision, skeleton, canonical, account, claimed_at, retired_at)
SELECT agency, id, revision, skeleton, canonical, account, claimed_at, (SELECT deleted_at FROM account WHERE account.agency = earlier.agency AND account.id = earlier.account)
FROM earlier;
DROP TABLE earlier;

-- What the query planner is to assume of the new tables and indexes, as in step 1.
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat)
SELECT
    tables.name,
    iif(indexes.origin = 'pk', tables.name, indexes.name),
    '1000000 10000'
        || substr(' 100 100', 1, 4 * ((SELECT count(*) FROM pragma_index_info(indexes.name)) - 2))
        || iif(indexes."unique", ' 1', ' 4')
FROM sqlite_schema AS tables, pragma_index_list(tables.name) AS indexes
WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%';
ANALYZE sqlite_schema;
