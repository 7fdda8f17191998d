"""What a sheet and a column of the plan workbook are; what the model says about them is asked of the model."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args

from planning import model


class CellKind(StrEnum):
    """How a cell is typed, formatted and read."""

    TEXT = "text"
    CODE = "code"  # text whose digits and leading zeros matter
    IDENTIFIER = "identifier"
    REFERENCE = "reference"  # the identifier of a row on another sheet
    REFERENCES = "references"
    TEXT_LIST = "text_list"
    CHOICE = "choice"
    YES_NO = "yes_no"
    MONTH = "month"
    TIME_ZONE = "time_zone"
    FISCAL_YEAR = "fiscal_year"
    FISCAL_YEARS = "fiscal_years"
    DATE = "date"
    DOLLARS = "dollars"
    UNIT_PRICE = "unit_price"  # dollars with parts of a cent
    PERCENT = "percent"
    NUMBER = "number"
    WHOLE = "whole"
    LOOKED_UP = "looked_up"  # a formula for the eye; never read


@dataclass(frozen=True, slots=True)
class Column:
    """One column (or, on the form, one question) and the model field it fills."""

    field: str
    header: str
    kind: CellKind
    note: str
    example: str = ""
    width: int = 14
    choices: tuple[StrEnum, ...] = ()
    refers_to: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class YearColumns:
    """Columns headed by fiscal years, right of the others; the model keeps one item for each filled cell."""

    field: str
    kind: CellKind
    note: str
    total: bool


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet: what its rows are and in which columns they stand."""

    key: str
    name: str
    purpose: str
    model: type[model.Model]
    columns: tuple[Column, ...]
    tab_color: str
    years: YearColumns | None = None
    frozen_columns: int = 1
    is_form: bool = False
    is_optional: bool = False  # workbooks made before there was such a sheet do without it

    def column(self, field: str) -> Column:
        return next(column for column in self.columns if column.field == field)

    @property
    def read_columns(self) -> tuple[Column, ...]:
        """The columns that carry data: all but the formulas for the eye."""
        return tuple(column for column in self.columns if column.kind is not CellKind.LOOKED_UP)


def is_required(sheet: SheetLayout, column: Column) -> bool:
    """Whether the model has no default for the column's field."""
    return column.kind is not CellKind.LOOKED_UP and sheet.model.model_fields[column.field].is_required()


def default_of(sheet: SheetLayout, column: Column) -> Any:  # noqa: ANN401 - a default is of the field's own type
    """What an empty cell means; None where the model requires a value or keeps none."""
    info = sheet.model.model_fields[column.field]
    return None if info.is_required() else info.default


def limits_of(sheet: SheetLayout, column: Column) -> dict[str, Decimal]:
    """The model's own bounds by name: ge, gt, le, lt; also those of a field that may be empty."""
    info = sheet.model.model_fields[column.field]
    inner = [rule for part in get_args(info.annotation) for rule in getattr(part, "__metadata__", ())]
    rules = [*info.metadata, *(rule for field in inner for rule in getattr(field, "metadata", (field,)))]
    names = ("ge", "gt", "le", "lt")
    return {name: Decimal(getattr(rule, name)) for rule in rules for name in names if hasattr(rule, name)}
