"""How properties are tested: the same examples on every run and no deadlines; `make soak` draws many more, at random."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("gate", deadline=None, derandomize=True)
settings.register_profile("soak", deadline=None, max_examples=2000)
settings.load_profile("soak" if os.environ.get("RTM_GATE_SOAK") else "gate")
