"""Filing online: how long drafts and unfinished uploads are kept, how much a dossier may hold."""

from datetime import timedelta
from pathlib import Path

from egov.settings.env import env

_MEGABYTE = 1024 * 1024

# A draft that nobody touches; its owner is told some days before.
DRAFT_LASTS = timedelta(days=30)
DRAFT_WARNING = timedelta(days=5)
# Drafts that one person may have at a time.
DRAFTS_MOST = 20

# An upload that nobody goes on with.
UPLOAD_LASTS = timedelta(hours=24)
# All files of one dossier together; the limit of one file is FILES_MAX_BYTES.
FILING_MAX_BYTES = 200 * _MEGABYTE
FILING_MAX_FILES = 50
# Bytes of uploads that have not ended: a folder of this machine, or one that all web servers share.
UPLOADS_DIR = Path(
    env.text(
        "UPLOADS_DIR",
        str(Path(env.text("VAR_DIR", str(Path(__file__).resolve().parents[3] / "var"))) / "uploads"),
    )
)

# Checks of receipts that one address may ask for: so many in so many seconds.
RECEIPT_CHECKS = (30, 600)
