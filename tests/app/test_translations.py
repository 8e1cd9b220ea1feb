"""The German translation: complete, compiled, true to its sources, and in the window."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from packdesk.app.translations import spoken_language, use_language
from packdesk.assets import asset_path
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.presets import PRESETS
from packdesk.ui.actions import WindowActions
from packdesk.ui.window.menus import PANEL_ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "packdesk").rglob("*.py"))
WIDGET_SOURCES = [path for path in SOURCES if path.parts[-2] in {"ui", "viewer"}]
GERMAN = asset_path("translations", "packdesk_de.ts")
COMPILED = asset_path("translations", "packdesk_de.qm")
SHOWN = {
    *("label", "button", "tip", "QLabel", "QPushButton", "QAction", "QDockWidget", "QMenu"),
    *("setText", "setToolTip", "setPlaceholderText", "setAccessibleName", "setAccessibleDescription"),
    *("setWindowTitle", "setTitle", "setInformativeText", "setStatusTip", "setWhatsThis", "setSuffix"),
    *("setPrefix", "setSpecialValueText", "addMenu", "addSection", "addAction", "addButton", "addItem"),
    *("addTab", "addRow", "insertRow", "showMessage", "show_text", "drawText", "set_name", "DimensionRow"),
}
"""What is called with a text that is then read by people."""
ROLES = {"label": {1}, "show_text": {1}}
"""Arguments of these that are not for people, by position."""
SHOWN_KEYWORDS = {"tip", "text", "title", "hint", "unit"}
SAME_EVERYWHERE = {"packdesk"}


class Message(NamedTuple):
    """One entry of the file translators work on."""

    context: str
    source: str
    translation: str
    unfinished: bool


def messages(file: Path) -> list[Message]:
    found = []
    for context in ET.parse(file).getroot().iter("context"):  # our own file
        for entry in context.iter("message"):
            words = entry.find("translation")
            assert words is not None
            found.append(
                Message(
                    context.findtext("name", ""),
                    entry.findtext("source", ""),
                    words.text or "",
                    "type" in words.attrib,
                )
            )
    return found


ALL = messages(GERMAN)


def tool(name: str, *arguments: str | Path) -> None:
    program = Path(sysconfig.get_path("scripts")) / f"pyside6-{name}"
    subprocess.run([program, *arguments], check=True, capture_output=True)


def test_everything_in_the_sources_is_in_the_file_and_nothing_else(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    tool("lupdate", "-silent", "-locations", "none", *SOURCES, "-ts", fresh)
    wanted = {entry[:2] for entry in messages(fresh)}
    present = {entry[:2] for entry in ALL}
    assert (wanted - present, present - wanted) == (set(), set()), "run `make translations`, then translate"


def test_nothing_is_unfinished() -> None:
    assert [entry for entry in ALL if entry.unfinished or not entry.translation.strip()] == []


def test_the_compiled_file_is_made_of_the_other(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    tool("lrelease", "-silent", GERMAN, "-qm", fresh)
    assert fresh.read_bytes() == COMPILED.read_bytes(), "run `make translations`"


def test_every_text_is_found_in_the_compiled_file() -> None:
    translator = QTranslator()
    assert translator.load(str(COMPILED))
    for entry in ALL:
        assert translator.translate(entry.context, entry.source) == entry.translation


def test_placeholders_spaces_and_endings_agree() -> None:
    assert [entry.source for entry in ALL if traits(entry.source) != traits(entry.translation)] == []


def traits(text: str) -> tuple[object, ...]:
    """What a text and its translation have in common."""
    fields = Counter(re.findall(r"\{[^}]*\}|<[^>]*>|\(\*[^)]*\)", text))
    spaces = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    return fields, spaces, text.endswith(" …"), text.count("&")


def test_what_is_translated_through_a_name_is_there() -> None:
    known = {entry[:2] for entry in ALL}
    panels = {panel_id.title() for ids in PANEL_IDS.values() for panel_id in ids}
    assert {("wording", name) for name in panels} <= known  # viewer.pictures
    assert {("presets", preset.name) for preset in PRESETS} <= known


def test_texts_are_literals_where_they_are_translated() -> None:
    trees = {path: ast.parse(path.read_text("utf-8")) for path in WIDGET_SOURCES}
    assert [
        f"{path.name}:{node.lineno}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr | ast.Call) and is_translated_unread(node)
    ] == []


def is_translated_unread(node: ast.JoinedStr | ast.Call) -> bool:
    """Whether the translator's list cannot know what is said here."""
    if isinstance(node, ast.JoinedStr):
        return any(called(part) in {"tr", "translate"} for part in ast.walk(node))
    by_name = isinstance(node.func, ast.Name) and node.func.id == "translate"
    translated = by_name or called(node) == "tr"
    return translated and not all(isinstance(argument, ast.Constant) for argument in node.args)


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def test_no_text_for_people_is_left_untranslated() -> None:
    left = {path.name: list(untranslated(ast.parse(path.read_text("utf-8")))) for path in WIDGET_SOURCES}
    assert {name: texts for name, texts in left.items() if texts} == {}


def test_the_walk_finds_what_is_left() -> None:
    code = (
        'label("Size", "heading"); x.setText(f"{n} done" if n else "…"); button(t("a"), tip="Go"); y.f("A")'
    )
    assert list(untranslated(ast.parse(code))) == ["Size", " done", "Go"]


def untranslated(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or called(node) not in SHOWN:
            continue
        silent = ROLES.get(called(node), set())
        shown = [argument for place, argument in enumerate(node.args) if place not in silent]
        shown += [keyword.value for keyword in node.keywords if keyword.arg in SHOWN_KEYWORDS]
        for argument in shown:
            yield from (text for text in literals(argument) if re.search(r"[^\W\d_]", text))


def literals(value: ast.expr) -> Iterator[str]:
    """The texts an expression may come to, those of calls in it left out."""
    match value:
        case ast.Constant(value=str(text)) if text not in SAME_EVERYWHERE:
            yield text
        case ast.JoinedStr(values=parts) | ast.BoolOp(values=parts):
            for part in parts:
                yield from literals(part)
        case ast.IfExp(body=body, orelse=orelse):
            yield from literals(body)
            yield from literals(orelse)
        case ast.BinOp(left=left, right=right):
            yield from literals(left)
            yield from literals(right)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[QApplication]:
    before = QLocale()
    use_language(qapp, "de")
    yield qapp
    use_language(qapp, "en")
    QLocale.setDefault(before)


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_two_entries_of_a_menu_share_a_letter(german: QApplication, language: str) -> None:
    use_language(german, language)
    actions = WindowActions(german)
    menus = [
        [action for _, action in actions.of_menu(name)]
        for name in ("file", "edit", "artwork", "view", "help")
    ]
    menus.append([actions[name] for name in PANEL_ACTIONS])
    for menu in menus:
        letters = [action.text().replace("&&", "").partition("&")[2][:1].lower() for action in menu]
        assert "" not in letters
        assert len(set(letters)) == len(letters), letters
    actions.deleteLater()


def test_no_two_menus_share_a_letter() -> None:
    bar = [entry.translation.partition("&")[2][0].lower() for entry in ALL if entry.context == "menus"]
    assert len(set(bar)) == len(bar)


def test_a_language_is_put_in_and_taken_out_again(german: QApplication) -> None:
    assert QCoreApplication.translate("PromptBox", "Generate all") == "Alle erzeugen"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"  # Qt's own
    assert QLocale().toString(1.5) == "1,5"
    use_language(german, "en")
    assert QCoreApplication.translate("PromptBox", "Generate all") == "Generate all"
    assert QLocale().toString(1.5) == "1.5"


@pytest.mark.parametrize(
    ("system", "language"),
    [("de_CH.UTF-8", "de"), ("fr_FR.UTF-8", "en"), ("en_GB.UTF-8", "en"), ("fr:de:en", "de"), ("C", "en")],
)
def test_the_systems_first_language_that_is_spoken(system: str, language: str) -> None:
    code = "from packdesk.app.translations import spoken_language as s; print(s('system'), s('en'), s('de'))"
    asked = {"LANGUAGE": system, "LANG": "fr_FR.UTF-8"} if ":" in system else {"LANGUAGE": "", "LANG": system}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LC_")} | asked
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [language, "en", "de"]
    assert spoken_language("de") == "de"


WINDOW = """
from PySide6.QtCore import QTimer
from packdesk.app.application import make_application
from packdesk.app.window import run_window
from packdesk.settings import read_settings

def tell(window, session):
    window.package.width_row.show_value(80.5)
    print([action.text() for action in window.menuBar().actions()])
    print(window.artwork.prompt.all_button.text())
    print(window.package.width_row.field.text().strip())
    QTimer.singleShot(0, window.close)

run_window(make_application(), read_settings(), tell)
"""


@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display; `make check` gives one")
def test_the_window_is_german() -> None:
    environment = os.environ | {"PACKDESK_LANGUAGE": "de", "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(
        [sys.executable, "-c", WINDOW],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    menus, generate, width = done.stdout.splitlines()
    assert menus == "['&Datei', '&Bearbeiten', '&Gestaltung', '&Ansicht', '&Hilfe']"
    assert generate == "Alle erzeugen"
    assert width == "80,5 mm"
