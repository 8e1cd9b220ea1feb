"""What is said of a supplier's dieline and of differences from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.curves import Segment
from packdesk.domain.dieline.values import LineType
from packdesk.domain.differing import FAR_MM, TOLERANCE_MM
from packdesk.domain.lacking import Lacking
from packdesk.domain.supplied import Corner, box_around
from packdesk.domain.text import cut
from packdesk.ui.translation import translate
from packdesk.ui.units import length_text, sides_text

if TYPE_CHECKING:
    from packdesk.domain.differing import Comparison, Difference
    from packdesk.ui.units import Unit

_NAME_LENGTH = 24


def corner_words(corner: Corner) -> str:
    """A corner, for people."""
    return {
        Corner.UPPER_LEFT: translate("supplied", "upper left"),
        Corner.UPPER_RIGHT: translate("supplied", "upper right"),
        Corner.LOWER_LEFT: translate("supplied", "lower left"),
        Corner.LOWER_RIGHT: translate("supplied", "lower right"),
    }[corner]


def about_words(found: Comparison, unit: Unit) -> str:
    """Its kind, unit, size and lines."""
    theirs = found.overlay.dieline
    left, top, right, bottom = box_around(found.die)
    drawn = translate("supplied", "{0} in {1}").format(theirs.kind, _unit_words(theirs.unit))
    if not theirs.unit:
        drawn = translate("supplied", "{0} without a unit, taken as {1}").format(theirs.kind, theirs.taken_as)
    lines = translate("supplied", "{0} of {1} lines are compared").format(len(found.die), len(theirs.lines))
    return " · ".join((drawn, sides_text((right - left, bottom - top), unit), lines))


def _unit_words(unit: str) -> str:
    return {"pt": translate("supplied", "points"), "px": translate("supplied", "pixels (1/96 in)")}.get(
        unit, unit
    )


def result_words(found: Comparison, unit: Unit) -> str:
    """How many of our lines differ, and how many of theirs ours lacks."""
    words = _differing_words(found, unit)
    if not found.lacking:
        return words
    more = translate("supplied", "{0} only in theirs").format(len(found.lacking))
    return f"{words} · {more}"


def _differing_words(found: Comparison, unit: Unit) -> str:
    count, most = len(found.differences), length_text(TOLERANCE_MM, unit)
    if not count:
        return translate("supplied", "No line differs by more than {0}").format(most)
    if count == 1:
        return translate("supplied", "1 line differs by more than {0}").format(most)
    return translate("supplied", "{0} lines differ by more than {1}").format(count, most)


def off_words(one: Difference | Lacking, unit: Unit) -> str:
    """How far a line is off."""
    if isinstance(one, Lacking):
        return translate("supplied", "not in ours")
    if one.off is None:
        return translate("supplied", "none within {0}").format(length_text(FAR_MM, unit))
    return length_text(one.off, unit)


def title_words(one: Difference | Lacking) -> str:
    """What a line is: of ours its kind, of theirs its layer."""
    if isinstance(one, Lacking):
        theirs = translate("supplied", "Theirs")
        return f"{theirs}: {cut(one.name, _NAME_LENGTH)}" if one.name else theirs
    return _kind_words(one.kind)


def _kind_words(kind: LineType) -> str:
    return {
        LineType.CUT: translate("supplied", "Cut"),
        LineType.CREASE: translate("supplied", "Crease"),
        LineType.PERFORATION: translate("supplied", "Perforation"),
    }[kind]


def place_words(one: Difference | Lacking, unit: Unit) -> str:
    """Where a line is, from the upper left corner of the blank."""
    left, top, right, bottom = one.box
    if not _is_straight(one):
        words = translate("supplied", "curve at {0} from the left, {1} from the top")
        return words.format(length_text(left, unit), length_text(top, unit))
    if left == right:
        words = translate("supplied", "upright, {0} long, {1} from the left")
        return words.format(length_text(bottom - top, unit), length_text(left, unit))
    if top == bottom:
        words = translate("supplied", "level, {0} long, {1} from the top")
        return words.format(length_text(right - left, unit), length_text(top, unit))
    words = translate("supplied", "slanted, at {0} from the left, {1} from the top")
    return words.format(length_text(left, unit), length_text(top, unit))


def _is_straight(one: Difference | Lacking) -> bool:
    if not isinstance(one, Lacking):
        return isinstance(one.curve, Segment)
    left, top, right, bottom = one.box
    return left == right or top == bottom
