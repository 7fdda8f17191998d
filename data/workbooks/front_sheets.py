"""The sheets around the plan: how to fill it, which state it came from, and the words of its drop-downs."""

from xlsxwriter.worksheet import Worksheet

from data.workbooks.grid import HEADER_ROW
from data.workbooks.layout import REVISION_LABEL, SHEETS
from data.workbooks.styles import Styles
from planning.model import Plan

STEPS = (
    "Start with District, then go through the sheets from left to right.",
    "One row is one thing. Rows may be in any order; empty rows are skipped.",
    "Rest the pointer on a heading to see what belongs there, with an example.",
    "IDs tie the sheets together: pick them from the drop-downs, and keep an ID once it is used.",
    "Type dollars as plain numbers (1200.50), savings with a minus, percentages with their sign (5%).",
    "Columns headed by a fiscal year take one amount a year. To plan other years, type other years over the headings.",
    "Sorting rows and moving columns does no harm. Columns and sheets of your own are left out when it is read.",
    "Do not rename the sheets or the headings; that is how they are found.",
    "To take something out, delete its row and say so when you are asked; a row that is only missing is kept. Say no "
    "under “In the base plan” to keep an initiative without counting it.",
    f"Leave “{REVISION_LABEL}” above as it is: it tells which state of the plan you started from.",
    "Save as .xlsx and upload it. Either everything is taken, or nothing, with a list of cells to mend.",
)


def write_readme(sheet: Worksheet, styles: Styles, plan: Plan | None, revision: str | None) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 96)
    sheet.write_string(0, 0, "Technology plan workbook", styles.title)
    facts = [
        ("District", plan.district.name if plan else "not filled yet"),
        ("District ID", plan.district.district_id if plan else "not filled yet"),
        (REVISION_LABEL, revision or ""),
    ]
    steps = [(f"{i}.", text) for i, text in enumerate(STEPS, 1)]
    sheets = [(layout.name, layout.purpose) for layout in SHEETS]
    row = 2
    for label, text in [*facts, ("", ""), *steps, ("", ""), *sheets, ("", "")]:
        sheet.write_string(row, 0, label, styles.label)
        sheet.write_string(row, 1, text, styles.words)
        row += 1
    for style, label, text in (
        (styles.required, "Yellow with a star *", "Every filled row needs it."),
        (styles.optional, "Blue", "May stay empty; the note on the heading says what empty means."),
        (styles.looked_up, "Gray, in italics", "A formula for your eye; it is never read back."),
    ):
        sheet.write_string(row, 0, label, style)
        sheet.write_string(row, 1, text, styles.words)
        row += 1
    sheet.freeze_panes(1, 0)
    set_up_print(sheet, repeat=False)
    sheet.activate()


def set_up_print(sheet: Worksheet, repeat: bool = True) -> None:
    """Landscape on US letter, one page wide, headings on every page, the sheet's name at the foot."""
    sheet.set_landscape()
    sheet.set_paper(1)  # US letter
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    if repeat:
        sheet.repeat_rows(0, HEADER_ROW)
    sheet.set_footer("&L&F&C&A&RPage &P of &N")


def write_lists(sheet: Worksheet, styles: Styles, words: dict[str, tuple[str, ...]]) -> None:
    sheet.set_tab_color("#7F7F7F")
    for c, (name, values) in enumerate(words.items()):
        sheet.set_column(c, c, 26)
        sheet.write_string(0, c, _list_heading(name), styles.label)
        for r, value in enumerate(values, 1):
            sheet.write_string(r, c, value)
    sheet.freeze_panes(1, 0)
    set_up_print(sheet, repeat=False)


def _list_heading(name: str) -> str:
    return name.removesuffix("_list").replace("_", " ").capitalize()
