"""Where the user says what the artwork should be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPlainTextEdit, QWidget

from packdesk.domain.order import GenerationOrder
from packdesk.domain.prompts import EXAMPLES, MAX_PROMPT, advice
from packdesk.domain.text import cut
from packdesk.ui.artwork.reference_well import ReferenceWell
from packdesk.ui.artwork.variation_row import VariationRow
from packdesk.ui.artwork.word_fields import WordFields
from packdesk.ui.icons import line_icon
from packdesk.ui.money import money
from packdesk.ui.parts import GAP, button, column, label, restyle, tip
from packdesk.ui.spoken import spoken
from packdesk.ui.translation import translate
from packdesk.ui.undo_keys import UndoKeys
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QEvent, QMimeData
    from PySide6.QtGui import QKeyEvent

    from packdesk.domain.pack_words import PackWords
    from packdesk.ui.theme import Theme


EDIT_HEIGHT, LOW_EDIT_HEIGHT, LEAST_EDIT_HEIGHT = 92, 60, 48
_IDEA_LENGTH = 64


class PromptIdeas(QMenu):
    """A menu of prompts to begin from, filled anew whenever the design's prompts change.

    Signals:
        chosen: a prompt.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._used: list[str] | None = None
        self.show_used([])

    def show_used(self, prompts: Sequence[str]) -> None:
        """Offer these prompts of the design above the examples."""
        if list(prompts) == self._used:
            return
        self._used = list(prompts)
        self.clear()
        if prompts:
            self.addSection(self.tr("Used in this design"))
            self._add(prompts)
        self.addSection(self.tr("Examples"))
        self._add(EXAMPLES)

    def _add(self, prompts: Sequence[str]) -> None:
        for prompt in prompts:
            # An ampersand would mark a letter for the keyboard.
            action = self.addAction(cut(prompt, _IDEA_LENGTH).replace("&", "&&"))
            action.setToolTip(tip(prompt))
            action.triggered.connect(partial(self.chosen.emit, prompt))


class _PromptEdit(QPlainTextEdit):
    """A text field that Tab leaves and Ctrl+Return sends.

    Signals:
        sent: the user wants what the prompt says.
    """

    sent = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._undo_keys = UndoKeys()

    def event(self, event: QEvent) -> bool:
        """Leave Undo and Redo to the design while there is nothing of the text to take back."""
        text = self.document()
        leaves = self._undo_keys.leaves(event, undo=text.isUndoAvailable(), redo=text.isRedoAvailable())
        return leaves or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Send on Ctrl+Return, type otherwise."""
        is_return = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sent.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802  (Qt's name)
        """Paste text; of one far longer than a prompt only what says that it is too long."""
        self.insertPlainText(source.text()[: 2 * MAX_PROMPT])


class PromptBox(QWidget):
    """Prompt, counter, advice, ideas, a reference picture, and the two ways to generate.

    The buttons of the last, `senders`, are placed by whoever places the box: they are never scrolled away.

    Signals:
        wanted: a `GenerationOrder`, for the selected panel or for all.
    """

    wanted = Signal(object)

    _panels: tuple[str, ...]
    _kept: PackWords | None = None
    _painter = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered, self._panels = "", ()
        self._printed: tuple[str, ...] | None = None
        self.edit = _PromptEdit()
        self.edit.setPlaceholderText(self.tr("Vintage floral pattern in navy and blush, “Sol Field”"))
        self.edit.setAccessibleName(self.tr("Prompt"))
        self.edit.setTabChangesFocus(True)
        self._counter = label("", "muted")
        self.advice = label("", "warning", wrap=True)
        self.ideas = PromptIdeas(self)
        told = self.tr("Prompts of this design, and examples")
        self.ideas_button = button(self.tr("Ideas"), kind="menu", tip=told)
        self.ideas_button.setMenu(self.ideas)
        self.reference, self.words = ReferenceWell(), WordFields()
        self.one_button = button(self._one_text())
        self.all_button = button(
            self.tr("Generate all"), kind="primary", tip=self.tr("Artwork for every panel (Ctrl+Return)")
        )
        self.all_button.setIconSize(QSize(18, 18))
        self.cost, self.blind = label("", "muted"), label(_blind_words(), "warning", wrap=True)
        self._prices: Mapping[str, float] = {}
        self.variations, self.senders = VariationRow(), QWidget()
        self._place()
        self._connect()
        self._on_text()

    def _connect(self) -> None:
        self.variations.changed.connect(self._show_cost)
        self.variations.another_wanted.connect(self.send)
        self.ideas.chosen.connect(self.edit.setPlainText)
        self.edit.textChanged.connect(self._on_text)
        self.reference.changed.connect(self._show_looking)
        self.edit.sent.connect(self.send_all)
        self.one_button.clicked.connect(self.send_one)
        self.all_button.clicked.connect(self.send_all)

    def prompt(self) -> str:
        """What is written."""
        return self.edit.toPlainText()

    def show_used(self, prompts: Sequence[str]) -> None:
        """Have the design's prompts among the ideas, and offer the first."""
        self.ideas.show_used(prompts)
        for prompt in prompts[:1]:
            self.set_prompt(prompt)

    def set_prompt(self, text: str) -> None:
        """Offer a prompt, each only once, unless the user has written one."""
        new, self._offered = text != self._offered, text
        if new and not self.edit.toPlainText():
            self.edit.setPlainText(text)
            if self._kept is not None:  # they were set for this very prompt
                self.words.set_words(self._kept)

    @Slot(object)
    def show_words(self, words: PackWords) -> None:
        """Show the words kept for this design."""
        self._kept = words
        self.words.set_words(words)

    @Slot(str)
    def show_provider(self, name: str) -> None:
        """Say so where a reference picture is not looked at."""
        self._painter = name
        self._show_looking()

    def set_ready(self, *, ready: bool, panels: Sequence[str]) -> None:
        """Allow generating; what is selected stands on its button."""
        self._panels = tuple(panels)
        self._show_cost()
        self.all_button.setEnabled(ready)
        self.variations.another.setEnabled(ready)
        self.one_button.setEnabled(ready and bool(panels))
        self.one_button.setText(self._one_text())
        self.one_button.setToolTip(
            self.tr("Artwork for what is selected") if panels else self.tr("Select a panel first")
        )

    @Slot(object)
    def show_prices(self, prices: Mapping[str, float]) -> None:
        """Tell what each panel costs, in US dollars; nothing when they are free."""
        self._prices = prices
        self._show_cost()

    def set_low(self, low: bool) -> None:  # noqa: FBT001  (its only argument)
        """Take less room where there is little."""
        self.edit.setMaximumHeight(LOW_EDIT_HEIGHT if low else EDIT_HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Draw the main button's icon in the theme's colours."""
        self.all_button.setIcon(line_icon("generate", theme.on_accent, theme.disabled))
        self.reference.set_theme(theme)
        self.words.set_theme(theme)

    def _place(self) -> None:
        layout = column(self)
        layout.addWidget(self.words)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Prompt"), "heading"))
        head.addStretch(1)
        head.addWidget(self._counter)
        layout.addLayout(head)
        self.edit.setMinimumHeight(LEAST_EDIT_HEIGHT)
        self.edit.setMaximumHeight(EDIT_HEIGHT)
        layout.addWidget(self.edit)
        layout.addWidget(self.advice)
        helpers = QHBoxLayout()
        helpers.setSpacing(GAP)
        helpers.addWidget(self.ideas_button)
        helpers.addWidget(self.reference, 1)
        layout.addLayout(helpers)
        layout.addWidget(self.blind)
        self.blind.hide()
        sending = column(self.senders, gap=4)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.one_button, 1)
        row.addWidget(self.all_button, 1)
        sending.addWidget(self.variations)
        sending.addSpacing(2)
        sending.addLayout(row)
        self.cost.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.cost.setWordWrap(True)  # of candidates it says two sums
        sending.addWidget(self.cost)

    def _one_text(self) -> str:
        if not self._panels:
            return self.tr("Generate panel")
        if len(self._panels) > 1:
            return self.tr("Generate {0} panels").format(len(self._panels))
        return self.tr("Generate {0}").format(panel_name(self._panels[0]))

    @Slot()
    def _show_looking(self) -> None:
        self.blind.setVisible(self._painter == "offline" and self.reference.file is not None)

    def _show_cost(self) -> None:
        self.cost.setVisible(bool(self._prices))
        if not self._prices:
            return
        count = self.variations.count()
        chosen = sum(self._prices.get(panel, 0.0) for panel in self._panels)
        whole = sum(self._prices.values())
        if count > 1:
            first = next(iter(self._prices.values()))
            text = self.tr("{0} candidates about {1}, the others then {2}")
            self.cost.setText(text.format(count, money(count * first), money(whole - first)))
        elif self._panels:
            self.cost.setText(self.tr("about {0}, all {1}").format(money(chosen), money(whole)))
        else:
            self.cost.setText(self.tr("all about {0}").format(money(whole)))

    @Slot()
    def _on_text(self) -> None:
        self.words.follow(self.prompt())
        count = len(self.prompt())
        self._counter.setText(f"{count} / {MAX_PROMPT}")
        self._counter.setProperty("role", "error" if count > MAX_PROMPT else "muted")
        restyle(self._counter)
        self.advice.setText(spoken(advice(self.prompt())))
        self.advice.setVisible(bool(self.advice.text()))

    @Slot()
    def send(self) -> None:
        """Ask for the selected panels, or for all where none is."""
        self._send(self._panels or None)

    @Slot()
    def send_one(self) -> None:
        """Ask for the selected panels."""
        if self._panels:
            self._send(self._panels)

    def set_printed(self, panels: tuple[str, ...] | None) -> None:
        """All are these panels, for the others are not on the blank; None for all there are."""
        self._printed = panels

    @Slot()
    def send_all(self) -> None:
        """Ask for all panels, if that is possible now."""
        if self.all_button.isEnabled():
            self._send(self._printed)

    def send_sample(self) -> None:
        """Ask for all panels, with sample text where no words are said."""
        if self.all_button.isEnabled():
            self._send(self._printed, sample=True)

    def _send(self, panels: tuple[str, ...] | None, *, sample: bool = False) -> None:
        words = self.words.words()
        self.words.edited.emit(words)  # as they stand they are had again after a restart
        if sample:
            words = words.model_copy(update={"sample": True})
        seed, count = self.variations.seed, self.variations.count()
        self.wanted.emit(GenerationOrder(self.prompt(), panels, self.reference.file, words, seed, count))


def _blind_words() -> str:
    return translate(
        "PromptBox", "Painted on this computer: the reference picture is not looked at. Gemini does."
    )
