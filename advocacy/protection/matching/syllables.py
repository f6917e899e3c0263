"""Korean syllables by how they sound, so that spellings of one name in any script can be compared.

A consonant is kept as its class: romanisations write ㄱ as g or k, and ㅋ so too. A vowel is kept as
the set of those that a spelling can mean: `u` is ㅓ, ㅜ or ㅡ. Two syllables agree when their
consonants are of one class and they have a vowel in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise, product
from typing import NamedTuple

from .folding import letters, spelled

VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_BIT = {vowel: 1 << place for place, vowel in enumerate(VOWELS)}

_CLASSES = {
    "ㄱㄲㅋ": "K",
    "ㄴ": "N",
    "ㄷㄸㅌ": "T",
    "ㄹ": "R",
    "ㅁ": "M",
    "ㅂㅃㅍ": "P",
    "ㅅㅆ": "S",
}
_CLASSES |= {"ㅇ": "", "ㅈㅉㅊ": "J", "ㅎ": "H"}
ONSET = {letter: sound for some, sound in _CLASSES.items() for letter in some}
#: At the end of a syllable seven sounds are left, as Korean is spoken. ㅇ is there the `ng`.
_ENDS = {"ㄱㄲㅋㄳㄺ": "K", "ㄴㄵㄶ": "N", "ㄷㅅㅆㅈㅊㅌㅎ": "T", "ㄹㄼㄽㄾㅀ": "R", "ㅁㄻ": "M"}
_ENDS |= {"ㅂㅄㅍㄿ": "P", "ㅇ": "Ŋ"}
CODA = {"": ""} | {letter: sound for some, sound in _ENDS.items() for letter in some}

#: No difference is heard between 져 and 저: both are spelled with and without the y.
_SOFT = {"ㅑ": "ㅏ", "ㅕ": "ㅓ", "ㅛ": "ㅗ", "ㅠ": "ㅜ", "ㅒ": "ㅐ", "ㅖ": "ㅔ"}


class Syllable(NamedTuple):
    onset: str
    coda: str
    vowels: int  # a bit for each of VOWELS

    @property
    def frame(self) -> str:
        """What must be equal: the consonants around the vowel."""
        return f"{self.onset}-{self.coda}"


Syllables = tuple[Syllable, ...]


def bits(vowels: Iterable[str]) -> int:
    found = 0
    for vowel in vowels:
        found |= _BIT[vowel]
    return found


def make(onset: str, vowels: int, coda: str) -> Syllable:
    """A syllable of classes; after ㅈ and ㅅ a y before the vowel may be written or not."""
    if onset in ("J", "S"):
        for soft, plain in _SOFT.items():
            if vowels & _BIT[soft]:
                vowels |= _BIT[plain]
    return Syllable(onset, coda, vowels)


def of_hangul(word: str) -> Syllables:
    return tuple(_of_hangul(syllable) for syllable in word)


@cache
def _of_hangul(syllable: str) -> Syllable:
    onset, vowel, coda = letters(syllable)
    return make(ONSET[onset], _BIT[vowel], CODA[coda])


def agree(one: Syllables, other: Syllables) -> bool:
    """Of equal frames: whether every vowel can be the same."""
    return all(a.vowels & b.vowels for a, b in zip(one, other, strict=True))


# --- One name, spelled in the South and in the North ------------------------------------------------

_Y = "ㅑㅕㅖㅛㅠㅣ"


def spellings(name: str) -> Iterator[str]:
    """A name in Hangul as it is spelled with and without ㄹ at the head of its syllables.

    이 is 리 in the North, 노 is 로 (the rule of initial sounds, 두음법칙); so are parts of given
    names: 용/룡, 연/련, 난/란.
    """
    for some in product(*(_heads(syllable) for syllable in name)):
        yield "".join(some)


def _heads(syllable: str) -> list[str]:
    onset, vowel, coda = letters(syllable)
    silent = "ㅇ" if vowel in _Y else "ㄴ"
    if onset == "ㄹ":
        return [syllable, spelled(silent, vowel, coda)]
    if onset == silent and (onset, vowel, coda) in _WITH_R:
        return [syllable, spelled("ㄹ", vowel, coda)]
    return [syllable]


_NAMED = "이임유노나양여염연용육인영예열율낙난남낭내뇌누능"
#: Of syllables without it, those that had a ㄹ and stand in names.
_WITH_R = {letters(syllable) for syllable in _NAMED}
_SOUND_WITH_R = of_hangul(_NAMED)


def heads(syllable: Syllable) -> list[Syllable]:
    """The same rule for the head of a word of which the sound alone is known: Yi, Ri."""
    if syllable.onset == "R":
        high = syllable.vowels & bits(_Y)
        low = syllable.vowels & ~bits(_Y)
        silent = [syllable._replace(onset="", vowels=high)] if high else []
        return [syllable, *silent, *([syllable._replace(onset="N", vowels=low)] if low else [])]
    for known in _SOUND_WITH_R:
        if known.frame == syllable.frame and known.vowels & syllable.vowels:
            return [syllable, syllable._replace(onset="R")]
    return [syllable]


def pronounced(word: Syllables) -> Syllables:
    """As it is said, and as McCune-Reischauer and North Korea spell it: 혁명 is Hyŏngmyŏng."""
    said = list(word)
    for place, (before, after) in enumerate(pairwise(word)):
        coda, onset = _MEET.get((before.coda, after.onset), (before.coda, after.onset))
        said[place] = said[place]._replace(coda=coda)
        said[place + 1] = said[place + 1]._replace(onset=onset)
    return tuple(said)


_NASAL = {"K": "Ŋ", "T": "N", "P": "M"}
_MEET = {(coda, onset): (soft, onset) for coda, soft in _NASAL.items() for onset in "NM"}
_MEET |= {(coda, "R"): (soft, "N") for coda, soft in _NASAL.items()}
_MEET |= {("N", "R"): ("R", "R"), ("R", "N"): ("R", "R"), ("M", "R"): ("M", "N")}
_MEET |= {("Ŋ", "R"): ("Ŋ", "N")}
