"""The table of `support`, for measurements that also need the tests' room of that name."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))


def _table() -> Callable[..., None]:
    described = importlib.util.spec_from_file_location("measuring_support", HERE / "support.py")
    assert described
    assert described.loader
    module: Any = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    found: Callable[..., None] = module.table
    return found


table = _table()
