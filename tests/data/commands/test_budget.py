"""`read` and `import`: the answer field by field, versions, lines as CSV, and every way to be refused."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from data.commands.budget import parse_answers
from data.commands.line_receipts import RECEIPT_FIELDS
from data.store.budget_queries import LINE_FIELDS, list_measures
from data.store.budget_uploads import list_uploads
from data.store.budgets import withdraw_upload
from data.store.database import Store
from data.store.viewer import Viewer
from planning.errors import JobCrashed, JobTimedOut, UsageError
from planning.permissions import Role
from tests.data.command_runs import Ran, Run, write_budget
from tests.data.intake.workbook_bytes import (
    build_compound_file,
    build_shared_strings,
    build_sheet,
    build_xlsx,
    build_xlsx_with,
)

ASKING = "Expenditures by object\nObject,Name,Amount\n410,Supplies,10\n480,Hardware,5.5\n"
WORDS_ONLY = '<row r="1"><c r="A1" t="inlineStr"><is><t>Minutes of the board</t></is></c></row>'
BAD_FILES: dict[str, tuple[bytes, str]] = {
    "not_a_workbook": (b"%PDF-1.7 budget", "a PDF document"),
    "file_empty": (b"", "The file is empty."),
    "no_numbers": (build_xlsx_with("xl/worksheets/sheet1.xml", build_sheet(WORDS_ONLY)), ""),
    "password_protected": (
        build_compound_file({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
        "protected with a password",
    ),
    "file_incomplete": (build_xlsx()[:-200], "the end of the file is missing"),
    "bomb": (build_xlsx_with("xl/sharedStrings.xml", build_shared_strings("4000000000")), ""),
}


def sum_lines(folder: Path, district: str = "d") -> dict[tuple[str, str], Decimal]:
    """What the store holds, by year and basis."""
    store = Store(folder / "techplan.duckdb")
    measures = list_measures(store, Viewer("tests", Role.ADMIN, district))
    store.close()
    return {(measure.fiscal_year, measure.basis): measure.amount for measure in measures}


def import_budget(run: Run, path: Path, *more: str) -> Ran:
    return run("import", str(path), "--district", "d", "--json", *more)


def test_read_answers_every_field_of_the_contract(run: Run, budget_file: Path) -> None:
    ran = run("read", str(budget_file), "--json")
    assert (ran.code, ran.err) == (0, "")
    answer = ran.answer
    assert list(answer) == ["schema", "status", "findings", "file", "sha256", "tables", "totals", "questions"]
    assert (answer["schema"], answer["status"], answer["file"]) == ("techplan.read/1", "ready", "budget.csv")
    assert len(answer["sha256"]) == 64
    [table] = answer["tables"]
    assert list(table) == [
        "sheet", "table_no", "range", "kind", "counted", "why_not_counted", "values", "rows",
    ]  # fmt: skip
    assert table["rows"] == {"detail": 3, "subtotal": 0, "total": 1, "heading": 0, "note": 0}
    assert table["values"][1] == {
        "column": "C",
        "header": "2026-27 Proposed Expenditures",
        "fiscal_year": "FY2026-27",
        "basis": "proposed",
        "unit": "usd",
        "side": "expenditure",
        "detail_total": "1770.25",
        "printed_total": "1770.25",
        "difference": "0.00",
        "scale": 1,
        "empty": False,
    }
    assert [total["detail_total"] for total in answer["totals"]] == ["1610.50", "1770.25"]
    assert answer["totals"][0]["sheets"] == ["budget"]
    assert not (budget_file.parent / "techplan.duckdb").exists()


def test_read_says_in_lines_what_ties_and_what_does_not(run: Run, budget_file: Path) -> None:
    write_budget(budget_file, devices="1301")
    ran = run("read", str(budget_file))
    assert "budget.csv: 1 table, 3 detail lines" in ran.out and "“2026-27 Proposed Expenditures”\n" in ran.out
    assert "1,610.50  ties to the printed total" in ran.out
    assert "OFF by (1.00) from the printed 1,770.25" in ran.out
    assert "warning: budget!C5: " in ran.err


def test_a_count_is_a_number_and_money_is_text(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_text("Expenditures,2026-27 Budget,2026-27 FTE\nTeachers,100.5,1.25\nAides,50,2\n")
    totals = {total["unit"]: total for total in run("read", str(file), "--json").answer["totals"]}
    assert (totals["usd"]["detail_total"], totals["fte"]["detail_total"]) == ("150.50", 3.25)
    assert totals["usd"]["printed_total"] is None


def test_a_question_ends_with_exit_3_and_says_how_to_answer(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "asking.csv"
    file.write_text(ASKING)
    asked = run("read", "asking.csv")
    assert (asked.code, run("import", "asking.csv", "--district", "d").code) == (3, 3)
    assert "--answer 'fiscal_year=…'" in asked.out
    [question] = run("read", "asking.csv", "--json").answer["questions"]
    assert (question["key"], question["choices"], question["default"]) == ("fiscal_year", [], "")
    answered = run("import", "asking.csv", "--district", "d", "--answer", "fiscal_year=2026-27", "--json")
    assert (answered.code, answered.answer["totals"][0]["fiscal_year"]) == (0, "FY2026-27")


def test_lines_of_a_reading_that_is_not_ready_are_not_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "asking.csv").write_text(ASKING)
    ran = run("read", "asking.csv", "--lines", "lines.csv")
    assert (ran.code, (tmp_path / "lines.csv").exists()) == (3, False)
    assert "lines.csv was not written" in ran.out


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("2026-27", "Write --answer key=value"),
        ("=2026-27", "Write --answer key=value"),
        ("colour=red", "No reading asks for 'colour'"),
        ("side=left", "Choose one of expenditure, revenue"),
        ("year_convention=never", "Choose one of ends, starts, calendar"),
        ("fiscal_year=soon", "Write it like 2026-27"),
        ("fiscal_year:Amount=", "Write it like 2026-27"),
    ],
)
def test_an_answer_that_answers_nothing_is_a_usage_error(run: Run, budget_file: Path, pair: str, said: str) -> None:
    ran = run("read", str(budget_file), "--answer", pair)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_header_in_an_answer_may_hold_an_equals_sign() -> None:
    given = ["side=revenue", "fiscal_year:A=B=2026-27"]
    assert parse_answers(given) == {"side": "revenue", "fiscal_year:A=B": "2026-27"}


def test_lines_are_the_budget_lines_and_add_up_to_the_totals(run: Run, budget_file: Path, tmp_path: Path) -> None:
    ran = run("read", str(budget_file), "--lines", "lines.csv", "--district", "d")
    assert "Wrote 6 budget lines to lines.csv." in ran.out
    with (tmp_path / "lines.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == (*LINE_FIELDS, *RECEIPT_FIELDS)
    sums = dict.fromkeys(("FY2025-26", "FY2026-27"), Decimal(0))
    for row in rows:
        sums[row["fiscal_year"]] += Decimal(row["amount"])
    assert list(sums.values()) == [Decimal("1610.50"), Decimal("1770.25")]
    assert {(row["district_id"], row["upload_id"]) for row in rows} == {("d", "")}
    assert [row["cell"] for row in rows if row["is_technology"] == "True"] == ["B2", "C2"]


def test_text_that_a_spreadsheet_would_run_is_written_as_text(run: Run, tmp_path: Path) -> None:
    write_budget(tmp_path / "budget.csv", name='"=HYPERLINK(""http://evil"")"')
    assert run("read", "budget.csv", "--lines", "lines.csv").code == 0
    with (tmp_path / "lines.csv").open(newline="", encoding="utf-8") as file:
        texts = {row["description"] for row in csv.DictReader(file)}
    assert '\'=HYPERLINK("http://evil")' in texts


def test_rows_of_a_register_are_written_with_their_own_columns(run: Run, tmp_path: Path) -> None:
    (tmp_path / "awards.csv").write_text("Award,Status,City,Amount\nA-1,Paid,Dayton,$1.50\n=A-2,Open,Salem,$2.00\n")
    ran = run("read", "awards.csv", "--lines", "rows.csv")
    assert ran.code == 4 and "Wrote 2 rows of a list that is no budget to rows.csv" in ran.out
    with (tmp_path / "rows.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["Status"] for row in rows] == ["Paid", "Open"] and rows[0]["sheet"] == "awards"
    assert (rows[1]["row_number"], rows[1]["Award"], rows[1]["Amount"]) == ("3", "'=A-2", "$2.00")


def test_lines_never_replace_the_file_that_is_read(run: Run, budget_file: Path) -> None:
    before = budget_file.read_bytes()
    ran = run("read", str(budget_file), "--lines", str(budget_file))
    assert (ran.code, budget_file.read_bytes()) == (2, before)
    assert run("read", str(budget_file), "--lines", "nowhere/lines.csv").code == 2


def test_import_publishes_and_answers_with_the_reading_and_a_receipt(run: Run, budget_file: Path) -> None:
    ran = import_budget(run, budget_file)
    answer = ran.answer
    assert (ran.code, answer["schema"], answer["status"]) == (0, "techplan.import/1", "ready")
    assert answer["totals"][1]["detail_total"] == "1770.25"
    receipt = {key: answer[key] for key in ("series", "version", "published_lines", "replaced", "already")}
    assert receipt == {
        "series": "Expenditure budget",
        "version": 1,
        "published_lines": 3,
        "replaced": None,
        "already": False,
    }
    assert sum_lines(budget_file.parent)["FY2026-27", "proposed"] == Decimal("1770.25")


def test_the_same_file_again_is_already_there_and_nothing_doubles(run: Run, budget_file: Path) -> None:
    first = import_budget(run, budget_file).answer
    again = import_budget(run, budget_file)
    assert (again.code, again.answer["already"]) == (0, True)
    assert (again.answer["upload_id"], again.answer["version"]) == (first["upload_id"], 1)
    assert sum_lines(budget_file.parent)["FY2026-27", "proposed"] == Decimal("1770.25")
    assert "Already stored: 3 lines" in run("import", str(budget_file), "--district", "d").out


def test_a_second_version_replaces_the_first_and_its_withdrawal_brings_it_back(
    run: Run, budget_file: Path, tmp_path: Path
) -> None:
    first = import_budget(run, budget_file).answer
    before = sum_lines(tmp_path)
    second = import_budget(run, write_budget(tmp_path / "budget.csv", devices="1301")).answer
    assert (second["version"], second["replaced"], second["already"]) == (2, first["upload_id"], False)
    assert sum_lines(tmp_path)["FY2026-27", "proposed"] == Decimal("1771.25")
    store = Store(tmp_path / "techplan.duckdb")
    withdraw_upload(store, Viewer("tests", Role.ADMIN, "d"), second["upload_id"], "a slip")
    store.close()
    assert sum_lines(tmp_path) == before


def test_another_series_stands_beside_and_a_file_in_two_is_warned_about(run: Run, budget_file: Path) -> None:
    import_budget(run, budget_file)
    ran = import_budget(run, budget_file, "--series", "Copy")
    assert (ran.code, ran.answer["series"], ran.answer["version"]) == (0, "Copy", 1)
    assert [finding["code"] for finding in ran.answer["findings"]] == ["file_in_another_series"]
    assert "now count twice" in ran.err


def test_the_budget_of_another_year_counts_beside_it(run: Run, budget_file: Path) -> None:
    first = import_budget(run, budget_file).answer
    text = budget_file.read_text(encoding="utf-8").replace("2025-26", "2027-28").replace("2026-27", "2028-29")
    budget_file.write_text(text, encoding="utf-8")
    second = import_budget(run, budget_file).answer
    assert (second["series"], second["replaced"]) == (f"{first['series']} FY2028-29", None)


def test_a_series_without_a_name_is_a_usage_error(run: Run, budget_file: Path) -> None:
    ran = import_budget(run, budget_file, "--series", "  ")
    assert (ran.code, ran.answer["message"]) == (2, "The name of the series is empty.")


def test_an_import_that_names_no_district_makes_no_store(run: Run, budget_file: Path) -> None:
    ran = run("import", str(budget_file))
    assert (ran.code, ran.out) == (2, "")
    assert "Add --district ID (an id of your choice makes a new one)" in ran.err
    assert not (budget_file.parent / "techplan.duckdb").exists()


def test_a_name_that_no_district_may_have_is_refused_with_the_reading(run: Run, budget_file: Path) -> None:
    ran = run("import", str(budget_file), "--district", "no spaces", "--json")
    assert (ran.code, ran.answer["status"]) == (4, "refused")
    assert ran.answer["findings"][-1]["code"] == "input_refused"
    assert ran.answer["totals"][0]["detail_total"] == "1610.50"


def test_an_amount_that_no_line_can_hold_is_refused(run: Run, tmp_path: Path) -> None:
    ran = import_budget(run, write_budget(tmp_path / "budget.csv", devices="4000000000000"))
    assert (ran.code, ran.answer["status"]) == (4, "refused")
    assert "beyond_budgets" in [finding["code"] for finding in ran.answer["findings"]]
    assert list_uploads(Store(tmp_path / "techplan.duckdb"), Viewer("tests", Role.ADMIN, "d")) == ()


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("command", ["read", "import"])
def test_a_bad_file_is_a_sentence_exit_4_and_nothing_stored(run: Run, tmp_path: Path, name: str, command: str) -> None:
    content, said = BAD_FILES[name]
    (tmp_path / "bad.xlsx").write_bytes(content)
    ran = run(command, "bad.xlsx", "--district", "d", "--json")
    answer = ran.answer
    assert (ran.code, answer["status"], answer["file"]) == (4, "refused", "bad.xlsx")
    assert (len(answer["sha256"]), answer["tables"], answer["totals"], answer["questions"]) == (64, [], [], [])
    [finding] = answer["findings"]
    assert finding["severity"] == "error" and (name == "bomb" or finding["code"] == name)
    assert said in ran.err and ran.err.startswith("error: ") and ran.err.count("\n") == 1
    assert not (tmp_path / "techplan.duckdb").exists()


def test_a_file_that_is_not_there_is_refused(run: Run) -> None:
    ran = run("read", "lost.xlsx", "--json")
    assert (ran.code, ran.answer["sha256"]) == (4, "")
    assert ran.err == "error: There is no file lost.xlsx. Check the name and the folder.\n"
    assert [finding["code"] for finding in ran.answer["findings"]] == ["file_missing"]


@pytest.mark.parametrize("kind", [JobCrashed, JobTimedOut])
def test_a_reader_that_ends_early_is_a_finding(
    run: Run, budget_file: Path, monkeypatch: pytest.MonkeyPatch, kind: type
) -> None:
    def fail(_: object) -> None:
        raise kind("The reader ended.", "Try another file.")

    monkeypatch.setattr("data.jobs.registry.Job.result", fail)
    ran = run("read", str(budget_file), "--json")
    assert (ran.code, ran.answer["status"]) == (4, "refused")
    assert [finding["code"] for finding in ran.answer["findings"]] == ["work_stopped"]
    assert ran.err == "error: The reader ended. Try another file.\n"


def test_what_is_no_pair_of_key_and_value_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="is not an answer"):
        parse_answers(["side"])


def test_an_amount_with_too_many_digits_is_refused_when_read(run: Run, tmp_path: Path) -> None:
    write_budget(tmp_path / "budget.csv", devices="20000000000000000000000000")
    ran = run("read", "budget.csv", "--json")
    assert (ran.code, ran.answer["findings"][-1]["code"]) == (4, "beyond_budgets")
    assert import_budget(run, tmp_path / "budget.csv").code == 4
