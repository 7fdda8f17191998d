"""The parts of the page on the fund balance: the fund looked at, its statement, every fund, and what is typed in."""

from decimal import Decimal, InvalidOperation

import streamlit as st
from pydantic import ValidationError

from data.store.budget_queries import YearBasis
from data.store.fund_balances import save_outlook
from data.store.viewer import Viewer
from pages.ui.charts import build_data_table
from pages.ui.messages import draw_error, plain
from pages.ui.session import open_store
from pages.ui.tables import Cell, Link, Tag, build_disclosure, draw_table
from pages.ui.wording import name_column
from planning.budget_changes import ChangeKind
from planning.errors import InputRefused, TechplanError
from planning.evaluation import Evaluation
from planning.finance_figures import describe_rules, list_floor_cells, name_fund, tabulate_fund
from planning.fund_balance import FundBalances, sum_funds
from planning.fund_outlook import FundOutlook, OutlookRule
from planning.funding.certainty import list_unsecured_sources
from planning.money import format_cents, format_percent, to_cents, to_dollars

RULE_NAMES = {
    OutlookRule.GROWS: "goes on at its rates",
    OutlookRule.SPENDS_RECEIPTS: "spends and passes on what comes in",
}
OPERATOR_NAMES = {">=": "at least the floor", ">": "more than the floor"}


def draw_no_budget(evaluation: Evaluation) -> None:
    """The plan's first year has no budget to start from."""
    st.info(
        f"Publish the budget of {evaluation.years[0]} with revenues and expenditures of every fund.",
        title="The ledger does not hold the plan's first year.",
    )


def draw_fund_choice(balances: FundBalances) -> str:
    """The fund looked at, kept in the address; the largest first."""
    codes = list(balances.with_plan)
    names = [name_fund(balances, code) for code in codes]
    chosen = st.selectbox("Fund", names, key="fund", bind="query-params", width=320)
    return codes[names.index(str(chosen))]


def draw_statement(balances: FundBalances, fund_code: str, with_plan: bool) -> None:
    """The five years of a fund with the plan as a statement, and as things are one click away."""
    rows: list[tuple[Cell, ...]] = [*tabulate_fund(balances, fund_code, with_plan).list_text_rows()]
    rows += _list_floor_rows(balances, fund_code, with_plan)
    title = f"{name_fund(balances, fund_code)}, {'with the plan' if with_plan else 'as the budget goes on'}"
    numbers = range(1, len(balances.years) + 1)
    draw_table(title, ["", *balances.years], rows, numbers=tuple(numbers))
    if with_plan:
        without = build_data_table(
            f"{name_fund(balances, fund_code)}, without the plan", tabulate_fund(balances, fund_code, False)
        )
        st.html(build_disclosure("The same without the plan", without))


def _list_floor_rows(balances: FundBalances, fund_code: str, with_plan: bool) -> list[tuple[Cell, ...]]:
    """The share of expenditure, and where a policy sets a floor whether it is kept."""
    cells = list_floor_cells(balances, fund_code, with_plan)
    rows: list[tuple[Cell, ...]] = [("Ending balance, share of expenditure", *(share for share, _ in cells))]
    outlook = balances.outlooks[fund_code]
    if outlook.floor_fraction is not None:
        words = OPERATOR_NAMES[outlook.floor_operator].removesuffix(" the floor")
        floor = f"Policy: {words} {format_percent(outlook.floor_fraction, 1)}"
        rows.append((floor, *(_tag(kept) for _, kept in cells)))
    return rows


def _tag(kept: bool | None) -> Cell:
    return "—" if kept is None else Tag("kept", "good") if kept else Tag("below", "bad")


def draw_rules(balances: FundBalances, fund_code: str, column: YearBasis, evaluation: Evaluation | None) -> None:
    """What the projection rests on, money that may not come included."""
    outlook = balances.outlooks[fund_code]
    note = f" {outlook.note}" if outlook.note else ""
    unpaid = sum(change.cents for change in balances.changes if change.state == "unfunded")
    amount = format_cents(unpaid, symbol=True)
    open_cost = f" The plan's cost counts whether or not it has a source: {amount} of it has none." if unpaid else ""
    unsecured = list_unsecured_sources(evaluation) if evaluation else frozenset()
    hoped = sum(
        change.cents
        for change in balances.changes
        if (change.kind, change.fund_code) == (ChangeKind.REVENUE, fund_code) and change.source_id in unsecured
    )
    amount = format_cents(hoped, symbol=True)
    open_cost += f" With the plan, {amount} of its revenue is not yet secured." if hoped else ""
    first = f"The first year is the budget ({name_column(column)})."
    st.caption(plain(f"{first} {describe_rules(balances, fund_code)}{open_cost}{note}"))


def draw_every_fund(balances: FundBalances) -> None:
    """The ending balance of every fund with the plan, and of all funds together."""
    rows = [
        (
            Link(name_fund(balances, code), "balance", (("fund", name_fund(balances, code)),)),
            format_cents(years[0].beginning_cents, symbol=place == 0),
            *(format_cents(year.ending_cents, symbol=place == 0) for year in years),
            _tag_floor(balances, code),
        )
        for place, (code, years) in enumerate(balances.with_plan.items())
    ]
    whole = sum_funds(balances.with_plan, balances.years)
    total: tuple[Cell, ...] = (
        "All funds",
        format_cents(whole[0].beginning_cents, symbol=True),
        *(format_cents(year.ending_cents, symbol=True) for year in whole),
        "",
    )
    headers = ["Fund", f"Start of {balances.years[0]}", *(f"End of {year}" for year in balances.years), "Floor"]
    numbers = tuple(range(1, len(balances.years) + 2))
    draw_table("Every fund, with the plan", headers, [*rows, total], numbers=numbers, totals=1)


def _tag_floor(balances: FundBalances, code: str) -> Cell:
    kept = [one for _, one in list_floor_cells(balances, code, with_plan=True)]
    if all(one is None for one in kept):
        return "no policy"
    first = next((year for year, one in zip(balances.years, kept, strict=True) if one is False), None)
    return Tag(f"below in {first}", "bad") if first else Tag("kept", "good")


def draw_inputs(balances: FundBalances, fund_code: str, viewer: Viewer) -> None:
    """Type in the fund's beginning balance, the floor of its policy and how it goes on."""
    outlook = balances.outlooks[fund_code]
    title = f"Beginning balance, policy and assumptions of {plain(name_fund(balances, fund_code))}"
    with st.expander(title), st.form(f"outlook_{fund_code}"):
        typed, chosen = _draw_fields(outlook, balances.years[0])
        reason = st.text_input("Why, for the audit trail", max_chars=300)
        if st.form_submit_button("Save", type="primary"):
            _save(balances, fund_code, viewer, typed, chosen, reason)


def _draw_fields(outlook: FundOutlook, fiscal_year: str) -> tuple[dict[str, str], dict[str, object]]:
    """The fields of one fund: what is typed as text, and what is chosen."""
    first, second = st.columns(2)
    rules, operators = list(RULE_NAMES), list(OPERATOR_NAMES)
    typed = {
        "beginning": first.text_input(
            f"Balance at the start of {fiscal_year}, in dollars", f"{to_dollars(outlook.beginning_cents):,.2f}"
        ),
        "floor": second.text_input(
            "Policy floor, % of expenditure (empty: none)", _show_percent(outlook.floor_fraction)
        ),
        "revenue": first.text_input("Revenue, % a year", _show_percent(outlook.revenue_growth)),
        "spending": second.text_input("Expenditure, % a year", _show_percent(outlook.expenditure_growth)),
    }
    chosen: dict[str, object] = {
        "rule": first.selectbox("The fund", rules, index=rules.index(outlook.rule), format_func=RULE_NAMES.__getitem__),
        "floor_operator": second.selectbox(
            "A balance keeps the policy where it is",
            operators,
            index=operators.index(outlook.floor_operator),
            format_func=OPERATOR_NAMES.__getitem__,
        ),
        "note": st.text_input("What the figures rest on", outlook.note, max_chars=300),
    }
    return typed, chosen


def _save(
    balances: FundBalances,
    fund_code: str,
    viewer: Viewer,
    typed: dict[str, str],
    chosen: dict[str, object],
    reason: str,
) -> None:
    try:
        outlook = read_outlook(fund_code, balances.names[fund_code], balances.years[0], typed, chosen)
        changed = save_outlook(open_store(), viewer, outlook, reason)
    except TechplanError as error:
        draw_error(error)
        return
    st.toast("Saved." if changed else "Nothing changed.")
    st.rerun()


def read_outlook(
    fund_code: str, fund_name: str, fiscal_year: str, typed: dict[str, str], chosen: dict[str, object]
) -> FundOutlook:
    """What was typed in as an outlook; refused with the field where it is no number or makes no sense."""
    beginning = read_number("The beginning balance", typed["beginning"])
    floor = read_number("The floor", typed["floor"]) if typed["floor"].strip() else None
    try:
        return FundOutlook.model_validate(
            {
                "fund_code": fund_code,
                "fund_name": fund_name,
                "fiscal_year": fiscal_year,
                "beginning_cents": to_cents(beginning),
                "floor_fraction": None if floor is None else floor / 100,
                "revenue_growth": read_number("The growth of revenue", typed["revenue"]) / 100,
                "expenditure_growth": read_number("The growth of expenditure", typed["spending"]) / 100,
                **chosen,
            }
        )
    except ValidationError as error:
        fault = error.errors()[0]
        field = str(fault["loc"][0]).replace("_", " ")
        raise InputRefused(
            f"The {field} cannot be {fault['input']}.", "Type a figure that makes sense there."
        ) from error


def read_number(what: str, text: str) -> Decimal:
    """A figure as a person types it: `$1,200.50`, `(300)`, `2.5 %`."""
    plain_text = text.strip().removesuffix("%").replace("$", "").replace(",", "").strip()
    negative = plain_text.startswith("(") and plain_text.endswith(")")
    try:
        number = Decimal(plain_text.strip("()") or "0")
    except InvalidOperation as error:
        raise InputRefused(f"{what} reads {text!r}, which is no number.", "Type a plain figure such as 2.5.") from error
    if not number.is_finite():
        raise InputRefused(f"{what} reads {text!r}, which is no number.", "Type a plain figure such as 2.5.")
    return -number if negative else number


def _show_percent(fraction: Decimal | None) -> str:
    return "" if fraction is None else f"{(fraction * 100).normalize():f}"
