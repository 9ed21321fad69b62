"""What the one search box of the portal looks through, whatever table it comes from, and the words it knows.

Each part of the portal tells the index what people may find: ``index_entry`` when it is published or
changed, ``drop_entry`` when it is withdrawn. An entry that is shown from or until a moment says so here, so
that nothing is found an instant too early or too late.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from unicodedata import normalize

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models, transaction
from django.db.models import Func, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from egov.search.index import Words
from egov.search.normalize import words
from portal.enums import FindableKind

BATCH = 2_000
LONGEST_WORD = 30
SHORTEST_MENDED = 3
LONG = 7
# How much of a long text is searched: the index is for finding a page, not for reading it.
LONGEST_TEXT = 20_000
# PostgreSQL refuses a word of 2 kB; nobody types one either.
_RUN = re.compile(r"(\S{60})(?=\S)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Something that people may find.

    ``key`` tells it from others of its kind; ``text`` is searched and never shown, ``summary`` is both.
    ``url`` is its address, that of the Vietnamese page where ``language`` is empty: then it is found in every
    language, and the address is turned into the reader's.
    """

    kind: FindableKind
    key: str
    title: str
    url: str
    summary: str = ""
    text: str = ""
    language: str = ""
    visible_from: datetime | None = None
    visible_until: datetime | None = None


class FindableQuerySet(models.QuerySet["Findable"]):
    """Entries by what a reader may find now."""

    def visible(self, language: str, at: datetime) -> Self:
        """Entries in that language, or in none of their own, shown at that moment."""
        return self.filter(
            Q(visible_from__isnull=True) | Q(visible_from__lte=at),
            Q(visible_until__isnull=True) | Q(visible_until__gt=at),
            language__in=("", language),
        )


class Findable(models.Model):
    """One entry of the index."""

    kind = models.CharField(_("loại"), max_length=20, choices=FindableKind.choices)
    key = models.CharField(_("khóa"), max_length=100)
    language = models.CharField(_("ngôn ngữ"), max_length=5, blank=True)
    title = models.CharField(_("tiêu đề"), max_length=500)
    summary = models.CharField(_("tóm tắt"), max_length=500, blank=True)
    text = models.TextField(_("nội dung tìm kiếm"), blank=True)
    url = models.CharField(_("địa chỉ"), max_length=500)
    visible_from = models.DateTimeField(_("hiển thị từ"), null=True, blank=True)
    visible_until = models.DateTimeField(_("hiển thị đến"), null=True, blank=True)

    # Kept by PostgreSQL, whoever writes the row.
    title_words = models.GeneratedField(
        expression=Words("title"), output_field=SearchVectorField(), db_persist=True
    )
    all_words = models.GeneratedField(
        expression=Words("title", "summary", "text"), output_field=SearchVectorField(), db_persist=True
    )
    folded_title = models.GeneratedField(
        expression=Func("title", function="vi_fold"),
        output_field=models.CharField(max_length=500),
        db_persist=True,
    )
    # Of two titles that hold what was typed, the shorter one says less besides it.
    title_length = models.GeneratedField(
        expression=Length("title"), output_field=models.IntegerField(), db_persist=True
    )

    objects = FindableQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "title")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "language"], name="findable_once"),
        ]
        indexes = [
            GinIndex(fields=["title_words"], name="findable_title_words"),
            GinIndex(fields=["all_words"], name="findable_all_words"),
            models.Index(fields=["title_length"], name="findable_title_length"),
            models.Index(
                fields=["folded_title"], name="findable_folded_title", opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.title


class KnownWord(models.Model):
    """A word of the index, without accents, and what is left of it when letters are missing.

    A word that was mistyped by one letter leaves the same remains as the word that was meant: this finds it
    through an index and misses none, which shared runs of letters do not in words as short as ours.
    """

    word = models.CharField(_("từ"), max_length=LONGEST_WORD, primary_key=True)
    remains = ArrayField(models.CharField(max_length=LONGEST_WORD), verbose_name=_("phần còn lại"))

    class Meta:
        indexes = [GinIndex(fields=["remains"], name="known_word_remains")]

    def __str__(self) -> str:
        return self.word


def slips_allowed(word: str) -> int:
    """How many letters may be wrong: in a short word one makes it another word, a long one may hold two."""
    return 0 if len(word) < SHORTEST_MENDED else 1 if len(word) < LONG else 2


def remains(word: str) -> list[str]:
    """The word, and what it is with as many letters left out as may be wrong: ``sinh`` → inh snh sih sin."""
    found = {word}
    for _slip in range(slips_allowed(word)):
        found |= {one[:place] + one[place + 1 :] for one in found for place in range(len(one))}
    return sorted(found)


def index_entry(
    *,
    kind: FindableKind,
    key: str,
    title: str,
    url: str,
    summary: str = "",
    text: str = "",
    language: str = "",
    visible_from: datetime | None = None,
    visible_until: datetime | None = None,
) -> None:
    """Let people find something, or find it as it is now; see ``Entry`` for what each value means."""
    index_entries(
        [
            Entry(
                kind=kind,
                key=key,
                title=title,
                url=url,
                summary=summary,
                text=text,
                language=language,
                visible_from=visible_from,
                visible_until=visible_until,
            )
        ]
    )


@transaction.atomic
def index_entries(entries: Iterable[Entry]) -> None:
    """The same for many at once, in few statements."""
    # Told twice at once, the last word holds.
    last = {(entry.kind, entry.key, entry.language): entry for entry in entries}
    rows = [_row(entry) for entry in last.values()]
    Findable.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["kind", "key", "language"],
        update_fields=["title", "summary", "text", "url", "visible_from", "visible_until"],
    )
    _learn(rows)


def drop_entry(*, kind: FindableKind, key: str, language: str | None = None) -> None:
    """Nobody finds it any more; in one language where that is given, else in all."""
    gone = Findable.objects.filter(kind=kind, key=key)
    if language is not None:
        gone = gone.filter(language=language)
    gone.delete()


def _row(entry: Entry) -> Findable:
    def clean(text: str, length: int) -> str:
        return _RUN.sub(r"\1 ", normalize("NFC", text.replace("\0", " ")))[:length]

    return Findable(
        kind=entry.kind,
        key=entry.key,
        language=entry.language,
        title=clean(entry.title, 500),
        summary=clean(entry.summary, 500),
        text=clean(entry.text, LONGEST_TEXT),
        url=entry.url,
        visible_from=entry.visible_from,
        visible_until=entry.visible_until,
    )


def _learn(rows: Sequence[Findable]) -> None:
    """Numbers are not learnt: one that is nearly right is another one."""
    seen = {
        word
        for row in rows
        for word in words(f"{row.title} {row.summary} {row.text}")
        if word.isalpha() and len(word) <= LONGEST_WORD
    }
    KnownWord.objects.bulk_create(
        (KnownWord(word=word, remains=remains(word)) for word in sorted(seen)),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
