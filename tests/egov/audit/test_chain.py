"""The audit chain: ties itself at commit, refuses edits, and betrays those that got past the refusal."""

from concurrent.futures import ThreadPoolExecutor

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from egov.audit.models import AuditEvent, AuditLink
from egov.audit.record import record
from egov.audit.verify_chain import verify_chain
from egov.workflow.performer import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)

SLIPPED_IN = """
    INSERT INTO audit_auditevent (at, action, person, address, subject_type, subject_id, details)
    VALUES (now(), 'tests.forged', 'Không ai', '', 'text', '1', '{}')
"""


def note(number: int) -> None:
    record(SYSTEM, "tests.note", f"việc {number}", tên="Đặng Thị Hằng", lần=number)


def note_from_a_connection_of_its_own(number: int) -> None:
    try:
        with transaction.atomic():
            note(number)
            note(number + 1000)
    finally:
        connection.close()


def edit(sql: str) -> None:
    """What somebody with the database's own password does: switch the triggers off, then edit."""
    with connection.cursor() as cursor:
        for table in ("audit_auditevent", "audit_auditlink"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        for table in ("audit_auditevent", "audit_auditlink"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_an_empty_chain_is_intact():
    assert verify_chain().intact


def test_the_chain_is_whole_after_parallel_commits():
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(note_from_a_connection_of_its_own, range(40)))
    report = verify_chain()
    assert report.faults == ()
    assert report.links == 80
    assert list(AuditLink.objects.values_list("position", flat=True)) == list(range(1, 81))


def test_what_is_rolled_back_leaves_no_link():
    note(1)
    with transaction.atomic():
        note(2)
        transaction.set_rollback(True)
    note(3)
    assert verify_chain().links == 2
    assert verify_chain().intact


def test_events_that_came_in_bulk_are_chained_too():
    AuditEvent.objects.bulk_create(
        AuditEvent(action="tests.note", person="", subject_type="text", subject_id=str(n)) for n in range(5)
    )
    assert verify_chain().links == 5


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET person = 'người khác'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
        "UPDATE audit_auditlink SET hash = ''",
        "DELETE FROM audit_auditlink",
        "TRUNCATE audit_auditlink",
    ],
)
def test_the_database_refuses_to_edit(statement):
    note(1)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify_chain().links == 1


@pytest.mark.parametrize(
    "change",
    [
        "person = 'người khác'",
        "at = at + interval '1 microsecond'",
        "action = 'tests.other'",
        "user_id = 7",
        "agency_id = 7",
        "address = '10.0.0.1'",
        "subject_id = 'khác'",
        "details = details || '{\"lần\": 99}'",
    ],
)
def test_an_edit_past_the_trigger_is_found(change):
    for number in range(3):
        note(number)
    second = AuditEvent.objects.order_by("pk")[1].pk
    edit(f"UPDATE audit_auditevent SET {change} WHERE id = {second}")
    report = verify_chain()
    assert report.faults == (f"event {second} of link 2 was changed",)


def test_a_deletion_past_the_trigger_is_found():
    for number in range(3):
        note(number)
    first = AuditEvent.objects.order_by("pk")[0].pk
    edit(f"DELETE FROM audit_auditevent WHERE id = {first}")
    assert verify_chain().faults == (f"event {first} of link 1 is missing",)
    edit("DELETE FROM audit_auditlink WHERE position = 1")
    faults = verify_chain().faults
    assert faults[0] == "link 1 is missing"
    assert "was changed" in faults[1]


def test_an_event_slipped_in_is_found():
    note(1)
    edit(SLIPPED_IN)
    assert verify_chain().faults == ("1 events stand outside the chain",)


def test_the_text_does_not_depend_on_the_time_zone_of_the_reader():
    note(1)
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'America/New_York'")
        assert verify_chain().intact
        cursor.execute("SET TIME ZONE 'UTC'")


def test_the_command_prints_the_head_and_fails_on_a_broken_chain(capsys):
    note(1)
    call_command("verify_audit")
    assert verify_chain().head in capsys.readouterr().out
    edit("UPDATE audit_auditevent SET person = ''")
    with pytest.raises(CommandError, match="broken"):
        call_command("verify_audit")


def test_the_library_that_keeps_triggers_can_be_told_to_ignore_them_and_the_chain_still_tells():
    note(1)
    with pgtrigger.ignore("audit.AuditEvent:append_only"):
        AuditEvent.objects.update(person="người khác")
    assert not verify_chain().intact
