"""``summitry serve``: the register in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from summitry.cli.common import REGISTER, RegisterOption, say, told

HOST = "127.0.0.1"
"""The site answers this machine only."""

EXAMPLES = """
Examples:

  summitry serve

  summitry serve --register visits.db --port 8080
"""


@told
def serve(
    register: RegisterOption = REGISTER,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
) -> None:
    """Show the register in a browser, for reading only, on this machine only."""
    import uvicorn

    from summitry.register.reader import Reader
    from summitry.web import create_app

    with Reader(register):
        pass  # what is wrong with the register is told here, not in the browser
    say(f"the register is at http://{HOST}:{port}/ (stop with Ctrl-C)")
    uvicorn.run(create_app(register), host=HOST, port=port, log_level="warning", access_log=False)
