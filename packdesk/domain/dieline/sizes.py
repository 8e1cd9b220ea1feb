"""Inside, manufacturing and outside size of a package.

The manufacturing size is measured on the blank from crease to crease. A folded wall reaches by the board's
inside loss further in than its crease and by its outside gain further out. On a nominal blank the crease lies
in the middle of the board: the room inside is one caliper smaller than the manufacturing size and the outside
one caliper larger.

With a board, the inside is the room between the walls and between the flaps below the lids; the one board
more that the glue flap takes at the back, and tuck flaps in front, is not taken off. Esko's wiki counts a
regular case likewise: two calipers across, four from end to end. A cylinder's discs lie within its tube,
level with its rims. An open end, as of a sleeve, is cut level and adds nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.structures import STRUCTURES
from packdesk.domain.dieline.trays import TRAY_STYLES, tray_rules
from packdesk.domain.dieline.values import Sized
from packdesk.domain.dieline.wrap import telescope_loss
from packdesk.domain.dimensions import MAX_READ_MM, Dimensions
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from packdesk.domain.dieline.board import Board
    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.dimensions import PackageType

_Change = tuple[float, float, float]


class NamedSizes(NamedTuple):
    """One package's sizes by what they mean, in millimetres."""

    inside: Dimensions
    manufacturing: Dimensions
    outside: Dimensions


def sizes_of(package_type: PackageType, asked: Dimensions, options: DielineOptions) -> NamedSizes:
    """All three sizes of a package of which one was asked for.

    Args:
        package_type: box or cylinder.
        asked: the size that was typed.
        options: the board, the style, and which size that is.

    Raises:
        InvalidInputError: the board is as thick as a side or thicker.
    """
    board = options.board
    if board is None:
        check_caliper(asked, options.caliper)
        inwards, outwards = _nominal_changes(package_type, asked, options)
        return NamedSizes(_room(asked, inwards, options.caliper), asked, _changed(asked, outwards, 1))
    inwards, outwards = _changes(package_type, asked, options, board)
    manufacturing = manufacturing_size(package_type, asked, options)
    inside = _room(manufacturing, inwards, options.caliper)
    return NamedSizes(inside, manufacturing, _changed(manufacturing, outwards, 1))


def manufacturing_size(package_type: PackageType, asked: Dimensions, options: DielineOptions) -> Dimensions:
    """The size from crease to crease; arguments and errors as of `sizes_of`."""
    board = options.board
    if board is None or options.sized is Sized.CREASE:
        return asked
    inwards, outwards = _changes(package_type, asked, options, board)
    if options.sized is Sized.INSIDE:
        return _changed(asked, inwards, 1)
    return _room(asked, outwards, options.caliper)


def _nominal_changes(
    package_type: PackageType, asked: Dimensions, options: DielineOptions
) -> tuple[_Change, _Change]:
    """By how much the inside is smaller than the creases, and the outside larger."""
    caliper, structure = options.caliper, STRUCTURES.get(options.style)
    if package_type == "box" and options.style in TRAY_STYLES:
        return tray_rules(asked, options).lost(), (caliper, caliper, caliper)
    closed = structure.closed_share if package_type == "box" and structure else 1.0
    change = caliper, caliper * closed, caliper
    if package_type == "cylinder" and options.telescope:
        across = caliper + telescope_loss(caliper)
        return (across, caliper, across), change
    return change, change


def _changes(
    package_type: PackageType, size: Dimensions, options: DielineOptions, board: Board
) -> tuple[_Change, _Change]:
    """What width, height and depth from crease to crease are larger than inside, and smaller than outside."""
    loss, gain = 2 * board.inside_loss, 2 * board.outside_gain
    if package_type == "cylinder":
        across = loss + (telescope_loss(board.caliper) if options.telescope else 0.0)
        return (across, 2 * board.caliper, across), (gain, 0.0, gain)
    if options.style in TRAY_STYLES:
        return tray_rules(size, options).lost(), (gain, gain, gain)
    ends = STRUCTURES[options.style]
    layers = sum(end.layers for end in ends)
    return (loss, ends.closed_share * loss + layers * board.caliper, loss), (
        gain,
        ends.closed_share * gain,
        gain,
    )


def _room(size: Dimensions, change: _Change, caliper: float) -> Dimensions:
    """The size without the change.

    Raises:
        InvalidInputError: nothing of a side is left.
    """
    for side, least in zip(size.as_tuple(), change, strict=True):
        if side <= least:
            raise _no_room(caliper, side)
    return _changed(size, change, -1)


def _changed(size: Dimensions, change: _Change, sign: int) -> Dimensions:
    pairs = zip(size.as_tuple(), change, strict=True)
    width, height, depth = (min(side + sign * by, MAX_READ_MM) for side, by in pairs)
    return Dimensions(width=width, height=height, depth=depth)


def check_caliper(manufacturing: Dimensions, caliper: float) -> None:
    """Make sure that the board leaves room inside.

    Raises:
        InvalidInputError: it is as thick as a side or thicker.
    """
    least = min(manufacturing.as_tuple())
    if caliper >= least:
        raise _no_room(caliper, least)


def _no_room(caliper: float, side: float) -> InvalidInputError:
    return InvalidInputError(
        Sentence(
            "Board of {caliper:g} mm leaves no room in a package with a side of {least:g} mm.",
            caliper=caliper,
            least=side,
        ),
        "Take a thinner board or a larger package.",
    )
