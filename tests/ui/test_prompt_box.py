"""The prompt: advice, ideas, and a reference picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from packdesk.domain.order import GenerationOrder
from packdesk.domain.prompts import EXAMPLES, advice, check_prompt, used_prompts
from packdesk.domain.state import PanelTexture, default_state
from packdesk.ui.artwork.prompt_box import PromptBox
from packdesk.ui.artwork.reference_well import ReferenceWell

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def box(qtbot: QtBot) -> PromptBox:
    made = PromptBox()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_vague_prompt_is_answered_while_typing(box: PromptBox) -> None:
    assert not box.advice.isVisible()
    box.edit.setPlainText("logo")
    assert "too vague" in box.advice.text()
    assert box.advice.isVisible()
    box.edit.setPlainText("a blue whale")
    assert not box.advice.isVisible()


@pytest.mark.parametrize("text", ["", "  ", *EXAMPLES])
def test_good_prompts_and_none_need_no_advice(text: str) -> None:
    assert advice(text) == ""


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_are_good_prompts(text: str) -> None:
    assert check_prompt(text) == text


def test_prompts_of_the_design_come_first_and_once() -> None:
    def texture(panel_id: str, prompt: str, at: str) -> PanelTexture:
        return PanelTexture(panel_id=panel_id, texture_url="file:///x.png", prompt=prompt, generated_at=at)

    textures = {
        "front": texture("front", "red roses", "2026-01-01T00:00:00Z"),
        "back": texture("back", "blue waves", "2026-01-02T00:00:00Z"),
        "left": texture("left", "red roses", "2026-01-01T00:00:00Z"),
        "top": texture("top", "Imported from a.png", "2026-01-03T00:00:00Z"),
    }
    state = default_state().model_copy(update={"panel_textures": textures})
    assert used_prompts(state) == ["blue waves", "red roses"]


def test_an_idea_is_put_into_the_prompt(box: PromptBox) -> None:
    box.ideas.show_used(["salt & pepper in blue"])
    first = next(action for action in box.ideas.actions() if not action.isSeparator())
    assert first.text() == "salt && pepper in blue"
    first.trigger()
    assert box.prompt() == "salt & pepper in blue"


def test_the_reference_goes_with_the_prompt(box: PromptBox, qtbot: QtBot) -> None:
    box.edit.setPlainText("red roses")
    box.set_ready(ready=True, panels=())
    box.reference.set_file(Path("logo.png"))
    with qtbot.waitSignal(box.wanted) as sent:
        box.all_button.click()
    assert sent.args == [GenerationOrder("red roses", None, Path("logo.png"))]
    box.reference.remove_button.click()
    with qtbot.waitSignal(box.wanted) as sent:
        box.all_button.click()
    assert sent.args == [GenerationOrder("red roses")]
    box.set_ready(ready=True, panels=("left",))
    with qtbot.waitSignal(box.wanted) as sent:
        box.one_button.click()
    assert sent.args == [GenerationOrder("red roses", ("left",))]


@pytest.mark.parametrize(("name", "taken"), [("logo.PNG", True), ("photo.jpeg", True), ("notes.txt", False)])
def test_pictures_can_be_dropped(qtbot: QtBot, tmp_path: Path, name: str, taken: bool) -> None:
    well = ReferenceWell()
    qtbot.addWidget(well)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none)
    well.dragEnterEvent(entering)
    assert entering.isAccepted() is taken
    well.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    assert well.file == (tmp_path / name if taken else None)
