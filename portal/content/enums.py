"""What published things can be; stored code and Vietnamese label."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Duty(models.TextChoices):
    """What an official does for the portal; the three steps of an article are three people's."""

    AUTHOR = "author", _("Tác giả")
    EDITOR = "editor", _("Biên tập viên")
    APPROVER = "approver", _("Người duyệt đăng")


class LegalKind(models.TextChoices):
    """Kinds of legal and administrative documents."""

    LAW = "law", _("Luật")
    ORDINANCE = "ordinance", _("Pháp lệnh")
    NATIONAL_RESOLUTION = "national_resolution", _("Nghị quyết của Quốc hội")
    DECREE = "decree", _("Nghị định")
    PRIME_MINISTER_DECISION = "pm_decision", _("Quyết định của Thủ tướng Chính phủ")
    CIRCULAR = "circular", _("Thông tư")
    RESOLUTION = "resolution", _("Nghị quyết của Hội đồng nhân dân")
    DECISION = "decision", _("Quyết định của Ủy ban nhân dân")
    DIRECTIVE = "directive", _("Chỉ thị")
    PLAN = "plan", _("Kế hoạch")
    OTHER = "other", _("Văn bản khác")


class LegalStatus(models.TextChoices):
    """What a legal document is on a day; follows from its dates and from what others did to it."""

    NOT_YET = "not_yet", _("Chưa có hiệu lực")
    IN_FORCE = "in_force", _("Còn hiệu lực")
    PARTLY = "partly", _("Hết hiệu lực một phần")
    ENDED = "ended", _("Hết hiệu lực")


class LegalRelation(models.TextChoices):
    """What one legal document does to another."""

    REPLACES = "replaces", _("thay thế")
    AMENDS = "amends", _("sửa đổi, bổ sung")
    ENDS_PARTLY = "ends_partly", _("bãi bỏ một phần")
    GUIDES = "guides", _("quy định chi tiết, hướng dẫn")
    REFERS = "refers", _("căn cứ, dẫn chiếu")
