"""The web process: routers, the web app's files, health."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse

from tuoke.access.world import World
from tuoke.api import (
    audit,
    calls,
    changes,
    checklists,
    comments,
    convert,
    dashboards,
    exports,
    files,
    flows,
    indexes,
    jobs,
    live,
    meta,
    metrics,
    notices,
    openapi,
    people,
    problem,
    query,
    records,
    ringing,
    runs_in_hand,
    session,
    tables,
    transfer,
    views,
    webhooks,
    workspace,
)
from tuoke.api.guard import Guard
from tuoke.kit.database import make_engine, migrations_in_order
from tuoke.kit.errors import AppError
from tuoke.kit.settings import Settings

STATIC = Path(__file__).parent.parent / "static" / "app"

# The busiest first: routes are tried in order.
ROUTERS = (
    records.router,
    convert.router,
    session.router,
    meta.router,
    people.router,
    audit.router,
    workspace.router,
    tables.router,
    views.router,
    comments.router,
    files.router,
    query.router,
    dashboards.router,
    transfer.router,
    exports.router,
    changes.router,
    jobs.router,
    flows.router,
    runs_in_hand.router,
    notices.router,
    calls.router,
    live.router,
    indexes.router,
    webhooks.router,
    checklists.router,
)


def create_app(settings: Settings) -> FastAPI:
    """The ASGI app of one web process."""
    app = FastAPI(
        title="Tuoke",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
        separate_input_output_schemas=False,
    )
    app.state.settings = settings
    problem.install(app)
    api = APIRouter(prefix="/api/v1")
    for router in ROUTERS:
        api.include_router(router)
    app.include_router(api)
    app.include_router(openapi.router)
    app.include_router(metrics.router)
    _add_health(app)
    _add_web(app)
    tls = settings.tls_cert is not None or settings.secure_cookies
    app.add_middleware(Guard, tls=tls)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    settings: Settings = app.state.settings
    engine = make_engine(settings.database, application="tuoke-web")
    app.state.world = World(engine, settings)
    app.state.live = live.Live(app.state.world)
    app.state.ringing = ringing.Ringing(app.state.world, app.state.live)
    tasks = [asyncio.create_task(run()) for run in (app.state.live.run, app.state.ringing.run)]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await engine.dispose()


def _add_health(app: FastAPI) -> None:
    @app.get("/healthz", include_in_schema=False)
    async def alive() -> PlainTextResponse:
        return PlainTextResponse("ok")

    @app.get("/readyz", include_in_schema=False)
    async def ready(request: Request) -> Response:
        world: World = request.app.state.world
        try:
            in_order = await migrations_in_order(world.engine)
        except (OSError, AppError):
            in_order = False
        return PlainTextResponse("ready" if in_order else "not ready", status_code=200 if in_order else 503)


def _add_web(app: FastAPI) -> None:
    """The built web app: hashed files are kept by browsers for ever, its page never."""

    @app.get("/{path:path}", include_in_schema=False)
    async def web(path: str) -> Response:
        if path.startswith("api/"):
            raise problem.nothing_here()
        found = (STATIC / path).resolve() if path else STATIC / "index.html"
        if not found.is_relative_to(STATIC) or not found.is_file():
            # A file of another build is not here. The page in its place would be kept under its name for ever.
            if path.startswith("assets/"):
                raise problem.nothing_here()
            found = STATIC / "index.html"
        if not found.is_file():
            return PlainTextResponse("The web app is not built: run `make set-up`.", status_code=503)
        kept = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
        return FileResponse(found, headers={"Cache-Control": kept})
