"""Review pages: how large they are, how long writing one takes, how long a browser to the first picture.

Opened from a file, without a network and without a graphics card, in Chromium and Firefox as Debian has
them; what is not installed is left out, and Firefox without a screen: it draws nothing then (use xvfb-run).
Time counts from the moment the browser begins to read the file until the package is drawn. The goals: at most
10 MB, at most 3 s.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication
from tables import table
from websockets.sync.client import connect

from support.browser import CHROMIUM, browser_page  # isort: skip  (`tables` makes it importable)
from support.review import SIZES, reviewed  # isort: skip

from packdesk.domain.look import Finish, Look
from packdesk.domain.panels import panel_sizes
from packdesk.domain.request import PanelRequest
from packdesk.domain.state import default_state
from packdesk.export.review.changes import Earlier
from packdesk.export.review.page import Reviewed, review_page
from packdesk.generation.offline.panels import paint_panel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from packdesk.domain.dimensions import PackageType

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
READY = "document.documentElement.dataset.ready"
PATIENCE_S = 60.0


def artwork(kind: PackageType, words: str) -> dict[str, bytes]:
    """Panels as the painter on this computer makes them, at 300 dpi and at most 4096 pixels a side."""
    return {
        panel_id: paint_panel(
            PanelRequest(
                prompt=words,
                panel_id=panel_id,
                size=size,
                package_type=kind,
                package_dimensions=SIZES[kind],
                dpi=300,
            )
        )
        for panel_id, size in panel_sizes(kind, SIZES[kind]).items()
    }


def cases() -> Iterator[tuple[str, Reviewed]]:
    box, tube = artwork("box", "botanical tea, green leaves"), artwork("cylinder", "coffee, marble")
    yield "box, matte", reviewed(artwork=box)
    yield "cylinder, gloss", reviewed("cylinder", artwork=tube, look=Look(finish=Finish.GLOSS))
    state = default_state().model_copy(update={"package_dimensions": SIZES["box"]})
    earlier = Earlier("before", state, artwork("box", "terrazzo, pink and grey"))
    yield "box, all panels changed", replace(reviewed(artwork=box), earlier=earlier)


def in_chromium(file: Path, folder: Path) -> float:
    """Seconds to the first picture."""
    with browser_page(folder, file.as_uri(), (1440, 900), online=False) as page:
        return float(page.wait(READY)) / 1000


def in_firefox(file: Path, folder: Path) -> float:
    """The same there, asked by WebDriver BiDi."""
    profile = folder / "firefox"
    profile.mkdir()
    (profile / "user.js").write_text(
        'user_pref("network.offline", true); user_pref("webgl.force-enabled", true);\n'
    )
    words = ("--no-remote", "--profile", str(profile), "--remote-debugging-port", "0")
    command = [str(FIREFOX), *words, "--width", "1440", "--height", "900"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        with connect(_listening(process), max_size=None) as connection:
            ask = _asker(connection)
            ask("session.new", capabilities={})
            context = ask("browsingContext.getTree")["contexts"][0]["context"]
            ask("browsingContext.navigate", context=context, url=file.as_uri(), wait="none")
            deadline = time.monotonic() + PATIENCE_S
            while time.monotonic() < deadline:
                target = {"context": context}
                words_ = {"expression": READY, "target": target, "awaitPromise": False}
                told = ask("script.evaluate", **words_)
                with contextlib.suppress(KeyError, ValueError):
                    return float(told["result"]["value"]) / 1000
                time.sleep(0.05)
        raise SystemExit("Firefox draws nothing")
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _listening(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
            return f"{found.group(1)}/session"
    raise SystemExit("Firefox does not start")


def _asker(connection: Any) -> Any:
    numbers = itertools.count(1)

    def ask(method: str, **parameters: Any) -> Any:
        number = next(numbers)
        connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(connection.recv(timeout=PATIENCE_S))
            if answer.get("id") == number:
                return answer.get("result", {})

    return ask


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--runs", type=int, default=3, help="of each browser; the slowest counts")
    runs = words.parse_args().runs
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    browsers = {"Chromium": in_chromium} if CHROMIUM else {}
    browsers |= {"Firefox": in_firefox} if FIREFOX and "DISPLAY" in os.environ else {}
    rows = []
    for name, case in cases():
        started = time.perf_counter()
        page = review_page(case)
        took = time.perf_counter() - started
        slowest = [max(opened(page, look) for _ in range(runs)) for look in browsers.values()]
        rows.append([name, len(page) / 1e6, took, *slowest])
    table(["page", "MB", "written s", *(f"{name} s" for name in browsers)], rows)
    del application


def opened(page: bytes, look: Callable[[Path, Path], float]) -> float:
    with tempfile.TemporaryDirectory(prefix="packdesk-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "review.html"
        file.write_bytes(page)
        return look(file, Path(folder))


if __name__ == "__main__":
    main()
