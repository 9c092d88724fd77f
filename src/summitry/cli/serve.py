"""``summitry serve``: the register in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

HOST = "127.0.0.1"
"""The site answers this machine only."""


def serve(
    register: Annotated[
        str, typer.Option("--register", help="The register to show: a file or a database URL.")
    ] = "register.db",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8000,
) -> None:
    """Show the register in a browser, for reading only, on this machine only."""
    import uvicorn

    from summitry.model.errors import RegisterError
    from summitry.register.reader import Reader
    from summitry.web import create_app

    try:
        with Reader(register):
            pass
    except RegisterError as error:
        typer.echo(f"summitry: {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"The register is at http://{HOST}:{port}/ - stop with Ctrl-C.", err=True)
    uvicorn.run(create_app(register), host=HOST, port=port, log_level="warning", access_log=False)
