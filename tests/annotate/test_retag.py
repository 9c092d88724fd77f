"""Tags that the words around them deny are set right."""

import pytest

from summitry.annotate.sentences import SentenceRules
from summitry.annotate.syntax import Syntax
from summitry.model.spans import Span

RULES = SentenceRules.load()


@pytest.fixture(scope="module")
def tags():
    syntax = Syntax.load()

    def of(text, word):
        tokens, _ = syntax.annotate(text, [Span(0, len(text))], parse=False)
        return next(t.tag for t in tokens if t.text == word)

    return of


@pytest.mark.parametrize("word", sorted(RULES.plural_objects))
def test_an_object_is_no_verb(tags, word):
    assert tags(f"President Lund will pay state {word} to Chad and Niger.", word) == "NNS"


def test_a_verb_stays_one(tags):
    assert tags("The president visits Chad on Friday.", "visits") == "VBZ"
    assert tags("She said President Lund visits Chad on Friday.", "visits") == "VBZ"


def test_a_clause_has_a_verb(tags):
    assert tags("Reporters say that the secretary of state plans to leave Oslo on Friday.", "plans") == "VBZ"
    assert tags("Details of her plans to leave have emerged.", "plans") == "NNS"
    assert tags("He announced plans to leave Oslo.", "plans") == "NNS"


@pytest.mark.parametrize("word", sorted(RULES.past_phrasal))
@pytest.mark.parametrize("adverb", sorted(RULES.adverbs))
def test_a_past_form_that_is_also_another_verb(tags, word, adverb):
    assert tags(f"King Lund {word} {adverb} a visit to Chad on Friday.", word) == "VBD"


def test_a_sentence_has_a_verb(tags):
    text = "Latvia's foreign minister, Baiba Braze, discussed trade with {} in Riga."
    assert tags(text.format("Estonian Foreign Minister Margus Tsahkna"), "discussed") == "VBD"
    assert tags("The minister, Baiba Braze, arrested in Riga on Monday, denied it.", "arrested") == "VBN"
