from datetime import datetime, timedelta
from uuid import RFC_4122, UUID

from data.store.identifiers import make_identifier

NOON = datetime(2026, 12, 8, 12)


def test_identifiers_are_uuids_of_version_seven() -> None:
    identifier = UUID(make_identifier(NOON))
    assert (identifier.version, identifier.variant) == (7, RFC_4122)


def test_identifiers_of_one_moment_differ() -> None:
    assert len({make_identifier(NOON) for _ in range(1_000)}) == 1_000


def test_identifiers_sort_by_time() -> None:
    made = [make_identifier(NOON + timedelta(milliseconds=number)) for number in range(50)]
    assert made == sorted(made)
