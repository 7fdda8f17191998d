"""What the sample's costs serve and what its sources may pay: the words by which money and costs find each other."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from planning.model import CostLine, FundingSource
from planning.vocabulary import ErateService, Population, SourceKind

Fields = dict[str, Any]

# By initiative, then by single cost line.
_COSTS: dict[str, Fields] = {
    "student-devices": {
        "use": "devices",
        "erate_service": ErateService.END_USER_DEVICES,
        "prior_payer": SourceKind.LEVY,
    },
    "wifi": {"use": "network"},
    "wifi.access-points": {"erate_service": ErateService.ACCESS_POINTS},
    "wifi.switches": {"erate_service": ErateService.SWITCHES},
    "wifi.installation": {"erate_service": ErateService.INSTALLATION},
    "detection": {"use": "security", "prior_payer": SourceKind.STATE_GRANT},
    "new-sis": {"use": "core systems"},
    "keep-sis": {"use": "core systems", "prior_payer": SourceKind.GENERAL_FUND},
    "identity": {"use": "sign-on", "prior_payer": SourceKind.GENERAL_FUND},
    "literacy": {"use": "reading", "prior_payer": SourceKind.GENERAL_FUND},
    "literacy.title-i": {"population": Population.TITLE_I_SCHOOLS, "prior_payer": SourceKind.TITLE_I_A},
    "ai-tutoring": {"use": "tutoring"},
    "panels": {"use": "classrooms"},
    "cameras": {"use": "safety", "erate_service": ErateService.CAMERAS},
    "cameras.storage": {"erate_service": ErateService.STORAGE},
    "bus-gps": {"use": "buses", "erate_service": ErateService.VEHICLE_TRACKING},
    "hotspots": {
        "use": "home internet",
        "erate_service": ErateService.HOTSPOTS,
        "prior_payer": SourceKind.FOUNDATION,
    },
    "printers": {"use": "career labs"},
    "coaches": {"use": "coaching", "prior_payer": SourceKind.GENERAL_FUND},
    "coaches.pay-22": {"prior_payer": SourceKind.TITLE_II_A},
    "coaches.benefits-22": {"prior_payer": SourceKind.TITLE_II_A},
}
_ERATE_MATCH = {"match_fraction": Decimal("0.4")}
_SOURCES: dict[str, Fields] = {
    "fund-balance": {"uses": ("core systems",)},
    "levy": {"uses": ("devices", "core systems", "buses"), "carries_over": True},
    "bond": {
        "uses": ("network", "classrooms", "safety"),
        "carries_over": True,
        "weighted_maturity_years": Decimal(6),
    },
    "erate-c1": _ERATE_MATCH,
    "erate-c2": _ERATE_MATCH,
    "title-i": {"technology_portion_usd": Decimal(228_150)},
    "title-ii": {"uses": ("coaching",)},
    "title-iv": {
        "uses": ("tutoring",),
        "award_year": "FY2026-27",
        "carries_over": True,
        "technology_portion_usd": Decimal(47_360),
    },
    "state-cyber": {"uses": ("security",)},
    "foundation": {"uses": ("home internet",)},
}


def add_uses_to_costs(lines: Iterable[CostLine]) -> tuple[CostLine, ...]:
    """The cost lines with what they serve, by initiative and by line."""
    return tuple(
        line.model_copy(update={**_COSTS.get(line.initiative_id, {}), **_COSTS.get(line.cost_line_id, {})})
        for line in lines
    )


def add_uses_to_sources(sources: Iterable[FundingSource]) -> tuple[FundingSource, ...]:
    """The sources with what their award or ballot names."""
    return tuple(source.model_copy(update=_SOURCES.get(source.source_id, {})) for source in sources)
