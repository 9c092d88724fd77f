"""Lines to paragraphs."""

import pytest

from summitry.ingest.paragraphs import paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\nTwo.\n\nThree.", ["One.", "Two.", "Three."]),
        ("One.\r\nTwo.\rThree.\u2028Four.", ["One.", "Two.", "Three.", "Four."]),
        ("  One. \n \t \n  Two.  ", ["One.", "Two."]),
        ("", []),
        (" \n\n ", []),
        # A sentence that goes on in small letters, after a line long enough to be prose.
        ("The king of Tonga and the queen arrived\nin Apia.", ["The king of Tonga and the queen arrived\nin Apia."]),
        ("Headlines\nof the day", ["Headlines", "of the day"]),
        ("King in Apia\n\nin Samoa", ["King in Apia", "in Samoa"]),
        # Short runs of one file that is wrapped throughout: the names at the ends of lines go on in the next.
        (
            "The king of Tonga left for Samoa on Monday, and Prime Minister\nSiaosi Vea went with him to the airport.\n\n"
            "They are to be met there by the head of state, Tui Atua Prill\nTamasese, and by a band of the police.",
            [
                "The king of Tonga left for Samoa on Monday, and Prime Minister\nSiaosi Vea went with him to the airport.",
                "They are to be met there by the head of state, Tui Atua Prill\nTamasese, and by a band of the police.",
            ],
        ),
        # A quotation that is broken off.
        ("The king of Tonga said on Monday: “\nWe came.”", ["The king of Tonga said on Monday: “\nWe came.”"]),
    ],
)
def test_paragraphs(text, expected):
    assert [span.of(text) for span in paragraphs(text)] == expected
