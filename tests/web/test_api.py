"""The JSON interface gives the same views, and its description is true."""

from __future__ import annotations

from .conftest import ANNOUNCED, TOUR, Get


def test_visits(get: Get) -> None:
    found = get("/api/visits?visitor=Margrethe").json()
    assert (found["found"], found["page"], found["pages"]) == (1, 1, 1)
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


def test_tour(get: Get) -> None:
    first = get("/api/visits?visitor=Kufuor").json()["visits"][0]
    tour = get(f"/api/visits/{first['id']}").json()["tour"]
    assert [(s["host_country"], s["dates"]) for s in tour] == [("TGO", "2002-07-01"), ("BEN", "2002-07-02")]


def test_report_spans_are_code_points_of_the_text(get: Get) -> None:
    report = get(f"/api/reports/{ANNOUNCED.article.id}").json()
    words = {e["field"]: report["text"][e["start"] : e["end"]] for e in report["evidence"]}
    assert words == {"visitor": "Queen Margrethe", "dates": "from 5 to 8 May", "host_country": "Chile"}
    assert report["published"] == "2001-04-20"
    assert "source" not in report
    assert len(get(f"/api/reports/{TOUR.article.id}").json()["visits"]) == 2


def test_about(get: Get) -> None:
    about = get("/api/about").json()
    assert about["counts"]["visits"] == 5
    assert about["newest"] == "2003-01-01"


def test_faults_are_json(get: Get) -> None:
    for address, status in (
        ("/api/visits?from=x", 400),
        ("/api/visits?page=0", 400),
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
    assert set(document["paths"]) == {
        "/api/visits", "/api/visits/{visit_id}", "/api/reports/{report_id}", "/api/about"
    }  # fmt: skip
    for path, methods in document["paths"].items():
        assert set(methods) == {"get"}
        assert {"200", "503"} <= set(methods["get"]["responses"]), path


def test_no_page_of_documentation_loads_scripts(get: Get) -> None:
    assert get("/docs").status_code == 404
    assert get("/redoc").status_code == 404
