"""A draft as the page sees it: what is typed, the form over it, and the filing that it becomes."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.web.below import Below, read_below
from onestop.actions.charge import ClaimedExemption
from onestop.actions.filing import Applicant, Filing, HandedPaper
from onestop.enums import ApplicantKind, Channel, Delivery, FeeBasis, PaperSource, RequirementKind
from onestop.fees import Quantities
from onestop.forms.fields import DayField
from onestop.forms.id_card import Card, read_card
from onestop.forms.intake import CHANNELS, IntakeForm, applicant_fields, typed_in
from onestop.models import Case, IntakeDraft, IntakeFile, Requirement
from onestop.queries import intake
from onestop.queries.intake_preview import Owner, Preview, preview
from onestop.rules.identity import NumberCheck

TICKED = "on"
# Every case of a procedure with all that an intake asks for.
CASES = Below("cases", below=(Below("requirements"), Below("channel_rules"), Below("fee_rules")))
# How sure an identity is (Party.identity_level): typed by hand, or read from the card.
BY_HAND, BY_CARD = 0, 1
NUMBER = re.compile(r"(?<![0-9])[0-9]{1,4}(?![0-9])")
MOST_COPIES = 100


class Typing:
    """What stands in the fields: sent just now, or kept in the draft.

    ``bound`` checks the kept text as if it had been sent. A line that a scanner typed fills the fields.
    """

    def __init__(
        self, draft: IntakeDraft, actor: Actor, sent: Mapping[str, str] | None = None, *, bound: bool = False
    ) -> None:
        self.draft, self.actor, self._bound = draft, actor, bound
        self.card_unread = False
        self.focus = ""
        self.typed: dict[str, str] = dict(draft.typed)
        if sent is not None:
            self._take(sent)

    @cached_property
    def cases(self) -> list[Case]:
        """Every case of the procedure with all of its lines."""
        read_below([self.draft.version], CASES)
        return list(self.draft.version.cases.all())

    @cached_property
    def case(self) -> Case:
        """The chosen case, else the first one."""
        chosen = self.typed.get("case", "")
        return next((case for case in self.cases if str(case.pk) == chosen), self.cases[0])

    @property
    def has_cases(self) -> bool:
        """Whether there is a choice."""
        return len(self.cases) > 1

    def saved(self, draft: IntakeDraft, *, bound: bool = False) -> "Typing":
        """The same once it is kept, without asking for the procedure again."""
        return self._again(draft, dict(draft.typed), bound=bound)

    def checked(self, draft: IntakeDraft) -> "Typing":
        """The same as the form judges it, before it is kept."""
        return self._again(draft, self.typed, bound=True)

    def _again(self, draft: IntakeDraft, typed: dict[str, str], *, bound: bool) -> "Typing":
        draft.version = self.draft.version
        again = Typing(draft, self.actor, bound=bound)
        again.typed, again.cases = typed, self.cases
        return again

    @cached_property
    def form(self) -> IntakeForm:
        """The form with what is typed."""
        on = timezone.localdate()
        open_to_choice = intake.deciding_agency(self.draft.version, self.actor.agency) is None
        deciders = intake.possible_deciders(self.draft.version, on) if open_to_choice else None
        values = {"case": str(self.case.pk), "channel": self.channel.value, **self.typed}
        values["case"] = str(self.case.pk)
        given: dict[str, Any] = {"data": values} if self._bound else {"initial": values}
        return IntakeForm(**given, case=self.case, cases=self.cases, deciders=deciders)

    @property
    def channel(self) -> Channel:
        """In person, unless the post brought it or the case is not taken in person."""
        offered = [one for one in CHANNELS if intake.channel_rule(self.case, one)]
        chosen = self.typed.get("channel")
        return next((one for one in offered if one == chosen), offered[0] if offered else Channel.COUNTER)

    @property
    def deciding(self) -> Agency | None:
        """Who will decide, as far as it is known."""
        fixed = intake.deciding_agency(self.draft.version, self.actor.agency)
        if fixed is not None or not self.typed.get("deciding_agency", "").isdecimal():
            return fixed
        chosen = intake.possible_deciders(self.draft.version, timezone.localdate())
        return chosen.filter(pk=self.typed["deciding_agency"]).first()

    @property
    def apart(self) -> bool:
        """Whether the owner is somebody else than the person at the counter."""
        return bool(self.typed.get("apart"))

    @cached_property
    def files(self) -> dict[int | None, list[IntakeFile]]:
        """Scans by key of their paper; None: beyond the list."""
        found: dict[int | None, list[IntakeFile]] = {}
        for file in self.draft.files.all():
            found.setdefault(file.requirement_id, []).append(file)
        return found

    @property
    def papers(self) -> list[dict[str, Any]]:
        """The lines of the list with their fields and scans."""
        given = intake.standing_in(self._owner().number, self.form.papers_asked, timezone.localdate())
        return [
            {
                "requirement": one,
                "is_shown": one.kind == RequirementKind.SHOWN,
                "box": self.form[f"paper_{one.pk}"],
                "originals": self.form[f"originals_{one.pk}"],
                "copies": self.form[f"copies_{one.pk}"],
                "files": self.files.get(one.pk, []),
                "is_given": one.pk in given,
                "stored": given.get(one.pk),
            }
            for one in self.form.papers_asked
        ]

    @property
    def number_warnings(self) -> list[str]:
        """What does not fit about the numbers, as far as they are typed."""
        found = []
        for who in ("person", "owner") if self.apart else ("person",):
            checked = self._check(who)
            if checked is not None:
                found += [checked.refusal] if checked.refusal else list(checked.warnings)
        return found

    def place_of(self, field: str) -> str:
        """The id of the input behind a field of the filing, such as ``owner.name``."""
        who, _dot, name = field.partition(".")
        if name:
            at_counter = who == "submitter" or not self.apart
            return f"id_{'person' if at_counter else 'owner'}_{name}"
        return f"id_{field}" if field else ""

    def tick_all(self) -> None:
        """Every paper that has to be there is there."""
        for one in self.case.requirements.all():
            if one.kind != RequirementKind.NOTE and not one.is_conditional:
                self.typed[f"paper_{one.pk}"] = TICKED

    def preview(self, at: datetime) -> Preview:
        """What receiving it now would give."""
        return preview(
            self.case,
            self.channel,
            self.actor.agency,
            self.deciding,
            owner=self._owner(),
            handed={one.pk for one in self._handed_lines()},
            quantities=self._quantities(),
            at=at,
        )

    def filing(self) -> Filing:
        """The checked form as the action takes it."""
        data = self.form.cleaned_data
        person = self._applicant("person", data)
        owner = self._applicant("owner", data) if data["apart"] else person
        return Filing(
            case=self.case,
            agency=self.actor.agency,
            deciding_agency=data.get("deciding_agency"),
            owner=owner,
            submitter=person if data["apart"] else None,
            channel=Channel(data["channel"]),
            content=data["content"],
            sets=data["sets"] or 1,
            delivery=Delivery(data["delivery"]),
            delivery_address=data["delivery_address"],
            papers=tuple(self._papers(data)),
            quantities=self._quantities(),
            exemption=_exemption(data),
            idempotency_key=self.draft.idempotency_key,
            duplicate_confirmed=data["duplicate_confirmed"],
        )

    def _take(self, sent: Mapping[str, str]) -> None:
        # The fields of a case that was not chosen are kept too: the choice may be changed back.
        kept = {name: text for name, text in self.typed.items() if name not in self.form.fields}
        self.typed = kept | typed_in(sent, self.form.fields)
        self.__dict__.pop("form", None)
        self.__dict__.pop("case", None)
        line = sent.get("card", "").strip()
        if line:
            card = read_card(line)
            if card is None:
                self.card_unread, self.focus = True, "id_card"
            else:
                self._fill(card)

    def _fill(self, card: Card) -> None:
        """The card is that of the person at the counter."""
        read = {
            "person_personal_number": card.number,
            "person_card": card.number,
            "person_name": card.name,
            "person_born_on": f"{card.born_on:%d/%m/%Y}" if card.born_on else "",
            "person_sex": card.sex,
            "person_address": card.address,
        }
        self.typed |= {name: text for name, text in read.items() if text}
        self.focus = "id_person_phone"

    def _applicant(self, who: str, data: Mapping[str, Any]) -> Applicant:
        values = {name: data[f"{who}_{name}"] for name in applicant_fields() if name != "confirmed"}
        values["kind"] = ApplicantKind(values["kind"])
        from_card = bool(values["personal_number"]) and values["personal_number"] == self.typed.get(
            f"{who}_card"
        )
        return Applicant(
            **values,
            identity_level=BY_CARD if from_card else BY_HAND,
            number_confirmed=data[f"{who}_confirmed"],
        )

    def _papers(self, data: Mapping[str, Any]) -> list[HandedPaper]:
        """One line a paper, and one more for each further scan of it."""
        papers = []
        for one in self._handed_lines():
            scans = self.files.get(one.pk, [])
            first = scans[0] if scans else None
            papers.append(
                HandedPaper(
                    requirement=one,
                    originals=data[f"originals_{one.pk}"] or 0,
                    certified_copies=data[f"copies_{one.pk}"] or 0,
                    source=PaperSource.SCAN if first else PaperSource.COUNTER,
                    file=first.file if first else None,
                    file_name=first.name if first else "",
                )
            )
            papers += [_scan(scan, one) for scan in scans[1:]]
        return papers + [_scan(scan, None) for scan in self.files.get(None, [])]

    def _handed_lines(self) -> list[Requirement]:
        """Ticked, or scanned without being ticked."""
        return [
            one
            for one in self.form.papers_asked
            if self.typed.get(f"paper_{one.pk}") or self.files.get(one.pk)
        ]

    def _quantities(self) -> Quantities:
        found: dict[int, int | tuple[int, ...]] = {}
        for rule in self.form.counted:
            text = self.typed.get(f"quantity_{rule.pk}", "0" if rule.is_optional else "1")
            told = tuple(int(number) for number in NUMBER.findall(text)[:MOST_COPIES])
            found[rule.pk] = told if rule.basis == FeeBasis.PER_PAGE else sum(told[:1])
        return found

    def _owner(self) -> Owner:
        who = "owner" if self.apart else "person"
        number = self.typed.get(f"{who}_personal_number", "") or self.typed.get(f"{who}_tax_code", "")
        return Owner(
            number.replace(" ", ""), self.typed.get(f"{who}_name", ""), self.typed.get(f"{who}_address", "")
        )

    def _check(self, who: str) -> NumberCheck | None:
        number = self.typed.get(f"{who}_personal_number", "").replace(" ", "")
        code = self.typed.get(f"{who}_tax_code", "").replace(" ", "")
        if not number and not code:
            return None
        kind = self.typed.get(f"{who}_kind", ApplicantKind.CITIZEN)
        return Applicant(
            kind=ApplicantKind(kind) if kind in ApplicantKind.values else ApplicantKind.CITIZEN,
            name="",
            personal_number=number,
            tax_code=code,
            sex=self.typed.get(f"{who}_sex", ""),
            born_on=_day(self.typed.get(f"{who}_born_on", "")),
        ).check()


def _exemption(data: Mapping[str, Any]) -> ClaimedExemption | None:
    if not data["exemption_ground"]:
        return None
    return ClaimedExemption(ground=data["exemption_ground"], evidence=data["exemption_evidence"])


def _day(text: str) -> date | None:
    try:
        day: date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    return day


def _scan(scan: IntakeFile, requirement: Requirement | None) -> HandedPaper:
    return HandedPaper(
        requirement=requirement,
        name="" if requirement else scan.name,
        source=PaperSource.SCAN,
        file=scan.file,
        file_name=scan.name,
    )
