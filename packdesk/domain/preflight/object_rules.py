"""What is looked at on objects: whether they are cut off, small or faint, and whether codes are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packdesk.domain.objects.gestures import box_of
from packdesk.domain.objects.lettering import lettering_key
from packdesk.domain.objects.numbers import waits_for_number
from packdesk.domain.objects.reach import covers, reach_of
from packdesk.domain.objects.running import runs
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.objects.values import Barcode, Shape, Text
from packdesk.domain.preflight.findings import Finding, Level
from packdesk.domain.ranges.filling import unfilled_fields
from packdesk.domain.text import cut, printable
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.objects.lettering import Lettering
    from packdesk.domain.objects.values import PanelObject
    from packdesk.domain.preflight.findings import Spot

STAYS_OUTLINES = "stays-outlines"
LEAST_POINTS = 5.0
"""Smaller lettering fills in, or is not read."""
LEAST_LINE_MM = 0.1
LEAST_CONTRAST = 3.0
"""Of lettering on what is behind it, as WCAG 2.2 counts it (1.4.3, large text)."""
LEAST_ITF_PERCENT = 100.0
"""An ITF-14 on corrugated board is read from 0.495 mm on (GS1 General Specifications, 5.12)."""
LEAST_RED_CONTRAST = 0.4
"""Of a code in red light, between bars and ground: grade C of ISO/IEC 15416, table 2, which tills ask for."""
MOST_BARS = 0.5
"""Share of the ground's light that bars may give back (ISO/IEC 15416, minimum reflectance)."""
_OFF_MM = 0.05
_NAME = 30


@dataclass(frozen=True)
class ObjectFacts:
    """What is known of the objects of a panel.

    Attributes:
        kept: they.
        unread: IDs of codes a reader did not find on the flattened panel; None where there is no reader.
        contrast: of lettering on what is behind it, by ID.
        red: how much red light the bars of a code and the ground around them give back, 0 to 1, by ID.
        outlined: why texts stay outlines where live text is asked for, by ID; empty where it is not.
        artwork_dpi: of the artwork beneath them, in pixels per inch of the panel; None where there is none,
            or it is not known.
        unreadable: why it is not known what they are, with what that means; the panel is a picture then.
    """

    kept: KeptObjects
    unread: frozenset[str] | None = None
    contrast: Mapping[str, float] = field(default_factory=dict)
    red: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    outlined: Mapping[str, Sentence] = field(default_factory=dict)
    unreadable: tuple[str, str] | None = None
    artwork_dpi: float | None = None


def object_findings(panels: Mapping[str, ObjectFacts], safe: float) -> Iterator[Finding]:
    """What is to be mended on objects.

    Args:
        panels: what is known, by panel.
        safe: how far from edges and creases lettering stays.
    """
    for panel_id, facts in panels.items():
        if facts.unreadable is not None:
            yield Finding(Level.WARNING, "objects-unreadable", *facts.unreadable, panel_id)
        for one in facts.kept.recipe.objects:
            if not (one.hidden or one.of):  # of what runs on is told on its own panel
                place = _spot(one, facts.kept)
                for level, rule, sentence, remedy in _on(one, facts, safe):
                    yield Finding(level, rule, sentence, remedy, panel_id, place=place)


_Found = tuple[Level, str, Sentence, str]


def _on(one: PanelObject, facts: ObjectFacts, safe: float) -> Iterator[_Found]:
    if isinstance(one, Text) and not one.words.strip():
        sentence = Sentence("The text “{text}” has no words.", text=_called(one))
        yield Level.NOTE, "empty-text", sentence, Sentence("Type some, or take it off.")
        return
    yield from _place(one, facts.kept, safe)
    if isinstance(one, Text):
        yield from _text(one, facts)
    elif isinstance(one, Barcode):
        yield from _code(one, facts)
    elif isinstance(one, Shape) and (one.border or one.form == "line") and 0 < one.thickness < LEAST_LINE_MM:
        sentence = Sentence("A line of {width:g} mm is too thin to print.", width=one.thickness)
        yield Level.WARNING, "hairline", sentence, Sentence("Make it at least 0.1 mm.")


def _spot(one: PanelObject, kept: KeptObjects) -> Spot:
    size, (left, top, right, bottom) = kept.recipe.panel, reach_of(one, kept)
    return left / size[0], top / size[1], right / size[0], bottom / size[1]


def _inside(one: PanelObject, kept: KeptObjects) -> float:
    """How far what an object draws is within its panel; less than nought beyond its edge."""
    size, (left, top, right, bottom) = kept.recipe.panel, reach_of(one, kept)
    across = [left, size[0] - right]
    if runs(one):  # its box says onto which walls; letters beyond the edge without it are cut off
        box = box_of(one)
        ends = zip(across, (box[0], size[0] - box[2]), strict=True)
        across = [gap for gap, of_box in ends if gap < -_OFF_MM and of_box >= 0]
    return min(*across, top, size[1] - bottom)


def _place(one: PanelObject, kept: KeptObjects, safe: float) -> Iterator[_Found]:
    if isinstance(one, Shape) or (inside := _inside(one, kept)) >= safe - _OFF_MM:
        return
    name = _called(one)
    if inside < -_OFF_MM:
        sentence = Sentence("“{text}” reaches over the edge of its panel, and is cut off there.", text=name)
        yield Level.ERROR, "object-cut-off", sentence, Sentence("Move it, or make it smaller.")
    else:
        sentence = Sentence(
            "“{text}” is {distance:.1f} mm from an edge or a crease.", text=name, distance=inside
        )
        remedy = Sentence("Move it {safe:g} mm away.", safe=safe)
        yield Level.WARNING, "object-unsafe", sentence, remedy


def _text(one: Text, facts: ObjectFacts) -> Iterator[_Found]:
    name, lettering = _called(one), facts.kept.lettering.get(lettering_key(one))
    if one.size < LEAST_POINTS:
        sentence = Sentence("“{text}” is only {size:g} pt high.", text=name, size=one.size)
        yield Level.WARNING, "small-lettering", sentence, Sentence("Use at least 5 pt.")
    yield from _unfilled(one)
    if lettering is not None:
        yield from _setting(one, lettering)
    if one.id in facts.outlined:
        remedy = Sentence("It is printed the same; only its words cannot be searched or copied.")
        yield Level.NOTE, STAYS_OUTLINES, facts.outlined[one.id], remedy
    if facts.contrast.get(one.id, LEAST_CONTRAST) < LEAST_CONTRAST:
        sentence = Sentence("“{text}” hardly differs from what is behind it.", text=name)
        yield (
            Level.WARNING,
            "faint-lettering",
            sentence,
            Sentence("Use another colour, or lay a plate below it."),
        )


def _unfilled(one: Text | Barcode) -> Iterator[_Found]:
    if not (named := unfilled_fields(one)):
        return
    sentence = Sentence(
        "“{text}” has {fields} in it, which only a range fills in.",
        text=_called(one),
        fields=", ".join(f"{{{field}}}" for field in dict.fromkeys(named)),
    )
    remedy = Sentence("Type what stands there, or make a range of a table.")
    yield Level.WARNING, "unfilled-field", sentence, remedy


def _setting(one: Text, lettering: Lettering) -> Iterator[_Found]:
    """What could not be set as it was said."""
    name = _called(one)
    if lettering.left_out:
        sentence = Sentence(
            "“{text}” has letters no typeface here can draw: {letters}.",
            text=name,
            letters=lettering.left_out,
        )
        yield Level.ERROR, "letters-left-out", sentence, Sentence("Take them out, or use another typeface.")
    if lettering.family:
        sentence = Sentence(
            "“{text}” is set in {there}, as {wanted} is not on this computer.",
            text=name,
            there=lettering.family,
            wanted=one.family,
        )
        yield (
            Level.WARNING,
            "typeface-substituted",
            sentence,
            Sentence("Install it and set the text again, or choose another."),
        )
    if lettering.height > one.height + _OFF_MM:
        sentence = Sentence("“{text}” is higher than its box.", text=name)
        yield (
            Level.NOTE,
            "lettering-overflows",
            sentence,
            Sentence("Make the box higher, so that nothing is put below."),
        )


def _code(one: Barcode, facts: ObjectFacts) -> Iterator[_Found]:
    name = _called(one)
    if waits_for_number(one.symbology, one.value):
        sentence = Sentence("The code “{text}” has no number yet: no scanner reads its bars.", text=name)
        remedy = Sentence("Type its number, or make a range of a table.")
        yield Level.ERROR, "example-code", sentence, remedy
    else:
        yield from _unfilled(one)
    if one.symbology is Symbology.ITF14 and one.magnification < LEAST_ITF_PERCENT:
        sentence = Sentence("The code “{text}” is smaller than warehouses read.", text=name)
        yield Level.WARNING, "small-code", sentence, Sentence("Use a magnification of at least 100 %.")
    above = facts.kept.recipe.objects[facts.kept.recipe.ids.index(one.id) + 1 :]
    if any(covers(other, facts.kept, box_of(one)) for other in above if not other.hidden):
        sentence = Sentence("Something lies over the code “{text}” or the white around it.", text=name)
        yield Level.ERROR, "quiet-zone", sentence, Sentence("Move it away.")
    if one.id in facts.red:
        yield from _in_red_light(name, *facts.red[one.id])
    if facts.unread is not None and one.id in facts.unread:
        sentence = Sentence("The code “{text}” cannot be read on its panel.", text=name)
        yield (
            Level.ERROR,
            "unread-code",
            sentence,
            Sentence("Make it larger or darker, and keep the white around it free."),
        )


def _in_red_light(name: str, bars: float, ground: float) -> Iterator[_Found]:
    """What scanners with red light (about 660 nm) make of a code's colours."""
    if bars > ground:
        sentence = Sentence("The bars of the code “{text}” are lighter than their ground.", text=name)
        remedy = Sentence("Print dark bars on a light ground: most scanners read no others.")
        yield Level.WARNING, "light-bars", sentence, remedy
    elif ground - bars < LEAST_RED_CONTRAST or bars > MOST_BARS * ground:
        sentence = Sentence(
            "The bars of the code “{text}” hardly differ from their ground in the red light of scanners.",
            text=name,
        )
        remedy = Sentence("Use black, dark blue or dark green on white: there red and yellow are white.")
        yield Level.WARNING, "red-light", sentence, remedy


def _called(one: PanelObject) -> str:
    told = one.name or getattr(one, "words", "") or getattr(one, "value", "") or one.id
    return cut(" ".join(printable(told).split()), _NAME)
