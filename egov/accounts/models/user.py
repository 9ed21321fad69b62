"""A person who signs in; what they may do comes from their positions, never from the account."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, username: str, full_name: str, password: str | None = None, **fields: object) -> "User":
        """An account; without a password it cannot be used until an administrator sends an invitation."""
        user = self.model(username=self.model.normalize_username(username), full_name=full_name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An official's account. No staff or superuser flag: rights come from memberships on the day."""

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=100)
    email = models.EmailField(_("thư điện tử"), blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False)
    language = models.CharField(_("ngôn ngữ"), max_length=5, default="vi")
    created_at = models.DateTimeField(_("tạo lúc"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.full_name
