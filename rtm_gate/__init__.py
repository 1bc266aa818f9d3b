"""A policy-as-code gate for a brand's posts: go, hold or no-go, with the reasons.

from rtm_gate import Gate
verdict = Gate.open("my-project/").check({"text": "…", "platform": "x", "kind": "planned"})
"""

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rtm_gate.gate import Gate

__all__ = ["Gate", "__version__"]
__version__ = version("rtm-gate")


def __getattr__(name: str) -> Any:
    """`Gate` is imported when asked for: reading the version or a policy needs neither spaCy nor the engine."""
    if name == "Gate":
        from rtm_gate.gate import Gate

        return Gate
    raise AttributeError(f"module `rtm_gate` has no attribute `{name}`")
