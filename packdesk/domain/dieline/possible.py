"""Whether a structure can exist in a board at a size; if not, which side is too short, and by how much."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline import auto
from packdesk.domain.dieline.box import lid_depth, making_of
from packdesk.domain.dieline.flaps import GLUE_LENGTH, LEAST_MM
from packdesk.domain.dieline.rings import ring_of
from packdesk.domain.dieline.snap import least_sides
from packdesk.domain.dieline.structures import Closing, has_tucks
from packdesk.domain.dieline.trays import TRAY_STYLES, tray_rules
from packdesk.domain.dieline.tucks import tuck_depth
from packdesk.domain.dieline.values import DielineStyle
from packdesk.domain.dieline.wrap import tube_size
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.dieline.box import Making
    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.dimensions import Dimensions, PackageType

_FITTED = {*TRAY_STYLES, DielineStyle.SNAP_LOCK, DielineStyle.AUTO_LOCK}
_LEAST_DISC_MM = 6.0
_NOTHING_MM = 1e-7
"""What sums of lengths may be off by: nobody lacks so little."""
_SIDES = ("width", "height", "depth", "diameter")
_REMEDY = "Enlarge the package, or take a thinner board."


class _Need(NamedTuple):
    side: str
    have: float
    short: float


def check_possible(package_type: PackageType, manufacturing: Dimensions, options: DielineOptions) -> None:
    """Make sure that thick board can be folded so; a nominal blank leaves off what has no room.

    Two layers or pieces that go into each other are looked at without a board, too.

    Args:
        package_type: box or cylinder.
        manufacturing: sizes from crease to crease.
        options: the board and what is to be made of it.

    Raises:
        InvalidInputError: a flap is thinner than its board, or a side is too short.
    """
    fits = options.telescope if package_type == "cylinder" else options.style in _FITTED
    if options.board is None and not fits:
        return
    if options.board is not None:
        _check_flaps(package_type, manufacturing, options)
    if package_type == "cylinder":
        needs = _of_tube(manufacturing, options)
    elif options.style in TRAY_STYLES:
        needs = _of_tray(manufacturing, options)
    else:
        making = making_of(manufacturing, options)
        needs = _of_locks(making) if options.board is None else _of_box(making)
    _check_sides(needs, options.caliper)


def _check_sides(needs: Iterator[_Need], caliper: float) -> None:
    """Refuse with every side that is too short, each by the most it lacks anywhere."""
    short: dict[str, _Need] = {}
    for need in needs:
        if need.short > max(_NOTHING_MM, short[need.side].short if need.side in short else 0.0):
            short[need.side] = need
    if len(short) == 1:
        (only,) = short.values()
        raise InvalidInputError(
            Sentence(
                "The {side} of {have:g} mm is {short:.1f} mm too short for board of {caliper:g} mm.",
                side=only.side,
                have=only.have,
                short=_rounded_up(only.short),
                caliper=caliper,
            ),
            _REMEDY,
        )
    if short:
        sides = [side for side in _SIDES if side in short]
        raise InvalidInputError(
            Sentence(
                "The {sides} are {short} mm too short for board of {caliper:g} mm.",
                sides=", ".join(sides),
                short=", ".join(f"{_rounded_up(short[side].short):.1f}" for side in sides),
                caliper=caliper,
            ),
            _REMEDY,
        )


def _rounded_up(short: float) -> float:
    """Whoever adds it is not refused again."""
    return math.ceil((short - _NOTHING_MM) * 10) / 10


def _check_flaps(package_type: PackageType, size: Dimensions, options: DielineOptions) -> None:
    flaps = {} if options.style is DielineStyle.MAILER else {"glue flap": options.glue}
    if package_type == "box" and has_tucks(options.style):
        flaps["tuck"] = tuck_depth(size, options)
    for name, depth in flaps.items():
        if 0 < depth <= options.caliper:
            raise InvalidInputError(
                Sentence(
                    "The {side} of {depth:g} mm is no deeper than its board of {caliper:g} mm.",
                    side=name,
                    depth=depth,
                    caliper=options.caliper,
                ),
                "Deepen the flap, or take a thinner board.",
            )


def _of_box(making: Making) -> Iterator[_Need]:
    row, gap = making.row, making.row.allowed.gap
    width, height, depth = row.size.as_tuple()
    least = 2 * LEAST_MM
    for end in row.structure:
        yield _Need("depth", depth, least - lid_depth(row, end))
        yield _Need("width", width, 2 * row.allowed.inset + 2 * gap + least - width)
        if end.closing in {Closing.GLUED, Closing.OPEN}:
            continue
        # Two dust flaps between the walls, that reach below the lid.
        yield _Need("width", width, 2 * (gap + row.allowed.inset + LEAST_MM) - width)
        for wall in ("left", "right"):
            free = sum(max(row.clear(end, side), gap) for side in (end.wall, end.opposite))
            yield _Need("depth", depth, free + least - row.width(wall))
    yield from _of_locks(making)
    layers = sum(end.layers for end in row.structure) * row.allowed.layer
    # A glue flap is at most as wide as its length allows, and the back begins beyond its own shortening.
    wide = row.allowed.inset + LEAST_MM if making.options.glue else 0.0
    needed = GLUE_LENGTH[row.structure.top.closing is Closing.GLUED] * wide
    short = 2 * max(row.level(end, "back") for end in row.structure)  # its flap stays off what is folded in
    yield _Need("height", height, layers + 2 * gap + short + max(least, needed) - height)


def _of_locks(making: Making) -> Iterator[_Need]:
    """Bottoms whose flaps go into each other: without them there is none."""
    row, gap = making.row, making.row.allowed.gap
    for end in row.structure:
        if end.closing is Closing.SNAP:
            sides = zip(("width", "depth"), least_sides(gap), strict=True)
        elif end.closing is Closing.AUTO:
            sides = zip(("width", "height", "depth"), auto.least_sides(row.size.depth, gap), strict=True)
        else:
            continue
        for side, wanted in sides:
            have = getattr(row.size, side)
            yield _Need(side, have, wanted - have)


def _of_tray(size: Dimensions, options: DielineOptions) -> Iterator[_Need]:
    least = tray_rules(size, options).least()
    for side, have, wanted in zip(("width", "height", "depth"), size.as_tuple(), least, strict=True):
        yield _Need(side, have, wanted - have)


def _of_tube(size: Dimensions, options: DielineOptions) -> Iterator[_Need]:
    board, walls = options.board, 2 * options.caliper + 2 * LEAST_MM
    if board is not None:
        yield _Need("diameter", size.width, _LEAST_DISC_MM - ring_of(size, board).diameter)
    yield _Need("height", size.height, walls - size.height)
    if options.telescope:
        inner = tube_size(size, options)
        across = ring_of(inner, board).diameter if board else inner.width
        yield _Need("diameter", size.width, _LEAST_DISC_MM - across)
        yield _Need("height", size.height, walls - inner.height)
