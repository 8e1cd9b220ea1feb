"""How far a quotation reaches."""
# ruff: noqa: RUF001  (marks as people type them)

from __future__ import annotations

import pytest

from packdesk.domain.quotes import MOST_LETTERS, MOST_LETTERS_SINGLE, quotations


@pytest.mark.parametrize(
    ("first", "last", "most"),
    [("“", "”", MOST_LETTERS), ('"', '"', MOST_LETTERS), ("‘", "’", MOST_LETTERS_SINGLE)],
)
def test_a_quotation_has_so_many_letters_at_most(first: str, last: str, most: int) -> None:
    for length, found in ((1, 1), (most, 1), (most + 1, 0)):
        text = f"with {first}{'x' * length}{last} on it"
        assert [len(one.text) for one in quotations(text)] == [length] * found
        for one in quotations(text):
            assert (text[one.start], text[one.end - 1]) == (first, last)


@pytest.mark.parametrize(
    "text", ["“”", '""', "“never closed", "“over\nlines”", "no marks", "don't and won't"]
)
def test_what_is_no_quotation(text: str) -> None:
    assert quotations(text) == []


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“one” and „two“ and «three»", ["one", "two", "three"]),
        ("“outer ‘inner’ end”", ["outer ‘inner’ end"]),
        ('“mixed" “next”', ["mixed", "next"]),
        ("‘single’, ‚zwei‘", ["single", "zwei"]),
        ("„Sol“x and more", ["Sol"]),
        ("„Sol “, and more", ["Sol "]),
    ],
)
def test_those_of_a_text_in_their_order(text: str, inner: list[str]) -> None:
    assert [one.text for one in quotations(text)] == inner
