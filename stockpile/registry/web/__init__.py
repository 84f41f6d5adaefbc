"""The registry's pages for national staff: made at the server, readable without a script."""

from __future__ import annotations

from threading import Lock
from typing import Final

from fastapi import APIRouter, FastAPI

from stockpile.registry.books import RegistryBooks
from stockpile.registry.users import Users
from stockpile.registry.web import (
    account,
    audit_export,
    audit_log,
    codes,
    confirming,
    conflicts,
    courier_bringing,
    courier_photos,
    courier_steps,
    couriers,
    cutting,
    device,
    door,
    dossiers,
    evidence,
    exporting,
    losses,
    nodes,
    numbers,
    overview,
    photo_pages,
    searching,
    staff_list,
    statics,
    statistics,
    transfers,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (
    statics.router, door.router, account.router, device.router, overview.router, nodes.router,
    couriers.router, courier_bringing.router, courier_steps.router, courier_photos.router,
    codes.router,
    numbers.router, confirming.router, staff_list.router, audit_log.router,
    audit_export.router, searching.router, exporting.router, dossiers.router,
    cutting.router, evidence.router,
    photo_pages.router, conflicts.router, losses.router, transfers.router, statistics.router,
)  # fmt: skip


def add_pages(app: FastAPI, books: RegistryBooks) -> None:
    """Add the pages to the registry's application, over its books."""
    app.state.books = books
    app.state.users = Users(books)
    app.state.courier_turn = Lock()
    for router in ROUTERS:
        app.include_router(router)
