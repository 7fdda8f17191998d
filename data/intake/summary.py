"""A reading in a few counts, for the sentence that a person reads first."""

from dataclasses import dataclass

from data.intake.charts import read_charts
from data.intake.model import Reading


@dataclass(frozen=True, slots=True)
class ReadingSummary:
    """How much was found; `chart` names the chart of accounts the codes follow."""

    sheets: int
    tables: int
    detail_lines: int
    technology_lines: int
    chart: str


def summarise_reading(reading: Reading) -> ReadingSummary:
    """Counts over the tables whose money counts."""
    counted = [table for table in reading.tables if table.counted]
    rules = (rule for table in counted for rule in table.lines.attributes["technology_rule"])
    return ReadingSummary(
        sheets=len({table.sheet for table in reading.tables}),
        tables=len(reading.tables),
        detail_lines=reading.published_lines,
        technology_lines=sum(1 for rule in rules if rule),
        chart=read_charts()[reading.chart].name if reading.chart else "no known chart of accounts",
    )
