"""A library that is not there, or does not load, is told in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from rtm_gate.rules.library import BUILD

from .child import run

# what importing the C module does, what is said
BROKEN = {
    "built for nothing": ("raise ImportError('durable_rules_engine.so: undefined symbol: PyEval_CallObject')", "was built in a way this Python cannot load"),
    "not there": ("raise ModuleNotFoundError('No module named durable_rules_engine')", "is not installed"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_library_that_does_not_load(name: str, tmp_path: Path) -> None:
    """The rooms import without it; the first engine says how to build it."""
    module, said = BROKEN[name]
    (tmp_path / "durable_rules_engine.py").write_text(module)
    printed = run(
        """
        from rtm_gate.rules import Engine, limits, reference, trial
        print(reference.match([], [], {}), limits.problems([], {}))
        try:
            Engine([], {})
        except ImportError as error:
            print(error)
        print(trial.verdict([], {}))
        """,
        path=tmp_path,
    )
    works, error, trial = printed.splitlines()
    assert works == "() []"
    assert said in error
    assert error.endswith(BUILD)
    assert "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject pip install --no-cache-dir --no-binary :all: durable_rules==2.0.28" in error
    assert trial == f"The trial did not begin: {error}."
