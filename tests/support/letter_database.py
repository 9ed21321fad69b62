"""A stand-in for the national database on letters: the same real HTTP process as the portal's, its own books.

Strict where the database is: no event before its predecessor, no second event of one number with other words,
a key that names what is sent, and only fields of content that stand in its catalogue.
"""

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests.support.national_portal import PAGE, Desk, Refused, StandIn, main, running

UNKNOWN_FIELD = "Mã lĩnh vực không có trong danh mục quốc gia."


@dataclass
class Books:
    """What the database knows."""

    tokens: dict[str, float] = field(default_factory=dict)
    token_seconds: int = 3600
    records: dict[str, dict[int, Any]] = field(default_factory=dict)
    # In the order in which they were taken in: reference, revision, number; repeats are counted apart.
    taken: list[tuple[str, int, int]] = field(default_factory=list)
    repeats: int = 0
    calls: list[str] = field(default_factory=list)
    disorder: list[str] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    # Codes of fields of content; None: every code is known.
    catalogue: list[str] | None = None
    listed: list[dict[str, Any]] | None = None


class LetterDesk(Desk):
    """One request."""

    books = Books()
    refusal = UNKNOWN_FIELD

    def _asked(self, parts: list[str], query: dict[str, list[str]], body: bytes) -> Any:
        match self.command, parts:
            case "PUT", ["records", reference, "events", sequence]:
                return self._take(reference, int(sequence), json.loads(body))
            case "GET", ["records"]:
                return self._records(query)
        raise Refused(404, "no such address")

    def _take(self, reference: str, sequence: int, sent: dict[str, Any]) -> dict[str, Any]:
        books, known = self.books, self.books.records.setdefault(reference, {})
        if self.headers["Idempotency-Key"] != f"{reference}/{sequence}/{sent['revision']}":
            raise Refused(400, "the key names something else")
        if books.catalogue is not None and sent.get("field", books.catalogue[0]) not in books.catalogue:
            raise Refused(422, UNKNOWN_FIELD)
        if sequence not in known and sequence != len(known) + 1:
            books.disorder.append(f"{reference}/{sequence} after {len(known)}")
            raise Refused(409, "out of order")
        if self._once(known, sequence, sent):
            books.taken.append((reference, sent["revision"], sequence))
        named = {name: sent[name] for name in ("reference", "sequence", "revision")}
        return named | {"id": f"QG-{reference}-{sequence}"}

    def _records(self, query: dict[str, list[str]]) -> dict[str, Any]:
        date.fromisoformat(query["updated_on"][0])
        rows = self.books.listed
        if rows is None:
            rows = [
                {"reference": reference, "sequence": max(known)}
                for reference, known in sorted(self.books.records.items())
                if known
            ]
        page = int(query["page"][0])
        return {"results": rows[(page - 1) * PAGE : page * PAGE], "more": len(rows) > page * PAGE}


def serving(folder: Path) -> AbstractContextManager[StandIn]:
    """Start the process on a free port; end it afterwards."""
    return running(folder, "tests.support.letter_database")


if __name__ == "__main__":
    main(LetterDesk)
