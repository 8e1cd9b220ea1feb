"""A whole pack made from nothing by real keys and clicks, exported, and looked at by other people's programs.

Generated artwork, an SVG logo, the product's name in two weights, a paragraph of ingredients, an EAN-13.
Needs Xvfb, openbox, xdotool, Ghostscript, poppler and zxing-cpp; a folder named as the argument gets pictures
of the screen, and the files. Prints what was found as a table; exits 1 on a fault.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(Path(__file__).parent)]

import pikepdf  # noqa: E402
import zxingcpp  # noqa: E402
from PIL import Image  # noqa: E402
from tables import table  # noqa: E402
from window_keys import Screen, opened, show_window  # noqa: E402

from packdesk.programs import find_program  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from window_keys import Hand

    from packdesk.jobs.session import Session
    from packdesk.ui.window.main_window import MainWindow

NUMBER = "4006381333931"
INGREDIENTS = "Ingredients: peppermint 60 %, lemon balm, verbena, fennel seed. Keep dry and away from light."
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" width="120" height="120">
<defs><linearGradient id="g" x2="0" y2="1"><stop offset="0" stop-color="#2f8f5b"/>
<stop offset="1" stop-color="#123f2a"/></linearGradient></defs><circle cx="60" cy="60" r="56" fill="url(#g)"/>
<path d="M60 20c26 22 26 58 0 80c-26-22-26-58 0-80z" fill="#f6efdc"/></svg>"""


def seen(window: MainWindow, session: Session) -> dict[str, Any]:
    """What there is to see, and where it is on the screen."""
    from PySide6.QtCore import QPointF  # noqa: PLC0415  (the other process needs no Qt)
    from PySide6.QtWidgets import QApplication, QPushButton, QTabBar  # noqa: PLC0415

    objects, dialog = window.objects, QApplication.activeModalWidget() or QApplication.activeWindow()
    kept = objects._objects.objects
    parts: dict[str, Any] = {"prompt": window.artwork.prompt.edit}
    places = {}
    if objects.panel is not None and objects.layer is not None:
        parts |= {f"add {kind}": part for kind, part in objects.panel.add.items()}
        parts |= {f"field {name}": part for name, part in objects.panel.form.fields.items()}
        for one in kept.recipe.objects if kept is not None and objects.layer.isVisible() else ():
            spot = objects.layer.spot(one.x + one.width / 2, one.y + one.height / 2)
            places[one.id] = list(window.flat.mapToGlobal(spot.toPoint()).toTuple())
    if dialog is not None and dialog is not window:
        parts |= {one.text(): one for one in dialog.findChildren(QPushButton) if one.isVisible()}
    if window.flat.sheet is not None:
        for panel in window.flat.sheet.scene.dieline.panels:
            spot = window.flat.to_pixels().map(QPointF(*panel.centre))
            places[panel.panel_id] = list(window.flat.mapToGlobal(spot.toPoint()).toTuple())
    for bar in window.findChildren(QTabBar):
        for number in range(bar.count()):
            places[f"tab {bar.tabText(number)}"] = list(
                bar.mapToGlobal(bar.tabRect(number).center()).toTuple()
            )
    visible = {name: part for name, part in parts.items() if part.isVisible()}
    scene = window.view.scene()
    return {
        "drawn": window.view.complete and scene is not None,
        "selected": scene.selected if scene else None,
        "busy": session.job.running or session.unsaved or objects._objects._writing,
        "art": len(session.state.panel_textures),
        "objects": [] if kept is None else [one.model_dump(mode="json") for one in kept.recipe.objects],
        "chosen": objects.chosen,
        "title": "" if dialog is None else dialog.windowTitle(),
        "places": places
        | {name: list(part.mapToGlobal(part.rect().center()).toTuple()) for name, part in visible.items()},
    }


class Pack:
    """Hands that make a pack."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand

    def rest(self) -> dict[str, Any]:
        """What is seen when nothing is being written."""
        time.sleep(0.6)
        self.hand.wait(lambda seen: not seen["busy"])
        return self.hand.look()

    def type(self, words: str) -> None:
        self.hand.do("type", "--delay", "15", words)

    def set(self, field: str, value: str) -> None:
        """Type a value into a field of the form."""
        self.hand.click(f"field {field}")
        self.hand.key("ctrl+a")
        self.type(value)
        self.hand.key("Return")
        self.rest()

    def select(self, panel: str) -> None:
        self.hand.click(panel)
        self.hand.wait(lambda seen: seen["selected"] == panel and "add text" in seen["places"])
        self.rest()

    def text(self, words: str, **fields: str) -> None:
        """Lettering typed on the sheet, and set in the form."""
        self.hand.click("add text")
        self.rest()
        self.type(words)
        self.hand.key("ctrl+Return")
        self.rest()
        for field, value in fields.items():
            self.set(field, value)

    def logo(self, file: Path) -> None:
        self.hand.click("add picture")
        time.sleep(1.5)
        self.type(str(file))
        self.hand.key("Return")
        self.hand.wait(lambda seen: any(one["kind"] == "picture" for one in seen["objects"]))
        self.rest()

    def export(self, file: Path) -> None:
        self.hand.key("ctrl+e")
        self.hand.wait(lambda seen: any(name.startswith("Export") for name in seen["places"]))
        time.sleep(1)
        self.hand.click(next(name for name in self.hand.look()["places"] if name.startswith("Export")))
        time.sleep(1.5)
        self.hand.key("ctrl+a")
        self.type(str(file))
        self.hand.key("Return")
        deadline = time.monotonic() + 60
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        time.sleep(2)


def made(hand: Hand, folder: Path) -> Iterator[tuple[str, bool]]:
    """The pack, step by step."""
    (folder / "logo.svg").write_text(LOGO)
    pack = Pack(hand)
    hand.key("ctrl+j")
    pack.select("front")
    pack.text("Herbal", size="34", weight="Bold", x="10", y="14", width="80", height="16")
    pack.text("Tea", size="30", weight="Light", x="10", y="30", width="80", height="14")
    pack.logo(folder / "logo.svg")
    logo = next(one for one in hand.look()["objects"] if one["kind"] == "picture")
    hand.do("mousemove", *map(str, hand.look()["places"][logo["id"]]), "mousedown", "1")
    left, top = hand.look()["places"][logo["id"]]
    for step in range(1, 9):
        hand.do("mousemove", str(left), str(top + 5 * step))
        time.sleep(0.05)
    hand.picture(folder / "snapping.png")
    hand.do("mouseup", "1")
    pack.rest()
    front = hand.look()["objects"]
    yield (
        "two weights, and a logo that was dragged",
        ([one.get("weight") for one in front] == [700, 300, None] and front[2]["y"] > logo["y"] + 5),
    )
    pack.select("back")
    pack.text(INGREDIENTS, size="8", x="12", y="20", width="76", height="30")
    hand.click("add barcode")
    pack.rest()
    pack.set("value", NUMBER)
    pack.set("y", "112")
    hand.picture(folder / "barcode.png")
    back = hand.look()["objects"]
    yield "ingredients and an EAN-13", [one["kind"] for one in back] == ["text", "barcode"]
    hand.click("tab Artwork")
    hand.click("prompt")
    pack.type("green tea leaves, botanical")
    hand.key("ctrl+Return")
    yield "artwork for all panels", hand.wait(lambda seen: seen["art"] == 6 and not seen["busy"], 120)
    time.sleep(2)
    hand.picture(folder / "generated.png")
    pack.export(folder / "pack.pdf")
    hand.picture(folder / "exported.png")
    yield "a PDF is there", (folder / "pack.pdf").exists()


def looked_at(folder: Path) -> Iterator[tuple[str, bool]]:
    """What other people's programs find in the file."""
    pdf = folder / "pack.pdf"
    called(
        "gs",
        "-q",
        "-dSAFER",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=tiffsep",
        "-r150",
        f"-o{folder}/plates.tif",
        pdf,
    )
    yield "Ghostscript makes plates", len(list(folder.glob("plates*.tif"))) >= 4
    words = called("pdftotext", pdf, "-")
    yield "pdftotext finds no lettering: it is paths", "Herbal" not in words and "peppermint" not in words
    with pikepdf.open(pdf) as document:
        sizes = [
            (int(one.Width), int(one.Height))
            for one in document.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
        content = document.pages[0].Contents.read_bytes()
        forms = [name for name in document.pages[0].Resources.XObject if name.startswith("/Logo")]
    yield "a picture for each panel, and none besides", 6 <= len(sizes) <= 8
    yield "the logo is a form of paths", len(forms) == 1
    yield "the lettering is filled paths in black ink alone", b"0 0 0 1 k" in content
    called("pdftoppm", "-r", "300", "-png", pdf, folder / "page")
    (page,) = folder.glob("page*.png")
    yield "zxing reads the code from the PDF at 300 dpi", NUMBER in read(Image.open(page))


def read(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


def called(program: str, *words: object) -> str:
    found = find_program(program)
    if found is None:
        sys.exit(f"{program} is missing")
    return subprocess.run(
        [found, *map(str, words)], capture_output=True, check=True, timeout=120
    ).stdout.decode(errors="replace")


def rendered(hand: Hand, folder: Path) -> Iterator[tuple[str, bool]]:
    """The same code in a picture in 3D and in a render, drawn by the command on the same design."""
    views = {"render": ("--view", "back"), "3D picture": ("--azimuth", "65", "--elevation", "15")}
    for name, words in views.items():
        target = folder / f"{name}.png"
        hand.run("render", str(target), *words, "--size", "2400x2400")
        yield f"zxing reads the code from the {name}", target.exists() and NUMBER in read(Image.open(target))


def main() -> int:
    if sys.argv[1:2] == ["--window"]:
        return show_window(Path(sys.argv[2]), seen)
    with tempfile.TemporaryDirectory() as made_here:
        folder = Path(sys.argv[1]) if sys.argv[1:] else Path(made_here)
        folder.mkdir(exist_ok=True)
        (folder / "pack.pdf").unlink(missing_ok=True)
        with opened(Screen(1440, 900), __file__, PACKDESK_DPI="300") as hand:
            found = list(made(hand, folder))
            found += rendered(hand, folder)
        found += looked_at(folder)
    table(("what", "holds"), [(name, "yes" if right else "NO") for name, right in found])
    return not all(right for _, right in found)


if __name__ == "__main__":
    sys.exit(main())
