"""A person who signs in; what they may do comes from their positions, never from the account."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(
        self, username: str, full_name: str, password: str | None = None, **fields: object
    ) -> "User":
        """An account; without a password it cannot be used until an administrator sends an invitation."""
        user = self.model(username=self.model.normalize_username(username), full_name=full_name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """An official's account. Rights come from memberships on the day; nobody is a superuser.

    Groups are for the editors' pages of the portal alone, which know no positions: they mirror the duties of
    the day at each visit (``portal.content.staff``).
    """

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=100)
    email = models.EmailField(_("thư điện tử"), blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False)
    language = models.CharField(_("ngôn ngữ"), max_length=5, default="vi")
    # Part of an invitation's proof: a newer invitation, or an accepted one, makes older links worthless.
    invited_at = models.DateTimeField(_("gửi lời mời lúc"), null=True, blank=True)
    created_at = models.DateTimeField(_("tạo lúc"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        ordering = ("username",)
        constraints = [
            # People type their name in any case; two accounts must never differ by case alone.
            models.CheckConstraint(
                condition=models.Q(username=Lower("username")), name="user_name_in_lower_case"
            ),
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="user_never_superuser"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """The name as the framework and the editors' pages ask for it."""
        return self.full_name

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """The one spelling of a sign-in name: composed Unicode, lower case, no blanks around it."""
        return super().normalize_username(username).strip().lower()
