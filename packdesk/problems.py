"""What pydantic finds wrong with a value, in words for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_PLAIN = (
    ({"float_parsing", "float_type", "finite_number"}, Sentence("it must be a number")),
    ({"int_parsing", "int_type", "int_from_float"}, Sentence("it must be a whole number")),
    (
        {"dict_type", "model_type", "model_attributes_type"},
        Sentence("it must be a table of names and values"),
    ),
    ({"extra_forbidden"}, Sentence("it is not known here")),
    ({"missing"}, Sentence("it is missing")),
    ({"bool_parsing", "bool_type"}, Sentence("it must be 1 or 0")),
    ({"path_type", "path_not_directory"}, Sentence("it must be a folder")),
)


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
    for kinds, words in _PLAIN:
        if kind in kinds:
            return words
    return problem["msg"].removeprefix("Value error, ").removeprefix("Input should be ")


def _choices(problem: ErrorDetails) -> str:
    """What may be chosen, where pydantic or typer lists it."""
    listed = str(problem.get("ctx", {}).get("expected", ""))
    if not listed and " is not one of " in problem["msg"]:
        listed = problem["msg"].partition(" is not one of ")[2]
    return ", ".join(re.findall(r"'([^']*)'", listed)) or listed.replace(" or ", ", ")
