"""The words that stand on a package: what the user says, never invented."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict

from packdesk.domain.objects.numbers import check_digit, plain_digits
from packdesk.domain.prompts import quoted_names
from packdesk.domain.text import cut, printable
from packdesk.errors import InvalidInputError, Way
from packdesk.sentence import Sentence

FIELDS = ("brand", "product", "line", "net_weight", "barcode")
MOST_LETTERS = 200
BARCODE_DIGITS = 13


class PackWords(BaseModel):
    """What is printed, whole; what is empty stays empty.

    Attributes:
        brand: whose it is.
        product: what it is.
        line: a variety or a claim below the product.
        net_weight: such as `250 g`.
        barcode: the number of an EAN-13, thirteen digits.
        sample: whether what is empty is filled in with sample text, for a demonstration.
    """

    model_config = ConfigDict(frozen=True)

    brand: str = ""
    product: str = ""
    line: str = ""
    net_weight: str = ""
    barcode: str = ""
    sample: bool = False

    def said(self) -> dict[str, str]:
        """What is not empty, by field."""
        return {name: text for name in FIELDS if (text := getattr(self, name))}


NO_WORDS = PackWords()


def check_words(words: PackWords) -> PackWords:
    """Return the words on one line each, without what cannot be printed, the barcode as bare digits.

    Raises:
        InvalidInputError: one is too long, or the barcode number is none.
    """
    tidy = {name: " ".join(printable(text).split()) for name, text in words.said().items()}
    for text in tidy.values():
        if len(text) > MOST_LETTERS:
            raise InvalidInputError(
                Sentence(
                    "“{text}” has {count} characters; {most} are possible on the pack.",
                    text=cut(text, 40),
                    count=len(text),
                    most=MOST_LETTERS,
                ),
                "Shorten it.",
                ways=(Way.REWORD,),
            )
    if "barcode" in tidy:
        tidy["barcode"] = check_barcode(tidy["barcode"])
    return PackWords(**tidy, sample=words.sample)


def check_barcode(text: str) -> str:
    """Return the thirteen digits of an EAN-13 without blanks and dashes.

    Raises:
        InvalidInputError: they are not thirteen digits, or the last is not their check digit.
    """
    digits = plain_digits(text)
    if not re.fullmatch(r"[0-9]{13}", digits):
        raise InvalidInputError(
            Sentence("The barcode number “{text}” does not have 13 digits.", text=cut(text, 40)),
            "Write the whole number below the bars, its check digit included.",
            ways=(Way.REWORD,),
        )
    wanted = check_digit(digits[:-1])
    if digits[-1] != wanted:
        raise InvalidInputError(
            Sentence(
                "The barcode number {text} is mistyped: by its check digit it would end in {digit}.",
                text=digits,
                digit=wanted,
            ),
            "Compare it with the number you were given.",
            ways=(Way.REWORD,),
        )
    return digits


# --- from a prompt

_LABELS = {
    "brand": r"brand(?:\s+name)?|marke(?:nname)?",
    "product": r"product(?:\s+name)?|produkt(?:name)?",
    "line": r"line|variety|tagline|sorte|linie",
    "net_weight": r"net\s+weight|net\s+wt|nettogewicht|füllmenge",
    "barcode": r"barcode(?:\s+number)?|ean(?:-13)?|strichcode",
}
_LABELLED = {
    name: re.compile(rf"(?<!\w)(?:{label})\s*:\s*([^,;.:\n“”„\"«»]+)", re.IGNORECASE)
    for name, label in _LABELS.items()
}
_NAMED = ("brand", "product", "line")


def words_in(prompt: str) -> PackWords:
    """What a prompt says itself: `Brand: …` and the like, else its quoted names: brand, product, line."""
    said: dict[str, str] = {}
    for name, pattern in _LABELLED.items():
        found = pattern.search(prompt)
        if found and found[1].strip():
            said[name] = " ".join(found[1].split())
    names = [name for name in quoted_names(prompt) if len(name) <= MOST_LETTERS]
    for place, name in zip(_NAMED, names, strict=False):
        said.setdefault(place, name)
    return PackWords(**said)


def unplaced(prompt: str, words: PackWords) -> list[str]:
    """Quoted names of a prompt that stand in no field: they are not on the pack."""
    said = [text.casefold() for text in words.said().values()]
    return [
        name for name in quoted_names(prompt) if not any(_stands_in(name.casefold(), one) for one in said)
    ]


def _stands_in(name: str, text: str) -> bool:
    """Whether a text holds a name, not only its letters within a longer word."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
