"""The national database over HTTP: addresses that name what they set."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from complaints.exchange.national_feed.interface import Content, Known
from egov.exchange.conversation import Conversation, Partner

MOST_PAGES = 10_000


class HttpNationalDatabase(Conversation):
    """One conversation with the database; use it as a context."""

    @classmethod
    def configured(cls) -> "HttpNationalDatabase":
        """The one that the settings name."""
        return cls(
            Partner(
                _("Cơ sở dữ liệu quốc gia"),
                settings.LETTER_FEED_URL,
                settings.LETTER_FEED_CLIENT_ID,
                settings.LETTER_FEED_SECRET,
                settings.LETTER_FEED_TIMEOUTS,
            )
        )

    def tell(self, content: Content) -> str:
        named = {name: content[name] for name in ("reference", "sequence", "revision")}
        path = f"records/{quote(named['reference'], safe='')}/events/{named['sequence']}"
        # The same key at every attempt, another one for a correction.
        key = "/".join(map(str, named.values()))
        answer = self.call("PUT", path, json=dict(content), headers={"Idempotency-Key": key})
        self.same(answer, **named)
        return self.text(answer, "id")

    def updated_on(self, day: date) -> Iterator[Known]:
        for page in range(1, MOST_PAGES):
            answer = self.call("GET", "records", params={"updated_on": day.isoformat(), "page": str(page)})
            rows = answer.get("results")
            if not isinstance(rows, list):
                raise self.unreadable()
            for row in rows:
                yield self._known(row)
            if not answer.get("more"):
                return
        raise self.unreadable()

    def _known(self, row: Any) -> Known:
        match row:
            case {"reference": str(reference), "sequence": int(sequence)}:
                return Known(reference, sequence)
        raise self.unreadable()
