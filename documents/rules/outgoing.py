"""Who may take an outgoing document which step (Decree 30/2020, Art. 10-18).

A rule says who and in which state. What depends on a day (is the signer competent, does the agency still
exist) is asked by the action, which knows the moment: see ``authority.py`` and the actions.
"""

from django.utils.translation import gettext_lazy as _

from documents.enums import DocumentState
from documents.models import Document
from documents.models.visibility import sees_whole_agency
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Agency
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut
S = DocumentState

# The same answer for each step that needs one, so that a page can offer the way to it.
WITHOUT_SECOND_FACTOR = refused(
    _("Cần đăng nhập bằng xác thực hai lớp để ký, cấp số, đóng dấu hoặc phát hành.")
)
ADMINISTRATORS = (Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN)


def may_draft(actor: Anyone, content: object) -> Verdict:  # noqa: ARG001  (a draft does not exist yet)
    """Whoever serves in an agency may draft for it; administrators manage accounts and write no documents."""
    if not isinstance(actor, Actor):
        return refused(_("Hãy đăng nhập để soạn văn bản."))
    if actor.is_(*ADMINISTRATORS):
        return refused(_("Tài khoản quản trị không soạn thảo văn bản."))
    return ALLOWED


def may_read(actor: Anyone, document: Document) -> Verdict:
    """The same predicate as every list (models/visibility.py)."""
    if Document.objects.visible_to(actor).filter(pk=document.pk).exists():
        return ALLOWED
    return refused(_("Không tìm thấy văn bản."))


def may_edit(actor: Anyone, document: Document) -> Verdict:
    """Only the drafter, and only a draft."""
    if not _is_drafter(actor, document):
        return refused(_("Chỉ người soạn thảo được sửa dự thảo này."))
    return _in_state(document, S.DRAFT, _("Văn bản không còn là dự thảo nên không sửa được nữa."))


def may_submit(actor: Anyone, document: Document) -> Verdict:
    """Only the drafter, and only a draft."""
    if not _is_drafter(actor, document):
        return refused(_("Chỉ người soạn thảo được trình ký văn bản này."))
    return _in_state(document, S.DRAFT, _("Văn bản đã được trình ký."))


def may_withdraw(actor: Anyone, document: Document) -> Verdict:
    """The drafter takes back what is not signed yet."""
    if not _is_drafter(actor, document):
        return refused(_("Chỉ người soạn thảo được rút lại văn bản đã trình."))
    return _in_state(document, S.SUBMITTED, _("Chỉ rút lại được văn bản đang chờ ký."))


def may_return_to_drafter(actor: Anyone, document: Document) -> Verdict:
    """The signer before signing; after it the signer or the registry, as long as no number was given."""
    if document.state == S.SUBMITTED:
        if _is_signer(actor, document):
            return ALLOWED
        return refused(_("Chỉ người được trình ký được trả lại dự thảo."))
    if document.state == S.SIGNED:
        if _is_signer(actor, document) or _is_registry(actor, document):
            return ALLOWED
        return refused(_("Chỉ người ký hoặc văn thư của cơ quan được trả lại văn bản đã ký chưa cấp số."))
    return refused(_("Văn bản không ở bước trả lại được cho người soạn thảo."))


def may_sign(actor: Anyone, document: Document) -> Verdict:
    """Only the person to whom it was submitted, in that position, with a second factor."""
    if not _is_signer(actor, document):
        return refused(_("Văn bản này không được trình cho Quý vị ký."))
    return _second_factor(actor) and _in_state(document, S.SUBMITTED, _("Văn bản không ở bước chờ ký."))


def may_number(actor: Anyone, document: Document) -> Verdict:
    """Only the registry of that agency (rule 9)."""
    if not _is_registry(actor, document):
        return refused(_("Chỉ văn thư của cơ quan ban hành được cấp số văn bản."))
    return _second_factor(actor) and _in_state(
        document, S.SIGNED, _("Văn bản không ở bước chờ cấp số: cần có chữ ký và chưa có số.")
    )


def may_seal(actor: Anyone, document: Document) -> Verdict:
    """Only the registry of that agency, in person (rule 9; Decree 30/2020, Art. 32)."""
    if not _is_registry(actor, document):
        return refused(_("Chỉ văn thư của cơ quan ban hành được ký số của cơ quan."))
    return _second_factor(actor) and _in_state(
        document, S.NUMBERED, _("Văn bản không ở bước chờ đóng dấu: cần có chữ ký, số và ngày.")
    )


def may_issue(actor: Anyone, document: Document) -> Verdict:
    """Only the registry of that agency (rule 9)."""
    if not _is_registry(actor, document):
        return refused(_("Chỉ văn thư của cơ quan ban hành được phát hành văn bản."))
    return _second_factor(actor) and _in_state(
        document, S.SEALED, _("Văn bản không ở bước chờ phát hành: cần đủ hai chữ ký, số và ngày.")
    )


def may_read_registers(actor: Anyone, agency: Agency) -> Verdict:
    """Whoever sees all documents of the agency: its registry, its leaders, its head of office."""
    if isinstance(actor, Actor) and actor.agency_id == agency.pk and sees_whole_agency(actor):
        return ALLOWED
    return refused(_("Chỉ văn thư, lãnh đạo và chánh văn phòng của cơ quan được xem sổ đăng ký."))


def _is_drafter(actor: Anyone, document: Document) -> bool:
    return isinstance(actor, Actor) and document.drafter_id == actor.membership.pk


def _is_signer(actor: Anyone, document: Document) -> bool:
    return (
        isinstance(actor, Actor)
        and document.signer_id is not None
        and document.signer_id == actor.membership.pk
    )


def _is_registry(actor: Anyone, document: Document) -> bool:
    return isinstance(actor, Actor) and actor.is_(Role.REGISTRY) and document.agency_id == actor.agency_id


def _second_factor(actor: Anyone) -> Verdict:
    return ALLOWED if actor.second_factor else WITHOUT_SECOND_FACTOR


def _in_state(document: Document, state: DocumentState, otherwise: object) -> Verdict:
    return ALLOWED if document.state == state else refused(otherwise)
