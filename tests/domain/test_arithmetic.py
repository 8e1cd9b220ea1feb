"""Sums typed into a size field."""

from __future__ import annotations

import math
import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain.arithmetic import MAX_CHARACTERS, evaluate_length
from packdesk.errors import InvalidInputError

Sum = tuple[str, float]


def combined(pair: tuple[Sum, str, Sum]) -> Sum:
    (left, first), sign, (right, second) = pair
    if sign == "/" and second == 0:
        sign = "+"
    work = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}[sign]
    return f"({left}{sign}{right})", work(first, second)


numbers = st.decimals(0, 2000, places=2).map(lambda value: (f"{value}", float(value)))
sums = st.recursive(numbers, lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(combined))


@given(sums.filter(lambda made: len(made[0]) <= MAX_CHARACTERS and math.isfinite(made[1])))
def test_it_agrees_with_python(made: Sum) -> None:
    text, wanted = made
    assert evaluate_length(text, 1) == round(wanted, 6)
    assert evaluate_length(f" {text} ".replace(".", ","), 1) == round(wanted, 6)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("100+2*3", 106),
        ("(80+4)/2", 42),
        ("3.5", 3.5),
        ("3,5", 3.5),
        ("-3 + 10", 7),
        ("2*-3", -6),
        ("+5", 5),
        (".5", 0.5),
        ("007", 7),
        ("\N{MINUS SIGN}2\N{MULTIPLICATION SIGN}3\N{DIVISION SIGN}4", -1.5),
        ("\N{ARABIC-INDIC DIGIT THREE}\N{ARABIC DECIMAL SEPARATOR}\N{ARABIC-INDIC DIGIT FIVE}", 3.5),
    ],
)
def test_sums(text: str, wanted: float) -> None:
    assert evaluate_length(text, 1) == wanted


@pytest.mark.parametrize(
    ("text", "in_mm", "in_inches"),
    [
        ("12", 12, 304.8),
        ("100+2*3", 106, 106 * 25.4),
        ("10 mm", 10, 10),
        ("1 MM", 1, 1),
        ("10cm", 100, 100),
        ("0.5 m", 500, 500),
        ("4.5 in", 114.3, 114.3),
        ("1/2 inch", 12.7, 12.7),
        ('2"', 50.8, 50.8),
        ("2”", 50.8, 50.8),
        ("(1 + 2) in", 76.2, 76.2),
        ("1in + 3", 28.4, 101.6),
        ("10 cm / 4", 25, 25),
    ],
)
def test_units(text: str, in_mm: float, in_inches: float) -> None:
    assert evaluate_length(text, 1) == pytest.approx(in_mm, abs=1e-6)
    assert evaluate_length(text, 25.4) == pytest.approx(in_inches, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "in_mm", "in_inches"),
    [
        ("4-1/4", 3.75, 107.95),
        ("4 - 1/4", 3.75, 95.25),
        ('4-1/4"', 107.95, 107.95),
        ("4-1/4 mm", 3.75, 101.35),
        ("10-4-1/4", 5.75, 5.75 * 25.4),
        ("6/4-1/2", 1, 25.4),
        ("4-1/2*3", 2.5, 63.5),
        ("4-5/4", 2.75, 2.75 * 25.4),
        ("2 1/2", 2.5, 63.5),
        ("-2 1/2 + 5", 2.5, 63.5),
        ("(4 1/2+1)*2", 11, 11 * 25.4),
        ("2/¼", 8, 8 * 25.4),
        ("2½*2", 5, 127),
        ("12 1\N{FRACTION SLASH}4 cm", 122.5, 122.5),
        ("2''", 50.8, 50.8),
        ("5 Zoll", 127, 127),
        ("\N{RIGHT-TO-LEFT MARK}1\N{ZERO WIDTH SPACE}0\N{SOFT HYPHEN}", 10, 254),
    ],
)
def test_fractions_and_marks(text: str, in_mm: float, in_inches: float) -> None:
    assert evaluate_length(text, 1) == pytest.approx(in_mm, abs=1e-6)
    assert evaluate_length(text, 25.4) == pytest.approx(in_inches, abs=1e-6)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "()", "mm", "5 mm mm", "5 feet", "12 apples", "1 2", "1.2.3", "1,2,3", "5(3)", "(5)(3)"),
        *("4 5/4", "3.5 1/4", "1 2/3/4", "4¼½"),
        *("2**3", "7//2", "7%2", "*5", "5+", "((1)", "1e5", "0x10", "1_000", "5;6", "5#6", "a", "lambda: 1"),
        *(
            "__import__('os')",
            "[1]",
            "'1'",
            "1 if 1 else 2",
            "nan",
            "inf",
            "\N{SUPERSCRIPT TWO}",
            "\x00",
            "5\\",
        ),
        *("9" * (MAX_CHARACTERS + 1), "(" * MAX_CHARACTERS, "-" * MAX_CHARACTERS),
    ],
)
def test_what_is_no_sum_is_refused_in_words(text: str) -> None:
    with pytest.raises(InvalidInputError, match="neither a number nor a calculation") as caught:
        evaluate_length(text, 1)
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["1/0", "5/(2-2)", "0/0", "1/-0"])
def test_division_by_zero_is_named(text: str) -> None:
    with pytest.raises(InvalidInputError, match="divides by zero"):
        evaluate_length(text, 1)


def test_too_large_is_named() -> None:
    with pytest.raises(InvalidInputError, match="has too large a result"):
        evaluate_length("9" * MAX_CHARACTERS, 1e300)
    assert evaluate_length("9" * MAX_CHARACTERS, 1) == pytest.approx(1e100)


HOSTILE = st.one_of(
    st.text(), st.text("0123456789.,+-*/() minch\"'eE_[]{}:;\\\n\x00", max_size=MAX_CHARACTERS)
)


@given(HOSTILE, st.sampled_from([1.0, 25.4]))
def test_any_text_gives_a_number_or_a_sentence(text: str, unit_mm: float) -> None:
    try:
        result = evaluate_length(text, unit_mm)
    except InvalidInputError as error:
        sentence: str | None = error.sentence
    else:
        sentence = None
        assert math.isfinite(result)
    assert sentence is None or (sentence.endswith(".") and len(sentence) < 100)


def test_blanks_around_a_sum_count_only_up_to_a_limit() -> None:
    blanks = " " * (MAX_CHARACTERS - 1)
    assert evaluate_length(blanks + "7" + blanks + " ", 1) == 7
    with pytest.raises(InvalidInputError):
        evaluate_length(blanks + "7" + blanks + "  ", 1)
