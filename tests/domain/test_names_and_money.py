"""Names of designs, months, and amounts."""

from __future__ import annotations

import pytest

from packdesk.domain.design_name import LONGEST, design_name, free_name
from packdesk.domain.spending import MonthReport, check_month, dollars
from packdesk.errors import InvalidInputError


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Yuzu \n tea ", "Yuzu tea"),
        ("a/b\\..", "a/b\\.."),
        ("🍊", "🍊"),
        ("x" * LONGEST, "x" * 80),
        (" " * 300 + "x", "x"),
    ],
)
def test_a_name_is_one_line(text: str, name: str) -> None:
    assert design_name(text) == name


def test_a_long_name_is_cut() -> None:
    assert len(design_name("x" * 300)) == LONGEST
    assert design_name("x" * 300).startswith("x" * (LONGEST - 1))


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b", " " * 400 + "x"])
def test_what_nobody_sees_is_no_name(text: str) -> None:
    with pytest.raises(InvalidInputError):
        design_name(text)


def test_a_name_that_is_taken_gets_the_next_number() -> None:
    assert free_name("Tea", ["Soap"]) == "Tea"
    assert free_name("Tea", ["tea"]) == "Tea 2"
    assert free_name("Tea", ["TEA", "Tea 2", "tea 3"]) == "Tea 4"
    assert free_name("STRASSE", ["Straße"]) == "STRASSE 2"


@pytest.mark.parametrize("month", ["2026-01", "2026-12", " 2026-10 "])
def test_a_month(month: str) -> None:
    assert check_month(month) == month.strip()


@pytest.mark.parametrize("month", ["2026-00", "2026-13", "2026-1", "26-01", "2026-011", "٢٠٢٦-01", ""])
def test_no_month(month: str) -> None:
    with pytest.raises(InvalidInputError):
        check_month(month)


@pytest.mark.parametrize(
    ("usd", "text"),
    [
        (0, "0.00"),
        (0.0004, "0.000"),
        (0.039, "0.039"),
        (0.0949, "0.095"),
        (0.095, "0.10"),
        (0.1, "0.10"),
        (0.134, "0.13"),
        (1234.5, "1,234.50"),
        (-0.05, "-0.05"),
    ],
)
def test_small_amounts_have_three_places(usd: float, text: str) -> None:
    assert dollars(usd) == text


def test_what_a_limit_leaves() -> None:
    assert MonthReport("2026-11", usd=3).left_usd is None
    assert MonthReport("2026-11", usd=3, limit_usd=10).left_usd == 7
    assert MonthReport("2026-11", usd=30, limit_usd=10).left_usd == 0
