"""Answers: money as text, findings in words, errors as objects."""

from decimal import Decimal

import pytest

from data.commands.answers import answer_error, list_error_findings, make_plain, money_text, new_answer, print_answer
from planning.errors import InputRefused, JobTimedOut, NotPermitted, StoreHeld
from planning.findings import Finding
from planning.vocabulary import Severity

FINDING = Finding(Severity.WARNING, "total_mismatch", "They differ.", "Fund 10", "C9", "1", "2", "Check both.")


@pytest.mark.parametrize(
    ("amount", "text"),
    [(Decimal("1770.255"), "1770.26"), (Decimal(0), "0.00"), (Decimal("-0.5"), "-0.50"), (Decimal("3E+3"), "3000.00")],
)
def test_money_is_text_with_two_decimals(amount: Decimal, text: str) -> None:
    assert (money_text(amount), money_text(None)) == (text, None)


def test_an_answer_names_its_schema_and_its_findings() -> None:
    answer = new_answer("check", "done", [FINDING], districts=["d"])
    assert list(answer) == ["schema", "status", "findings", "districts"]
    assert answer["schema"] == "techplan.check/1"
    assert list(answer["findings"][0]) == [
        "severity", "code", "sheet", "cell", "found", "expected", "fix", "message",
    ]  # fmt: skip


def test_a_finding_is_said_with_its_place_and_its_fix(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(new_answer("check", "done", [FINDING]), as_json=False, lines=["Checked."])
    said = capsys.readouterr()
    assert said.err == "warning: Fund 10!C9: They differ. Check both.\n"
    assert said.out == "Checked.\n"


def test_one_object_goes_to_standard_output_and_no_line_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(new_answer("check", "done", name="Größe"), as_json=True, lines=["Checked."])
    assert (
        capsys.readouterr().out == '{"schema": "techplan.check/1", "status": "done", "findings": [], "name": "Größe"}\n'
    )


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputRefused("No.", "Mend it."), "input_refused"),
        (NotPermitted("No.", "Mend it."), "not_permitted"),
        (JobTimedOut("No.", "Mend it."), "work_stopped"),
    ],
)
def test_a_refusal_without_findings_is_its_own_finding(error: InputRefused, code: str) -> None:
    [finding] = list_error_findings(error)
    assert (finding.code, finding.message, finding.fix, finding.severity) == (code, "No.", "Mend it.", Severity.ERROR)
    assert answer_error("plan", error)["status"] == "refused"


def test_an_error_keeps_its_own_findings_and_a_store_error_has_none() -> None:
    assert list_error_findings(InputRefused("No.", "", (FINDING,))) == [FINDING]
    held = answer_error("check", StoreHeld("It is open elsewhere.", "Close it."))
    assert (held["findings"], held["status"], held["message"]) == ([], "store_unavailable", "It is open elsewhere.")


def test_an_error_is_said_once_whether_or_not_a_finding_says_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(answer_error("plan", InputRefused("No.", "Mend it.")), as_json=False)
    print_answer(answer_error("plan", InputRefused("Too large.", "Split it.", (FINDING,))), as_json=False)
    assert capsys.readouterr().err == (
        "error: No. Mend it.\nwarning: Fund 10!C9: They differ. Check both.\ntechplan: Too large. Split it.\n"
    )


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert make_plain("a\x1b[31mb\nc\u202ed — é") == "a [31mb c d — é"
