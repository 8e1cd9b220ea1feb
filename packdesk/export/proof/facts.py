"""What a proof sheet tells beside its pictures: headed lists of what is known of a package."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.area_finish import AreaKind
from packdesk.domain.dieline.drawn import TAB, flaps_of, held_by, notches
from packdesk.domain.dieline.nicks import nick_count
from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.dieline.structures import has_tucks
from packdesk.domain.dieline.values import Lock
from packdesk.domain.look import Finish
from packdesk.domain.panels import panel_sizes
from packdesk.domain.preflight import Level
from packdesk.domain.units import dpi_of
from packdesk.errors import InvalidInputError
from packdesk.export.flat.area_plates import AREA_STYLES
from packdesk.export.flat.drawing import LABELS, ORDER
from packdesk.export.flat.styles import SPOT_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from packdesk.domain.area_finish import AreaFinish
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.dimensions import Dimensions
    from packdesk.domain.preflight import Finding, PictureFacts
    from packdesk.export.press.options import PressOptions
    from packdesk.export.proof.words import Words

_NAMES = {
    "glue": "Glue flap",
    "tuck": "Tuck flap",
    "dust": "Dust flap",
    "seal": "Seal flap",
    "hang": "Hang tab",
    "catch": "Snap-lock catch",
    "snap": "Snap-lock side",
    "tongue": "Snap-lock tongue",
    "lock": "Auto-lock wide flap",
    "hook": "Auto-lock hooked flap",
    "arm": "Auto-lock glued arm",
    "corner": "Auto-lock corner",
    "insert": "Corner flap",
    "roll": "Rolled edge",
    "inner": "Inner wall",
    "latch": "Latch",
    "side": "Wall of the tray",
    TAB: "Tab",
    "overlap": "Overlap",
}

_LOCKS = {Lock.NONE: "not locked", Lock.FRICTION: "friction lock", Lock.SLIT: "slit lock"}


class Row(NamedTuple):
    """A line: what, and how much; `grave` for what has to be mended, `area` for what has a colour."""

    label: str
    value: str
    grave: bool = False
    area: AreaKind | None = None


class Section(NamedTuple):
    """Rows under a heading."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Known:
    """What is known of a design.

    Attributes:
        dieline: its blank.
        pictures: of the panels that carry artwork.
        codes: kind and content of those in each panel's picture; None where none were looked for.
        findings: of preflight.
        finish: of the surface.
        say: puts a sentence of preflight into the sheet's language.
        areas: finishes on parts of panels.
        inside: panels with artwork on their inside.
        press: what it is printed on; None where no profile was chosen.
        spots: the panels each ink of its own is on, by its name.
    """

    dieline: Dieline
    pictures: Mapping[str, PictureFacts] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] | None = None
    findings: tuple[Finding, ...] = ()
    finish: Finish = Finish.MATTE
    say: Callable[[str], str] = str
    areas: tuple[AreaFinish, ...] = ()
    inside: tuple[str, ...] = ()
    press: PressOptions | None = None
    spots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def sections(known: Known, words: Words) -> list[Section]:
    """All lists, from the top."""
    told = (
        ("Package", _package(known, words)),
        ("Board", _board(known, words)),
        ("Measures as drawn", _measures(known, words)),
        ("Pictures", _pictures(known, words)),
        ("Codes", _codes(known, words)),
        ("Inks and plates", _inks(known, words)),
        ("Preflight", _findings(known, words)),
    )
    return [Section(words(heading), tuple(rows)) for heading, rows in told]


def _package(known: Known, words: Words) -> Iterator[Row]:
    dieline = known.dieline
    yield Row(words("Style"), f"{words.name(dieline.package_type)}, {words(_style(dieline))}")
    for label, size in _sizes(dieline).items():
        sides = size.as_tuple() if dieline.package_type == "box" else size.as_tuple()[:2]
        yield Row(words(label), words.lengths(*sides))
    yield from _held(dieline, words)
    yield Row(words("Finish"), words(known.finish.value))


def _held(dieline: Dieline, words: Words) -> Iterator[Row]:
    """What of the die no depth tells: how tuck flaps are held, notches, gaps of the knife."""
    if dieline.package_type == "box" and has_tucks(dieline.options.style):
        yield Row(words("Lock"), words(_LOCKS[held_by(dieline)]))
    if count := notches(dieline):
        yield Row(words("Thumb notch"), f"{count}")
    if count := nick_count(dieline):
        yield Row(words("Nicks"), f"{count} × {words.lengths(dieline.options.nick_width)}")


def _sizes(dieline: Dieline) -> dict[str, Dimensions]:
    """The size it is laid out with first, whichever was set."""
    meant = "Crease to crease" if dieline.package_type == "box" else "To the middle of the wall"
    try:
        named = sizes_of(dieline.package_type, dieline.dimensions, dieline.options)
    except InvalidInputError:  # preflight says why
        return {meant: dieline.manufacturing}
    return {meant: named.manufacturing, "Inside": named.inside, "Outside": named.outside}


def _style(dieline: Dieline) -> str:
    return dieline.options.style.value.replace("-", " ")


def _board(known: Known, words: Words) -> Iterator[Row]:
    options = known.dieline.options
    name = words("nominal, no allowances") if options.board is None else options.board.name
    yield Row(words("Made for"), name)
    yield Row(words("Thickness"), words.lengths(options.caliper))
    yield Row(words("Bleed"), words.lengths(options.bleed))
    yield Row(words("Safe area"), words.lengths(options.safe))


def _measures(known: Known, words: Words) -> Iterator[Row]:
    dieline = known.dieline
    yield Row(words("Blank"), words.lengths(dieline.width, dieline.height))
    for panel in dieline.panels:
        yield Row(words(panel.panel_id).capitalize(), words.lengths(panel.width, panel.height))
    depths = Counter((flap.kind, round(flap.depth, 2)) for flap in flaps_of(dieline))
    for (kind, depth), count in sorted(depths.items()):
        times = f"{count} × " if count > 1 else ""
        yield Row(words(_NAMES.get(kind, "Flap")), f"{times}{words.lengths(depth)}")


def _pictures(known: Known, words: Words) -> Iterator[Row]:
    sizes = panel_sizes(known.dieline.package_type, known.dieline.dimensions)
    for panel_id, size in sizes.items():
        facts, name = known.pictures.get(panel_id), words(panel_id).capitalize()
        if not known.dieline.has(panel_id):
            yield Row(name, words("not on this blank"))
        elif facts is None:
            yield Row(name, words("no artwork"))
        elif facts.problem or not facts.width:
            yield Row(name, words("cannot be had"), grave=True)
        else:
            fine = dpi_of(facts.width, facts.height, size)
            yield Row(name, f"{facts.width} × {facts.height} px, {fine:.0f} dpi")
    if known.inside:
        yield Row(words("Inside"), ", ".join(map(words, known.inside)))


def _codes(known: Known, words: Words) -> Iterator[Row]:
    if known.codes is None:
        yield Row("", words("not read: install packdesk[codes]"))
        return
    printed = filter(known.dieline.has, known.codes)
    found = [(panel_id, code) for panel_id in printed for code in known.codes[panel_id]]
    for panel_id, code in found:
        yield Row(words(panel_id).capitalize(), code)
    if not found:
        yield Row("", words("none found"))


def _inks(known: Known, words: Words) -> Iterator[Row]:
    yield Row(words("Artwork"), _colours(known.press, words))
    for spot, inked in known.spots.items():
        yield Row(words("Spot ink"), f"{spot}: {', '.join(map(words, inked))}")
    there = {line.kind for line in known.dieline.lines}
    for kind in reversed(ORDER):
        if kind in there or (known.dieline.measures and kind.value == "dimension"):
            yield Row(words(LABELS[kind]), SPOT_NAMES[kind])
    for area in AreaKind:
        own = [one.panel_id for one in known.areas if one.kind is area]
        if panels := [words(one) for one in own if one in known.pictures and known.dieline.has(one)]:
            plate = f"{AREA_STYLES[area].spot}: {', '.join(panels)}"
            yield Row(words(area.value.capitalize()), plate, area=area)


def _colours(press: PressOptions | None, words: Words) -> str:
    if press is None:
        return words("RGB, converted by the printer")
    if press.separated:
        return words("For {0}, at most {1} % of ink", press.profile.name, f"{press.ink_limit:g}")
    return words("RGB, for {0}", press.profile.name)


def _findings(known: Known, words: Words) -> Iterator[Row]:
    told = [one for one in known.findings if one.level is not Level.NOTE]
    for finding in told:
        grave = finding.level is Level.ERROR
        yield Row(words(finding.level.value).capitalize(), known.say(finding.sentence), grave)
    if not told:
        yield Row("", words("nothing to mend"))
