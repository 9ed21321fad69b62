"""A name is planted, the whole case is played, then the name is looked for everywhere it could have gone.

Rules 36, 39 and 40: the rows of the database, the broker, the file store, the logs, the mails and every page
of every role say the code, never who. The one page that says it is the one that answers the reader's POST.
"""

import io
import logging
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as live
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from complaints.actions.accept import accept
from complaints.actions.draft_outcome import OutcomeContent, draft_outcome
from complaints.actions.enter import enter
from complaints.actions.entry import HandedPaper, Sender
from complaints.actions.open_seal import close_openings
from complaints.actions.redact import add_redacted_copy
from complaints.actions.unnamed import NamesDenouncer
from complaints.actions.verify import Assignment, assign_verification, report
from complaints.enums import Direction, DutyKind, MatterKind, SubjectKind
from complaints.models import Attachment, Matter, Opening
from complaints.models.outcome import DenunciationResult
from egov.notifications.models import Notification
from egov.notifications.tasks import email as send_mails
from egov.organizations.models import Membership
from tests.factories.entries import content, entry
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.processing import LetterOffice
from tests.factories.sealing import key_of, make_sealed_office, passphrase_of
from tests.support.planted_search import Needles, broker, database, files
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trust", "own_file_store")]

WHO = Sender(
    name="Khuất Thị Huyền Trâm",
    address="Ngách 83/17 đường Kỳ Bá, khu tập thể Dệt Kim",
    personal_number="034188917305",
    phone="0987173055",
    email="huyentram.173055@thu.example",
)
NEEDLES = Needles(WHO.name, WHO.address, WHO.personal_number, WHO.phone, WHO.email, "tram.don-to-cao")
# What the denunciation says: in its own row, and told to nobody who may not read it (rule 39).
TOLD = Needles("Nhận tiền khi xét duyệt hồ sơ đất đai")
# To whom not even the code is news: whom it is about, administrators, who has no part in it.
SHUT_OUT = ("denounced", "agency_admin", "system_admin", "elsewhere", "intake", "holder", "visitor")
CODE_WORDS = "thu hồi mảnh bìa xanh của con cóc tía"


OF_OPENINGS = tuple(f"opening_{step}" for step in ("detail", "answer", "release", "read"))


class Case:
    """A denunciation from entry to draft conclusion, its seal opened once; and everybody around it."""

    def __init__(self) -> None:
        self.now = timezone.now()
        agency = AgencyFactory()
        self.office = make_sealed_office(agency, at=self.now)
        self.handler = appointed(agency, DutyKind.HANDLING)
        key_of(self.handler, at=self.now)
        self.denounced = appointed(agency, DutyKind.HANDLING, DutyKind.PROTECTED)
        self.roles = {
            "head": self.office.head,
            "keeper": self.office.keeper,
            "handler": self.handler,
            "custodian": self.office.custodian,
            "inspector": self.office.inspector,
            "holder": self.office.holders[0],
            "intake": appointed(agency, DutyKind.INTAKE, DutyKind.RECEPTION),
            "denounced": self.denounced,
            "agency_admin": actor_for(MembershipFactory(agency=agency, agency_admin=True)),
            "system_admin": actor_for(MembershipFactory(agency=agency, system_admin=True)),
            "elsewhere": actor_for(MembershipFactory(leader=True)),
        }
        self.letter = enter(
            self.office.keeper,
            entry(
                content(
                    MatterKind.DENUNCIATION,
                    summary="Nhận tiền khi xét duyệt hồ sơ đất đai",
                    subject_kind=SubjectKind.INDIVIDUAL,
                    subject="Cán bộ địa chính",
                    subject_membership=self.denounced.membership,
                ),
                at=self.now,
                senders=(WHO,),
                papers=(self.scan(),),
            ),
            at=self.now,
        )
        self.matter = self.letter.matters.get()

    def scan(self) -> HandedPaper:
        return HandedPaper(
            kind=Attachment.Kind.EVIDENCE,
            name=f"Đơn của {WHO.name}",
            originals=1,
            file=io.BytesIO(document(WHO.name, WHO.address, author=WHO.name)),
            file_name="tram.don-to-cao.docx",
        )

    def play(self) -> None:
        """Processed, accepted, verified, drafted; a copy without who wrote it; the seal opened and closed."""
        add_redacted_copy(
            self.office.keeper,
            self.letter,
            file=io.BytesIO(document("Nội dung tố cáo đã che", "", author=WHO.name)),
            filename="tram.don-to-cao.docx",
            at=self.now,
        )
        staff = LetterOffice(
            self.office.agency,
            self.roles["intake"],
            self.handler,
            self.office.keeper,
            self.office.head,
            self.office.head,
        )
        from complaints.actions.take_in_hand import assign

        assign(self.office.head, self.matter, to=self.handler.membership, at=self.now)
        self.matter.refresh_from_db()
        staff.decide(self.matter, Direction.ACCEPT, at=self.now)
        matter = Matter.objects.get(pk=self.matter.pk)
        if matter.accepted_on is None:
            matter = accept(self.office.head, matter, at=self.now)
        task = Assignment(
            leader=self.handler.membership, content="Xác minh việc thu tiền", due_on=timezone.localdate()
        )
        assign_verification(self.office.head, matter, task, at=self.now)
        with pytest.raises(NamesDenouncer):
            self.reports(matter, f"Bà {WHO.name} đúng là người bị hại.")
        self.reports(matter, "Có việc thu tiền ngoài quy định.")
        words = OutcomeContent(
            result=DenunciationResult.PARTLY_TRUE, findings="Đúng một phần.", ruling="Kiểm điểm."
        )
        draft_outcome(self.handler, matter, words, at=self.now)

    def reports(self, matter: Matter, findings: str) -> None:
        report(
            self.handler,
            matter,
            findings=findings,
            recommendation="Kết luận tố cáo đúng một phần.",
            differs=False,
            at=self.now,
        )

    def is_found_in(self, page: bytes, address: str) -> bool:
        """Whether a page says that there is the letter. Who types its code into a search reads that back, so
        there the way to the letter counts."""
        said = page.decode(errors="replace")
        if "?q=" not in address:
            return self.letter.code in said
        ways = (("letter_detail", self.letter.pk), ("matter_detail", self.matter.pk))
        return any(f'"{reverse(f"complaints:{name}", args=[key])}"' in said for name, key in ways)

    def open_once(self, client: Client) -> bytes:
        """By the pages themselves: asked, agreed to, released, read; then its hours end."""
        wrong = client.post(
            reverse("complaints:sealed_ask", args=[self.matter.pk]),
            {"kind": "person", "reason": f"Gặp {WHO.name}"},
        )
        assert wrong.status_code == 422
        asked = client.post(
            reverse("complaints:sealed_ask", args=[self.matter.pk]),
            {"kind": "person", "reason": "Xác minh điều kiện thụ lý"},
        )
        assert asked.status_code == 302, asked.content.decode()
        opening = Opening.objects.get()
        steps = (
            (self.office.head, "answer", {"agrees": "yes", "answer": ""}),
            (self.office.custodian, "release", {"passphrase": passphrase_of(self.office.custodian)}),
        )
        for who, step, typed in steps:
            address = reverse(f"complaints:opening_{step}", args=[opening.pk])
            assert signed_in(who).post(address, typed).status_code == 302
        address = reverse("complaints:opening_read", args=[opening.pk])
        refused = client.post(address, {"passphrase": CODE_WORDS})
        assert refused.status_code == 422
        assert CODE_WORDS not in refused.content.decode()
        read = client.post(address, {"passphrase": passphrase_of(self.handler)})
        assert read.status_code == 200
        assert "no-store" in read["Cache-Control"]
        assert client.get(address).status_code == 405, "there is no address to come back to"
        return read.content


@pytest.fixture
def case(settings, caplog) -> Case:
    settings.NOTIFICATIONS_BY_EMAIL = True
    caplog.set_level(logging.INFO)
    return Case()


@pytest.mark.rule("complaints", 36)
@pytest.mark.rule("complaints", 39)
@pytest.mark.rule("complaints", 40)
def test_a_planted_name_is_found_nowhere(case: Case, caplog, capfd):
    clients = {name: signed_in(actor) for name, actor in case.roles.items()} | {"visitor": Client()}
    case.play()
    seen = case.open_once(clients["handler"])
    assert WHO.name in seen.decode(), "the one named reads it, so the test would see a leak"
    close_openings(timezone.now() + timedelta(hours=3))
    send_mails(keys=list(Notification.objects.values_list("key", flat=True)))

    rows = list(database())
    assert {table for table, text in rows if NEEDLES.found_in(text)} == set(), "rows"
    assert {table for table, text in rows if TOLD.found_in(text)} == {"public.complaints_matter"}
    assert [name for name, value in broker() if NEEDLES.found_in(value) or TOLD.found_in(value)] == []
    store = Path(live.STORAGES["documents"]["OPTIONS"]["location"])
    kept = dict(files(store))
    assert len(kept) > 1
    assert [name for name, value in kept.items() if NEEDLES.found_in(value)] == []
    assert mail.outbox
    sent = [one.message().as_bytes() for one in mail.outbox]
    assert [one for one in sent if NEEDLES.found_in(one) or TOLD.found_in(one)] == []
    told = {Membership.objects.get(pk=pk) for pk in Notification.objects.values_list("member", flat=True)}
    assert not told & {case.roles[role].membership for role in SHUT_OUT if role in case.roles}

    leaking, known, kept_by_browser, walked = [], [], [], 0
    for role, client in clients.items():
        for address in addresses(case):
            response = client.get(address)
            assert response.status_code < 500, (role, address)
            page = b"".join(response) if response.streaming else response.content
            walked += response.status_code == 200
            headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
            if NEEDLES.found_in(page) or NEEDLES.found_in(headers):
                leaking.append((role, address))
            if role in SHUT_OUT and (case.is_found_in(page, address) or TOLD.found_in(page)):
                known.append((role, address))
            if response.status_code == 200 and "no-store" not in response.headers["Cache-Control"]:
                kept_by_browser.append((role, address))
    assert leaking == []
    assert known == [], "that there is such a letter"
    assert kept_by_browser == []
    assert walked > 60
    written = capfd.readouterr()
    logged = f"{caplog.text}\n{written.out}\n{written.err}"
    assert NEEDLES.found_in(logged) == []
    assert TOLD.found_in(logged) == []
    for words in (CODE_WORDS, passphrase_of(case.handler), passphrase_of(case.office.custodian)):
        assert words not in logged


@pytest.mark.rule("complaints", 35)
def test_nobody_learns_a_name_by_asking_for_it(case: Case):
    """Lists, registers and search answer the same for the name as for one that nobody has."""
    places = ("complaints:letter_list", "complaints:letter_register", "complaints:opening_list")
    pairs = ((WHO.name, "Vương Quốc Tuyệt Nhiên"), (WHO.phone, "0900000000"))
    for role, actor in case.roles.items():
        client = signed_in(actor)
        for place in places:
            for field in ("q", "sort"):
                for real, invented in pairs:
                    answers = [
                        case.letter.code in client.get(reverse(place), {field: asked}).content.decode()
                        for asked in (real, invented)
                    ]
                    assert answers[0] == answers[1], (role, place, field)


def test_the_search_would_find_it(case: Case, tmp_path):
    """Each place is really looked into: a copy of the name in it is noticed, in whatever dress."""
    case.letter.matters.update(request=f"theo lời {WHO.name}")
    assert {table for table, text in database() if NEEDLES.found_in(text)} == {"public.complaints_matter"}
    (tmp_path / "a").write_bytes(document(WHO.name, "", author="x"))
    (tmp_path / "b").write_bytes(WHO.name.encode("utf-16-le"))
    assert [name for name, value in files(tmp_path) if NEEDLES.found_in(value)] == ["a", "b"]
    assert NEEDLES.found_in("x khuat thi huyen tram")
    import base64

    for shift in range(3):
        assert NEEDLES.found_in(base64.b64encode(b"." * shift + f"tên: {WHO.name}, ở".encode()))


@pytest.mark.rule("complaints", 38)
def test_the_copy_that_everybody_reads_says_nothing_of_the_scan(case: Case):
    case.play()
    client = signed_in(case.handler)
    response = client.get(reverse("complaints:sealed_copy", args=[case.matter.pk, 1]))
    body = b"".join(response)
    assert case.letter.code in response["Content-Disposition"]
    assert NEEDLES.found_in(body) == []
    assert (
        signed_in(case.denounced).get(reverse("complaints:sealed_copy", args=[case.matter.pk, 1])).status_code
        == 404
    )


def document(title: str, place: str, *, author: str) -> bytes:
    """A small Word file with an author."""
    out = io.BytesIO()
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/>'
            '<Override PartName="/docProps/core.xml" ContentType="x"/></Types>',
        )
        archive.writestr("docProps/core.xml", f"<core><creator>{author}</creator></core>")
        archive.writestr(
            "word/document.xml",
            f"<w:document><w:p><w:t>{title}</w:t></w:p><w:p><w:t>{place}</w:t></w:p></w:document>",
        )
    return out.getvalue()


def addresses(case: Case) -> list[str]:
    """Every address of letters, visits and seals with the case's own keys in it, and the office's lists."""
    paper = case.matter.papers.first()
    by_word = {
        "letter_detail": case.letter.pk,
        "letter_entered": case.letter.pk,
        "letter_slip": case.letter.pk,
        "annex_send": case.letter.pk,
        "hand_over_move": case.office.agency.pk,
        "matter_paper": paper.pk if paper else case.matter.pk,
        **dict.fromkeys(OF_OPENINGS, Opening.objects.get().pk),
    }
    given = {"name": "split", "ordinal": 1, "direction": "file"}
    found = []
    for name, words in _patterns(get_resolver()):
        key = by_word.get(name.partition(":")[2], case.matter.pk)
        found.append(reverse(name, kwargs={word: given.get(word, key) for word in words}))
    return [
        *found,
        reverse("documents:today"),
        reverse("documents:search_results") + f"?q={case.letter.code}",
    ]


def _patterns(resolver: URLResolver, namespace: str = ""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace or namespace
            if inner in {"", "complaints"}:
                yield from _patterns(pattern, inner)
        elif isinstance(pattern, URLPattern) and namespace == "complaints":
            yield f"complaints:{pattern.name}", list(pattern.pattern.converters)
