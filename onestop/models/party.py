"""Applicants as they stood in one dossier, and the papers that they brought."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egov.search.index import Words
from onestop.enums import ApplicantKind, PaperSource


class Party(models.Model):
    """A person or organisation as they gave themselves at intake: history keeps the names of its day.

    A personal number has 12 digits (the 9 digits of an old card only on old dossiers); an organisation has
    its tax or enterprise code of 10 or 13 digits.
    """

    class Sex(models.TextChoices):
        MALE = "male", _("Nam")
        FEMALE = "female", _("Nữ")

    kind = models.CharField(_("đối tượng"), max_length=12, choices=ApplicantKind.choices)
    name = models.CharField(_("họ tên, tên tổ chức"), max_length=200)
    personal_number = models.CharField(_("số định danh cá nhân"), max_length=12, blank=True)
    tax_code = models.CharField(_("mã số thuế, mã doanh nghiệp"), max_length=14, blank=True)
    born_on = models.DateField(_("ngày sinh"), null=True, blank=True)
    sex = models.CharField(_("giới tính"), max_length=6, choices=Sex.choices, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    # Who acts for an organisation.
    representative = models.CharField(_("người đại diện"), max_length=200, blank=True)
    # How sure the identity is: typed by hand, read from the card, signed in with the electronic identity.
    identity_level = models.PositiveSmallIntegerField(_("mức xác thực"), default=0)
    # The warning about the number that an official passed over, in words (rule 38).
    number_warning = models.CharField(_("cảnh báo số định danh"), max_length=300, blank=True)
    search = models.GeneratedField(
        expression=Words("name"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        ordering = ("id",)
        indexes = [
            GinIndex(fields=["search"], name="party_search"),
            models.Index(
                fields=["personal_number"], name="party_personal_number", condition=~Q(personal_number="")
            ),
            models.Index(fields=["tax_code"], name="party_tax_code", condition=~Q(tax_code="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(personal_number="") | Q(personal_number__regex=r"^(\d{9}|\d{12})$"),
                name="party_personal_number_digits",
            ),
            models.CheckConstraint(
                condition=Q(tax_code="") | Q(tax_code__regex=r"^\d{10}(-?\d{3})?$"),
                name="party_tax_code_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """One paper of a dossier: brought, shown, uploaded, reused or looked up."""

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="papers")
    # None for a paper beyond the published list, which nobody may ask for.
    requirement = models.ForeignKey(
        "onestop.Requirement", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.TextField(_("giấy tờ"))
    originals = models.PositiveSmallIntegerField(_("bản chính"), default=0)
    certified_copies = models.PositiveSmallIntegerField(_("bản sao chứng thực"), default=0)
    photocopies = models.PositiveSmallIntegerField(_("bản chụp"), default=0)
    is_shown_only = models.BooleanField(_("chỉ xuất trình"), default=False)
    source = models.CharField(_("nguồn"), max_length=10, choices=PaperSource.choices)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField(_("tên tệp"), max_length=255, blank=True)
    # The item of the owner's store that was used again.
    stored = models.ForeignKey(
        "onestop.StoredPaper", on_delete=models.PROTECT, null=True, blank=True, related_name="uses"
    )
    added_at = models.DateTimeField(_("nhận lúc"))
    # Replaced by a later paper of a supplement; kept.
    replaced_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class StoredPaper(models.Model):
    """A paper or result in its owner's electronic store, for use in later dossiers (domain: 3.8)."""

    class Validity(models.TextChoices):
        VALID = "valid", _("Còn hiệu lực")
        REVOKED = "revoked", _("Đã thu hồi")
        REPLACED = "replaced", _("Đã thay thế")

    # Personal number, or tax code of an organisation.
    owner_number = models.CharField(_("số định danh chủ sở hữu"), max_length=14)
    type_code = models.CharField(_("mã loại giấy tờ"), max_length=30, blank=True)
    name = models.CharField(_("tên giấy tờ"), max_length=300)
    number = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    issued_on = models.DateField(_("ngày cấp"), null=True, blank=True)
    expires_on = models.DateField(_("hết hạn ngày"), null=True, blank=True)
    issuer = models.CharField(_("cơ quan cấp"), max_length=200, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_signed = models.BooleanField(_("đã ký số hợp lệ"), default=False)
    source = models.CharField(_("nguồn"), max_length=10, choices=PaperSource.choices)
    validity = models.CharField(
        _("hiệu lực"), max_length=10, choices=Validity.choices, default=Validity.VALID
    )
    validity_reason = models.CharField(_("lý do"), max_length=300, blank=True)
    # What it came from: a result of this system, or a paper digitised at a counter.
    result = models.OneToOneField(
        "onestop.Result", on_delete=models.PROTECT, null=True, blank=True, related_name="kept_as"
    )
    paper = models.OneToOneField(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="kept_as"
    )

    class Meta:
        ordering = ("-issued_on", "-id")
        indexes = [models.Index(fields=["owner_number", "type_code"], name="stored_paper_of_owner")]

    def __str__(self) -> str:
        return self.name
