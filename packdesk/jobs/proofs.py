"""A design on its way onto a sheet to sign: looked through, drawn from three sides, laid out."""

from __future__ import annotations

import asyncio
import hashlib
import json
import tempfile
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from packdesk.domain.appearance import Appearance, appearance_values, shown_with_kept
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.inside import inside_of_design
from packdesk.domain.preflight import preflight
from packdesk.domain.saved_view import SavedView
from packdesk.domain.state import utc_text
from packdesk.errors import DisplayError
from packdesk.export.flat.area_plates import taking
from packdesk.export.flat.progress import Steps
from packdesk.export.flat.sheet import Sheet, inside_sheet
from packdesk.export.flat.spot_inks import spot_inks
from packdesk.export.press.options import ink_of, press_facts
from packdesk.export.proof.facts import Known
from packdesk.export.proof.page import Proof, write_proof
from packdesk.export.proof.words import Words
from packdesk.export.writing import sheet_title
from packdesk.files import remove_tree
from packdesk.jobs.drawing import PictureOrder, Shot
from packdesk.jobs.drawing_process import draw_beside
from packdesk.services.looking_through import LookThrough
from packdesk.services.reviews import hash_of
from packdesk.stopping import current_stop, undone_by
from packdesk.textures.codes import read_codes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.state import PackagingState
    from packdesk.export.flat.progress import Listener
    from packdesk.jobs.exporting import ExportOrder
    from packdesk.services.collecting import CollectedArtwork
    from packdesk.services.container import Services

VIEWS = (
    SavedView("front", -55, 22),
    SavedView("back", 125, 22),
    SavedView("open", -55, 30, folded=0.62),
)
_WIDTH, _HEIGHT = 1040, 880
_PAPER = "#ffffff"
_STEPS = 3  # the pictures are searched for codes, the package is drawn, the sheet is written


async def write_proof_sheet(
    services: Services, order: ExportOrder, artwork: CollectedArtwork, progress: Listener
) -> None:
    """Write a proof sheet; raises as `export_design`. Where nothing can be drawn it has no views.

    Args:
        services: know the design's name, how it is shown, and artwork of the whole blank.
        order: what is to be written.
        artwork: of the panels.
        progress: called in a worker with how many steps of how many are done.
    """
    state, steps = order.state, Steps(progress, _STEPS)
    kept = await asyncio.to_thread(services.appearance.read) or Appearance()
    shown = kept if order.shown is None else shown_with_kept(order.shown, kept)
    own = await services.shelf.own()
    dieline = make_dieline(state.package_type, state.package_dimensions, order.options.dieline)
    whole = await services.sheets.shown(state, vector=False)
    facts = await LookThrough().facts(state, services, ink_of(order.options.flat.press), artwork)
    codes = await asyncio.to_thread(_codes, artwork.pictures)
    steps.step()
    inside = (await services.inside.shown(state, dieline)).pictures
    views = await asyncio.to_thread(_views, order, shown, dieline, artwork.pictures, inside)
    steps.step()
    press = press_facts(order.options.flat.press)
    findings = preflight(state, facts, order.options.dieline, services.pictures.dpi, press)
    title = sheet_title(state)
    back = inside_sheet(dieline, inside, title) if inside else None
    areas = await asyncio.to_thread(taking, shown.areas, artwork.pictures)
    spots = await _spots(services, state, dieline)
    told = shown.look.finish, order.say, areas, tuple(inside), order.options.flat.press, spots
    proof = Proof(
        own.name if own is not None else order.target.name.partition(".")[0],
        version_of(state, shown),
        utc_text()[:10],
        Sheet(dieline, artwork.pictures, title, whole, areas=areas, back=back),
        Known(dieline, facts, codes, findings, *told),
        views,
    )
    await asyncio.to_thread(write_proof, proof, order.target, Words(order.review.language))
    steps.step()


async def _spots(services: Services, state: PackagingState, dieline: Dieline) -> dict[str, tuple[str, ...]]:
    """Inks of their own in what a PDF of the design holds."""
    drawn = await services.sheets.shown(state, vector=True)
    return await asyncio.to_thread(spot_inks, dieline, await services.objects.shown(state), drawn)


def version_of(state: PackagingState, shown: Appearance) -> str:
    """As a review page names it; what only a sheet shows makes another version of it, too."""
    seen, inside = hash_of(state, shown), inside_of_design(shown.inside, state).values()
    own = {"areas": appearance_values(shown)["areas"], "inside": [asdict(one) for one in inside]}
    if not any(own.values()):
        return seen
    return hashlib.sha256(f"{seen}{json.dumps(own, sort_keys=True)}".encode()).hexdigest()


def _codes(pictures: Mapping[str, bytes]) -> dict[str, tuple[str, ...]] | None:
    found: dict[str, tuple[str, ...]] = {}
    for panel_id, png in pictures.items():
        codes = read_codes(png)
        if codes is None:
            return None
        found[panel_id] = codes
    return found


def _views(
    order: ExportOrder,
    shown: Appearance,
    dieline: Dieline,
    pictures: Mapping[str, bytes],
    inside: Mapping[str, bytes],
) -> tuple[bytes, ...]:
    if not order.draws:
        return ()
    with tempfile.TemporaryDirectory(prefix="packdesk-") as folder, undone_by(partial(remove_tree, folder)):
        shots = tuple(Shot(view, Path(folder) / f"{view.name}.png") for view in VIEWS)
        look = replace(shown.look, background=_PAPER)
        drawing = PictureOrder(
            order.state,
            shots,
            _WIDTH,
            _HEIGHT,
            look,
            blank=dieline.options,
            areas=shown.areas,
            inside=inside,
        )
        try:
            drawn = draw_beside(drawing, pictures, current_stop(), _unheard)
        except DisplayError:
            return ()
        return () if drawn is None else tuple(shot.target.read_bytes() for shot in shots)


def _unheard(_done: int, _total: int) -> None:
    """The views are one step of the sheet."""
