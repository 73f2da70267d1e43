-- Version 2: "remember me" survives the steps of a sign-in (E5).

-- Of steps that are open it is not known whether it was ticked: as before, they
-- lead to an ordinary session.
ALTER TABLE token ADD COLUMN remember INTEGER NOT NULL DEFAULT 0;

-- Of sessions it is: only those that were granted with it have no idle limit.
UPDATE token SET remember = 1 WHERE purpose = 'session' AND idle_ms IS NULL;
