"""Settings of a real installation: everything from the environment, nothing assumed."""

from egov.settings.base import *  # noqa: F403
from egov.settings.env import env

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

env.check()
