"""Puts a sheet's layers together, page marks and legend among them, and finds the page they need."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from packdesk.domain.curves import Arc, Path
from packdesk.domain.dieline.drawn import flap_depths, held_by, notches
from packdesk.domain.dieline.nicks import knife, nick_count
from packdesk.domain.dieline.plates import Role
from packdesk.domain.dieline.values import LineType, Lock, Sized
from packdesk.export.flat.drawing import LABELS, ORDER, Drawing, Layer, Stroke, Text, polyline, united
from packdesk.export.flat.measure_layer import length_text, measure_layer
from packdesk.export.flat.styles import MARK_STYLE, SPOT_NAMES, TEXT_STYLE, line_style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packdesk.domain.curves import Point2
    from packdesk.domain.dieline.values import Dieline, DielineOptions
    from packdesk.export.flat.sheet import Box, FlatOptions, Sheet

MARGIN_MM = 5.0
LENGTH_MM = 5.0
_GAP, _RADIUS = 2.0, 1.6
_TITLE_MM, _TEXT_MM, _ROW = 4.2, 2.8, 4.6
_SAMPLE, _COLUMN, _COLUMNS = 12.0, 52.0, 3
_TITLE_LETTERS = 60
SCALE_MM = 50.0
"""Length of the bar by which a print is checked with a ruler."""


def draw_sheet(sheet: Sheet, options: FlatOptions) -> Drawing:
    """Everything over the artwork that the options ask for; line types the dieline has not are left out."""
    layers = list(_line_layers(sheet.dieline, options))
    content = united([sheet.bleed, *(layer.box() for layer in layers)])
    page = content
    if options.marks:
        layers.append(mark_layer(sheet.trim, content))
        page = united([content, layers[-1].box()])
    if options.legend:
        layers.append(legend_layer(sheet, layers, (content.left, page.bottom + LENGTH_MM)))
        page = united([page, layers[-1].box()])
    return Drawing(page.grown(MARGIN_MM), tuple(layers))


def _line_layers(dieline: Dieline, options: FlatOptions) -> Iterator[Layer]:
    for kind in ORDER:
        if kind not in options.kinds:
            continue
        style = line_style(options.colours, kind)
        if kind is LineType.DIMENSION:
            if dieline.measures:
                yield measure_layer(dieline.measures, style)
        elif paths := dieline.of_kind(kind):
            drawn = knife(dieline) if kind is LineType.CUT else paths
            strokes = tuple(Stroke(path, style) for path in drawn)
            yield Layer(kind.value, LABELS[kind], strokes, kind=kind)


def mark_layer(trim: Box, content: Box) -> Layer:
    """The marks of a sheet.

    Args:
        trim: what the crop marks point at.
        content: what the marks stay out of; around the trim.
    """
    strokes = (Stroke(path, MARK_STYLE) for path in (*_crop_marks(trim, content), *_targets(trim, content)))
    return Layer("marks", "Page marks", tuple(strokes))


def _crop_marks(trim: Box, content: Box) -> Iterator[Path]:
    for y, step in ((content.top - _GAP, -LENGTH_MM), (content.bottom + _GAP, LENGTH_MM)):
        for x in (trim.left, trim.right):
            yield polyline((x, y), (x, y + step))
    for x, step in ((content.left - _GAP, -LENGTH_MM), (content.right + _GAP, LENGTH_MM)):
        for y in (trim.top, trim.bottom):
            yield polyline((x, y), (x + step, y))


def _targets(trim: Box, content: Box) -> Iterator[Path]:
    away, half = _GAP + LENGTH_MM / 2, LENGTH_MM / 2
    middle_x, middle_y = (trim.left + trim.right) / 2, (trim.top + trim.bottom) / 2
    for x, y in (
        (middle_x, content.top - away),
        (middle_x, content.bottom + away),
        (content.left - away, middle_y),
        (content.right + away, middle_y),
    ):
        yield Path((Arc(x, y, _RADIUS),), closed=True)
        yield polyline((x - half, y), (x + half, y))
        yield polyline((x, y - half), (x, y + half))


def legend_layer(sheet: Sheet, shown: Sequence[Layer], origin: Point2) -> Layer:
    """The legend of a sheet.

    Args:
        sheet: what it speaks of.
        shown: the layers it explains.
        origin: its upper left corner.
    """
    x, y = origin
    words = [Text(_title(sheet), x, y + _TITLE_MM, _TITLE_MM, TEXT_STYLE)]
    y += _TITLE_MM + 1
    for line in _sentences(sheet.dieline, inside=sheet.inside):
        y += _ROW
        words.append(Text(line, x, y, _TEXT_MM, TEXT_STYLE))
    y += _ROW + 2
    bar, bar_text = _scale_bar(x, y)
    samples = list(_samples(shown, x, y + _ROW))
    strokes = (*bar, *(stroke for stroke, _ in samples))
    return Layer("legend", "Legend", strokes, (*words, bar_text, *(text for _, text in samples)))


def _title(sheet: Sheet) -> str:
    title = " ".join(sheet.title.split())
    return title if len(title) <= _TITLE_LETTERS else f"{title[: _TITLE_LETTERS - 1].rstrip()}…"


def _sentences(dieline: Dieline, *, inside: bool) -> Iterator[str]:
    sizes, options = dieline.dimensions, dieline.options
    if dieline.package_type == "cylinder":
        yield f"Cylinder {_joined(sizes.width, sizes.height)} (diameter × height)"
    else:
        style = options.style.value.replace("-", " ")
        yield f"Box {_joined(*sizes.as_tuple())} (width × height × depth), {style} dieline"
    up = "Inside up, turned over left to right" if inside else "Printed side up"
    yield f"{_meant(dieline)}. {up}, scale 1:1, all lengths in mm."
    yield f"{_board(options)}."
    lengths = [f"Blank {_joined(dieline.width, dieline.height)}"]
    glue = "glue flap" if dieline.package_type == "box" else "overlap"
    names = {
        Role.GLUE: glue,
        Role.TUCK: "tuck",
        Role.DUST: "dust flap",
        Role.SEAL: "seal flap",
        Role.TAB: "tabs",
        Role.HANG: "hang tab",
        Role.CATCH: "catch",
        Role.SNAP: "sides of the bottom",
        Role.TONGUE: "tongue",
        Role.ARM: "sides of the bottom",
        Role.CORNER: "glued corners",
        Role.HOOK: "outer lock flap",
        Role.LOCK: "inner lock flap",
        Role.SIDE: "walls of the tray",
        Role.INSERT: "corner flap",
        Role.ROLL: "rolled edge",
        Role.INNER: "inner wall",
    }
    depths = flap_depths(dieline)
    drawn = {names[role]: depths[role] for role in names if role in depths}
    for name, value in {"bleed": options.bleed, "safe area": options.safe, **drawn}.items():
        lengths.append(f"{name} {length_text(value)} mm")
    yield f"{' · '.join((*lengths, *_besides(dieline)))}."


def _besides(dieline: Dieline) -> Iterator[str]:
    """What of the die no depth tells."""
    if (held := held_by(dieline)) is not Lock.NONE:
        yield f"{held.value} lock"
    if count := notches(dieline):
        yield _counted(count, "thumb notch")
    if count := nick_count(dieline):
        yield f"{count} nicks of {length_text(dieline.options.nick_width)} mm"


def _counted(count: int, what: str) -> str:
    return what if count == 1 else f"{count} {what}es"


def _meant(dieline: Dieline) -> str:
    """Which size that is; with a board, the one from crease to crease besides."""
    sized, made = dieline.options.sized, dieline.manufacturing
    if sized is Sized.CREASE:
        return "Manufacturing sizes" + (
            ", measured crease to crease" if dieline.package_type == "box" else ""
        )
    sides = made.as_tuple() if dieline.package_type == "box" else (made.width, made.height)
    return f"{sized.value.capitalize()} sizes; crease to crease {_joined(*sides)}"


def _board(options: DielineOptions) -> str:
    board = options.board
    if board is None:
        return f"Nominal blank, no allowances for board; caliper {length_text(options.caliper)} mm"
    return (
        f"Board {board.name}, caliper {length_text(board.caliper)} mm, inside loss "
        f"{length_text(board.inside_loss)} mm, outside gain {length_text(board.outside_gain)} mm, allowed for"
    )


def _joined(*lengths: float) -> str:
    return f"{' × '.join(length_text(length) for length in lengths)} mm"


def _scale_bar(x: float, y: float) -> tuple[tuple[Stroke, ...], Text]:
    half = 1.0
    paths = (
        polyline((x, y), (x + SCALE_MM, y)),
        polyline((x, y - half), (x, y + half)),
        polyline((x + SCALE_MM, y - half), (x + SCALE_MM, y + half)),
    )
    text = Text(f"{SCALE_MM:g} mm at 1:1", x + SCALE_MM + 2.5, y + 1, _TEXT_MM, TEXT_STYLE)
    return tuple(Stroke(path, TEXT_STYLE) for path in paths), text


def _samples(shown: Sequence[Layer], x: float, y: float) -> Iterator[tuple[Stroke, Text]]:
    kinds = [(layer, layer.kind) for layer in shown if layer.kind is not None]
    for number, (layer, kind) in enumerate(kinds):
        column, row = number % _COLUMNS, number // _COLUMNS
        left, line = x + column * _COLUMN, y + (row + 0.5) * _ROW
        # Printed in process colours: a cutter follows everything in the ink of the cut.
        style = replace(layer.strokes[0].style, spot=None)
        label, spot = LABELS[kind], SPOT_NAMES[kind]
        words = label if label == spot else f"{label} ({spot})"
        yield (
            Stroke(polyline((left, line), (left + _SAMPLE, line)), style),
            Text(words, left + _SAMPLE + 2.5, line + 1, _TEXT_MM, TEXT_STYLE),
        )
