"""The national portal over HTTP: addresses that name what they set (rule 50)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from egov.exchange.conversation import Conversation, Partner
from onestop.exchange.national_portal.interface import Content, Standing

MOST_PAGES = 10_000


class HttpPortal(Conversation):
    """One conversation with the portal; use it as a context."""

    @classmethod
    def configured(cls) -> "HttpPortal":
        """The portal that the settings name."""
        return cls(
            Partner(
                _("Cổng quốc gia"),
                settings.NATIONAL_PORTAL_URL,
                settings.NATIONAL_PORTAL_CLIENT_ID,
                settings.NATIONAL_PORTAL_SECRET,
                settings.NATIONAL_PORTAL_TIMEOUTS,
            )
        )

    def next_number(self, reference: str, *, known_as: str) -> str:
        answer = self.call("POST", "numbers", json={"reference": reference, "known_as": known_as})
        self.same(answer, reference=reference)
        return self.text(answer, "number")

    def upload(self, content: bytes, *, sha256: str, name: str, media_type: str) -> str:
        answer = self.call(
            "PUT",
            f"files/{sha256}",
            data=content,
            params={"name": name},
            headers={"Content-Type": media_type},
        )
        self.same(answer, sha256=sha256)
        return self.text(answer, "id")

    def open_dossier(self, number: str, content: Content) -> None:
        self.same(self.call("PUT", f"dossiers/{_part(number)}", json=dict(content)), number=number)

    def tell_progress(self, number: str, sequence: int, content: Content) -> None:
        answer = self.call("PUT", f"dossiers/{_part(number)}/progress/{sequence}", json=dict(content))
        self.same(answer, number=number, sequence=sequence)

    def tell_status(self, number: str, sequence: int, content: Content) -> str:
        answer = self.call("PUT", f"dossiers/{_part(number)}/statuses/{sequence}", json=dict(content))
        self.same(answer, number=number, sequence=sequence, code=content["code"])
        return self.text(answer, "id")

    def updated_on(self, day: date) -> Iterator[Standing]:
        for page in range(1, MOST_PAGES):
            answer = self.call("GET", "dossiers", params={"updated_on": day.isoformat(), "page": str(page)})
            rows = answer.get("results")
            if not isinstance(rows, list):
                raise self.unreadable()
            for row in rows:
                yield self._standing(row)
            if not answer.get("more"):
                return
        raise self.unreadable()

    def _standing(self, row: Any) -> Standing:
        match row:
            case {"number": str(number), "code": int(code), "sequence": int(sequence)}:
                return Standing(number, code, sequence)
        raise self.unreadable()


def _part(number: str) -> str:
    return quote(number, safe="")
