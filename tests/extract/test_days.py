"""The words that the days of a visit rest on."""

from summitry.ingest.inputs import Raw


def words_of_days(reader, text, on):
    reading = reader.read(Raw("-", "text", text, published=on))
    return {
        visit.host_country: [
            reading.article.text[e.span.start : e.span.end] for e in visit.evidence if e.field == "dates"
        ]
        for visit in reading.visits
    }


def test_days_of_another_leg_are_no_evidence(reader):
    text = (
        "Finland's President Sauli Niinisto will travel to Peru on April 4 and 5. From Peru Niinisto will go on to Chile, "
        "where President Michelle Bachelet took office in 2014, on April 6 and 7."
    )
    assert words_of_days(reader, text, "2016-03-18") == {"PER": ["April 4", "5"], "CHL": ["April 6", "7"]}


def test_start_and_end_are_both_evidence(reader):
    text = "Finland's President Sauli Niinisto arrived in Lima on Sunday, and will stay in Peru until Tuesday."
    assert words_of_days(reader, text, "2016-04-04") == {"PER": ["Sunday", "Tuesday"]}
