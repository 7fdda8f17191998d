"""Loads thousands of rows at once without any frame library.

Each column travels as one string that DuckDB splits and casts: 20 ms for 2,227 rows × 19 columns (`executemany` would
take minutes). From some thousands of rows on it is handed over as an array instead, which takes a third of the time and
of the memory: 0.16 s for 100,000 rows × 19 columns. Loading numpy costs more than that, so a short file does without.
"""

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    import numpy

FEWEST_FOR_ARRAYS = 20_000
# Arrays of objects are texts, whatever their first values look like.
ENGINE_SETTINGS = {"pandas_analyze_sample": 0}
_ARRAYS = "arrays_to_insert"
_FIFTEEN_DIGITS = 1e15
_SEPARATOR = "\x1f"
_NULL = "\x1e"


def insert_columns(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    constants: Mapping[str, object],
    columns: Mapping[str, Sequence[object]],
) -> int:
    """Insert one row for every entry of the columns (all of one length), each with the constants.

    None becomes NULL, and so does what is not a number in an array of numbers.
    """
    count = len(next(iter(columns.values())))
    if count == 0:
        return 0
    expressions = dict.fromkeys(constants, "?")
    parameters: list[object] = list(constants.values())
    varying: dict[str, Sequence[object]] = {}
    for name, values in columns.items():
        expressions[name] = "?"
        # Most attributes of most files are empty all the way down. The first column makes the rows: never one value.
        if varying and values[0] == values[-1] and values.count(values[0]) == count:
            parameters.append(_as_text(values[0]))
        else:
            varying[name] = values
            if count < FEWEST_FOR_ARRAYS:
                expressions[name], parameter = _column_parameter(values)
                parameters.append(parameter)
    if count < FEWEST_FOR_ARRAYS:
        cursor.execute(_write_insert(table, expressions), parameters)
    else:
        _insert_arrays(cursor, table, expressions, parameters, varying)
    return count


def load_arrays() -> None:
    """Load numpy ahead, where a long file is being read elsewhere and there is time."""
    import numpy  # noqa: F401


def _write_insert(table: str, expressions: Mapping[str, str]) -> str:
    return f"INSERT INTO {table} ({', '.join(expressions)}) SELECT {', '.join(expressions.values())}"


def _as_text(value: object) -> object:
    """A number travels as its shortest text: the engine's cast of a float to a decimal is a millionth off."""
    return str(value) if isinstance(value, float) else value


def _column_parameter(values: Sequence[object]) -> tuple[str, object]:
    """How a column is written in SQL, and the parameter that carries it."""
    if isinstance(values, array):
        values = [value if value == value else None for value in values]
    nulls = values.count(None)
    texts = [value if isinstance(value, str) else _NULL if value is None else str(value) for value in values]
    joined = _SEPARATOR.join(texts)
    # A cell may hold the separator itself; a list parameter is four times slower and takes anything.
    if joined.count(_SEPARATOR) != len(texts) - 1 or joined.count(_NULL) != nulls:
        return "unnest(?::VARCHAR[])", [None if value is None else str(value) for value in values]
    split = "unnest(string_split(?, chr(31)))"
    return (f"nullif({split}, chr(30))" if nulls else split), joined


def _insert_arrays(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    expressions: dict[str, str],
    parameters: list[object],
    columns: Mapping[str, Sequence[object]],
) -> None:
    # Late: see above.
    import numpy

    arrays: dict[str, numpy.ndarray] = {}
    for name, values in columns.items():
        arrays[name] = _make_array(values)
        if arrays[name].dtype == numpy.float64:
            arrays[name], expressions[name] = _make_exact(name, arrays[name])
        else:
            expressions[name] = name
    cursor.register(_ARRAYS, arrays)
    cursor.execute(f"{_write_insert(table, expressions)} FROM {_ARRAYS}", parameters)
    cursor.unregister(_ARRAYS)


def _make_array(values: Sequence[object]) -> "numpy.ndarray":
    import numpy

    if isinstance(values, array):
        return numpy.frombuffer(values, values.typecode)
    kinds = {str} if isinstance(values[0], str) else set(map(type, values))
    kind = numpy.int64 if kinds == {int} else numpy.float64 if kinds == {float} else object
    return numpy.array(values, dtype=kind)


def _make_exact(name: str, values: "numpy.ndarray") -> tuple["numpy.ndarray", str]:
    """Numbers as a person reads them, and as SQL: as whole cents, else by way of their shortest text."""
    import numpy

    cents = numpy.rint(values * 100)
    # Up to fifteen digits a number of cents is the shortest text of its nearest float.
    if (numpy.abs(cents) < _FIFTEEN_DIGITS).all() and (cents / 100 == values).all():
        return cents.astype(numpy.int64), f"{name}::DECIMAL(18, 0) * 0.01"
    return values, f"nullif({name}::VARCHAR, 'nan')"
