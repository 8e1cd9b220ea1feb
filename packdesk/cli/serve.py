"""The command that serves the design over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from packdesk.cli.extras import extra
from packdesk.cli.output import say, tell
from packdesk.settings import read_settings

SPARE_PORTS = 20
"""How many ports a window tries for its design."""

HostOption = Annotated[
    str, typer.Option(help="The address to listen at; others than this computer's need a token and TLS.")
]
PortOption = Annotated[
    int | None,
    typer.Option(min=0, max=65535, help="The port; 0 takes a free one.", show_default="your setting"),
]
OriginOption = Annotated[
    list[str] | None, typer.Option(help="A page that may use it from a browser; may be given several times.")
]
NameOption = Annotated[
    list[str] | None, typer.Option(help="A host name it is reached by; may be given several times.")
]
CertificateOption = Annotated[Path | None, typer.Option(help="A PEM file for TLS.")]
KeyOption = Annotated[Path | None, typer.Option(help="Its private key, where that is not in the same file.")]
# A window that shares its design waits for the address, and holds the other side of stdin.
TiedOption = Annotated[bool, typer.Option("--tied", hidden=True)]


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = None,
    origin: OriginOption = None,
    name: NameOption = None,
    certificate: CertificateOption = None,
    key: KeyOption = None,
    tied: TiedOption = False,
) -> None:
    """Serve the design to browsers and programs until Ctrl+C."""
    with extra("serve", "starlette", "uvicorn"):
        from packdesk.serve.running import serve as run  # noqa: PLC0415  (only who serves pays for it)
    from packdesk.serve.options import ServeOptions, host_of  # noqa: PLC0415  (as above)

    settings = read_settings()
    names = tuple(one.lower() for one in (*(name or ()), host_of(settings.serve_url)))
    origins = (*settings.serve_origins, *(origin or ()))
    options = ServeOptions(
        host=host,
        port=settings.serve_port if port is None else port,
        spare=SPARE_PORTS if tied else 0,
        origins=origins,
        names=names,
        token=settings.serve_token,
        certificate=certificate,
        key=key,
    )
    told = say if tied else lambda place: tell(f"packdesk: Serving the design at {place}")
    run(settings, options, told, tied=tied)
