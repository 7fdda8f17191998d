"""What the fields of every plan model are made of: immutable models, ids, amounts that are not negative, fractions."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Fraction = Annotated[Decimal, Field(gt=Decimal(-1), lt=Decimal(10))]
NonNegative = Annotated[Decimal, Field(ge=0)]
Share = Annotated[Decimal, Field(ge=0, le=1)]


class Model(BaseModel):
    """Immutable, and strict about fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
