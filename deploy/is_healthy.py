"""Is this container's process doing its work? Exit status 0 means yes; asked by docker-compose.yml."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

BEAT_FOLDER, BEAT_SCHEDULE = Path("/tmp"), "beat.schedule*"  # noqa: S108  (the container's own)
# Beat writes its schedule down every three minutes.
BEAT_SECONDS = 400


def web() -> bool:
    """The site answers as the proxy would ask it, and reaches its database."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip()
    request = urllib.request.Request(
        "http://127.0.0.1:8000/health/", headers={"Host": host, "X-Forwarded-Proto": "https"}
    )
    # An answer other than success is an exception, and so a failed check.
    urllib.request.urlopen(request, timeout=4).close()  # noqa: S310  (our own address)
    return True


def worker(name: str) -> bool:
    """This very worker answers a ping over the broker."""
    ping = ["inspect", "ping", "--destination", f"{name}@{socket.gethostname()}", "--timeout", "10"]
    return subprocess.run([sys.executable, "-m", "celery", "--app=egov", *ping], check=False).returncode == 0


def beat() -> bool:
    """Beat wrote its schedule lately."""
    return any(time.time() - file.stat().st_mtime < BEAT_SECONDS for file in BEAT_FOLDER.glob(BEAT_SCHEDULE))


if __name__ == "__main__":
    checks = {"web": web, "worker": worker, "beat": beat}
    sys.exit(0 if checks[sys.argv[1]](*sys.argv[2:]) else 1)
