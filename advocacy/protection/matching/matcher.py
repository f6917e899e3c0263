"""The matcher: made of people once, asked about texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from . import literal
from .encodings import layers
from .folding import fold
from .hangul import Hangul
from .names import in_hangul, of_hangul_name, of_latin_name, words
from .people import Form, Hit, Kind, Person
from .sounds import Sounds
from .syllables import agree

#: With more people most words can begin a name: to ask of each would cost more than it saves.
FEW = 20
WORDS_KNOWN = 30_000


class Matcher:
    def __init__(self, people: Iterable[Person]) -> None:
        self._hangul, self._sounds = Hangul(), Sounds()
        self._literals = literal.Literals()
        every = list(people)
        for person in every:
            self._add(person)
        self._asks_each_word = len(every) <= FEW
        self._indexes = (self._hangul, self._sounds, self._literals)
        self._opens = lru_cache(WORDS_KNOWN)(self._may_open)

    def find(self, text: str) -> frozenset[Hit]:
        """All that is protected in a text or wrapped in it; of each form the gravest hit."""
        found: set[Hit] = set()
        for layer in layers(text):
            said = words(fold(layer))
            starts = self._starts(said)
            for index in self._indexes if starts else ():
                found.update(index.find(said, starts))
        return _gravest(found)

    def _starts(self, words: Sequence[str]) -> Sequence[int]:
        """Where a hit can begin."""
        if not self._asks_each_word:
            return range(len(words))
        return [place for place, word in enumerate(words) if self._opens(word)]

    def _may_open(self, word: str) -> bool:
        """Whether anything that is found can begin with a word: mostly not, and it is known at once."""
        hangul, sounds, literals = self._indexes
        return hangul.may_open(word) or sounds.may_open(word) or literals.may_open(word)

    def _add(self, person: Person) -> None:
        hangul = [(form, name) for form in person.names if (name := in_hangul(form.text))]
        for form, name in hangul:
            self._hangul.add(name, person.key, form.key)
            for sound in of_hangul_name(name):
                self._sounds.add(sound, person.key, form.key, in_hangul=False)
        for form in person.names:
            if form not in [one for one, _name in hangul]:
                self._add_in_letters(person.key, form, [name for _form, name in hangul])
        for text in person.identifiers:
            self._literals.add(words(fold(text)), literal.identifier(person.key, text))

    def _add_in_letters(self, person: str, form: Form, names: list[str]) -> None:
        sounds = list(of_latin_name(form.text))
        is_known = any(_is_spelling_of(name, sounds) for name in names)
        for sound in sounds:
            self._sounds.add(sound, person, form.key, in_hangul=not is_known)
        self._literals.add(words(fold(form.text)), Hit(Kind.FULL, person, form.key))


def _is_spelling_of(name: str, sounds: list) -> bool:
    """Whether a name in Hangul is what was romanised: then Hangul is compared letter by letter."""
    whole = {tuple(one.frame for one in said.syllables): said.syllables for said in sounds}
    for said in of_hangul_name(name):
        other = whole.get(tuple(one.frame for one in said.syllables))
        if other and said.kind == Kind.FULL and agree(said.syllables, other):
            return True
    return False


def _gravest(hits: set[Hit]) -> frozenset[Hit]:
    """Without the given name of whom the whole name was found by the same form."""
    gravest: dict[tuple[str, str], Kind] = {}
    for hit in hits:
        key = hit.person, hit.detail
        gravest[key] = max(hit.kind, gravest.get(key, hit.kind))
    return frozenset(hit for hit in hits if hit.kind == gravest[hit.person, hit.detail])
