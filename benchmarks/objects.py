"""Objects on panels: where they are in every file, how long flattening takes, and two programs on one panel.

`--count` objects, `--times` moves of each process, `--edits` random ones that are taken back. Exits 1 when
a promise is broken.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import numpy as np
import zxingcpp
from PIL import Image
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.objects import GOOD_VALUES
from support.placed_objects import (
    centres_in_dxf,
    centres_in_pdf,
    centres_in_png,
    centres_in_svg,
    centres_meant,
    panel_of_pdf,
    plain_png,
    scattered,
    sheet_with,
)
from support.tidying import tidying_over

from packdesk.domain.change import difference
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.objects.arranging import Line, aligned, with_copies
from packdesk.domain.objects.gestures import moved
from packdesk.domain.objects.inks import ink_of
from packdesk.domain.objects.kept import KeptObjects
from packdesk.domain.objects.recipe import Recipe, moved_to, new_id, put, remove
from packdesk.domain.objects.values import Barcode, Shape, Text
from packdesk.domain.panels import FlatSize
from packdesk.domain.size_edit import SizeEdit
from packdesk.export.flat.dxf import write_dxf
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.png import write_flat_png
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.flat.svg import write_svg
from packdesk.services.designs import DesignService
from packdesk.services.objects import ObjectService
from packdesk.services.pictures import PictureService
from packdesk.services.shared_state import SharedState
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.disk import DiskCache
from packdesk.textures.library import TextureLibrary
from packdesk.textures.objects.bars import fitted
from packdesk.textures.objects.drawing import drawn_objects
from packdesk.textures.objects.flattening import flattened
from packdesk.textures.objects.letterer import ProcessLetterer
from packdesk.textures.reader import TextureReader
from packdesk.ui.flat.view import FlatScene, FlatView
from packdesk.ui.objects.object_layer import ObjectLayer

LEFT = Qt.MouseButton.LeftButton
SIZE = FlatSize(width=100, height=150)
BROKEN: list[str] = []


def promise(name: str, value: float, most: float, unit: str) -> None:
    kept = value <= most
    print(f"| {name} | {value:.4g} {unit} | {most:g} {unit} | {'kept' if kept else 'BROKEN'} |", flush=True)
    if not kept:
        BROKEN.append(name)


def positions(count: int, folder: Path) -> None:
    blanks = {
        "straight tuck": (make_dieline("box", Dimensions(width=100, height=150, depth=60)), "front left top"),
        "wrap": (make_dieline("cylinder", Dimensions(width=80, height=150, depth=80)), "body"),
    }
    for name, (dieline, panels) in blanks.items():
        rng, objects = random.Random(19), {}
        for panel_id in panels.split():
            width, height = dieline.panel(panel_id).picture_size
            objects[panel_id] = scattered(
                FlatSize(width=width, height=height), count // len(panels.split()), rng
            )
        sheet = sheet_with(dieline, objects)
        meant = centres_meant(sheet, objects)
        write_pdf(sheet, folder / "sheet.pdf")
        write_svg(sheet, folder / "sheet.svg")
        placed = [panel.panel_id for panel in dieline.panels if panel.panel_id in objects]
        ordered = [f"{panel_id}-{one.id}" for panel_id in placed for one in objects[panel_id]]
        in_pdf = dict(zip(ordered, centres_in_pdf(folder / "sheet.pdf", sheet), strict=True))
        write_dxf(sheet, folder / "sheet.dxf")
        in_dxf = dict(zip(ordered, centres_in_dxf(folder / "sheet.dxf", sheet), strict=True))
        found = {"PDF": in_pdf, "DXF guide": in_dxf, "SVG": centres_in_svg(folder / "sheet.svg")}
        for kind, places in found.items():
            off = max(float(np.hypot(*np.subtract(places[one], meant[one]))) for one in meant)
            promise(f"{len(meant)} objects, {name}, {kind}: farthest off", off, 0.05, "mm")
        places = sheet_png(sheet, folder / "sheet.png", meant)
        off = max(float(np.hypot(*np.subtract(places[one], meant[one]))) for one in meant)
        promise(f"{len(meant)} objects, {name}, PNG of the sheet at 300 dpi: farthest off", off, 0.05, "mm")
        off = 0.0
        for panel_id, ones in objects.items():
            middles = {one.id: (one.x + one.width / 2, one.y + one.height / 2) for one in ones}
            size = dieline.panel(panel_id).picture_size
            reach = max(max(one.width, one.height) for one in ones)
            places = centres_in_png(sheet.artwork[panel_id], size, middles, reach)
            off = max(off, *(float(np.hypot(*np.subtract(places[one], middles[one]))) for one in middles))
        promise(f"{len(meant)} objects, {name}, flattened PNG: farthest off", off, 0.05, "mm")


def sheet_png(
    sheet: Sheet, file: Path, meant: dict[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Where the middles of red are in a picture of the whole sheet, in millimetres of the sheet."""
    dpi, reach = 300, 5.0
    write_flat_png(replace(sheet, objects={}), file, dpi, FlatOptions(kinds=frozenset()), lines=False)
    white = io.BytesIO()
    with Image.open(file) as drawn:
        board = Image.new("RGBA", drawn.size, "white")
        board.alpha_composite(drawn.convert("RGBA"))
    board.save(white, "PNG", compress_level=1)
    size = board.width / dpi * 25.4, board.height / dpi * 25.4
    left, top = sheet.bleed.left, sheet.bleed.top
    from_corner = {name: (x - left, y - top) for name, (x, y) in meant.items()}
    found = centres_in_png(white.getvalue(), size, from_corner, reach)
    return {name: (x + left, y + top) for name, (x, y) in found.items()}


async def set_all(objects: list[Text | Shape | Barcode]) -> KeptObjects:
    recipe = Recipe.empty(SIZE).with_objects(tuple(objects))
    letterer = ProcessLetterer()
    began = time.perf_counter()
    lettering = await letterer.set(recipe.texts)
    took = time.perf_counter() - began
    print(f"| setting {len(recipe.texts)} texts, with the start of the process | {took:.2f} s | | |")
    letterer.close()
    return KeptObjects.of(recipe, lettering)


def many() -> list[Text | Shape | Barcode]:
    rng = random.Random(5)
    made: list[Text | Shape | Barcode] = []
    for number in range(500):
        place = {"x": rng.uniform(0, 80), "y": rng.uniform(0, 140), "turn": rng.uniform(0, 360)}
        if number % 10 < 6:
            words = " ".join(rng.choice(["tea", "mint", "verbena", "lemon", "leaf"]) for _ in range(4))
            made.append(Text(id=f"t{number}", words=words, size=rng.uniform(5, 14), **place))
        elif number % 10 < 9:
            made.append(Shape(id=f"s{number}", width=9, height=6, ink=ink_of("#3a7"), opacity=0.6, **place))
        else:
            made.append(fitted(Barcode(id=f"b{number}", value=f"lot {number}", symbology="qr", **place)))
    return made


def flattening() -> None:
    kept = asyncio.run(set_all(many()))
    beneath, times = plain_png(1181, 1772, "#e8e0d0"), []
    for _ in range(5):
        began = time.process_time()
        flattened(beneath, drawn_objects(kept, lambda _: None), SIZE, lambda _: b"")
        times.append(time.process_time() - began)
    promise(
        "flattening 500 objects at 300 dpi, processor time, median of 5", statistics.median(times), 1.5, "s"
    )


def codes(folder: Path) -> None:
    places = [(5, 2), (53, 2), (5, 35), (5, 110), (53, 35), (5, 70), (53, 70)]
    dieline = make_dieline("box", Dimensions(width=100, height=150, depth=60))
    for magnification in (80, 100):
        objects = [
            fitted(Barcode(id=kind.value, x=x, y=y, symbology=kind, value=value, magnification=magnification))
            for (kind, value), (x, y) in zip(GOOD_VALUES.items(), places, strict=True)
        ]
        sheet = sheet_with(dieline, {"front": objects})
        write_pdf(sheet, folder / "codes.pdf", FlatOptions(kinds=frozenset()))
        drawn = panel_of_pdf(folder / "codes.pdf", sheet, "front")
        flat = Image.open(io.BytesIO(sheet.artwork["front"])).convert("L")
        for name, picture in (("PDF at 300 dpi", drawn), ("flattened panel", flat)):
            read = " ".join(code.text for code in zxingcpp.read_barcodes(picture))
            missed = [kind.value for kind, value in GOOD_VALUES.items() if value not in read]
            promise(f"codes at {magnification} % not read, {name} {' '.join(missed)}", len(missed), 0, "of 7")
        grey = np.asarray(flat.resize(drawn.size), float)
        promise(
            f"PDF and flattened panel, {magnification} %",
            float(np.abs(np.asarray(drawn, float) - grey).mean()),
            2,
            "grey levels",
        )


def service_over(folder: Path) -> ObjectService:
    store, library = SqliteStore(folder / "design.sqlite3"), TextureLibrary(folder / "library")
    shared = SharedState(store)
    reader = TextureReader(library, DiskCache(folder / "cache", 10_000_000))
    pictures = PictureService(shared, library, reader, 72, tidying_over(store, library, folder))
    return ObjectService(shared, library, pictures, ProcessLetterer())


OWN = 10
"""Objects of each process."""
STEP_MM = 0.1


def move(folder: Path, name: str, times: int) -> None:
    """Move objects of its own, one after the other, each by a tenth of a millimetre."""

    def step(recipe: Recipe, one: str) -> Recipe:
        return put(moved(recipe.get(one), STEP_MM, 0))(recipe)

    async def moves() -> None:
        objects = service_over(folder)
        for number in range(times):
            await objects.change("front", partial(step, one=f"{name}{number % OWN}"))

    asyncio.run(moves())


def two_programs(times: int, folder: Path) -> None:
    """Two processes move different objects on one panel: every move is there at the end."""
    names, began = ("one", "two"), time.perf_counter()
    shapes = [
        Shape(id=f"{name}{number}", x=5, y=6 * number, width=4, height=3)
        for name in names
        for number in range(OWN)
    ]
    asyncio.run(service_over(folder).change("front", put(*shapes)))
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=move, args=(folder, name, times)) for name in names]
    for process in both:
        process.start()
    for process in both:
        process.join()

    async def there() -> Recipe:
        objects = service_over(folder)
        with contextlib.closing(SqliteStore(folder / "design.sqlite3")) as store:
            return (await objects.objects(await SharedState(store).load(), "front")).recipe

    recipe = asyncio.run(there())
    done = sum(round((recipe.get(one.id).x - one.x) / STEP_MM) for one in shapes)
    promise(f"two processes move objects {times} times each: moves lost", 2 * times - done, 0, "moves")
    print(f"| that took | {time.perf_counter() - began:.0f} s | | |")


def edited(rng: random.Random, recipe: Recipe, number: int) -> Recipe:
    """A random edit: put, changed, ordered, lined up, copied or removed."""
    ids, kind = recipe.ids, rng.randrange(6)
    if not ids or (kind == 0 and len(ids) < 12):
        one = Shape(id=f"n{number}", x=rng.uniform(0, 30), y=rng.uniform(0, 30), width=5, height=4)
        return put(one)(recipe)
    name = rng.choice(ids)
    if kind == 1:
        return put(moved(recipe.get(name), rng.uniform(-3, 3), rng.uniform(-3, 3)))(recipe)
    if kind == 2:
        return moved_to(name, rng.randrange(len(ids)))(recipe)
    if kind == 3:
        return put(*aligned(recipe.objects, rng.choice(list(Line)), recipe.panel))(recipe)
    if kind == 4 and len(ids) < 12:
        one = recipe.get(name)
        return with_copies(recipe, (one,), (new_id(one.kind),))
    return remove(name)(recipe)


def undone(times: int, folder: Path) -> None:
    """Random edits one after the other, each taken back: the panel is what it was, to the byte."""

    async def work() -> int:
        objects, rng = service_over(folder), random.Random(11)
        shared, wrong = objects._shared, 0
        await DesignService(shared).update_dimensions(
            SizeEdit("box", Dimensions(width=40, height=40, depth=40))
        )
        state = await objects.change("front", put(Shape(id="first", x=2, y=2, width=9, height=9)))
        was = [state.panel_textures["front"].model_dump_json()]
        changes = []
        for number in range(times):
            after = await objects.change("front", partial(edited, rng, number=number))
            change = difference("objects", state, after, ["front"])
            if change is not None:
                changes.append(change)
                texture = after.panel_textures.get("front")
                was.append("" if texture is None else texture.model_dump_json())
            state = after
        for change in reversed(changes):
            was.pop()
            state = await DesignService(shared).apply_change(change.back())
            texture = state.panel_textures.get("front")
            wrong += ("" if texture is None else texture.model_dump_json()) != was[-1]
        return wrong

    began = time.perf_counter()
    promise(
        f"{times} random edits, all undone: panels that are not what they were", asyncio.run(work()), 0, ""
    )
    print(f"| that took | {time.perf_counter() - began:.0f} s | | |")


def generated_anew(times: int, folder: Path) -> None:
    """New artwork below objects: they stay, and so do their outlines."""

    async def work() -> int:
        objects, changed = service_over(folder), 0
        name = Text(id="t", x=5, y=5, width=60, words="Herbal Tea", size=20, weight=700)
        code = fitted(Barcode(id="b", x=5, y=60, value="4006381333931"))
        state = await objects.change("front", put(name, code))
        kept = await objects.objects(state, "front")
        for number in range(times):
            picture = plain_png(300, 450, f"#{number * 12:02x}8060")
            state = await objects._pictures.put_picture("front", picture, "new artwork")
            changed += await objects.objects(state, "front") != kept
        await objects.aclose()
        return changed

    promise(f"artwork made anew {times} times: objects changed", asyncio.run(work()), 0, "times")


def frame(flat: FlatView, start: QPointF, end: QPointF, moves: int) -> float:
    """Seconds of a pointer's move with the frame that follows, while an object is dragged."""
    QTest.mousePress(flat, LEFT, pos=start.toPoint())
    began = time.perf_counter()
    for number in range(1, moves + 1):
        at = start + (end - start) * (number / moves)
        event = QMouseEvent(QEvent.Type.MouseMove, at, at, LEFT, LEFT, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(flat, event)
        flat.grab()
    took = (time.perf_counter() - began) / moves
    QTest.mouseRelease(flat, LEFT, pos=end.toPoint())
    return took


def dragging(pairs: int = 12) -> None:
    """A drag among 500 objects and among none, one after the other."""
    dieline = make_dieline("box", Dimensions(width=100, height=150, depth=60))
    flat = FlatView()
    flat.resize(1200, 800)
    picture = QPixmap()
    picture.loadFromData(plain_png(1181, 1772, "#e8e0d0"))
    flat.set_scene(FlatScene(dieline, {"front": picture}))
    layer = ObjectLayer(flat, lambda kept, _: drawn_objects(kept, lambda _: None)[0])
    flat.show()
    held = Shape(id="held", x=40, y=60, width=20, height=20)
    ratios, frames = [], []
    for _ in range(pairs):
        times = []
        for others in ([], many()):
            recipe = Recipe.empty(SIZE).with_objects((*others, held))
            layer.show_objects("front", KeptObjects(recipe=recipe), ("held",))
            times.append(frame(flat, layer.spot(50, 70), layer.spot(70, 100), 20))
        ratios.append(times[1] / times[0])
        frames.append(times[1])
    flat.removeEventFilter(layer)
    print(f"| a frame of a drag among 500 objects | {1000 * statistics.median(frames):.1f} ms | | |")
    promise(f"that, beside one among none, median of {pairs} pairs", statistics.median(ratios), 1.3, "times")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--edits", type=int, default=1000)
    asked = parser.parse_args()
    application = QApplication.instance() or QApplication([])
    assert application is not None
    print("| what | measured | at most | |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        positions(asked.count, Path(folder))
        flattening()
        dragging()
        codes(Path(folder))
        two_programs(asked.times, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        undone(asked.edits, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        generated_anew(20, Path(folder))
    print("\n".join(f"broken: {name}" for name in BROKEN))
    return bool(BROKEN)


if __name__ == "__main__":
    sys.exit(main())
