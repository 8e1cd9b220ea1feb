"""Panels that are not on the blank: the list says so, and *Generate all* makes nothing for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from packdesk.domain.dieline.values import DielineStyle
from packdesk.ui.row_list import ROW_ROLE

if TYPE_CHECKING:
    from ui.conftest import Window

    from packdesk.domain.order import GenerationOrder


def test_a_sleeve_has_four(open_window: Window) -> None:
    window, shown = open_window.window, open_window.window.artwork.list

    def not_printed() -> list[str]:
        rows = [shown.item(index).data(ROW_ROLE) for index in range(shown.count())]
        return [row.panel_id for row in rows if row.note == "Not on the blank"]

    orders: list[GenerationOrder] = []
    prompt = window.artwork.prompt
    prompt.wanted.disconnect()
    prompt.wanted.connect(orders.append)
    prompt.edit.setPlainText("vintage roses in blush")
    window.exports.show_blank(replace(window.exports.dieline_options, style=DielineStyle.SLEEVE))
    assert not_printed() == ["top", "bottom"]
    prompt.send_all()
    window.exports.show_blank(replace(window.exports.dieline_options, style=DielineStyle.CROSS))
    assert not not_printed()
    prompt.send_all()
    assert [order.panel_ids for order in orders] == [("front", "back", "left", "right"), None]
