"""The prompt: advice, ideas, and a reference picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from packdesk.domain.order import GenerationOrder
from packdesk.domain.pack_words import NO_WORDS, PackWords
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
    assert sent.args == [GenerationOrder("red roses", None, Path("logo.png"), NO_WORDS)]
    box.reference.remove_button.click()
    with qtbot.waitSignal(box.wanted) as sent:
        box.all_button.click()
    assert sent.args == [GenerationOrder("red roses", words=NO_WORDS)]
    box.set_ready(ready=True, panels=("left",))
    with qtbot.waitSignal(box.wanted) as sent:
        box.one_button.click()
    assert sent.args == [GenerationOrder("red roses", ("left",), words=NO_WORDS)]


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


GRANDMOTHER = "Grandmother Old-Fashioned Oatmeal Raisin Cookies"


def test_fields_follow_the_prompts_quotes_until_they_are_written_in(box: PromptBox) -> None:
    fields = box.words.fields
    box.edit.setPlainText(f'kraft "{GRANDMOTHER}"')
    assert box.words.words() == PackWords(brand=GRANDMOTHER)
    box.edit.setPlainText("kraft “Sol”, “Tea”, “Mild”, “Fourth”")
    assert box.words.words() == PackWords(brand="Sol", product="Tea", line="Mild")
    assert "“Fourth” is quoted, but stands in no field" in box.words.note.text()
    fields["brand"].setText("")
    fields["product"].setText("Coffee")
    box.edit.setPlainText("kraft “Sol”, “Tea”, “Strong”")
    assert box.words.words() == PackWords(product="Coffee", line="Strong")
    assert "Words on the pack: Coffee" in box.words.toggle.text()


def test_kept_words_stay_as_they_were_with_their_prompt(box: PromptBox) -> None:
    kept = PackWords(product="Tea", net_weight="250 g", sample=True)
    box.show_words(kept)  # the user had emptied the brand
    box.set_prompt("kraft “Sol” “Tea”")
    assert box.words.words() == kept


def test_a_mistyped_barcode_is_said_at_once(box: PromptBox) -> None:
    box.words.fields["barcode"].setText("4006381333932")
    assert "it would end in 1" in box.words.note.text()
    box.words.fields["barcode"].setText("4 006381 333931")
    assert box.words.note.text() == ""


def test_who_paints_here_looks_at_no_reference(box: PromptBox) -> None:
    box.show_provider("offline")
    assert box.blind.isHidden()
    box.reference.set_file(Path("logo.png"))
    assert not box.blind.isHidden()
    box.show_provider("gemini")
    assert box.blind.isHidden()


def test_the_sample_fills_in_without_keeping_that(box: PromptBox, qtbot: QtBot) -> None:
    box.edit.setPlainText("kraft “Sol”")
    box.set_ready(ready=True, panels=())
    with qtbot.waitSignal(box.words.edited) as kept, qtbot.waitSignal(box.wanted) as sent:
        box.send_sample()
    assert sent.args[0].words == PackWords(brand="Sol", sample=True)
    assert kept.args == [PackWords(brand="Sol")]
