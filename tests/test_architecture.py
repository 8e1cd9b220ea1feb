"""Doors import-linter cannot state: parts of PySide6, single files, sizes, and worker signals."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "packdesk").rglob("*.py"))
WRITTEN = {ROOT / "packdesk" / "ui" / "catalogue.py"}
"""Written by `make translations`."""
MAX_MODULE_LINES = 400  # more than 300 is a smell; `benchmarks/house.py` counts them
MAX_FUNCTION_LINES = 40
MAX_WIDGET_INIT_LINES = 30


@cache
def imported(path: Path) -> set[str]:
    """Every module a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def rooms_that_import(name: str) -> set[str]:
    """The rooms with a file that imports a module or anything inside it."""
    return {
        path.relative_to(ROOT / "packdesk").parts[0]
        for path in SOURCES
        if any(module == name or module.startswith(f"{name}.") for module in imported(path))
    }


def test_widgets_live_in_viewer_and_ui_and_app_makes_the_application() -> None:
    assert rooms_that_import("PySide6.QtWidgets") == {"viewer", "ui", "app"}


def test_painting_happens_where_it_may() -> None:
    assert rooms_that_import("PySide6.QtGui") <= {"generation", "textures", "export", "viewer", "ui", "app"}


def test_redis_is_imported_by_store_and_team_and_google_in_at_most_one() -> None:
    users = {
        name: [path.name for path in SOURCES if name in imported(path)] for name in ("redis", "google.genai")
    }
    assert users["redis"] == ["server.py", "redis.py"]  # of a team, of the store
    assert len(users["google.genai"]) <= 1


def test_modules_and_functions_stay_short() -> None:
    assert [where for path in SOURCES for where in too_long(path)] == []


def too_long(path: Path) -> Iterator[str]:
    name, text = path.relative_to(ROOT), path.read_text("utf-8")
    if len(text.splitlines()) > MAX_MODULE_LINES and path not in WRITTEN:
        yield str(name)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            makes_widget = node.name == "__init__" and not {"ui", "viewer"}.isdisjoint(name.parts)
            most = MAX_WIDGET_INIT_LINES if makes_widget else MAX_FUNCTION_LINES
            if (node.end_lineno or 0) - node.lineno + 1 > most:
                yield f"{name}: {node.name}"


def test_the_session_meets_the_window_in_one_place() -> None:
    texts = {path: path.read_text("utf-8") for path in (ROOT / "packdesk" / "ui").rglob("*.py")}
    assert [path.name for path, text in texts.items() if ".parent()" in text] == []
    connecting = [
        path.name for path, text in texts.items() if re.search(r"\b_?session\.[\w.]*connect\(", text)
    ]
    assert connecting == ["wiring.py"]


def test_no_lambda_is_connected_where_threads_meet() -> None:
    for path in (ROOT / "packdesk" / "jobs").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "connect":
                assert isinstance(node.args[0], ast.Attribute), f"{path.name}:{node.lineno}"


def test_services_import_no_qt_and_no_model_library() -> None:
    code = (
        "import sys, packdesk.services.container, packdesk.services.designs, packdesk.services.generation, "
        "packdesk.services.pictures, packdesk.cli.design\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'google', 'pyqtgraph')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
