"""A person of the public as their electronic identity vouches for them, and how they want to be told."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PERSONAL_NUMBER = r"^[0-9]{12}$"


class CitizenQuerySet(models.QuerySet["Citizen"]):
    """Citizens by their number."""

    def numbered(self, personal_number: str) -> CitizenQuerySet:
        """The one with that personal number, if they have ever signed in."""
        return self.filter(personal_number=personal_number)


class Citizen(models.Model):
    """Whoever has signed in once. Nobody types these facts, and no password is kept: the provider has it.

    A row is also the performer of what its person does (see egov.workflow.performer): ``address`` is the
    network address of the request, set where the sign-in is read; where they live is ``residence``.
    """

    personal_number = models.CharField(
        _("số định danh cá nhân"), max_length=12, unique=True, validators=[RegexValidator(PERSONAL_NUMBER)]
    )
    name = models.CharField(_("họ và tên"), max_length=200)
    # Of the identity provider: 1 and above; who has signed in with less than is asked for gets no row.
    level = models.PositiveSmallIntegerField(_("mức độ định danh"))
    residence = models.CharField(_("nơi cư trú"), max_length=300, blank=True)

    # Only confirmed addresses are written to.
    email = models.EmailField(_("thư điện tử"), blank=True)
    email_confirmed_at = models.DateTimeField(_("xác nhận thư lúc"), null=True)
    phone = models.CharField(_("điện thoại"), max_length=15, blank=True)
    phone_confirmed_at = models.DateTimeField(_("xác nhận điện thoại lúc"), null=True)
    by_email = models.BooleanField(_("nhận tin qua thư điện tử"), default=False)
    by_sms = models.BooleanField(_("nhận tin qua tin nhắn"), default=False)
    language = models.CharField(_("ngôn ngữ"), max_length=2, default="vi")

    created_at = models.DateTimeField(_("lần đầu đăng nhập"), auto_now_add=True)
    signed_in_at = models.DateTimeField(_("đăng nhập gần nhất"))

    # As a performer: a citizen has no account and acts for no agency; a system never acts for them.
    user_id = None
    agency_id = None
    machine_key = ""
    address = ""

    objects = CitizenQuerySet.as_manager()

    class Meta:
        verbose_name = _("công dân")
        verbose_name_plural = _("công dân")
        ordering = ("name", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(personal_number__regex=PERSONAL_NUMBER), name="citizen_twelve_digits"
            ),
            models.CheckConstraint(condition=Q(level__gte=1), name="citizen_proved"),
            models.CheckConstraint(
                condition=Q(by_email=False) | Q(email_confirmed_at__isnull=False),
                name="citizen_email_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(by_sms=False) | Q(phone_confirmed_at__isnull=False),
                name="citizen_phone_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def caption(self) -> str:
        """As histories show them."""
        return self.name
