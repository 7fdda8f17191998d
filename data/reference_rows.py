"""One row of a reference file as the model it belongs to, or a sentence that names its line and what is wrong."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from planning.errors import InputRefused

Row = TypeVar("Row", bound=BaseModel)


def read_reference_row(model: type[Row], values: Mapping[str, object], file_name: str, line_number: int) -> Row:
    """The row; raises InputRefused with the line, the column and the reason."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        fault = error.errors()[0]
        raise InputRefused(
            f"Line {line_number} of the reference data {file_name} is wrong at "
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg'].lower()}.",
            "Correct that line.",
        ) from error
