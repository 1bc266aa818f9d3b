"""Written forms of an English term: what the lexicons and a policy's own word lists are matched by.

No part-of-speech tagger is asked: a word is inflected as a noun and as a verb at once ("storm", "storms", "stormed",
"storming"). A form that is no word at all ("quakeed" is not made, "volcanoing" is) costs nothing, since nobody writes it.
"""

from __future__ import annotations

from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Verbs and nouns whose forms the rules would get wrong. A row is complete: nothing is added to it by rule.
IRREGULAR: dict[str, tuple[str, ...]] = {
    "be": ("is", "are", "was", "were", "been", "being"),
    "become": ("becomes", "became", "becoming"),
    "begin": ("begins", "began", "begun", "beginning"),
    "bite": ("bites", "bit", "bitten", "biting"),
    "bleed": ("bleeds", "bled", "bleeding"),
    "blow": ("blows", "blew", "blown", "blowing"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "bring": ("brings", "brought", "bringing"),
    "build": ("builds", "built", "building", "buildings"),
    "burn": ("burns", "burned", "burnt", "burning"),
    "buy": ("buys", "bought", "buying"),
    "catch": ("catches", "caught", "catching"),
    "child": ("children",),
    "choose": ("chooses", "chose", "chosen", "choosing"),
    "come": ("comes", "came", "coming"),
    "cost": ("costs", "costing"),
    "crisis": ("crises",),
    "cut": ("cuts", "cutting"),
    "deal": ("deals", "dealt", "dealing"),
    "die": ("dies", "died", "dying"),
    "diagnosis": ("diagnoses",),
    "do": ("does", "did", "done", "doing"),
    "draw": ("draws", "drew", "drawn", "drawing"),
    "drink": ("drinks", "drank", "drunk", "drinking"),
    "drive": ("drives", "drove", "driven", "driving"),
    "eat": ("eats", "ate", "eaten", "eating"),
    "fall": ("falls", "fell", "fallen", "falling"),
    "feed": ("feeds", "fed", "feeding"),
    "feel": ("feels", "felt", "feeling"),
    "fight": ("fights", "fought", "fighting"),
    "find": ("finds", "found", "finding"),
    "flee": ("flees", "fled", "fleeing"),
    "fly": ("flies", "flew", "flown", "flying"),
    "foot": ("feet",),
    "forget": ("forgets", "forgot", "forgotten", "forgetting"),
    "freeze": ("freezes", "froze", "frozen", "freezing"),
    "get": ("gets", "got", "gotten", "getting"),
    "give": ("gives", "gave", "given", "giving"),
    "go": ("goes", "went", "gone", "going"),
    "grow": ("grows", "grew", "grown", "growing"),
    "half": ("halves",),
    "hang": ("hangs", "hanged", "hung", "hanging"),
    "have": ("has", "had", "having"),
    "hear": ("hears", "heard", "hearing"),
    "hide": ("hides", "hid", "hidden", "hiding"),
    "hit": ("hits", "hitting"),
    "hold": ("holds", "held", "holding"),
    "hurt": ("hurts", "hurting"),
    "hypothesis": ("hypotheses",),
    "keep": ("keeps", "kept", "keeping"),
    "knife": ("knives", "knifed", "knifing"),
    "know": ("knows", "knew", "known", "knowing"),
    "lay": ("lays", "laid", "laying"),
    "lead": ("leads", "led", "leading"),
    "leaf": ("leaves",),
    "leave": ("leaves", "left", "leaving"),
    "let": ("lets", "letting"),
    "lie": ("lies", "lied", "lying"),
    "life": ("lives",),
    "loaf": ("loaves",),
    "lose": ("loses", "lost", "losing"),
    "make": ("makes", "made", "making"),
    "man": ("men",),
    "mean": ("means", "meant", "meaning"),
    "meet": ("meets", "met", "meeting", "meetings"),
    "mouse": ("mice",),
    "pay": ("pays", "paid", "paying"),
    "person": ("persons", "people"),
    "put": ("puts", "putting"),
    "quiz": ("quizzes", "quizzed", "quizzing"),
    "quit": ("quits", "quitting"),
    "read": ("reads", "reading"),
    "ride": ("rides", "rode", "ridden", "riding"),
    "ring": ("rings", "rang", "rung", "ringing"),
    "rise": ("rises", "rose", "risen", "rising"),
    "run": ("runs", "ran", "running"),
    "say": ("says", "said", "saying"),
    "see": ("sees", "saw", "seen", "seeing"),
    "sell": ("sells", "sold", "selling"),
    "send": ("sends", "sent", "sending"),
    "set": ("sets", "setting"),
    "shake": ("shakes", "shook", "shaken", "shaking"),
    "shed": ("sheds", "shedding"),
    "shelf": ("shelves",),
    "shoot": ("shoots", "shot", "shooting", "shootings"),
    "shut": ("shuts", "shutting"),
    "sink": ("sinks", "sank", "sunk", "sinking"),
    "slay": ("slays", "slew", "slain", "slayed", "slaying"),
    "sleep": ("sleeps", "slept", "sleeping"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "spend": ("spends", "spent", "spending"),
    "spill": ("spills", "spilled", "spilt", "spilling"),
    "split": ("splits", "splitting"),
    "spread": ("spreads", "spreading"),
    "stand": ("stands", "stood", "standing"),
    "stick": ("sticks", "stuck", "sticking"),
    "sting": ("stings", "stung", "stinging"),
    "steal": ("steals", "stole", "stolen", "stealing"),
    "strike": ("strikes", "struck", "stricken", "striking"),
    "sweep": ("sweeps", "swept", "sweeping"),
    "swim": ("swims", "swam", "swum", "swimming"),
    "swing": ("swings", "swung", "swinging"),
    "take": ("takes", "took", "taken", "taking"),
    "tear": ("tears", "tore", "torn", "tearing"),
    "tell": ("tells", "told", "telling"),
    "think": ("thinks", "thought", "thinking"),
    "thief": ("thieves",),
    "throw": ("throws", "threw", "thrown", "throwing"),
    "tooth": ("teeth",),
    "wake": ("wakes", "woke", "woken", "waking"),
    "wear": ("wears", "wore", "worn", "wearing"),
    "weep": ("weeps", "wept", "weeping"),
    "wife": ("wives",),
    "win": ("wins", "won", "winning"),
    "wind": ("winds", "winding"),
    "wolf": ("wolves",),
    "woman": ("women",),
    "write": ("writes", "wrote", "written", "writing"),
}

# Words that have one form only, or whose made-up forms would be other words ("news" -> "newses", "dead" -> "deads").
INVARIANT = _words("""
    a about abroad across after against ahead all aloft alone also an and apart around as aside asleep at aware away back behind below best
    better between big both by dead deadly down due even ever evidence fatal few fish for forward free from full good great happy her his home
    huge ill in information injured into its largest less live mass merchandise missing more most my near new news next no not now of off on one
    only onto or our out over own police politics rice series sheep sick since so software species such than that the their them then there
    these they this those through to together too toward towards troops true two under united until up us very via we what when where which who
    why with within without worse worst your
""")

# A phrase whose second word is one of these is led by its verb: "blow up", "lay off", "gun down", "give away".
PARTICLES = _words("""
    about across after against apart around aside at away back by down for forward from in into of off on onto out over through to together
    under up with
""")

# Verbs of two syllables that are stressed on the last one, so that the consonant doubles ("admitted", "deferring").
DOUBLES = _words("""
    abet abhor admit allot annul begin commit compel concur confer control debar defer deter dispel emit equip excel expel extol forget format
    handicap impel incur infer kidnap occur omit patrol permit prefer propel rebel rebut recap recur refer regret remit repel submit transfer
    transmit unplug unwrap upset
""")
# British spelling doubles these as well: both spellings are written.
DOUBLES_TOO = _words("""
    cancel counsel dial duel fuel label level marvel model panel pedal quarrel rival shovel signal target total travel tunnel worship
""")

# A phrase that opens with one of these is led by it ("go viral", "take hostages"); they are hardly ever nouns.
LEADING_VERBS = _words("""
    become begin bring buy choose do fall feel find flee forget get give go have hear keep kill know lay leave let lose make meet pay put quit
    save say see sell send speak spend steal take tell think throw wear win write
""")

VOWELS = "aeiou"
LONGEST_PHRASE = 12


@lru_cache(maxsize=4096)
def forms_of(phrase: str) -> tuple[str, ...]:
    """All written forms of an English term, lower case, the phrase itself first, the others sorted.

    A term of several words is inflected at its head: a verb with its particle or object ("blow up", "go viral"), the noun
    before "of" ("act of war"), else the last word as a noun ("mass shooting"). Empty text gives no forms; a word that is not
    written in English letters (digits, a tag, another script) is left as it is.
    """
    words = phrase.lower().split()
    if not words:
        return ()
    itself = " ".join(words)
    if len(words) > LONGEST_PHRASE:
        return (itself,)
    place, is_noun = _head(words)
    made = {" ".join((*words[:place], form, *words[place + 1 :])) for form in _word_forms(words[place], noun_only=is_noun)}
    made.discard(itself)
    return (itself, *sorted(made))


def _head(words: list[str]) -> tuple[int, bool]:
    """The place of the word to inflect, and whether it is surely a noun."""
    if len(words) == 1:
        return 0, False
    if words[0] in LEADING_VERBS:
        return 0, False
    for place in range(1, len(words)):
        if words[place] in PARTICLES and words[place - 1] not in INVARIANT:
            return place - 1, words[place] == "of"
    if words[1] in INVARIANT and words[0] not in INVARIANT:
        return 0, False
    return len(words) - 1, True


def _word_forms(word: str, *, noun_only: bool) -> tuple[str, ...]:
    """The word's other forms. A hyphenated word is inflected at its last part ("co-worker")."""
    if not word.replace("-", "").replace("'", "").isalpha() or not word.isascii() or word in INVARIANT:
        return ()
    before, dash, last = word.rpartition("-")
    if dash:
        return tuple(f"{before}-{form}" for form in _word_forms(last, noun_only=noun_only)) if last else ()
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) > 5 and word.endswith("woman"):
        return (word[:-5] + "women",)
    if len(word) > 3 and word.endswith("man") and not word.endswith(("human", "german", "roman", "shaman")):
        return (word[:-3] + "men",)
    if len(word) > 4 and word.endswith(("ing", "ed")):
        return (word + "s",)
    return (_with_s(word),) if noun_only else (_with_s(word), *_verb_forms(word))


def _with_s(word: str) -> str:
    if _consonant_y(word):
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")) or (word.endswith("o") and word[-2:-1] not in VOWELS and word not in {"photo", "piano"}):
        return word + "es"
    return word + "s"


def _verb_forms(word: str) -> tuple[str, ...]:
    if word.endswith("ie"):
        return (word + "d", word[:-2] + "ying")
    if word.endswith(("ee", "oe", "ye")):
        return (word + "d", word + "ing")
    if word.endswith("e"):
        return (word + "d", word[:-1] + "ing")
    if _consonant_y(word):
        return (word[:-1] + "ied", word + "ing")
    if word.endswith("ic"):
        return (word + "ked", word + "king")
    doubled = word + word[-1]
    if word in DOUBLES_TOO:
        return (word + "ed", word + "ing", doubled + "ed", doubled + "ing")
    if word in DOUBLES or _short_closed(word):
        return (doubled + "ed", doubled + "ing")
    return (word + "ed", word + "ing")


def _consonant_y(word: str) -> bool:
    return len(word) > 1 and word.endswith("y") and word[-2] not in VOWELS


def _short_closed(word: str) -> bool:
    """One syllable that ends consonant, vowel, consonant: "stab", "rob", "drop"; not "fix", "row", "play"."""
    if len(word) < 3 or word[-1] in VOWELS + "hwxys" or word[-2] not in VOWELS:
        return False
    before = word[:-2].removesuffix("qu")
    return not any(letter in VOWELS + "y" for letter in before.lstrip("y"))
