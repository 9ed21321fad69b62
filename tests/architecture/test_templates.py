"""Templates: nothing inline (strict CSP), no outside address, options told, one app's templates its own."""

import re

import pytest

from tests.architecture.tree import ROOT, project_files

INLINE = {
    "style attribute": re.compile(r"""<[^>]*\sstyle\s*=""", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "handler attribute": re.compile(r"""<[^>]*\son[a-z]+\s*=""", re.IGNORECASE),
    "hx-on attribute": re.compile(r"\bhx-on\b", re.IGNORECASE),
    "script without src": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "outside address": re.compile(r"""(?:src|href|action)\s*=\s*["']https?://""", re.IGNORECASE),
}
SHARED = {"base", "components"}
# The editor's pages stand in the frame of Wagtail.
OF_WAGTAIL = {"wagtailadmin"}
INCLUDED = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")


def templates() -> list:
    return [path for path in project_files(".html") if path.parts[0] == "templates"]


def test_there_are_templates_to_check():
    assert len(templates()) > 50


@pytest.mark.parametrize("what", INLINE)
def test_nothing_is_inline_and_nothing_comes_from_outside(what):
    found = [str(path) for path in templates() if INLINE[what].search((ROOT / path).read_text("utf-8"))]
    assert found == []


def test_every_component_opens_with_its_options():
    silent = [
        str(path)
        for path in templates()
        if path.parts[1] == "components"
        and "{% comment %}" not in (ROOT / path).read_text("utf-8").splitlines()[0]
    ]
    assert silent == []


def test_an_app_uses_its_own_templates_and_the_shared_ones():
    foreign = []
    for path in templates():
        own = path.parts[1]
        for name in INCLUDED.findall((ROOT / path).read_text("utf-8")):
            folder = name.split("/")[0] if "/" in name else own
            allowed = OF_WAGTAIL if path.parts[1:3] == ("content", "cms") else set()
            if folder not in SHARED | allowed | {own}:
                foreign.append(f"{path}: {name}")
    assert foreign == []


def test_texts_are_translated():
    """Words between tags stand in {% translate %}: letters with Vietnamese accents outside tags are not."""
    accented = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
    bare = []
    for path in templates():
        text = (ROOT / path).read_text("utf-8")
        text = re.sub(r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}", "", text, flags=re.DOTALL)
        text = re.sub(
            r"\{%\s*blocktranslate.*?%\}.*?\{%\s*endblocktranslate\s*%\}", "", text, flags=re.DOTALL
        )
        text = re.sub(r"\{[#%{].*?[#%}]\}", "", text)
        # The name of a language is written in that language.
        text = re.sub(r'aria-label="Tiếng Việt"', "", text)
        if accented.search(text):
            bare.append(str(path))
    assert bare == []
