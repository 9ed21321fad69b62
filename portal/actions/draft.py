"""A filing while it is prepared: begun, kept field by field, taken over by a new version, thrown away."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from egov.files.forget import forget_unused
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import public as onestop
from portal import rules
from portal.actions.partial_file import drop_partial
from portal.models import Citizen, Draft, Upload
from portal.models.upload import OTHER

# What may be written down; everything else that a form sends is not kept.
FIELDS = frozenset(
    {
        "case", "agency", "content", "delivery", "delivery_address", "phone", "email",
        "acting", "owner_kind", "owner_name", "owner_number", "owner_tax_code", "owner_born_on",
        "owner_address", "owner_phone",
    }
)  # fmt: skip
# How a paper is given when no file is: used again from one's store, or shown when the result is collected.
PAPER_FIELD = re.compile(r"paper_[0-9]{1,18}")
LONGEST = 2000
# No procedure asks for as many; a form of more is nobody's.
MOST_FIELDS = 200


class TooManyDrafts(Refusal):
    """One person has more filings in preparation than anybody can finish."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that another device has changed since this page was shown."""

    field: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft as it stands now, and what was not kept because it would have overwritten something."""

    draft: Draft
    conflicts: tuple[Conflict, ...] = ()


@action("portal.begin_draft", allowed=rules.may_begin_draft)
def begin_draft(citizen: Citizen, _nothing: None, *, offer: onestop.FilingOffer, at: datetime) -> Draft:
    """Begin to prepare a filing of this procedure. Raises TooManyDrafts."""
    if citizen.drafts.alive(at).count() >= settings.DRAFTS_MOST:
        raise TooManyDrafts(
            _("Quý vị đang có %(most)d hồ sơ đang soạn. Hãy nộp hoặc bỏ bớt trước khi bắt đầu hồ sơ mới.")
            % {"most": settings.DRAFTS_MOST}
        )
    typed = {"phone": citizen.phone, "email": citizen.email, "delivery": "online"}
    if len(offer.cases) == 1:
        typed["case"] = str(offer.cases[0].id)
    if len(offer.agencies) == 1:
        typed["agency"] = offer.agencies[0][0]
    return Draft.objects.create(
        citizen=citizen,
        procedure_code=offer.code,
        procedure_name=offer.name,
        version=offer.version,
        case_name=offer.cases[0].name if len(offer.cases) == 1 else "",
        typed={name: text for name, text in typed.items() if text},
        begun_at=at,
        saved_at=at,
        expires_at=at + settings.DRAFT_LASTS,
    )


@action("portal.save_draft", allowed=rules.may_write_draft)
def save_draft(
    citizen: Citizen,  # noqa: ARG001
    draft: Draft,
    *,
    typed: Mapping[str, str],
    shown: Mapping[str, str] | None = None,
    offer: onestop.FilingOffer | None = None,
    at: datetime,
) -> Saved:
    """Keep what stands in the fields, right or wrong.

    ``shown`` is what the page showed when the person began to write there. Where that is no longer what the
    server has, another device was faster: a field that this page left alone keeps the other's text, and one
    that both changed is a conflict, of which nothing is overwritten. Without ``shown`` the last word counts.
    """
    conflicts = []
    kept = dict(draft.typed)
    for name, text in typed.items():
        if not is_field(name) or (name not in kept and len(kept) >= MOST_FIELDS):
            continue
        mine, theirs = text.replace("\0", "")[:LONGEST], draft.said(name)
        before = theirs if shown is None else shown.get(name, theirs)
        if mine in (before, theirs):
            continue
        if theirs != before:
            conflicts.append(Conflict(name, mine, theirs))
        else:
            kept[name] = mine
    if kept != draft.typed:
        draft.typed = kept
        if offer is not None:
            draft.case_name = next((one.name for one in offer.cases if str(one.id) == kept.get("case")), "")
        touch(draft, at, "typed", "case_name")
    return Saved(draft, tuple(conflicts))


@action("portal.take_over_version", allowed=rules.may_write_draft)
def take_over_version(
    citizen: Citizen,  # noqa: ARG001
    draft: Draft,
    *,
    offer: onestop.FilingOffer,
    at: datetime,
) -> Draft:
    """Go on by the version of the procedure that is now in force; what fits is taken along, nothing is lost.

    A case and a paper are the same when they are called the same. A file whose paper is no longer asked for
    stays with the draft as a further paper.
    """
    if draft.version == offer.version:
        return draft
    cases = {_plain(case.name): case for case in offer.cases}
    case = cases.get(_plain(draft.case_name)) or (offer.cases[0] if len(offer.cases) == 1 else None)
    papers = {_plain(paper.name): paper for paper in case.papers} if case else {}
    for upload in draft.uploads.all():
        if upload.requirement_id is None:
            continue
        paper = papers.get(_plain(upload.paper_name))
        upload.paper = str(paper.id) if paper else OTHER
        upload.save(update_fields=["paper"])
    # How papers are given is said anew: their keys are others now.
    typed = {name: text for name, text in draft.typed.items() if not PAPER_FIELD.fullmatch(name)}
    typed["case"] = str(case.id) if case else ""
    draft.typed, draft.version, draft.procedure_name = typed, offer.version, offer.name
    draft.case_name = case.name if case else ""
    touch(draft, at, "typed", "version", "procedure_name", "case_name")
    return draft


@action("portal.discard_draft", allowed=rules.may_write_draft)
def discard_draft(citizen: Citizen, draft: Draft, *, at: datetime) -> None:  # noqa: ARG001
    """Throw a draft away with its files."""
    erase_draft(draft)


def is_field(name: str) -> bool:
    """Whether what a form calls by this name is kept in a draft."""
    return name in FIELDS or PAPER_FIELD.fullmatch(name) is not None


def erase_draft(draft: Draft) -> None:
    """Delete a draft that was not filed, with every byte that nothing else needs."""
    uploads = list(Upload.objects.filter(draft=draft).select_related("file"))
    Draft.objects.filter(pk=draft.pk, submitted_at=None).delete()
    for upload in uploads:
        drop_partial(upload)
    forget_unused(upload.file for upload in uploads if upload.file is not None)


def touch(draft: Draft, at: datetime, *fields: str) -> None:
    """Save these fields; whoever goes on with a draft keeps it for the whole term again."""
    draft.saved_at, draft.expires_at, draft.warned_at = at, at + settings.DRAFT_LASTS, None
    draft.save(update_fields=[*fields, "saved_at", "expires_at", "warned_at"])


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
