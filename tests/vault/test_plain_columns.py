"""What stands in clear: every column of every table is on this list, and nothing else is."""

from django.apps import apps
from django.db import connection, models

from amparo.vault.models import SealedTable

RANDOM_IDS = {"id", "case_id", "account_id", "blob_id", "slip_id"}
NUMBERS = {"epoch", "seq", "argon_memory_kib", "argon_passes"}
DAYS = {"day", "expires"}
KEYED_HASHES = {"name_hash"}
PUBLIC = {"box_public", "sign_public", "drop_public", "argon_salt"}


def allowed(field: models.Field) -> bool:
    name = field.attname
    if isinstance(field, models.CharField):
        return (name in RANDOM_IDS and field.max_length == 32) or (
            name in KEYED_HASHES and field.max_length == 64
        )
    if isinstance(field, models.PositiveIntegerField):
        return name in NUMBERS
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return name in DAYS
    return isinstance(field, models.BinaryField) and (name in PUBLIC or "sealed" in name)


def test_every_column_in_clear_is_on_the_list() -> None:
    others = [f"{field.model._meta.label}.{field.attname}" for field in every_field() if not allowed(field)]
    assert others == []


def every_field() -> list[models.Field]:
    return [field for model in apps.get_models() for field in model._meta.concrete_fields]


def test_every_table_of_ours_is_a_sealed_one() -> None:
    assert [model for model in apps.get_models() if not issubclass(model, SealedTable)] == []


def test_the_database_has_no_table_besides(sqlite: object) -> None:
    expected = {model._meta.db_table for model in apps.get_models()} | {"django_migrations"}
    assert set(connection.introspection.table_names()) == expected


def test_no_number_counts_rows_over_all_cases() -> None:
    """An automatic primary key would tell in which order things happened across cases."""
    assert not [field for field in every_field() if isinstance(field, models.AutoField)]
