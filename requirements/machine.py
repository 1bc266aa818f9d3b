"""Can this machine set the gate up? Prints one sentence for each thing that is missing, and exits 1 if there is one.

`make setup` runs it before anything is installed, so it needs the standard library only.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path


def problems() -> Iterator[str]:
    """What is missing, as sentences that say how to mend it."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        yield f"Python {version} comes without venv; on Debian and Ubuntu: apt install python{version}-venv"
    header = Path(sysconfig.get_paths()["include"], "Python.h")
    if not header.exists():
        yield f"Python {version} comes without its headers ({header}); on Debian and Ubuntu: apt install python{version}-dev"
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    if not shutil.which(compiler):
        yield f"there is no C compiler (`{compiler}`); on Debian and Ubuntu: apt install build-essential"


if __name__ == "__main__":
    found = list(problems())
    for sentence in found:
        sys.stderr.write(f"setup: {sentence}\n")
    sys.exit(1 if found else 0)
