"""``summitry serve``: the register in a browser; ``summitry accounts``: who may use a site that is served to others."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import os
import sys
import tempfile
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from summitry.cli.common import REGISTER, Exit, RegisterOption, fail, many, say, told

HOST = "127.0.0.1"
"""The site answers this machine only, unless told otherwise."""

EXAMPLES = """
Examples:

  summitry serve

  summitry serve --register visits.db --port 8080

  summitry serve --workers 2

  summitry serve --review

  summitry serve --review --host 0.0.0.0 --name visits.example.org --accounts accounts.db --https
"""
ACCOUNT_EXAMPLES = """
Examples:

  summitry accounts add anna --accounts accounts.db

  summitry accounts list --accounts accounts.db
"""

AccountsOption = Annotated[Path, typer.Option("--accounts", help="The file of accounts; it is made if there is none.")]


@told
def serve(
    register: RegisterOption = REGISTER,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    review: Annotated[
        bool,
        typer.Option("--review", help="Let people confirm, correct, merge and reject; else nothing can be changed."),
    ] = False,
    host: Annotated[str, typer.Option(help="The address to listen on. Others than this machine need accounts.")] = HOST,
    name: Annotated[
        list[str] | None, typer.Option(help="A name by which the site is called, for a site served to others.")
    ] = None,
    accounts: Annotated[
        Path | None, typer.Option(help="The file of accounts: everybody has to log in. See summitry accounts.")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Processes that share the work of a site for reading, without accounts.")
    ] = 1,
    https: Annotated[
        bool,
        typer.Option("--https", help="The site is reached over HTTPS, by way of a proxy: cookies go that way only."),
    ] = False,
    mentions: Annotated[
        bool,
        typer.Option(
            "--mentions/--no-mentions",
            help="Mark people, places and times in the text of a report, in a process that is started when one is looked at.",
        ),
    ] = True,
    quotes: Annotated[
        str | None,
        typer.Option(
            "--quotes",
            help="How much of a report's words is shown: a number of characters of the evidence, or none. "
            "The site then shows the register as it was when it was started.",
        ),
    ] = None,
) -> None:
    """Show the register in a browser: for reading only, on this machine only, unless told otherwise."""
    import uvicorn

    from summitry.cli.plain_site import cut_copy
    from summitry.publish.terms import Quotes
    from summitry.register.engine import open_engine
    from summitry.web import HOSTS, SETTINGS
    from summitry.web.finder import Finder, Mentions, shared

    here = _local(host)
    if not here and accounts is None:
        raise fail(f"--host {host} lets others in: it needs --accounts FILE (see summitry accounts)", Exit.USAGE)
    if not here and not name:
        raise fail(f"--host {host} needs --name NAME, by which the site is called", Exit.USAGE)
    if workers > 1 and (review or accounts is not None):
        raise fail("--workers is for a site that is read without accounts: who decides or logs in needs one process",
                   Exit.USAGE)  # fmt: skip
    if quotes is not None and review:
        raise fail(
            "--quotes shows a copy without the reports' texts, and --review decides on them: choose one", Exit.USAGE
        )
    open_engine(register, write=False).dispose()  # what is wrong with the register is told here, not in the browser
    with ExitStack() as stack:
        if quotes is not None:
            copy = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "register.db"
            cut_copy(register, copy, Quotes.parse(quotes))
            register = str(copy)
        find = Finder()
        stack.callback(find.close)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{port}/"
        names = (*HOSTS, *(name or ()))
        if workers > 1:
            # This process only looks after the others: what pages need is not loaded here.
            asked = stack.enter_context(shared(find)) if mentions else None
            os.environ[SETTINGS] = json.dumps({"register": register, "hosts": names, "mentions": asked})
            say(f"the register is at {address} (stop with Ctrl-C)")
            uvicorn.run("summitry.web.app:from_settings", factory=True, workers=workers, host=host, port=port,
                        log_level="warning", access_log=False, server_header=False)  # fmt: skip
            return
        from summitry.web import create_app
        from summitry.web.accounts import Accounts

        people = Accounts(accounts) if accounts is not None else None
        if people is not None and not people.names():
            raise fail(f"{accounts} holds no account; make one with: summitry accounts add NAME --accounts {accounts}",
                       Exit.NOTHING)  # fmt: skip
        say(f"the register is at {address}{' for review' if review else ''} (stop with Ctrl-C)")
        app = create_app(
            register, names, review=review, accounts=people, https=https, mentions=Mentions(find) if mentions else None
        )
        uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)


def _local(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        raise fail(
            f"--host {host!r} is no address of a network; write it as 127.0.0.1 or 0.0.0.0", Exit.USAGE
        ) from None


class Doing(StrEnum):
    """What ``accounts`` does."""

    ADD = "add"
    REMOVE = "remove"
    LIST = "list"


@told
def accounts(
    do: Annotated[Doing, typer.Argument(help="add (or give another password), remove, or list.")],
    name: Annotated[str | None, typer.Argument(help="Whose account.")] = None,
    file: AccountsOption = Path("accounts.db"),
) -> None:
    """Keep the accounts of people who use a site that is served to others. The password is asked for, or read from a pipe."""
    from summitry.web.accounts import Accounts

    if (do is Doing.LIST) != (name is None):
        raise fail(f"accounts {do} takes {'no name' if do is Doing.LIST else 'a name'}", Exit.USAGE)
    kept = Accounts(file)
    if do is Doing.LIST:
        for known in kept.names():
            print(known)
        return
    who = name or ""
    if do is Doing.REMOVE:
        if not kept.remove(who):
            raise fail(f"there is no account {who!r} in {file}", Exit.NOTHING)
        say(f"removed {who}; {many(len(kept.names()), 'account')} left")
        return
    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    kept.add(who, password, dt.datetime.now(dt.UTC))
    say(f"{who} may log in; {many(len(kept.names()), 'account')} in {file}")
