"""What a command loads: a check without a store pays for no database and no web client."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("sqlalchemy", "alembic", "httpx2", "stamina")


@pytest.mark.parametrize("module", ["rtm_gate.gate", "rtm_gate.cli.check", "rtm_gate.cli.screen", "rtm_gate.cli.policy"])
def test_what_is_not_needed_is_not_loaded(module: str) -> None:
    loaded = subprocess.run([sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"], capture_output=True, text=True, check=True).stdout.split()
    assert module in loaded
    assert not set(HEAVY) & set(loaded)
