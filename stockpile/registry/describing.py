"""What the registry's OpenAPI says: the protocol's own shapes, each answer and each no.

The schemas are made from the very classes that are encoded (``domain.exchange``), so that the
description cannot say something else than what travels.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from stockpile.domain.exchange import (
    BlockAnswer,
    BlockRequest,
    Certificate,
    EnrolRequest,
    Hello,
    Objection,
    Receipt,
    RemoteTip,
    Told,
    TreeProof,
)
from stockpile.domain.finds import FindsAsked, FindsHeard
from stockpile.domain.history_messages import HistoriesAsked, HistoriesHeard, HistoriesWanted
from stockpile.domain.photo_messages import (
    PhotoHave,
    PhotosAsked,
    PhotosHeld,
    PhotosWanted,
)
from stockpile.domain.sharing import Shares
from stockpile.domain.witnessing import CosignedHeads, InclusionProof
from stockpile.registry.answers import JSON
from stockpile.registry.standing import Ready

LINES: Final = "application/vnd.stockpile.lines+zstd"
HOT_LIST: Final = "application/vnd.stockpile.hot-list"
TEXT: Final = "text/plain"
BYTES: Final = "application/octet-stream"
NODE: Final = "^[a-z2-7]{16}$"
"""How a node's id is written: 80 bits in base32."""

Described = dict[int | str, dict[str, Any]]

_SHAPES: Final = (
    Hello, EnrolRequest, Certificate, RemoteTip, Receipt, Told, BlockRequest, BlockAnswer,
    TreeProof, Objection, Ready, Shares, CosignedHeads, InclusionProof,
    PhotosWanted, PhotosAsked, PhotosHeld, PhotoHave, FindsAsked, FindsHeard,
    HistoriesAsked, HistoriesWanted, HistoriesHeard,
)  # fmt: skip
_REF: Final = "#/components/schemas/{name}"
_BINARY: Final = {"type": "string", "format": "binary"}
_NOES: Final[Mapping[int, str]] = {
    400: "Not readable, or a value that is none.",
    401: "The signature is not the node's, or the request is too old or was heard before.",
    403: "The node is no longer trusted, or the code is none.",
    404: "The node, the scheme or the address is not known.",
    408: "The request stopped coming in.",
    409: "It does not fit what is held: a gap, a fork, another log, no numbers left.",
    413: "More than one request may bring.",
    422: "An entry or a photo is broken; nothing of it was taken in.",
    429: "Too often; Retry-After says in how many seconds to come again.",
    507: "No room for more photos; the record itself is not concerned.",
    503: "Busy; nothing was written, and Retry-After says when to come again.",
}
_ALWAYS: Final = (400, 408, 413, 429, 503)
_SIGNED: Final = (401, 404)
_MEANING: Final = (
    "The protocol between nodes and the registry of one country. Bodies of type "
    f"`{LINES}` are lines of canonical JSON squeezed by zstd; requests about a node are signed by "
    "it (RFC 9421, RFC 9530): Content-Digest, Signature-Input and Signature say who asks. Every "
    "call may be repeated."
)


def answers(shape: type[object] | str, meaning: str, *noes: int, signed: bool = False) -> Described:
    """Return what a route answers: a shape of the protocol or a media type, and its noes."""
    content = {shape: {"schema": _BINARY}} if isinstance(shape, str) else content_of(shape)
    codes = sorted({*_ALWAYS, *noes, *(_SIGNED if signed else ())})
    said: Described = {200: {"description": meaning, "content": content}}
    return said | {code: _no(code) for code in codes}


def body(shape: type[object] | str) -> dict[str, Any]:
    """Return what a route wants as its body, to be given to it as ``openapi_extra``."""
    content = {shape: {"schema": _BINARY}} if isinstance(shape, str) else content_of(shape)
    return {"requestBody": {"required": True, "content": content}}


def content_of(shape: type[object]) -> dict[str, Any]:
    """Return what carries one of the protocol's shapes."""
    return {JSON: {"schema": {"$ref": _REF.format(name=shape.__name__)}}}


def describe(app: FastAPI) -> None:
    """Let the application describe itself by the protocol's shapes."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's own way of doing it


def _described(app: FastAPI) -> dict[str, Any]:
    said = get_openapi(
        title=app.title, version=app.version, description=_MEANING, routes=app.routes
    )
    for operations in said["paths"].values():
        for operation in operations.values():
            _take_out_frameworks_own(operation["responses"])
    _shapes, components = msgspec.json.schema_components(_SHAPES, ref_template=_REF)
    schemas = said.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas.update(components)
    return said


def _take_out_frameworks_own(responses: dict[str, Any]) -> None:
    """Take out the answer that FastAPI gives of itself and we do not."""
    if "HTTPValidationError" in str(responses.get("422", "")):
        del responses["422"]


def _no(code: int) -> dict[str, Any]:
    said = {"description": _NOES[code], "content": content_of(Objection)}
    if code in (429, 503):
        said["headers"] = _retry()
    return said


def _retry() -> dict[str, Any]:
    return {"Retry-After": {"schema": {"type": "integer", "minimum": 1}}}
