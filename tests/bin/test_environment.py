"""``.venv`` is made from the lock, once; what an earlier run left half made is made whole."""

import ctypes
import errno
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from launch import pip_wheel
from launch.environment import require_room
from launch.steps import Refusal, refusal_of

from tests.bin.conftest import write_lock

# Linux, prctl(2) and capabilities(7): what lets root write where the mode of a folder forbids it.
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1


def trial(
    checkout: Path, *, like_anyone: bool = False, **variables: str
) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "", **variables}
    return subprocess.run(
        [sys.executable, "bin/trial"],
        cwd=checkout, env=environment, capture_output=True, text=True, timeout=120, check=False,
        preexec_fn=_forgo_root if like_anyone and os.geteuid() == 0 else None,
    )  # fmt: skip


def _forgo_root() -> None:
    """Root without its power over modes; another account might not reach the Python of these tests."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def test_it_is_made_once_and_made_whole_again(checkout: Path) -> None:
    first = trial(checkout)
    assert first.stdout.splitlines()[-1] == f"inside {checkout / '.venv'} xin chào", first.stderr
    log = checkout / "var/log/pip.log"
    installed_at = log.stat().st_mtime_ns

    second = trial(checkout)
    assert second.stdout == f"inside {checkout / '.venv'} xin chào\n"
    assert log.stat().st_mtime_ns == installed_at

    (checkout / ".venv/bin/python").unlink()
    assert trial(checkout).stdout.endswith("xin chào\n")

    shutil.rmtree(next(checkout.glob(".venv/lib/python*")))
    (checkout / ".venv/installed/requirements.txt").unlink()
    assert trial(checkout).stdout.endswith("xin chào\n")


def test_a_package_that_differs_from_the_lock_is_refused(checkout: Path, wheel: Path) -> None:
    write_lock(checkout, wheel, hashlib.sha256(b"another").hexdigest())
    done = trial(checkout)
    assert done.returncode == 2
    assert "differs from the locked one" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkout / ".venv/installed/requirements.txt").exists()


def test_no_network_is_one_sentence_with_a_way_out(checkout: Path) -> None:
    digest = hashlib.sha256(b"absent").hexdigest()
    (checkout / "requirements.txt").write_text(f"absent==1.0 --hash=sha256:{digest}\n")
    done = trial(
        checkout, PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_RETRIES="1", PIP_CONFIG_FILE=os.devnull
    )
    assert done.returncode == 2
    assert "PIP_INDEX_URL" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_checkout_of_another_user_is_one_sentence(checkout: Path) -> None:
    checkout.chmod(0o500)
    done = trial(checkout, like_anyone=True)
    checkout.chmod(0o700)
    assert done.returncode == 2
    assert "may not write" in done.stderr


def test_too_little_room_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"Too little room .* GB free, 1000000000.0 GB needed"):
        require_room(10**18, tmp_path)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS])
def test_what_the_system_refuses_becomes_a_sentence(number: int) -> None:
    sentence = refusal_of(OSError(number, "…", "/srv/egov/var"))
    assert sentence
    assert "/srv/egov/var" in sentence


def test_a_fault_of_the_program_stays_visible() -> None:
    assert refusal_of(OSError(errno.EBADF, "…")) is None


def test_pip_itself_is_fetched_from_the_index_and_known_by_its_hash(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "simple" / "pip" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'<a href="../../{wheel.name}#sha256=0">{wheel.name}</a>')
    monkeypatch.setenv("PIP_INDEX_URL", (tmp_path / "simple").as_uri())
    monkeypatch.setattr(pip_wheel, "NAME", wheel.name)
    with pytest.raises(Refusal, match="another file"):
        pip_wheel.fetch(tmp_path / "kept")
    monkeypatch.setattr(pip_wheel, "SHA256", hashlib.sha256(wheel.read_bytes()).hexdigest())
    assert pip_wheel.fetch(tmp_path / "kept").read_bytes() == wheel.read_bytes()


def test_without_pip_and_without_an_index_the_way_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pip_wheel, "index_addresses", lambda: [(tmp_path / "nothing").as_uri()])
    with pytest.raises(Refusal, match="apt-get install python3-venv"):
        pip_wheel.fetch(tmp_path)
