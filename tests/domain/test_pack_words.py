"""The words on a pack: what a prompt says, what can be printed, and barcode numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain.objects.numbers import check_digit
from packdesk.domain.pack_words import (
    PackWords,
    check_barcode,
    check_words,
    unplaced,
    words_in,
)
from packdesk.errors import InvalidInputError

LONG = "x" * 81
GRANDMOTHER = "Grandmother Old-Fashioned Oatmeal Raisin Cookies"
CODE = "4006381333931"


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        (
            '"Grandmother Old-Fashioned Oatmeal Raisin Cookies"',
            {"brand": "Grandmother Old-Fashioned Oatmeal Raisin Cookies"},
        ),
        ("Product name: Zelda Cookies", {"product": "Zelda Cookies"}),
        (
            "Kraft. Brand: Sol, net weight: 250 g; EAN: 4006381333931",
            {"brand": "Sol", "net_weight": "250 g", "barcode": "4006381333931"},
        ),
        ("Blumen, Marke: „Sol“, „Tee“", {"brand": "Sol", "product": "Tee"}),
        ("Product: Tea, “Sol”", {"brand": "Sol", "product": "Tea"}),
        (f"“{LONG}”", {"brand": LONG}),
        (
            'blau, "Müsli „Kern“ extra", "Zwei", "Drei"',
            {"brand": "Müsli „Kern“ extra", "product": "Zwei", "line": "Drei"},
        ),
        ("floral in navy", {}),
    ],
)
def test_a_prompt_says_words_by_labels_and_quotes(prompt: str, words: dict[str, str]) -> None:
    assert words_in(prompt) == PackWords(**words)


def test_what_stands_in_no_field_is_known() -> None:
    words = PackWords(brand="Sol Field")
    assert unplaced("“Sol” “Field” “Tea”", words) == ["Tea"]
    assert unplaced("“Solar” “Tea” “Mild” “Sol”", words_in("“Solar” “Tea” “Mild”")) == ["Sol"]
    assert unplaced(f"“{'y' * 201}”", words_in(f"“{'y' * 201}”")) == ["y" * 201]


def test_words_are_one_line_and_not_endless() -> None:
    tidy = check_words(PackWords(brand=" Sol\n\u202e Field ", barcode="4 006381-333931"))
    assert tidy == PackWords(brand="Sol Field", barcode="4006381333931")
    with pytest.raises(InvalidInputError, match="201 characters; 200 are possible"):
        check_words(PackWords(line="x" * 201))


@pytest.mark.parametrize("text", ["4006381333932", "400638133393", "40063813339311", "abc", "٤٠٠٦٣٨١٣٣٣٩٣١"])
def test_a_wrong_barcode_number_is_said(text: str) -> None:
    with pytest.raises(InvalidInputError):
        check_words(PackWords(barcode=text))


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(digits: str, by: int) -> None:
    whole = digits + check_digit(digits)
    assert check_barcode(whole) == whole
    wrong = str((int(whole[5]) + by) % 10)
    with pytest.raises(InvalidInputError, match="mistyped"):
        check_barcode(whole[:5] + wrong + whole[6:])
