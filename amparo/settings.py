"""Django's settings. Everything private lives in one data folder; nothing here is a secret."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import platformdirs

HERE = Path(__file__).parent
DATA = Path(os.environ.get("AMPARO_DATA") or platformdirs.user_data_path("amparo", appauthor=False))

DEBUG = False
SECRET_KEY = "protects nothing confidential: no session, no signed cookie, no reset link uses it"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "amparo.urls"
WSGI_APPLICATION = "amparo.wsgi.application"
INSTALLED_APPS = ["django.contrib.staticfiles", "amparo.vault", "amparo.claims", "amparo.web"]
MIDDLEWARE: list[str] = [
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"context_processors": []},
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
LANGUAGES = [("en", "English"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")]
LOCALE_PATHS = [HERE / "web" / "locale"]
STATIC_URL = "/static/"
