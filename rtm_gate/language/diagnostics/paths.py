"""Where a file of a policy lies, as other programs need it: seen from the folder the program was started in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def seen_from(here: Path, shown: str, paths: Mapping[str, Path]) -> str:
    """The file shown as `shown`, seen from the folder `here`, with `/`; an absolute path where it lies outside of it.

    A name that stands for no file (a text that was given) is returned as it is.
    """
    if shown not in paths:
        return shown
    path = Path(os.path.normpath(here / paths[shown]))
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
