"""A user without a plan: random things done to a real window, the same ones for the same seed."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QMessageBox, QPushButton

from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.state import PackagingState
from packdesk.domain.wire import decode_state, encode_state
from packdesk.services.designs import DesignService
from packdesk.services.shared_state import SharedState
from packdesk.store.base import Verdict, Write
from packdesk.ui.package.dimension_row import GRAINS
from packdesk.ui.units import INCH, MM
from support.hostile_bundles import sound_bundle
from support.pointing import drop, move_to
from support.providers import picture_bytes
from support.sizes import sized

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.store.base import StateStore
    from packdesk.ui.package.dimension_row import DimensionRow
    from packdesk.ui.window.main_window import MainWindow
    from support.sessions import SessionDesk

LENGTHS = ("100+2*3", "12 cm", "4.5 in", "77,5", "1999.9", "2001", "10", "9", "three", "", "-5", "1/0", "(((")
PROMPTS = ("vintage floral pattern", 'waves in teal, "Sol Field"', "", "ab", "x" * 2001)
PANELS = PANEL_IDS["box"]
WIDTHS, HEIGHTS = (900, 1100), (560, 680)  # drawn in software, so not larger than needed


class Monkey:
    """Does one random thing after the other.

    Args:
        seed: of the choices.
        window: what it plays with.
        desk: what is behind the window.
        other: the same store as another program has it open.
        folder: for files.
    """

    def __init__(
        self, seed: int, window: MainWindow, desk: SessionDesk, other: StateStore, folder: Path
    ) -> None:
        self.seed, self.random = seed, random.Random(seed)
        self.window, self.desk, self.other, self.folder = window, desk, other, folder
        self.gates: list[asyncio.Event] = []
        self.hung = False
        self.resize()
        self.files = [folder / name for name in ("wide.png", "tall.jpg", "broken.png", "gone.png")]
        self.files[0].write_bytes(picture_bytes(1, (90, 30)))
        self.files[1].write_bytes(picture_bytes(2, (20, 70), "JPEG"))
        self.files[2].write_text("nothing")
        self.designs = [folder / "tea.packdesk", folder / "cut.packdesk", folder / "gone.packdesk"]
        self.designs[0].write_bytes(sound_bundle())
        self.designs[1].write_bytes(sound_bundle()[:2600])
        self.doings: tuple[tuple[int, Callable[[], None]], ...] = (
            (9, self.slide),
            (6, self.type_a_length),
            (3, self.choose_a_preset),
            (3, self.lock),
            (4, self.switch_type),
            (8, self.select_in_the_list),
            (5, self.click_the_view),
            (5, self.click_the_flat_view),
            (4, self.hover),
            (3, self.write_a_prompt),
            (8, self.generate),
            (5, self.set_the_providers_mood),
            (3, self.press_a_messages_button),
            (3, self.close_a_message),
            (5, self.drop_a_file),
            (3, self.fill_the_clipboard),
            (9, self.trigger_a_panel_action),
            (9, self.undo_and_redo),
            (14, self.trigger_another_action),
            (3, self.open_a_design),
            (3, self.save_the_design),
            (3, self.export),
            (5, self.move_a_dock),
            (8, self.edit_from_elsewhere),
            (2, self.take_the_store_away),
            (2, self.change_the_unit),
            (2, self.resize),
        )

    def act(self) -> str:
        """Do one thing; its name."""
        weights, doings = zip(*self.doings, strict=True)
        doing = self.random.choices(doings, weights)[0]
        doing()
        return str(doing.__name__)

    def calm_down(self) -> None:
        """Let everything that was held up go on."""
        self.desk.outage.clear()
        provider, thread = self.desk.provider, self.desk.session._thread
        provider.gate = None
        if self.hung:
            self.desk.session.generation.cancel()
        provider.endless, self.hung = (), False
        assert thread._loop is not None
        for gate in self.gates:
            thread._loop._loop.call_soon_threadsafe(gate.set)
        self.gates.clear()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()

    def choose_files(self, *_: object) -> list[Path]:
        """Stands in for the dialog that opens files."""
        return self.random.sample(self.files, self.random.randrange(len(self.files) + 1))

    def choose_file(self, *_: object) -> Path | None:
        """Stands in for the dialog that opens one file."""
        return self.random.choice([*self.files, None])

    def name_file(self, *_: object) -> tuple[str, str]:
        """Stands in for the platform's."""
        chosen = self.choose_file()
        return str(chosen) if chosen else "", ""

    def name_files(self, *_: object) -> tuple[list[str], str]:
        """Stands in for the platform's that opens several."""
        return [str(file) for file in self.choose_files()], ""

    def choose_target(self, *_: object) -> Path | None:
        """Stands in for the dialog that saves one."""
        return self.random.choice([self.folder / "saved.png", self.folder / "no folder" / "saved.png", None])

    def name_target(self, _parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        """Stands in for the platform's dialog that saves a file of some kind."""
        target = self.folder / Path(name).name
        return str(self.random.choice([target, target, target.with_suffix(""), ""])), ""

    def answer(self, *_: object) -> QMessageBox.StandardButton:
        """Stands in for a question."""
        return self.random.choice([QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No])

    # --- the package

    def _row(self) -> DimensionRow:
        package = self.window.package
        rows = [package.width_row, package.height_row, package.depth_row]
        return self.random.choice([row for row in rows if not row.isHidden()])

    def slide(self) -> None:
        row = self._row()
        for _ in range(self.random.randint(1, 4)):
            row.slider.setValue(round(self.random.uniform(10, 520) * GRAINS))
        if self.random.random() < 0.7:
            row.slider.sliderReleased.emit()

    def type_a_length(self) -> None:
        field = self._row().field
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, self.random.choice(LENGTHS))
        QTest.keyClick(field, self.random.choice([Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_PageDown]))
        QTest.keyClick(field, Qt.Key.Key_Return)  # an end cannot be stepped beyond: the text still waits then

    def choose_a_preset(self) -> None:
        presets = self.window.package.presets.actions()
        self.random.choice([preset for preset in presets if preset.isEnabled()]).trigger()

    def lock(self) -> None:
        self.window.package.lock_button.click()

    def switch_type(self) -> None:
        package = self.window.package
        self.random.choice([package.box_button, package.cylinder_button]).click()

    def change_the_unit(self) -> None:
        self.window.set_unit(self.random.choice([MM, INCH]))

    # --- panels and views

    def select_in_the_list(self) -> None:
        panels = self.window.artwork.list
        item = panels.item(self.random.randrange(panels.count()))
        QTest.mouseClick(
            panels.viewport(), Qt.MouseButton.LeftButton, pos=panels.visualItemRect(item).center()
        )

    def _place_in(self, width: int, height: int) -> QPoint:
        return QPoint(self.random.randrange(max(1, width)), self.random.randrange(max(1, height)))

    def click_the_view(self) -> None:
        view = self.window.view
        button = self.random.choice([Qt.MouseButton.LeftButton] * 3 + [Qt.MouseButton.RightButton])
        QTest.mouseClick(view, button, pos=self._place_in(view.width(), view.height()))
        self.window.panel_menu.close()

    def click_the_flat_view(self) -> None:
        port = self.window.flat
        button = self.random.choice([Qt.MouseButton.LeftButton] * 3 + [Qt.MouseButton.RightButton])
        QTest.mouseClick(port, button, pos=self._place_in(port.width(), port.height()))
        self.window.panel_menu.close()

    def hover(self) -> None:
        flat = self.window.flat
        move_to(flat, QPointF(self._place_in(flat.width(), flat.height())))

    def trigger_a_panel_action(self) -> None:
        names = ("import", "copy", "paste", "save_panel", "turn", "fit", "fill", "finish", "clear_panel")
        self.window.actions_[self.random.choice(names)].trigger()

    def drop_a_file(self) -> None:
        data = QMimeData()
        if self.random.random() < 0.3:
            data.setImageData(self._image())
        else:
            data.setUrls([QUrl.fromLocalFile(str(self.random.choice(self.files)))])
        port = self.random.choice([self.window.flat, self.window.artwork.list.viewport()])
        drop(port, data, QPointF(self._place_in(port.width(), port.height())))

    def fill_the_clipboard(self) -> None:
        data = QMimeData()
        kind = self.random.choice(("image", "file", "text"))
        if kind == "image":
            data.setImageData(self._image())
        elif kind == "file":
            data.setUrls([QUrl.fromLocalFile(str(self.random.choice(self.files)))])
        else:
            data.setText("no picture")
        QGuiApplication.clipboard().setMimeData(data)

    def _image(self) -> QImage:
        image = QImage(
            self.random.randint(1, 80), self.random.randint(1, 80), QImage.Format.Format_ARGB32_Premultiplied
        )
        image.fill(QColor(self.random.randrange(256), 90, 90, self.random.choice([0, 255])))
        return image

    # --- artwork

    def write_a_prompt(self) -> None:
        self.window.artwork.prompt.edit.setPlainText(self.random.choice(PROMPTS))

    def generate(self) -> None:
        if self.random.random() < 0.8:
            self.window.artwork.prompt.edit.setPlainText(PROMPTS[0])
        self.window.actions_[self.random.choice(["generate_all", "generate_all", "generate_one"])].trigger()

    def set_the_providers_mood(self) -> None:
        provider = self.desk.provider
        for name in ("failing", "garbage", "broken", "endless"):
            some = self.random.sample(PANELS, self.random.choice([0, 0, 0, 1, 2]))
            setattr(provider, name, tuple(some))
        self.hung = self.hung or bool(provider.endless)
        provider.gate = asyncio.Event() if self.random.random() < 0.3 else None
        if provider.gate is not None:
            self.gates.append(provider.gate)

    def press_a_messages_button(self) -> None:
        buttons = self.window.messages.findChildren(QPushButton)
        if shown := [button for button in buttons if not button.isHidden()]:
            self.random.choice(shown).click()

    def close_a_message(self) -> None:
        if self.window.messages.isVisible():
            self.window.messages.close_button.click()

    # --- files

    def open_a_design(self) -> None:
        self.window.designs.open(self.random.choice(self.designs))
        for box in self.window.findChildren(QMessageBox):
            if box.isVisible():
                self.random.choice(box.buttons()).click()

    def save_the_design(self) -> None:
        self.window.actions_["save_design"].trigger()

    def export(self) -> None:
        self.window.actions_["export"].trigger()
        dialog = self.window.exports.dialog
        assert dialog is not None
        dialog.kinds.setCurrentRow(self.random.randrange(dialog.kinds.count()))
        for field in dialog.form.measures.values():
            field.setValue(self.random.uniform(0, field.maximum()))
        self.random.choice(
            [dialog.writing.start_button, dialog.writing.start_button, dialog.writing.cancel_button]
        ).click()
        dialog.close()

    # --- the window

    def undo_and_redo(self) -> None:
        for _ in range(self.random.randint(1, 4)):
            self.window.actions_[self.random.choice(["undo", "undo", "redo"])].trigger()

    def trigger_another_action(self) -> None:
        left_out = {"quit", "settings", "about", "cheat_sheet", "log", "open", "save_design", "export"}
        names = [spec.name for spec in self.window.actions_.specs if spec.name not in left_out]
        self.window.actions_[self.random.choice(names)].trigger()

    def move_a_dock(self) -> None:
        dock: QDockWidget = self.random.choice([self.window.package_dock, self.window.artwork_dock])
        if self.window.presentation.active:
            return  # there is nothing to take hold of
        if self.random.random() < 0.5:
            dock.toggleViewAction().trigger()
        else:
            dock.setFloating(not dock.isFloating())

    def resize(self) -> None:
        self.window.resize(self.random.randint(*WIDTHS), self.random.randint(*HEIGHTS))

    # --- other programs

    def edit_from_elsewhere(self) -> None:
        designs = DesignService(SharedState(self.other))
        kind = self.random.choice(["box", "cylinder"])
        doing = self.random.choice(["resize", "resize", "switch", "clear", "texture", "error"])
        if doing == "clear":
            asyncio.run(designs.clear())
        elif doing in {"resize", "switch"}:
            same = "box" if self.window.package.box_button.isChecked() else "cylinder"
            sides = [self.random.randint(20, 400) for _ in range(3)]
            sides[2] = sides[0]
            asyncio.run(designs.update_dimensions(sized(same if doing == "resize" else kind, *sides)))
        else:
            self._write_as_a_stranger(texture=doing == "texture")

    def _write_as_a_stranger(self, *, texture: bool) -> None:
        verdict = None
        while verdict is not Verdict.WRITTEN:  # the window may be writing too
            raw = self.other.load()
            if raw is None:
                return
            verdict = self.other.write(Write(raw, self._strangely(raw, texture=texture))).verdict

    def _strangely(self, raw: bytes, *, texture: bool) -> bytes:
        state = decode_state(raw).model_dump()
        if texture:
            url = "file:///gone/" + "a" * 64 + ".png"
            state["panel_textures"]["top"] = {"panel_id": "top", "texture_url": url, "prompt": "gone"}
        else:
            state["last_error"] = self.random.choice([None, "Somebody else's trouble."])
        return encode_state(PackagingState.model_validate(state))

    def take_the_store_away(self) -> None:
        self.desk.outage.set() if self.random.random() < 0.5 else self.desk.outage.clear()
