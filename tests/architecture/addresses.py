"""Every address of the site, with real rows put into it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.planted import Planted

# Without a name: whatever else is asked for, in open data, at the editors; and to try that.
NAMELESS = {"", "test404/", "^.*/$"}
# Patterns without names for what stands in them.
AS_WRITTEN = {
    "content_closed": "/cms/login/",
    "wagtailadmin_pages:revisions_compare": "/cms/pages/3/revisions/compare/live...earliest/",
}


@dataclass(frozen=True)
class Address:
    name: str
    path: str


def addresses(planted: Planted) -> list[Address]:
    """All of them, in the order in which they are tried."""
    found = [Address(name, _path(name, words, planted)) for name, words in _patterns(get_resolver())]
    return [*found, Address("wagtailadmin_other", "/cms/nothing/here/")]


def _patterns(
    resolver: URLResolver, namespace: str = "", outer: tuple[str, ...] = ()
) -> Iterator[tuple[str, list[str]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _patterns(pattern, inner, (*outer, *pattern.pattern.converters))
        elif isinstance(pattern, URLPattern):
            if not pattern.name and str(pattern.pattern) in NAMELESS:
                continue
            assert pattern.name, f"an address without a name: {pattern.pattern}"
            yield (
                namespace + pattern.name,
                [*outer, *(pattern.pattern.regex.groupindex or pattern.pattern.converters)],
            )


def _path(name: str, words: list[str], planted: Planted) -> str:
    if name in AS_WRITTEN:
        return AS_WRITTEN[name]
    if name == "wagtail_serve":
        # By its path, not by its key.
        return reverse(name, args=[planted.article.url_path.split("/", 2)[2]])
    return reverse(name, kwargs={word: planted.argument(name, word) for word in words})
