"""Texts from outside, made fit to be shown."""

from __future__ import annotations

import logging

import pytest

from packdesk.domain.text import LINE_LENGTH, NAMES_SHOWN, PlainFormatter, cut, cut_names, printable

HOSTILE = "a\x1b[2J\x9bb\n\u202ec\u2028d\x7f\u200be\ud800"


def test_nothing_that_steers_is_left() -> None:
    assert printable(HOSTILE) == "a [2J b c d e\ufffd"


@pytest.mark.parametrize("text", ["Grüße", "日本", "\N{NO-BREAK SPACE}", "👩\u200d🎨", "می\u200cکن", "–“”"])
def test_what_people_write_stays(text: str) -> None:
    assert printable(text) == text


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abcde…"
    assert cut("x" * 1_000_000, 6) == "xxxxx…"


def test_of_many_names_some_are_told() -> None:
    names = [f"n{number}" for number in range(1_000_000)]
    told = cut_names(names, "and {0} more", str.upper)
    assert told.startswith("N0, N1, ")
    assert told.endswith(f"and {1_000_000 - NAMES_SHOWN} more")
    assert cut_names(["a", "b"], "and {0} more") == "a, b"
    assert len(cut_names(["x" * 1_000_000], "")) < 100


def test_a_log_line_is_one_line() -> None:
    formatter = PlainFormatter("%(levelname)s: %(message)s")
    record = logging.LogRecord(
        "x", logging.INFO, "", 0, "hello %s", ("\x1b[1m\nERROR: fake" + "y" * 10_000,), None
    )
    line = formatter.format(record)
    assert line.startswith("INFO: hello  [1m ERROR: fake")
    assert len(line) <= 2000


def test_eight_names_are_shown_and_forty_letters_of_each() -> None:
    assert cut_names(list("abcdefgh"), "and {0} more") == "a, b, c, d, e, f, g, h"
    assert cut_names(list("abcdefghi"), "and {0} more") == "a, b, c, d, e, f, g, h and 1 more"
    assert cut_names(["x" * 40], "") == "x" * 40
    assert cut_names(["x" * 41], "") == "x" * 39 + "…"


def test_of_a_long_traceback_the_start_and_the_end_are_kept() -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 0, "it failed", (), None)
    record.exc_text = "\n".join(f"line {number}" for number in range(300))
    lines = PlainFormatter("%(message)s").format(record).split("\n")
    assert lines[0] == "it failed"
    assert lines[1:] == [f"line {number}" for number in range(100, 300)]
    record.exc_text = "y" * 3000
    assert len(PlainFormatter("%(message)s").format(record).split("\n")[1]) == LINE_LENGTH == 2000
