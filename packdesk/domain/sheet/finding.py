"""Finds where the blank is on a sheet of artwork, and which way up.

What a file says of itself comes first, then our registration marks, then sizes; all places that sizes allow
are compared by how well the picture agrees with the blank's lines, in all four directions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.sheet.drawn import drawn_candidates
from packdesk.domain.sheet.likeness import BlankLines, SheetLook, blank_lines
from packdesk.domain.sheet.marks import find_marks, three_marks
from packdesk.domain.sheet.placement import SheetPlacement
from packdesk.domain.sheet.sizes import Candidate, How, by_size, in_the_middle, other_blanks
from packdesk.domain.sheet.template import TemplateNote, mark_centres

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from packdesk.domain.dieline.values import Dieline, DielineStyle
    from packdesk.domain.sheet.facts import SheetFacts

SURE = 0.9
"""From this confidence on nobody need be asked."""
_BY_SIZE, _BY_RATIO, _BY_INK = 0.15, 0.05, 0.0  # what a candidate has before it is looked at
_CLEAR = 0.06
"""So much better than the second one is a placement whose direction is clear."""
_NEARLY_CLEAR, _SAME_MM = 0.03, 0.8
"""The same of a placement a few millimetres beside it; what is nearer is the same one."""
_RATIO_OFF, _OTHER_STYLE = 0.004, 0.3
_ALIKE_AT_ALL, _BY_CHANCE = 1.0, 0.4
"""A page of the right ratio that agrees no better may have it by chance."""


@dataclass(frozen=True)
class FoundSheet:
    """Where a sheet lies.

    Attributes:
        placement: on the blank.
        dieline: that blank: the design's, or the one a template was made for.
        how: by what it was found.
        confidence: 0 to 1; `SURE` and more needs no question.
        style: of another blank of the same package that it looks much more like, if there is one.
    """

    placement: SheetPlacement
    dieline: Dieline
    how: How
    confidence: float
    style: DielineStyle | None = None

    @property
    def sure(self) -> bool:
        """Whether nobody need be asked."""
        return self.confidence >= SURE


def find_sheet(facts: SheetFacts, picture: npt.NDArray[np.uint8], dieline: Dieline) -> FoundSheet:
    """Find where a sheet lies on a blank.

    Args:
        facts: what its file says.
        picture: (rows, columns, 4) a small copy, as of `SheetLook`.
        dieline: the blank.
    """
    return (
        _by_note(facts, dieline)
        or _by_marks(facts, picture, dieline)
        or _by_likeness(facts, picture, dieline)
        or FoundSheet(in_the_middle(facts, dieline), dieline, "guess", 0.0)
    )


def _by_note(facts: SheetFacts, dieline: Dieline) -> FoundSheet | None:
    note = TemplateNote.read(facts.note)
    made_for = None if note is None else note.dieline()
    if note is None or made_for is None or made_for.package_type != dieline.package_type:
        return None
    left, top, width, height = note.page
    if abs((facts.width / facts.height) / (width / height) - 1) > _RATIO_OFF:  # it was cropped or turned
        return None
    scale = width / facts.width
    placement = SheetPlacement(facts.width, facts.height, left + width / 2, top + height / 2, scale)
    same = made_for.panels == dieline.panels  # blanks of several styles may have one size
    return FoundSheet(placement, dieline if same else made_for, "template", 1.0)


def _by_marks(facts: SheetFacts, picture: npt.NDArray[np.uint8], dieline: Dieline) -> FoundSheet | None:
    """By three marks, of the template of this blank or of the one the file's note names."""
    marks = find_marks(_grey(picture))
    if len(marks) < 3:
        return None
    note = TemplateNote.read(facts.note)
    named = None if note is None else note.dieline()
    for blank in (dieline,) if named is None else (named, dieline):
        first, second, third = mark_centres(blank)
        places = three_marks(marks, second[0] - first[0], third[1] - first[1])
        if places is not None and blank.package_type == dieline.package_type:
            rows, columns = picture.shape[:2]
            across, down = facts.width / columns, facts.height / rows
            on_sheet = [((x + 0.5) * across, (y + 0.5) * down) for x, y in places]
            return FoundSheet(_through(facts, on_sheet, (first, second, third)), blank, "marks", 0.97)
    return None


def _grey(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    opacity = picture[..., 3] / 255.0
    grey = picture[..., :3].mean(axis=2) * opacity + 255 * (1 - opacity)
    small: npt.NDArray[np.uint8] = grey.astype(np.uint8)
    return small


def _through(
    facts: SheetFacts, on_sheet: list[tuple[float, float]], on_blank: Iterable[tuple[float, float]]
) -> SheetPlacement:
    """The placement that takes a corner of the sheet and its neighbours to those of the blank."""
    (x, y), second, third = on_sheet
    first_blank, second_blank, third_blank = on_blank
    right, down = (second[0] - x, second[1] - y), (third[0] - x, third[1] - y)
    mirrored = right[0] * down[1] - right[1] * down[0] < 0
    wide, high = second_blank[0] - first_blank[0], third_blank[1] - first_blank[1]
    scale = (wide / math.hypot(*right) + high / math.hypot(*down)) / 2
    if mirrored:
        right = -right[0], right[1]
    degrees = -math.degrees(math.atan2(right[1], right[0]))
    turns = round(degrees / 90)
    angle = degrees - 90 * turns
    angle = angle if abs(angle) > 0.15 else 0.0  # marks are found to within a fraction of a pixel
    at = SheetPlacement(facts.width, facts.height, 0, 0, scale, turns % 4, angle, mirrored)
    placed = at.on_blank()
    moved = [
        (bx - px, by - py)
        for (bx, by), (px, py) in zip(
            (first_blank, second_blank, third_blank), (placed.point(*p) for p in on_sheet), strict=True
        )
    ]
    return at.moved(sum(right for right, _ in moved) / 3, sum(down for _, down in moved) / 3)


def _by_likeness(facts: SheetFacts, picture: npt.NDArray[np.uint8], dieline: Dieline) -> FoundSheet | None:
    look, lines = SheetLook(picture, facts.width, facts.height), blank_lines(dieline)
    candidates = list(_candidates(facts, look, dieline))
    if not any(one.how in {"trim", "size"} for one in candidates):
        candidates += list(drawn_candidates(look, facts, dieline, lines))
    scored = sorted(
        ((look.likeness(lines, one.placement) + _WORTH[one.how], one) for one in candidates),
        key=lambda pair: -pair[0],
    )
    if not scored:
        return None
    worth, likest = scored[0]
    alike = [(score, one) for score, one in scored if _alike(one.placement, likest.placement)]
    # A size is exact, what is seen of it is not: of those that agree about as well.
    nearly = [pair for pair in alike if pair[0] > worth - _CLEAR]
    own, best = max(nearly, key=lambda pair: (_WORTH[pair[1].how], pair[0]))
    others = [score for score, one in scored if not _alike(one.placement, best.placement)]
    confidence = min(
        _confidence(worth - max(others, default=0.0), _CLEAR),
        _confidence(own - max(_rivals(alike, best), default=-math.inf), _NEARLY_CLEAR),
    )
    if best.how == "lines" and not (worth >= _DRAWN and _is_drawn(look, lines, best.placement, dieline)):
        return None
    if best.how in {"ratio", "ink"} and own - _WORTH[best.how] < _ALIKE_AT_ALL:
        confidence = min(confidence, _BY_CHANCE)
    style = _more_like(facts, look, dieline, look.likeness(lines, likest.placement) + _CLEAR)
    confidence = confidence if style is None else min(confidence, _OTHER_STYLE)
    return FoundSheet(best.placement, dieline, best.how, confidence, style)


def _rivals(alike: Iterable[tuple[float, Candidate]], best: Candidate) -> Iterator[float]:
    """How well those agree that lie almost as the best, and were found as it was."""
    for score, one in alike:
        if one.how == best.how and _apart(one.placement, best.placement) > _SAME_MM:
            yield score


def _confidence(lead: float, clear: float) -> float:
    return min(0.95, 0.5 + 0.4 * lead / clear) if lead > 0 else 0.5


def _is_drawn(look: SheetLook, lines: BlankLines, placement: SheetPlacement, dieline: Dieline) -> bool:
    """Whether the picture is fine enough to tell, and has most of the blank's lines."""
    fine = look.pixels_per_mm(placement) * max(dieline.width, dieline.height) >= _LEAST_PIXELS
    return fine and look.met_share(lines, placement) >= _MOST_OF_THEM


def _more_like(facts: SheetFacts, look: SheetLook, dieline: Dieline, least: float) -> DielineStyle | None:
    """The style whose blank of the same size agrees better than so much, and best of all."""
    found: DielineStyle | None = None
    for style, other in other_blanks(dieline):
        if _seats(other) == _seats(dieline):  # artwork for one of them is as right on the other
            continue
        lines = blank_lines(other)
        for one in by_size(facts, other):
            if (likeness := look.likeness(lines, one.placement)) > least:
                found, least = style, likeness
    return found


def _seats(dieline: Dieline) -> tuple[tuple[object, ...], ...]:
    """Where its panels lie, from the first one, and which way up."""
    x, y = dieline.panels[0].x, dieline.panels[0].y
    return tuple(
        (one.panel_id, round(one.x - x, 2), round(one.y - y, 2), *one.sheet_size, one.rotation)
        for one in dieline.panels
    )


_WORTH: dict[How, float] = {"trim": 0.2, "size": _BY_SIZE, "ratio": _BY_RATIO, "ink": _BY_INK, "lines": 0.0}
_DRAWN = 0.3
"""Lines that were looked for everywhere have to agree so well."""
_LEAST_PIXELS, _MOST_OF_THEM = 60, 0.6
"""The blank's longer side has so many pixels then, and so much of its lines is there: a rectangle on a large
page is no dieline."""


def _candidates(facts: SheetFacts, look: SheetLook, dieline: Dieline) -> Iterator[Candidate]:
    if facts.trim is not None:
        for one in by_size(facts, dieline, facts.trim):
            if one.how == "size":
                yield replace(one, how="trim")
    yield from by_size(facts, dieline)
    printed = look.printed_part()
    if printed is not None:
        for one in by_size(facts, dieline, printed):
            yield replace(one, how="ink")


def _alike(one: SheetPlacement, other: SheetPlacement) -> bool:
    """Whether two placements are the same but for a few millimetres."""
    if (one.turns, one.mirrored) != (other.turns, other.mirrored):
        return False
    return _apart(one, other) < 0.03 * math.hypot(one.width, one.height) * one.scale


def _apart(one: SheetPlacement, other: SheetPlacement) -> float:
    """The longest way between corners of the same, in millimetres."""
    return max(math.dist(a, b) for a, b in zip(one.corners(), other.corners(), strict=True))
