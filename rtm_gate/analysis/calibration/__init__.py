"""Fitting the weights to texts that people have labelled, and saying on texts held out whether that reads better."""

from rtm_gate.analysis.calibration.calibrate import LEAST, Calibration, TooFewError, calibrate
from rtm_gate.analysis.calibration.labels import Labelled

__all__ = ["LEAST", "Calibration", "Labelled", "TooFewError", "calibrate"]
