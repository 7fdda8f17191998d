"""What is set aside of a fund's balance: add a reserve, change one, or let it go."""

import re

import streamlit as st
from pydantic import ValidationError

from data.store.fund_balances import remove_reserve, save_reserve
from data.store.viewer import Viewer
from pages.ui.balance_view import read_number
from pages.ui.messages import draw_error
from pages.ui.session import open_store
from planning.errors import InputRefused, TechplanError
from planning.finance_figures import name_fund
from planning.fund_balance import FundBalances
from planning.fund_outlook import BalanceClass, Reserve
from planning.money import to_cents, to_dollars

NEW_RESERVE = "A new reserve"


def draw_reserve_inputs(balances: FundBalances, fund_code: str, viewer: Viewer) -> None:
    """The form of one reserve, empty for a new one, and the button that lets it go."""
    with st.popover("Set aside or change a reserve"):
        known = {one.reserve_id: one for one in balances.reserves}
        names = {"": NEW_RESERVE} | {key: f"{one.name} ({one.fund_code})" for key, one in known.items()}
        chosen = str(st.selectbox("Reserve", list(names), format_func=names.__getitem__, key="reserve") or "")
        before = known.get(chosen)
        codes = list(balances.outlooks)
        fund = before.fund_code if before and before.fund_code in codes else fund_code
        classes = list(BalanceClass)
        with st.form(f"reserve_{chosen}"):
            code = st.selectbox(
                "Fund", codes, index=codes.index(fund), format_func=lambda code: name_fund(balances, code)
            )
            name = st.text_input("Reserve for", before.name if before else "", max_chars=80)
            place = classes.index(before.balance_class) if before else classes.index(BalanceClass.ASSIGNED)
            balance_class = st.selectbox("Class (GASB 54)", [one.value for one in classes], index=place)
            amount = st.text_input("Amount in dollars", f"{to_dollars(before.amount_cents):,.2f}" if before else "")
            action = st.text_input("Board action", before.board_action if before else "", max_chars=120)
            acted_on = st.date_input("Acted on", before.acted_on if before else None, format="YYYY-MM-DD")
            reason = st.text_input("Why, for the audit trail", max_chars=300)
            with st.container(horizontal=True):
                saved = st.form_submit_button("Save the reserve", type="primary")
                gone = st.form_submit_button("Let it go") if before else False
        if saved or gone:
            typed = {"fund_code": code, "name": name, "balance_class": balance_class, "board_action": action}
            reserve_id = chosen or make_reserve_id(str(code), name, tuple(known))
            _store(viewer, reserve_id, {**typed, "acted_on": acted_on}, amount, reason, bool(gone))


def _store(viewer: Viewer, reserve_id: str, typed: dict[str, object], amount: str, reason: str, is_gone: bool) -> None:
    try:
        if is_gone:
            remove_reserve(open_store(), viewer, reserve_id, reason)
        else:
            save_reserve(open_store(), viewer, read_reserve(reserve_id, typed, amount), reason)
    except TechplanError as error:
        draw_error(error)
        return
    st.toast("Let go." if is_gone else "Saved.")
    st.rerun()


def read_reserve(reserve_id: str, typed: dict[str, object], amount: str) -> Reserve:
    """What was typed in as a reserve; refused with the field that makes no sense."""
    cents = to_cents(read_number("The amount", amount))
    try:
        return Reserve.model_validate({"reserve_id": reserve_id, "amount_cents": cents, **typed})
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0]).replace("_cents", "").replace("_", " ")
        raise InputRefused(f"The {field} of the reserve makes no sense.", "Give it a name and an amount.") from error


def make_reserve_id(fund_code: str, name: str, taken: tuple[str, ...]) -> str:
    """A name for the store from the fund and the words, that no other reserve has."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", f"{fund_code}-{name}").strip("-").lower()[:48] or "reserve"
    numbered = (words if number == 1 else f"{words}-{number}" for number in range(1, len(taken) + 2))
    return next(one for one in numbered if one not in taken)
