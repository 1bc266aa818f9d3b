"""Stage 5: the `policy` block, with what holds where it is silent."""

from __future__ import annotations

from rtm_gate.language.meaning.resolve import Names, zone_of
from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import did_you_mean
from rtm_gate.model.moment import HOUR, MINUTE
from rtm_gate.model.rule import Effect, ForTier
from rtm_gate.model.schema import KINDS

STALE_AFTER = 30 * MINUTE
LEASE = 10 * MINUTE
SHELF_LIFE = {"reactive": 12 * HOUR}


class Head:
    """The clauses of the `policy` block, with what holds where they are silent."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.owner, self.timezone = "", "UTC"
        self.audience: tuple[str, ...] = ()
        self.otherwise, self.stale_effect = Effect("go"), Effect("hold")
        self.stale_after, self.lease = STALE_AFTER, LEASE
        self.shelf_life = dict(SHELF_LIFE)
        item = names.policy
        seen: set[str] = set()
        for clause in item.clauses if item else ():
            if clause.word in seen and clause.word != "shelf life":
                names.error("RTM310", f"`{clause.word}` stands twice in this policy", clause.at, "say it once")
            seen.add(clause.word)
            self._clause(clause)
        if item and "language" not in seen:
            names.error("RTM312", "the policy does not say which language it is written in", item.at, "begin it with `language 1`")

    def _clause(self, clause: nodes.Clause) -> None:
        match clause.word:
            case "language" if clause.values[0].amount != 1:
                self.names.error("RTM312", f"language {clause.values[0].text} is not known here", clause.at, "this version reads `language 1`")
            case "owner":
                self.owner = clause.texts[0].text
            case "timezone":
                self.timezone = self._zone(clause.texts[0])
            case "audience":
                self.audience = tuple(value.text for value in clause.values)
            case "otherwise":
                self.otherwise = self._plain(clause, ("go", "hold", "hold for"))
            case "stale news":
                self.stale_after, self.stale_effect = self.names.span(clause.values[0]), self._plain(clause, ("warn", "hold"))
            case "answers hold for":
                self.lease = self.names.span(clause.values[0])
            case "shelf life" if clause.names[0].text not in KINDS:
                name = clause.names[0]
                self.names.error("RTM203", f"there is no kind of draft `{name.text}`", name.at, did_you_mean(name.text, KINDS), f"kinds: {', '.join(KINDS)}")
            case "shelf life":
                self.shelf_life[clause.names[0].text] = self.names.span(clause.values[0])

    def _zone(self, text: nodes.Text) -> str:
        if zone_of(text.text) is None:
            self.names.error("RTM313", f"there is no time zone `{text.text}`", text.at, "write the place whose clocks it follows: America/New_York")
        return text.text

    def _plain(self, clause: nodes.Clause, allowed: tuple[str, ...]) -> Effect:
        """An effect that needs no fact of a rule."""

        effect = clause.effects[0]
        if len(clause.effects) > 1 or effect.kind not in allowed:
            self.names.error("RTM307", f"`{clause.word}` cannot do this", effect.at, f"it can: {', '.join(allowed)}")
            return Effect("hold")
        if effect.kind == "hold for":
            self.names.tier(effect.names[0])
            return Effect("hold", (ForTier(effect.names[0].text),))
        return Effect("go" if effect.kind == "go" else "warn" if effect.kind == "warn" else "hold")
