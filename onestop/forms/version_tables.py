"""The pages of a draft: its facts with their tables, and one case with its five tables of small forms."""

from dataclasses import fields, replace
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from onestop.forms.version_lines import (
    MOST_ROWS,
    BasisForm,
    CaseForm,
    ChannelForm,
    FactsForm,
    FeeForm,
    LegForm,
    RequirementForm,
    ResultForm,
    StepForm,
)
from onestop.queries.version_content import (
    BasisContent,
    CaseContent,
    ChannelContent,
    FeeContent,
    LegContent,
    RequirementContent,
    ResultContent,
    StepContent,
    VersionContent,
)


class Rows(BaseFormSet):  # type: ignore[type-arg]  # not generic at run time
    """Rows of lines: untouched empty ones and those ticked for removal are none."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Bỏ")
        form.fields["DELETE"].label_suffix = ""

    def lines(self) -> list[dict[str, Any]]:
        """The values of the lines that stay."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in self.forms
            if not self._should_delete_form(form) and form.cleaned_data  # type: ignore[attr-defined]
        ]


def rows_of(form: type[forms.Form], *, extra: int = 2) -> type[Rows]:
    """A table of small forms with some empty ones below."""
    return formset_factory(
        form,
        formset=Rows,
        extra=extra,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        validate_max=True,
    )


def values_of(line: object, *leave_out: str) -> dict[str, Any]:
    """A line as the initial values of its form; numbers of other lines as people write them."""
    values = {field.name: getattr(line, field.name) for field in fields(line) if field.name not in leave_out}  # type: ignore[arg-type]
    return {
        name: ", ".join(str(one) for one in value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }


class VersionForms:
    """The page of a version's facts: the form and its two tables."""

    def __init__(self, content: VersionContent, seen: int | None, data: Any = None) -> None:
        initial = {name: getattr(content, name) for name in FactsForm.base_fields if name != "seen"}
        self.before = content
        self.facts = FactsForm(data, initial=initial | {"seen": seen})
        self.bases = rows_of(BasisForm)(
            data, prefix="bases", initial=[values_of(one) for one in content.legal_bases]
        )
        self.results = rows_of(ResultForm)(
            data, prefix="results", initial=[values_of(one) for one in content.result_kinds]
        )

    def is_valid(self) -> bool:
        """All of it, so that every fault is shown at once."""
        return all([self.facts.is_valid(), self.bases.is_valid(), self.results.is_valid()])

    @property
    def seen(self) -> int | None:
        """The last change that the page showed."""
        found: int | None = self.facts.cleaned_data.get("seen")
        return found

    def content(self) -> VersionContent:
        """What was typed, in place of what it replaces."""
        return replace(
            self.facts.content(self.before),
            legal_bases=tuple(BasisContent(**line) for line in self.bases.lines()),
            result_kinds=tuple(ResultContent(**line) for line in self.results.lines()),
        )


class CaseForms:
    """The page of one case: its name and five tables."""

    def __init__(
        self, case: CaseContent, seen: int | None, agencies: list[tuple[Any, Any]], data: Any = None
    ) -> None:
        self.before = case
        self.case = CaseForm(data, initial={"name": case.name, "seen": seen})
        steps = [
            values_of(step) | {"leg": number}
            for number, leg in enumerate(case.planned_legs, start=1)
            for step in leg.steps
        ]
        self.channels = rows_of(ChannelForm, extra=1)(
            data, prefix="channels", initial=[values_of(one) for one in case.channel_rules]
        )
        self.fees = rows_of(FeeForm, extra=1)(
            data, prefix="fees", initial=[values_of(one) for one in case.fee_rules]
        )
        self.papers = rows_of(RequirementForm)(
            data, prefix="papers", initial=[values_of(one, "form_id") for one in case.requirements]
        )
        self.legs = rows_of(LegForm, extra=1)(
            data,
            prefix="legs",
            initial=[values_of(one, "steps") for one in case.planned_legs],
            form_kwargs={"agencies": agencies},
        )
        self.steps = rows_of(StepForm)(data, prefix="steps", initial=steps)

    def tables(self) -> list[tuple[str, object, Rows]]:
        """Each table with its heading, in the order of the page."""
        return [
            ("channels", _("Cách thức và thời hạn"), self.channels),
            ("fees", _("Phí, lệ phí"), self.fees),
            ("papers", _("Thành phần hồ sơ"), self.papers),
            ("legs", _("Công đoạn của các cơ quan"), self.legs),
            ("steps", _("Các bước của từng công đoạn"), self.steps),
        ]

    def is_valid(self) -> bool:
        """All of it, so that every fault is shown at once."""
        rows = [table.is_valid() for _key, _heading, table in self.tables()]
        return self.case.is_valid() and all(rows)

    @property
    def seen(self) -> int | None:
        """The last change that the page showed."""
        found: int | None = self.case.cleaned_data.get("seen")
        return found

    def content(self) -> CaseContent:
        """What was typed. A step of a leg that is not there makes none."""
        forms_before = {paper.name: paper.form_id for paper in self.before.requirements}
        steps = self.steps.lines()
        return CaseContent(
            name=self.case.cleaned_data["name"],
            channel_rules=tuple(ChannelContent(**line) for line in self.channels.lines()),
            fee_rules=tuple(FeeContent(**line) for line in self.fees.lines()),
            requirements=tuple(
                RequirementContent(
                    **line
                    | {"originals": line["originals"] or 0, "copies": line["copies"] or 0}
                    | {"form_id": forms_before.get(line["name"])}
                )
                for line in self.papers.lines()
            ),
            planned_legs=tuple(
                LegContent(**line, steps=_steps_of(number, steps))
                for number, line in enumerate(self.legs.lines(), start=1)
            ),
        )


def _steps_of(leg: int, steps: list[dict[str, Any]]) -> tuple[StepContent, ...]:
    return tuple(
        StepContent(**{name: value for name, value in step.items() if name != "leg"})
        for step in steps
        if step["leg"] == leg
    )
