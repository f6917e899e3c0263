"""One spelling for what looks alike: Unicode forms, invisible characters, accents, look-alikes."""

from __future__ import annotations

import re
import unicodedata

#: Takes up no room on paper: soft hyphens, joiners, marks of direction, Hangul fillers, variation
#: selectors, tags (Unicode, Default_Ignorable_Code_Point).
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_ACCENTED = re.compile(f"([A-Za-z]){_MARKS}+")
#: On other letters those that are no part of one, as of й: lines through or under it, frames, stresses.
_MARKED = re.compile(_MARKS)
#: The vowel ㆍ is written no more but as the dot between names, and counts as a letter.
_DOT = "\u119e"
#: Letters that no normal form takes apart.
_WHOLE = {
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ħ": "h",
    "ŧ": "t",
    "œ": "oe",
    "æ": "ae",
    "ß": "ss",
}
_WHOLE |= {letter.upper(): plain.upper() for letter, plain in _WHOLE.items() if letter not in "ıß"}
#: White on black, and small capitals.
_DRESSED = re.compile(
    "(?:SMALL CAPITAL|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER) ([A-Z])$"
)
_BLOCKS = (*range(0x250, 0x2B0), *range(0x1D00, 0x1D2C), *range(0xA730, 0xA800))
_WHOLE |= {
    chr(code): found[1].lower()
    for code in (*_BLOCKS, *range(0x1F150, 0x1F18A))
    if (found := _DRESSED.search(unicodedata.name(chr(code), "")))
}
_OF_WHOLE = re.compile(f"[{''.join(_WHOLE)}]")
_PLAIN = str.maketrans(_WHOLE)

#: Small letters of other alphabets, each before the Latin one it looks like.
_PAIRS = (
    "аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw тt вb кk мm нh "  # Cyrillic
    "αa βb εe ηn ιi κk μu νv οo ρp τt υu χx "  # Greek
    "հh ոn սu օo ցg "  # Armenian
    "ɡg ɑa ƒf ɩi"  # phonetic
)
_LOOK_ALIKE = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
#: Digits and signs that stand in for letters inside a word.
_DIGITS = str.maketrans("0135$@", "oiessa")

_TYPED = re.compile("[\u3131-\u3163\uffa1-\uffdc]{2,}")  # letters one by one, also half as wide
_FULL_WIDTH = {
    code: int(half.split()[1], 16)
    for code in range(0xFFA1, 0xFFDD)
    if (half := unicodedata.decomposition(chr(code)))
}
_ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_CODAS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_SPELLED = re.compile(f"([{_ONSETS}])([{_VOWELS}])(?:([{_CODAS[1:]}])(?![{_VOWELS}]))?")


def fold(text: str) -> str:
    """NFKC without what cannot be seen, and without accents but of other letters; case is kept."""
    if text.isascii():
        return text
    text = _TYPED.sub(lambda found: compose(found[0].translate(_FULL_WIDTH)), text)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKD", text))
    text = _ACCENTED.sub(r"\1", text)
    text = _MARKED.sub("", unicodedata.normalize("NFC", text)).replace(_DOT, "·")
    if _OF_WHOLE.search(text):
        text = text.translate(_PLAIN)
    return text


def compose(jamo: str) -> str:
    """ㅅㅣㄴ as 신: syllables out of letters that were typed one by one."""
    return _SPELLED.sub(lambda found: _syllable(*found.groups("")), jamo)


def _syllable(onset: str, vowel: str, coda: str) -> str:
    number = (_ONSETS.index(onset) * 21 + _VOWELS.index(vowel)) * 28 + _CODAS.index(coda or " ")
    return chr(0xAC00 + number)


def letters(syllable: str) -> tuple[str, str, str]:
    """혁 as ㅎ, ㅕ, ㄱ; the last is empty where it ends on its vowel."""
    number = ord(syllable) - 0xAC00
    onset, rest = divmod(number, 21 * 28)
    vowel, coda = divmod(rest, 28)
    return _ONSETS[onset], _VOWELS[vowel], _CODAS[coda].strip()


def spelled(onset: str, vowel: str, coda: str) -> str:
    """The reverse of `letters`."""
    return _syllable(onset, vowel, coda)


def latin(word: str) -> str:
    """A folded word in small Latin letters, with those of other alphabets that look like them."""
    return word.casefold().translate(_LOOK_ALIKE)


def unmasked(word: str) -> str:
    """A word without digits at its ends, those within it read as the letters they look like."""
    return word.strip("0123456789").translate(_DIGITS)
