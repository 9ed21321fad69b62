"""Where files are kept: a folder on one machine, or S3 for many; how large an upload may be."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from egov.settings.env import env

_ROOT = Path(__file__).resolve().parents[3]
_VAR_DIR = Path(env.text("VAR_DIR", str(_ROOT / "var")))
_MEGABYTE = 1024 * 1024


def _store(address: str) -> dict[str, Any]:
    """Django storage for ``s3://key:secret@endpoint/bucket[?region=…&tls=no]``, or for a folder."""
    if not address.startswith("s3://"):
        return {
            "BACKEND": "egov.files.folder.DurableFolder",
            # No one but the service reads the files: every read goes through a permission check.
            "OPTIONS": {
                "location": address.removeprefix("file://"),
                "file_permissions_mode": 0o400,
            },
        }
    parts = urlsplit(address)
    bucket = parts.path.strip("/")
    if not (parts.hostname and parts.username and parts.password and bucket):
        env.faults.append("FILE_STORE_URL must look like s3://key:secret@endpoint/bucket")
    query = parse_qs(parts.query)
    scheme = "http" if query.get("tls") == ["no"] else "https"
    port = f":{parts.port}" if parts.port else ""
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "endpoint_url": f"{scheme}://{parts.hostname}{port}",
            "region_name": query.get("region", ["us-east-1"])[0],
            "addressing_style": "path",
            "signature_version": "s3v4",
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": True,  # the name is the hash of the content
            "max_memory_size": 8 * _MEGABYTE,
        },
    }


STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": _VAR_DIR / "media"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "documents": _store(env.text("FILE_STORE_URL", str(_VAR_DIR / "files"))),
}

# One file. Larger ones are told so before they have been read.
FILES_MAX_BYTES = 100 * _MEGABYTE
# One form with all its files and fields.
FILES_MAX_REQUEST_BYTES = 300 * _MEGABYTE
FILES_MAX_PDF_PAGES = 2000
FILE_UPLOAD_HANDLERS = [
    "egov.files.upload.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * _MEGABYTE  # fields without files
DATA_UPLOAD_MAX_NUMBER_FILES = 50
