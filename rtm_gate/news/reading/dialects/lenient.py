"""Fields of JSON as servers send them: one of the wrong type is as good as none, and costs nothing but itself."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator


def _or_nothing(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    try:
        return validate(value)
    except ValidationError:
        return validate(None)


def _text(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    return value if isinstance(value, str) else str(value) if type(value) is int else ""


def _texts(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else [value] if isinstance(value, str) else []


Text = Annotated[str, WrapValidator(_text)]
Texts = Annotated[list[str], WrapValidator(_texts)]
Number = Annotated[Annotated[float, Field(allow_inf_nan=False)] | None, WrapValidator(_or_nothing)]


def table(value: Any) -> dict[str, Any]:
    """`value` when it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


Table = Annotated[dict[str, Any], BeforeValidator(table)]
Lists = Annotated[dict[str, Texts], BeforeValidator(table)]


class Lenient(BaseModel):
    """Unknown fields are passed over."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)
