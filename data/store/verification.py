"""Whether the budgets in the store are still what was published: every total, every count of lines, every version."""

from data.store.database import Reader
from data.store.viewer import Viewer
from planning.findings import Finding, FindingKind
from planning.vocabulary import Severity

_RESTORE = "Restore the last backup that verifies, or withdraw this version and upload its file again."
UPLOAD_TOTAL_CHANGED = FindingKind(
    "upload_total_changed",
    Severity.ERROR,
    "The lines of {series}, version {version}, column {column}, add up to {found}; {expected} was published.",
    _RESTORE,
)
UPLOAD_LINES_CHANGED = FindingKind(
    "upload_lines_changed",
    Severity.ERROR,
    "{series}, version {version}, has {found} lines; {expected} were published.",
    _RESTORE,
)
SERIES_WITHOUT_ONE_CURRENT = FindingKind(
    "series_without_one_current",
    Severity.ERROR,
    "{series} has {found} current versions where it should have {expected}.",
    "Restore the last backup that verifies.",
)
# Amounts are stored to six places, totals once rounded: half a cent is far beyond what that can differ by.
_TOTALS = """
    WITH line_sum AS (
        SELECT upload_id, column_id, sum(amount) AS amount FROM budget_amount
        WHERE district_id = $district_id GROUP BY upload_id, column_id
    )
    SELECT name, version, place, coalesce(amount, 0), detail_total
    FROM (
        SELECT upload_id, column_id, sheet || '!' || column_letter AS place, detail_total
        FROM budget_column JOIN budget_table USING (district_id, upload_id, table_id)
        WHERE district_id = $district_id AND counted
    ) AS stated
    LEFT JOIN line_sum USING (upload_id, column_id)
    JOIN budget_upload USING (upload_id)
    JOIN budget_series USING (district_id, series_id)
    WHERE district_id = $district_id AND abs(coalesce(amount, 0) - detail_total) >= 0.005
    ORDER BY name, version, column_id
"""
_LINES = """
    SELECT name, version, count(row_id), published_lines
    FROM budget_upload
    JOIN budget_series USING (district_id, series_id)
    LEFT JOIN budget_row USING (district_id, upload_id)
    WHERE district_id = $district_id
    GROUP BY name, version, published_lines
    HAVING count(row_id) <> published_lines
    ORDER BY name, version
"""
_CURRENT = """
    SELECT name, count(*) FILTER (status = 'current'), least(1, count(*) FILTER (status <> 'withdrawn'))
    FROM budget_upload JOIN budget_series USING (district_id, series_id)
    WHERE district_id = $district_id
    GROUP BY name
    HAVING count(*) FILTER (status = 'current') <> least(1, count(*) FILTER (status <> 'withdrawn'))
    ORDER BY name
"""


def verify_budgets(store: Reader, viewer: Viewer) -> tuple[Finding, ...]:
    """Every published total and count against the lines, and one current version for every series that has any."""
    totals = [
        UPLOAD_TOTAL_CHANGED.at(series=name, version=version, column=column, found=found, expected=expected)
        for name, version, column, found, expected in store.read(viewer, _TOTALS)
    ]
    lines = [
        UPLOAD_LINES_CHANGED.at(series=name, version=version, found=found, expected=expected)
        for name, version, found, expected in store.read(viewer, _LINES)
    ]
    current = [
        SERIES_WITHOUT_ONE_CURRENT.at(series=name, found=found, expected=expected)
        for name, found, expected in store.read(viewer, _CURRENT)
    ]
    return (*totals, *lines, *current)
