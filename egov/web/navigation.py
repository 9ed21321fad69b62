"""The main navigation: each app adds its entries when it starts, so that this layer knows none of them."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Entry:
    """One place that a role can go to. ``label`` is lazy text, ``url_name`` is reversed without arguments."""

    label: object
    url_name: str
    icon: str
    ordinal: int
    # Role codes (organizations.Role) that see the entry.
    roles: frozenset[str]
    # Duties (``app:code``) any of which shows it to whatever role.
    duties: frozenset[str] = frozenset()
    # Shown in the bar at the bottom of a phone; the others are under "Thêm".
    on_phone: bool = False
    # First words of addresses that belong to this entry too.
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """An entry as one page shows it."""

    label: object
    url: str
    icon: str
    on_phone: bool
    current: bool


_entries: dict[str, Entry] = {}


def add(*entries: Entry) -> None:
    """Put entries in the navigation (from ``AppConfig.ready``); the same address twice is one entry."""
    for entry in entries:
        _entries[entry.url_name] = entry


def links_for(role: str, path: str, duties: frozenset[str] = frozenset()) -> list[Link]:
    """What a role with these duties sees, in order; the entry of the page in view is marked."""
    seen = sorted(
        (one for one in _entries.values() if role in one.roles or one.duties & duties),
        key=lambda one: one.ordinal,
    )
    addresses = {one.url_name: reverse(one.url_name) for one in seen}
    current = _current(seen, addresses, path)
    return [
        Link(one.label, addresses[one.url_name], one.icon, one.on_phone, current=one.url_name == current)
        for one in seen
    ]


def _current(entries: list[Entry], addresses: dict[str, str], path: str) -> str:
    """The entry whose address is the longest beginning of the path."""
    best, length = "", 0
    for entry in entries:
        for start in (addresses[entry.url_name], *entry.below):
            # The first page's address begins every path: it is current only on itself.
            fits = path == start if start == "/" else path.startswith(start)
            if fits and len(start) > length:
                best, length = entry.url_name, len(start)
    return best
