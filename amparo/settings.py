"""Django's settings. Everything private lives in one data folder; nothing here is a secret."""

import os
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import platformdirs

HERE = Path(__file__).parent
DATA = Path(os.environ.get("AMPARO_DATA") or platformdirs.user_data_path("amparo", appauthor=False))

DEBUG = False
SECRET_KEY = "protects nothing confidential: no session, no signed cookie, no reset link uses it"  # noqa: S105 -- a name, not a secret
# The exact Host headers answered, port included (web.guard). The local app adds its own address when
# it starts; a server names its public and onion hosts: AMPARO_HOSTS="example.org example.onion".
HOSTS = os.environ.get("AMPARO_HOSTS", "").split()
ALLOWED_HOSTS = ["*"]  # web.guard is stricter and comes first
HTTPS = os.environ.get("AMPARO_HTTPS", "") == "1"  # a TLS proxy stands in front
EXIT_TO = os.environ.get("AMPARO_EXIT_TO", "/blank")  # where "Leave this page" leads
NOW: datetime | None = None  # set by `--now`: every page then reckons from this moment
ROOT_URLCONF = "amparo.urls"
WSGI_APPLICATION = "amparo.wsgi.application"
INSTALLED_APPS = ["django.contrib.staticfiles", "amparo.vault", "amparo.claims", "amparo.web"]
MIDDLEWARE = [
    "amparo.web.headers.Headers",
    "amparo.web.languages.Language",
    "amparo.web.problems.Problems",
    "amparo.web.guard.Guard",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "amparo.web.door.DoorKeeper",
    "amparo.web.uploads.Limits",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": ["amparo.web.languages.page"],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "amparo.web.saying"],
        },
    }
]


def _database(address: str | None) -> dict[str, object]:
    """Gives SQLite in the data folder, or the PostgreSQL that AMPARO_DATABASE names (postgresql://…)."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "amparo.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
                    "PRAGMA trusted_schema=OFF;PRAGMA temp_store=MEMORY;PRAGMA cell_size_check=ON;"
                ),
            },
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }


DATABASES = {"default": _database(os.environ.get("AMPARO_DATABASE"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ro", "Română"),
    ("uk", "Українська"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [HERE / "web" / "locale"]
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "web" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

FILE_UPLOAD_HANDLERS = ["amparo.web.uploads.MemoryOnly"]  # never the handler that writes temporary files
DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # as many numbers as one case carries

LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {"quiet": {"()": "amparo.web.quiet.OnlyTypeAndPlace"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "quiet", "level": "ERROR"},
    },
    "root": {"handlers": ["stderr"], "level": "ERROR"},
    # Django's own configuration would log addresses of pages and mail errors to administrators.
    "loggers": {"django": {"handlers": [], "propagate": True, "level": "ERROR"}},
}
LOGGING_CONFIG = "logging.config.dictConfig"
