-- Version 2, the first that PostgreSQL has. A released step is never edited: a
-- change is a new step.
--
-- Moments are milliseconds since 1970 in UTC: to_timestamp(created_at / 1000.0)
-- shows one. Texts are compared byte by byte. Every key and index begins with
-- the agency. A column without a value takes no unique key.

-- Of which version the tables are: one row.
CREATE TABLE carekey_version (
    version bigint NOT NULL
);
INSERT INTO carekey_version VALUES (0);

-- One tenant. Its id is its agency, derived from the code.
CREATE TABLE agency (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    code text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    prefix text COLLATE "C" NOT NULL,
    country text COLLATE "C" NOT NULL,
    locale text COLLATE "C" NOT NULL,
    link_base text COLLATE "C" NOT NULL,
    owner_email text COLLATE "C",
    policy text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    history_length bigint NOT NULL,
    history_head bytea NOT NULL,
    PRIMARY KEY (agency, id)
);

-- A person or an organization that the agency knows.
CREATE TABLE party (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    external_id text COLLATE "C",
    roles text COLLATE "C" NOT NULL,
    display_name text COLLATE "C" NOT NULL,
    first_name text COLLATE "C",
    middle_name text COLLATE "C",
    last_name text COLLATE "C",
    nickname text COLLATE "C",
    name_key text COLLATE "C" NOT NULL,
    email text COLLATE "C",
    email_canonical text COLLATE "C",
    phone text COLLATE "C",
    phone_e164 text COLLATE "C",
    preferred text COLLATE "C",
    locale text COLLATE "C",
    account uuid,
    invitation uuid,
    created_at bigint NOT NULL,
    deleted_at bigint,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX party_one_external_id ON party (agency, external_id);
CREATE INDEX party_by_account ON party (agency, account);
CREATE INDEX party_by_name_key ON party (agency, name_key);
CREATE INDEX party_by_email_canonical ON party (agency, email_canonical);
CREATE INDEX party_by_phone_e164 ON party (agency, phone_e164);

-- A login of one party.
CREATE TABLE account (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    username text COLLATE "C" NOT NULL,
    username_canonical text COLLATE "C" NOT NULL,
    party uuid,
    display_name text COLLATE "C" NOT NULL,
    display_key text COLLATE "C" NOT NULL,
    first_name text COLLATE "C",
    last_name text COLLATE "C",
    email text COLLATE "C",
    phone_e164 text COLLATE "C",
    locale text COLLATE "C",
    enrolment text COLLATE "C" NOT NULL,
    stage text COLLATE "C" NOT NULL,
    password text COLLATE "C",
    password_set_at bigint,
    password_expires_at bigint,
    epoch bigint NOT NULL,
    failures bigint NOT NULL,
    attempts_open bigint NOT NULL,
    attempts_until bigint,
    locked_until bigint,
    last_sign_in_at bigint,
    created_at bigint NOT NULL,
    manager_since bigint,
    disabled_at bigint,
    deleted_at bigint,
    note text COLLATE "C",
    description text COLLATE "C",
    history_length bigint NOT NULL,
    history_head bytea NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX account_one_username_canonical ON account (agency, username_canonical);
CREATE INDEX account_by_display_key ON account (agency, display_key);

-- A name that was used once and is never given to another (U4, U6).
CREATE TABLE used_name (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    skeleton text COLLATE "C" NOT NULL,
    canonical text COLLATE "C" NOT NULL,
    account uuid NOT NULL,
    claimed_at bigint NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX used_name_one_skeleton ON used_name (agency, skeleton);

-- A password of the past (P4).
CREATE TABLE old_password (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    account uuid NOT NULL,
    password text COLLATE "C" NOT NULL,
    replaced_at bigint NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE INDEX old_password_by_account ON old_password (agency, account);

-- An answer to a security question (Q).
CREATE TABLE answer (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    account uuid NOT NULL,
    question text COLLATE "C" NOT NULL,
    hash text COLLATE "C" NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX answer_one_account_question ON answer (agency, account, question);

-- A session, or a live step towards one: only whoever holds the token
-- may take that very step (E5, E6).
CREATE TABLE token (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    account uuid,
    purpose text COLLATE "C" NOT NULL,
    digest bytea NOT NULL,
    code_digest bytea,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    idle_ms bigint,
    used_at bigint NOT NULL,
    epoch bigint NOT NULL,
    tries bigint NOT NULL,
    ended_at bigint,
    remember boolean NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX token_one_digest ON token (agency, digest);
CREATE INDEX token_by_account ON token (agency, account);

-- An invitation: a link and a code (I).
CREATE TABLE invitation (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    party uuid NOT NULL,
    application uuid,
    method text COLLATE "C" NOT NULL,
    contact text COLLATE "C" NOT NULL,
    link_digest bytea NOT NULL,
    code_digest bytea NOT NULL,
    issued_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    superseded_at bigint,
    redeemed_at bigint,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX invitation_one_link_digest ON invitation (agency, link_digest);
CREATE UNIQUE INDEX invitation_one_code_digest ON invitation (agency, code_digest);
CREATE INDEX invitation_by_party ON invitation (agency, party);

-- A child-care application that a family submitted.
CREATE TABLE application (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    number text COLLATE "C" NOT NULL,
    family uuid NOT NULL,
    family_name text COLLATE "C" NOT NULL,
    account uuid,
    submitted_at bigint NOT NULL,
    invitation uuid,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX application_one_number ON application (agency, number);
CREATE INDEX application_by_family ON application (agency, family);
CREATE INDEX application_by_account ON application (agency, account);
CREATE INDEX application_by_family_name ON application (agency, family_name);

-- A tie: who is the kind of of (R).
CREATE TABLE tie (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    who uuid NOT NULL,
    "of" uuid NOT NULL,
    begins_at bigint NOT NULL,
    ends_at bigint,
    PRIMARY KEY (agency, id)
);
CREATE INDEX tie_by_who ON tie (agency, who);
CREATE INDEX tie_by_of ON tie (agency, "of");

-- A grant of one resource to a member of the office staff (V).
CREATE TABLE access_grant (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    party uuid NOT NULL,
    resource text COLLATE "C" NOT NULL,
    "of" uuid,
    begins_at bigint NOT NULL,
    ends_at bigint,
    PRIMARY KEY (agency, id)
);
CREATE INDEX access_grant_by_party ON access_grant (agency, party);

-- A message that waits for the host's mailer or gateway (N).
CREATE TABLE message (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    method text COLLATE "C" NOT NULL,
    address text COLLATE "C" NOT NULL,
    locale text COLLATE "C" NOT NULL,
    account uuid,
    params text COLLATE "C" NOT NULL,
    sealed bytea,
    state text COLLATE "C" NOT NULL,
    due_at bigint NOT NULL,
    tries bigint NOT NULL,
    created_at bigint NOT NULL,
    closed_at bigint,
    PRIMARY KEY (agency, id)
);
CREATE INDEX message_by_state_due_at ON message (agency, state, due_at);
CREATE INDEX message_by_account ON message (agency, account);

-- One line of a history (H).
CREATE TABLE event (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    subject uuid NOT NULL,
    sequence bigint NOT NULL,
    at bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    actor_account uuid,
    actor_name text COLLATE "C" NOT NULL,
    details text COLLATE "C" NOT NULL,
    source text COLLATE "C",
    mac bytea NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX event_one_subject_sequence ON event (agency, subject, sequence);

-- Failures of those who knock without an account: invitation codes (I3).
CREATE TABLE throttle (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    failures bigint NOT NULL,
    attempts_open bigint NOT NULL,
    attempts_until bigint,
    locked_until bigint,
    touched_at bigint NOT NULL,
    PRIMARY KEY (agency, id)
);

-- A text that an agency put in the place of the one that ships (N).
CREATE TABLE template (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    method text COLLATE "C" NOT NULL,
    locale text COLLATE "C" NOT NULL,
    subject text COLLATE "C",
    body text COLLATE "C" NOT NULL,
    PRIMARY KEY (agency, id)
);
CREATE UNIQUE INDEX template_one_kind_method_locale ON template (agency, kind, method, locale);

-- A fact about the store itself, under the agency of all zeros.
CREATE TABLE setting (
    agency uuid NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL,
    value bytea NOT NULL,
    PRIMARY KEY (agency, id)
);
