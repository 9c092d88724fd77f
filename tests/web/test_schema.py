"""The JSON interface keeps what its description promises, whatever is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from summitry.web import create_app

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (make setup-full)")
# What a pattern cannot tell is refused with 400: 31 February, a host that is no country, a key of paging that is none.
positive_data_acceptance = pytest.importorskip("schemathesis.specs.openapi.checks").positive_data_acceptance

EXAMPLES = 40


@pytest.fixture(scope="module")
def schema(place: Path) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(place, ("testserver",)))


def test_no_answer_breaks_the_description(schema: Any) -> None:
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 14
    for operation in operations:

        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        check()
