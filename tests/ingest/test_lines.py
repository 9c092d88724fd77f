"""The rules for lines, by their own examples: each fires on its own, on no counter-example, and steals from none."""

import pytest

from summitry.lexicon.debris import LineRules, Scope, Where
from summitry.lexicon.files import DATA
from summitry.model.article import Role
from summitry.model.errors import KnowledgeError

RULES = LineRules.load()
PLACES = {Where.ANY: (True, False), Where.TOP: (True,), Where.AFTER: (False,)}


def chosen(rule, line, top):
    if rule.scope is Scope.START:
        found = RULES.start(line, top)
        return found and found[0]
    if rule.scope is Scope.END:
        found = RULES.end(line, top, wire=True)
        return found and found[0]
    return RULES.line(line, top)


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_rule(rule):
    assert rule.examples
    assert rule.counter
    for example in rule.examples:
        assert rule.fits(example), example
        for top in PLACES[rule.where]:
            assert chosen(rule, example, top) is rule, example
    for counter in rule.counter:
        assert not rule.fits(counter), counter
        for top in (True, False):
            other = RULES.line(counter, top)
            assert other is None or other.role not in (Role.DEBRIS, Role.BYLINE), (counter, other.id)


def test_a_long_paragraph_is_never_a_menu():
    assert RULES.line("Facebook Twitter " * 500, top=True) is None


def test_a_second_folder_replaces_a_rule(tmp_path):
    (tmp_path / "ingest").mkdir()
    path = tmp_path / "ingest" / "lines.toml"
    path.write_text("[[rule]]\nid = 'byline'\nrole = 'byline'\npattern = 'Von <names>'\nexamples = []\n")
    rules = LineRules.load(DATA, tmp_path)
    assert rules.line("Von Jane Doe", top=True).id == "byline"
    assert rules.line("By Jane Doe", top=True) is None
    path.write_text(
        "[[rule]]\nid = 'x'\npattern = 'x'\nexamples = []\n[[rule]]\nid = 'x'\npattern = 'y'\nexamples = []\n"
    )
    with pytest.raises(KnowledgeError, match="twice"):
        LineRules.load(DATA, tmp_path)
