"""What reading leaves behind in the process that asks for it."""

import gc

import pytest

from summitry.ingest.inputs import Raw


@pytest.mark.parametrize("enabled", [True, False])
def test_reading_leaves_the_garbage_collector_as_it_was(reader, enabled):
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        reader.read(
            Raw(source="-", kind="text", text="RIGA, May 3, 2022 -- Estonia's president Alar Karis arrived in Riga.")
        )
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()
