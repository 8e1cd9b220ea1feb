"""Why it is not sure where a sheet lies, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.sheet.sizes import other_styles
from packdesk.errors import SheetMismatchError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.sheet.facts import SheetFacts
    from packdesk.domain.sheet.finding import FoundSheet


def why_not_sure(found: FoundSheet, facts: SheetFacts, dieline: Dieline) -> SheetMismatchError | None:
    """Why somebody has to look where a sheet lies; None where that is sure."""
    if found.sure:
        return None
    if found.style is not None:
        return SheetMismatchError(
            Sentence(
                "The artwork looks as if made for a blank of the style {style}.", style=found.style.value
            ),
            "Choose that style in the export dialog, or look at how it lies.",
            terminal="--style says it; --turn 0 puts it on this blank all the same.",
        )
    if found.how != "guess":
        return SheetMismatchError(
            "It cannot be told for sure how the artwork lies on the sheet.",
            "Look at it, and turn it if need be.",
            terminal="--turn 0, 90, 180 or 270 says how far it is turned to the right.",
        )
    return _wrong_shape(facts, dieline)


def _wrong_shape(facts: SheetFacts, dieline: Dieline) -> SheetMismatchError:
    bleed = 2 * dieline.options.bleed
    remedy = Sentence(
        "Save it at {width:.1f} × {height:.1f} mm, or with bleed at {wide:.1f} × {high:.1f} mm.",
        width=dieline.width,
        height=dieline.height,
        wide=dieline.width + bleed,
        high=dieline.height + bleed,
    )
    styles = other_styles(facts, dieline)
    if styles:
        remedy = Sentence(
            "It has the shape of another blank of this package: {styles}.", styles=", ".join(styles)
        )
    return SheetMismatchError(
        Sentence(
            "The sheet of {width:.1f} × {height:.1f} mm (ratio {ratio:.3f}) does not have the shape of the "
            "blank, {wide:.1f} × {high:.1f} mm (ratio {wanted:.3f}).",
            width=facts.width,
            height=facts.height,
            ratio=facts.width / facts.height,
            wide=dieline.width,
            high=dieline.height,
            wanted=dieline.width / dieline.height,
        ),
        remedy,
    )
