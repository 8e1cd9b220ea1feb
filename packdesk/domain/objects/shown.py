"""Objects of panels as files show them: artwork beneath, what is drawn over it, pictures among it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.objects.drawn import DrawnObject
    from packdesk.domain.objects.live import LiveFont, LiveSpan

MARKUP_PREFIX = "packdesk-logo-"
"""Whoever places a drawing puts a name of its own there, so that no two drawings share an id."""


@dataclass(frozen=True)
class ShownObjects:
    """What one panel shows, taken apart.

    Attributes:
        panel: width and height of the panel it is laid out for, in millimetres.
        beneath: the artwork alone, checked PNG of the panel's shape.
        objects: what lies over it, from the bottom to the top.
        pictures: checked PNG by SHA-256, of the pictures among the objects.
        pages: those of them that were drawn: PDF documents of one page, by the picture's SHA-256.
        markups: likewise as elements of SVG, 1 wide and 1 high; every id in them begins with `MARKUP_PREFIX`.
        live: texts that are text in a file, with their typefaces, by the object's ID; others are outlines.
        fonts: the typefaces, by the names `live` has for them.
    """

    panel: tuple[float, float]
    beneath: bytes = field(repr=False)
    objects: tuple[DrawnObject, ...] = field(repr=False)
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    pages: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    markups: Mapping[str, str] = field(default_factory=dict, repr=False)
    live: Mapping[str, tuple[LiveSpan, ...]] = field(default_factory=dict, repr=False)
    fonts: Mapping[str, LiveFont] = field(default_factory=dict, repr=False)
