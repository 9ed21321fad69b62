"""Whoever sees a link gets somewhere: following every one from a page on."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client

ANCHOR = re.compile(r"<a\s[^>]*?href=\"([^\"#]+)")
# Numbers, codes and identifiers: two pages of one kind are enough.
VARYING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]+[\d.-]+[\w.-]*|\d+")
OF_A_KIND = 2
ARRIVED = {200, 301, 302, 303, 304}


def dead_links(
    client: Client, start: str, *, pages: int, shut: frozenset[str] = frozenset()
) -> dict[str, str]:
    """What does not open, with the page that leads there; at most so many pages are looked at.

    Paths in ``shut`` are not gone to.
    Raises AssertionError when the start itself leads nowhere.
    """
    waiting, seen, kinds, dead = deque([(start, "")]), {start}, Counter[str](), dict[str, str]()
    while waiting and pages:
        path, page = waiting.popleft()
        kind = VARYING.sub("#", path)
        kinds[kind] += 1
        if kinds[kind] > OF_A_KIND:
            continue
        pages -= 1
        answer = client.get(path)
        if answer.status_code not in ARRIVED:
            dead[f"{answer.status_code} {path}"] = page
            continue
        for there in _links(answer, path):
            if there not in seen and urlsplit(there).path not in shut:
                seen.add(there)
                waiting.append((there, path))
    assert len(seen) > 1, f"{start} leads nowhere"
    return dead


def _links(answer: object, path: str) -> list[str]:
    """Addresses of this site that a page or a redirection leads to."""
    if answer.has_header("Location"):
        found = [answer["Location"]]
    elif answer.streaming or not answer["Content-Type"].startswith("text/html"):
        found = []
    else:
        found = [unescape(one) for one in ANCHOR.findall(answer.content.decode())]
    there = [urlsplit(urljoin(f"http://testserver{path}", one)) for one in found]
    return [
        one.path + (f"?{one.query}" if one.query else "")
        for one in there
        if one.netloc == "testserver" and not one.path.startswith("/static/")
    ]
