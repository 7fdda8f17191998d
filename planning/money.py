"""Money: integer cents inside planning, one rounding rule, one way to split, one formatter.

Present values are floats and are rounded only here, when they are shown.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

Amount = Decimal | int | float

# Enough digits for the largest float, so that a mistyped cell is refused in words and never by the arithmetic.
_EVERY_DIGIT = Context(prec=400)


def as_decimal(value: Amount) -> Decimal:
    """The shortest decimal that a person would read, so 1.005 is 1.005 and not 1.00499…"""
    return value if isinstance(value, Decimal) else Decimal(repr(value) if isinstance(value, float) else value)


def round_half_up(value: Amount, places: int = 2) -> Decimal:
    """Half away from zero on the shortest decimal: the rule of spreadsheets.

    >>> round_half_up(1.005), round_half_up(-2.5, 0)
    (Decimal('1.01'), Decimal('-3'))
    """
    return as_decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EVERY_DIGIT)


def to_cents(dollars: Amount) -> int:
    """Dollars to whole cents, rounded once.

    >>> to_cents(Decimal("104186.25"))
    10418625
    """
    return int(round_half_up(dollars, 2).scaleb(2))


def to_dollars(cents: int) -> Decimal:
    """Cents to dollars with two decimals.

    >>> to_dollars(10418625)
    Decimal('104186.25')
    """
    return Decimal(cents).scaleb(-2)


def split_cents(total_cents: int, weights: Sequence[Amount]) -> list[int]:
    """Split a total in proportion to weights by largest remainder, so that the parts sum to the whole.

    Ties go to the earlier part. All weights zero: everything goes to the first part.

    >>> split_cents(100, [1, 1, 1])
    [34, 33, 33]
    >>> split_cents(-5, [1, 1])
    [-3, -2]
    """
    if not weights:
        raise ValueError("a total cannot be split over no parts")
    sign = -1 if total_cents < 0 else 1
    whole = abs(total_cents)
    shares = [as_decimal(weight) for weight in weights]
    weight_sum = sum(shares, Decimal(0))
    if weight_sum == 0:
        return [total_cents] + [0] * (len(weights) - 1)
    exact = [whole * share / weight_sum for share in shares]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: whole - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]


def format_dollars(dollars: Amount, places: int = 0, symbol: bool = False) -> str:
    """The one way an amount is shown: parentheses for negatives, a dash for zero.

    >>> format_dollars(Decimal("-63700"), symbol=True), format_dollars(0), format_dollars(1234.5, places=2)
    ('($63,700)', '—', '1,234.50')
    """
    rounded = round_half_up(dollars, places)
    if rounded == 0:
        return "—"
    text = f"{'$' if symbol else ''}{abs(rounded):,.{places}f}"
    return f"({text})" if rounded < 0 else text


def format_cents(cents: int, places: int = 0, symbol: bool = False) -> str:
    """`format_dollars` for an amount held in cents.

    >>> format_cents(361250000, symbol=True)
    '$3,612,500'
    """
    return format_dollars(to_dollars(cents), places, symbol)


_SHORT = (
    (Decimal(999_995_000), 9, 2, "B"),
    (Decimal(999_950), 6, 2, "M"),
    (Decimal(9_999), 3, 1, "K"),
)


def format_short(dollars: Amount) -> str:
    """A headline figure in thousands, millions or billions, for big numbers and chart labels only.

    >>> format_short(4279861718), format_short(3612500), format_short(-63700), format_short(583)
    ('$4.28B', '$3.61M', '($63.7K)', '$583')
    """
    size = abs(as_decimal(dollars))
    for limit, power, places, suffix in _SHORT:
        if size >= limit:
            scaled = as_decimal(dollars).scaleb(-power)
            text = f"${abs(round_half_up(scaled, places)):,.{places}f}{suffix}"
            return f"({text})" if scaled < 0 else text
    return format_dollars(dollars, symbol=True)


def format_percent(fraction: Amount, places: int = 0) -> str:
    """A fraction as a percentage, for example 0.224 as 22 %.

    >>> format_percent(0.2249, 1), format_percent(-0.05)
    ('22.5 %', '-5 %')
    """
    return f"{round_half_up(as_decimal(fraction) * 100, places):,.{places}f} %"
