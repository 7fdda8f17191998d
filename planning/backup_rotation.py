"""Which backups are kept: the newest of each of the last days, weeks and months."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Rotation:
    """How many days, ISO weeks and months keep their newest backup."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


USUAL_ROTATION = Rotation()


def list_kept(taken: Iterable[datetime], rotation: Rotation) -> frozenset[datetime]:
    """The moments whose backups are kept: the newest of each of the latest days, weeks and months that have any.

    The newest of all is always kept, whatever the rotation says.

    >>> days = [datetime(2026, 7, day, hour) for day in (1, 2) for hour in (6, 18)]
    >>> sorted(moment.day * 100 + moment.hour for moment in list_kept(days, Rotation(2, 0, 0)))
    [118, 218]
    """
    newest_first = sorted(taken, reverse=True)
    kept = set(newest_first[:1])
    kept |= _newest_of_each(newest_first, rotation.daily, lambda moment: moment.date())
    kept |= _newest_of_each(newest_first, rotation.weekly, lambda moment: moment.isocalendar()[:2])
    kept |= _newest_of_each(newest_first, rotation.monthly, lambda moment: (moment.year, moment.month))
    return frozenset(kept)


def is_backup_due(last_taken: datetime | None, now: datetime, every_hours: int) -> bool:
    """Whether the next scheduled backup is to be taken; never where none are scheduled (0 hours).

    >>> is_backup_due(datetime(2026, 7, 1, 6), datetime(2026, 7, 2, 5, 59), 24)
    False
    """
    if every_hours == 0:
        return False
    return last_taken is None or now - last_taken >= timedelta(hours=every_hours)


def _newest_of_each(
    newest_first: list[datetime], count: int, period_of: Callable[[datetime], Hashable]
) -> set[datetime]:
    newest: dict[Hashable, datetime] = {}
    for moment in newest_first:
        newest.setdefault(period_of(moment), moment)
    return set(list(newest.values())[:count])
