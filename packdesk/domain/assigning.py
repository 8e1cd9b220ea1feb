"""Which of several pictures goes to which panel: by their names, then in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS: dict[str, frozenset[str]] = {
    "front": frozenset({"front", "vorn", "vorne", "vorderseite"}),
    "back": frozenset({"back", "rear", "hinten", "rückseite", "rueckseite"}),
    "left": frozenset({"left", "links"}),
    "right": frozenset({"right", "rechts"}),
    "top": frozenset({"top", "lid", "oben", "deckel"}),
    "bottom": frozenset({"bottom", "base", "unten", "boden"}),
    "body": frozenset({"body", "wrap", "label", "mantel", "rumpf", "banderole"}),
}
"""What people call the panels in names of files."""
_WORD = re.compile(r"[^\W\d_]+")


def assign(names: Sequence[str], panel_ids: Sequence[str], first: str) -> dict[str, int]:
    """The number of a picture for each panel that gets one, at most one each.

    A picture whose name says one panel goes there, the others in order, from the panel `first` on, to panels
    that no name says. A single picture goes to `first`, whatever its name.

    Args:
        names: of the pictures.
        panel_ids: of the package, in order.
        first: where they were dropped.
    """
    if len(names) == 1:
        return {first: 0}
    found: dict[str, int] = {}
    for number, name in enumerate(names):
        said = [panel_id for panel_id in panel_ids if _WORDS[panel_id] & set(_WORD.findall(name.lower()))]
        if len(said) == 1:
            found.setdefault(said[0], number)
    start = panel_ids.index(first)
    free = [panel_id for panel_id in [*panel_ids[start:], *panel_ids[:start]] if panel_id not in found]
    others = [number for number in range(len(names)) if number not in found.values()]
    return found | dict(zip(free, others, strict=False))
