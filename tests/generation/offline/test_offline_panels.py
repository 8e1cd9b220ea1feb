"""Whole panels: repeatable, one design, seamless, and the same at every resolution."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from packdesk.domain.dimensions import DEFAULT_DIMENSIONS, Dimensions, PackageType
from packdesk.domain.pack_words import PackWords
from packdesk.domain.panels import PANEL_IDS, panel_sizes
from packdesk.domain.request import PanelRequest
from packdesk.generation.offline import panels
from packdesk.generation.offline.canvas import Canvas, PaintingStoppedError
from packdesk.generation.offline.families import FAMILIES
from packdesk.generation.offline.noise import clouds, make_grid
from packdesk.generation.offline.panels import motif_unit, paint_panel
from packdesk.generation.offline.patterns import KeptPatterns, PatternKey
from packdesk.generation.offline.style import read_prompt, seeded_random

pytestmark = pytest.mark.usefixtures("qapp")

Pixels = npt.NDArray[np.int16]


def make_request(
    prompt: str = "floral",
    panel_id: str = "front",
    size: tuple[float, float, float] = (50, 75, 50),
    *,
    kind: PackageType = "box",
    dpi: float = 60,
    seed: int = 0,
) -> PanelRequest:
    dimensions = Dimensions(width=size[0], height=size[1], depth=size[2])
    return PanelRequest(
        prompt=prompt,
        panel_id=panel_id,
        size=panel_sizes(kind, dimensions)[panel_id],
        package_type=kind,
        package_dimensions=dimensions,
        dpi=dpi,
        seed=seed,
    )


def pixels(image: QImage) -> Pixels:
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).astype(np.int16)


def paint(request: PanelRequest) -> QImage:
    return QImage.fromData(paint_panel(request))


def pattern_only(request: PanelRequest) -> QImage:
    """The panel without its label."""
    style = read_prompt(request.prompt, request.seed)
    canvas = Canvas(
        (request.size.width, request.size.height),
        request.pixel_size(),
        ground=style.palette.ground,
        unit=motif_unit(request),
        wraps=request.panel_id == "body",
    )
    with canvas:
        FAMILIES[style.family](canvas, style, seeded_random(style.seed, request.panel_id))
    return canvas.image


@pytest.mark.parametrize("family", FAMILIES)
def test_the_same_request_gives_the_same_bytes(family: str) -> None:
    request = make_request(family)
    assert paint_panel(request) == paint_panel(request)


def test_another_seed_gives_another_picture() -> None:
    assert paint_panel(make_request(seed=1)) != paint_panel(make_request(seed=2))


def test_threads_do_not_change_the_bytes() -> None:
    requests = [make_request(family) for family in ("floral", "marble", "geometric", "kraft")]
    alone = [paint_panel(request) for request in requests]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(paint_panel, requests * 2)) == alone * 2


_IN_ANOTHER_PROCESS = """
import hashlib, sys
from PySide6.QtGui import QGuiApplication
from packdesk.domain.request import PanelRequest
from packdesk.generation.offline.panels import paint_panel
application = QGuiApplication([])
for line in sys.stdin:
    print(hashlib.sha256(paint_panel(PanelRequest.model_validate_json(line))).hexdigest())
"""


def test_another_process_with_another_hash_seed_gives_the_same_bytes() -> None:
    requests = [make_request(family, dpi=40) for family in FAMILIES]
    here = [hashlib.sha256(paint_panel(request)).hexdigest() for request in requests]
    answer = subprocess.run(
        [sys.executable, "-c", _IN_ANOTHER_PROCESS],
        input="\n".join(request.model_dump_json() for request in requests),
        env={**os.environ, "PYTHONHASHSEED": "4711", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.split() == here


@pytest.mark.parametrize("kind", ["box", "cylinder"])
@pytest.mark.parametrize("dpi", [7, 33.3, 72])
def test_pictures_have_the_requested_pixel_size(kind: PackageType, dpi: float) -> None:
    for panel_id in PANEL_IDS[kind]:
        request = make_request("dots", panel_id, DEFAULT_DIMENSIONS[kind].as_tuple(), kind=kind, dpi=dpi)
        picture = paint(request)
        assert (picture.width(), picture.height()) == request.pixel_size()


def test_pictures_know_their_print_resolution() -> None:
    assert paint(make_request(dpi=150)).dotsPerMeterX() * 0.0254 == pytest.approx(150, rel=0.01)


def test_all_panels_share_ground_plate_and_motif_size() -> None:
    requests = [make_request("teal dots", panel_id, (50, 75, 20)) for panel_id in PANEL_IDS["box"]]
    assert len({motif_unit(request) for request in requests}) == 1
    palette = read_prompt("teal dots").palette
    for request in requests:
        flat = pixels(paint(request)).reshape(-1, 3).tolist()
        for colour in (palette.ground, palette.plate, palette.main):
            assert [colour.red(), colour.green(), colour.blue()] in flat


def test_panels_of_one_design_are_scattered_differently() -> None:
    left, right = (pattern_only(make_request("terrazzo", panel_id)) for panel_id in ("left", "right"))
    assert (pixels(left) != pixels(right)).any()


@pytest.mark.parametrize(
    "family", [*FAMILIES, "seigaiha waves", "diagonal stripes", "halftone dots", "confetti dots"]
)
def test_the_body_of_a_cylinder_has_no_seam(family: str) -> None:
    body = pixels(paint(make_request(family, "body", (40, 50, 40), kind="cylinder", dpi=110)))
    steps = np.abs(np.diff(body, axis=1)).mean(axis=(0, 2))
    seam = np.abs(body[:, 0] - body[:, -1]).mean()
    # Tiles meet at the seam, so their edges are compared with all tile edges and not only with the nearest.
    near = steps if family == "geometric" else np.concatenate([steps[:12], steps[-12:]])
    assert seam <= near.max() * 1.25 + 0.5


@pytest.mark.parametrize("family", FAMILIES)
def test_a_preview_shows_what_will_be_printed(family: str) -> None:
    small, large = (paint(make_request(family, size=(80, 120, 80), dpi=dpi)) for dpi in (60, 240))
    reduced = large.scaled(
        small.size(), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    assert np.abs(pixels(small) - pixels(reduced)).mean() < 1.5


def test_clouds_are_even_in_millimetres() -> None:
    """Twice the panel holds more of the same clouds, not larger ones."""
    seen = []
    for width in (60, 120):
        canvas = Canvas((width, 60), (width, 60), ground=read_prompt("marble").palette.ground)
        field = clouds(canvas, make_grid(canvas, 0.5), 5, roughness=3, largest=20)
        seen.append(np.abs(np.diff(field, axis=1)).mean())
    assert seen[0] == pytest.approx(seen[1], rel=0.1)


@pytest.mark.parametrize("panel_id", ["top", "bottom"])
@pytest.mark.parametrize("prompt", ["floral 'A'", "deco 'Wolkenstein & Söhne Manufakt'"])
def test_discs_keep_everything_important_inside_the_circle(panel_id: str, prompt: str) -> None:
    request = make_request(prompt, panel_id, (60, 80, 60), kind="cylinder", dpi=80)
    changed = (pixels(paint(request)) != pixels(pattern_only(request))).any(axis=2)
    rows, columns = np.nonzero(changed)
    middle = (changed.shape[0] - 1) / 2
    assert len(rows)
    assert np.hypot(rows - middle, columns - middle).max() < middle * 0.9


_EXTREMES: list[tuple[PackageType, str, tuple[float, float, float]]] = [
    ("box", "front", (10, 10, 10)),
    ("box", "bottom", (10, 10, 10)),
    ("box", "back", (10, 2000, 10)),
    ("box", "left", (2000, 10, 10)),
    ("box", "bottom", (2000, 10, 10)),
    ("box", "front", (2000, 2000, 10)),
    ("box", "top", (2000, 2000, 2000)),
    ("cylinder", "body", (10, 2000, 10)),
    ("cylinder", "body", (2000, 10, 2000)),
    ("cylinder", "bottom", (10, 10, 10)),
]


_FAMILIES = ("floral", "marble", "waves", "terrazzo", "stripes", "geometric", "deco")


@pytest.mark.parametrize("place", range(len(_EXTREMES)))
def test_extreme_sizes_are_painted(place: int) -> None:
    kind, panel_id, size = _EXTREMES[place]
    for family in islice(cycle(_FAMILIES), 3 * place, 3 * place + 3):  # in turn: all would take a while
        request = make_request(f'{family} "Otter & Oak"', panel_id, size, kind=kind, dpi=4)
        picture = paint(request)
        assert (picture.width(), picture.height()) == request.pixel_size()
        assert pixels(picture).std() > 1


def test_a_huge_panel_holds_no_more_motifs_than_a_large_one() -> None:
    huge, large = make_request(size=(2000, 2000, 10)), make_request(size=(300, 300, 10))
    motifs = [2000**2 / motif_unit(huge) ** 2, 300**2 / motif_unit(large) ** 2]
    assert max(motifs) <= 90_001


@pytest.mark.parametrize("family", FAMILIES)
def test_painting_stops_when_told_to(family: str) -> None:
    with pytest.raises(PaintingStoppedError):
        paint_panel(make_request(family), lambda: True)


@pytest.mark.parametrize("family", FAMILIES)
def test_other_words_on_a_kept_pattern_are_painted_as_on_a_new_one(
    family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = make_request(family, "back")
    tea, soap = (request.model_copy(update={"words": PackWords(product=one)}) for one in ("Tea", "Soap"))
    monkeypatch.setattr(panels, "patterns", KeptPatterns(0))
    expected = [paint_panel(tea), paint_panel(soap)]
    monkeypatch.setattr(panels, "patterns", KeptPatterns())
    first = paint_panel(tea)
    monkeypatch.setattr(panels, "FAMILIES", {})  # nothing is left to paint a pattern with
    assert [paint_panel(tea), paint_panel(soap)] == expected
    assert first == expected[0] != expected[1]


def test_kept_patterns_have_an_end() -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    keys = [PatternKey("floral", (), seed, "front", (1, 1), (100, 100), 1) for seed in range(3)]
    kept = KeptPatterns(2 * image.sizeInBytes())
    for key in keys:
        kept.keep(key, image)
        kept.get(keys[0])
    assert [kept.get(key) is not None for key in keys] == [True, False, True]
