"""bin/demo's words, ports, secrets and lock; the whole demo is played in tests/journeys."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from launch import demo_settings
from launch.arguments import demo_arguments
from launch.demo_settings import environment, pki_port, web_port
from launch.processes import Processes
from launch.steps import Refusal

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A var/ of its own for what the demo keeps there."""
    (tmp_path / "log").mkdir()
    monkeypatch.setattr(demo_settings, "VAR", tmp_path)
    monkeypatch.setattr(demo_settings, "LOGS", tmp_path / "log")
    monkeypatch.setattr(demo_settings, "PKI_PORT_FILE", tmp_path / "pki.port")
    return tmp_path


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_file_and_its_recipients(tmp_path: Path) -> None:
    pdf = tmp_path / "thông báo.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    given = demo_arguments([str(pdf), "--to", "communes"])
    assert (given.file, given.to, given.check, given.code_of) == (pdf, ("communes",), False, None)
    assert demo_arguments(["code", "an"]).code_of == "an"
    assert demo_arguments(["--check", "--port", "8080"]).port == 8080


def test_a_file_that_is_not_there_is_told_before_the_preparations() -> None:
    with pytest.raises(Refusal, match=r"There is no file absent\.pdf"):
        demo_arguments(["absent.pdf"])


@pytest.mark.parametrize("words", [["--port", "0"], ["--port", "x"], ["a", "b", "c"]])
def test_wrong_words_end_with_a_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        demo_arguments(words)
    assert ended.value.code == 2
    assert "bin/demo: error:" in capsys.readouterr().err


def test_a_wanted_port_that_is_taken_is_refused_and_a_default_moves_on(
    taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refusal, match=f"Port {taken} is taken"):
        web_port(taken)
    monkeypatch.setattr(demo_settings, "FIRST_WEB_PORT", taken)
    assert taken < web_port(None) < taken + demo_settings.PORTS_TRIED


def test_the_authoritys_port_stays_because_certificates_name_it(
    var: Path, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_settings, "FIRST_PKI_PORT", taken)
    port = pki_port()
    assert port > taken
    assert pki_port() == port
    (var / "pki.port").write_text(str(taken))
    with pytest.raises(Refusal, match="--reset"):
        pki_port()


def test_secrets_are_made_once_for_their_owner_only(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("SIGNING_PEPPER", "given by the person")
    first = environment(pki_port=8600)
    secret = Path(first["SECRET_KEY_FILE"])
    assert secret.stat().st_mode & 0o777 == 0o600
    assert secret.parent.stat().st_mode & 0o777 == 0o700
    assert len(secret.read_text()) >= 50
    assert "SIGNING_PEPPER_FILE" not in first
    word = secret.read_text()
    environment(pki_port=8600)
    assert secret.read_text() == word


def test_a_second_demo_is_told_where_the_first_one_is(checkout: Path) -> None:
    """The lock belongs to a process: it is free again however that process ends."""
    (checkout / "var").mkdir()
    (checkout / "var/demo.json").write_text(json.dumps({"pid": 4711, "address": "http://127.0.0.1:8000/"}))
    program = f"""
import sys
sys.path[:0] = [{str(checkout / "bin")!r}, {str(ROOT)!r}]
from launch.demo import _only_one
from launch.steps import told
def main():
    with _only_one():
        print("mine", flush=True)
        sys.stdin.read()
    return 0
sys.exit(told(main))
"""
    command = [sys.executable, "-c", program]
    first = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert first.stdout.readline() == "mine\n"
        second = subprocess.run(command, input="", capture_output=True, text=True, timeout=30, check=False)
        assert second.returncode == 2
        assert "runs already at http://127.0.0.1:8000/ (process 4711)" in second.stderr
    finally:
        first.kill()
        first.communicate()
    third = subprocess.run(command, input="", capture_output=True, text=True, timeout=30, check=False)
    assert (third.returncode, third.stdout) == (0, "mine\n")


def test_a_process_that_ends_is_noticed_started_again_and_stopped(var: Path) -> None:
    processes = Processes(os.environ)
    processes.start("sleeper", "-c", "import time; time.sleep(600)")
    processes.require_alive()
    sleeper = processes.running["sleeper"]
    sleeper.kill()
    sleeper.wait()
    with pytest.raises(Refusal, match=r"The process sleeper ended with status -9.*--reset"):
        processes.require_alive()
    assert processes.restart_ended() == ["sleeper"]
    again = processes.running["sleeper"]
    processes.require_alive()
    processes.stop()
    assert again.returncode is not None


def test_a_killed_demo_takes_its_processes_with_it(var: Path) -> None:
    program = f"""
import os, sys
sys.path.insert(0, {str(ROOT / "bin")!r})
from launch import demo_settings, processes
processes.log_of = lambda name: __import__("pathlib").Path({str(var)!r}) / name
demo = processes.Processes(os.environ)
demo.start("sleeper", "-c", "import time; time.sleep(600)")
print(demo.running["sleeper"].pid, flush=True)
os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    child = Path(f"/proc/{int(done.stdout)}/stat")
    for _ in range(500):
        if not child.exists() or child.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return
        subprocess.run(["sleep", "0.01"], check=True)
    pytest.fail("the child of a killed demo lives on")
