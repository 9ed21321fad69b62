"""Who may change the catalogue of procedures, and who checks it (domain: 1.2, 2.5; Decree 63/2010).

The province's committee and its office keep the whole catalogue; an agency keeps what it decides itself.
"""

from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import AgencyKind, Level, Role
from egov.organizations.models import Agency
from egov.workflow.verdict import ALLOWED, Verdict, refused
from onestop.enums import VersionState
from onestop.models import Procedure, ProcedureVersion

Anyone = Actor | SignedOut

WRITERS = (Role.SPECIALIST, Role.OFFICE_HEAD, Role.LEADER)
DECIDERS = (Role.OFFICE_HEAD, Role.LEADER)


def may_read_catalogue(actor: Anyone, subject: object) -> Verdict:  # noqa: ARG001  (nothing in it is closed)
    """Every official; citizens read it on the portal."""
    if isinstance(actor, Actor):
        return ALLOWED
    return refused(_("Hãy đăng nhập để xem danh mục thủ tục hành chính."))


def may_keep_catalogue(actor: Anyone, subject: object) -> Verdict:  # noqa: ARG001  (the catalogue as a whole)
    """Officials of the province's committee and of its office: add procedures, import, commit to less."""
    if isinstance(actor, Actor) and actor.is_(*WRITERS) and keeps_whole_catalogue(actor.agency):
        return ALLOWED
    return refused(
        _("Chỉ Ủy ban nhân dân tỉnh và Văn phòng Ủy ban nhân dân tỉnh quản lý danh mục thủ tục hành chính.")
    )


def may_announce(actor: Anyone, subject: object) -> Verdict:  # noqa: ARG001  (a decision does not exist yet)
    """Leaders and heads of office of the province's committee and of its office."""
    if isinstance(actor, Actor) and actor.is_(*DECIDERS) and keeps_whole_catalogue(actor.agency):
        return ALLOWED
    return refused(
        _(
            "Chỉ lãnh đạo, chánh văn phòng của Ủy ban nhân dân tỉnh và Văn phòng Ủy ban nhân dân tỉnh được "
            "ghi quyết định công bố."
        )
    )


def may_create_version(actor: Anyone, procedure: Procedure) -> Verdict:
    """Who keeps the procedure; one draft at a time, or two people would change it against each other."""
    if not _writes(actor, procedure):
        return _not_the_keeper()
    waiting = (VersionState.DRAFT, VersionState.VERIFIED)
    if procedure.versions.filter(state__in=waiting).exists():
        return refused(_("Thủ tục đã có một bản dự thảo chưa áp dụng. Hãy sửa bản đó."))
    return ALLOWED


def may_edit_version(actor: Anyone, version: ProcedureVersion) -> Verdict:
    """Who keeps the procedure, and only a draft: what is in force is followed by a new version (rule 5)."""
    if not _writes(actor, version.procedure):
        return _not_the_keeper()
    if version.state != VersionState.DRAFT:
        return refused(
            _(
                "Chỉ sửa được bản dự thảo. Bản đã thẩm tra phải trả lại để sửa; bản đang áp dụng chỉ được "
                "thay bằng phiên bản mới."
            )
        )
    return ALLOWED


def may_verify_version(actor: Anyone, version: ProcedureVersion) -> Verdict:
    """Who keeps the procedure, other than whoever wrote the draft: four eyes (domain: 2.3)."""
    if not _writes(actor, version.procedure):
        return _not_the_keeper()
    if version.state != VersionState.DRAFT:
        return refused(_("Chỉ thẩm tra bản dự thảo."))
    if version.changes.written_by(actor.user_id):
        return refused(_("Người soạn hoặc sửa dự thảo không tự thẩm tra; hãy đề nghị người khác."))
    return ALLOWED


def may_send_back_version(actor: Anyone, version: ProcedureVersion) -> Verdict:
    """Who keeps the procedure, as long as the version is not in force."""
    if not _writes(actor, version.procedure):
        return _not_the_keeper()
    if version.state != VersionState.VERIFIED:
        return refused(_("Chỉ trả lại được bản đã thẩm tra mà chưa áp dụng."))
    return ALLOWED


def may_activate_version(actor: Anyone, version: ProcedureVersion) -> Verdict:
    """Leaders and heads of office of who keeps the procedure; only what another person verified."""
    if not (_writes(actor, version.procedure) and actor.is_(*DECIDERS)):
        return refused(
            _("Chỉ lãnh đạo, chánh văn phòng của cơ quan quản lý thủ tục được cho áp dụng phiên bản.")
        )
    if version.state != VersionState.VERIFIED:
        return refused(_("Chỉ bản đã được người khác thẩm tra mới được áp dụng."))
    return ALLOWED


def keeps_whole_catalogue(agency: Agency) -> bool:
    """The province's people's committee, or an office that prints that committee as its superior."""
    if agency.level != Level.PROVINCE:
        return False
    if agency.kind == AgencyKind.PEOPLES_COMMITTEE:
        return True
    committees = Agency.objects.filter(kind=AgencyKind.PEOPLES_COMMITTEE, level=Level.PROVINCE)
    return agency.kind == AgencyKind.OFFICE and committees.filter(name=agency.superior_name).exists()


def _writes(actor: Anyone, procedure: Procedure) -> bool:
    if not (isinstance(actor, Actor) and actor.is_(*WRITERS)):
        return False
    return actor.agency_id == procedure.agency_id or keeps_whole_catalogue(actor.agency)


def _not_the_keeper() -> Verdict:
    return refused(
        _(
            "Chỉ cơ quan quyết định thủ tục, Ủy ban nhân dân tỉnh và Văn phòng của Ủy ban "
            "được sửa thủ tục này."
        )
    )
