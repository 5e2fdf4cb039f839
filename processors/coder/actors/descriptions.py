"""Fourth pass: descriptions of somebody whom the text has named before ("the kingdom", "the rebels", "both leaders").

Which words mean whom is in config/actors/descriptions.yaml.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from processors.coder.actors.model import OTHER, ActorSpan
from processors.coder.actors.table import ActorTable

# What may be taken for a description though the tables have a word of it: "rebels", "leaders", "the army".
_VAGUE = frozenset({"collective", "body", "title"})
# Who is named together: "Serbia's president and the prime minister of Kosovo".
_TOGETHER = re.compile(r"(?:'s|’s|,)?\s*(?:\s(?:and|und|sowie)|&|[-–])\s*(?:\s?(?:the|der|die|das|den|dem)\s)?")
# Where no two are named together: so often each has to be named.
_OFTEN = 2
# So many names before a description may be meant by it: time stays linear in the text.
_FAR = 40


def resolved(text: str, lang: str, spans: Sequence[ActorSpan], table: ActorTable) -> list[ActorSpan]:
    """The spans of a text in order, with those that its descriptions add; a description takes the place of the vague
    word that the tables have for it."""
    out: list[ActorSpan] = []
    at = 0
    for match in table.language(lang).descriptions.finditer(text):
        key = match.lastgroup or ""
        start, end = match.span(key)
        while at < len(spans) and spans[at].end <= match.start():
            out.append(spans[at])
            at += 1
        behind = at
        while behind < len(spans) and spans[behind].start < end:
            behind += 1
        if any(span.kind not in _VAGUE or span.ids not in ((), OTHER) for span in spans[at:behind]):
            continue
        before = [span for span in out[-_FAR:] if span.ids and span.ids != OTHER]
        if ids := _meant(key, before, text, table):
            head = end - len(text[start:end].split()[-1])
            out.append(ActorSpan(start, end, ids, "collective", None, head))
            at = behind
    return [*out, *spans[at:]]


def _meant(key: str, before: Sequence[ActorSpan], text: str, table: ActorTable) -> tuple[str, ...]:
    """Whom a description means, of those named before it; () for nobody."""
    if key == "pair":
        return _pair(before, text)
    if key == "groups":
        named = {name for span in before for name in span.ids if name in table.groups}
        return tuple(named) if len(named) == 1 else ()
    known = table.described[int(key.removeprefix("n"))]
    return next((span.ids for span in reversed(before) if len(span.ids) == 1 and span.ids[0] in known), ())


def _pair(before: Sequence[ActorSpan], text: str) -> tuple[str, ...]:
    for left, right in reversed(list(pairwise(before))):
        both = left.ids + right.ids
        if len(set(both)) == len(both) == 2 and _TOGETHER.fullmatch(text, left.end, right.start):
            return both
    often = Counter(name for span in before for name in span.ids).most_common(3)
    if len(often) < 2 or often[1][1] < _OFTEN or (len(often) > 2 and often[2][1] == often[1][1]):
        return ()
    return often[0][0], often[1][0]
