"""What the sample district asks itself: three scenarios that its cabinet would look at."""

from decimal import Decimal

from data.store.database import Store
from data.store.scenarios import save_scenario
from data.store.viewer import Viewer
from planning.choice.changes import CutSource, Delay, Enrollment, Exclude, LoseSource, PriceShock
from planning.choice.scenarios import Scenario
from planning.vocabulary import CostCategory

SAMPLE_SCENARIOS = (
    Scenario(
        name="Hold back",
        changes=(
            Delay(initiative_id="panels", years=1),
            Exclude(initiative_id="ai-tutoring"),
            Exclude(initiative_id="printers"),
        ),
    ),
    Scenario(
        name="The levy fails",
        changes=(
            LoseSource(source_id="levy", from_year="FY2027-28"),
            CutSource(source_id="foundation", from_year="FY2027-28", share=Decimal("0.5")),
        ),
    ),
    Scenario(
        name="Dearer hardware, fewer students",
        changes=(
            PriceShock(category=CostCategory.HARDWARE, rise=Decimal("0.12")),
            Enrollment(rate_per_year=Decimal("-0.02")),
        ),
    ),
)


def seed_scenarios(store: Store, viewer: Viewer, reason: str) -> None:
    for scenario in SAMPLE_SCENARIOS:
        save_scenario(store, viewer, scenario, reason)
