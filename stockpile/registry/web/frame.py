"""The frame around every page of the registry: words, look, answers, and errors as pages.

A page is made at the server and readable without a script; there is none. What may be loaded is
named in one header, and that is this server's own stylesheet, letters and pictures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Final, Generic, TypeVar

import jinja2
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from markupsafe import Markup
from starlette.types import Message, Receive

from stockpile import wording
from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import (
    LANGUAGES,
    _,
    current_language,
    figure,
    is_right_to_left,
    isolated,
    nearest_language,
    ngettext,
    pgettext,
    plain,
    speaking,
)
from stockpile.paths import resource
from stockpile.registry.web.navigation import SECTIONS, is_within

MOST_FORM: Final = 64 << 10
"""Bytes of a submitted form; a request with more is refused."""
LANGUAGE_COOKIE: Final = "language"
LOOK_COOKIE: Final = "look"
LOOKS: Final = ("light", "dark", "system")
SIGN_IN: Final = "/sign-in"
HEADERS: Final = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
            "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        ),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
        "Cache-Control": "no-store",
    }
)
_TEMPLATES: Final = Path(__file__).parent / "templates"
_OWN_PATH: Final = re.compile(r"/(?![/\\])[A-Za-z0-9._~/?=&%:+-]*")
_ICON_NAME: Final = re.compile(r"[a-z0-9-]+")
_NUL: Final = b"%00"
_STATUS: Final = MappingProxyType(
    {
        errors.FormStale: 403,
        errors.OfficerNotAuthorised: 403,
        errors.SignInRefused: 403,
        errors.SignInTooSoon: 429,
        errors.DigitsWrong: 403,
        errors.DeviceUnproved: 403,
        errors.FactorUnproved: 403,
        errors.NodeUnknown: 404,
        errors.EvidenceUnknown: 404,
        errors.WeaponUnknown: 404,
        errors.UserUnknown: 404,
        errors.ProposalUnknown: 404,
        errors.PhotoUnknown: 404,
        errors.PhotoMissing: 404,
        errors.CourierGone: 404,
        errors.CourierTooLargeForPage: 413,
        errors.RegistryBusy: 503,
        errors.DatabaseShut: 503,
    }
)

T = TypeVar("T")


class SignInWanted(Exception):
    """Nobody is signed in, so the page is not shown."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a long list, and what to ask for next: the key of its last item."""

    items: tuple[T, ...]
    after: str = ""


def page_of(found: Sequence[T], size: int, key: Callable[[T], object]) -> Page[T]:
    """Return a page of so many of what was found; ask for one more, to know whether there is any.

    The key of the last item leads to the next page, so no page is slower than the first one.
    """
    items = tuple(found[:size])
    return Page(items, str(key(items[-1])) if len(found) > size else "")


def render(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Answer with a page: the template, filled with values that are escaped."""
    code = current_language()
    look = request.cookies.get(LOOK_COOKIE, "system")
    frame = {
        "visitor": getattr(request.state, "visitor", None),
        "form_token": getattr(request.state, "form_token", ""),
        "path": request.url.path,
        "here": _here(request),
        "language": code,
        "languages": LANGUAGES,
        "direction": "rtl" if is_right_to_left(code) else "ltr",
        "look": look if look in LOOKS else "system",
        "sections": SECTIONS,
    }
    return HTMLResponse(_environment().get_template(template).render(**frame, **values), status)


def refused(
    request: Request, error: StockpileError | None, template: str, **values: object
) -> HTMLResponse:
    """Show a form, with what stands against what was sent in it, if anything does."""
    status = 200 if error is None else _STATUS.get(type(error), 400)
    said = "" if error is None else wording.error_sentence(error)
    return render(request, template, status, refusal=said, **values)


def go(path: str) -> RedirectResponse:
    """Send the visitor on, by GET, after something was done."""
    return RedirectResponse(own_path(path), status_code=303)


def own_path(path: str) -> str:
    """Return the path where it is one of this registry's own pages, else the first page's."""
    return path if _OWN_PATH.fullmatch(path) else "/"


def pages() -> APIRouter:
    """Return a router for pages: answers in the visitor's language, errors as pages."""
    return APIRouter(route_class=PageRoute, include_in_schema=False)


class PageRoute(APIRoute):
    """A route that answers people and not programs."""

    most: ClassVar[int] = MOST_FORM
    """Bytes of what is sent to it."""
    takes_files: ClassVar[bool] = False
    """Whether what is sent may hold any byte; a form of words holds none that no text has."""

    async def admit(self, request: Request) -> None:
        """Raise before anything that is sent is read, where nothing of it would be used."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request, in the visitor's language and with our headers."""
        answer = super().get_route_handler()

        async def answered(request: Request) -> Response:
            bounded = Request(request.scope, _bounded(request.receive, self))
            with speaking(language_of(request)):
                try:
                    _demand_text(request)
                    await self.admit(request)
                    response = await answer(bounded)
                except SignInWanted:
                    response = _to_the_door(bounded)
                except StockpileError as error:
                    response = objection(bounded, error)
                except RequestValidationError:
                    response = _told(bounded, 400, _("The page did not understand this request."))
                except HTTPException as error:
                    said = _("The page cannot take this request ({status}).")
                    response = _told(
                        bounded, error.status_code, said.format(status=error.status_code)
                    )
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return answered


def objection(request: Request, error: StockpileError) -> HTMLResponse:
    """Answer with a page that says what happened, what it means and what to do."""
    return _told(request, _STATUS.get(type(error), 400), wording.error_sentence(error))


def language_of(request: Request) -> str:
    """Return the language that the visitor chose, or that their browser asks for."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    asked = request.headers.get("accept-language", "")[:200]
    return nearest_language(part.partition(";")[0].strip() for part in asked.split(","))


@cache
def icon(name: str) -> Markup:
    """Return one of our pictures, to stand in a line of text; it says nothing to a screen reader.

    The file is our own; its name is never a visitor's.
    """
    if not _ICON_NAME.fullmatch(name):
        return Markup()
    drawn = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    body = drawn[drawn.index("<svg") :].replace("<svg", '<svg aria-hidden="true"', 1)
    return Markup(body)  # noqa: S704 - a shipped file


def _told(request: Request, status: int, sentence: str) -> HTMLResponse:
    return render(request, "objection.html", status, sentence=sentence)


def _to_the_door(request: Request) -> Response:
    """Send who is not signed in to the door; after a form was sent, without the way back."""
    if request.method != "GET" or request.url.path == "/":
        return go(SIGN_IN)
    return RedirectResponse(
        str(request.url.replace(scheme="", netloc="", path=SIGN_IN, query="").include_query_params(
            next=own_path(_here(request))
        )),
        status_code=303,
    )  # fmt: skip


def _here(request: Request) -> str:
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")


def _demand_text(request: Request) -> None:
    """Refuse an address with a NUL in it: no text of ours has one, and no database keeps one."""
    if "\0" in request.url.path or _NUL in request.scope["query_string"]:
        raise HTTPException(400)


def _bounded(receive: Receive, route: PageRoute) -> Receive:
    """Return a reader of the body that refuses more than it may be, and a NUL in mere words."""
    heard, last = 0, b""

    async def read() -> Message:
        nonlocal heard, last
        message = await receive()
        body = message.get("body", b"")
        heard, said, last = heard + len(body), last + body, body[-len(_NUL) :]
        if heard > route.most:
            # heard out, as far as the door lets it in: a browser that is cut off shows no answer
            while message.get("more_body"):
                message = await receive()
            raise HTTPException(413)
        if not route.takes_files and (_NUL in said or b"\0" in said):
            raise HTTPException(400)
        return message

    return read


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.globals.update(
        _=_, gettext=_, ngettext=ngettext, pgettext=pgettext, icon=icon, isolated=isolated,
        figure=figure, plain_text=plain, instant=wording.instant, wording=wording,
        is_within=is_within,
    )  # fmt: skip
    return made
