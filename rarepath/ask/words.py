"""A question as words: cleaned, folded, cut into sentences and clauses.

Everything the verb listens for goes through the same folding, so a pack's author writes
words as they are spoken and need not know how they are compared.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rarepath.kernel.errors import QuestionRejected

__all__ = [
    "ASKING",
    "MAX_CHARACTERS",
    "Clause",
    "Folding",
    "Sentence",
    "clean",
    "find",
    "fold",
    "foreign_script",
    "one_edit_apart",
    "questions_in",
    "sentences",
    "spelled",
    "spellings",
    "vocabulary",
    "without",
    "words",
]

MAX_CHARACTERS = 2000
# More marks than this on one letter are a flood, not a script.
_MARKS_KEPT = 2
_STARTS_CLAUSE = frozenset(
    re.findall(
        r"\w+",
        "but and or because so then although though while whereas however yet unless",
    )
)
_SENTENCE_END = re.compile(r"(?<!\d)\.|\.(?!\d)|[?!;…\n]+")
# A code such as G51.8 is one word, and so is a number.
_WORD = re.compile(
    r"\b[a-z]\d+(?:\.\d+)?\b|\d+(?:[.,:]\d+)?|[a-z]+(?:'[a-z]+)*|[,:(–—]|(?<= )-(?= )"
)
_BREAKS = frozenset(",:(–—-")
_NO_APOSTROPHE = re.compile(
    r"(ca|do|does|did|is|are|was|were|wo|would|could|should|have|has|had)nt"
)
_SHORT_FORMS = {"im": "i am", "ive": "i have", "cannot": "can not", "yo": "year old"}
_ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}


@dataclass(frozen=True)
class Clause:
    """A run of a sentence's words, `start` to `end`; `joined` when and/or binds it to the last."""

    start: int
    end: int
    joined: bool


@dataclass(frozen=True)
class Sentence:
    """Folded words with the clauses they stand in; `asks` when it reads as a question.

    `text` is the sentence in lower case without accents.
    """

    words: tuple[str, ...]
    clauses: tuple[Clause, ...]
    asks: bool
    text: str = ""

    def clause(self, at: int) -> Clause:
        """The clause that holds the word at index `at`."""
        return next(clause for clause in self.clauses if clause.start <= at < clause.end)


def clean(text: str) -> str:
    """The question as it is shown again: one line, no control characters, no floods of marks.

    Raises QuestionRejected for a text that is empty or too long; its message never holds
    the text.
    """
    if len(text) > MAX_CHARACTERS:
        raise QuestionRejected(
            f"The question has {len(text)} characters; at most {MAX_CHARACTERS} are read.",
            "Ask one question in a few sentences.",
        )
    kept = "".join(_readable(unicodedata.normalize("NFKC", text)))
    kept = re.sub(r"[^\S\n]+", " ", kept)
    kept = re.sub(r"\s*\n\s*", "\n", kept).strip()
    if not any(character.isalnum() for character in kept):
        raise QuestionRejected(
            "The question holds no words.", "Ask in words, for example: What is this disease?"
        )
    return kept


def _readable(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category[0] == "M" else 0
        if character in "\r\n\u2028\u2029":
            yield "\n"
        elif category[0] in "CZ":
            # Format characters vanish (they hide inside words); the rest separates.
            yield "" if category in ("Cf", "Cs", "Co", "Cn") else " "
        elif marks <= _MARKS_KEPT:
            yield character


def foreign_script(text: str) -> bool:
    """Whether most letters of `text` are not Latin ones."""
    letters = [character for character in text if character.isalpha()]
    foreign = [letter for letter in letters if not unicodedata.name(letter, "").startswith("LATIN")]
    return len(foreign) * 2 > len(letters)


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a cleaned text; those without a word are left out."""
    plain = _plain(text)
    found, start = [], 0
    for end in _SENTENCE_END.finditer(plain + "\n"):
        sentence = _sentence(plain[start : end.start()], "?" in end[0])
        start = end.end()
        if sentence.words:
            found.append(sentence)
    return tuple(found)


def questions_in(sentence: Sentence) -> tuple[str, ...]:
    """The questions of a sentence that asks ("what causes it and is it inherited").

    It is cut before an `and` that a question word follows; an `and` it starts with goes.
    """
    text = _JOINS_ON.sub("", sentence.text)
    return tuple(part.strip(" ,") for part in _ASKS_AGAIN.split(text) if part.strip(" ,"))


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, without regard to sentences."""
    return tuple(word for sentence in sentences(text) for word in sentence.words)


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The folded words of many texts, each once."""
    return frozenset(spellings(texts).values())


def spellings(texts: Iterable[str]) -> Mapping[str, str]:
    """Every word of many texts as it is spelt there, with its folded form."""
    different = set(_WORD.findall(_plain("\n".join(texts)))) - _BREAKS
    return {word: fold(word) for raw in different for word in _spelled_out(raw)}


def without(text: str, folded: Collection[str]) -> str:
    """`text` in lower case without the words that fold to one of `folded`."""
    plain = _plain(text)
    for found in reversed(list(_WORD.finditer(plain))):
        raw = found[0]
        if raw not in _BREAKS and any(fold(word) in folded for word in _spelled_out(raw)):
            plain = plain[: found.start()] + plain[found.end() :]
    return " ".join(plain.split())


class Folding:
    """Folds many long texts quickly: the same words as `words`, each folded once."""

    def __init__(self) -> None:
        self._folded: dict[str, str] = {}

    def joined(self, text: str) -> str:
        """The folded words of `text` with a blank between them."""
        known = self._folded
        return " ".join(
            known[raw] if raw in known else self._add(raw) for raw in _WORD.findall(_plain(text))
        )

    def _add(self, raw: str) -> str:
        folded = "" if raw in _BREAKS else " ".join(map(fold, _spelled_out(raw)))
        return self._folded.setdefault(raw, folded)


def find(phrase: tuple[str, ...], among: tuple[str, ...], start: int = 0, end: int = -1) -> int:
    """The first index in `among[start:end]` where the run `phrase` stands, or -1."""
    last = (len(among) if end < 0 else end) - len(phrase)
    for at in range(start, last + 1):
        if among[at] == phrase[0] and among[at : at + len(phrase)] == phrase:
            return at
    return -1


def _plain(text: str) -> str:
    """Lower case without accents, apostrophes made one."""
    text = text.replace("’", "'").replace("‘", "'").casefold()
    if text.isascii():  # most texts are, and the rest costs ten times as much
        return text
    plain = unicodedata.normalize("NFKD", text)
    return "".join(character for character in plain if not unicodedata.combining(character))


def _sentence(text: str, asks: bool) -> Sentence:
    found: list[str] = []
    starts: dict[int, bool] = {0: False}
    for raw in _WORD.findall(text):
        if raw in _BREAKS:
            starts[len(found)] = False
            continue
        for word in _spelled_out(raw):
            if word in _STARTS_CLAUSE:
                starts[len(found)] = word in ("and", "or")
            found.append(fold(word))
    edges = [*sorted(at for at in starts if at < len(found)), len(found)]
    clauses = [Clause(start, end, starts[start]) for start, end in pairwise(edges)]
    asks = asks or not ASKING.isdisjoint(found[:1])
    return Sentence(tuple(found), tuple(clauses), asks, text.strip())


def _spelled_out(raw: str) -> list[str]:
    """A word without its short forms: `can't` is can not, `she's` is she."""
    if raw[0].isdigit():
        return [re.sub("[,:]", ".", raw)]
    if raw in _SHORT_FORMS:
        return _SHORT_FORMS[raw].split()
    if found := _NO_APOSTROPHE.fullmatch(raw.replace("n't", "nt")):
        return [{"ca": "can", "wo": "will"}.get(found[1], found[1]), "not"]
    head, *tails = raw.split("'")
    return [*_SHORT_FORMS.get(head, head).split(), *(_ENDINGS[t] for t in tails if t in _ENDINGS)]


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """One form for a word's plural, tenses, spellings and near kin: `seizures`, `seizure`.

    A light English suffix stripper in the spirit of Porter's; the results are compared, never
    shown.
    """
    word = spelled(word)
    if len(word) < 4 or word[0].isdigit():
        return word
    for strip in (_plural, _tense, _kin):
        word = strip(word)
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def spelled(word: str) -> str:
    """`word` in lower case with one spelling for British and American English."""
    word = word.lower().replace("z", "s")
    return re.sub("our(s?)$", r"or\1", word.replace("ae", "e")) if len(word) > 5 else word


def _plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search("(ss|x|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if re.search("[^sui]s$", word) else word


def _tense(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    stem = re.sub("(ing|ed)$", "", word)
    if stem == word or len(stem) < 3 or not re.search("[aeiouy]", stem):
        return word
    return stem[:-1] if re.search(r"([bdgmnprt])\1$", stem) else stem


def _kin(word: str) -> str:
    stem = re.sub("(ly|ment|ance|ence|ive|ity|ion)$", "", word)
    if len(stem) < 4:
        return word
    return stem[:-1] if stem != word and re.search(r"([bdgmnprt])\1$", stem) else stem


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter added, dropped, changed or swapped with its neighbour parts them."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


# Words a question starts with.
ASKING = frozenset(
    map(
        fold,
        re.findall(
            r"\w+",
            "how what why when which who where whose can could do does did is are am was were will "
            "would should may might",
        ),
    )
)
_JOINS_ON = re.compile(r"^(?:and|also|but|or|so|then)\s+")
_ASKS_AGAIN = re.compile(
    r"(?:,\s*|\s+)(?:and|also|but|or)\s+(?=(?:how|what|why|when|which|who|where|can|could|do|does|"
    r"did|is|are|was|were|will|should|may|might)\b)"
)
