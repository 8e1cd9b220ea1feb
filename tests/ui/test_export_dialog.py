"""Exporting from the window: every kind of file, what preflight says, what is remembered."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, get_args

import pikepdf
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton
from support.pointing import choose_kind, export_anyway
from support.press_profile import press_profile
from support.providers import picture_bytes
from support.review import needs_viewer
from support.sizes import set_size, set_type

from packdesk.domain.dieline.structures import BOX_STYLES
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineColours
from packdesk.domain.objects.values import Text
from packdesk.domain.preflight import Level
from packdesk.domain.preflight.object_rules import STAYS_OUTLINES
from packdesk.export import writing
from packdesk.export.options import ExportFormat, ExportOptions
from packdesk.export.press.options import PressOptions
from packdesk.files import output_file
from packdesk.jobs.exporting import Exported
from packdesk.settings import Settings
from packdesk.settings.values import BoxStyle
from packdesk.store.bundle.files import read_bundle
from packdesk.textures.incoming import IncomingPicture
from packdesk.ui.dialogs.export_kinds import export_kinds
from packdesk.ui.dropping import last_folder, use_folder
from packdesk.ui.units import INCH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

    from packdesk.domain.preflight import Finding
    from packdesk.export.flat.progress import Listener
    from packdesk.ui.dialogs.export_dialog import ExportDialog

_FINDING = Qt.ItemDataRole.UserRole
BEGINNINGS = {
    "pdf": b"%PDF",
    "svg": b"<?xml",
    "dxf": b"  0\n",
    "png": b"\x89PNG",
    "zip": b"PK",
    "glb": b"glTF",
}
BEGINNINGS |= {
    "proof.pdf": b"%PDF",
    "cf2": b"$BOF",
    "obj": b"# packdesk",
    "packdesk": b"PK",
    "html": b"<!DOCTYPE html>",
}


@pytest.fixture
def art(open_window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """A picture on the front."""
    file = tmp_path / "art.png"
    file.write_bytes(picture_bytes())
    open_window.desk.session.artwork.put_pictures({"front": IncomingPicture.of_file(file)})
    qtbot.waitUntil(lambda: open_window.desk.session.textures.pixmaps.get("front") is not None)
    return open_window


@pytest.fixture
def dialog(art: Window, qtbot: QtBot) -> ExportDialog:
    """The export dialog, once preflight has looked at the pictures."""
    exports = art.window.exports
    with qtbot.waitSignal(art.desk.session.exports.examined):
        art.window.actions_["export"].trigger()
    assert exports.dialog is not None
    return exports.dialog


def answer(monkeypatch: pytest.MonkeyPatch, file: Path | None) -> list[str]:
    """What the platform's dialog will say; returns what it was shown."""
    shown: list[str] = []

    def get(_parent: object, _title: str, name: str, kinds: str) -> tuple[str, str]:
        shown.extend([name, kinds])
        return str(file or ""), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", get)
    return shown


def findings(dialog: ExportDialog) -> list[Finding]:
    return [dialog.findings.item(row).data(_FINDING) for row in range(dialog.findings.count())]


def rules(dialog: ExportDialog) -> set[str]:
    return {finding.rule for finding in findings(dialog)}


def export(dialog: ExportDialog, qtbot: QtBot, window: Window, kind: ExportFormat) -> Exported:
    choose_kind(dialog.kinds, kind)
    with qtbot.waitSignal(window.desk.session.exports.written) as told:
        export_anyway(dialog)
    exported = told.args[0] if told.args else None
    assert isinstance(exported, Exported)
    return exported


@pytest.fixture(
    params=[pytest.param(ending, marks=needs_viewer if ending == "html" else ()) for ending in BEGINNINGS]
)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / f"tea.{request.param}"


@pytest.mark.parametrize("by_key", [False, True])
def test_nothing_is_written_while_a_measure_cannot_be_read(
    dialog: ExportDialog, qtbot: QtBot, *, by_key: bool
) -> None:
    choose_kind(dialog.kinds, ExportFormat.PDF)
    bleed = dialog.form.measures["bleed"]
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    bleed.setFocus()
    bleed.selectAll()
    QTest.keyClicks(bleed, "three")
    with qtbot.assertNotEmitted(dialog.export_wanted):
        if by_key:
            QTest.keyClick(bleed, Qt.Key.Key_Return)
        else:
            QTest.mouseClick(dialog.writing.start_button, Qt.MouseButton.LeftButton)
    assert (bleed.text(), bleed.hasFocus(), dialog.form.unusable()) == ("three mm ", True, bleed)
    told = next(one for one in dialog.form.findChildren(QLabel) if "three" in one.text())
    next_field = dialog.form.measures["safe"]
    qtbot.waitUntil(lambda: bleed.geometry().bottom() < told.geometry().top() < next_field.geometry().top())
    assert told.text() in dialog.preview.words, "no former blank is shown as if it were that"
    QTest.keyClick(bleed, Qt.Key.Key_Escape)
    assert (dialog.form.unusable(), dialog.isVisible(), told.text()) == (None, True, "")
    assert dialog.preview.words == ""


def test_every_kind_is_written_and_told(
    art: Window, dialog: ExportDialog, qtbot: QtBot, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = target.name.partition(".")[2]
    shown = answer(monkeypatch, target)
    exported = export(dialog, qtbot, art, ExportFormat(ending))
    assert exported.target == target
    assert exported.missing == {}
    assert target.read_bytes().startswith(BEGINNINGS[ending])
    assert shown[0] == f"package.{ending}"
    assert f"*{target.suffix}" in shown[1]
    messages = art.window.messages
    assert f"Saved as {target}" in messages.text.text()
    assert [made.text() for made in messages.findChildren(QPushButton)] == ["Show in folder"]
    assert dialog.writing.start_button.isEnabled()
    assert not dialog.writing.progress.isVisible()
    assert dialog.writing.told.text().startswith("Saved as ")
    assert dialog.writing.folder_button.isVisible()


def test_a_bundle_has_a_preview_and_is_among_the_recent(
    art: Window, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, tmp_path / "tea.packdesk")
    export(dialog, qtbot, art, ExportFormat.BUNDLE)
    contents = read_bundle(tmp_path / "tea.packdesk")
    assert contents.preview is not None
    assert set(contents.pictures) == {"front"}
    assert art.desk.session.recent.files == (tmp_path / "tea.packdesk",)


def test_lettering_that_stays_outlines_is_told_before_and_after(
    art: Window, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = art.desk.session
    texts = (
        Text(id="clear", words="Clear", x=10, y=10),
        Text(id="faint", words="Faint", x=10, y=40, opacity=0.5),
    )
    with qtbot.waitSignal(session.artwork.changed_here):
        change = session.artwork.change_objects("front", lambda recipe: recipe.with_objects(texts))
        session.bridge.start(change, session.failed.emit)
    choose_kind(dialog.kinds, ExportFormat.PDF)
    dialog.form.live_text.click()
    qtbot.waitUntil(lambda: STAYS_OUTLINES in rules(dialog))
    told = [finding for finding in findings(dialog) if finding.rule == STAYS_OUTLINES]
    assert [(one.level, one.panel_id) for one in told] == [(Level.NOTE, "front")]
    choose_kind(dialog.kinds, ExportFormat.SVG)
    assert STAYS_OUTLINES not in rules(dialog)
    answer(monkeypatch, tmp_path / "tea.pdf")
    exported = export(dialog, qtbot, art, ExportFormat.PDF)
    assert exported.outlined == (told[0].sentence,)
    assert "“Faint” stays outlines: it is seen through." in art.window.messages.text.text()
    with pikepdf.open(tmp_path / "tea.pdf") as pdf:
        assert "/Live0" in pdf.pages[0].Resources.Font


def test_the_design_is_saved_without_the_dialog(
    art: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = answer(monkeypatch, tmp_path / "tea.packdesk")
    with qtbot.waitSignal(art.desk.session.exports.written):
        art.window.actions_["save_design"].trigger()
    assert (tmp_path / "tea.packdesk").exists()
    assert shown[0] == "package.packdesk"


def test_what_is_shown_is_what_is_written_also_while_the_store_is_away(
    art: Window, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    art.desk.outage.set()
    set_size(art.desk.session, 123, 150, 100)
    answer(monkeypatch, tmp_path / "tea.svg")
    export(dialog, qtbot, art, ExportFormat.SVG)
    assert "123 x 150 x 100" in (tmp_path / "tea.svg").read_text("utf-8")


def will_say(monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton) -> list[str]:
    """What the user will answer to a question; returns what was asked."""
    asked: list[str] = []

    def ask(_parent: object, _title: str, words: str, *_: object) -> QMessageBox.StandardButton:
        asked.append(words)
        return button

    monkeypatch.setattr(QMessageBox, "warning", ask)
    return asked


def test_a_name_without_its_ending_gets_it_and_replaces_nothing_unasked(
    art: Window, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("tea", "tea 1.5 l", "tea.v2"):
        there = tmp_path / f"{name}.pdf"
        there.write_bytes(b"mine")
        answer(monkeypatch, tmp_path / name)
        asked = will_say(monkeypatch, QMessageBox.StandardButton.No)
        export_anyway(dialog)
        assert not art.desk.session.exports.running
        assert asked == [f"{name}.pdf already exists.\nDo you want to replace it?"]
        assert there.read_bytes() == b"mine"
        will_say(monkeypatch, QMessageBox.StandardButton.Yes)
        assert export(dialog, qtbot, art, ExportFormat.PDF).target == there
        assert there.read_bytes().startswith(b"%PDF")


def test_a_free_name_and_one_the_dialog_asked_about_are_not_asked_about_again(
    art: Window, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = will_say(monkeypatch, QMessageBox.StandardButton.No)
    for name in ("tea", "tea.svg"):
        answer(monkeypatch, tmp_path / name)
        assert export(dialog, qtbot, art, ExportFormat.SVG).target == tmp_path / "tea.svg"
    assert asked == []


def test_nothing_is_written_when_no_name_is_given(
    art: Window, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(tmp_path.iterdir())
    answer(monkeypatch, None)
    export_anyway(dialog)
    assert not art.desk.session.exports.running
    assert set(tmp_path.iterdir()) == before


def test_what_fails_is_told_and_leaves_nothing(
    art: Window, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    answer(monkeypatch, tmp_path / "file" / "tea.pdf")
    with qtbot.waitSignal(art.desk.session.failed):
        export_anyway(dialog)
    assert "There is no folder" in art.window.messages.text.text()
    assert "There is no folder" in dialog.writing.told.text()
    assert not dialog.writing.folder_button.isVisible()
    assert dialog.writing.start_button.isEnabled()


def test_errors_of_preflight_are_asked_about(
    art: Window, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = answer(monkeypatch, tmp_path / "tea.pdf")
    assert dialog.errors == 1, "its picture is too coarse"
    choose_kind(dialog.kinds, ExportFormat.PDF)
    dialog.writing.start_button.click()
    question = dialog.findChild(QMessageBox)
    assert question
    assert "found an error" in question.text()
    question.reject()
    assert shown == [], "no name was asked for"
    choose_kind(dialog.kinds, ExportFormat.BUNDLE)
    answer(monkeypatch, tmp_path / "tea.packdesk")
    with qtbot.waitSignal(art.desk.session.exports.written):
        dialog.writing.start_button.click()


def test_dialogs_start_in_the_last_folder_used(
    art: Window, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    answer(monkeypatch, tmp_path / "out" / "tea.pdf")
    export(dialog, qtbot, art, ExportFormat.PDF)
    asked: list[str] = []

    def get(_parent: object, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", get)
    art.window.actions_["open"].trigger()
    assert asked == [str(tmp_path / "out")]
    kept = art.window.layout_values()
    use_folder("")
    art.window.restore_layout(kept)
    art.window.actions_["open"].trigger()
    assert asked[1:] == [str(tmp_path / "out")], "also after the next start"


def test_a_running_export_is_cancelled_though_its_writer_cannot_be_interrupted(
    art: Window, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, gone = threading.Event(), threading.Event()

    def decoding(
        _state: object, _art: object, target: Path, _options: object, progress: Listener, **_words: object
    ) -> None:
        try:
            with output_file(target) as path:
                path.write_bytes(b"half")
                progress(3, 10)
                go_on.wait()
        finally:
            gone.set()

    monkeypatch.setattr(writing, "write_design", decoding)
    answer(monkeypatch, tmp_path / "tea.pdf")
    (tmp_path / "tea.pdf").write_text("precious")
    exported: list[object] = []
    art.desk.session.exports.written.connect(exported.append)
    export_anyway(dialog)
    assert dialog.writing.progress.isVisible()
    assert not dialog.writing.start_button.isEnabled()
    qtbot.waitUntil(lambda: (dialog.writing.progress.value(), dialog.writing.progress.maximum()) == (3, 10))
    with qtbot.waitSignal(art.desk.session.exports.ended):
        QTest.mouseClick(dialog.writing.cancel_button, Qt.MouseButton.LeftButton)
    assert dialog.writing.start_button.isEnabled()
    assert dialog.writing.told.text() == "Cancelled. Nothing was written."
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".writing")], "taken away at once"
    go_on.set()
    assert gone.wait(20)
    assert (exported, (tmp_path / "tea.pdf").read_text()) == ([], "precious")


def test_a_picture_that_cannot_be_had_is_told(
    art: Window, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = art.desk.session.state.panel_textures["front"].texture_url
    (tmp_path / "library" / url.rsplit("/", 1)[-1]).unlink()
    answer(monkeypatch, tmp_path / "tea.pdf")
    exported = export(dialog, qtbot, art, ExportFormat.PDF)
    assert set(exported.missing) == {"front"}
    assert "but without artwork on: Front." in art.window.messages.text.text()


def test_preflight_follows_the_design_and_the_options(
    art: Window, dialog: ExportDialog, qtbot: QtBot
) -> None:
    assert {"coarse", "bare-panel"} <= rules(dialog), "36 dpi, and one panel of six"
    assert "little-bleed" not in rules(dialog)
    dialog.form.measures["bleed"].setValue(0)
    assert "little-bleed" in rules(dialog)
    art.desk.session.artwork.clear_panels(["front"])
    qtbot.waitUntil(lambda: "no-artwork" in rules(dialog))
    assert "1 error" in dialog._summary.text()


def test_an_impossible_blank_is_an_error_and_not_a_crash(dialog: ExportDialog, art: Window) -> None:
    set_size(art.desk.session, 10, 150, 100)
    dialog.form.measures["caliper"].setValue(10)
    assert "impossible" in rules(dialog)
    dialog.grab()
    for kind in (ExportFormat.PDF, ExportFormat.PROOF, ExportFormat.BUNDLE, ExportFormat.DXF):
        choose_kind(dialog.kinds, kind)
        start = dialog.writing.start_button
        assert start.isEnabled() == (kind is ExportFormat.BUNDLE)
        assert bool(start.toolTip()) != start.isEnabled()
    dialog.form.measures["caliper"].setValue(0.5)
    assert dialog.writing.start_button.isEnabled()


def test_a_measure_that_was_mended_leaves_no_gap(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose_kind(dialog.kinds, ExportFormat.PDF)
    bleed, safe = dialog.form.measures["bleed"], dialog.form.measures["safe"]

    def gap() -> int:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        return safe.y() - bleed.y()

    before = gap()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for text, wrong in (("three", True), ("4", False)):
        bleed.setFocus()
        bleed.selectAll()
        QTest.keyClicks(bleed, text)
        QTest.keyClick(bleed, Qt.Key.Key_Return if wrong else Qt.Key.Key_Tab)
        assert (dialog.form.unusable() is bleed) == wrong
        qtbot.waitUntil(lambda wrong=wrong: (gap() > before) == wrong)  # type: ignore[misc]


def test_the_package_is_drawn_anew_with_what_is_set(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose_kind(dialog.kinds, ExportFormat.GLB)
    before = dialog.preview.grab().toImage()
    dialog.form.style_box.setCurrentIndex(dialog.form.style_box.findData(DielineStyle.SLEEVE))
    qtbot.waitUntil(lambda: dialog.preview.grab().toImage() != before)


def test_what_was_told_goes_with_the_next_choice(
    dialog: ExportDialog, art: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, tmp_path / "tea.pdf")
    export(dialog, qtbot, art, ExportFormat.PDF)
    assert "Saved as" in dialog.writing.told.text()
    dialog.form.legend.click()
    assert (dialog.writing.told.text(), dialog.writing.folder_button.isVisible()) == ("", False)


def test_a_profile_that_was_refused_outside_is_not_told_in_the_dialog_later(
    dialog: ExportDialog, art: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad, exports = tmp_path / "press.icc", tmp_path / "noise.icc", art.desk.session.exports
    good.write_bytes(press_profile())
    bad.write_bytes(bytes(range(256)) * 4)
    dialog.close()
    folder = last_folder()
    for profile, refused in ((bad, True), (good, False)):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, profile=profile: (str(profile), ""))
        waited = exports.press_refused if refused else art.window.sights.seen.changed
        with qtbot.waitSignal(waited):
            art.window.actions_["inks"].trigger()
    assert last_folder() == folder, "files are not saved beside profiles"
    with qtbot.waitSignal(exports.examined):
        art.window.actions_["export"].trigger()
    assert dialog.form.press.profiles.currentText() == "press.icc"
    assert not dialog.writing.told.text()


def test_a_finding_leads_to_its_panel(art: Window, dialog: ExportDialog) -> None:
    row = next(index for index, one in enumerate(findings(dialog)) if one.panel_id == "left")
    dialog.findings.itemClicked.emit(dialog.findings.item(row))
    assert art.window.artwork.list.currentItem().text() == "Left"


def test_options_that_a_kind_has_not_cannot_be_set(dialog: ExportDialog, art: Window, qtbot: QtBot) -> None:
    form = dialog.form
    allowed: dict[str, Callable[[], bool]] = {
        "pdf": lambda: form.live_text.isEnabled() and not form.dpi.isEnabled(),
        "dxf": lambda: form.isEnabled() and not form.artwork.isEnabled(),
        "png": lambda: form.dpi.isEnabled() and form.lines.isEnabled(),
        "svg": lambda: form.outlines.isEnabled() and not form.live_text.isEnabled(),
        "cf2": lambda: form.style_box.isEnabled() and not form.colours.isEnabled(),
        "glb": lambda: form.flaps.isEnabled() and not form.artwork.isEnabled(),
        "zip": lambda: not form.isEnabled(),
        "proof.pdf": lambda: form.style_box.isEnabled() and not form.legend.isEnabled(),
        "html": lambda: not form.isEnabled(),
    }
    for ending, holds in allowed.items():
        choose_kind(dialog.kinds, ExportFormat(ending))
        assert holds(), ending
    choose_kind(dialog.kinds, ExportFormat.PDF)
    assert form.style_box.isEnabled()
    parts = form.structure
    offered = {str(form.style_box.itemData(place)) for place in range(form.style_box.count())}
    assert offered == set(BOX_STYLES) == set(get_args(BoxStyle))
    assert offered == set(get_args(Settings.model_fields["box_style"].annotation))
    form.style_box.setCurrentIndex(form.style_box.findData(DielineStyle.MAILER))
    assert not form.measures["glue_flap"].isEnabled(), "a mailer is not glued"
    assert parts.tuck.isEnabled()
    assert not any(part.isEnabled() for part in (parts.notch, parts.glue_side, parts.telescope))
    parts.nicks.setValue(6)
    parts.nick_width.setValue(0.5)
    set_type(art.desk.session, "cylinder")
    qtbot.waitUntil(lambda: not form.style_box.isEnabled())
    parts.telescope.click()
    made = form.options().dieline
    assert (made.nicks, made.nick_width, made.telescope, made.style) == (6, 0.5, True, DielineStyle.MAILER)


def test_a_pdf_is_made_for_the_press_that_was_chosen(
    dialog: ExportDialog, art: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, profile = dialog.form.press, tmp_path / "press.icc"
    profile.write_bytes(press_profile())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(profile), ""))
    assert (row.separated.isEnabled(), row.limit.isEnabled()) == (False, False)
    row.profiles.setCurrentIndex(row.profiles.findData("choose"))
    row.profiles.activated.emit(row.profiles.currentIndex())
    assert row.profiles.currentText() == "press.icc"
    row.separated.click()
    row.limit.setValue(260)
    assert dialog.form.options().flat.press == PressOptions(profile, separated=True, ink_limit=260)
    answer(monkeypatch, tmp_path / "tea.pdf")
    export(dialog, qtbot, art, ExportFormat.PDF)
    with pikepdf.open(tmp_path / "tea.pdf") as pdf:
        assert str(pdf.Root.OutputIntents[0].Info) == "Test press"
    row.profiles.setCurrentIndex(0)
    row.profiles.activated.emit(0)
    assert dialog.form.options().flat.press is None
    assert [row.profiles.itemText(place) for place in range(row.profiles.count())] == ["None", "Choose …"]


def choose_profile(dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch, profile: Path) -> None:
    row = dialog.form.press.profiles
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(profile), ""))
    row.setCurrentIndex(row.findData("choose"))
    row.activated.emit(row.currentIndex())


def test_a_file_that_is_no_profile_leaves_the_one_before_it(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad, told = tmp_path / "press.icc", tmp_path / "noise.icc", dialog.writing.told
    good.write_bytes(press_profile())
    bad.write_bytes(bytes(range(256)) * 4)
    for before in (None, good):
        if before is not None:
            choose_profile(dialog, monkeypatch, before)
            assert not told.text()  # the sentence about the other one
        choose_profile(dialog, monkeypatch, bad)
        qtbot.waitUntil(lambda: "noise.icc is no colour profile." in told.text())
        shown = dialog.form.options().flat.press
        assert (shown.profile if shown else None) == before
        assert dialog.form.press.profiles.findText("noise.icc") < 0


def test_a_proof_sheet_is_made_for_a_press_and_with_nicks(dialog: ExportDialog) -> None:
    form = dialog.form
    for kind, held in ((ExportFormat.PROOF, True), (ExportFormat.GLB, False), (ExportFormat.PDF, True)):
        choose_kind(dialog.kinds, kind)
        enabled = form.press.isEnabled(), form.structure.nicks.isEnabled(), form.perforated.isEnabled()
        assert enabled == (held, held, held), kind


def test_the_window_lays_the_package_flat_as_it_is_exported(art: Window, dialog: ExportDialog) -> None:
    window, box = art.window, dialog.form.style_box
    window.centre.look_bar.fold.setValue(0)
    for style in (DielineStyle.CROSS, DielineStyle.REVERSE_TUCK, DielineStyle.STRAIGHT_TUCK):
        box.setCurrentIndex(box.findData(style))
        sheet, scene = window.flat.sheet, window.view.scene()
        assert sheet
        assert scene
        shown = sheet.scene.dieline
        assert shown.options == dialog.form.options().dieline
        assert shown.options.style == style
        assert shown == dialog.preview._dieline
        assert scene.unfolding
        assert scene.unfolding.dieline is shown
        assert window.package.facts.flat.text() == "415 × 380 mm"
    dialog.form.measures["glue_flap"].setValue(8)
    assert window.package.facts.flat.text() == "408 × 380 mm"


def test_the_glue_flap_follows_the_board_until_one_is_set(dialog: ExportDialog) -> None:
    form = dialog.form
    field, board = form.measures["glue_flap"], form.structure.board
    assert (field.value(), form.options().dieline.glue_flap) == (15, None)
    board.setCurrentIndex(board.findData("B flute"))
    assert (field.value(), form.options().dieline.glue_flap) == (31, None)
    field.setValue(25)
    board.setCurrentIndex(board.findData("SBS 18 pt"))
    assert (field.value(), form.options().dieline.glue_flap) == (25, 25)
    field.setValue(15)
    assert form.options().dieline.glue_flap is None, "what is usual is to follow the board again"
    form.show_options(ExportOptions(DielineOptions(glue_flap=15)))
    board.setCurrentIndex(board.findData("B flute"))
    assert (field.value(), form.options().dieline.glue_flap) == (15, 15), "a design from before"
    assert "narrow-glue-flap" in rules(dialog)
    dialog.mend_button.click()
    assert (field.value(), form.options().dieline.glue_flap) == (31, None)


def test_what_a_shop_sets_once_is_kept(
    art: Window, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    art.window.exports.set_options(
        ExportOptions(DielineOptions(style=DielineStyle.CROSS, caliper=0.4, glue_flap=12, bleed=2, safe=4)),
        300,
    )
    dialog.form.colours.setCurrentIndex(dialog.form.colours.findData(LineColours.BLACK))
    dialog.form.measures["bleed"].setValue(5)
    answer(monkeypatch, tmp_path / "tea.dxf")
    with qtbot.waitSignal(art.window.exports.kept) as kept:
        export(dialog, qtbot, art, ExportFormat.DXF)
    assert kept.args == [
        {
            "box_style": "cross",
            "caliper_mm": 0.4,
            "board": "",
            "sized": "crease",
            "glue_flap_mm": 12.0,
            "bleed_mm": 5.0,
            "safe_mm": 4.0,
            "line_colours": "black",
        }
    ]


def test_measures_are_shown_in_the_users_unit(art: Window, dialog: ExportDialog) -> None:
    before = dialog.form.options().dieline
    art.window.set_unit(INCH)
    assert dialog.form.options().dieline == before, "the unit changes nothing"
    dialog.form.measures["bleed"].setValue(0.1)
    assert dialog.form.options().dieline.bleed == pytest.approx(2.54)
    assert " in" in dialog.form.measures["bleed"].text()


def test_the_sizes_are_named(dialog: ExportDialog) -> None:
    words = dialog._sizes.text()
    assert "manufacturing size, crease to crease: 100 × 150 × 100 mm" in words
    assert "Inside 99.5 × 149.5 × 99.5 mm, outside 100.5 × 150.5 × 100.5 mm." in words


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    }


def test_the_preview_shows_the_blank_with_its_artwork(dialog: ExportDialog) -> None:
    with_art = colours(dialog.preview.grab().toImage())
    dialog.form.artwork.setChecked(False)
    without = colours(dialog.preview.grab().toImage())
    assert len(with_art) > len(without)
    for kind in (ExportFormat.GLB, ExportFormat.REVIEW):
        choose_kind(dialog.kinds, kind)
        assert len(colours(dialog.preview.grab().toImage())) > 100, "the package in 3D"


def test_every_kind_is_offered_once() -> None:
    offered = [kind.format for kind in export_kinds()]
    assert sorted(offered) == sorted(set(ExportFormat) - {ExportFormat.FOLDER})


def test_the_window_may_close_while_a_file_is_written(
    art: Window, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, tmp_path / "tea.pdf")
    export_anyway(dialog)
    art.window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_preview_shows_what_the_file_will_hold(dialog: ExportDialog) -> None:
    def grabbed(kind: ExportFormat) -> QImage:
        choose_kind(dialog.kinds, kind)
        return dialog.preview.grab().toImage()

    with_artwork, lines = grabbed(ExportFormat.PDF), grabbed(ExportFormat.DXF)
    assert with_artwork != lines
    dialog.form.artwork.setChecked(False)
    assert grabbed(ExportFormat.PDF) == lines
