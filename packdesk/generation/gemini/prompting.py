"""The prompt for one panel: whole sentences, the same style text on every panel, the brief last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.pack_words import words_in
from packdesk.domain.units import MM_PER_INCH

if TYPE_CHECKING:
    from packdesk.domain.request import PanelRequest, Reference
    from packdesk.generation.gemini.plan import PicturePlan

MOTIF_SHARE = 0.18
"""How large a motif is told to be, as a share of the package's longest side."""

_FLAT = (
    "Draw flat artwork as it goes to the printer: seen straight on, evenly lit, filling the whole picture "
    "to all four edges. It is not a photograph or a mock-up: no package, no perspective, no folds, no "
    "shadows, no paper curl, no table, no hands, no border, no frame around the picture, no cutting or "
    "folding lines, no rulers, no colour swatches."
)

_ROLES = {
    "front": "This is the front, the face a customer sees first. It carries the name and the main motif.",
    "body": (
        "This is the wrap around the cylinder. The middle third is the face with the name and the main "
        "motif. The pattern runs on evenly to the left and right edges, which meet at the back: nothing "
        "important stands there."
    ),
    "back": (
        "This is the back. The pattern is calmer than on the front and leaves a quiet area in the middle "
        "for small print to be set later. It does not repeat the front's layout."
    ),
    "left": "This is the left side: a calm, narrow composition of the pattern, with hardly any lettering.",
    "right": "This is the right side: a calm, narrow composition of the pattern, with hardly any lettering.",
    "top": "This is the top: one small emblem or the pattern alone, readable from the front.",
    "bottom": "This is the bottom: plain ground colour with at most a trace of the pattern. No lettering.",
}
_LETTERED = {"front", "body"}
_ROUND = "The panel is cut round: everything that matters stays inside the inscribed circle."


def panel_prompt(request: PanelRequest, plan: PicturePlan) -> str:
    """The text of one request. Its references are numbered in the order they are sent."""
    paragraphs = [
        style_text(request),
        _panel(request),
        _FLAT,
        _trim(plan),
        *_continuity(request.references),
        *_room(request),
        # Last and fenced, so that nothing in it passes for an instruction about the format. A checked
        # prompt is one line, so it cannot close the fence itself.
        f"The designer's brief, between the lines:\n-----\n{request.prompt}\n-----",
    ]
    return "\n\n".join(paragraphs)


def style_text(request: PanelRequest) -> str:
    """The style paragraph, the same on every panel of a package."""
    motif = max(request.package_dimensions.as_tuple()) * MOTIF_SHARE
    return (
        f"Artwork for one panel of {_package(request)}. All panels come from one design and one print run: "
        "the same palette of at most five inks, the same paper colour, the same motif drawn with the same "
        f"line weight at the same scale (a motif is about {motif:.0f} mm), the same lettering style. "
        f"{_lettering(request)}"
    )


def _package(request: PanelRequest) -> str:
    width, height, depth = request.package_dimensions.as_tuple()
    if request.package_type == "cylinder":
        return f"a cylindrical package, {width:g} mm in diameter and {height:g} mm high"
    return f"a box, {width:g} mm wide, {height:g} mm high and {depth:g} mm deep"


_FIELD_NAMES = {
    "brand": "the brand",
    "product": "the product",
    "line": "a line below it",
    "net_weight": "the net weight",
}
_NO_BARCODE = "Draw no barcode: leave that to the printer."


def _lettering(request: PanelRequest) -> str:
    words = words_in(request.prompt) if request.words is None else request.words
    said = words.said()
    quoted = ", ".join(f"{told} “{said[name]}”" for name, told in _FIELD_NAMES.items() if name in said)
    if words.sample:
        given = f"These words stand on it, whole and spelled exactly so: {quoted}. " if quoted else ""
        return f"{given}Other small print may be filled in as a sample. {_NO_BARCODE}"
    invent = f"Invent no others: no brand, no slogan, no weight, no numbers. {_NO_BARCODE}"
    if not quoted:
        return f"There is no lettering unless the brief asks for words. {invent}"
    return f"The only words that may appear are {quoted}, each whole and spelled exactly so. {invent}"


def _panel(request: PanelRequest) -> str:
    width, height = request.size.width, request.size.height
    role = _ROLES[request.panel_id]
    if request.package_type == "cylinder" and request.panel_id != "body":
        role = f"{role} {_ROUND}"
    words = "" if request.panel_id in _LETTERED else " Lettering here is smaller than on the front."
    return (
        f"{role}{words} The panel measures {width:.0f} x {height:.0f} mm "
        f"({width / MM_PER_INCH:.1f} x {height / MM_PER_INCH:.1f} inches)."
    )


def _trim(plan: PicturePlan) -> str:
    cut = [
        f"{share:.0%} of the {side} is trimmed away, half at each end"
        for side, share in (("width", 1 - plan.kept_width), ("height", 1 - plan.kept_height))
        if share >= 0.01
    ]
    trimmed = f"After printing {' and '.join(cut)}. " if cut else ""
    return f"{trimmed}Keep lettering and anything that must be whole inside the central 80 % of the picture."


def _room(request: PanelRequest) -> list[str]:
    if not request.room:
        return []
    areas = "; ".join(
        f"{across} x {down} mm, {left} mm from the left edge and {top} mm from the upper edge"
        for left, top, across, down in request.room
    )
    return [
        f"{_SET_LATER} Where it will stand the picture is calm, of one even tone, without motifs: {areas}."
    ]


_SET_LATER = (
    "All lettering of this panel is set later over the picture, so the picture itself has none: no name, "
    "no words, no numbers, no emblem with letters, whatever is said above."
)


def _continuity(references: tuple[Reference, ...]) -> list[str]:
    return [f"Image {number} is {_meaning(one)}" for number, one in enumerate(references, 1)]


def _meaning(reference: Reference) -> str:
    if reference.role == "user":
        return (
            "the designer's own reference, such as a logo or a mock-up: take its colours, shapes and mood, "
            "and show a logo unchanged where the brief asks for it."
        )
    if reference.role == "lead":
        return (
            f"the approved {reference.panel_id} of this very package: match its palette, paper, motif scale "
            "and lettering style exactly, but do not repeat its layout or its name plate."
        )
    return (
        f"the finished {reference.panel_id} panel beside this one: the new picture must look as if it was "
        "printed on the same sheet."
    )
