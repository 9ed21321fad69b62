"""A database with all tables, made once and copied for each run: hundreds of migrations take a minute.

Two steps, each kept under a name that tells its migrations: those of libraries, which change with a version,
then ours, which change every day. Whoever comes second waits for the first and copies.
"""

import hashlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from django.apps import apps
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "egov_template_"
KEPT = 6
LOCK = 0x65676F76  # "egov"
Target = tuple[str, str]


def template_database() -> str:
    """The name of a database that has every migration; made when there is none yet."""
    with _maintenance() as maintenance:
        executor = MigrationExecutor(None)  # type: ignore[arg-type]  # the graph alone needs no database
        leaves = executor.loader.graph.leaf_nodes()
        own = {config.label for config in apps.get_app_configs() if _is_ours(Path(config.path))}
        libraries = [node for node in leaves if node[0] not in own]
        ground = _made(maintenance, executor, libraries, copied="template1")
        whole = _made(maintenance, executor, leaves, copied=ground)
        _forget_old(maintenance)
        return whole


def has_database(name: str) -> bool:
    """Whether the server has a database of that name; waits for nobody who makes one."""
    with _connected() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(ROOT) and "site-packages" not in path.parts


def _made(
    maintenance: psycopg2.extensions.connection,
    executor: MigrationExecutor,
    targets: list[Target],
    *,
    copied: str,
) -> str:
    plan = [executor.loader.graph.nodes[node] for node in _plan(executor, targets)]
    digest = hashlib.sha256()
    for migration in plan:
        digest.update(f"{migration.app_label}.{migration.name}\n".encode())
        digest.update(Path(inspect.getfile(type(migration))).read_bytes())
    name = PREFIX + digest.hexdigest()[:16]
    with maintenance.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return name
        unfinished = f"{name}_unfinished"
        cursor.execute(f'DROP DATABASE IF EXISTS "{unfinished}"')
        cursor.execute(f'CREATE DATABASE "{unfinished}" TEMPLATE "{copied}"')
        _migrate(unfinished, targets)
        cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return name


def _plan(executor: MigrationExecutor, targets: list[Target]) -> list[Target]:
    seen: dict[Target, None] = {}
    for target in targets:
        for node in executor.loader.graph.forwards_plan(target):
            seen.setdefault(node)
    return list(seen)


def _migrate(name: str, targets: list[Target]) -> None:
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _forget_old(maintenance: psycopg2.extensions.connection) -> None:
    with maintenance.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC", [f"{PREFIX}%"]
        )
        for (name,) in cursor.fetchall()[KEPT:]:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


@contextmanager
def _maintenance() -> Iterator[psycopg2.extensions.connection]:
    """A connection that creates databases; one at a time among all runs on this server."""
    with _connected() as connection:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield connection


@contextmanager
def _connected() -> Iterator[psycopg2.extensions.connection]:
    settings = connections["default"].settings_dict
    connection = psycopg2.connect(
        dbname="postgres",
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"],
        port=settings["PORT"],
    )
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()
