"""What people do in the browser."""

import re
from typing import Any

from django.conf import settings
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from egov.organizations.actor import Actor
from portal.models import Citizen
from tests.factories.accounts import PASSWORD
from tests.factories.citizens import signed_in_citizen
from tests.factories.documents import PIN
from tests.journeys.browser import Windows
from tests.support.totp import code_of


def sign_in(windows: Windows, actor: Actor, *, home: str = "Việc hôm nay") -> Page:
    """The person's window after password and authenticator, on the page that greets their role."""
    device, _made = TOTPDevice.objects.get_or_create(user=actor.user, confirmed=True)
    page = windows.open()
    page.goto("/today/")
    page.get_by_role("main").get_by_label("Tên đăng nhập").fill(actor.user.username)
    page.get_by_role("main").get_by_label("Mật khẩu").fill(PASSWORD)
    press(page, "Tiếp tục")
    page.locator("[name=code]").fill(code_of(device))
    press(page, "Đăng nhập")
    expect(page.get_by_role("heading", level=1)).to_have_text(home)
    expect(page.locator(".who-name")).to_have_text(actor.user.full_name)
    return page


def at_home(windows: Windows, citizen: Citizen, **options: Any) -> Page:
    """The window of a citizen who has signed in before; ``options`` as for :meth:`Windows.open`."""
    page = windows.open(**options)
    cookie = signed_in_citizen(Client(), citizen).cookies[settings.CITIZEN_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": windows.site}])
    return page


def press(page: Page, name: str) -> None:
    """Press the button of this name, whatever comes then."""
    page.get_by_role("button", name=name, exact=True).click()


def give_pin(page: Page, name: str) -> None:
    """Type the PIN and press the button."""
    page.get_by_role("main").get_by_label("Mã PIN").fill(PIN)
    press(page, name)


def open_waiting(page: Page, title: str) -> None:
    """From today's work into the document that waits."""
    page.goto("/today/")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def choose(page: Page, label: str, person: Actor) -> None:
    """Choose a person in a list, by name."""
    box = page.get_by_role("main").get_by_label(label, exact=True)
    words = re.compile(re.escape(person.user.full_name))
    option = box.locator("option", has_text=words).get_attribute("value")
    box.select_option(option)
