"""Whether a person may sign in a capacity on a day (Decree 30/2020, Art. 13; rules 10 and 36).

Authority comes from positions and written delegations in force on the day of signing, never from a
certificate.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from documents.models import DocumentKind
from egov.organizations.enums import AgencyKind, Capacity, Role
from egov.organizations.models import Agency, Delegation, Membership
from egov.workflow.verdict import ALLOWED, Verdict, refused

# Agencies that work as a collective: their head signs on its behalf (TM.).
COLLECTIVES = (AgencyKind.PEOPLES_COMMITTEE, AgencyKind.PEOPLES_COUNCIL, AgencyKind.PARTY_COMMITTEE)
# An acting head's title says so: "Quyền Giám đốc", "Q. Giám đốc".
ACTING_PREFIXES = ("quyền ", "q. ")


def is_acting(position: str) -> bool:
    """Whether a title is that of an acting head."""
    return position.lower().startswith(ACTING_PREFIXES)


def authority(member: Membership, *, agency: Agency, kind: DocumentKind, capacity: str, on: date) -> Verdict:
    """Whether the holder of this position may sign such a document for the agency so that day."""
    if not agency.exists_on(on):
        return refused(_("Cơ quan đã kết thúc hoạt động nên không ban hành văn bản được nữa."))
    if member.agency_id != agency.pk or not member.holds_on(on):
        return refused(_("Người ký không giữ chức vụ này tại cơ quan ban hành vào ngày ký."))
    match capacity:
        case Capacity.OWN | Capacity.TM | Capacity.Q:
            return _as_head(member, agency, capacity)
        case Capacity.KT:
            return _as_deputy(member)
        case Capacity.TL | Capacity.TUQ:
            return _as_delegate(member, kind, capacity, on)
        case _:
            return refused(_("Tư cách ký không hợp lệ."))


def capacities(member: Membership, *, agency: Agency, kind: DocumentKind, on: date) -> Iterable[Capacity]:
    """Every capacity in which this person may sign such a document that day, for the form that submits it."""
    return [
        capacity
        for capacity in Capacity
        if authority(member, agency=agency, kind=kind, capacity=capacity, on=on)
    ]


def _as_head(member: Membership, agency: Agency, capacity: str) -> Verdict:
    if not member.is_head:
        return refused(_("Chỉ người đứng đầu cơ quan được ký với tư cách này."))
    if is_acting(member.position):
        wanted = Capacity.Q
    elif agency.kind in COLLECTIVES:
        wanted = Capacity.TM
    else:
        wanted = Capacity.OWN
    if capacity == wanted:
        return ALLOWED
    sentences = {
        Capacity.Q: _("Người đang giữ quyền đứng đầu cơ quan phải ký với tư cách Q. (quyền)."),
        Capacity.TM: _("Cơ quan làm việc theo chế độ tập thể: người đứng đầu ký thay mặt (TM.)."),
        Capacity.OWN: _("Cơ quan làm việc theo chế độ thủ trưởng: người đứng đầu tự ký."),
    }
    return refused(sentences[wanted])


def _as_deputy(member: Membership) -> Verdict:
    if member.role == Role.LEADER and not member.is_head:
        return ALLOWED
    return refused(_("Chỉ cấp phó của người đứng đầu được ký thay (KT.)."))


def _as_delegate(member: Membership, kind: DocumentKind, capacity: str, on: date) -> Verdict:
    """TL. for the listed kinds; TUQ. within its dates and from an office, so that it is never passed on."""
    if capacity == Capacity.TL and member.role != Role.OFFICE_HEAD:
        return refused(_("Chỉ người đứng đầu đơn vị trong cơ quan được ký thừa lệnh (TL.)."))
    given = [
        delegation
        for delegation in Delegation.objects.filter(
            holder=member, capacity=capacity, grantor__agency_id=member.agency_id
        ).select_related("grantor")
        if delegation.holds_on(on)
    ]
    if not given:
        return refused(_("Không có văn bản ủy quyền, thừa lệnh còn hiệu lực cho người ký vào ngày này."))
    from_office = [one for one in given if one.grantor.is_head and one.grantor.holds_on(on)]
    if not from_office:
        return refused(
            _(
                "Người ủy quyền không phải là người đứng đầu cơ quan; "
                "người được ủy quyền không được ủy quyền lại."
            )
        )
    if not any(kind.code in one.kinds for one in from_office):
        return refused(_("Loại văn bản này không nằm trong danh mục được ký theo ủy quyền, thừa lệnh."))
    return ALLOWED
