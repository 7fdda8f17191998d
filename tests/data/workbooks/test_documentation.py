"""The page about the plan workbook says what the layout says."""

from data.workbooks.documentation import PAGE, document_plan_workbook, list_workbook_findings
from data.workbooks.layout import SHEETS
from planning.findings import list_finding_kinds


def test_the_page_is_the_one_the_layout_writes() -> None:
    again = "python -m data.workbooks.documentation"
    assert PAGE.read_text(encoding="utf-8") == document_plan_workbook(), f"Write it again: {again}"


def test_the_page_names_every_column_and_every_finding() -> None:
    page = document_plan_workbook()
    assert all(f"| {column.header} |" in page for sheet in SHEETS for column in sheet.columns)
    assert all(f"`{kind.code}`" in page for kind in list_workbook_findings())
    assert set(list_workbook_findings()) <= set(list_finding_kinds())
