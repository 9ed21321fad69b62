"""The last page before filing, as a browser uses it."""

import re

from django.test import Client
from django.urls import reverse

from portal.models import Draft


def submit(browser: Client, draft: Draft, **changes: str):
    """Press the button on the check page, as it was shown."""
    page = browser.get(reverse("portal:draft_step", args=[draft.pk, "check"])).content.decode()
    stand = re.search(r'name="stand" value="(\w+)"', page)
    form = {"stand": stand[1] if stand else "", "declared": "yes", **changes}
    return browser.post(reverse("portal:draft_submit", args=[draft.pk]), form)


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())
