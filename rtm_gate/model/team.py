"""The people behind an account, as a project describes them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from rtm_gate.model.moment import DAY

MONTHS_IN_A_YEAR, DAYS_IN_A_YEAR = 12, 365


class Team(BaseModel):
    """What is left out is not known: a rule that asks for it does not apply."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    size: int | None = Field(default=None, ge=1, le=100_000, description="How many people work on the brand's posts.")
    tenure_months: float | None = Field(
        default=None, strict=False, ge=0, le=1200, description="How long the newest of them has been there, in months; a rule asks `team.tenure`."
    )
    on_call: bool = Field(default=False, description="Whether somebody answers outside working hours.")

    @property
    def tenure(self) -> int | None:
        """Seconds; a month is the twelfth part of 365 days, as in a policy."""
        return None if self.tenure_months is None else round(self.tenure_months * DAYS_IN_A_YEAR * DAY / MONTHS_IN_A_YEAR)
