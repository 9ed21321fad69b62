"""The embedded servers start, survive rough treatment, and leave nothing behind."""

import os
import pwd
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from egov import embedded
from egov.embedded import EmbeddedServerError, Servers, processes

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder that everyone can enter, unlike pytest's own temporary folders."""
    with tempfile.TemporaryDirectory() as checkout:
        Path(checkout).chmod(0o711)
        folder = Path(checkout) / "var"
        yield folder
        embedded.remove(folder)


@pytest.fixture
def servers(var: Path) -> Iterator[Servers]:
    servers = embedded.start(var, durable=False)
    yield servers
    servers.stop()


def rows(servers: Servers, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(servers.database_url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def answers(servers: Servers) -> bool:
    with redis.Redis.from_url(servers.redis_url) as client:
        return rows(servers, "SELECT 1") == [(1,)] and client.ping()


def data_folder(servers: Servers) -> Path:
    return servers._postgres.data


def test_both_answer_and_only_with_the_password(servers: Servers) -> None:
    assert answers(servers)
    without_password = servers.database_url.split("@")[1]
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(f"postgres://egov:wrong@{without_password}")
    with (
        pytest.raises(redis.AuthenticationError),
        redis.Redis.from_url(f"redis://{servers.redis_url.split('@')[1]}") as client,
    ):
        client.ping()


def test_the_system_is_owner_of_its_database_and_not_superuser(servers: Servers) -> None:
    assert rows(servers, "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user") == [
        (False, True)
    ]
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(servers.database_url.replace("egov:", "postgres:"))


def test_vietnamese_letters_have_both_cases(servers: Servers) -> None:
    assert rows(servers, "SELECT lower('ĐƯỜNG THÁI BÌNH'), upper('quyết định')") == [
        ("đường thái bình", "QUYẾT ĐỊNH")
    ]


def test_passwords_are_for_their_owner_only_and_not_in_the_process_list(servers: Servers, var: Path) -> None:
    secret_files = [*var.glob("servers/*.password"), *var.glob("servers/*.port")]
    assert len(secret_files) == 4
    assert {path.stat().st_mode & 0o777 for path in secret_files} == {0o600}
    shown = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert not [path for path in var.glob("servers/*.password") if path.read_text() in shown]


def test_data_survives_a_stop_and_the_address_stays(var: Path) -> None:
    first = embedded.start(var, durable=False)
    rows(first, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('công văn')")
    addresses = first.database_url, first.redis_url
    first.stop()
    assert not processes.working_in(data_folder(first), "postgres")

    second = embedded.start(var, durable=False)
    assert rows(second, "SELECT word FROM kept") == [("công văn",)]
    assert (second.database_url, second.redis_url) == addresses
    second.stop()


def test_committed_rows_survive_kill_9_of_postgres(servers: Servers) -> None:
    rows(servers, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('đã ban hành')")
    servers.kill_postgres()
    with pytest.raises(psycopg2.OperationalError):
        rows(servers, "SELECT 1")
    servers.start_postgres()
    assert rows(servers, "SELECT word FROM kept") == [("đã ban hành",)]


def test_the_master_alone_is_killed_and_its_children_do_not_block_the_next_start(servers: Servers) -> None:
    os.kill(int((data_folder(servers) / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    servers.start_postgres()
    assert answers(servers)


def test_each_server_stops_and_starts_alone(servers: Servers) -> None:
    servers.stop_valkey()
    assert rows(servers, "SELECT 1") == [(1,)]
    servers.start_valkey()
    servers.stop_postgres()
    with redis.Redis.from_url(servers.redis_url) as client:
        assert client.ping()
        client.set("hint", "1")
    servers.start_postgres()
    servers.kill_valkey()
    servers.start_valkey()
    with redis.Redis.from_url(servers.redis_url) as client:
        assert client.get("hint") is None
    assert answers(servers)


def test_servers_of_a_killed_run_are_used_by_the_next_one(var: Path) -> None:
    dying = subprocess.run(
        [sys.executable, "-c", f"""
import os, pathlib
from egov import embedded
print(embedded.start(pathlib.Path({str(var)!r}), durable=False).database_url, flush=True)
os.kill(os.getpid(), 9)
"""],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert dying.returncode == -signal.SIGKILL
    data = next(var.glob("servers/postgres/data"), None)
    left = processes.working_in(data, "postgres") if data else []

    servers = embedded.start(var, durable=False)
    assert servers.database_url == dying.stdout.strip()
    if left:
        assert set(left) & set(processes.working_in(data, "postgres"))
    servers.stop()
    assert not processes.working_in(data_folder(servers), "postgres")
    assert not processes.working_in(var / "servers" / "valkey", "valkey-server")


def test_the_last_process_out_stops_them(servers: Servers, var: Path) -> None:
    another = embedded.start(var, durable=False)
    another.stop()
    assert answers(servers)
    servers.stop()
    assert not processes.working_in(data_folder(servers), "postgres")


@pytest.mark.parametrize("pid", ["1", "of this test", "999999", "", "not a number"])
def test_a_stale_lock_file_is_no_obstacle(servers: Servers, pid: str) -> None:
    servers.stop_postgres()
    data = data_folder(servers)
    lock = data / "postmaster.pid"
    # The last one's number may belong to a living process that is no PostgreSQL.
    pid = str(os.getpid()) if pid == "of this test" else pid
    lock.write_text(f"{pid}\n{data}\n1700000000\n{servers._postgres.address.port}\n\n127.0.0.1\n")
    os.chown(lock, data.stat().st_uid, data.stat().st_gid)
    servers.start_postgres()
    assert answers(servers)


def test_a_data_folder_half_made_is_made_anew(var: Path) -> None:
    half = var / "servers" / "postgres" / "data.unfinished"
    (half / "base").mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    var.chmod(0o711)
    servers = embedded.start(var, durable=False)
    assert answers(servers)
    servers.stop()


def test_a_lost_password_is_replaced(servers: Servers, var: Path) -> None:
    rows(servers, "CREATE TABLE kept (word text)")
    before = servers.database_url
    servers.stop()
    (var / "servers" / "postgres.password").unlink()
    again = embedded.start(var, durable=False)
    assert again.database_url != before
    assert rows(again, "SELECT count(*) FROM kept") == [(0,)]
    again.stop()


def test_a_port_that_was_taken_meanwhile_is_left_to_its_taker(servers: Servers, var: Path) -> None:
    ports = servers._postgres.address.port, servers._valkey.address.port
    servers.stop()
    with socket.socket() as first, socket.socket() as second:
        for taken, port in zip((first, second), ports, strict=True):
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(("127.0.0.1", port))
            taken.listen()
        again = embedded.start(var, durable=False)
        assert {again._postgres.address.port, again._valkey.address.port}.isdisjoint(ports)
        assert answers(again)
        again.stop()


def test_a_restart_at_a_taken_port_says_so(servers: Servers) -> None:
    servers.stop_postgres()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", servers._postgres.address.port))
        taken.listen()
        with pytest.raises(EmbeddedServerError, match="was taken by another program"):
            servers.start_postgres()
    servers.start_postgres()
    assert answers(servers)


def test_data_of_another_version_is_refused_in_words(servers: Servers) -> None:
    servers.stop_postgres()
    version = data_folder(servers) / "PG_VERSION"
    version.write_text("16\n")
    with pytest.raises(EmbeddedServerError, match=r"made by PostgreSQL 16.*--reset"):
        servers.start_postgres()
    version.write_text("18\n")


def test_remove_leaves_no_process_and_no_data(var: Path) -> None:
    servers = embedded.start(var, durable=False)
    embedded.remove(var)
    assert not data_folder(servers).exists()
    assert not processes.working_in(var / "servers" / "valkey", "valkey-server")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can choose another user")
def test_root_runs_them_as_another_user_and_opens_no_folder(tmp_path: Path) -> None:
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    var = closed / "var"
    before = [folder.stat().st_mode for folder in (closed, *closed.parents)]
    servers = embedded.start(var, durable=False)
    try:
        assert answers(servers)
        assert [folder.stat().st_mode for folder in (closed, *closed.parents)] == before
        assert closed not in data_folder(servers).parents
        assert pwd.getpwuid(data_folder(servers).stat().st_uid).pw_name in {"postgres", "nobody"}
        running = processes.working_in(data_folder(servers), "postgres")
        assert {Path(f"/proc/{pid}").stat().st_uid for pid in running} == {data_folder(servers).stat().st_uid}
    finally:
        embedded.remove(var)
    assert not data_folder(servers).parents[1].exists()
