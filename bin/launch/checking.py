"""bin/check: every check of the code that is not a test, each with its own line."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from egov import embedded
from launch.places import PYTHON, ROOT, VAR, make_var
from launch.steps import Refusal

API_DOCUMENT = Path("docs/openapi.yaml")
# Folders whose types are checked strictly; the doors around them follow.
TYPED = (
    "egov",
    "documents/actions",
    "documents/queries",
    "documents/rules",
    "documents/exchange",
    "documents/public",
    "complaints/actions",
    "complaints/deadlines",
    "complaints/exchange",
    "complaints/public",
    "complaints/queries",
    "complaints/rules",
    "onestop/actions",
    "onestop/deadlines",
    "onestop/exchange",
    "onestop/fees",
    "onestop/public",
    "onestop/queries",
    "onestop/rules",
    "portal/actions",
    "portal/caching",
    "portal/content/actions",
    "portal/content/rules",
    "portal/exchange",
    "portal/queries",
    "portal/rules",
)
PYTHON_PROGRAMS = ("bin/demo", "bin/test", "bin/check", "bin/lock")
# Enough for the settings of a real installation to be read and judged; no server is behind these addresses.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "egov.settings.production",
    "DATABASE_URL": "postgres://egov:password@database.invalid:5432/egov",
    "REDIS_URL": "redis://broker.invalid:6379/0",
    "SECRET_KEY": "only-for-bin-check-K7qw2ZxN8vRt4LmP6sYd3HfG5jBc9TnWuEaXoViQ",
    "SIGNING_PEPPER": "only-for-bin-check-R4tYu8IoP2aSdF6gH",
    "ALLOWED_HOSTS": "egov.invalid",
    "CSRF_TRUSTED_ORIGINS": "https://egov.invalid",
    "FILE_STORE_URL": "s3://key:secret@files.invalid/documents",
    "HTTPS": "yes",
}


@dataclass(frozen=True)
class Check:
    """One check: a command whose exit status and output tell."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str]


def run(words: Sequence[str]) -> int:
    """All checks, or those with one of the words in their name; every failure is shown."""
    make_var()
    try:
        servers = embedded.start(VAR / "test", durable=False)
    except embedded.EmbeddedServerError as error:
        raise Refusal(str(error)) from error
    settings = {
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "egov.settings.test",
    }
    try:
        with tempfile.TemporaryDirectory() as scratch:
            checks = [
                check
                for check in _checks(settings, Path(scratch) / "openapi.yaml")
                if not words or any(word in check.name for word in words)
            ]
            failed = [check.name for check in checks if not _passes(check)]
    finally:
        servers.stop()
    if not checks:
        raise Refusal(f"No check has one of these words in its name: {' '.join(words)}")
    print(f"\n{len(checks) - len(failed)} of {len(checks)} checks passed" + _named(failed))
    return 1 if failed else 0


def _checks(settings: Mapping[str, str], written: Path) -> list[Check]:
    """In the order of their price: what is quick to fail comes first."""
    manage = (PYTHON, "manage.py")
    schema = (*manage, "spectacular", "--validate", "--fail-on-warn", "--file", written)
    lint_imports = (PYTHON, "-c", "from importlinter.cli import lint_imports_command as main; main()")
    return [
        Check(
            "format",
            (PYTHON, "-m", "ruff", "format", "--check", "--output-format=concise", ".", *PYTHON_PROGRAMS),
            settings,
        ),
        Check(
            "lint",
            (PYTHON, "-m", "ruff", "check", "--output-format=concise", ".", *PYTHON_PROGRAMS),
            settings,
        ),
        Check("locks", (PYTHON, "bin/lock", "--check"), settings),
        Check("import contracts", lint_imports, settings),
        Check("migrations", (*manage, "makemigrations", "--check", "--dry-run"), settings),
        Check(
            "production settings",
            (*manage, "check", "--deploy", "--fail-level", "WARNING"),
            {**settings, **PRODUCTION},
        ),
        Check("translations", ("bin/messages", "--check"), settings),
        Check("API document", schema, settings),
        Check("API document is the kept one", ("diff", "-u", API_DOCUMENT, written), settings),
        Check("types", (PYTHON, "-m", "mypy", *_typed()), settings),
    ]


def _typed() -> list[str]:
    """The strictly typed parts that exist, as folders or as single files."""
    candidates = (Path(part).with_suffix(suffix) for part in TYPED for suffix in ("", ".py"))
    return [str(path) for path in candidates if (ROOT / path).exists()]


def _passes(check: Check) -> bool:
    """Run a check, print its line, and its words if it failed."""
    begin = time.monotonic()
    if check.name == "translations" and not shutil.which("xgettext"):
        return _without_gettext()
    done = subprocess.run(
        check.command, cwd=ROOT, env=dict(check.environment), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    sign = "✗" if done.returncode else "✓"
    print(f"{sign} {check.name} ({time.monotonic() - begin:.1f} s)", flush=True)
    if done.returncode:
        print("    " + done.stdout.strip().replace("\n", "\n    "), flush=True)
    return done.returncode == 0


def _without_gettext() -> bool:
    """A developer may lack gettext; CI may not."""
    print("✗ translations: NOT RUN, because GNU gettext is missing (apt-get install gettext)", flush=True)
    return not os.environ.get("CI")


def _named(failed: Sequence[str]) -> str:
    return f"; failed: {', '.join(failed)}" if failed else ""
