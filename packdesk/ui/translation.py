"""What people read, in their language, where there is no QObject to ask with `self.tr`.

`translate(context, text)` is Qt's own function under a name that the tool which collects the texts knows, too:
`make translations` finds every call of it whose two arguments are written out as literals, and every
`self.tr("…")`. A variable, a text inside an f-string or another name for the function would be passed over.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate
