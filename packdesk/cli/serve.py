"""The command that serves the design over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from packdesk.cli.extras import extra
from packdesk.cli.output import tell
from packdesk.settings import read_settings


def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen at; others than this computer's need a token and TLS.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    origin: Annotated[
        list[str] | None,
        typer.Option(help="A page that may use it from a browser; may be given several times."),
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(help="A host name it is reached by; may be given several times.")
    ] = None,
    certificate: Annotated[Path | None, typer.Option(help="A PEM file for TLS.")] = None,
    key: Annotated[
        Path | None, typer.Option(help="Its private key, where that is not in the same file.")
    ] = None,
) -> None:
    """Serve the design to browsers and programs until Ctrl+C."""
    with extra("serve", "starlette", "uvicorn"):
        from packdesk.serve.running import serve as run  # noqa: PLC0415  (only who serves pays for it)
    from packdesk.serve.options import ServeOptions, host_of  # noqa: PLC0415  (as above)

    settings = read_settings()
    names = tuple(one.lower() for one in (*(name or ()), host_of(settings.serve_url)))
    origins = (*settings.serve_origins, *(origin or ()))
    options = ServeOptions(host, port, origins, names, settings.serve_token, certificate, key)
    run(settings, options, lambda place: tell(f"packdesk: Serving the design at {place}"))
