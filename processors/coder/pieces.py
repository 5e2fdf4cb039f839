"""Words cut into the pieces that the reader knows: the likeliest cut under a unigram model (Kudo 2018, "Subword
regularization")."""

import unicodedata
from collections.abc import Mapping

UNKNOWN = 0
_BEGIN = "▁"  # what marks a piece at the beginning of a word
_LONGEST = 16  # characters of a piece
_MOST = 8  # pieces of a word that are looked at
_REMEMBERED = 50_000


class Pieces:
    """A vocabulary: the number and log chance of each piece."""

    def __init__(self, known: Mapping[str, tuple[int, float]]) -> None:
        self._known = known
        self._unknown = min(chance for _, chance in known.values()) - 10
        self._words: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces, at most the first eight; UNKNOWN for characters that no piece has."""
        found = self._words.get(word)
        if found is None:
            if len(self._words) > _REMEMBERED:
                self._words.clear()
            found = self._words[word] = self._cut(_BEGIN + unicodedata.normalize("NFKC", word).strip()[:80])
        return found

    def _cut(self, text: str) -> tuple[int, ...]:
        # The best cut up to each character: its chance, where its last piece begins, and that piece's number.
        chances, begins, numbers = [0.0], [0], [UNKNOWN]
        known = self._known
        for end in range(1, len(text) + 1):
            best, begin, number = chances[end - 1] + self._unknown, end - 1, UNKNOWN
            for start in range(max(0, end - _LONGEST), end):
                piece = known.get(text[start:end])
                if piece is not None and (chance := chances[start] + piece[1]) >= best:
                    best, begin, number = chance, start, piece[0]
            chances.append(best)
            begins.append(begin)
            numbers.append(number)
        out: list[int] = []
        end = len(text)
        while end:
            out.append(numbers[end])
            end = begins[end]
        return tuple(reversed(out))[:_MOST]
