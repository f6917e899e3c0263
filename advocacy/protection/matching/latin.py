"""Reading a romanised word, in any system or none, as Korean syllables.

Revised Romanisation, McCune-Reischauer, the North's own, Yale-like habits of passports (Park, Lee,
Woo, Hee) and Kontsevich's Cyrillic are read by one table. A word that cannot be Korean gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .folding import latin, unmasked
from .syllables import Syllables, bits, make

MOST_SYLLABLES = 5
MOST_LETTERS = 24
MOST_READINGS = 40

_ONSETS = {
    "": "",
    "K": "k kk g gg c q gh kh ck",
    "N": "n nn",
    "T": "t tt d dd th dh",
    "R": "r rr l ll rh lh rl",
    "M": "m mm",
    "P": "p pp b bb ph bh",
    "S": "s ss sh",
    "J": "j jj ch tch tsch dsch ts tj dj z dz jh zh tz",
    "H": "h hh kh",
}
_CODAS = {
    "": " h r",
    "K": "k g c ck kk q kh gk rk hk",
    "N": "n nn hn rn ñ hñ",
    "T": "t d s tt th",
    "R": "l ll r rl hl",
    "M": "m mm hm rm",
    "P": "p b pp bp ph",
    "Ŋ": "ng hng ñ hñ",
}
_VOWELS = {
    "a": "ㅏ",
    "aa": "ㅏ",
    "ae": "ㅐ",
    "ai": "ㅐ",
    "ay": "ㅐ",
    "e": "ㅔㅐㅓ",
    "ě": "ㅔㅐㅓㅖㅕ",
    "ea": "ㅣㅐㅓ",
    "ee": "ㅣㅢ",
    "ei": "ㅔㅣ",
    "eo": "ㅓ",
    "eu": "ㅡ",
    "eui": "ㅢ",
    "euy": "ㅢ",
    "ew": "ㅠ",
    "ey": "ㅔㅣ",
    "i": "ㅣㅢ",
    "ia": "ㅑ",
    "ie": "ㅣ",
    "io": "ㅛㅕ",
    "iu": "ㅠㅕ",
    "o": "ㅗㅓ",
    "oa": "ㅘㅗ",
    "oe": "ㅚㅗ",
    "oi": "ㅚ",
    "oo": "ㅜㅡ",
    "ou": "ㅜㅓㅗ",
    "oy": "ㅚ",
    "u": "ㅓㅜㅡ",
    "ua": "ㅘ",
    "ue": "ㅜㅞ",
    "ui": "ㅢㅟ",
    "uo": "ㅝ",
    "uy": "ㅢ",
    "wa": "ㅘ",
    "wae": "ㅙㅚㅞ",
    "wai": "ㅙ",
    "way": "ㅙ",
    "we": "ㅞㅚㅙㅝ",
    "wee": "ㅟ",
    "weo": "ㅝ",
    "wey": "ㅞ",
    "wě": "ㅚㅙㅞㅝ",
    "wi": "ㅟㅢ",
    "wo": "ㅝ",
    "woo": "ㅜ",
    "wu": "ㅜㅝ",
    "wuy": "ㅟ",
    "y": "ㅣㅡ",
    "ya": "ㅑ",
    "yae": "ㅒㅖ",
    "yay": "ㅒ",
    "ye": "ㅖㅒㅕ",
    "yea": "ㅖㅕ",
    "yee": "ㅣ",
    "yei": "ㅖ",
    "yeo": "ㅕ",
    "yeu": "ㅕㅠ",
    "yew": "ㅠ",
    "yey": "ㅖ",
    "yě": "ㅕㅖ",
    "yi": "ㅣㅢ",
    "yo": "ㅛㅕ",
    "yoo": "ㅠ",
    "you": "ㅕㅠㅛ",
    "yu": "ㅠㅕ",
}


def _by_spelling(table: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for sound, spellings in table.items():
        for spelling in spellings.split(" "):
            found.setdefault(spelling, []).append(sound)
    return found


_BY_ONSET = _by_spelling(_ONSETS)
_BY_CODA = _by_spelling(_CODAS)
_BY_VOWEL = {spelling: bits(vowels) for spelling, vowels in _VOWELS.items()}
_LONGEST_ONSET, _LONGEST_CODA, _LONGEST_VOWEL = (
    max(map(len, table)) for table in (_BY_ONSET, _BY_CODA, _BY_VOWEL)
)

#: Kontsevich: a closing н is ㅇ as well as ㄴ, and е is what the North writes for ㅓ and ㅕ.
_CYRILLIC = dict(zip("абвгджзийклмнопрстуф", "abwkdjjiyklmnoprstup", strict=True))
_CYRILLIC |= {
    "е": "ě",
    "ё": "yo",
    "х": "h",
    "ц": "ch",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ы": "eu",
    "э": "e",
}
_CYRILLIC |= {"ю": "yu", "я": "ya", "ъ": "", "ь": ""}
_IS_CYRILLIC = re.compile("[\u0430-\u045f]+")
_CLOSING_N = re.compile("нг?(?![аеёийоуыэюя])")
#: Yale writes ㅈ so. Before an i it is left out: too much of English would be a name.
_YALE = re.compile("cc?(?=[aeouwy])")


def readings(word: str) -> tuple[Syllables, ...]:
    """All that a folded word of letters, digits and apostrophes can be in Korean: mostly nothing."""
    word = unmasked(word.casefold())
    if not word or len(word) > MOST_LETTERS:
        return ()
    spelled = latin(word)
    found = _parse(spelled)
    if _YALE.search(spelled):
        found = found + _parse(_YALE.sub("j", spelled))
    if _IS_CYRILLIC.fullmatch(word):
        found = found + _parse(_transcribed(word))
    return found


def _transcribed(word: str) -> str:
    word = word.replace("дж", "ч").replace("чж", "ч").replace("чх", "ч").replace("нъ", "n")
    return "".join(_CYRILLIC.get(letter, letter) for letter in _CLOSING_N.sub("ñ", word))


def _parse(word: str) -> tuple[Syllables, ...]:
    word = word.replace("wh", "hw")  # Whang, Sunwha
    found: dict[tuple[str, ...], Syllables] = {}
    for syllables in _syllables(word, 0, MOST_SYLLABLES):
        frames = tuple(one.frame for one in syllables)
        known = found.get(frames)
        found[frames] = _both(known, syllables) if known else syllables
        if len(found) >= MOST_READINGS:
            break
    found.pop((), None)  # of a sign that has no sound: Ь
    return tuple(found.values())


def _both(one: Syllables, other: Syllables) -> Syllables:
    return tuple(a._replace(vowels=a.vowels | b.vowels) for a, b in zip(one, other, strict=True))


def _syllables(word: str, start: int, most: int) -> Iterator[Syllables]:
    if start == len(word):
        yield ()
        return
    if not most:
        return
    for onset, at_vowel in _options(_BY_ONSET, _LONGEST_ONSET, word, start):
        for length in range(_LONGEST_VOWEL, 0, -1):
            vowels = _BY_VOWEL.get(word[at_vowel : at_vowel + length])
            if vowels is None or at_vowel + length > len(word):
                continue
            for coda, end in _options(_BY_CODA, _LONGEST_CODA, word, at_vowel + length):
                syllable = make(onset, vowels, coda)
                for rest in _syllables(word, end, most - 1):
                    yield (syllable, *rest)
                if coda == "Ŋ":  # its g can open the next syllable too: Dongyu for 동규
                    for rest in _syllables(word, end - 1, most - 1):
                        yield (syllable, *rest)


def _options(
    table: dict[str, list[str]], longest: int, word: str, start: int
) -> Iterator[tuple[str, int]]:
    for length in range(longest, -1, -1):
        if start + length <= len(word):
            for sound in table.get(word[start : start + length], ()):
                yield sound, start + length
