"""Puts the review page together: one HTML file that needs nothing else, and lets nothing else in.

`assets/review/page` has the template, the style, the scripts, and every text in both languages.
"""

from __future__ import annotations

import base64
import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from packdesk.assets import asset_path
from packdesk.domain.look import Lighting
from packdesk.domain.saved_view import SavedView
from packdesk.errors import NotPossibleError
from packdesk.export.area_maps import area_maps
from packdesk.export.flat.progress import Steps, silent
from packdesk.export.materials import printed_material
from packdesk.export.review.changes import earlier_values
from packdesk.export.review.flat import flat_svg, sheet_box
from packdesk.export.review.light import studio_hdr
from packdesk.export.review.model import STEPS, FoldingModel, folding_glb, folding_steps, framings
from packdesk.export.review.pictures import web_pictures
from packdesk.export.review.policy import policy
from packdesk.viewer.camera import NAMED_VIEWS
from packdesk.viewer.lights import RIGS
from packdesk.viewer.scene import backdrop_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.area_finish import AreaFinish
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.look import Look
    from packdesk.domain.review import IssuedReview
    from packdesk.export.area_maps import AreaMaps
    from packdesk.export.flat.progress import Listener
    from packdesk.export.review.changes import Earlier

Language = Literal["en", "de"]
CHECKLIST = ("spelling", "legal", "colours", "sizes", "barcode")
SCRIPTS = (
    "1-page.js",
    "2-model.js",
    "3-answer.js",
    "4-stage.js",
    "5-flat.js",
    "6-changes.js",
    "7-sidebar.js",
)
_HOLE = re.compile(r"\{(t:)?(\w+)\}")
_COMMAS = {"en": ".", "de": ","}
_WEIGHTS = {400: "Regular", 600: "SemiBold"}
_CONTACT = 0.4  # of a shadow's density: the viewer has one for what is cast and for where the package stands
_FLAT_TONES, _TONES = "linear", "neutral"


@dataclass(frozen=True)
class Reviewed:
    """What a page shows.

    Attributes:
        name: of the design, for people.
        dieline: its blank.
        artwork: checked PNG by panel.
        look: how it is photographed.
        issued: what answers to the page name, and are sealed with.
        design_id: of the design on this machine; None in a shared store.
        view: where it is looked at from at first; None as the window does.
        views: those that were given names.
        language: of the page.
        earlier: a version it is compared with.
        areas: finishes on parts of panels.
    """

    name: str
    dieline: Dieline
    artwork: Mapping[str, bytes]
    look: Look
    issued: IssuedReview
    design_id: str | None = None
    view: SavedView | None = None
    views: tuple[SavedView, ...] = ()
    language: Language = "en"
    earlier: Earlier | None = None
    areas: tuple[AreaFinish, ...] = ()


def review_page(reviewed: Reviewed, progress: Listener = silent) -> bytes:
    """The file. Slow: pictures are encoded anew.

    Args:
        reviewed: what it shows.
        progress: told how many steps of how many are done.

    Raises:
        NotPossibleError: what the page is built from is not installed.
        BadPictureError: a picture cannot be decoded.
    """
    viewer, licences = _viewer()
    script = "".join(_asset(name) for name in SCRIPTS)
    texts = _texts(reviewed.language)
    told = Steps(progress, len(reviewed.artwork) + 1)
    pictures = web_pictures(reviewed.artwork, steps=told)
    folding = folding_steps(reviewed.dieline)
    model = FoldingModel(reviewed.dieline, pictures, reviewed.look, _maps(reviewed))
    data = _data(reviewed, texts) | {"framings": [framing._asdict() for framing in framings(folding)]}
    comma = _COMMAS[reviewed.language]
    holes = {
        "lang": reviewed.language,
        "csp": policy(viewer, script),
        "title": html.escape(texts["title"].format(name=reviewed.name)),
        "style": _fonts() + _asset("page.css"),
        "name": html.escape(reviewed.name),
        "steps": str(STEPS),
        "look": "".join(_look_words(reviewed.look, texts, comma)),
        "flat": flat_svg(reviewed.dieline, pictures.keys(), reviewed.look.finish, comma),
        "licences": html.escape(licences),
        "data": json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"),
        "model": base64.b64encode(folding_glb(model, folding)).decode("ascii"),
        "viewer": viewer,
        "script": script,
    }
    page = _filled(_asset("page.html"), holes, texts).encode()
    told.step()
    return page


def _maps(reviewed: Reviewed) -> dict[str, AreaMaps]:
    """Finishes on parts of panels, as the model shows them."""
    rough = printed_material(reviewed.look, 0)["pbrMetallicRoughness"]["roughnessFactor"]
    found = {
        panel_id: area_maps(reviewed.areas, panel_id, png, reviewed.look, rough)
        for panel_id, png in reviewed.artwork.items()
    }
    return {panel_id: maps for panel_id, maps in found.items() if maps is not None}


def _viewer() -> tuple[str, str]:
    """model-viewer's script, and the licences of all in it and of the fonts."""
    try:
        folder = asset_path("review", "built")
        viewer = (folder / "model-viewer.js").read_text("utf-8")
        licences = (folder / "LICENCES.txt").read_text("utf-8")
    except OSError:
        raise NotPossibleError(
            "Review pages cannot be made: their 3D viewer is not installed.",
            "Install packdesk again.",
            terminal="In a clone, “make setup” brings it.",
        ) from None
    # It would compile decoders of compressed meshes at once, which the policy forbids; none is needed.
    viewer = f"delete globalThis.WebAssembly;\n{viewer}"
    fonts = asset_path("fonts", "hanken-grotesk", "OFL.txt").read_text("utf-8")
    return viewer, f"{licences}\n\nHanken Grotesk\n\n{fonts}"


def _asset(name: str) -> str:
    return asset_path("review", "page", name).read_text("utf-8")


def _texts(language: Language) -> dict[str, str]:
    return {name: said[language] for name, said in json.loads(_asset("texts.json")).items()}


def _filled(template: str, holes: Mapping[str, str], texts: Mapping[str, str]) -> str:
    """The template with everything put in, in one pass: what is put in is not looked at again."""

    def fill(hole: re.Match[str]) -> str:
        text, name = hole.groups()
        return html.escape(texts[name]) if text else holes[name]

    return _HOLE.sub(fill, template)


def _fonts() -> str:
    rules = []
    for weight, name in _WEIGHTS.items():
        file = asset_path("fonts", "hanken-grotesk", f"HankenGrotesk-{name}.otf").read_bytes()
        source = f"url(data:font/otf;base64,{base64.b64encode(file).decode('ascii')})"
        rules.append(
            f'@font-face {{ font-family: "Hanken Grotesk"; font-weight: {weight}; src: {source}; }}\n'
        )
    return "".join(rules)


def _look_words(look: Look, texts: Mapping[str, str], comma: str) -> Iterator[str]:
    """Finish and light as terms and what they are."""
    told = {"finish": texts[f"finish_{look.finish}"], "light": texts[f"light_{look.lighting}"]}
    if look.exposure:
        stops = f"{look.exposure:+g}".replace(".", comma)
        told["exposure"] = texts["exposure_stops"].format(stops=stops)
    for name, value in told.items():
        yield f"<div><dt>{html.escape(texts[name])}</dt><dd>{html.escape(value)}</dd></div>"


def _data(reviewed: Reviewed, texts: Mapping[str, str]) -> dict[str, Any]:
    """What the page's script is told."""
    issued, dieline = reviewed.issued, reviewed.dieline
    return {
        "live": False,
        "lang": reviewed.language,
        "texts": texts,
        "review": issued.id,
        "key": issued.key,
        "design": {"id": reviewed.design_id, "name": reviewed.name, "hash": issued.hash},
        "made": issued.at,
        "name": reviewed.name,
        "type": dieline.package_type,
        "size": _sides(dieline),
        "checklist": CHECKLIST,
        "steps": STEPS,
        "studio": _studio(reviewed.look),
        "view": _view(reviewed.view or _home()),
        "views": list(_views(reviewed)),
        "sheet": sheet_box(dieline),
        "panels": {panel.panel_id: _panel(panel) for panel in dieline.panels},
        "a11y": _spoken_views(texts),
        "earlier": reviewed.earlier and earlier_values(reviewed.earlier, dieline, reviewed.artwork),
    }


def _sides(dieline: Dieline) -> tuple[float, ...]:
    width, height, depth = dieline.dimensions.as_tuple()
    return (width, height) if dieline.package_type == "cylinder" else (width, height, depth)


def _panel(panel: Any) -> dict[str, Any]:
    width, height = panel.picture_size
    return {
        "middle": panel.centre,
        "width": width,
        "height": height,
        "rotation": panel.rotation,
        "round": panel.shape == "disc",
    }


def _studio(look: Look) -> dict[str, Any]:
    backdrop = backdrop_of(look)
    flat = look.lighting is Lighting.FLAT
    shadow = _CONTACT + RIGS[look.lighting].shadow * (backdrop.shadow if backdrop else 1.0)
    ground = f"radial-gradient(circle, {backdrop.glow}, {backdrop.edge})" if backdrop else "transparent"
    return {
        "background": ground,
        "shadow": round(min(1.0, shadow), 3),
        "exposure": round(2**look.exposure, 4),
        "tones": _FLAT_TONES if flat else _TONES,
        "light": base64.b64encode(studio_hdr(look)).decode("ascii"),
    }


def _home() -> SavedView:
    azimuth, elevation = NAMED_VIEWS["home"]
    return SavedView("home", azimuth, elevation)


def _view(view: SavedView) -> dict[str, Any]:
    return {"azimuth": view.azimuth, "elevation": view.elevation, "folded": view.folded}


def _views(reviewed: Reviewed) -> Iterator[dict[str, Any]]:
    """The views of the package's own panels, then those that were given names."""
    panels = {panel.panel_id for panel in reviewed.dieline.panels}
    for name, (azimuth, elevation) in NAMED_VIEWS.items():
        if name == "home" or name in panels or (name == "front" and "body" in panels):
            yield {"name": name, "azimuth": azimuth, "elevation": elevation, "folded": 1.0}
    for view in reviewed.views:
        yield {"name": view.name, "named": True, **_view(view)}


def _spoken_views(texts: Mapping[str, str]) -> dict[str, str]:
    """What the viewer tells a screen reader when the package is turned, by its own names."""
    sides = {side: texts[f"panel_{side}"] for side in ("front", "back", "left", "right")}
    spoken = dict(sides)
    for height, panel in (("upper", "top"), ("lower", "bottom")):
        spoken |= {f"{height}-{side}": f"{name}, {texts[f'panel_{panel}']}" for side, name in sides.items()}
    return spoken
