"""The trained pipeline that a project may name, loaded when a text is first read."""

from __future__ import annotations

from functools import cached_property

from rtm_gate.analysis import Pipeline, PipelineError
from rtm_gate.gate.project import Project


class Model:
    """`pipeline` is None where the project names none, or one that cannot be used; then `problem` says why."""

    def __init__(self, project: Project) -> None:
        self.name = project.model

    @property
    def pipeline(self) -> Pipeline | None:
        return self._loaded[0]

    @property
    def problem(self) -> str:
        return self._loaded[1]

    @cached_property
    def _loaded(self) -> tuple[Pipeline | None, str]:
        if self.name is None:
            return None, ""
        try:
            return Pipeline(self.name), ""
        except PipelineError as error:
            return None, str(error)
