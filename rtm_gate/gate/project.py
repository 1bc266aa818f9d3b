"""A project: a folder with `rtm-gate.toml`, or a policy file on its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rtm_gate import resources
from rtm_gate.gate.configuration import STORE, Configuration
from rtm_gate.gate.toml import ProjectError, read_toml
from rtm_gate.model.feeds import Feed
from rtm_gate.news.sources import Catalog, CatalogError, bundled_catalog, feeds_named, read_catalog

CONFIGURATION = "rtm-gate.toml"
NOTHING_SAID = Configuration()
NO_CATALOG = Catalog()


@dataclass(frozen=True, slots=True)
class Project:
    """`feeds` is empty when the project names none. `root` is None for a policy without a project, which keeps nothing either."""

    policy: Path
    feeds: tuple[Feed, ...] = ()
    root: Path | None = None
    configuration: Configuration = NOTHING_SAID
    catalog: Catalog = NO_CATALOG

    @property
    def people(self) -> Path | None:
        """The file of people and roles, where the project names one."""
        return self._file(self.configuration.people)

    @property
    def weights(self) -> Path | None:
        """The file of weights, where the project names one."""
        return self._file(self.configuration.weights)

    @property
    def images(self) -> Path | None:
        """The list of known pictures, where the project names one."""
        return self._file(self.configuration.images)

    @property
    def model(self) -> str | None:
        """The trained pipeline that the project names: a folder of its own, else the name of an installed package."""
        named = self.configuration.model
        folder = self._file(named)
        return str(folder) if folder is not None and folder.is_dir() else named

    @property
    def store(self) -> str | None:
        """Where the project keeps its news and its record: a path, or the address of a database."""
        if self.root is None:
            return None
        named = self.configuration.store or STORE
        return named if "://" in named else str(self.root / named)

    def _file(self, named: str | None) -> Path | None:
        return self.root / named if self.root is not None and named else None

    def records(self) -> bool:
        """Whether verdicts are written down: as its file says, else where there is a store already."""
        said = self.configuration.record
        return self.root is not None and (self.has_store() if said is None else said)

    def has_store(self) -> bool:
        """Whether the store is there; a server is taken to be."""
        address = self.store
        if address is None:
            return False
        path = address.removeprefix("sqlite:///")
        try:
            return "://" in path or Path(path).exists()
        except OSError:
            return True  # whether it is there cannot be seen: opening it says why


def open_project(folder: Path | None = None, policy: Path | None = None) -> Project:
    """The project in `folder` (default: here), with `policy` instead of its own where given.

    Without an `rtm-gate.toml` it is the given policy, or the bundled standard policy. Raises ProjectError.
    """
    root = folder or Path()
    file = root / CONFIGURATION
    if not file.is_file():
        return Project(policy or resources.path("policies", "standard.rtm"))
    configuration = read_toml(file, Configuration)
    own = root / configuration.policy if configuration.policy else resources.path("policies", "standard.rtm")
    try:
        catalog = bundled_catalog()
        if configuration.catalog:
            catalog = catalog.corrected(read_catalog(root / configuration.catalog))
        feeds = feeds_named(configuration.feeds, root, catalog)
    except CatalogError as error:
        raise ProjectError(error.problems) from None
    return Project(policy or own, feeds, root, configuration, catalog)
