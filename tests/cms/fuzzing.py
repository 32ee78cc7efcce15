"""Requests drawn from the API's own description, sent to the whole application in one process."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode, checks
from starlette.applications import Starlette

from kentongan.model import RECORD_TYPES
from kentongan_cms.api import ROOT, api_mount
from kentongan_cms.status import BuildStatus
from tests.cms.api_servers import IDS

CHECKS = (
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.unsupported_method,
)

KNOWN = {type_.folder: IDS.get(kind, "satu") for kind, type_ in RECORD_TYPES.items()}


def fuzz(server, requests, number=0):
    """Sends up to *requests* for each operation, valid and invalid ones; how many answers had which status.

    :raises Exception: schemathesis's own, with the request, at the first answer that is a 5XX or not as described.
    """
    app = Starlette(routes=[api_mount(BuildStatus(), server.shop, most=1_000_000)])
    schema = schemathesis.openapi.from_asgi(f"{ROOT}/openapi.json", app)
    token = {"Authorization": server.program().headers["authorization"]}
    told = Counter()
    for operation in (found.ok() for found in schema.get_all_operations()):
        for mode in GenerationMode:
            with suppress(Unsatisfiable):  # nothing can be wrong with a request that has no parts
                _drawn(operation, mode, requests, number, lambda case: _send(case, token, told))()
    return told


def _drawn(operation, mode, requests, number, send):
    quiet = settings(
        max_examples=requests,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )

    @seed(number)
    @quiet
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case):
        send(case)

    return run


def _send(case, token, told):
    """Every second request is about a record that is there, and changes are of the version that is there."""
    sent = sum(told.values())
    if sent % 2 and "id" in case.path_parameters and "webhooks" not in case.path:
        case.path_parameters["id"] = KNOWN[case.path.split("/")[1]]
    match = {"If-Match": "*"} if case.method.upper() == "PATCH" and sent % 3 else {}
    answer = case.call(headers={**token, **match})
    told[answer.status_code] += 1
    case.validate_response(answer, checks=list(CHECKS))
