"""What is looked at on the blank: board, flaps, bleed, safe area, and how it becomes a package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.dieline.allowances import usual_glue
from packdesk.domain.dieline.build import blank_plates, make_dieline
from packdesk.domain.dieline.drawn import flap_depths, held_by, hole_scale, locked
from packdesk.domain.dieline.inked import least_bleed
from packdesk.domain.dieline.plates import Role
from packdesk.domain.dieline.structures import has_tucks
from packdesk.domain.dieline.trays import TRAY_STYLES
from packdesk.domain.dieline.values import DielineStyle, Lock
from packdesk.domain.panels import panel_sizes
from packdesk.domain.preflight.findings import Finding, Level, Mend
from packdesk.domain.preflight.size_rules import size_findings
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.dieline.values import Dieline, DielineOptions
    from packdesk.domain.dimensions import Dimensions, PackageType

LEAST_BLEED_MM = 2.0
"""Cutters and folders are off by about a millimetre; with less bleed, white rims show."""
GLUE_SHARE = 2 / 3
"""A glue flap that has less of its usual width is hard to glue: 10 mm of carton, 20 mm of flute."""
THICK_MM = 1.0
"""Thicker board gains and loses length at its creases, which a nominal blank does not allow for."""

_USUAL_GLUE = Mend("glue_flap", None)
_FLAPS_OF_CROSS = 7
_EXACT = 0.05
SAFE_AREA = "safe-area"


def blank_findings(
    package_type: PackageType, dimensions: Dimensions, options: DielineOptions
) -> Iterator[Finding]:
    """An impossible blank, weak flaps, little bleed, small panels; arguments as of `make_dieline`."""
    try:
        dieline = make_dieline(package_type, dimensions, options)
    except InvalidInputError as error:
        yield Finding(Level.ERROR, "impossible", error.sentence, error.remedy)
        return
    yield from _glue(dieline)
    yield from _tucks(dieline)
    yield from _hanging(dieline)
    yield from size_findings(dieline)
    yield from _bleed_at_glue(dieline)
    yield from _margins(dieline)
    yield Finding(Level.NOTE, "folding", joined(_how_it_is_folded(dieline.options), _how_it_is_held(dieline)))


def _glue(dieline: Dieline) -> Iterator[Finding]:
    if dieline.options.style is DielineStyle.MAILER:  # nothing of it is glued
        return
    asked, got = dieline.options.glue, _glue_width(dieline)
    least = round(GLUE_SHARE * usual_glue(dieline.options.caliper))
    remedy = Sentence("Widen the glue flap, or enlarge the package.")
    if not asked:
        yield Finding(
            Level.WARNING,
            "no-glue-flap",
            "The blank has no glue flap.",
            "Give it one.",
            mend=_USUAL_GLUE,
        )
    elif not got:
        yield Finding(Level.WARNING, "no-glue-flap", "There is no room for every glue flap.", remedy)
    elif got < least - _EXACT:
        sentence = Sentence(
            "A glue flap is {got:.1f} mm wide; below {least:g} mm they are hard to glue.",
            got=got,
            least=least,
        )
        mend = _USUAL_GLUE if asked < least else None
        yield Finding(Level.WARNING, "narrow-glue-flap", sentence, remedy, mend=mend)
    elif got < asked - _EXACT:
        sentence = Sentence(
            "There is room for a glue flap of {got:.1f} mm, less than the {asked:g} mm asked for.",
            got=got,
            asked=asked,
        )
        yield Finding(Level.NOTE, "shorter-flap", sentence)


def _bleed_at_glue(dieline: Dieline) -> Iterator[Finding]:
    """Where artwork does not run over as far as asked, for the sake of the glue."""
    least, asked = least_bleed(dieline), dieline.options.bleed
    if least < asked - _EXACT:
        yield Finding(
            Level.NOTE,
            "capped-bleed",
            Sentence(
                "Where a flap is glued, artwork runs over its crease by {least:.1f} mm, not by {asked:g} mm: "
                "ink does not hold glue.",
                least=max(least, 0.0),
                asked=asked,
            ),
        )


def _glue_width(dieline: Dieline) -> float:
    """Of the narrowest glue flap; 0 if one is left off."""
    if dieline.options.style is DielineStyle.CROSS:
        plates = blank_plates(dieline.manufacturing, dieline.options)
        if sum(plate.role is Role.GLUE for plate in plates) < _FLAPS_OF_CROSS:
            return 0.0
    return flap_depths(dieline).get(Role.GLUE, 0.0)


def _tucks(dieline: Dieline) -> Iterator[Finding]:
    if dieline.package_type == "cylinder" or not has_tucks(dieline.options.style):
        return
    if Role.TUCK not in flap_depths(dieline):
        yield Finding(
            Level.WARNING,
            "no-tuck-flaps",
            "There is no room for tuck flaps, so nothing holds the lids.",
            "Deepen the flaps, enlarge the package, or choose the cross.",
        )
    elif dieline.options.lock is not Lock.NONE and not locked(dieline):
        yield Finding(
            Level.WARNING,
            "no-lock",
            "There is no room for the slits of the lock: the tuck flaps are not held.",
            "Enlarge the package, or take a thinner board or deeper tuck flaps.",
        )


def _hanging(dieline: Dieline) -> Iterator[Finding]:
    """Whether a hang tab has its hole."""
    if dieline.package_type == "cylinder" or dieline.options.style is not DielineStyle.HANG_TAB:
        return
    scale = hole_scale(dieline)
    if not scale:
        yield Finding(
            Level.WARNING,
            "no-hang-hole",
            "There is no room for a hole in the hang tab.",
            "Enlarge the package, or choose a style without a hang tab.",
        )
    elif scale < 1:
        sentence = Sentence("The hole of the hang tab is {share:.0f} % of a euro slot.", share=100 * scale)
        yield Finding(Level.NOTE, "small-hang-hole", sentence)


def _board(dieline: Dieline) -> Iterator[Finding]:
    """Whether a blank allows for the thickness of its board."""
    options = dieline.options
    if options.board is not None:
        return
    remedy = "Choose a board, and its thickness is allowed for."
    if dieline.package_type == "cylinder":
        sentence = Sentence("The discs are as wide as the tube: they neither go into it nor cover it.")
        yield Finding(Level.WARNING, "loose-discs", sentence, remedy)
    elif options.caliper > THICK_MM:
        sentence = Sentence(
            "Board of {value:g} mm takes up length at its creases; none is added for it.",
            value=options.caliper,
        )
        yield Finding(Level.WARNING, "thick-board", sentence, remedy)
    else:
        sentence = Sentence("The blank is nominal: its creases do not allow for the thickness of the board.")
        yield Finding(Level.NOTE, "nominal", sentence, remedy)


def _margins(dieline: Dieline) -> Iterator[Finding]:
    options = dieline.options
    yield from _board(dieline)
    if options.bleed < LEAST_BLEED_MM:
        yield Finding(
            Level.WARNING,
            "little-bleed",
            Sentence(
                "A bleed of {value:g} mm is little: white rims may show where it is cut.", value=options.bleed
            ),
            "Use 3 mm unless the printer says otherwise.",
            mend=Mend("bleed", 3.0),
        )
    yield from _safe_area(dieline)


def _safe_area(dieline: Dieline) -> Iterator[Finding]:
    safe = dieline.options.safe
    if not safe:
        sentence = Sentence("The dieline shows no safe area: lettering near an edge may be cut or folded.")
        yield Finding(
            Level.WARNING, "no-safe-area", sentence, "Set one; 3 mm are usual.", mend=Mend("safe", 3.0)
        )
        return
    for panel_id, size in panel_sizes(dieline.package_type, dieline.dimensions).items():
        if not dieline.has(panel_id):
            continue
        least = min(size.width, size.height)
        if least <= 2 * safe:
            sentence = Sentence(
                "The {panel} panel measures {least:g} mm, so a safe area of {safe:g} mm leaves nothing.",
                panel=panel_id,
                least=least,
                safe=safe,
            )
            yield Finding(Level.WARNING, "no-safe-room", sentence, "Make the safe area smaller.", panel_id)
    sentence = Sentence(
        "Lettering and logos must stay {safe:g} mm inside every cut and crease. It is not checked.", safe=safe
    )
    yield Finding(Level.NOTE, SAFE_AREA, sentence)


def _how_it_is_folded(options: DielineOptions) -> str:
    """The order in which a blank of that style is cut, folded and glued; `fold.py` folds it so."""
    if options.style is DielineStyle.WRAP and options.telescope:
        return Sentence(
            "Cut both labels and both discs. Wrap each label with its overlap, at the left, beneath the "
            "right edge. The top disc closes the printed tube, the bottom disc the one of bare board; the "
            "printed one is the lid and goes over the other, down to its foot."
        )
    if options.style is DielineStyle.WRAP:
        return joined(
            Sentence(
                "Cut the label and the two discs. Wrap the label with its overlap, at the left, beneath the "
                "right edge: the seam is at the back."
            ),
            Sentence("Turn the tabs of the discs down and glue them inside the tube, level with its rims.")
            if options.board
            else Sentence("Then the discs close top and bottom."),
        )
    if options.style in TRAY_STYLES:
        return _CLOSED[options.style]
    return joined(
        Sentence("Cut and crease, then fold the walls around the front."),
        Sentence("The flap of the {panel} panel is glued behind the back.", panel=options.glue_side.value)
        if options.glue
        else Sentence(
            "Without a glue flap, tape holds the {panel} panel to the back.", panel=options.glue_side.value
        ),
        _how_it_is_closed(options.style),
    )


def _how_it_is_held(dieline: Dieline) -> str:
    """What to do with a lid that locks; a mailer has no dust flaps at its front that it could lock with."""
    if held_by(dieline) is not Lock.SLIT or dieline.options.style is DielineStyle.MAILER:
        return ""
    return Sentence(
        "Push each tuck flap in until it clicks below the dust flaps; to open the lid again, push its "
        "middle in."
    )


def _how_it_is_closed(style: DielineStyle) -> str:
    return _CLOSED.get(style) or Sentence(
        "Close the bottom: the dust flaps of left and right first, then the bottom, which hangs "
        "on the {panel}, with its tuck flap. The top likewise; it hangs on the back.",
        panel="front" if style is DielineStyle.REVERSE_TUCK else "back",
    )


_CLOSED: dict[DielineStyle, str] = {
    DielineStyle.CROSS: Sentence(
        "Then the flaps of the bottom, and of the top, are glued to the walls from inside."
    ),
    DielineStyle.SEAL_END: Sentence(
        "Close the bottom: the dust flaps of left and right first, then the flap of the front, and glue "
        "the bottom onto it. The top likewise."
    ),
    DielineStyle.TUCK_SEAL: Sentence(
        "Close the bottom: the dust flaps of left and right first, then the flap of the front, and glue "
        "the bottom onto it. Then the dust flaps of the top, and the top with its tuck flap."
    ),
    DielineStyle.SNAP_LOCK: Sentence(
        "Close the bottom: the flap of the front first, then those of left and right, then that of the "
        "back, whose tongue is pushed in at the middle. Then the dust flaps of the top, and the top with its "
        "tuck flap."
    ),
    DielineStyle.AUTO_LOCK: Sentence(
        "Before that, fold the flaps of the bottom in, turn the corners of the sides back, and glue their "
        "inside to the flaps of front and back: set up, the box locks its bottom by itself. Then close "
        "the dust flaps of the top, and the top with its tuck flap."
    ),
    DielineStyle.MAILER: Sentence(
        "Cut and crease. Fold front and back up and their corner flaps in, the sides up, and their inner "
        "walls down over the corner flaps until the latches are in the slots of the bottom. Then close the "
        "lid: its ears go in beside the inner walls, its tuck flap behind the front."
    ),
    DielineStyle.TRAY_LID: Sentence(
        "Cut and crease two pieces: the tray with the bottom, and the lid with the top and the walls. Fold "
        "the walls of each and glue the corner flaps of front and back behind left and right. The lid goes "
        "over the tray, down to its foot."
    ),
    DielineStyle.SLEEVE: Sentence("The sleeve is open at both ends: it is pushed over what it holds."),
    DielineStyle.HANG_TAB: Sentence(
        "Close the bottom: the dust flaps of left and right first, then the bottom, which hangs on the "
        "front, with its tuck flap. The top likewise, before the hang tab, which stays upright."
    ),
}
