"""A headless Chromium, driven by its DevTools protocol: pages, clicks, keys, and what a page complains of."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Any

from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from websockets.sync.client import ClientConnection

CHROMIUM = shutil.which("chromium")
PATIENCE_S = 120.0
_SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--use-angle=swiftshader",  # no graphics card
    "--enable-unsafe-swiftshader",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    "--hide-scrollbars",
)


class Page:
    """One page.

    Args:
        connection: to its DevTools.

    Attributes:
        complaints: errors and warnings it logged, refused requests among them.
        requests: addresses it asked for, without those inside itself.
        asked: how often it asked before it was left; it always may be.
    """

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._numbers = itertools.count(1)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.asked = 0
        self._loads = 0

    def call(self, method: str, **parameters: Any) -> Any:
        """Have DevTools do something; returns its answer."""
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._connection.recv(timeout=PATIENCE_S))
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]
            self._note(message)

    def evaluate(self, expression: str) -> Any:
        """The value of an expression, awaited."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, expression: str) -> Any:
        """The value of an expression once it is true; it may fail until then."""
        tried = f"(() => {{ try {{ return {expression}; }} catch {{ return null; }} }})()"
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if value := self.evaluate(tried):
                return value
            time.sleep(0.05)
        raise AssertionError(f"never true: {expression}; {self.complaints}")

    def open(self, address: str) -> None:
        """Go to a page, be it the same again; returns when all of it is read."""
        former = self._loads
        self.call("Page.navigate", url=address)
        while self._loads == former:
            self._note(json.loads(self._connection.recv(timeout=PATIENCE_S)))

    def drawn(self) -> None:
        """Wait until the page was drawn twice more: what is seen is what it says of itself."""
        self.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def click(self, x: float, y: float) -> None:
        """Press and let go of the mouse there."""
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Pull from one place to another."""
        self.call(
            "Input.dispatchMouseEvent",
            type="mousePressed",
            x=start[0],
            y=start[1],
            button="left",
            clickCount=1,
        )
        for share in (0.25, 0.5, 0.75, 1.0):
            x, y = (a + share * (b - a) for a, b in zip(start, end, strict=True))
            self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y, button="left", buttons=1)
        self.call(
            "Input.dispatchMouseEvent", type="mouseReleased", x=end[0], y=end[1], button="left", clickCount=1
        )

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.call("Input.insertText", text=text)

    def key(self, name: str) -> None:
        """Press a key, such as `ArrowLeft`."""
        for kind in ("rawKeyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=_CODES[name]
            )

    def picture(self) -> bytes:
        """The page as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def _note(self, message: dict[str, Any]) -> None:
        told = message.get("params", {})
        method = message.get("method")
        if method == "Page.javascriptDialogOpening":  # the page asks whether it may be left
            self.asked += 1
            yes = {"method": "Page.handleJavaScriptDialog", "params": {"accept": True}}
            self._connection.send(json.dumps({"id": next(self._numbers), **yes}))
        elif method == "Page.loadEventFired":
            self._loads += 1
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(told["exceptionDetails"].get("exception", told)))
        elif method == "Runtime.consoleAPICalled" and told["type"] in {
            "error",
            "warning",
            "assert",
        }:
            self.complaints.append(" ".join(str(part.get("value", part)) for part in told["args"]))
        elif method == "Log.entryAdded" and told["entry"]["level"] in {"error", "warning"}:
            self.complaints.append(told["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            address = told["request"]["url"]
            if not address.startswith(("data:", "blob:")):
                self.requests.append(address)


_CODES = {
    "ArrowLeft": 37,
    "ArrowUp": 38,
    "ArrowRight": 39,
    "ArrowDown": 40,
    "Enter": 13,
    "Tab": 9,
    "Escape": 27,
}


@contextlib.contextmanager
def browser_page(
    folder: Path,
    address: str,
    size: tuple[int, int] = (1280, 720),
    *,
    online: bool = True,
    dark: bool = False,
) -> Iterator[Page]:
    """A page in a browser of its own.

    Args:
        folder: for its profile and downloads.
        address: of the page.
        size: of the window's inside in pixels.
        online: whether there is a network.
        dark: whether dark colours are asked for.
    """
    command = [str(CHROMIUM), *_SWITCHES, f"--user-data-dir={folder / 'profile'}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with connect(_address(folder / "profile"), max_size=None, compression=None) as browser:
            target = Page(browser).call("Target.createTarget", url="about:blank")["targetId"]
        place = _address(folder / "profile").rpartition("/devtools/")[0]
        with connect(f"{place}/devtools/page/{target}", max_size=None, compression=None) as connection:
            page = Page(connection)
            _prepare(page, folder, size, online=online, dark=dark)
            page.open(address)
            yield page
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _prepare(page: Page, folder: Path, size: tuple[int, int], *, online: bool, dark: bool) -> None:
    for part in ("Page", "Runtime", "Log", "Network"):
        page.call(f"{part}.enable")
    width, height = size
    page.call(
        "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
    )
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    page.call("Emulation.setEmulatedMedia", features=[scheme])
    page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder / "downloads"))
    if not online:
        page.call(
            "Network.emulateNetworkConditions",
            offline=True,
            latency=0,
            downloadThroughput=0,
            uploadThroughput=0,
        )


def downloaded(folder: Path, pattern: str) -> Path:
    """The file a page has saved, once it is there."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if found := list((folder / "downloads").glob(pattern)):
            return found[0]
        time.sleep(0.02)
    raise AssertionError("nothing is saved")


def _address(profile: Path) -> str:
    """Where the browser's DevTools listen, once it has told."""
    file = profile / "DevToolsActivePort"
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if file.exists() and len(lines := file.read_text().splitlines()) == 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        time.sleep(0.02)
    raise AssertionError("the browser does not start")
