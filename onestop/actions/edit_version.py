"""Change what a draft says."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.create_version import note_draft, write_lines
from onestop.enums import VersionState
from onestop.models import ProcedureVersion
from onestop.queries.version_content import VersionContent, own_values


class EditedMeanwhile(Refusal):
    """Somebody else saved after the page was opened."""


class ContentNotAcceptable(Refusal):
    """What was typed contradicts itself."""


@action("onestop.edit_version", allowed=rules.may_edit_version)
def edit_version(
    actor: Actor,
    version: ProcedureVersion,
    content: VersionContent,
    *,
    at: datetime,
    seen: int | None = None,
    note: str = "",
) -> ProcedureVersion:
    """Make the draft say exactly this. ``seen`` is the last change that the editor's page showed.

    Raises EditedMeanwhile rather than overwrite what a colleague has just typed.
    """
    latest = version.changes.order_by("-pk").values_list("pk", flat=True).first()
    if seen is not None and seen != latest:
        raise EditedMeanwhile(
            _(
                "Người khác vừa lưu bản dự thảo này nên nội dung Quý vị gửi chưa được lưu. "
                "Hãy mở lại trang để xem thay đổi rồi sửa tiếp."
            )
        )
    _refuse_contradictions(content)
    for name, value in own_values(content).items():
        setattr(version, name, value)
    version.save()
    write_lines(version, content)
    note_draft(version, before=VersionState.DRAFT, by=actor, at=at, note=note)
    return version


def _refuse_contradictions(content: VersionContent) -> None:
    """What the database would refuse, said in words."""
    if not content.name.strip():
        raise ContentNotAcceptable(_("Hãy ghi tên thủ tục."))
    for case in content.cases:
        channels = [(rule.channel, rule.variant) for rule in case.channel_rules]
        if len(set(channels)) < len(channels):
            raise ContentNotAcceptable(
                _(
                    "Một cách thức nộp được ghi hai lần trong cùng trường hợp. "
                    "Hãy ghi rõ biến thể của từng dòng."
                )
            )
