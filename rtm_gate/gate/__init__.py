"""Where policy, words and world meet."""

from rtm_gate.gate.answer import Answer
from rtm_gate.gate.gate import Gate
from rtm_gate.gate.policy import LoadedPolicy, load_policy
from rtm_gate.gate.project import Project, open_project
from rtm_gate.gate.toml import ProjectError

__all__ = ["Answer", "Gate", "LoadedPolicy", "Project", "ProjectError", "load_policy", "open_project"]
