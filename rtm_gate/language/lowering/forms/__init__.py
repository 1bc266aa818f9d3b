"""What each block comes to: one file a block, each a function that reads its clauses and adds cases to the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rtm_gate.language.lowering.form import Form
from rtm_gate.language.lowering.forms.blackout import blackout
from rtm_gate.language.lowering.forms.checklist import checklist
from rtm_gate.language.lowering.forms.guarantee import guarantee
from rtm_gate.language.lowering.forms.matrix import matrix
from rtm_gate.language.lowering.forms.platform import platform
from rtm_gate.language.lowering.forms.rule import rule
from rtm_gate.language.lowering.forms.template import template
from rtm_gate.language.lowering.forms.trigger import trigger
from rtm_gate.language.lowering.forms.watch import watch

FORMS: Mapping[str, Callable[[Form], None]] = MappingProxyType(
    {
        "rule": rule,
        "blackout": blackout,
        "trigger": trigger,
        "platform": platform,
        "template": template,
        "checklist": checklist,
        "matrix": matrix,
        "watch": watch,
        "guarantee": guarantee,
    }
)
