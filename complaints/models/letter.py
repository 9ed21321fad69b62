"""A letter as it was entered in a register of a body, and the people who stand on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.enums import Channel, ParticipantRole, SenderKind, Series, Source
from egov.organizations.models.folded import Folded

if TYPE_CHECKING:
    from egov.organizations.actor import Actor, SignedOut

# A number is for ever: neither it nor the register it stands in is ever written again (rule 7).
NUMBER_STAYS = """
    IF (NEW.agency_id, NEW.series, NEW.year, NEW.number, NEW.code)
        IS DISTINCT FROM (OLD.agency_id, OLD.series, OLD.year, OLD.number, OLD.code)
    THEN
        RAISE EXCEPTION 'the number of letter % stays what it is', OLD.id;
    END IF;
    RETURN NEW;
"""
# Who wrote a protected letter stands in its seal and nowhere else, whoever writes the row (rule 35).
NOBODY_ON_PROTECTED = """
    IF EXISTS (SELECT 1 FROM complaints_letter WHERE id = NEW.letter_id AND is_protected) THEN
        RAISE EXCEPTION 'the people of protected letter % stand in its seal', NEW.letter_id;
    END IF;
    RETURN NEW;
"""


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by who may see them."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """Letters that the actor may read, as one SQL predicate."""
        from complaints.models.visibility import readable_letters  # noqa: PLC0415  (needs duties and matters)

        return self.filter(readable_letters(actor))


class Letter(models.Model):
    """One paper, statement or message in one register. What it asks for stands in its matters.

    A protected letter (one that denounces) has no participants: who wrote it is sealed apart, and here it
    has a code alone.
    """

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="letters")
    series = models.CharField(_("sổ"), max_length=3, choices=Series.choices)
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    code = models.CharField(_("mã đơn"), max_length=60, unique=True)
    is_protected = models.BooleanField(_("được bảo vệ"), default=False)

    # Arrival at the body, which deadlines count from, and entry, whose year is the register's (rule 6).
    received_at = models.DateTimeField(_("đến lúc"))
    entered_at = models.DateTimeField(_("vào sổ lúc"))
    entered_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(_("hình thức nhận"), max_length=12, choices=Channel.choices)
    source = models.CharField(_("nguồn đơn"), max_length=12, choices=Source.choices, default=Source.SENDER)
    written_on = models.DateField(_("ngày ghi trên đơn"), null=True, blank=True)

    # For letters sent on by another body.
    sent_by = models.CharField(_("cơ quan chuyển"), max_length=200, blank=True)
    sent_number = models.CharField(_("số văn bản chuyển"), max_length=60, blank=True)
    sent_on = models.DateField(_("ngày văn bản chuyển"), null=True, blank=True)
    wants_reply = models.BooleanField(_("phải báo kết quả cho nơi chuyển"), default=False)

    sender_kind = models.CharField(_("người gửi"), max_length=12, choices=SenderKind.choices)
    people = models.PositiveIntegerField(_("số người"), default=1)

    # What makes a letter eligible (Circular 05/2021, Art. 6): ticked by who reads it.
    is_vietnamese = models.BooleanField(_("viết bằng tiếng Việt"), default=True)
    has_translation = models.BooleanField(_("có bản dịch công chứng"), default=False)
    is_signed = models.BooleanField(_("có chữ ký hoặc điểm chỉ"), default=True)
    is_named = models.BooleanField(_("ghi rõ họ tên, địa chỉ"), default=True)
    is_readable = models.BooleanField(_("đọc được, không rách nát, tẩy xóa"), default=True)
    to_several = models.BooleanField(_("gửi nhiều nơi, trong đó có nơi có thẩm quyền"), default=False)

    # The first of letters with the same person, content and subject; only a person links them (rule 49).
    root = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    # What an open letter was, before it was seen to denounce and its people went under seal (rule 35).
    moved_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="moved_to"
    )
    # The second factor of the portal's lookup by code.
    secret = models.CharField(_("mã tra cứu"), max_length=12, blank=True)
    # Double clicks and repeated calls: the same key makes one letter.
    idempotency_key = models.CharField(max_length=64, unique=True, null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["agency", "received_at"], name="letter_received"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agency", "series", "year", "number"], name="letter_number_once"),
            models.CheckConstraint(
                condition=Q(series="TC", is_protected=True) | (~Q(series="TC") & Q(is_protected=False)),
                name="letter_protected_register",
            ),
            models.CheckConstraint(condition=~Q(series="TD"), name="letter_is_no_visit"),
            models.CheckConstraint(
                condition=Q(received_at__lte=models.F("entered_at")), name="letter_entered_after_arrival"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="number_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=NUMBER_STAYS,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.code


class Participant(models.Model):
    """Somebody on an open letter, as they gave themselves: history keeps the names of its day."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="participants")
    role = models.CharField(_("tư cách"), max_length=14, choices=ParticipantRole.choices)
    name = models.CharField(_("họ tên, tên tổ chức"), max_length=200)
    folded_name = models.GeneratedField(
        expression=Folded("name"), output_field=models.CharField(max_length=200), db_persist=True
    )
    born_on = models.DateField(_("ngày sinh"), null=True, blank=True)
    personal_number = models.CharField(_("số định danh, hộ chiếu"), max_length=20, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    has_signed = models.BooleanField(_("đã ký, điểm chỉ"), default=True)
    # Whom an authorised person acts for, and in which content; none: in every content of the letter.
    acts_for = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="authorised"
    )
    matter = models.ForeignKey(
        "complaints.Matter", on_delete=models.PROTECT, null=True, blank=True, related_name="authorised"
    )
    # Who acts for somebody: by which paper, certified or not; a lawyer's card (domain: 8).
    authorisation = models.CharField(_("giấy ủy quyền, văn bản cử đại diện"), max_length=200, blank=True)
    is_certified = models.BooleanField(_("đã công chứng, chứng thực"), default=False)
    lawyer_card = models.CharField(_("thẻ luật sư: số, ngày, nơi cấp"), max_length=200, blank=True)
    # One of several goes, the case of the others runs on (rule 13).
    withdrawn_on = models.DateField(_("rút đơn ngày"), null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["folded_name"], name="participant_name"),
            models.Index(
                fields=["personal_number"], name="participant_number", condition=~Q(personal_number="")
            ),
            models.Index(fields=["phone"], name="participant_phone", condition=~Q(phone="")),
        ]
        constraints = [
            # One content is not given to two people (rule 10); all contents against one: the action asks.
            models.UniqueConstraint(
                fields=["acts_for", "matter"],
                condition=Q(role="authorised", withdrawn_on__isnull=True, acts_for__isnull=False),
                nulls_distinct=False,
                name="participant_authorised_once",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="nobody_on_protected",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NOBODY_ON_PROTECTED,
            ),
        ]

    def __str__(self) -> str:
        return self.name
