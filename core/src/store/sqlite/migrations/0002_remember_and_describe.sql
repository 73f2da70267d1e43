-- Version 2: "remember me" survives the steps of a sign-in (E5); the last act on
-- an account is told in any language (A3).

-- Of steps that are open it is not known whether it was ticked: as before, they
-- lead to an ordinary session.
ALTER TABLE token ADD COLUMN remember INTEGER NOT NULL DEFAULT 0;

-- Of sessions it is: only those that were granted with it have no idle limit.
UPDATE token SET remember = 1 WHERE purpose = 'session' AND idle_ms IS NULL;

-- What was an English sentence is the act and the name of who did it.
UPDATE account SET description = json_object(
    'act', CASE substr(description, 1, instr(description, ' by ') - 1)
        WHEN 'updated from a roster' THEN 'updated'
        WHEN 'sent again' THEN 'sent_again'
        WHEN 'password reset' THEN 'password_reset'
        WHEN 'note changed' THEN 'note_changed'
        WHEN 'made account manager' THEN 'manager_added'
        WHEN 'ceased to be account manager' THEN 'manager_removed'
        ELSE substr(description, 1, instr(description, ' by ') - 1)
    END,
    'by', substr(description, instr(description, ' by ') + 4))
WHERE description IS NOT NULL;
