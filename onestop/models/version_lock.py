"""Once a version left the desk, the database itself refuses to change what it says.

A dossier keeps its version's number, so a line rewritten in place would change deadlines, papers and fees of
people who were promised something else (rule 5). Only drafts may be written; see actions/create_version.py.
"""

import pgtrigger

# The version that a line belongs to, from the line's own foreign key.
_OF_VERSION = "v.id = ANY(keys)"
_OF_CASE = "v.id IN (SELECT version_id FROM onestop_case WHERE id = ANY(keys))"
_OF_LEG = (
    "v.id IN (SELECT c.version_id FROM onestop_plannedleg l JOIN onestop_case c ON c.id = l.case_id"
    " WHERE l.id = ANY(keys))"
)
_FIND = {"version_id": _OF_VERSION, "case_id": _OF_CASE, "leg_id": _OF_LEG}

_FUNCTION = """
    DECLARE
        keys BIGINT[] := '{{}}';
    BEGIN
        IF TG_OP <> 'INSERT' THEN keys := keys || OLD.{column}::bigint; END IF;
        IF TG_OP <> 'DELETE' THEN keys := keys || NEW.{column}::bigint; END IF;
        IF EXISTS (SELECT 1 FROM onestop_procedureversion v WHERE v.state <> 'draft' AND {find}) THEN
            RAISE EXCEPTION 'only a draft of a procedure may be changed';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END;
"""


def lines_of_a_draft(column: str) -> pgtrigger.Trigger:
    """Lines are written only while their version is a draft; ``column`` leads from the line towards it."""
    return pgtrigger.Trigger(
        name="draft_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_FUNCTION.format(column=column, find=_FIND[column]),
    )


def facts_of_a_draft(*columns: str) -> pgtrigger.Trigger:
    """The same for the version's own columns; state, dates and verification follow its life instead."""
    before = ", ".join(f"OLD.{column}" for column in columns)
    after = ", ".join(f"NEW.{column}" for column in columns)
    return pgtrigger.Protect(
        name="draft_only",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            f"OLD.state <> 'draft' AND ROW({before}) IS DISTINCT FROM ROW({after})"
        ),
    )
