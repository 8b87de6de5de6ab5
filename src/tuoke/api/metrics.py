"""Figures for Prometheus: how far the log's readers are behind, and what the jobs do."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from tuoke.access.world import World
from tuoke.bus import jobs
from tuoke.bus.lag import lags

router = APIRouter()

LAG_WRITES = Gauge("tuoke_log_lag_writes", "Writes a reader of the change log has not read yet", ["reader"])
LAG_SECONDS = Gauge(
    "tuoke_log_lag_seconds", "Age of the oldest write not read yet; alarm above 10", ["reader"]
)
JOBS = Gauge("tuoke_jobs", "Jobs by state", ["state"])


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    world: World = request.app.state.world
    async with world.glance.connect() as db:
        for lag in await lags(db):
            LAG_WRITES.labels(lag.reader).set(lag.writes)
            LAG_SECONDS.labels(lag.reader).set(lag.seconds)
        for state, count in (await jobs.count_by_state(db)).items():
            JOBS.labels(state).set(count)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
