"""How a model is asked to change a picture, and what of its answer the picture is.

The models answer in few shapes only, so the picture is sent in the middle of one of them, mirrored outwards,
and cut from there again: what has not changed lies where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.textures.changing import unframed

if TYPE_CHECKING:
    from packdesk.domain.request import PictureChange
    from packdesk.textures.check import CleanPicture

SENT_PX = 2048
"""Longer side of a picture that is sent."""

_KEEP = (
    "Change the attached picture, which is flat artwork for one panel of a package, seen straight on. Keep "
    "its composition, style, line weight, lettering and everything that is not mentioned exactly as it is "
    "and where it is. Answer with the whole picture in the same framing, filling it to all edges."
)
_ONLY = (
    "Only the rectangle from {0:.1f} % to {1:.1f} % of the width (from the left) and from {2:.1f} % to "
    "{3:.1f} % of the height (from the top) may change. At its edges the drawing goes on without a seam."
)


def change_prompt(words: str, change: PictureChange, ratio: str) -> str:
    """The text of a request to change the picture that goes with it."""
    paragraphs = [
        _KEEP,
        *_place(change, ratio_of(ratio)),
        # Last and fenced, as in `prompting`.
        f"What shall change, between the lines:\n-----\n{words}\n-----",
    ]
    return "\n\n".join(paragraphs)


def ratio_of(ratio: str) -> float:
    """Width to height of a name such as `2:3`."""
    width, height = ratio.split(":")
    return int(width) / int(height)


def middle_of(answer: CleanPicture, change: PictureChange, ratio: str) -> CleanPicture:
    """The changed picture at the present one's pixels. Blocks."""
    made = unframed(answer.png, change.width, change.height, ratio_of(ratio))
    return type(made)(made.png, made.width, made.height, made.sha256, signature=answer.signature)


def _place(change: PictureChange, ratio: float) -> list[str]:
    if change.whole:
        return []
    columns = max(change.width, change.height * ratio)
    rows = max(change.height, change.width / ratio)
    left, top = (columns - change.width) / 2, (rows - change.height) / 2
    across = [100 * (left + side) / columns for side in (change.box[0], change.box[2])]
    down = [100 * (top + side) / rows for side in (change.box[1], change.box[3])]
    return [_ONLY.format(*across, *down)]
