"""Changes in words: what is sent, what is taken over, and that the rest stays to the byte."""

from __future__ import annotations

import base64
import io
import random
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from support.gemini_desk import open_desk
from support.providers import picture_bytes
from support.sizes import sized

from packdesk.domain.area import Area, on_panel, pixel_box
from packdesk.domain.order import GenerationOrder, PanelChange
from packdesk.domain.panels import panel_sizes
from packdesk.errors import InvalidInputError, NotPossibleError
from packdesk.services.archive import ArchiveQuery
from packdesk.textures.changing import FEATHER_PX
from packdesk.textures.library import hash_in_url

if TYPE_CHECKING:
    from pathlib import Path

    from services.conftest import Desk
    from support.gemini_answers import SeenRequest
    from support.gemini_desk import GeminiDesk
    from support.gemini_server import GeminiServer

WORDS = "make the flowers blue"


def change(panel: str = "front", area: Area | None = None) -> GenerationOrder:
    return GenerationOrder(WORDS, (panel,), change=PanelChange(area))


def noise(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    pixels = np.random.default_rng(3).integers(90, 110, (height, width, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def pixels(png: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(png)) as opened:
        return np.asarray(opened.convert("RGB")).astype(int)


async def on_front(desk: GeminiDesk) -> bytes:
    state = await desk.designs.get_state()
    return desk.picture(state.panel_textures["front"])


async def test_a_hundred_rectangles_leave_the_rest_to_the_byte(tmp_path: Path, gemini: GeminiServer) -> None:
    """The model changes everything, each time: only what lies in the rectangle is taken over."""
    flat = {"colour": (0, 0, 0)}
    gemini.picture = lambda _seen, width, height: _plain(flat["colour"], width // 8, height // 8)
    rng, outside, steps = random.Random(15), 0, []
    async with open_desk(tmp_path, gemini, tier="512") as desk:
        await desk.pictures.put_picture("front", noise(283, 425), "noise.png")
        size = panel_sizes("box", (await desk.designs.get_state()).package_dimensions)["front"]
        before = pixels(await on_front(desk))
        for _ in range(100):
            flat["colour"] = (rng.choice((0, 255)), rng.choice((0, 255)), rng.choice((0, 255)))
            area = Area(rng.uniform(-5, 90), rng.uniform(-5, 140), rng.uniform(9, 60), rng.uniform(9, 60))
            await desk.generation.generate(change(area=area))
            after = pixels(await on_front(desk))
            left, top, right, bottom = pixel_box(on_panel(area, "front", size), size, *after.shape[1::-1])
            moved = np.abs(after - before).max(axis=2)
            full = np.abs(np.array(flat["colour"]) - before).max(axis=2)
            inside = np.zeros(moved.shape, bool)
            inside[top:bottom, left:right] = True
            outside += int((moved[~inside] > 0).sum())
            assert (moved[inside] > 0).any() == (full[inside] > 0).any()
            if left > 0:
                steps.append((moved / np.maximum(full, 60))[top:bottom, left].max())
            before = after
    assert outside == 0
    assert max(steps) <= 1 / (FEATHER_PX + 1) + 0.02  # of the whole change: no edge is seen


async def test_the_present_picture_and_the_place_are_sent(tmp_path: Path, gemini: GeminiServer) -> None:
    async with open_desk(tmp_path, gemini, tier="512") as desk:
        await desk.pictures.put_picture("front", noise(283, 425), "noise.png")
        outcome = await desk.generation.generate(change(area=Area(10, 15, 50, 30)))
        (seen,) = gemini.requests
        assert WORDS in seen.prompt
        edges = [float(edge) for edge in re.findall(r"([\d.]+) %", seen.prompt)]
        assert edges == pytest.approx([10, 60, 10, 30], abs=0.4)
        (sent,) = seen.pictures
        with Image.open(io.BytesIO(sent)) as opened:
            assert opened.width / opened.height == pytest.approx(2 / 3, rel=0.01)
        assert outcome.state.panel_textures["front"].prompt == "Imported from noise.png"
        library = desk.library
        shown = outcome.state.panel_textures["front"].texture_url
        origin = library.origin(shown)
        assert origin is not None
        made = library.making(origin.source)
        assert made is not None
        assert (made.kind, made.words, made.panel) == ("answer", WORDS, "front")


async def test_a_later_size_cuts_the_changed_picture(tmp_path: Path, gemini: GeminiServer) -> None:
    gemini.picture = lambda _seen, width, height: _plain((255, 0, 0), width // 8, height // 8)
    async with open_desk(tmp_path, gemini, tier="512") as desk:
        await desk.pictures.put_picture("front", noise(283, 425), "noise.png")
        await desk.generation.generate(change(area=Area(0, 0, 100, 75)))
        await desk.designs.update_dimensions(sized("box", 100, 120, 100))
        await desk.pictures.refit()
        cut = pixels(await on_front(desk))
        assert cut.shape[0] / cut.shape[1] == pytest.approx(1.2, rel=0.02)
        assert tuple(cut[5, 50]) == (255, 0, 0)
        assert cut[-5, 50, 0] < 120


async def test_the_signature_of_the_last_answer_goes_along(tmp_path: Path, gemini: GeminiServer) -> None:
    for signature in (b"first", b"second"):
        gemini.fault("signed", signature=signature, times=1)
    async with open_desk(tmp_path, gemini, tier="512") as desk:
        await desk.generation.generate(GenerationOrder("red roses", ("front",)))
        await desk.generation.generate(change())
        await desk.generation.generate(change())
        sent = [_signatures(seen) for seen in gemini.requests]
        assert sent == [[], [b"first"], [b"second"]]
        assert "red roses" in str(gemini.requests[1].body["contents"][0])
        assert [one["role"] for one in gemini.requests[1].body["contents"]] == ["user", "model", "user"]


async def test_a_refused_signature_is_left_out_and_told(tmp_path: Path, gemini: GeminiServer) -> None:
    async with open_desk(tmp_path, gemini, tier="512") as desk:
        gemini.fault("signed", signature=b"old", times=1)
        await desk.generation.generate(GenerationOrder("red roses", ("front",)))
        message = "Thought signature is not valid"
        gemini.fault("status", code=400, message=message, when=lambda seen: bool(_signatures(seen)))
        outcome = await desk.generation.generate(change())
        assert not outcome.failures
        assert "asked again without" in outcome.notes[0]
        assert [len(_signatures(seen)) for seen in gemini.requests] == [0, 1, 0]


@pytest.mark.parametrize(
    ("area", "said"),
    [
        (Area(10, 10, 0, 20), "no size"),
        (Area(10, 10, -5, 20), "no size"),
        (Area(10, 10, float("nan"), 20), "no size"),
        (Area(100, 10, 20, 20), "not on the panel “front”, which is 100 × 150 mm"),
        (Area(-30, 10, 30, 20), "not on the panel"),
    ],
)
async def test_unusable_rectangles_change_nothing(desk: Desk, area: Area, said: str) -> None:
    await desk.pictures.put_picture("front", picture_bytes(), "a.png")
    writes = list(desk.store.writes)
    with pytest.raises(InvalidInputError, match=said):
        await desk.generation.generate(change(area=area))
    assert desk.store.writes == writes
    assert desk.provider.requests == []


async def test_a_panel_without_picture_and_several_panels(desk: Desk) -> None:
    with pytest.raises(NotPossibleError, match="no picture on the panel “front”"):
        await desk.generation.generate(change())
    with pytest.raises(InvalidInputError, match="one panel at a time"):
        await desk.generation.generate(GenerationOrder(WORDS, change=PanelChange()))
    assert desk.store.load() is None


async def test_each_turn_is_one_entry_and_one_write(desk: Desk) -> None:
    await desk.pictures.put_picture("front", picture_bytes(size=(142, 213)), "a.png")
    desk.store.writes.clear()
    outcome = await desk.generation.generate(change())
    assert desk.store.writes == [["front"], ["front"]]
    assert outcome.finished == ("front",)
    listed = await desk.archive.search(ArchiveQuery())
    assert [one.words for one in listed.pictures] == [WORDS, "Imported from a.png"]
    assert hash_in_url(outcome.state.panel_textures["front"].texture_url)


def test_the_feather_is_some_pixels() -> None:
    assert 2 <= FEATHER_PX <= 12


def _plain(colour: tuple[int, int, int], width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG")
    return buffer.getvalue()


def _signatures(seen: SeenRequest) -> list[bytes]:
    parts = [part for content in seen.body["contents"] for part in content["parts"]]
    found = [part.get("thoughtSignature") or part.get("thought_signature") for part in parts]
    return [base64.urlsafe_b64decode(one) for one in found if one]
