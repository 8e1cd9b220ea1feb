"""The pages tell the truth: every command and setting, and no link or picture that is not there."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from packdesk import __version__
from packdesk.cli.commands import app
from packdesk.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")]
REFERENCE = (ROOT / "docs" / "reference.md").read_text("utf-8")
LINK = re.compile(r"\]\(([^)#:]+)\)")  # within the project: without a scheme
PLAIN = [
    name for name, field in Settings.model_fields.items() if isinstance(field.default, str | int | float)
]


def rows(heading: str) -> dict[str, str]:
    """First cell and whole row of the table under a heading."""
    section = REFERENCE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return {line.split("|")[1]: line for line in lines}


def test_every_command_stands_in_the_reference() -> None:
    told = set(re.findall(r"packdesk ([a-z-]+)", " ".join(rows("Command line"))))
    assert told == set(getattr(get_command(app), "commands"))  # noqa: B009  (typer's types hide it)


def test_every_option_in_the_reference_is_one() -> None:
    commands = getattr(get_command(app), "commands")  # noqa: B009
    for cell, row in rows("Command line").items():
        names = re.findall(r"packdesk ([a-z-]+)", cell)
        known = {option for name in names for option in options(commands[name])}
        assert set(re.findall(r"(--[a-z-]+)", row)) <= known, row


def options(command: Any) -> set[str]:
    """Those of a command and of the commands beneath it."""
    beneath = getattr(command, "commands", {}).values()
    own = {option for one in command.params for option in one.opts}
    return own.union(*(options(one) for one in beneath))


def test_every_setting_stands_in_the_reference() -> None:
    told = set(re.findall(r"PACKDESK_[A-Z_]+", " ".join(rows("Settings"))))
    names = {f"PACKDESK_{name.upper()}" for name in Settings.model_fields if name != "google_api_key"}
    assert told == names | {"PACKDESK_CONFIG_DIR"}  # where the settings are kept is none of them


@pytest.mark.parametrize(
    "name",
    [name for name, field in Settings.model_fields.items() if isinstance(field.default, str | int | float)],
)
def test_the_reference_tells_the_default(name: str) -> None:
    default = Settings.model_fields[name].default
    row = next(row for cell, row in rows("Settings").items() if f"`PACKDESK_{name.upper()}`" in cell)
    shown = {True: "on", False: "off"}[default] if isinstance(default, bool) else f"{default}"
    assert row.split("|")[3].strip().strip("`") == shown


def test_every_link_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in LINK.findall(page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_picture_is_on_a_page() -> None:
    shown = {
        (page.parent / target).resolve() for page in PAGES for target in LINK.findall(page.read_text("utf-8"))
    }
    assert [path.name for path in (ROOT / "docs" / "images").iterdir() if path not in shown] == []


def test_the_version_is_told() -> None:
    assert f"\n## [{__version__}] - " in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_measurement_is_told() -> None:
    told = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
    scripts = [path.name for path in (ROOT / "benchmarks").rglob("*.py") if path.parent.name != "peers"]
    assert [name for name in scripts if name not in told] == []


def test_scripts_import_what_is_there() -> None:
    missing = []
    for path in [*(ROOT / "benchmarks").rglob("*.py"), *(ROOT / "docs").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {
                "packdesk",
                "support",
            }:
                missing += [
                    f"{path.name}: {node.module}.{one.name}"
                    for one in node.names
                    if not there(node.module, one.name)
                ]
    assert missing == []


def there(module: str | None, name: str) -> bool:
    """Whether a module has a name, or a module of that name is in it."""
    try:
        return hasattr(importlib.import_module(module or ""), name) or bool(
            importlib.util.find_spec(f"{module}.{name}")
        )
    except ModuleNotFoundError:
        return False
