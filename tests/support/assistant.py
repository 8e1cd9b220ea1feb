"""`packdesk mcp` as an assistant's client starts it: a real process, the official client."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from mcp_types import CallToolResult

    from support.shell import Shell


class Assistant:
    """Calls tools.

    Args:
        client: connected.
        log: what the process says on stderr.
    """

    def __init__(self, client: Client, log: Path) -> None:
        self.client = client
        self._log = log

    async def call(self, tool: str, **arguments: Any) -> CallToolResult:
        return await self.client.call_tool(tool, arguments)

    async def values(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """What a tool that does its work answers."""
        answer = await self.call(tool, **arguments)
        assert not answer.is_error, text_of(answer)
        assert isinstance(answer.structured_content, dict)
        return answer.structured_content

    async def refused(self, tool: str, **arguments: Any) -> str:
        """The sentence of one that does not."""
        answer = await self.call(tool, **arguments)
        assert answer.is_error
        assert "Traceback" not in text_of(answer)
        return text_of(answer)

    def told(self) -> str:
        """Everything on stderr."""
        return self._log.read_text("utf-8")


@contextlib.asynccontextmanager
async def assisting(shell: Shell, *words: str, mode: str = "auto", **client: Any) -> AsyncIterator[Assistant]:
    """An assistant that has started packdesk with these words."""
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "packdesk", "mcp", *words],
        env=shell.environment,
        cwd=shell.folder,
    )
    log = shell.folder / "mcp.log"
    with log.open("w") as told:
        async with Client(stdio_client(started, errlog=told), mode=mode, **client) as connected:
            yield Assistant(connected, log)


def text_of(answer: CallToolResult) -> str:
    """All text of an answer."""
    return " ".join(one.text for one in answer.content if one.type == "text")
