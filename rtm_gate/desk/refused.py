"""What the desk refuses to do."""

from __future__ import annotations


class RefusedError(ValueError):
    """What nobody may do, or what makes no sense. `problems` are all of them, as sentences."""

    def __init__(self, *problems: str) -> None:
        self.problems = list(dict.fromkeys(problems))
        super().__init__("; ".join(self.problems))
