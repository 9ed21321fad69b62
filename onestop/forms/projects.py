"""An investment project as it is typed, and the dossiers that are put into it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from egov.organizations.models import Membership
from onestop.actions.project import MOST_CAPITAL, ProjectContent
from onestop.forms.fields import LineField
from onestop.models import Dossier, Project, ProjectDossier


class MoneyField(forms.CharField):
    """An amount in dong as people type it: with or without dots between the thousands."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=30, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        """Thousands apart, as money is read."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        """The whole number behind the dots."""
        text = super().clean(value)
        bare = text.replace(".", "").replace(",", "").replace(" ", "")
        if not (bare.isascii() and bare.isdigit()) or not 0 < int(bare) <= MOST_CAPITAL:
            raise forms.ValidationError(_("Ghi số tiền bằng đồng, ví dụ 1.250.000.000."))
        return int(bare)


class ProjectForm(forms.Form):
    """What is known of a project."""

    name = LineField(label=_("Tên dự án"), max_length=300)
    investor = LineField(label=_("Nhà đầu tư"), max_length=200)
    capital = MoneyField(label=_("Vốn đầu tư (đồng)"))
    place = LineField(label=_("Địa điểm"), max_length=300)
    account_manager = forms.ModelChoiceField(
        label=_("Chuyên viên phụ trách"),
        queryset=Membership.objects.none(),
        empty_label=_("Chọn người phụ trách"),
    )
    note = forms.CharField(
        label=_("Ghi chú"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, managers: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account_manager"].queryset = managers
        self.fields["account_manager"].label_from_instance = lambda one: (
            f"{one.user.full_name} – {one.position}"
        )

    def content(self) -> ProjectContent:
        """The project as the action takes it."""
        return ProjectContent(**self.cleaned_data)

    @staticmethod
    def initial_of(project: Project) -> dict[str, Any]:
        """What stands in the form of an existing project."""
        names = ("name", "investor", "capital", "place", "account_manager", "note")
        return {name: getattr(project, name) for name in names}


class LinkForm(forms.Form):
    """A dossier and what comes before it."""

    dossier = forms.ModelChoiceField(
        label=_("Hồ sơ"), queryset=Dossier.objects.none(), empty_label=_("Chọn hồ sơ")
    )
    after = forms.MultipleChoiceField(
        label=_("Chỉ làm được sau khi xong"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, dossiers: QuerySet[Dossier], links: list[ProjectDossier], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dossier"].queryset = dossiers
        self.fields["dossier"].label_from_instance = lambda one: f"{one} – {one.version.name}"
        self.fields["after"].choices = [
            (str(link.order), f"{link.order}. {link.dossier.version.name}") for link in links
        ]
