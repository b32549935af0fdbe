"""Real databases for the vault: a SQLite file, and a PostgreSQL started for the tests. Nothing is mocked."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connections

from amparo.claims.models import SHELF
from amparo.settings import _database
from amparo.vault import accounts, backoff, sessions
from amparo.vault.keyring import Keyring
from amparo.vault.shelf import Shelf
from scripts import postgres_for_tests

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PASSPHRASE = "river lamp seven orange quiet table"
LOW_COST = {"memory_kib": 8, "passes": 1, "below_the_floor_for_tests": True}


@contextlib.contextmanager
def database(conf: dict[str, object]) -> Iterator[None]:
    """Makes `conf` the default database, with real transactions, for a while."""
    before, wrapper = connections.settings["default"], connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": conf})["default"]
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = wrapper


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: object) -> Path:
    """Gives a SQLite file with all tables and no rows."""
    path = tmp_path_factory.mktemp("template") / "amparo.sqlite3"
    with django_db_blocker.unblock(), database(_database(None) | {"NAME": path}):  # type: ignore[attr-defined]
        call_command("migrate", verbosity=0)
    return path


@pytest.fixture(scope="session")
def postgres_template(django_db_blocker: object) -> Iterator[Path]:
    """Gives the socket folder of a PostgreSQL whose database `empty` has all tables."""
    if postgres_for_tests.programs() is None:
        if "postgres" in os.environ.get("AMPARO_REQUIRE", ""):
            pytest.fail("PostgreSQL is required and not installed")
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with postgres_for_tests.cluster() as socket, django_db_blocker.unblock():  # type: ignore[attr-defined]
        import psycopg

        with psycopg.connect(postgres_for_tests.address(socket), autocommit=True) as connection:
            connection.execute("CREATE DATABASE empty")
        with database(_database(postgres_for_tests.address(socket, "empty"))):
            call_command("migrate", verbosity=0)
        yield socket


@pytest.fixture
def data(tmp_path: Path, settings: object) -> Path:
    """Gives a data folder of its own, with passphrases stretched cheaply."""
    folder = tmp_path / "data"
    settings.DATA = folder  # type: ignore[attr-defined]
    settings.AMPARO_ARGON2 = LOW_COST  # type: ignore[attr-defined]
    folder.mkdir(mode=0o700)
    backoff.clear()
    sessions._sessions.clear()
    return folder


@pytest.fixture
def sqlite(data: Path, sqlite_template: Path, django_db_blocker: object) -> Iterator[Path]:
    """Gives an empty SQLite file in the data folder, in use as the default database."""
    path = data / "amparo.sqlite3"
    shutil.copy(sqlite_template, path)
    with django_db_blocker.unblock(), database(_database(None) | {"NAME": path}):  # type: ignore[attr-defined]
        yield path


@pytest.fixture
def postgres(data: Path, postgres_template: Path) -> Iterator[str]:
    """Gives the address of an emptied PostgreSQL database, in use as the default database."""
    address = postgres_for_tests.address(postgres_template, "empty")
    with database(_database(address)):
        tables = ", ".join(connections["default"].introspection.django_table_names(only_existing=True))
        with connections["default"].cursor() as cursor:
            cursor.execute(f"TRUNCATE {tables}")
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def anywhere(request: pytest.FixtureRequest) -> str:
    """Runs the test on SQLite and again on PostgreSQL; gives which."""
    request.getfixturevalue(request.param)
    return str(request.param)


@pytest.fixture
def shelf() -> Shelf:
    """Gives Reclaim's own tables."""
    return SHELF


def new_account(name: str) -> Keyring:
    return accounts.create(name=name, passphrase=PASSPHRASE, now=NOW).keyring


@pytest.fixture
def noor(request: pytest.FixtureRequest) -> Keyring:
    """Noor holds her own case."""
    return new_account("Noor")


@pytest.fixture
def vera(request: pytest.FixtureRequest) -> Keyring:
    """Vera is a caseworker whom Noor lets in."""
    return new_account("Vera")


assert django_settings.configured
