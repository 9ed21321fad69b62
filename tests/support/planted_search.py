"""Looks for words everywhere that a system leaves something: rows, broker, files, logs, mails, pages."""

import base64
import io
import json
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import pikepdf
import redis
from django.conf import settings
from django.db import connection

from egov.search.normalize import fold


class Needles:
    """Words in every dress in which they could lie about: composed or not, without accents, as escapes,
    in the encodings of the web, of Windows and of databases."""

    def __init__(self, *words: str) -> None:
        texts = {
            form
            for word in words
            for form in (
                word,
                unicodedata.normalize("NFD", word),
                word.upper(),
                word.lower(),
                fold(word),
                json.dumps(word)[1:-1],
                quote(word),
            )
        }
        plain = {text.encode() for text in texts} | {word.encode("utf-16-le") for word in words}
        # Base64 says the same bytes in three ways, by where in the text they begin.
        coded = {
            base64.b64encode(b"x" * shift + one)[4:-4] for one in plain for shift in range(3) if len(one) > 8
        }
        hexed = {one.hex().encode() for one in plain if len(one) > 6}
        self.all = frozenset(plain | coded | hexed)

    def found_in(self, content: bytes | str) -> list[bytes]:
        """Those that occur in the content, in what it unpacks to, or in what its PDF streams say."""
        data = content.encode() if isinstance(content, str) else content
        return sorted({needle for layer in _layers(data) for needle in self.all if needle in layer})


def database() -> Iterator[tuple[str, str]]:
    """Every column of every row of every table as text, as this transaction sees it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
            "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT string_agg(one::text, E'\n') FROM {table} AS one")
            yield table, cursor.fetchone()[0] or ""


def broker() -> Iterator[tuple[str, bytes]]:
    """Every key and value of the broker and the caches that lie beside it."""
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        for key in server.scan_iter(count=1000):
            yield key.decode(errors="replace"), b"\n".join((key, *_values(server, key)))


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, its name with it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.name.encode() + b"\n" + path.read_bytes()


def _values(server: "redis.Redis", key: bytes) -> Iterable[bytes]:
    readers = {
        b"string": lambda: [server.get(key)],
        b"list": lambda: server.lrange(key, 0, -1),
        b"set": lambda: server.smembers(key),
        b"hash": lambda: [part for pair in server.hgetall(key).items() for part in pair],
        b"zset": lambda: server.zrange(key, 0, -1),
        b"stream": lambda: [repr(server.xrange(key)).encode()],
    }
    kind = server.type(key)
    values = [one for one in readers[kind]() if one is not None] if kind in readers else []
    # Messages carry their bodies as Base64 in JSON.
    return [layer for one in values for layer in (one, *_decoded(one))]


def _decoded(value: bytes) -> Iterator[bytes]:
    try:
        yield base64.b64decode(json.loads(value)["body"])
    except (ValueError, KeyError, TypeError):
        return


def _layers(data: bytes) -> Iterator[bytes]:
    yield data
    if data[:200].find(b"PK\x03\x04") >= 0:
        at = data.index(b"PK\x03\x04")
        with zipfile.ZipFile(io.BytesIO(data[at:])) as archive:
            for name in archive.namelist():
                yield name.encode() + b"\n" + archive.read(name)
    if b"%PDF-" in data[:200]:
        with pikepdf.open(io.BytesIO(data[data.index(b"%PDF-") :])) as pdf:
            for one in pdf.objects:
                if isinstance(one, pikepdf.Stream):
                    yield _unpacked(one)
                yield repr(one).encode() if not isinstance(one, pikepdf.Stream) else b""


def _unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except (pikepdf.PdfError, zlib.error):
        return stream.read_raw_bytes()
