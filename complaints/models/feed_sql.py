"""What is told to the national database is written where it happens, and holds nothing of who denounces.

Every step of a matter is a row of ``MatterChange``, every correction of what it counts as a row of
``Classification``, every visit in the register a row of ``VisitChange``: their triggers are the one place
that no action, command or raw statement can pass. Told later, but queued in the same transaction (rule 51).
"""

import pgtrigger

# All that is ever told of what denounces: which code, which kind, when, where it goes, how far it is.
GUARDED_FIELDS = (
    "reference",
    "subject",
    "sequence",
    "revision",
    "event",
    "kind",
    "received_on",
    "on",
    "state",
    "direction",
)
_GUARDED = ", ".join(f"'{name}'" for name in GUARDED_FIELDS)

# One writer a record, so that its entries are numbered in the order of its events.
_QUEUE = """
        PERFORM FROM complaints_feedrecord WHERE id = feed FOR NO KEY UPDATE;
        INSERT INTO complaints_feedentry (
            record_id, sequence, revision, event, after, at, state, attempts, next_try_at, answer, remote_id,
            ground
        )
        SELECT feed, coalesce(max(sequence), 0) + 1, 1, {event}, {after}, NEW.at, 'queued', 0, NEW.at, '', '',
               ''
        FROM complaints_feedentry WHERE record_id = feed;
        RETURN NEW;
    END;
"""
_OF_MATTER = """
    DECLARE
        feed BIGINT;
    BEGIN
        INSERT INTO complaints_feedrecord (matter_id, reference, held_by, resend_problem)
        SELECT matter.id, letter.code || '.' || matter.ordinal, '', ''
        FROM complaints_matter matter JOIN complaints_letter letter ON letter.id = matter.letter_id
        WHERE matter.id = NEW.matter_id
        ON CONFLICT (matter_id) DO NOTHING;
        SELECT id INTO feed FROM complaints_feedrecord WHERE matter_id = NEW.matter_id;
"""
QUEUE_STEP = _OF_MATTER + _QUEUE.format(event="'state'", after="NEW.after")
# What it is counted as at its entry is told with the entry itself.
QUEUE_CLASSIFICATION = _OF_MATTER.replace(
    "    BEGIN\n",
    """    BEGIN
        IF NOT EXISTS (SELECT FROM complaints_feedrecord WHERE matter_id = NEW.matter_id) THEN
            RETURN NEW;
        END IF;
""",
) + _QUEUE.format(
    event="'classified'", after="(SELECT state FROM complaints_matter WHERE id = NEW.matter_id)"
)
_OF_VISIT = """
    DECLARE
        feed BIGINT;
    BEGIN
        INSERT INTO complaints_feedrecord (visit_id, reference, held_by, resend_problem)
        SELECT visit.id, visit.code, '', '' FROM complaints_visit visit WHERE visit.id = NEW.visit_id
        ON CONFLICT (visit_id) DO NOTHING;
        SELECT id INTO feed FROM complaints_feedrecord WHERE visit_id = NEW.visit_id;
"""
QUEUE_VISIT = _OF_VISIT + _QUEUE.format(event="'state'", after="NEW.after")

# What was sent, or was replaced, is never written again; only less of it may stay, when a letter goes under
# seal (``move_to_protected``).
SENT_FOR_GOOD = """
    IF OLD.content @> NEW.content
        AND to_jsonb(NEW) - 'content' = to_jsonb(OLD) - 'content'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'feed entry % stays what it is', OLD.id;
"""
NOTHING_OF_A_DENOUNCER = f"""
    IF NEW.content - ARRAY[{_GUARDED}] <> '{{}}'::jsonb AND EXISTS (
        SELECT FROM complaints_feedrecord record
        LEFT JOIN complaints_matter matter ON matter.id = record.matter_id
        LEFT JOIN complaints_visit visit ON visit.id = record.visit_id
        LEFT JOIN complaints_letter letter ON letter.id = coalesce(matter.letter_id, visit.letter_id)
        LEFT JOIN complaints_letter moved ON moved.moved_from_id = letter.id
        WHERE record.id = NEW.record_id
          AND (letter.is_protected OR visit.is_protected OR moved.id IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'feed entry % tells too much of what denounces', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


def queues_step() -> pgtrigger.Trigger:
    """For the history of matters; a hand-over within one state is not told."""
    return _after_insert(QUEUE_STEP, "NEW.before <> NEW.after")


def queues_classification() -> pgtrigger.Trigger:
    """For what matters are counted as."""
    return _after_insert(QUEUE_CLASSIFICATION)


def queues_visit() -> pgtrigger.Trigger:
    """For the history of visits: one is told once it stands in the register."""
    return _after_insert(QUEUE_VISIT, "NEW.after = 'closed'")


def _after_insert(func: str, condition: str = "") -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="queues_for_feed",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func=func,
        condition=pgtrigger.Condition(condition) if condition else None,
    )
