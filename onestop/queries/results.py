"""Results as pages show them: of one dossier, of those that wait to be fetched, of a year's register."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from documents.public import IssuedPaper, PaperRef, issued_papers
from egov.audit.record import record
from egov.files.models import StoredFile
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.web.below import Below, read_below
from egov.workflow.refusal import NotPermitted, Refusal
from egov.workflow.verdict import Verdict
from onestop import rules
from onestop.enums import DossierState
from onestop.models import (
    Collection,
    Dossier,
    DossierTakeover,
    PostItem,
    RequestedPaper,
    Result,
    ResultEntry,
    ResultKind,
)
from onestop.queries.receipts import DossierNotFound

SLIP_CODE = re.compile(r"[0-9A-Z]{1,3}(?:\.[0-9A-Z]{1,3}){0,4}-\d{6}-\d{4,}")
# What ``results_of`` reads below a dossier.
RESULT_LISTS = (
    Below("results", follow=("kind", "issuer", "replaces", "recorded_by__user")),
    Below("result_entries", follow=("kind",)),
    Below("requested_papers", follow=("requested_by__user",)),
    Below("post_items"),
    Below("corrections"),
    Below("takeovers"),
)
# Steps of a result, in the order in which people take them.
STEPS = {
    "record": rules.may_record_result,
    "paper": rules.may_request_result_paper,
    "finish": rules.may_finish,
    "return": rules.may_return_result,
    "reopen": rules.may_reopen,
    "correct": rules.may_correct,
}


class ResultNotFound(Refusal):
    """There is no such result, or the actor may not know of it: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy kết quả, hoặc Quý vị không được xem kết quả này."))


@dataclass(frozen=True, slots=True)
class AwaitedPaper:
    """An official paper that was asked for and is not taken in; ``issued`` once it went out."""

    requested: RequestedPaper
    issued: IssuedPaper | None


@dataclass(frozen=True)
class ResultsOf:
    """What a dossier's page shows of its results."""

    results: tuple[Result, ...]
    # Numbers taken that no result bears yet.
    numbers: tuple[ResultEntry, ...]
    papers: tuple[AwaitedPaper, ...]
    post_items: tuple[PostItem, ...]
    collection: Collection | None
    corrections: tuple[Dossier, ...]
    # Agencies that ended while it was open, and who took it over (rule 33).
    takeovers: tuple[DossierTakeover, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.results or self.numbers or self.papers)


@dataclass(frozen=True, slots=True)
class ReadableFile:
    """A file that the actor may have, under the name that it is given on the way out."""

    stored: StoredFile
    name: str


def results_of(dossier: Dossier) -> ResultsOf:
    """Everything about the results of a dossier that the caller may show: the same queries for any number."""
    read_below([dossier], *RESULT_LISTS)
    results = tuple(dossier.results.all())
    borne = {one.entry_id for one in results}
    papers = [one for one in dossier.requested_papers.all() if one.result_id is None]
    return ResultsOf(
        results=results,
        numbers=tuple(one for one in dossier.result_entries.all() if one.pk not in borne),
        papers=tuple(_awaited(papers)),
        post_items=tuple(dossier.post_items.all()),
        collection=getattr(dossier, "collection", None),
        corrections=tuple(sorted(dossier.corrections.all(), key=lambda one: one.pk)),
        takeovers=tuple(dossier.takeovers.all()),
    )


def _awaited(papers: Sequence[RequestedPaper]) -> Iterator[AwaitedPaper]:
    refs = {one.pk: PaperRef(one.document_id) for one in papers}
    issued = issued_papers(refs.values()) if refs else {}
    for one in papers:
        yield AwaitedPaper(one, issued.get(refs[one.pk]))


def result_steps(actor: Actor | SignedOut, dossier: Dossier) -> dict[str, Verdict]:
    """What the actor may do about the dossier's results, each with its reason when not."""
    return {name: rule(actor, dossier) for name, rule in STEPS.items()}


def offered_kinds(dossier: Dossier) -> QuerySet[ResultKind]:
    """The results that the dossier's version may give."""
    return dossier.version.result_kinds.all()


def dossier_for_result(actor: Actor | SignedOut, dossier_id: int) -> Dossier:
    """A dossier that the actor may see, with whose result it is; the read is recorded (rule 42).

    Raises DossierNotFound.
    """
    dossier = (
        Dossier.objects.visible_to(actor)
        .select_related(
            "version",
            "case",
            "owner",
            "submitter",
            "receiving_agency",
            "deciding_agency",
            "corrects",
            "collection__given_by__user",
        )
        .filter(pk=dossier_id)
        .first()
    )
    if dossier is None:
        raise DossierNotFound
    record(actor, "onestop.read", dossier, purpose="result")
    return dossier


def read_result_file(actor: Actor | SignedOut, dossier_id: int, result_id: int) -> ReadableFile:
    """The file of a result, also of one that no longer holds; the read is recorded (rule 42).

    Raises ResultNotFound.
    """
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_id)
    result = (
        Result.objects.filter(pk=result_id, dossier__in=visible, file__isnull=False)
        .select_related("file", "dossier")
        .first()
    )
    if result is None or result.file is None:
        raise ResultNotFound
    record(
        actor,
        "onestop.read_file",
        result.dossier,
        purpose="result",
        file=result.file_name,
        sha256=result.file.sha256,
    )
    return ReadableFile(result.file, result.file_name)


def result_named(actor: Actor | SignedOut, dossier_id: int, result_id: int) -> Result:
    """A result of a dossier that the actor may see. Raises ResultNotFound."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_id)
    found = Result.objects.filter(pk=result_id, dossier__in=visible).select_related("dossier").first()
    if found is None:
        raise ResultNotFound
    return found


def to_be_fetched(actor: Actor | SignedOut) -> QuerySet[Dossier]:
    """Finished dossiers that wait for their applicant at the actor's counter."""
    if not isinstance(actor, Actor) or not actor.is_(Role.COUNTER):
        return Dossier.objects.none()
    mine = Q(receiving_agency_id=actor.agency.pk) | Q(deciding_agency_id=actor.agency.pk)
    waiting = Dossier.objects.visible_to(actor).filter(mine, state=DossierState.DONE)
    return waiting.select_related("version", "owner", "submitter", "deciding_agency")


def on_slip(actor: Actor | SignedOut, text: str) -> Dossier | None:
    """The dossier whose code a scanner read off a slip, wherever in the text it stands."""
    found = SLIP_CODE.search(text.upper())
    if found is None:
        return None
    return Dossier.objects.visible_to(actor).filter(code=found[0]).first()


def result_register(actor: Actor | SignedOut, year: int) -> QuerySet[ResultEntry]:
    """The agency's register of results of a year, unused numbers too. Raises NotPermitted."""
    if not isinstance(actor, Actor):
        raise NotPermitted(_("Hãy chọn chức vụ đang giữ để xem sổ kết quả."))
    verdict = rules.may_read_result_register(actor, actor.agency)
    if not verdict:
        raise NotPermitted(verdict.reason)
    return ResultEntry.objects.filter(agency=actor.agency, year=year).select_related(
        "kind", "dossier__owner", "dossier__version", "result", "entered_by__user"
    )
