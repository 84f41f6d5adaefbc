"""Addresses that are none: a page in the visitor's language to a browser, the protocol's word else.

A program that mistypes an address is answered as before; it does not ask for a page.
"""

from __future__ import annotations

import inspect

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from stockpile.language import _, speaking
from stockpile.registry.answers import PROTOCOL
from stockpile.registry.web.frame import HEADERS, language_of, render

_NOT_FOUND = 404


def add_unknown(app: FastAPI) -> None:
    """Let browsers be told in a page that an address is none; after all other refusals are set."""
    before = app.exception_handlers[HTTPException]

    async def answered(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and _wants_page(request):
            return _page(request, error.status_code)
        told = before(request, error)
        answer: Response = await told if inspect.isawaitable(told) else told
        return answer

    app.add_exception_handler(HTTPException, answered)


def _wants_page(request: Request) -> bool:
    asked = request.headers.get("accept", "")
    return "text/html" in asked and not request.url.path.startswith(f"{PROTOCOL}/")


def _page(request: Request, status: int) -> Response:
    with speaking(language_of(request)):
        said = _("The page cannot take this request ({status}).").format(status=status)
        if status == _NOT_FOUND:
            said = _("There is no page at this address. It may have been mistyped, or is of another"
                     " version of the program.")  # fmt: skip
        page = render(request, "objection.html", status, sentence=said)
    page.headers.update(HEADERS)
    return page
