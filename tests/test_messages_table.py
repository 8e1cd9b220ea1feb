"""The list of all sentences and the table in both languages are those of the sources."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def collector() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "docs" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_list_of_sentences_is_that_of_the_sources(collector: ModuleType) -> None:
    assert collector.CATALOGUE.read_text("utf-8") == collector.catalogue_text(), "run `make translations`"


def test_the_table_of_messages_is_that_of_the_sources(collector: ModuleType) -> None:
    assert collector.TABLE.read_text("utf-8") == collector.table_text(), "run `make translations`"


def test_errors_and_findings_are_no_f_strings(collector: ModuleType) -> None:
    """They would be finished text: a window could not say them in another language."""
    told = re.compile(rf"\b({'|'.join(sorted(collector.ERRORS | {'Finding'}))})\(\s*f\"")
    for path in sorted((ROOT / "packdesk").rglob("*.py")):
        if not path.relative_to(ROOT / "packdesk").as_posix().startswith(collector.TERMINAL):
            assert not told.search(path.read_text("utf-8")), path


def test_no_window_is_told_what_to_type_in_a_terminal(collector: ModuleType) -> None:
    typed = re.compile(r"\b(pip install|make \w+”|npm |apt |packdesk [a-z]+”|packdesk remarks)")
    assert [line for line in collector.TABLE.read_text("utf-8").splitlines() if typed.search(line)] == []
