"""The JSON interface gives the same views, and its description is true."""

from __future__ import annotations

from urllib.parse import quote

from .conftest import ANNOUNCED, TOUR, Get


def test_visits(get: Get) -> None:
    found = get("/api/visits?visitor=Margrethe").json()
    assert (found["found"], found["more"], found["before"], found["after"]) == (1, False, None, None)
    (visit,) = found["visits"]
    assert (visit["visitor"], visit["host_country"], visit["status"]) == ("Margrethe II", "CHL", "completed")
    assert visit["conflicts"] == ["dates"]
    assert visit["reports"] == 2


def test_visit_with_claims_and_history(get: Get) -> None:
    name = get("/api/visits?visitor=Margrethe").json()["visits"][0]["id"]
    visit = get(f"/api/visits/{name}").json()
    dates = {c["value"]: c for c in visit["claims"] if c["field"] == "dates"}
    assert set(dates) == {"2001-05-05/2001-05-08", "2001-05-06/2001-05-09"}
    assert all(c["conflict"] for c in dates.values())
    (source,) = dates["2001-05-05/2001-05-08"]["sources"]
    assert source == {
        "report": ANNOUNCED.article.id,
        "outlet": "Andes Mail",
        "published": "2001-04-20",
        "words": ["from 5 to 8 May"],
        "sentence": ANNOUNCED.visits[0].sentence,
    }
    assert [(e["told"], e["status"]) for e in visit["history"]] == [
        ("2001-04-20", "planned"),
        ("2001-05-10", "completed"),
    ]
    assert get(f"/api/visits/{visit['aliases'][0]}").json() == visit


def test_pages_follow_one_another_by_key(get: Get) -> None:
    every = [v["id"] for v in get("/api/visits").json()["visits"]]
    assert len(every) == 5
    for order in ("days", "told", "visitor", "host", "reports"):
        for way in ("up", "down"):
            asked = f"/api/visits?sort={order}&way={way}&limit=2"
            whole = [v["id"] for v in get(f"/api/visits?sort={order}&way={way}").json()["visits"]]
            pages = [get(asked).json()]
            while pages[-1]["after"]:
                pages.append(get(f"{asked}&after={quote(pages[-1]['after'])}").json())
            assert [[v["id"] for v in p["visits"]] for p in pages] == [whole[:2], whole[2:4], whole[4:]]
            assert sorted(whole) == sorted(every)
            back = [pages[-1]]
            while back[-1]["before"]:
                back.append(get(f"{asked}&before={quote(back[-1]['before'])}").json())
            assert [p["visits"] for p in back] == [p["visits"] for p in reversed(pages)]


def test_the_newest_come_first_and_the_undated_last(get: Get) -> None:
    assert [v["dates"] for v in get("/api/visits").json()["visits"]] == [
        "2003-01-01", "2002-07-02", "2002-07-01", "2001-05-06/2001-05-09", None
    ]  # fmt: skip
    assert [v["visitor"] for v in get("/api/visits?sort=visitor").json()["visits"]][-1] == "Margrethe II"


def test_tour(get: Get) -> None:
    first = get("/api/visits?visitor=Kufuor&way=up").json()["visits"][0]
    tour = get(f"/api/visits/{first['id']}").json()["tour"]
    assert [(s["host_country"], s["dates"]) for s in tour] == [("TGO", "2002-07-01"), ("BEN", "2002-07-02")]


def test_report_spans_are_code_points_of_the_text(get: Get) -> None:
    report = get(f"/api/reports/{ANNOUNCED.article.id}").json()
    words = {e["field"]: report["text"][e["start"] : e["end"]] for e in report["evidence"]}
    assert words == {"visitor": "Queen Margrethe", "dates": "from 5 to 8 May", "host_country": "Chile"}
    values = {e["field"]: e["value"] for e in report["evidence"]}
    assert values == {"visitor": "Margrethe II", "dates": "2001-05-05/2001-05-08", "host_country": "CHL"}
    assert report["published"] == "2001-04-20"
    assert "source" not in report
    assert len(get(f"/api/reports/{TOUR.article.id}").json()["visits"]) == 2


def test_about(get: Get) -> None:
    about = get("/api/about").json()
    assert about["counts"]["visits"] == 5
    assert about["newest"] == "2003-01-01"


def test_faults_are_json(get: Get) -> None:
    for address, status in (
        ("/api/visits?from=x", 422),
        ("/api/visits?from=2001-02-31", 400),
        ("/api/visits?host=Atlantis", 400),
        ("/api/visits?after=x", 400),
        ("/api/visits?after=[null,1]", 400),
        ("/api/visits?sort=reports&after=[1e300,%22a%22]", 400),
        ("/api/visits?sort=reports&after=[99999999999999999999,%22a%22]", 400),
        ("/api/visits?after=[%222001-01-01%22,%22a%22]&before=[%222001-01-01%22,%22a%22]", 400),
        ("/api/visits?sort=x", 422),
        ("/api/visits?way=x", 422),
        ("/api/timeline?by=x", 422),
        ("/api/timeline?from=2003&to=2001", 400),
        ("/api/calendar?month=2001", 422),
        ("/api/coverage?from=1000&to=2001", 400),
        ("/api/person?name=Nobody", 404),
        ("/api/countries/XXX", 404),
        ("/api/pairs/DNK/XXX", 404),
        ("/api/visits/none", 404),
        ("/api/reports/none", 404),
        ("/api/nowhere", 404),
        ("/api/reports/none?part=0", 422),
    ):
        answer = get(address)
        assert (address, answer.status_code) == (address, status)
        assert answer.json()["detail"]


def test_description_names_every_address_and_answer(get: Get) -> None:
    document = get("/openapi.json").json()
    views = (
        "visits visits/{visit_id} reports/{report_id} timeline calendar map people person countries countries/{code}"
    )
    assert set(document["paths"]) == {
        f"/api/{v}" for v in [*views.split(), "pairs/{one}/{two}", "coverage", "problems", "about"]
    }
    for path, methods in document["paths"].items():
        assert set(methods) == {"get"}
        assert {"200", "503"} <= set(methods["get"]["responses"]), path


def test_no_page_of_documentation_loads_scripts(get: Get) -> None:
    assert get("/docs").status_code == 404
    assert get("/redoc").status_code == 404
