"""A draft as its pages show it: its steps, what each still lacks, and in the end what is filed."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from onestop import public as onestop
from portal.forms.filing import MYSELF, ORGANISATION, OTHER_PERSON, ApplicantForm, CaseForm, StepForm
from portal.forms.paper_row import PaperRow, row_beyond_list, row_of
from portal.models import Citizen, Draft, Upload
from portal.models.upload import AUTHORISATION, OTHER
from portal.queries.filing_receipt import FiledFile, FiledWords, paper_without_file, submitter_words

CASE, APPLICANT, PAPERS, PAYMENT, CHECK = "case", "applicant", "papers", "payment", "check"


@dataclass(frozen=True, slots=True)
class Lack:
    """What stands in the way of filing, and the step on which it is mended."""

    step: str
    sentence: str


@dataclass(frozen=True, slots=True)
class StepEntry:
    """A step in the list of steps."""

    name: str
    label: str
    number: int
    is_current: bool
    is_done: bool


class Preparation:
    """One draft with the procedure as it is in force now."""

    def __init__(self, citizen: Citizen, draft: Draft, offer: onestop.FilingOffer, at: datetime) -> None:
        self.citizen, self.draft, self.offer, self.at = citizen, draft, offer, at

    @property
    def is_superseded(self) -> bool:
        """Another version of the procedure is in force than the one that was filled in."""
        return self.draft.version != self.offer.version

    @cached_property
    def case(self) -> onestop.OfferedCase | None:
        """The chosen case; None while none of this version is."""
        return next((one for one in self.offer.cases if str(one.id) == self.draft.said("case")), None)

    @cached_property
    def agency_name(self) -> str:
        """Who takes it in; empty while nobody was chosen."""
        return dict(self.offer.agencies).get(self.draft.said("agency"), "")

    @property
    def delivery_words(self) -> str:
        """How the result comes back."""
        said = self.draft.said("delivery")
        return str(onestop.Delivery(said).label) if said in onestop.Delivery else ""

    @cached_property
    def acting(self) -> str:
        """For whom it is filed; the only way where there is one."""
        ways = dict(ApplicantForm(self.offer, None).fields["acting"].choices)  # type: ignore[attr-defined]
        said = self.draft.said("acting")
        return said if said in ways else (next(iter(ways), "") if len(ways) == 1 else "")

    @property
    def is_for_other(self) -> bool:
        """Somebody else owns the matter, so an authorisation is needed (domain: 3.9)."""
        return self.acting == OTHER_PERSON

    @cached_property
    def terms(self) -> onestop.FilingTerms | None:
        """From when it counts, when it is due and what it costs; None before case and agency are chosen."""
        if self.case is None or not self.agency_name:
            return None
        return onestop.filing_terms(
            self.draft.procedure_code, self.case.id, self.draft.said("agency"), at=self.at
        )

    @property
    def counts_later(self) -> bool:
        """Sent now it counts only from the next opening (rule 11)."""
        return self.terms is not None and self.terms.received_at > self.at

    # Steps

    @cached_property
    def step_names(self) -> tuple[str, ...]:
        """What has to be gone through; nothing to pay, no step of payment (rule 34)."""
        money = (PAYMENT,) if self.terms is not None and self.terms.has_charges else ()
        return (CASE, APPLICANT, PAPERS, *money, CHECK)

    def steps(self, current: str) -> list[StepEntry]:
        """The list of steps on top of the page."""
        lacking = {lack.step for lack in self.lacking}
        return [
            StepEntry(
                name=name,
                label=step_label(name),
                number=number,
                is_current=name == current,
                is_done=name not in lacking and name != CHECK,
            )
            for number, name in enumerate(self.step_names, start=1)
        ]

    def after(self, step: str) -> str:
        """The step that comes next."""
        names = self.step_names
        place = names.index(step) if step in names else 0
        return names[min(place + 1, len(names) - 1)]

    def before(self, step: str) -> str | None:
        """The step before; None on the first."""
        names = self.step_names
        place = names.index(step) if step in names else 0
        return names[place - 1] if place else None

    def form(self, step: str, *, checked: bool = False) -> StepForm | None:
        """The form of a step with what stands in it; ``checked`` looks for faults as well."""
        kinds: dict[str, type[CaseForm] | type[ApplicantForm]] = {CASE: CaseForm, APPLICANT: ApplicantForm}
        kind = kinds.get(step)
        if kind is None:
            return None
        standing = {name: self.draft.said(name) for name in kind.base_fields}
        standing["acting"] = standing.get("acting") or self.acting
        return kind(self.offer, standing if checked else None, initial=standing)

    # Papers

    @cached_property
    def papers(self) -> tuple[PaperRow, ...]:
        """The list of the case, then the authorisation, then what is handed in beyond the list."""
        uploads: dict[str, list[Upload]] = {}
        for upload in self.draft.uploads.select_related("file"):
            uploads.setdefault(upload.paper, []).append(upload)
        rows = [
            row_of(
                paper,
                uploads=uploads,
                reusable=self._reusable.get(paper.id, ()),
                chosen=self.draft.said(f"paper_{paper.id}"),
            )
            for paper in (self.case.papers if self.case else ())
        ]
        if self.is_for_other:
            rows.append(
                row_beyond_list(
                    AUTHORISATION,
                    _("Giấy tờ ủy quyền, hoặc giấy tờ chứng minh quan hệ với chủ hồ sơ"),
                    uploads,
                    is_demanded=True,
                )
            )
        listed = {row.key for row in rows}
        left = [one for key, those in uploads.items() if key not in listed for one in those]
        rows.append(row_beyond_list(OTHER, _("Giấy tờ khác (nếu có)"), {OTHER: left}, is_demanded=False))
        return tuple(rows)

    @cached_property
    def paper_names(self) -> Mapping[str, str]:
        """What a file may be for, by key."""
        return {row.key: row.name for row in self.papers}

    @property
    def files(self) -> list[Upload]:
        """Every file that would be filed, in the order of the list."""
        return [upload for row in self.papers for upload in row.kept]

    @cached_property
    def _reusable(self) -> dict[int, tuple[onestop.StoreEntry, ...]]:
        """Of one's own store only: nobody learns of another's papers by typing their number."""
        if self.case is None or self.acting != MYSELF:
            return {}
        return onestop.reusable_papers(
            self.citizen.personal_number,
            self.draft.procedure_code,
            self.case.id,
            timezone.localdate(self.at),
        )

    # What is lacking, and what is filed

    @cached_property
    def lacking(self) -> tuple[Lack, ...]:
        """Everything that stands in the way, step by step."""
        return tuple(self._lacking())

    def _lacking(self) -> Iterator[Lack]:
        for step in (CASE, APPLICANT):
            form = self.form(step, checked=True)
            assert form is not None  # noqa: S101  (both steps have one)
            for name, errors in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                yield Lack(step, f"{label}: {' '.join(map(str, errors))}")
        for row in self.papers:
            if row.waiting:
                yield Lack(PAPERS, _("%(paper)s: có tệp chưa tải xong.") % {"paper": row.name})
            elif row.lost:
                yield Lack(
                    PAPERS, _("%(paper)s: giấy tờ trong kho không còn dùng được.") % {"paper": row.name}
                )
            elif not row.is_answered:
                yield Lack(PAPERS, _("%(paper)s: chưa có.") % {"paper": row.name})

    def submitted(self) -> onestop.Submitted:
        """What is filed, as one-stop takes it; only of a draft that lacks nothing."""
        said = self.draft.said
        applicant = self._applicant()
        owner = self._owner() if self.is_for_other else None
        return onestop.Submitted(
            procedure_code=self.draft.procedure_code,
            agency_code=said("agency"),
            key=str(self.draft.pk),
            case_id=self.case.id if self.case else None,
            applicant=applicant,
            owner=owner,
            content=said("content"),
            delivery=onestop.Delivery(said("delivery")),
            delivery_address=said("delivery_address"),
            kept=tuple(
                onestop.KeptFile(
                    name=upload.name,
                    sha256=upload.file.sha256,
                    requirement_id=upload.requirement_id,
                    title="" if upload.requirement_id else (upload.paper_name or upload.name),
                )
                for upload in self.files
                if upload.file is not None
            ),
            reused=tuple(
                onestop.ReusedPaper(int(row.key), row.reused.id)
                for row in self.papers
                if row.reused is not None and not row.kept
            ),
            shown_later=tuple(int(row.key) for row in self.papers if row.is_later and not row.kept),
        )

    def _applicant(self) -> onestop.Applicant:
        """The person as the electronic identity vouches for them; an organisation by its representative."""
        said, citizen = self.draft.said, self.citizen
        if self.acting == ORGANISATION:
            return onestop.Applicant(
                kind=onestop.ApplicantKind(said("owner_kind")),
                name=said("owner_name"),
                tax_code=said("owner_tax_code"),
                personal_number=citizen.personal_number,
                representative=citizen.name,
                address=said("owner_address"),
                phone=said("phone"),
                email=said("email"),
                identity_level=citizen.level,
                number_confirmed=True,
            )
        return onestop.Applicant(
            kind=onestop.ApplicantKind.CITIZEN,
            name=citizen.name,
            personal_number=citizen.personal_number,
            address=citizen.residence,
            phone=said("phone"),
            email=said("email"),
            identity_level=citizen.level,
            # The provider vouches for the number; nothing was typed that could contradict it.
            number_confirmed=True,
        )

    def _owner(self) -> onestop.Applicant:
        form = self.form(APPLICANT, checked=True)
        assert form is not None and form.is_valid()  # noqa: S101, PT018  (nothing is lacking)
        typed = form.cleaned_data
        return onestop.Applicant(
            kind=onestop.ApplicantKind(typed["owner_kind"]),
            name=typed["owner_name"],
            personal_number=typed["owner_number"],
            tax_code=typed["owner_tax_code"],
            born_on=typed["owner_born_on"],
            address=typed["owner_address"],
        )

    def words(self) -> FiledWords:
        """The same as its receipt tells it."""
        owner = self.draft.said("owner_name") if self.acting != MYSELF else self.citizen.name
        return FiledWords(
            procedure=self.offer.name,
            procedure_code=self.offer.code,
            case=self.case.name if self.case else "",
            agency=self.agency_name,
            submitter=submitter_words(self.citizen.name, self.citizen.personal_number),
            owner=owner,
            received_at=self.terms.received_at if self.terms else None,
            files=[
                FiledFile(row.name, upload.name, upload.size, upload.file.sha256)
                for row in self.papers
                for upload in row.kept
                if upload.file is not None
            ],
            others=[
                (row.name, paper_without_file(row.reused is not None, row.is_later, row.looked_up_in))
                for row in self.papers
                if not row.kept and (row.reused or row.is_later or row.looked_up_in)
            ],
        )

    @property
    def stand(self) -> str:
        """A digest of what the check page shows: only what was looked at is filed."""
        shown = [
            self.offer.version,
            sorted(self.draft.typed.items()),
            [(upload.paper, upload.name, upload.file_id) for upload in self.files],
        ]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def step_label(name: str) -> str:
    """The step in words."""
    return {
        CASE: _("Trường hợp và cách nhận kết quả"),
        APPLICANT: _("Người nộp và chủ hồ sơ"),
        PAPERS: _("Giấy tờ"),
        PAYMENT: _("Phí, lệ phí"),
        CHECK: _("Kiểm tra và nộp"),
    }[name]
