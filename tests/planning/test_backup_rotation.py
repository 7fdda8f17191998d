from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planning.backup_rotation import Rotation, is_backup_due, list_kept

MOMENTS = st.lists(st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)), max_size=60)
COUNTS = st.integers(0, 20)


def test_a_year_of_days_keeps_7_days_4_weeks_and_12_months() -> None:
    taken = [datetime(2026, 1, 1, 2) + timedelta(days=day) for day in range(365)]
    kept = sorted(list_kept(taken, Rotation()))
    days = [moment.strftime("%m-%d") for moment in kept]
    assert days == [
        "01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30",
        "12-13", "12-20", "12-25", "12-26", "12-27", "12-28", "12-29", "12-30", "12-31",
    ]  # fmt: skip


@given(MOMENTS, COUNTS, COUNTS, COUNTS)
def test_what_is_kept_was_taken_and_holds_the_newest(taken: list[datetime], d: int, w: int, m: int) -> None:
    kept = list_kept(taken, Rotation(d, w, m))
    assert kept <= set(taken)
    assert len(kept) <= 1 + d + w + m
    assert not taken or max(taken) in kept


@given(MOMENTS, COUNTS, COUNTS, COUNTS)
def test_dropping_the_rest_changes_nothing_the_next_time(taken: list[datetime], d: int, w: int, m: int) -> None:
    kept = list_kept(taken, Rotation(d, w, m))
    assert list_kept(kept, Rotation(d, w, m)) == kept


def test_a_backup_is_due_when_the_time_has_passed_and_never_without_a_schedule() -> None:
    noon = datetime(2026, 12, 8, 12)
    assert is_backup_due(None, noon, 24)
    assert is_backup_due(noon - timedelta(hours=24), noon, 24)
    assert not is_backup_due(noon - timedelta(hours=23), noon, 24)
    assert not is_backup_due(None, noon, 0)
