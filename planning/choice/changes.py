"""What a scenario may change in the base plan, each kind with the things it touches and how it is said.

Two changes of the same thing are never ranked: they are refused (`scenarios`). A change names its things by id.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planning.fiscal_years import FiscalYear
from planning.model import DriverCount, Fraction, Identifier, Model, NonNegative
from planning.money import format_dollars, format_percent
from planning.vocabulary import CostCategory, Driver

Thing = tuple[str, str]
Names = Mapping[str, str]
NO_NAMES: Names = MappingProxyType({})
DISCOUNT_RATE = "discount_rate"


class PlanChange(Model):
    """One thing that is different; `part` is the list of the plan in which `target` must be found, if any."""

    part: ClassVar[str] = ""

    @property
    def target(self) -> str:
        """The id of what is changed."""
        raise NotImplementedError

    def call(self, names: Names) -> str:
        """What the plan calls the target, or its id."""
        return names.get(self.target, self.target)

    def say(self, names: Names = NO_NAMES) -> str:
        """The change as a person says it; `names` are what the plan calls its ids."""
        raise NotImplementedError

    def list_things(self) -> Iterator[Thing]:
        """What it touches, so that a second change of it is found."""
        raise NotImplementedError


class InitiativeChange(PlanChange):
    part: ClassVar[str] = "initiatives"
    touched: ClassVar[str] = ""
    initiative_id: Identifier

    @property
    def target(self) -> str:
        return self.initiative_id

    def list_things(self) -> Iterator[Thing]:
        yield self.touched, self.initiative_id


class Include(InitiativeChange):
    """Do an initiative that the base plan leaves out."""

    touched: ClassVar[str] = "inclusion"
    kind: Literal["include"] = "include"

    def say(self, names: Names = NO_NAMES) -> str:
        return f"do {self.call(names)}"


class Exclude(InitiativeChange):
    """Leave out an initiative that the base plan does."""

    touched: ClassVar[str] = "inclusion"
    kind: Literal["exclude"] = "exclude"

    def say(self, names: Names = NO_NAMES) -> str:
        return f"leave out {self.call(names)}"


class Delay(InitiativeChange):
    """Start an initiative so many years later: its life, cost lines and commitments move with it.

    Prices keep their dollar year, so they escalate for longer; sources keep their windows, so money may lapse.
    """

    touched: ClassVar[str] = "start"
    kind: Literal["delay"] = "delay"
    years: int = Field(ge=1, le=10)

    def say(self, names: Names = NO_NAMES) -> str:
        return f"start {self.call(names)} {self.years} year{'s' * (self.years > 1)} later"


class Scale(InitiativeChange):
    """Do an initiative larger or smaller: each quantity of its cost lines × `factor`. Commitments stay."""

    touched: ClassVar[str] = "size"
    kind: Literal["scale"] = "scale"
    factor: Decimal = Field(gt=0, le=100)

    def say(self, names: Names = NO_NAMES) -> str:
        return f"do {self.call(names)} at {format_percent(self.factor)} of its size"


class Reprice(PlanChange):
    """Another unit price of one cost line, in dollars of the line's own dollar year."""

    part: ClassVar[str] = "cost_lines"
    kind: Literal["reprice"] = "reprice"
    cost_line_id: Identifier
    unit_price_usd: Decimal

    @property
    def target(self) -> str:
        return self.cost_line_id

    def list_things(self) -> Iterator[Thing]:
        yield "price", self.cost_line_id

    def say(self, names: Names = NO_NAMES) -> str:
        return f"{self.call(names)} costs {format_dollars(self.unit_price_usd, 2, symbol=True)}"


class PriceShock(PlanChange):
    """Every price of a cost family (of all where none is named) × (1 + `rise`); savings, negative prices, stay."""

    kind: Literal["price_shock"] = "price_shock"
    category: CostCategory | None = None
    rise: Fraction

    @property
    def target(self) -> str:
        return str(self.category or "every family")

    def list_things(self) -> Iterator[Thing]:
        for category in [self.category] if self.category else CostCategory:
            yield "prices", str(category)

    def say(self, names: Names = NO_NAMES) -> str:
        return f"prices of {self.target.replace('_', ' ')} change by {format_percent(self.rise, 1)}"


class DriverPath(PlanChange):
    """Other counts of a driver in the fiscal years named; other years keep theirs."""

    kind: Literal["driver"] = "driver"
    driver: Driver
    counts: tuple[tuple[FiscalYear, NonNegative], ...] = Field(min_length=1)

    @property
    def target(self) -> str:
        return str(self.driver)

    def list_things(self) -> Iterator[Thing]:
        yield "count", str(self.driver)

    def say(self, names: Names = NO_NAMES) -> str:
        counts = ", ".join(f"{count:,} in {year}" for year, count in self.counts)
        return f"{self.driver}: {counts}"

    def list_counts(self) -> list[DriverCount]:
        return [DriverCount(driver=self.driver, fiscal_year=year, count=count) for year, count in self.counts]


class Enrollment(PlanChange):
    """Students grow by `rate_per_year` from the plan's first year on (shrink where negative), in whole students."""

    kind: Literal["enrollment"] = "enrollment"
    rate_per_year: Fraction

    @property
    def target(self) -> str:
        return str(Driver.STUDENTS)

    def list_things(self) -> Iterator[Thing]:
        yield "count", str(Driver.STUDENTS)

    def say(self, names: Names = NO_NAMES) -> str:
        return f"enrollment changes by {format_percent(self.rate_per_year, 1)} a year"


class Rate(PlanChange):
    """Another yearly rate: one of the district's escalation rates, or its discount rate."""

    kind: Literal["rate"] = "rate"
    name: Identifier
    rate_per_year: Fraction

    @property
    def target(self) -> str:
        return self.name

    def list_things(self) -> Iterator[Thing]:
        yield "rate", self.name

    def say(self, names: Names = NO_NAMES) -> str:
        return f"{self.name.replace('_', ' ')} {format_percent(self.rate_per_year, 1)} a year"


class SourceChange(PlanChange):
    part: ClassVar[str] = "sources"
    source_id: Identifier
    from_year: FiscalYear

    @property
    def target(self) -> str:
        return self.source_id

    def list_things(self) -> Iterator[Thing]:
        yield "money", self.source_id


class LoseSource(SourceChange):
    """A source brings nothing from a fiscal year on: its amounts and what was committed from it are gone."""

    kind: Literal["lose_source"] = "lose_source"

    def say(self, names: Names = NO_NAMES) -> str:
        return f"{self.call(names)} is lost from {self.from_year}"


class CutSource(SourceChange):
    """A source brings less from a fiscal year on: amounts and commitments × (1 − `share`), to the cent."""

    kind: Literal["cut_source"] = "cut_source"
    share: Decimal = Field(gt=0, lt=1)

    def say(self, names: Names = NO_NAMES) -> str:
        return f"{self.call(names)} is cut by {format_percent(self.share, 1)} from {self.from_year}"


Change = Annotated[
    Include | Exclude | Delay | Scale | Reprice | PriceShock | DriverPath | Enrollment | Rate | LoseSource | CutSource,
    Field(discriminator="kind"),
]
