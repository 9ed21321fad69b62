"""What a browser would send from a page whose form nobody touched."""

from html.parser import HTMLParser

from django.test import Client


def sent_form(client: Client, url: str) -> dict[str, object]:
    """The fields of the page's forms with their values; ticked boxes as lists, files left out."""
    parser = _Fields()
    parser.feed(client.get(url).content.decode())
    for name in ("csrfmiddlewaretoken", "q"):
        parser.found.pop(name, None)
    return parser.found


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, object] = {}
        self.select, self.area = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(name, given)
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in given or self.select not in self.found):
            self.found[self.select] = given.get("value", "")
        elif tag == "textarea":
            self.area = name
            self.found[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        if given.get("type") in ("checkbox", "radio"):
            if "checked" in given:
                self.found.setdefault(name, []).append(given.get("value", "on"))
        elif given.get("type") != "file":
            self.found[name] = given.get("value", "")
