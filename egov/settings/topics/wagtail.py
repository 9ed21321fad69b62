"""News, guidance, legal documents: who edits them signs in like every official; what is public went two eyes.

The editors' pages stand below ``/cms/`` (``portal.content.door`` says who may enter).
"""

from typing import Any

from django.urls import reverse_lazy

from egov.settings.topics.lookup import PORTAL_URL
from egov.settings.topics.storage import STORAGES

WAGTAIL_SITE_NAME = "Cổng thông tin điện tử tỉnh Thái Bình"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
# Only for links in messages to editors; public pages ask the request where they stand.
WAGTAILADMIN_BASE_URL = PORTAL_URL

# The doors of officials are the only ones: no sign-in, password or account pages besides.
WAGTAILADMIN_LOGIN_URL = reverse_lazy("accounts:login")
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
# Nothing is asked of other sites: no pictures of people, no news of releases, no embedded players.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False

# Whoever asks for approval, edits or approves is another person; a change starts anew.
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_MODERATION_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 0  # a slow line: the preview is made when it is asked for
# Wagtail keeps its own drafts; a save while typing would make a version a minute.
WAGTAIL_AUTOSAVE_INTERVAL = 0

WAGTAILSEARCH_BACKENDS: dict[str, Any] = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}
}

# Files go through the same inspection and into the same store as every file of the system.
STORAGES["content"] = {"BACKEND": "portal.content.storage.ContentStore"}
WAGTAILIMAGES_IMAGE_MODEL = "content.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.content.uploads.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_RENDITION_STORAGE = "content"
WAGTAILDOCS_DOCUMENT_MODEL = "content.Paper"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.content.uploads.PaperForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "ods"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"

TAGGIT_CASE_INSENSITIVE = True
WAGTAILADMIN_RICH_TEXT_EDITORS: dict[str, Any] = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {
            "features": ["h2", "h3", "bold", "italic", "ol", "ul", "hr", "link", "blockquote", "image"]
        },
    }
}

# An empty database gets Wagtail's tables in one step an app instead of 160.
MIGRATION_MODULES = {
    "wagtailadmin": "portal.content.wagtail_tables.admin",
    "wagtailcore": "portal.content.wagtail_tables.core",
    "wagtaildocs": "portal.content.wagtail_tables.documents",
    "wagtailimages": "portal.content.wagtail_tables.images",
    "wagtailsearch": "portal.content.wagtail_tables.search",
    "wagtailusers": "portal.content.wagtail_tables.users",
}
