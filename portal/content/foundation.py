"""What the portal's content stands on: two languages, their sections, the steps of approval, who may do what.

Laid once on an empty database by ``manage.py lay_content``; laying it again changes nothing but what is
missing, and the site's address if that was set anew.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from portal.content.enums import Duty
from portal.content.models import (
    AboutIndexPage,
    ApprovalStep,
    EditingStep,
    GuidanceIndexPage,
    HomePage,
    LegalIndexPage,
    NewsIndexPage,
    SectionPage,
)
from portal.content.staff import GROUPS

LANGUAGES = ("vi", "en")
HTTP_PORT, HTTPS_PORT = 80, 443
SECTIONS: tuple[tuple[type[SectionPage], str], ...] = (
    (NewsIndexPage, "news"),
    (GuidanceIndexPage, "guidance"),
    (LegalIndexPage, "law"),
    (AboutIndexPage, "about"),
)
PAGE_PERMISSIONS = {
    Duty.AUTHOR: ("add_page",),
    Duty.EDITOR: ("add_page", "change_page"),
    Duty.APPROVER: (),
}
# Nobody holds "publish_page": the end of the workflow is the only way.
MODEL_PERMISSIONS = {
    Duty.AUTHOR: ("wagtailadmin.access_admin", "simple_translation.submit_translation"),
    Duty.EDITOR: (
        "wagtailadmin.access_admin",
        "simple_translation.submit_translation",
        "content.add_newscategory",
        "content.change_newscategory",
        "content.view_newscategory",
    ),
    Duty.APPROVER: ("wagtailadmin.access_admin",),
}
# Wagtail asks for the rights of its own models, also where others stand in for them.
FILE_PERMISSIONS = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
}


@transaction.atomic
def lay_content() -> HomePage:
    """Lay what is missing; the top of the Vietnamese pages."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    tops = _tops(_root(locales["vi"]), locales)
    for model, slug in SECTIONS:
        _section(model, slug, tops)
    _site(tops["vi"])
    _staff(tops)
    _steps(tops)
    # Read anew: sections were laid below it since.
    return HomePage.objects.get(pk=tops["vi"].pk)


def _root(locale: Locale) -> Page:
    root = Page.objects.filter(depth=1).first()
    if root is None:
        root = Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    # The page that Wagtail's own migrations leave behind.
    for page in Page.objects.child_of(root).exact_type(Page).filter(slug="home"):
        Site.objects.filter(root_page=page).delete()
        page.delete()
    return Page.objects.get(pk=root.pk)


def _tops(root: Page, locales: dict[str, Locale]) -> dict[str, HomePage]:
    tops: dict[str, HomePage] = {}
    for code, locale in locales.items():
        top = HomePage.objects.filter(locale=locale).first()
        if top is None:
            with translation.override(code):
                top = HomePage(
                    title=_("Cổng thông tin điện tử tỉnh Thái Bình"), slug=f"home-{code}", locale=locale
                )
            if "vi" in tops:
                top.translation_key = tops["vi"].translation_key
            _laid(root, top)
        tops[code] = top
    return tops


def _section(model: type[SectionPage], slug: str, tops: dict[str, HomePage]) -> None:
    first: SectionPage | None = None
    for code, top in tops.items():
        section = model.objects.filter(locale=top.locale).first()
        if section is None:
            with translation.override(code):
                section = model(title=_title(slug), intro=_intro(slug), slug=slug, locale=top.locale)
            if first is not None:
                section.translation_key = first.translation_key
            _laid(HomePage.objects.get(pk=top.pk), section)
        first = first or section


def _laid(parent: Page, page: Any) -> None:
    page.live = True
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)


def _title(slug: str) -> str:
    return {
        "news": _("Tin tức"),
        "guidance": _("Hướng dẫn"),
        "law": _("Văn bản pháp luật"),
        "about": _("Giới thiệu"),
    }[slug]


def _intro(slug: str) -> str:
    return {
        "news": _("Tin về hoạt động của các cơ quan trong tỉnh, dành cho người dân và doanh nghiệp."),
        "guidance": _("Cách chuẩn bị hồ sơ, nộp trực tuyến và theo dõi kết quả, bằng lời dễ hiểu."),
        "law": _("Văn bản quy phạm pháp luật và văn bản hành chính liên quan đến người dân và doanh nghiệp."),
        "about": _("Tổ chức bộ máy, người có thẩm quyền, cách liên hệ và các thông tin phải công khai."),
    }[slug]


def _site(top: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    site.root_page, site.site_name = top, top.title[:255]
    # Where messages to editors say that an article stands.
    address = urlsplit(settings.PORTAL_URL)
    if address.hostname:
        site.hostname = address.hostname
        site.port = address.port or (HTTPS_PORT if address.scheme == "https" else HTTP_PORT)
    site.save()


def _staff(tops: dict[str, HomePage]) -> None:
    root = Collection.get_first_root_node() or Collection.add_root(instance=Collection(name="Root"))
    for duty, name in GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(
            Permission.objects.filter(
                content_type__app_label__in={code.split(".")[0] for code in MODEL_PERMISSIONS[duty]},
                codename__in={code.split(".")[1] for code in MODEL_PERMISSIONS[duty]},
            )
        )
        for top in tops.values():
            for codename in PAGE_PERMISSIONS[duty]:
                GroupPagePermission.objects.get_or_create(
                    group=group, page=top, permission=_permission("wagtailcore", codename)
                )
        for app, codenames in FILE_PERMISSIONS.items() if duty != Duty.APPROVER else ():
            for codename in codenames:
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=root, permission=_permission(app, codename)
                )
    # Wagtail's own groups may publish by themselves.
    Group.objects.filter(name__in=("Moderators", "Editors")).delete()


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _steps(tops: dict[str, HomePage]) -> None:
    Workflow.objects.exclude(name=workflow_name()).filter(name="Moderators approval").update(active=False)
    workflow, _created = Workflow.objects.get_or_create(name=workflow_name())
    for order, (model, name, duty) in enumerate(
        (
            (EditingStep, "Biên tập", Duty.EDITOR),
            (ApprovalStep, "Duyệt đăng", Duty.APPROVER),
        )
    ):
        step, _made = model.objects.get_or_create(name=name)
        step.groups.set(Group.objects.filter(name=GROUPS[duty]))
        WorkflowTask.objects.get_or_create(workflow=workflow, task=step, defaults={"sort_order": order})
    for top in tops.values():
        WorkflowPage.objects.update_or_create(page=top, defaults={"workflow": workflow})


def workflow_name() -> str:
    """As editors see it, in the language that officials work in."""
    return "Biên tập và duyệt đăng"
