"""`/healthz` for load balancers and `/metrics` for Prometheus."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, request
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from typo_reports import __name__ as product
from typo_reports.domain.errors import NotAllowedError
from typo_reports.services import health
from typo_reports.web.parts import parts
from typo_reports.web.security import is_from

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 when reports can come in and letters go out, else 503 that names what is wrong."""
    here = parts()
    state = health.check(here.database, now=here.now())
    body = {"status": "ok" if state.is_well else "unwell", **state.parts}
    status = 200 if state.is_well else 503
    return Response(
        msgspec.json.encode(body),
        status,
        mimetype="application/json",
        headers={"Cache-Control": "no-store"},
    )


@blueprint.get("/metrics")
def metrics() -> Response:
    """Counts of cases, reports and letters, for the configured addresses only."""
    here = parts()
    settings = here.settings
    if not is_from(request, settings.metrics_addresses, settings.trusted_proxies):
        raise NotAllowedError("Metrics are for the addresses in TYPO_REPORTS_METRICS_ADDRESSES.")
    with here.database.reading() as session:
        figures = health.figures(session)
    registry = CollectorRegistry()
    for figure in figures:
        gauge = Gauge(
            f"{product}_{figure.name}", figure.meaning, list(figure.labels), registry=registry
        )
        for values, number in figure.numbers:
            (gauge.labels(*values) if values else gauge).set(number)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
