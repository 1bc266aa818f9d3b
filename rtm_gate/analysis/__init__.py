"""What a text says: mentions with their evidence, tags, places, names, claims and purpose."""

from rtm_gate.analysis.reader import Analyser
from rtm_gate.analysis.senses.weights import STANDARD, Weights, WeightsError, weights_of
from rtm_gate.analysis.written.pipeline import Pipeline, PipelineError

__all__ = ["STANDARD", "Analyser", "Pipeline", "PipelineError", "Weights", "WeightsError", "weights_of"]
