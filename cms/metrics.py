"""Figures of the running server, in the text format of Prometheus."""

from __future__ import annotations

from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .status import BuildStatus, version_of


class Metrics:
    """What is counted as it happens, and what is looked up when somebody asks."""

    media_type = CONTENT_TYPE_PLAIN_0_0_4

    def __init__(self, output: Path, status: BuildStatus) -> None:
        self._output, self._status, self._registry = output, status, CollectorRegistry()
        self._requests = Counter(
            "kentongan_requests", "Answers that were sent, by status.", ["status"], registry=self._registry
        )
        self._well = self._gauge("kentongan_up", "1 when /healthz answers 200, else 0.")
        self._seconds = self._gauge("kentongan_build_seconds", "How long the last build took.")
        self._built = self._gauge("kentongan_build_time_seconds", "When the last build ended, as a Unix time.")
        self._due = self._gauge("kentongan_next_due_time_seconds", "When the site changes by itself, as a Unix time.")
        self._findings = self._gauge("kentongan_findings", "Findings of the last build.")
        self._records = self._gauge("kentongan_records", "Public records of the site that is served.")

    def _gauge(self, name: str, meaning: str) -> Gauge:
        return Gauge(name, meaning, registry=self._registry)

    def counting(self, app: ASGIApp) -> ASGIApp:
        """*app*, its answers counted."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            async def count(message: Message) -> None:
                if message["type"] == "http.response.start":
                    self._requests.labels(message["status"]).inc()
                await send(message)

            await app(scope, receive, count)

        return counted

    def text(self) -> bytes:
        """The answer of ``/metrics``."""
        status = self._status
        self._well.set(status.is_well)
        if status.report:
            self._seconds.set(status.seconds)
            self._built.set(status.at.timestamp() if status.at else 0)
            self._due.set(status.report.next_change.timestamp())
            self._findings.set(len(status.report.findings))
        self._records.set(sum(version_of(self._output).get("counts", {}).values()))
        return generate_latest(self._registry)
