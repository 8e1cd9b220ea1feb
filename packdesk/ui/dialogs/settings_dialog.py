"""The settings. Everything is saved at once; why a value cannot be used stands below its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QTabWidget, QWidget

from packdesk.ui.dialogs.key_field import KeyField
from packdesk.ui.dialogs.setting_fields import (
    ChoiceField,
    FolderField,
    MoneyField,
    NumberField,
    SettingField,
    TextField,
)
from packdesk.ui.dialogs.spending_page import MonthLine, PriceList
from packdesk.ui.parts import MARGIN, column
from packdesk.ui.screens import fit
from packdesk.ui.translation import translate
from packdesk.ui.wheel import guard_wheel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MIN_WIDTH, FIRST_HEIGHT = 560, 530
GEMINI_MODELS = ("gemini-3.1-flash-image", "gemini-3.1-flash-lite-image", "gemini-3-pro-image")


class SettingsDialog(QDialog):
    """Non-modal: the window goes on beside it.

    Signals:
        edited: a setting's name and value; None for the default.
    """

    edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(MIN_WIDTH)
        self.key = KeyField()
        self._fields: dict[str, SettingField] = {}
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.tabBar().setDrawBase(False)  # the theme draws the line below the tabs
        for part in (self.pages, self.pages.tabBar()):
            part.setAccessibleName(self.windowTitle())
        self._add_page(self.tr("General"), _general_fields())
        artwork = self._add_page(self.tr("Artwork"), _artwork_fields())
        artwork.insertRow(1, self.tr("Gemini key"), self.key)
        self.month, self.prices = MonthLine(), PriceList()
        spending = self._add_page(self.tr("Spending"), _spending_fields())
        spending.insertRow(0, self.tr("This month"), self.month)
        spending.addRow(self.tr("A picture costs"), self.prices)
        self._add_page(self.tr("Storage"), _storage_fields())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
        buttons.rejected.connect(self.close)
        layout = column(self, margin=MARGIN, gap=12)
        layout.addWidget(self.pages, 1)
        layout.addWidget(buttons)
        guard_wheel(self)
        # By itself it would take two thirds of a small screen at most, and cut texts off.
        fit(self, QSize(MIN_WIDTH, FIRST_HEIGHT))

    def field(self, name: str) -> SettingField:
        """The field of a setting."""
        return self._fields[name]

    def show_values(self, values: Mapping[str, object], fixed: Mapping[str, str]) -> None:
        """Show what is set, and which settings come from elsewhere and are fixed here, with the reason."""
        for name, field in self._fields.items():
            field.show_value(values[name])
            field.show_problem("")
            if name in fixed:
                field.set_fixed(fixed[name])

    def _add_page(self, title: str, fields: Sequence[SettingField]) -> QFormLayout:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in fields:
            form.addRow(field.title, field)
            self._fields[field.name] = field
            field.edited.connect(self.edited)
        self.pages.addTab(page, title)
        return form


def _general_fields() -> list[SettingField]:
    themes = (
        ("system", translate("SettingsDialog", "As the system")),
        ("light", translate("SettingsDialog", "Light")),
        ("dark", translate("SettingsDialog", "Dark")),
    )
    units = (
        ("mm", translate("SettingsDialog", "Millimetres")),
        ("inch", translate("SettingsDialog", "Inches")),
    )
    starting = (
        (True, translate("SettingsDialog", "Shows the designs if there are several")),
        (False, translate("SettingsDialog", "Goes on with the one used last")),
    )
    turning = (
        (True, translate("SettingsDialog", "Turns the view to it if it is hidden")),
        (False, translate("SettingsDialog", "Leaves the view as it is")),
    )
    return [
        ChoiceField(
            "language",
            translate("SettingsDialog", "Language"),
            (("system", translate("SettingsDialog", "As the system")), ("en", "English"), ("de", "Deutsch")),
            translate("SettingsDialog", "Takes effect after a restart."),
        ),
        ChoiceField("theme", translate("SettingsDialog", "Theme"), themes),
        ChoiceField("units", translate("SettingsDialog", "Lengths in"), units),
        ChoiceField("start_page", translate("SettingsDialog", "At start"), starting),
        ChoiceField("turn_to_panel", translate("SettingsDialog", "Selecting a panel"), turning),
    ]


def _artwork_fields() -> list[SettingField]:
    makers = (
        ("auto", translate("SettingsDialog", "Gemini if there is a key, otherwise painted here")),
        ("gemini", "Gemini"),
        ("offline", translate("SettingsDialog", "Painted on this computer")),
    )
    sizes = (
        ("auto", translate("SettingsDialog", "Automatic")),
        ("1K", translate("SettingsDialog", "1K, for the screen")),
        ("2K", translate("SettingsDialog", "2K, for small print")),
        ("4K", translate("SettingsDialog", "4K, for large print")),
    )
    order = (
        (False, translate("SettingsDialog", "The front first, the others follow it")),
        (True, translate("SettingsDialog", "At the same time: faster, less alike")),
    )
    return [
        ChoiceField("provider", translate("SettingsDialog", "Made by"), makers),
        ChoiceField(
            "gemini_model",
            translate("SettingsDialog", "Gemini model"),
            [(name, name) for name in GEMINI_MODELS],
        ),
        ChoiceField("gemini_size", translate("SettingsDialog", "Picture size"), sizes),
        ChoiceField("all_at_once", translate("SettingsDialog", "Panels"), order),
        NumberField(
            "parallel",
            translate("SettingsDialog", "At the same time"),
            (1, 16),
            translate("SettingsDialog", "Automatic"),
        ),
        NumberField(
            "dpi",
            translate("SettingsDialog", "Resolution"),
            (36, 1200),
            unit=translate("SettingsDialog", " dpi"),
        ),
    ]


def _spending_fields() -> list[SettingField]:
    return [
        MoneyField(
            "monthly_limit_usd",
            translate("SettingsDialog", "Monthly limit"),
            translate("SettingsDialog", "Stops: what would cost more is not asked for. The month is by UTC."),
            translate("SettingsDialog", "No limit"),
        ),
    ]


def _storage_fields() -> list[SettingField]:
    return [
        TextField(
            "redis_url",
            translate("SettingsDialog", "Shared server"),
            translate(
                "SettingsDialog",
                "Address of a Redis server; empty: designs stay here. Takes effect after a restart.",
            ),
            "redis://host:6379/0",
        ),
        NumberField("serve_port", translate("SettingsDialog", "Port for sharing"), (1024, 65_535)),
        FolderField(
            "texture_dir",
            translate("SettingsDialog", "Artwork folder"),
            translate(
                "SettingsDialog",
                "Where artwork is kept, perhaps a shared folder. Takes effect after a restart.",
            ),
            translate("SettingsDialog", "On this computer"),
        ),
        NumberField(
            "cuts_mb",
            translate("SettingsDialog", "Pictures cut to size"),
            (1, 1_000_000),
            unit=translate("SettingsDialog", " MB"),
        ),
        NumberField(
            "cache_mb",
            translate("SettingsDialog", "Picture cache"),
            (1, 1_000_000),
            unit=translate("SettingsDialog", " MB"),
        ),
    ]
