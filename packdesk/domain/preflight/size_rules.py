"""Whether board and flaps suit the size of the package: rules of thumb, the die maker's own win."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.dieline.drawn import flap_depths
from packdesk.domain.dieline.plates import Role
from packdesk.domain.dieline.values import DielineStyle
from packdesk.domain.preflight.findings import Finding, Level, Mend
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.dieline.values import Dieline

LEAST_BOARD = ((150.0, 0.3), (250.0, 0.4), (400.0, 0.5), (600.0, 1.0), (float("inf"), 1.5))
"""Up to this longest side in millimetres, board of that thickness stays stiff; above 400 mm it is fluted."""
USUAL_TUCK, TUCK_SHARE, MOST_TUCK = 10.0, 1 / 20, 60.0
_SLACK = 0.75
"""Of the usual depth a tuck flap may have less."""
_EXACT = 0.01


def size_findings(dieline: Dieline) -> Iterator[Finding]:
    """Thin board, short tuck flaps, sides that roll into each other."""
    yield from _thin_board(dieline)
    yield from _short_tuck(dieline)
    yield from _high_mailer(dieline)


def _thin_board(dieline: Dieline) -> Iterator[Finding]:
    longest = max(dieline.manufacturing.as_tuple())
    least = next(board for up_to, board in LEAST_BOARD if longest <= up_to)
    caliper = dieline.options.caliper
    if caliper < least - _EXACT:
        sentence = Sentence(
            "Board of {caliper:g} mm is thin for a package of {longest:g} mm; {least:g} mm are usual.",
            caliper=caliper,
            longest=round(longest, 1),
            least=least,
        )
        yield Finding(Level.WARNING, "thin-for-size", sentence, "Choose a thicker board.")


def _high_mailer(dieline: Dieline) -> Iterator[Finding]:
    """An inner wall, as long as the box is high, turns in about its upper edge, past the other one."""
    size = dieline.manufacturing
    if dieline.options.style is DielineStyle.MAILER and size.height > size.width:
        sentence = Sentence(
            "The mailer is higher than wide, {height:g} to {width:g} mm: its inner walls have to be bent.",
            height=round(size.height, 1),
            width=round(size.width, 1),
        )
        yield Finding(
            Level.WARNING, "high-mailer", sentence, "Make it wider or lower, or choose another style."
        )


def _short_tuck(dieline: Dieline) -> Iterator[Finding]:
    got = flap_depths(dieline).get(Role.TUCK)
    if got is None:
        return
    size = dieline.manufacturing
    usual = round(min(USUAL_TUCK + TUCK_SHARE * max(size.width, size.depth), MOST_TUCK, 0.8 * size.depth))
    if got < _SLACK * usual - _EXACT:
        sentence = Sentence(
            "A tuck flap is {got:.0f} mm deep; for a package of this size {usual:g} mm hold better.",
            got=got,
            usual=usual,
        )
        remedy = Sentence("Set a depth of {usual:g} mm.", usual=usual)
        yield Finding(Level.WARNING, "short-tuck", sentence, remedy, mend=Mend("tuck", float(usual)))
