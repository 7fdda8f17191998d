"""Which budget lines a question is about: the one place where a drill-down becomes SQL."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from planning.vocabulary import Unit

_OTHERWISE_HANDLED = frozenset({"technology_only", "text"})
_SEARCHED = "concat_ws(' ', account, vendor, description, fund_name, function_name, object_name, location_name)"


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Fields are columns of `budget_line`; `text` is searched for in names and descriptions.

    None asks for all, "" for lines where the file says nothing, and a last `*` for all that start so (`266*`). The unit
    is dollars unless another is asked for, so that dollars and staff are never added up; None is for listings.
    """

    fiscal_year: str | None = None
    basis: str | None = None
    unit: str | None = Unit.USD
    side: str | None = None
    series: str | None = None
    upload_id: str | None = None
    sheet: str | None = None
    cell: str | None = None
    cell: str | None = None
    fund_code: str | None = None
    function_code: str | None = None
    object_code: str | None = None
    location_code: str | None = None
    program_code: str | None = None
    project_code: str | None = None
    account: str | None = None
    vendor: str | None = None
    nces_function: str | None = None
    nces_object: str | None = None
    technology_rule: str | None = None
    technology_only: bool = False
    text: str | None = None

    def as_sql(self) -> tuple[str, dict[str, object]]:
        """The WHERE clause over `budget_line`, always with the district, and its parameters."""
        conditions, parameters = ["district_id = $district_id"], dict[str, object]()
        for name, value in self._given():
            condition, parameter = _compare(name, value)
            conditions.append(condition)
            parameters[name] = parameter
        if self.technology_only:
            conditions.append("is_technology")
        if self.text:
            conditions.append(f"contains(lower({_SEARCHED}), lower($text))")
            parameters["text"] = self.text
        return " AND ".join(conditions), parameters

    def _given(self) -> Iterator[tuple[str, str]]:
        for one in fields(self):
            value = getattr(self, one.name)
            if value is not None and one.name not in _OTHERWISE_HANDLED:
                yield one.name, str(value)


def _compare(name: str, value: str) -> tuple[str, str]:
    if value.endswith("*"):
        return f"starts_with({name}, ${name})", value[:-1]
    return f"{name} = ${name}", value
