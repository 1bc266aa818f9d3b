"""Where the data that travels with the gate lies: `grammar`, `policies`, `feeds`, `examples`, `scaffold`, `docs`.

In a checkout (and an editable install) these are folders at the repository's root, where authors edit them; in a wheel they are
copies under `rtm_gate/data`. Whatever reads one of them asks here, so nothing depends on the working directory.
"""

from __future__ import annotations

from pathlib import Path

FOLDERS = ("grammar", "policies", "feeds", "examples", "scaffold", "docs")

_PACKAGE = Path(__file__).resolve().parent


def path(folder: str, *parts: str) -> Path:
    """The file or folder `folder/part/part…`; `folder` is one of FOLDERS. It need not exist.

    Raises ValueError for another folder: data of one room lies in that room and is read there.
    """
    if folder not in FOLDERS:
        raise ValueError(f"`{folder}` is not a folder of bundled data; expected one of {', '.join(FOLDERS)}")
    installed = _PACKAGE / "data"
    root = installed if installed.is_dir() else _PACKAGE.parent
    return root.joinpath(folder, *parts)


def read_text(folder: str, *parts: str) -> str:
    """The text (UTF-8) of the file that `path` names. Raises FileNotFoundError when it is not there."""
    return path(folder, *parts).read_text(encoding="utf-8")
