"""Settings that hold everywhere; each integration in its own file under topics/."""

from pathlib import Path

from egov.settings.env import env
from egov.settings.topics.cache import *  # noqa: F403  (one integration a file, collected here)
from egov.settings.topics.celery import *  # noqa: F403
from egov.settings.topics.database import *  # noqa: F403
from egov.settings.topics.eid import *  # noqa: F403
from egov.settings.topics.email import *  # noqa: F403
from egov.settings.topics.filing import *  # noqa: F403
from egov.settings.topics.inquiries import *  # noqa: F403
from egov.settings.topics.letter_feed import *  # noqa: F403
from egov.settings.topics.letters import *  # noqa: F403
from egov.settings.topics.logging import *  # noqa: F403
from egov.settings.topics.lookup import *  # noqa: F403
from egov.settings.topics.national_portal import *  # noqa: F403
from egov.settings.topics.payments import *  # noqa: F403
from egov.settings.topics.rest import *  # noqa: F403
from egov.settings.topics.sealing import *  # noqa: F403
from egov.settings.topics.security import *  # noqa: F403
from egov.settings.topics.signing import *  # noqa: F403
from egov.settings.topics.sms import *  # noqa: F403
from egov.settings.topics.storage import *  # noqa: F403
from egov.settings.topics.wagtail import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
DEBUG = False

INSTALLED_APPS = [
    "portal.content",
    "portal",
    "complaints",
    "onestop",
    "documents",
    "egov.notifications",
    "egov.search",
    "egov.signing",
    "egov.files",
    "egov.numbering",
    "egov.workdays",
    "egov.printing",
    "egov.organizations",
    "egov.accounts",
    "egov.workflow",
    "egov.audit",
    "egov.taskqueue",
    "egov.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "wagtail.contrib.simple_translation",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_structlog",
    "health_check",
    "js_lib_bootstrap5",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "egov.accounts.middleware.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "egov.web.middleware.PrivatePageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "egov.web.middleware.LanguageMiddleware",
    "egov.files.upload.UploadMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "egov.web.middleware.SignInMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "egov.accounts.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "egov.web.request_log.RequestLogMiddleware",
    "egov.organizations.middleware.ActorMiddleware",
    "portal.middleware.CitizenMiddleware",
    "egov.workflow.middleware.RefusalMiddleware",
    "portal.content.door.EditorsDoorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "egov.urls"
# Pages of this namespace are in the language of their address; all others in the one a person has chosen.
PUBLIC_NAMESPACE = "portal"
PUBLIC_NAMES = frozenset({"wagtail_serve"})
WSGI_APPLICATION = "egov.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "documents:today"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "egov.web.context_processors.page",
            ],
        },
    }
]

# Vietnamese is the source text, so officials can read and correct the wording where it stands.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["egov.web.formats"]

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
