"""Whose word on a dossier's status counts, held inside the database whoever writes the change (rules 48, 49).

Every change of state is a row of ``DossierChange``; its trigger is the one place that no action, command or
raw statement can pass. Where the province's system is of record, the status becomes an event for the national
portal in the same transaction: told later, but never forgotten. Where a ministry's system is, a change
without that system's word is refused.
"""

import pgtrigger

from onestop.enums import DossierState

# The portal's code of a state is its place in the list (domain: 3.3).
NATIONAL_CODE = {state: code for code, state in enumerate(DossierState, start=1)}
_STATES = ", ".join(f"'{state.value}'" for state in DossierState)

FOLLOW_SYSTEM_OF_RECORD = f"""
    DECLARE
        of_record TEXT;
    BEGIN
        SELECT procedure.system_of_record INTO of_record
        FROM onestop_dossier dossier
        JOIN onestop_procedureversion version ON version.id = dossier.version_id
        JOIN onestop_procedure procedure ON procedure.id = version.procedure_id
        WHERE dossier.id = NEW.dossier_id;
        IF of_record = 'ministry' THEN
            IF NOT EXISTS (
                SELECT FROM onestop_mirroredstatus told
                WHERE told.dossier_id = NEW.dossier_id AND told.state = NEW.after AND told.taken_at = NEW.at
            ) THEN
                RAISE EXCEPTION 'the status of dossier % is decided in another system', NEW.dossier_id
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END IF;
        -- One writer a dossier, so that its events are numbered in the order of its changes.
        PERFORM FROM onestop_dossier WHERE id = NEW.dossier_id FOR NO KEY UPDATE;
        INSERT INTO onestop_syncevent (
            dossier_id, sequence, code, at, state, attempts, next_try_at, last_error, remote_id
        )
        SELECT NEW.dossier_id, coalesce(max(sequence), 0) + 1,
               array_position(ARRAY[{_STATES}], NEW.after::text), NEW.at, 'pending', 0, NEW.at, '', ''
        FROM onestop_syncevent WHERE dossier_id = NEW.dossier_id;
        RETURN NEW;
    END;
"""  # noqa: S608  (only our own codes are put in)


def follows_system_of_record() -> pgtrigger.Trigger:
    """For the history of dossiers."""
    return pgtrigger.Trigger(
        name="follows_system_of_record",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=FOLLOW_SYSTEM_OF_RECORD,
    )
