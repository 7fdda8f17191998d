"""Ids made by the application, because the shared engine makes none."""

import secrets
from datetime import UTC, datetime
from uuid import UUID


def make_identifier(moment: datetime) -> str:
    """A UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits, so ids sort by time.

    `moment` is naive UTC.
    """
    milliseconds = int(moment.replace(tzinfo=UTC).timestamp() * 1000)
    random_high, random_low = secrets.randbits(12), secrets.randbits(62)
    bits = milliseconds << 80 | 0x7 << 76 | random_high << 64 | 0b10 << 62 | random_low
    return str(UUID(int=bits))
