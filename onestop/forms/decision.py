"""What an official types when a decision that announces procedures has been signed."""

from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from onestop.enums import EffectKind
from onestop.forms.fields import DayField, LineField
from onestop.models import Procedure, ProcedureVersion

ABOLISHED_ROWS = 5
# One decision of a ministry covered 100 procedures; the catalogue has some 2,600.
MOST_LINES = 3000


class DecisionForm(forms.Form):
    """The decision itself."""

    number = LineField(label=_("Số quyết định"), max_length=60)
    issuer = LineField(
        label=_("Cơ quan ban hành"), max_length=200, initial=_("Chủ tịch Ủy ban nhân dân tỉnh")
    )
    title = LineField(label=_("Trích yếu"), max_length=500)
    issued_on = DayField(label=_("Ngày ban hành"))
    file = forms.FileField(
        label=_("Tệp quyết định (PDF)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )


class BroughtInForm(forms.Form):
    """A verified version that the decision may bring in."""

    KINDS = [(kind.value, kind.label) for kind in EffectKind if kind != EffectKind.ABOLISHED]

    version = forms.IntegerField(widget=forms.HiddenInput)
    chosen = forms.BooleanField(label=_("Công bố"), required=False, label_suffix="")
    kind = forms.ChoiceField(label=_("Nội dung"), choices=KINDS)
    effective_on = DayField(label=_("Có hiệu lực từ"), required=False)

    def clean(self) -> dict[str, Any]:
        """Whatever is chosen has its day."""
        cleaned = super().clean() or {}
        if cleaned.get("chosen") and not cleaned.get("effective_on") and "effective_on" not in self.errors:
            self.add_error("effective_on", _("Hãy ghi ngày có hiệu lực."))
        return cleaned


class AbolishedForm(forms.Form):
    """A procedure that the decision ends."""

    procedure = forms.TypedChoiceField(
        label=_("Thủ tục bị bãi bỏ"), required=False, coerce=int, empty_value=None
    )
    effective_on = DayField(label=_("Bãi bỏ từ ngày"), required=False)

    def __init__(self, *args: Any, procedures: list[tuple[Any, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["procedure"].choices = [("", "—"), *procedures]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A procedure and its day come together."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("procedure")) != bool(cleaned.get("effective_on")) and not self.errors:
            self.add_error("effective_on", _("Hãy ghi cả thủ tục và ngày bãi bỏ."))
        return cleaned


class DecisionForms:
    """The page of a new decision: its facts, what it brings in, what it ends."""

    def __init__(
        self,
        versions: list[ProcedureVersion],
        procedures: list[Procedure],
        data: Any = None,
        files: Any = None,
    ) -> None:
        self.versions = {version.pk: version for version in versions}
        self.procedures = {procedure.pk: procedure for procedure in procedures}
        self.facts = DecisionForm(data, files)
        self.brought_in = formset_factory(
            BroughtInForm, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES
        )(
            data,
            prefix="versions",
            initial=[
                {
                    "version": version.pk,
                    "kind": EffectKind.NEW if version.number == 1 else EffectKind.AMENDED,
                }
                for version in versions
            ],
        )
        names = [
            (procedure.pk, f"{procedure.local_code} {procedure.name}")  # type: ignore[attr-defined]
            for procedure in procedures
        ]
        self.abolished: BaseFormSet[AbolishedForm] = formset_factory(AbolishedForm, extra=ABOLISHED_ROWS)(
            data, prefix="abolished", form_kwargs={"procedures": names}
        )

    def is_valid(self) -> bool:
        """All of it, so that every fault is shown at once."""
        return all([self.facts.is_valid(), self.brought_in.is_valid(), self.abolished.is_valid()])

    def rows(self) -> list[tuple[ProcedureVersion, BroughtInForm]]:
        """Each verified version with its row."""
        return [
            (version, form)
            for form in self.brought_in.forms
            if (version := self.versions.get(_number(form["version"].value())))
        ]

    def lines(self) -> list[tuple[Procedure, str, date, ProcedureVersion | None]]:
        """What was chosen: procedure, kind, day, version."""
        found: list[tuple[Procedure, str, date, ProcedureVersion | None]] = []
        for form in self.brought_in.forms:
            line = form.cleaned_data
            version = self.versions.get(line.get("version", 0))
            if line.get("chosen") and version:
                found.append((version.procedure, line["kind"], line["effective_on"], version))
        endings = [form.cleaned_data for form in self.abolished.forms]
        return found + [
            (procedure, EffectKind.ABOLISHED, line["effective_on"], None)
            for line in endings
            if (procedure := self.procedures.get(line.get("procedure") or 0))
        ]


def _number(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() else 0
