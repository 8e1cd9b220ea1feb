"""A sentence that remembers what it was made of, so that it can be said in another language.

It is an ordinary `str`, in English: terminals, logs and stored designs take it as it is. A window translates
its template and puts the values in again (`ui/spoken.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


PART = "part"
"""How the names of joined sentences begin."""


class Sentence(str):
    """English text made of a template and values; neither ever changes.

    Args:
        template: the English text with `{name}` or `{name:format}` for each value. Named `panel`,
            `panels`, `package` or `side` they are ids, which a window shows by their names.
        values: by those names: texts, numbers, or sentences.
    """

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Self:
        """Fill the template in."""
        made = super().__new__(cls, template.format(**values))
        made.template, made.values = template, values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Processes that paint send their errors on."""
        return _restored, (self.template, dict(self.values))


def joined(*parts: str) -> str:
    """Sentences one after the other, those that are not empty; each remembers what it was made of."""
    told = [part for part in parts if part]
    if len(told) < 2:
        return told[0] if told else ""
    values = {f"{PART}{number}": part for number, part in enumerate(told)}
    return Sentence(" ".join(f"{{{name}}}" for name in values), **values)


def _restored(template: str, values: dict[str, Any]) -> Sentence:
    return Sentence(template, **values)
