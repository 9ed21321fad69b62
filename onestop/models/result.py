"""What a dossier ended with: results, their register, the official papers asked for, and how each result
reached its owner."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onestop.enums import CollectorCapacity, Delivery, RefusalGround
from onestop.models.party import StoredPaper


class ResultEntry(models.Model):
    """One line of an agency's register of results: numbers of a year without gaps, taken before signing.

    A number that was taken is never given back; one that no result bears stays visible as unused.
    """

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="result_entries")
    kind = models.ForeignKey(
        "onestop.ResultKind", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    entered_on = models.DateField(_("ngày vào sổ"))
    entered_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("agency_id", "-year", "-number")
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="result_entry_number")
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.notation

    @property
    def notation(self) -> str:
        """As it stands on the result: ``07/2026``."""
        return f"{self.number:02d}/{self.year}"

    @property
    def borne_by(self) -> Result | None:
        """The result that bears this number; None as long as nothing does."""
        return getattr(self, "result", None)


class Result(models.Model):
    """One result of a dossier: what was granted, or the letter that refuses it. Never edited: a mended one is
    a new version, a wrong one is revoked."""

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="results")
    kind = models.ForeignKey(
        "onestop.ResultKind", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("tên kết quả"), max_length=300)
    version = models.PositiveSmallIntegerField(_("lần"), default=1)
    is_refusal = models.BooleanField(_("từ chối giải quyết"), default=False)
    refusal_ground = models.CharField(
        _("căn cứ từ chối"), max_length=15, choices=RefusalGround.choices, blank=True
    )
    refusal_reason = models.TextField(_("lý do từ chối"), blank=True)
    number = models.CharField(_("số, ký hiệu"), max_length=60)
    issued_on = models.DateField(_("ngày cấp"))
    expires_on = models.DateField(_("hết hạn ngày"), null=True, blank=True)
    issuer = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(_("người ký"), max_length=100, blank=True)
    signer_position = models.CharField(_("chức vụ người ký"), max_length=100, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField(_("tên tệp"), max_length=255, blank=True)
    is_signed = models.BooleanField(_("đã ký số hợp lệ"), default=False)
    # The check of the signatures on the day of recording, kept with its evidence.
    validation = models.ForeignKey(
        "signing.ValidationReport", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Its line in the register of results; an official paper has its number in the register of papers.
    entry = models.OneToOneField(
        ResultEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="result"
    )
    # The official paper behind documents.public: a number to ask with, not a foreign key into another app.
    document_id = models.BigIntegerField(_("văn bản"), null=True, blank=True, unique=True)
    recorded_at = models.DateTimeField(_("ghi nhận lúc"))
    recorded_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    validity = models.CharField(
        _("hiệu lực"),
        max_length=10,
        choices=StoredPaper.Validity.choices,
        default=StoredPaper.Validity.VALID,
    )
    validity_reason = models.CharField(_("lý do"), max_length=300, blank=True)
    validity_since = models.DateTimeField(_("từ lúc"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        ordering = ("dossier_id", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False, document_id__isnull=True)
                | Q(entry__isnull=True, document_id__isnull=False),
                name="result_stands_in_one_register",
            ),
            models.CheckConstraint(
                condition=Q(is_refusal=False, refusal_ground="")
                | (Q(is_refusal=True) & ~Q(refusal_ground="") & ~Q(refusal_reason="")),
                name="result_refusal_has_ground",
            ),
            models.CheckConstraint(
                condition=Q(is_signed=False) | Q(file__isnull=False), name="result_signed_has_file"
            ),
            models.CheckConstraint(
                condition=Q(validity="valid") | (~Q(validity_reason="") & Q(validity_since__isnull=False)),
                name="result_invalid_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=models.F("issued_on")),
                name="result_expires_after_issue",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            # Only whether it still holds may change, and that with a reason.
            pgtrigger.Protect(
                name="content_stays",
                operation=pgtrigger.UpdateOf(
                    "dossier_id",
                    "number",
                    "issued_on",
                    "expires_on",
                    "file_id",
                    "is_signed",
                    "version",
                    "is_refusal",
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def is_valid(self) -> bool:
        """Neither revoked nor replaced; whether it has expired depends on the day that is asked about."""
        return self.validity == StoredPaper.Validity.VALID


class RequestedPaper(models.Model):
    """An official paper that was asked for as the result of a dossier, until it is issued and taken in."""

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="requested_papers")
    kind = models.ForeignKey(
        "onestop.ResultKind", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("tên kết quả"), max_length=300)
    is_refusal = models.BooleanField(_("từ chối giải quyết"), default=False)
    refusal_ground = models.CharField(
        _("căn cứ từ chối"), max_length=15, choices=RefusalGround.choices, blank=True
    )
    refusal_reason = models.TextField(_("lý do từ chối"), blank=True)
    expires_on = models.DateField(_("hết hạn ngày"), null=True, blank=True)
    document_id = models.BigIntegerField(_("văn bản"), unique=True)
    requested_at = models.DateTimeField(_("đề nghị lúc"))
    requested_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    result = models.OneToOneField(
        Result, on_delete=models.PROTECT, null=True, blank=True, related_name="requested_as"
    )

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class PostItem(models.Model):
    """A result on its way by public post: handed to the post, then delivered or sent back (domain: 3.10)."""

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="post_items")
    waybill = models.CharField(_("số hiệu bưu gửi"), max_length=40, unique=True)
    recipient = models.CharField(_("người nhận"), max_length=200)
    address = models.CharField(_("địa chỉ nhận"), max_length=300)
    posted_on = models.DateField(_("ngày gửi"))
    posted_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    delivered_on = models.DateField(_("ngày phát"), null=True, blank=True)
    received_by = models.CharField(_("người ký nhận"), max_length=200, blank=True)
    # The signed delivery note, scanned or as the post's system gave it.
    proof = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_back_on = models.DateField(_("ngày chuyển hoàn"), null=True, blank=True)
    sent_back_reason = models.CharField(_("lý do chuyển hoàn"), max_length=300, blank=True)

    class Meta:
        ordering = ("-posted_on", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(sent_back_on__isnull=True),
                name="post_item_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True)
                | (
                    Q(delivered_on__gte=models.F("posted_on"), proof__isnull=False, sent_back_on__isnull=True)
                    & ~Q(received_by="")
                ),
                name="post_item_delivered_has_proof",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_on__isnull=True)
                | (Q(sent_back_on__gte=models.F("posted_on")) & ~Q(sent_back_reason="")),
                name="post_item_sent_back_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.waybill


class Collection(models.Model):
    """The receipt of a result: who took it, checked against what, when, and by whom it was given out."""

    dossier = models.OneToOneField("onestop.Dossier", on_delete=models.PROTECT, related_name="collection")
    way = models.CharField(_("cách nhận kết quả"), max_length=10, choices=Delivery.choices)
    capacity = models.CharField(_("tư cách nhận"), max_length=12, choices=CollectorCapacity.choices)
    name = models.CharField(_("người nhận"), max_length=200)
    # Only its two ends stay readable; the full number is compared, never kept here.
    masked_number = models.CharField(_("số giấy tờ"), max_length=14, blank=True)
    authorisation = models.CharField(_("giấy ủy quyền"), max_length=300, blank=True)
    at = models.DateTimeField(_("nhận lúc"))
    given_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-at",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(capacity="authorised") | ~Q(authorisation=""),
                name="collection_authorised_has_paper",
            ),
            models.CheckConstraint(
                condition=~Q(masked_number__regex=r"\d{5}"), name="collection_number_is_masked"
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%d/%m/%Y}"
