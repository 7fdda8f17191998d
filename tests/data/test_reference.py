"""The reference data that ships, and what happens to a file that was spoiled."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.reference import COLUMNS, load_reference
from planning.cost.reference_rates import find_reference_rate
from planning.errors import InputRefused

HEADER = ",".join(COLUMNS)


def write_reference(folder: Path, *lines: str) -> Path:
    path = folder / "rates.csv"
    path.write_text("\n".join((HEADER, *lines)), encoding="utf-8")
    return path


def test_every_row_that_ships_names_its_source_and_links_it_or_says_verify() -> None:
    rows = load_reference().rows
    assert all(row.source and row.unit and row.owner for row in rows)
    assert all(row.link.startswith("https://") or row.verify for row in rows)
    assert all(row.valid_to is None or row.valid_from <= row.valid_to for row in rows)


def test_no_key_has_two_rows_in_force_on_one_day() -> None:
    spans = [(row.key, row.valid_from) for row in load_reference().rows]
    assert len(set(spans)) == len(spans)


def test_the_discount_rates_of_2025_are_those_of_omb() -> None:
    reference, day = load_reference(), date(2025, 6, 30)
    terms = (3, 5, 7, 10, 20, 30)
    nominal = [find_reference_rate(reference, years, day) for years in terms]
    assert [rate.rate_per_year for rate in nominal if rate] == [0.037, 0.038, 0.039, 0.041, 0.044, 0.044]
    real = [find_reference_rate(reference, years, day, "real") for years in terms]
    assert [rate.rate_per_year for rate in real if rate] == [0.015, 0.016, 0.018, 0.019, 0.022, 0.023]


def test_a_row_keeps_its_operator_and_its_warning_to_verify() -> None:
    row = load_reference().valid_on("lifetime_cabling", date(2026, 1, 1))
    assert row is not None
    assert (row.operator, row.value, row.unit, row.verify) == (">=", Decimal(15), "years", True)


def test_the_version_changes_with_the_content(tmp_path: Path) -> None:
    line = "x,=,{},fraction,2025-01-01,,Source,https://example.org,finance,false"
    first = load_reference(write_reference(tmp_path, line.format("0.1"))).version
    assert load_reference(write_reference(tmp_path, line.format("0.2"))).version != first


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("x,=,many,fraction,2025-01-01,,Source,https://example.org,finance,false",), "Line 2 of the reference data"),
        (("x,=,1,fraction,soon,,Source,https://example.org,finance,false",), "valid_from"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(tmp_path: Path, lines: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        load_reference(write_reference(tmp_path, *lines))


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("key,value\nx,1\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="does not have the columns"):
        load_reference(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        load_reference(tmp_path / "rates.csv")
