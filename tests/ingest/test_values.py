"""Values of the published key."""

import pytest

from summitry.ingest.values import read_day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-05-14", "2024-05-14"),
        (" 2024-05-14T23:30:00Z ", "2024-05-14"),
        ("2024-05-14T23:30:00.123+09:00", "2024-05-14"),
        ("2024-05-14 08:00 UTC", "2024-05-14"),
        ("20240514", "2024-05-14"),
        ("20240514T101500Z", "2024-05-14"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("Tue, 14 May 2024 19:12:00 +0300", "2024-05-14"),
        ("14 May 2024 19:12:00 GMT", "2024-05-14"),
    ],
)
def test_dates(value, day):
    assert str(read_day(value)) == day


@pytest.mark.parametrize(
    "value",
    ["", "soon", "2024-02-30", "2024-5-14", "05/14/2024", "2024-05-14/2024-05-16", "0000-01-01", "14 Foo 2024 1:00"],
)
def test_what_is_no_date(value):
    assert read_day(value) is None
