"""Stored codes of the organisation and their Vietnamese words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Where in the administration an agency sits. Depth is data: the tree may have any shape."""

    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class Branch(models.TextChoices):
    """Which of the three systems an agency belongs to."""

    PARTY = "party", _("Đảng")
    STATE = "state", _("Nhà nước")
    MASS = "mass", _("Mặt trận và đoàn thể")


class AgencyKind(models.TextChoices):
    """What an agency is; decides the layout of its papers and who signs for it."""

    PEOPLES_COMMITTEE = "ubnd", _("Ủy ban nhân dân")
    PEOPLES_COUNCIL = "hdnd", _("Hội đồng nhân dân")
    PARTY_COMMITTEE = "party_committee", _("Cấp ủy Đảng")
    PARTY_BOARD = "party_board", _("Ban Đảng, văn phòng cấp ủy")
    OFFICE = "office", _("Văn phòng")
    DEPARTMENT = "department", _("Sở, ban, ngành; phòng chuyên môn")
    SERVICE_UNIT = "service_unit", _("Đơn vị sự nghiệp, chi cục")
    MASS_ORGANISATION = "mass_organisation", _("Tổ chức chính trị - xã hội")
    CENTRAL_BODY = "central_body", _("Cơ quan ngành dọc trung ương")


class CodeScheme(models.TextChoices):
    """Generations of identification codes (domain: documents.md, section 3)."""

    QD20 = "qd20", _("Quyết định 20/2020/QĐ-TTg")
    QCVN102 = "qcvn102", _("QCVN 102:2016/BTTTT")


class Role(models.TextChoices):
    """What a position lets its holder do in the system."""

    LEADER = "leader", _("Lãnh đạo cơ quan")
    OFFICE_HEAD = "office_head", _("Chánh văn phòng, trưởng đơn vị")
    REGISTRY = "registry", _("Văn thư")
    COUNTER = "counter", _("Cán bộ tiếp nhận và trả kết quả")
    SPECIALIST = "specialist", _("Chuyên viên")
    AGENCY_ADMIN = "agency_admin", _("Quản trị cơ quan")
    SYSTEM_ADMIN = "system_admin", _("Quản trị hệ thống")


class Capacity(models.TextChoices):
    """In what capacity a person signs (Decree 30/2020, Art. 13)."""

    OWN = "own", _("Người đứng đầu tự ký")
    TM = "TM.", _("Thay mặt tập thể (TM.)")
    KT = "KT.", _("Ký thay (KT.)")
    TL = "TL.", _("Thừa lệnh (TL.)")
    TUQ = "TUQ.", _("Thừa ủy quyền (TUQ.)")
    Q = "Q.", _("Quyền (Q.)")
