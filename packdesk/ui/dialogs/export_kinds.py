"""The kinds of files a design is exported to, as a list to choose from."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListWidgetItem, QStyleOptionViewItem

from packdesk.export.options import ExportFormat
from packdesk.ui.icons import line_icon
from packdesk.ui.parts import GAP
from packdesk.ui.row_list import ROW_ROLE, RowDelegate, RowList
from packdesk.ui.translation import translate

ROW_HEIGHT, ICON = 50, 22
_PAD = 12


class ExportKind(NamedTuple):
    """One kind.

    Attributes:
        format: what code calls it.
        name: how people do.
        about: what it is for.
        icon: its picture in `assets/icons`.
    """

    format: ExportFormat
    name: str
    about: str
    icon: str


def export_kinds() -> tuple[ExportKind, ...]:
    """All of them: flat ones, panels, 3D models, review page, bundle."""
    return (
        ExportKind(ExportFormat.PDF, "PDF", translate("export", "For the printer, 1:1, spot inks"), "print"),
        ExportKind(ExportFormat.SVG, "SVG", translate("export", "For drawing programs, in layers"), "vector"),
        ExportKind(ExportFormat.DXF, "DXF", translate("export", "For cutters and CAD, lines only"), "cut"),
        ExportKind(ExportFormat.CF2, "CF2", translate("export", "For die makers, lines only"), "cut"),
        ExportKind(ExportFormat.PNG, "PNG", translate("export", "The flat blank as one picture"), "picture"),
        ExportKind(
            ExportFormat.PANELS,
            translate("export", "Panels"),
            translate("export", "Each panel's picture, in a ZIP"),
            "panels",
        ),
        ExportKind(ExportFormat.GLB, "GLB", translate("export", "3D model in one file"), "box"),
        ExportKind(ExportFormat.OBJ, "OBJ", translate("export", "3D model with its pictures"), "mesh"),
        ExportKind(
            ExportFormat.PROOF,
            translate("export", "Proof sheet"),
            translate("export", "One page to look at and to sign"),
            "sign",
        ),
        ExportKind(
            ExportFormat.REVIEW,
            translate("export", "Review page"),
            translate("export", "To look at and answer in a browser"),
            "review",
        ),
        ExportKind(
            ExportFormat.BUNDLE,
            translate("export", "Bundle"),
            translate("export", "The design, to keep or to send"),
            "bundle",
        ),
    )


class KindDelegate(RowDelegate):
    """Paints an `ExportKind`: icon, name and what it is for."""

    gap = 1

    def sizeHint(  # noqa: N802  (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Every row has the same height and room for its words."""
        kind: ExportKind = index.data(ROW_ROLE)
        metrics = option.fontMetrics
        return QSize(ICON + 3 * _PAD + metrics.horizontalAdvance(kind.about) + GAP, ROW_HEIGHT)

    def paint_row(self, painter: QPainter, area: QRect, value: ExportKind, *, selected: bool) -> None:
        """Paint one row."""
        icon = QRect(area.left() + _PAD, area.center().y() - ICON // 2, ICON, ICON)
        line_icon(value.icon, self.theme.accent if selected else self.theme.muted).paint(painter, icon)
        self._words(painter, area.adjusted(ICON + 2 * _PAD, 6, -GAP, -6), value)

    def _words(self, painter: QPainter, area: QRect, kind: ExportKind) -> None:
        half = area.height() // 2
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        font = QFont(painter.font())
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(area.adjusted(0, half, 0, 0), align, kind.about)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(area.adjusted(0, 0, 0, -half), align, kind.name)


class KindList(RowList):
    """One of the kinds is chosen.

    Signals:
        chosen: the `ExportKind`.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(KindDelegate())
        self.setAccessibleName(self.tr("Kinds of files"))
        for kind in export_kinds():
            item = QListWidgetItem(kind.name, self)
            item.setData(ROW_ROLE, kind)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{kind.name}: {kind.about}")
        self.setMinimumHeight(self.count() * ROW_HEIGHT + 2)
        self.setFixedWidth(self.sizeHintForColumn(0) + 2)
        self.setCurrentRow(0)
        self.currentItemChanged.connect(self._on_current)

    @property
    def kind(self) -> ExportKind:
        """The chosen one."""
        kind: ExportKind = self.currentItem().data(ROW_ROLE)
        return kind

    @Slot()
    def _on_current(self) -> None:
        self.chosen.emit(self.kind)
