"""Whether a code can hold what it shall: letters, length, and the check digit of article numbers."""

from __future__ import annotations

import re

from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.ranges.fields import Field, field_called
from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError, Way
from packdesk.sentence import Sentence

ARTICLE_DIGITS = {Symbology.EAN13: 13, Symbology.EAN8: 8, Symbology.UPCA: 12, Symbology.ITF14: 14}
"""Digits of an article number, its check digit included (GS1 General Specifications, 3.3)."""
MOST_LETTERS = {Symbology.CODE128: 80, Symbology.QR: 1200, Symbology.DATA_MATRIX: 1200}
"""Of what else is held: more is found by no reader on a package."""
NUMBER_FIELD = f"{{{Field.CODE}}}"
"""Stands in a code of an article number for the number of each row of a table."""
_ALSO_CALLED = frozenset(["number", "nummer"])


def check_digit(digits: str) -> str:
    """The last digit of a GTIN (GS1 General Specifications, 7.9.1).

    From the right the others weigh 3, 1, 3 …; the digit makes their sum a multiple of ten.
    """
    return str(-sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(digits[::-1])) % 10)


def plain_digits(text: str) -> str:
    """A number without the blanks and dashes people write in it."""
    return re.sub(r"[\s\u2010-\u2013-]", "", text)


def is_number_field(value: str) -> bool:
    """Whether all a code holds is the field of the article number: `{code}`, also `{ean}` or `{number}`."""
    named = re.fullmatch(r"\s*\{\s*([^{}]{1,40})\}\s*", value)
    return named is not None and (
        field_called(named[1]) == Field.CODE or named[1].strip().casefold() in _ALSO_CALLED
    )


def waits_for_number(symbology: Symbology, value: str) -> bool:
    """Whether a code of an article number has only the field of it yet."""
    return symbology in ARTICLE_DIGITS and is_number_field(value)


def number_in(symbology: Symbology, gtin: str) -> str:
    """An article number with as many digits as a kind of code takes.

    It is filled up with zeros from the left, which changes no check digit (GS1 General Specifications, 3.3);
    one that has too many other digits stays a number of the next kind that has so many.
    """
    digits = gtin.lstrip("0")
    counts = [ARTICLE_DIGITS[symbology], *sorted(ARTICLE_DIGITS.values())]
    return digits.zfill(next((count for count in counts if count >= len(digits)), 0)) if gtin else ""


def offered_number(symbology: Symbology, typed: str) -> str:
    """The number with its right check digit, added or replaced; else as it was typed."""
    count, digits = ARTICLE_DIGITS.get(symbology, 0), plain_digits(typed)
    if not count or not re.fullmatch(r"[0-9]+", digits) or len(digits) not in {count - 1, count}:
        return typed
    return digits[: count - 1] + check_digit(digits[: count - 1])


def check_value(symbology: Symbology, typed: str) -> str:
    """What a code of that kind holds. A check digit that is missing is added; a field stays one.

    Raises:
        InvalidInputError: it cannot be held, or the check digit is wrong; the right number is offered.
    """
    if not typed.strip():
        raise InvalidInputError("A code holds something.", "Type what it shall hold.", ways=(Way.REWORD,))
    if waits_for_number(symbology, typed):
        return NUMBER_FIELD
    if symbology in ARTICLE_DIGITS:
        return _checked_article(symbology, typed)
    value = typed if symbology is not Symbology.CODE128 else typed.strip()
    if len(value) > MOST_LETTERS[symbology]:
        raise InvalidInputError(
            Sentence(
                "The code would hold {count} letters; {most} are the most.",
                count=len(value),
                most=MOST_LETTERS[symbology],
            ),
            "Shorten it, or let it hold an address that says the rest.",
            ways=(Way.REWORD,),
        )
    if symbology is Symbology.CODE128 and not re.fullmatch(r"[\x20-\x7e]+", value):
        raise InvalidInputError(
            Sentence("Code 128 cannot hold “{text}”.", text=cut(value, 40)),
            "Use letters, digits and signs of a typewriter, or a QR code.",
            ways=(Way.REWORD,),
        )
    return value


def _checked_article(symbology: Symbology, typed: str) -> str:
    count, digits = ARTICLE_DIGITS[symbology], plain_digits(typed)
    if not re.fullmatch(r"[0-9]+", digits) or len(digits) not in {count - 1, count}:
        raise InvalidInputError(
            Sentence(
                "“{text}” is no number for this code: it takes {count} digits.",
                text=cut(typed, 40),
                count=count,
            ),
            "Write all digits; the last one, the check digit, may be left out.",
            ways=(Way.REWORD,),
        )
    right = offered_number(symbology, digits)
    if digits not in {right, right[:-1]}:
        raise InvalidInputError(
            Sentence(
                "The number {text} is mistyped: with its right check digit it is {offered}.",
                text=digits,
                offered=right,
            ),
            "Compare it with the number you were given.",
            ways=(Way.REWORD,),
        )
    return right
