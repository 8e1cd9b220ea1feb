"""What people read, in their language, where there is no QObject to ask with `self.tr`.

`translate(context, text)` is Qt's own function, under a name the tool that collects the texts knows too:
`make translations` finds every call of it with two literal arguments, and every `self.tr("…")`. A variable, a
call inside an f-string, or another name for the function would be passed over. A text that is looked up first
is marked with `QT_TRANSLATE_NOOP(context, text)` where it stands, which is found too, and given to `marked`.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def marked(context: str, text: object) -> str:
    """The translation of a text that `QT_TRANSLATE_NOOP` marks, which in the stubs is any object."""
    return QCoreApplication.translate(context, str(text))
