"""Charts of accounts uploaded as a file: a list of codes with their titles, no budget; and the names it can lend.

A sheet beside a budget may be such a list: then its titles name the codes of the lines that the file leaves without.
"""

from collections.abc import Mapping, Sequence

from data.intake.account_strings import read_label_content
from data.intake.drafts import Document, Grid, LabelDraft, TableDraft
from data.intake.numbers import pick
from data.intake.registers import build_list, list_header_rows
from planning.vocabulary import TableKind

CodeNames = Mapping[str, Mapping[str, str]]
_CODED = frozenset({"fund", "function", "object", "account", "location", "program", "project", "code"})
_NAMED_DIMENSIONS = ("fund", "function", "object", "location", "program", "project")
_MOST_COLUMNS = 6
_FEWEST_CODES = 3
_MOST = 0.95
_REASON = "it is a list of account codes with their titles, a chart of accounts and no budget."


def find_code_list(grid: Grid) -> TableDraft | None:
    """A chart of accounts on a sheet without any column of amounts."""
    for row, headers in list_header_rows(grid):
        named = [text for text in headers.values() if text]
        if 2 <= len(named) <= _MOST_COLUMNS:
            table = build_list(grid, row, headers)
            if is_code_list(table):
                table.leave_out(TableKind.REGISTER, _REASON)
                return table
            if len(table.labels) > 1:
                return None
    return None


def is_code_list(table: TableDraft) -> bool:
    """Whether a table is a column of codes that (nearly) never repeat with a column of titles, and no figures."""
    codes, titles = _find_codes(table), _find_titles(table)
    return not table.values and codes is not None and titles is not None and len(table.detail) >= _FEWEST_CODES


def _find_codes(table: TableDraft) -> LabelDraft | None:
    for label in table.labels:
        texts = [text for text in pick(label.texts, table.detail) if text]
        distinct = len(set(texts)) >= _MOST * len(table.detail)
        if label.meaning.dimension in _CODED and not label.meaning.is_name and distinct:
            content = read_label_content(texts)
            if content.holds_codes and not content.segments:
                return label
    return None


def _find_titles(table: TableDraft) -> LabelDraft | None:
    titles = (label for label in table.labels if label.meaning.is_name)
    return next((label for label in titles if not read_label_content(label.texts).holds_codes), None)


def read_code_names(tables: Sequence[TableDraft]) -> CodeNames:
    """The titles by code, by the dimension that the list's header names ("" where it says only Code)."""
    names: dict[str, dict[str, str]] = {}
    for table in tables:
        if table.why_not_counted == _REASON:
            codes, titles = _find_codes(table), _find_titles(table)
            if codes and titles:
                dimension = codes.meaning.dimension
                of_dimension = names.setdefault(dimension if dimension in _NAMED_DIMENSIONS else "", {})
                of_dimension.update(
                    (codes.texts[p], titles.texts[p]) for p in table.detail if codes.texts[p] and titles.texts[p]
                )
    return names


def name_from_lists(document: Document, names: CodeNames) -> None:
    """Fills blank names of a document's codes from the code lists beside it.

    A list that does not say whose codes it holds names the dimension of which it knows most codes.
    """
    for dimension in _NAMED_DIMENSIONS:
        known = names.get(dimension, {})
        codes = document.attributes[f"{dimension}_code"]
        if not known and "" in names and dimension == _find_dimension(document, names[""]):
            known = names[""]
        if known:
            current = document.attributes[f"{dimension}_name"]
            document.attributes[f"{dimension}_name"] = [
                name or known.get(code, "") for name, code in zip(current, codes, strict=True)
            ]


def _find_dimension(document: Document, known: Mapping[str, str]) -> str:
    """The dimension whose codes a list holds, by the share that it knows: more than half."""
    shares = {}
    for dimension in _NAMED_DIMENSIONS:
        codes = set(document.attributes[f"{dimension}_code"]) - {""}
        shares[dimension] = sum(1 for code in codes if code in known) / len(codes) if codes else 0.0
    best = max(shares, key=lambda dimension: shares[dimension])
    return best if shares[best] > 0.5 else ""
