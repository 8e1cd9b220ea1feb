"""What pydantic finds wrong with a value, in words for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_BY_KIND = {
    Sentence("it must be a whole number"): ("int_parsing", "int_type", "int_from_float"),
    Sentence("it must be a number"): ("float_parsing", "float_type", "finite_number"),
    Sentence("it must be 1 or 0"): ("bool_parsing", "bool_type"),
    Sentence("it must be a folder"): ("path_type", "path_not_directory"),
    Sentence("it must be said"): ("missing",),
    Sentence("it is not known here"): ("extra_forbidden",),
    Sentence("it must be a table"): ("dict_type", "model_type"),
}
_WORDS = {kind: words for words, kinds in _BY_KIND.items() for kind in kinds}


def problem_words(problem: ErrorDetails) -> str:
    """Why a value cannot be used, such as `it must be at least 2`."""
    kind, limits = problem["type"], problem.get("ctx", {})
    for sign, words in (
        ("ge", Sentence("it must be at least {least}", least=limits.get("ge"))),
        ("gt", Sentence("it must be more than {least}", least=limits.get("gt"))),
        ("le", Sentence("it must be at most {most}", most=limits.get("le"))),
        ("lt", Sentence("it must be less than {most}", most=limits.get("lt"))),
    ):
        if sign in limits:
            return words
    if choices := _choices(problem):
        return Sentence("it must be one of {choices}", choices=choices)
    return _WORDS.get(kind) or problem["msg"].removeprefix("Value error, ").removeprefix("Input should be ")


def _choices(problem: ErrorDetails) -> str:
    """What may be chosen, where pydantic or typer lists it."""
    listed = str(problem.get("ctx", {}).get("expected", ""))
    if not listed and " is not one of " in problem["msg"]:
        listed = problem["msg"].partition(" is not one of ")[2]
    named = (words or number for words, number in re.findall(r"'([^']*)'|(-?\d+)", listed))
    return ", ".join(filter(None, named))  # what has no name cannot be typed
