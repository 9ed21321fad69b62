from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "portal.content"
    label = "content"
    verbose_name = _("Nội dung cổng thông tin")
    default_auto_field = "django.db.models.BigAutoField"
