"""What the law says people must be sent is owed with its last day until the sending is noted."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from complaints.actions.note_sending import NotSent, note_sending
from complaints.actions.remind_settlers import remind_settlers
from complaints.enums import MatterKind, Stage
from complaints.models import Matter, Sending
from complaints.models.sending import SendingKind
from complaints.queries.sendings import owed_sendings, owes
from egov.notifications.models import Notification
from egov.workdays.load_holidays import load_holidays
from egov.workflow.refusal import NotPermitted
from tests.factories.settlements import SETTLED, Bench, accepted, make_bench, settled, vn
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db
PROOF = "Biên nhận RR123456789VN"


@pytest.fixture
def bench() -> Bench:
    load_holidays([2026])
    return make_bench()


def reminded(bench: Bench, words: str) -> list[str]:
    found = Notification.objects.visible_to(bench.handler).filter(text__contains=words).order_by("pk")
    return list(found.values_list("text", flat=True))


@pytest.mark.rule("complaints", 21)
@pytest.mark.parametrize(
    ("kind", "stage", "due_on"),
    [
        # Monday 31/08; 01 and 02/09 are holidays.
        (MatterKind.COMPLAINT, Stage.FIRST, date(2026, 9, 7)),
        (MatterKind.DENUNCIATION, Stage.FIRST, date(2026, 9, 9)),
    ],
)
def test_a_result_is_owed_from_its_issue_within_the_laws_days(bench: Bench, kind, stage, due_on):
    matter = settled(bench, kind=kind, stage=stage).matter
    (owed,) = owed_sendings(matter)
    assert (owed.kind, owed.started_on, owed.due_on) == (SendingKind.RESULT, SETTLED, due_on)


@pytest.mark.rule("complaints", 25)
def test_the_sending_of_a_result_reminds_until_it_is_noted(bench: Bench):
    outcome = settled(bench)
    due = owed_sendings(outcome.matter)[0].due_on
    remind_settlers(vn(due.year, due.month, due.day))
    (text,) = reminded(bench, "100% thời hạn gửi kết quả giải quyết")
    assert outcome.matter.letter.code in text
    note_sending(
        bench.handler,
        outcome.matter,
        kind=SendingKind.RESULT,
        sent_on=SETTLED,
        proof=PROOF,
        at=vn(2026, 9, 1),
    )
    assert not owes(Matter.objects.get(pk=outcome.matter_id))
    remind_settlers(vn(2026, 9, 30))
    assert reminded(bench, "gửi kết quả") == [text]
    assert reminded(bench, "100% thời hạn công khai kết quả"), "nothing was published yet"


@pytest.mark.rule("complaints", 25)
@pytest.mark.rule("complaints", 39)
def test_that_a_denunciation_was_accepted_is_told_within_five_working_days(bench: Bench):
    """Accepted on Monday 10/08: the fifth working day is Monday 17/08."""
    matter = accepted(bench, kind=MatterKind.DENUNCIATION)
    assert [one.due_on for one in owed_sendings(matter)] == [date(2026, 8, 17)]
    remind_settlers(vn(2026, 8, 17))
    (text,) = reminded(bench, "thời hạn thông báo thụ lý")
    assert matter.summary not in text
    note_sending(
        bench.handler,
        matter,
        kind=SendingKind.ACCEPTANCE,
        sent_on=date(2026, 8, 12),
        proof=PROOF,
        at=vn(2026, 8, 17),
    )
    assert owed_sendings(Matter.objects.get(pk=matter.pk)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"sent_on": date(2026, 8, 30)},
        {"sent_on": date(2026, 9, 2)},
        {"proof": " "},
        {"kind": SendingKind.ACCEPTANCE},
    ],
)
def test_a_day_that_cannot_be_no_proof_or_nothing_owed_is_refused(bench: Bench, wrong: dict[str, object]):
    matter = settled(bench).matter
    facts = {"kind": SendingKind.RESULT, "sent_on": SETTLED, "proof": PROOF} | wrong
    with pytest.raises(NotSent):
        note_sending(bench.handler, matter, **facts, at=vn(2026, 9, 1))


def test_it_is_noted_once_and_stays(bench: Bench):
    matter = settled(bench).matter
    noted = {"kind": SendingKind.RESULT, "sent_on": SETTLED, "proof": PROOF, "at": vn(2026, 9, 1)}
    made = note_sending(bench.handler, matter, **noted)
    with pytest.raises(NotSent):
        note_sending(bench.handler, matter, **noted)
    with pytest.raises(InternalError), transaction.atomic():
        Sending.objects.filter(pk=made.pk).update(proof="Khác")
    with pytest.raises(IntegrityError), transaction.atomic():
        Sending.objects.create(
            matter=matter,
            kind="result",
            sent_on=SETTLED,
            proof="x",
            noted_at=vn(2026, 9, 1),
            noted_by=bench.handler.membership,
        )


def test_an_outsider_notes_nothing(bench: Bench):
    matter = settled(bench).matter
    for outsider in (bench.outsider, bench.colleague, bench.registry):
        with pytest.raises(NotPermitted):
            note_sending(
                outsider, matter, kind=SendingKind.RESULT, sent_on=SETTLED, proof=PROOF, at=vn(2026, 9, 1)
            )


def test_the_handler_notes_it_on_the_page(bench: Bench, clock):
    clock.move_to(vn(2026, 9, 3))
    matter = settled(bench).matter
    browser = signed_in(bench.handler)
    page = browser.get(reverse("complaints:matter_detail", args=[matter.pk])).content.decode()
    assert "Quyết định, kết luận giải quyết, hạn 07/09/2026" in page
    url = reverse("complaints:telling_step", args=[matter.pk, "sending"])
    typed = {"kind": "result", "sent_on": "01/09/2026", "proof": PROOF}
    answer = browser.post(url, typed | {"proof": ""})
    assert answer.status_code == 422
    assert PROOF in browser.post(url, typed, follow=True).content.decode()
