"""The command that gives the design to an assistant."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from packdesk.cli.extras import extra
from packdesk.settings import read_settings


def mcp(
    folder: Annotated[
        Path | None, typer.Option(help="Where the assistant may write files, and take pictures from.")
    ] = None,
) -> None:
    """Give the design to an assistant, which starts this itself and speaks MCP over stdin and stdout."""
    with extra("mcp", "mcp", "mcp_types"):
        from packdesk.assistant.running import serve_assistant  # noqa: PLC0415  (only who wants it pays for it)
    from packdesk.assistant.folder import FileFolder  # noqa: PLC0415  (as above)

    serve_assistant(read_settings(), FileFolder(folder))
