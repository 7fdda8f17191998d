"""The few looks of the plan workbook; each is told apart in black and white too (star, italics, bold)."""

from dataclasses import dataclass
from functools import cached_property

import xlsxwriter
from xlsxwriter.format import Format

from data.workbooks.columns import CellKind, Column, SheetLayout, is_required

_DOLLARS = '$#,##0.00_);($#,##0.00);"–"_)'
_NUMBER_FORMATS = {
    CellKind.DOLLARS: _DOLLARS,
    CellKind.UNIT_PRICE: "$#,##0.00####_);($#,##0.00####)",
    CellKind.PERCENT: "0.0##%",
    CellKind.DATE: "mmm d, yyyy",
    CellKind.NUMBER: "General",
    CellKind.WHOLE: "0",
}
_TEXT_FORMAT = "@"  # keeps leading zeros and stops 10-25 from becoming a date


@dataclass(frozen=True)
class Styles:
    """The formats of one workbook, each made when it is first used."""

    book: xlsxwriter.Workbook

    @cached_property
    def title(self) -> Format:
        return self.book.add_format({"bold": True, "font_size": 14})

    @cached_property
    def words(self) -> Format:
        return self.book.add_format({"text_wrap": True, "valign": "top"})

    @cached_property
    def label(self) -> Format:
        return self.book.add_format({"bold": True, "valign": "top"})

    @cached_property
    def required(self) -> Format:
        return self._header({"bg_color": "#FFE699", "bold": True})

    @cached_property
    def optional(self) -> Format:
        return self._header({"bg_color": "#DDEBF7", "bold": True})

    @cached_property
    def looked_up(self) -> Format:
        return self._header({"bg_color": "#EDEDED", "italic": True})

    @cached_property
    def missing(self) -> Format:
        return self.book.add_format({"bg_color": "#F8CBAD", "pattern": 1})

    @cached_property
    def cells(self) -> dict[CellKind, Format]:
        formats = {kind: self.book.add_format({"num_format": _TEXT_FORMAT, "valign": "top"}) for kind in CellKind}
        for kind, number_format in _NUMBER_FORMATS.items():
            formats[kind] = self.book.add_format({"num_format": number_format, "valign": "top"})
        formats[CellKind.LOOKED_UP] = self.book.add_format({"italic": True, "font_color": "#595959", "valign": "top"})
        return formats

    @cached_property
    def total(self) -> Format:
        return self.book.add_format({"num_format": _DOLLARS, "italic": True, "font_color": "#595959", "valign": "top"})

    def _header(self, look: dict[str, object]) -> Format:
        return self.book.add_format({"text_wrap": True, "valign": "top", "top": 1, "bottom": 5, **look})

    def header(self, layout: SheetLayout, column: Column) -> Format:
        """The look that says whether a column must, may or need not be filled."""
        if column.kind is CellKind.LOOKED_UP:
            return self.looked_up
        return self.required if is_required(layout, column) else self.optional
