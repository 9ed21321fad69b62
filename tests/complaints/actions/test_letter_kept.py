"""After entry: a part is split off, words are corrected, papers come, duplicates are linked by a person."""

import hashlib
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import InternalError, transaction

from complaints.actions.attach import GoesThroughTheSeal, PaperNotAcceptable, attach
from complaints.actions.correct import NothingToCorrect, ReasonMissing, correct_letter, correct_matter
from complaints.actions.enter import enter
from complaints.actions.entry import EntryNotAcceptable, HandedPaper
from complaints.actions.link import NotADuplicate, link_duplicate, unlink_duplicate
from complaints.actions.split import NeedsProtectedRegister, split
from complaints.enums import DutyKind, MatterKind
from complaints.models import Attachment, Letter
from egov.files.refusals import FileRefused
from egov.files.store import read_checked
from egov.organizations.actor import Actor
from egov.workflow.refusal import NotPermitted
from tests.factories.documents import pdf_of
from tests.factories.entries import AUGUST_MORNING, content, entry
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory
from tests.factories.sealing import make_sealed_office

pytestmark = pytest.mark.django_db
NOW = AUGUST_MORNING
K = MatterKind


@pytest.fixture
def clerk() -> Actor:
    return appointed(AgencyFactory(), DutyKind.INTAKE)


def entered(clerk: Actor, at: datetime = NOW, **traits: object) -> Letter:
    return enter(clerk, entry(at=at, **traits), at=at)


@pytest.mark.rule("complaints", 2)
def test_a_part_found_on_reading_gets_a_place_and_a_clock_of_its_own(clerk):
    letter = entered(clerk)
    part = split(clerk, letter, content(K.SUGGESTION, summary="Sửa đường"), at=NOW + timedelta(days=3))
    assert (part.ordinal, part.kind, part.letter) == (2, K.SUGGESTION, letter)
    # From arrival, not from the day on which it was found.
    assert part.process_due_on == date(2026, 8, 17)
    assert part.changes.count() == 1


@pytest.mark.rule("complaints", 2)
def test_a_denunciation_is_not_split_off_beside_the_names_of_its_letter(clerk):
    letter = entered(clerk)
    with pytest.raises(NeedsProtectedRegister):
        split(clerk, letter, content(K.DENUNCIATION), at=NOW)
    with pytest.raises(EntryNotAcceptable, match="sổ riêng"):
        split(clerk, letter, content(K.INFORMATION), at=NOW)
    assert letter.matters.count() == 1


def test_a_correction_keeps_the_old_words_and_its_reason(clerk):
    letter = entered(clerk)
    correct_letter(clerk, letter, {"is_signed": False}, reason="Xem lại bản gốc", at=NOW)
    matter = letter.matters.get()
    correct_matter(clerk, matter, {"summary": "Bồi thường cây trồng"}, reason="Ghi rõ hơn", at=NOW)
    kept = [(one.field, one.before, one.after) for one in letter.corrections.all()]
    assert kept[0] == ("is_signed", "có", "không")
    assert kept[1][0] == "summary"
    assert kept[1][2] == "Bồi thường cây trồng"
    with pytest.raises(InternalError), transaction.atomic():
        letter.corrections.update(before="khác")


@pytest.mark.rule("complaints", 6)
def test_a_corrected_arrival_moves_the_clock_and_says_so(clerk):
    letter = entered(clerk)
    earlier = letter.received_at - timedelta(days=3)
    correct_letter(clerk, letter, {"received_at": earlier, "written_on": None}, reason="Dấu bưu điện", at=NOW)
    matter = letter.matters.get()
    assert matter.process_due_on == date(2026, 8, 14)
    assert matter.clock_changes.get().reason == "Dấu bưu điện"
    with pytest.raises(EntryNotAcceptable):
        correct_letter(clerk, letter, {"received_at": NOW + timedelta(hours=1)}, reason="x", at=NOW)


def test_what_a_correction_may_not_do(clerk):
    letter = entered(clerk)
    matter = letter.matters.get()
    with pytest.raises(ReasonMissing):
        correct_letter(clerk, letter, {"is_signed": False}, reason=" ", at=NOW)
    with pytest.raises(NothingToCorrect):
        correct_letter(clerk, letter, {"is_signed": True}, reason="x", at=NOW)
    with pytest.raises(ValueError, match="number"):
        correct_letter(clerk, letter, {"number": 7}, reason="x", at=NOW)
    with pytest.raises(NeedsProtectedRegister):
        correct_matter(clerk, matter, {"kind": K.DENUNCIATION}, reason="x", at=NOW)
    with pytest.raises(EntryNotAcceptable):
        correct_matter(clerk, matter, {"summary": " "}, reason="x", at=NOW)
    assert not letter.corrections.exists()


@pytest.mark.rule("complaints", 53)
def test_evidence_is_looked_into_hashed_and_kept_as_it_came(clerk):
    letter = entered(clerk)
    scan = pdf_of("Biên bản thu hồi đất")
    sent = scan.getvalue()
    paper = HandedPaper(
        kind=Attachment.Kind.EVIDENCE, name="Biên bản", copies=1, file=scan, file_name="bien-ban.pdf"
    )
    kept = attach(clerk, letter, paper, at=NOW)
    assert kept.file.sha256 == hashlib.sha256(sent).hexdigest()
    assert read_checked(kept.file) == sent
    with pytest.raises(InternalError), transaction.atomic():
        Attachment.objects.filter(pk=kept.pk).update(name="khác")


@pytest.mark.rule("complaints", 53)
@pytest.mark.parametrize(
    ("name", "bytes_sent"),
    [("x.exe", b"MZ"), ("x.pdf", b"MZ not a pdf"), ("x.png", b"%PDF-1.7"), ("x.pdf", b"")],
)
def test_what_is_not_what_it_says_is_not_kept(clerk, name, bytes_sent):
    letter = entered(clerk)
    paper = HandedPaper(
        kind=Attachment.Kind.EVIDENCE, name="Chứng cứ", file=BytesIO(bytes_sent), file_name=name
    )
    with pytest.raises(FileRefused):
        attach(clerk, letter, paper, at=NOW)
    assert not letter.attachments.exists()
    for name_of_paper, copies in ((" ", 1), ("Giấy", -1), ("Giấy", 1000)):
        with pytest.raises(PaperNotAcceptable):
            attach(
                clerk,
                letter,
                HandedPaper(kind=Attachment.Kind.EVIDENCE, name=name_of_paper, copies=copies),
                at=NOW,
            )


@pytest.mark.rule("complaints", 38)
def test_papers_of_a_denunciation_go_through_the_seal():
    keeper = make_sealed_office(AgencyFactory(), at=NOW).keeper
    letter = enter(keeper, entry(content(K.DENUNCIATION)), at=NOW)
    with pytest.raises(GoesThroughTheSeal):
        attach(keeper, letter, HandedPaper(kind=Attachment.Kind.LETTER, name="Đơn"), at=NOW)
    with pytest.raises(InternalError), transaction.atomic():
        Attachment.objects.create(letter=letter, kind="letter", name="Đơn", added_at=NOW)


@pytest.mark.rule("complaints", 49)
def test_a_duplicate_keeps_its_number_and_follows_the_clock_of_the_first(clerk):
    first, second, third = (entered(clerk, NOW + timedelta(days=day)) for day in (0, 7, 9))
    own = second.matters.get().process_due_on
    link_duplicate(clerk, third, second, at=NOW + timedelta(days=9))
    link_duplicate(clerk, second, first, at=NOW + timedelta(days=9))
    for letter in (second, third):
        letter.refresh_from_db()
        # A chain would hide the first one: both lead to it.
        assert letter.root == first
        assert letter.matters.get().process_due_on == first.matters.get().process_due_on
    assert (second.number, third.number) == (2, 3)
    unlink_duplicate(clerk, second, at=NOW + timedelta(days=10))
    second.refresh_from_db()
    assert (second.root, second.matters.get().process_due_on) == (None, own)


@pytest.mark.rule("complaints", 49)
def test_what_cannot_be_the_same_case(clerk):
    first, second = entered(clerk), entered(clerk, NOW + timedelta(days=1))
    elsewhere = entered(appointed(AgencyFactory(), DutyKind.INTAKE))
    for letter, root in ((first, second), (first, first), (second, elsewhere)):
        with pytest.raises(NotADuplicate):
            link_duplicate(clerk, letter, root, at=NOW)
    with pytest.raises(NotADuplicate):
        unlink_duplicate(clerk, first, at=NOW)


@pytest.mark.rule("complaints", 35)
def test_an_open_letter_and_a_protected_one_are_never_linked():
    office = make_sealed_office(AgencyFactory(), at=NOW)
    keeper = appointed(office.agency, DutyKind.INTAKE, DutyKind.PROTECTED)
    told = enter(keeper, entry(content(K.DENUNCIATION)), at=NOW)
    letter = enter(keeper, entry(at=NOW + timedelta(days=1)), at=NOW + timedelta(days=1))
    with pytest.raises(NotADuplicate, match="cùng một sổ"):
        link_duplicate(keeper, letter, told, at=NOW + timedelta(days=1))


def test_who_does_not_keep_the_register_touches_nothing(clerk):
    letter, later = entered(clerk), entered(clerk, NOW + timedelta(days=1))
    paper = HandedPaper(kind=Attachment.Kind.EVIDENCE, name="Giấy")
    for outsider in (appointed(clerk.agency), appointed(AgencyFactory(), DutyKind.INTAKE)):
        for step in (
            lambda who: split(who, letter, content(K.SUGGESTION), at=NOW),
            lambda who: correct_letter(who, letter, {"is_signed": False}, reason="x", at=NOW),
            lambda who: correct_matter(who, letter.matters.get(), {"request": "x"}, reason="x", at=NOW),
            lambda who: attach(who, letter, paper, at=NOW),
            lambda who: link_duplicate(who, later, letter, at=NOW),
            lambda who: unlink_duplicate(who, later, at=NOW),
        ):
            with pytest.raises(NotPermitted):
                step(outsider)
