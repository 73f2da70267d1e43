-- Version 1. A released step is never edited: a change is a new step.
--
-- Ids are 16 bytes, moments are milliseconds since 1970 in UTC. Every key and
-- index begins with the agency. SQLite holds nulls in a unique index to be
-- different from each other, so that a column without a value takes no key.

-- One tenant. Its id is its agency, derived from the code.
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
    history_length INTEGER NOT NULL,
    history_head BLOB NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;

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
    account BLOB,
    invitation BLOB,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX party_one_external_id ON party (agency, external_id);
CREATE INDEX party_by_account ON party (agency, account);
CREATE INDEX party_by_name_key ON party (agency, name_key);
CREATE INDEX party_by_email_canonical ON party (agency, email_canonical);
CREATE INDEX party_by_phone_e164 ON party (agency, phone_e164);

-- A login of one party.
CREATE TABLE account (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    username TEXT NOT NULL,
    username_canonical TEXT NOT NULL,
    party BLOB,
    display_name TEXT NOT NULL,
    display_key TEXT NOT NULL,
    first_name TEXT,
    last_name TEXT,
    email TEXT,
    phone_e164 TEXT,
    locale TEXT,
    enrolment TEXT NOT NULL,
    stage TEXT NOT NULL,
    password TEXT,
    password_set_at INTEGER,
    password_expires_at INTEGER,
    epoch INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    attempts_open INTEGER NOT NULL,
    attempts_until INTEGER,
    locked_until INTEGER,
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

-- A name that was used once and is never given to another (U4, U6).
CREATE TABLE used_name (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    skeleton TEXT NOT NULL,
    canonical TEXT NOT NULL,
    account BLOB NOT NULL,
    claimed_at INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX used_name_one_skeleton ON used_name (agency, skeleton);

-- A password of the past (P4).
CREATE TABLE old_password (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    account BLOB NOT NULL,
    password TEXT NOT NULL,
    replaced_at INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX old_password_by_account ON old_password (agency, account);

-- An answer to a security question (Q).
CREATE TABLE answer (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    account BLOB NOT NULL,
    question TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX answer_one_account_question ON answer (agency, account, question);

-- A session, or a live step towards one: only whoever holds the token
-- may take that very step (E5, E6).
CREATE TABLE token (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    account BLOB,
    purpose TEXT NOT NULL,
    digest BLOB NOT NULL,
    code_digest BLOB,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    idle_ms INTEGER,
    used_at INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX token_one_digest ON token (agency, digest);
CREATE INDEX token_by_account ON token (agency, account);

-- An invitation: a link and a code (I).
CREATE TABLE invitation (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    party BLOB NOT NULL,
    application BLOB,
    method TEXT NOT NULL,
    contact TEXT NOT NULL,
    link_digest BLOB NOT NULL,
    code_digest BLOB NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    superseded_at INTEGER,
    redeemed_at INTEGER,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX invitation_one_link_digest ON invitation (agency, link_digest);
CREATE UNIQUE INDEX invitation_one_code_digest ON invitation (agency, code_digest);
CREATE INDEX invitation_by_party ON invitation (agency, party);

-- A child-care application that a family submitted.
CREATE TABLE application (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    number TEXT NOT NULL,
    family BLOB NOT NULL,
    family_name TEXT NOT NULL,
    account BLOB,
    submitted_at INTEGER NOT NULL,
    invitation BLOB,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX application_one_number ON application (agency, number);
CREATE INDEX application_by_family ON application (agency, family);
CREATE INDEX application_by_account ON application (agency, account);
CREATE INDEX application_by_family_name ON application (agency, family_name);

-- A tie: who is the kind of of (R).
CREATE TABLE tie (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    kind TEXT NOT NULL,
    who BLOB NOT NULL,
    "of" BLOB NOT NULL,
    begins_at INTEGER NOT NULL,
    ends_at INTEGER,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tie_by_who ON tie (agency, who);
CREATE INDEX tie_by_of ON tie (agency, "of");

-- A grant of one resource to a member of the office staff (V).
CREATE TABLE access_grant (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    party BLOB NOT NULL,
    resource TEXT NOT NULL,
    "of" BLOB,
    begins_at INTEGER NOT NULL,
    ends_at INTEGER,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX access_grant_by_party ON access_grant (agency, party);

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

-- One line of a history (H).
CREATE TABLE event (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    subject BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    actor_account BLOB,
    actor_name TEXT NOT NULL,
    details TEXT NOT NULL,
    source TEXT,
    mac BLOB NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX event_one_subject_sequence ON event (agency, subject, sequence);

-- Failures of those who knock without an account: invitation codes (I3).
CREATE TABLE throttle (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    attempts_open INTEGER NOT NULL,
    attempts_until INTEGER,
    locked_until INTEGER,
    touched_at INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;

-- A text that an agency put in the place of the one that ships (N).
CREATE TABLE template (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    kind TEXT NOT NULL,
    method TEXT NOT NULL,
    locale TEXT NOT NULL,
    subject TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX template_one_kind_method_locale ON template (agency, kind, method, locale);

-- A fact about the store itself, under the agency of all zeros.
CREATE TABLE setting (
    agency BLOB NOT NULL CHECK (length(agency) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;

-- What the query planner is to assume. Left alone it takes an agency to have
-- ten rows and reads them all where an index would do. ANALYZE puts measured
-- numbers in the place of these: rows, rows per agency, and for each further
-- column of an index, rows per value.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat)
SELECT
    tables.name,
    -- The key of a table WITHOUT ROWID goes by the name of the table.
    iif(indexes.origin = 'pk', tables.name, indexes.name),
    '1000000 10000'
        || substr(' 100 100', 1, 4 * ((SELECT count(*) FROM pragma_index_info(indexes.name)) - 2))
        || iif(indexes."unique", ' 1', ' 4')
FROM sqlite_schema AS tables, pragma_index_list(tables.name) AS indexes
WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%';
ANALYZE sqlite_schema;
