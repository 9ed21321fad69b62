"""What the editors' pages show besides Wagtail's own, and what they do not."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem

from portal.content.enums import Duty
from portal.content.staff import duties_of


class WithdrawItem(ActionMenuItem):
    """The way to the form that takes an article from the public."""

    name = "action-withdraw"
    label = _("Gỡ khỏi cổng…")
    icon_name = "download-alt"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        return (
            context["view"] == "edit"
            and page is not None
            and page.live
            and Duty.APPROVER in duties_of(context["request"].user)
        )

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("content_withdraw", args=[parent_context["page"].pk])


@hooks.register("register_page_action_menu_item")
def withdraw_item() -> WithdrawItem:
    return WithdrawItem(order=90)


@hooks.register("insert_global_admin_css")
def own_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))


@hooks.register("construct_main_menu")
def without_help(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's help leads to its own site, in English."""
    items[:] = [item for item in items if item.name != "help"]
