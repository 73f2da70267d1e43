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
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    length bigint NOT NULL,
    mac bytea NOT NULL,
    PRIMARY KEY (agency, id)
);

-- Where the user of an account is reached (C1). One is proven when
-- something that was sent to it came back; one beside it that is not
-- waits to be confirmed.
CREATE TABLE contact (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    account uuid NOT NULL,
    method text COLLATE "C" NOT NULL,
    address text COLLATE "C" NOT NULL,
    canonical text COLLATE "C" NOT NULL,
    added_at bigint NOT NULL,
    proven_at bigint,
    objected_at bigint,
    PRIMARY KEY (agency, id)
);
CREATE INDEX contact_by_account ON contact (agency, account);
CREATE INDEX contact_by_canonical ON contact (agency, canonical);

-- Which account belongs to which party or application, since when, until
-- when, by which act (C5). What an account is allowed follows from these.
CREATE TABLE link (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    account uuid NOT NULL,
    party uuid NOT NULL,
    application uuid,
    sole uuid,
    since bigint NOT NULL,
    ends_at bigint,
    act text COLLATE "C" NOT NULL,
    by text COLLATE "C" NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX link_one_sole ON link (agency, sole);
CREATE INDEX link_by_account ON link (agency, account);
CREATE INDEX link_by_party ON link (agency, party);
CREATE INDEX link_by_application ON link (agency, application);

-- How many accounts came with a password of a kind that costs something else
-- than a hash of the policy, and how many of them were renewed (P7).
CREATE TABLE password_share (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    class text COLLATE "C" NOT NULL,
    came bigint NOT NULL,
    renewed bigint NOT NULL,
    PRIMARY KEY (agency, id)
);

-- The codes that were sent to one contact and are good (E4, E6).
CREATE TABLE code_book (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    codes text COLLATE "C" NOT NULL,
    touched_at bigint NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE INDEX code_book_by_touched_at ON code_book (agency, touched_at);

-- From one network, the names at which someone failed (E4).
CREATE TABLE source_count (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    tally text COLLATE "C" NOT NULL,
    touched_at bigint NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE INDEX source_count_by_touched_at ON source_count (agency, touched_at);

-- What the office decided of who is who (C4): asked once.
CREATE TABLE who_decision (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    said text COLLATE "C" NOT NULL,
    party uuid,
    decided_at bigint NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE INDEX who_decision_by_party ON who_decision (agency, party);

-- The history that the agency has is its first strand.
INSERT INTO strand (agency, id, revision, length, mac)
SELECT agency, id, 1, history_length, history_head FROM agency;

-- The contacts that accounts were written to. One is proven where a recovery code
-- would have been sent to it, and where its user came by what was sent to it: nobody
-- loses a way in, and nobody gains one. Of a phone beside an e-mail address that is
-- known only where the first message went to the phone.
INSERT INTO contact (agency, id, revision, account, method, address, canonical, added_at, proven_at, objected_at)
SELECT agency, gen_random_uuid(), 1, id, 'email', email, email, created_at,
    CASE WHEN stage IN ('active', 'questions_due') OR enrolment = 'invitation_code' OR last_sign_in_at IS NOT NULL
        THEN coalesce(password_set_at, created_at) END,
    NULL
FROM account
WHERE email IS NOT NULL AND deleted_at IS NULL;
INSERT INTO contact (agency, id, revision, account, method, address, canonical, added_at, proven_at, objected_at)
SELECT account.agency, gen_random_uuid(), 1, account.id, 'sms', account.phone_e164, account.phone_e164, account.created_at,
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
SELECT application.agency, gen_random_uuid(), 1, account.id, party.id, application.id, application.id,
    greatest(
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
SELECT party.agency, gen_random_uuid(), 1, account.id, party.id, NULL, party.id,
    CASE
        WHEN account.party = party.id AND linked.at IS NOT NULL THEN linked.at
        WHEN account.party = party.id THEN account.created_at
        ELSE greatest(coalesce(invitation.redeemed_at, account.created_at), account.created_at + 1)
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
DELETE FROM throttle;
ALTER TABLE throttle RENAME COLUMN attempts_open TO open;
ALTER TABLE throttle RENAME COLUMN attempts_until TO open_until;
ALTER TABLE throttle ADD COLUMN account uuid, ADD COLUMN refusals text COLLATE "C" NOT NULL DEFAULT '[]';
ALTER TABLE throttle ALTER COLUMN refusals DROP DEFAULT;
CREATE INDEX throttle_by_account ON throttle (agency, account);
CREATE INDEX throttle_by_touched_at ON throttle (agency, touched_at);
INSERT INTO throttle
    (agency, id, revision, account, failures, open, open_until, locked_until, refusals, touched_at)
SELECT agency, id, 1, id, failures, attempts_open, attempts_until, locked_until, '[]', created_at
FROM account WHERE (failures > 0 OR attempts_open > 0) AND deleted_at IS NULL;

-- The first message, or the last one in its place, is known as long as it is kept.
-- Where it went to an address that was corrected since, what it carries is good
-- still and shows no contact to be anyone's. Else it went as the party prefers, to
-- the e-mail address, or to the phone.
ALTER TABLE account ADD COLUMN written_to uuid, ADD COLUMN password_class text COLLATE "C";
UPDATE account SET written_to = CASE
        WHEN (SELECT count(*) FROM message WHERE message.agency = account.agency AND message.account = account.id
            AND message.kind IN ('activation', 'registration')) > 0
        THEN (
            SELECT contact.id FROM contact
            WHERE contact.agency = account.agency AND contact.account = account.id
                AND (contact.method, contact.address) = (
                    SELECT message.method, message.address FROM message
                    WHERE message.agency = account.agency AND message.account = account.id
                        AND message.kind IN ('activation', 'registration')
                    ORDER BY message.created_at DESC, message.id DESC LIMIT 1
                )
        )
        ELSE (
            SELECT contact.id FROM contact
            LEFT JOIN party ON party.agency = contact.agency AND party.id = account.party
            WHERE contact.agency = account.agency AND contact.account = account.id
            ORDER BY CASE contact.method WHEN party.preferred THEN 0 ELSE 1 END, contact.method LIMIT 1
        )
    END;

-- Of recoveries only the last step goes on: what was counted at the others is
-- counted elsewhere now, and they are begun anew (E4, E6).
DELETE FROM token WHERE purpose IN ('recovery_code', 'recovery_questions');
ALTER TABLE token DROP COLUMN code_digest, ADD COLUMN source text COLLATE "C", ADD COLUMN contact uuid;
UPDATE token SET contact = account.written_to FROM account
WHERE account.agency = token.agency AND account.id = token.account AND token.purpose = 'activation';

DROP INDEX party_by_account;
ALTER TABLE party DROP COLUMN account;
ALTER TABLE agency DROP COLUMN history_length, DROP COLUMN history_head;
DROP INDEX application_by_account;
ALTER TABLE application DROP COLUMN account;
ALTER TABLE account
    DROP COLUMN party, DROP COLUMN email, DROP COLUMN phone_e164, DROP COLUMN failures, DROP COLUMN attempts_open,
    DROP COLUMN attempts_until, DROP COLUMN locked_until;
ALTER TABLE message ADD COLUMN invitation uuid, ADD COLUMN expires_at bigint;
CREATE INDEX message_by_invitation ON message (agency, invitation);
CREATE INDEX message_by_created_at ON message (agency, created_at);
ALTER TABLE tie ADD COLUMN enrols_at bigint;
CREATE INDEX tie_by_enrols_at ON tie (agency, enrols_at);
ALTER TABLE used_name ADD COLUMN retired_at bigint;
UPDATE used_name SET retired_at = account.deleted_at FROM account
WHERE account.agency = used_name.agency AND account.id = used_name.account;
CREATE INDEX used_name_by_account ON used_name (agency, account);
