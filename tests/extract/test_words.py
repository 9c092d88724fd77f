"""Every word of the tables that tell of talks and of ranks does its part in a sentence made for it."""

import pytest

from summitry.ingest.articles import to_article
from summitry.ingest.inputs import Raw
from summitry.lexicon.offices import Offices
from summitry.lexicon.visits import VisitWords

WORDS = VisitWords.load()
CONTACTS = WORDS.classes["contacts"]
PEOPLE = Offices.load()
RANKS = sorted(PEOPLE.words["small"]["ranks"])
ONE, OTHER = "Prime Minister Theresa May", "President Donald Trump"


def encounters(reader, text):
    raw = Raw("word", "text", text, given_id=None, url=None, title=None, published="2019-03-05")
    return [(e.kind, set(e.participants), str(e.date)) for e in reader.read(raw).encounters]


def talk(kind="meeting"):
    return [(kind, {"Theresa May", "Donald Trump"}, "2019-03-08")]


FRAMES = {
    "with": "{} with",
    "feasts": "have a {} with",
    "have": "{} a supper with",
    "give": "{} a supper for",
    "on": "{} on",
}
OBJECTS = {"spend": "spend an hour", "discuss": "discuss trade"}


@pytest.mark.parametrize(("part", "word"), [(part, word) for part in FRAMES for word in sorted(CONTACTS[part])])
def test_words_of_talks(reader, part, word):
    told = FRAMES[part].format(OBJECTS.get(word, word))
    assert encounters(reader, f"{ONE} will {told} {OTHER} on Friday.") == talk()


@pytest.mark.parametrize("lead", sorted(CONTACTS["by"]))
@pytest.mark.parametrize("wire", sorted(CONTACTS["phone"]))
def test_words_of_a_call(reader, lead, wire):
    assert encounters(reader, f"{ONE} will speak {lead} {wire} to {OTHER} on Friday.") == talk("call")


@pytest.mark.parametrize("rank", RANKS)
def test_ranks_are_taken_up(reader, rank):
    text = f"{rank.title()} Mark Osk spoke in Riga. The {rank} left on Monday."
    raw = Raw("word", "text", text, given_id=None, url=None, title=None, published="2019-03-05")
    annotated = reader.annotate(to_article(raw, reader.ingest))
    meant = {m.span.of(text): [annotated.people[key].name for key in m.people] for m in annotated.mentions}
    assert meant.get(f"The {rank}") == ["Mark Osk"]


def stays(reader, text):
    raw = Raw("word", "text", text, given_id=None, url=None, title=None, published="2019-03-05")
    return [(v.visitor, v.host_country, str(v.dates)) for v in reader.read(raw).visits]


@pytest.mark.parametrize("verb", sorted(WORDS.of("end", "lasting")))
def test_verbs_of_lasting(reader, verb):
    third = {"go": "goes on"}.get(verb, f"{verb}{'es' if verb.endswith('ch') else 's'}")
    text = f"{ONE}'s visit to Norway, which {third} until Friday, began on Monday."
    assert stays(reader, text) == [("Theresa May", "NOR", "2019-03-04/2019-03-08")]


@pytest.mark.parametrize("verb", sorted(WORDS.of("itinerary", "moves")))
def test_verbs_by_which_a_journey_goes_on(reader, verb, request):
    if verb == "proceed":  # the tour is also said to take place on that day
        request.node.add_marker(pytest.mark.xfail(reason="a day, no start", strict=True))
    third = {"go": "goes", "carry": "carries"}.get(verb, f"{verb}s")
    assert stays(reader, f"{ONE}'s tour {third} on to Norway on Friday.") == [("Theresa May", "NOR", "2019-03-08/..")]


HELD = "Leaders of the region held a summit in Oslo on Monday."
MONDAY = [("Theresa May", "NOR", "2019-03-04")]


@pytest.mark.parametrize("guest", sorted(WORDS.of("events", "guests")))
def test_words_for_those_at_a_gathering(reader, guest):
    plural = {"dignitary": "dignitaries"}.get(guest, f"{guest}s")
    assert stays(reader, f"{HELD} {ONE} was among the {plural}.") == MONDAY
    assert stays(reader, f"{HELD} The {plural} included {ONE}.") == MONDAY


@pytest.mark.parametrize("coming", sorted(WORDS.of("events", "coming")))
def test_words_of_presence(reader, coming):
    text = f"A summit will be held in Oslo on Friday. {ONE} has confirmed her {coming}."
    assert stays(reader, text) == [("Theresa May", "NOR", "2019-03-08")]


@pytest.mark.parametrize("verb", sorted(WORDS.of("events", "convene")))
def test_verbs_of_gathering(reader, verb):
    text = f"Leaders of the region will {verb} in Oslo on Friday. {ONE} will attend."
    assert stays(reader, text) == [("Theresa May", "NOR", "2019-03-08")]


TELLINGS = {
    ("edge", "sidelines"): (f"{HELD} {ONE} spoke to the press on the {{}}s.", MONDAY),
    ("edge", "part"): (f"{ONE} visited Norway on Monday, a {{}} of a four-day trip.", MONDAY),
    ("edge", "mutual"): (
        f"Norwegian Prime Minister Erna Solberg will pay a {{}} visit on Friday, {ONE} said.",
        [("Erna Solberg", "GBR", "2019-03-08")],
    ),
    ("edge", "flanked"): (
        f"{{}} by {ONE}, Norwegian Prime Minister Erna Solberg opened a school in Oslo on Monday.",
        MONDAY,
    ),
    ("edge", "side"): (
        f"With {ONE} at her {{}}, Norwegian Prime Minister Erna Solberg opened a school in Oslo on Monday.",
        MONDAY,
    ),
    ("edge", "brought"): (f"{ONE} {{}} a letter to Oslo on Monday.", MONDAY),
    ("edge", "deputise"): (
        f"At the summit in Oslo on Monday, {ONE} will {{}} for {OTHER}.",
        [("Theresa May", "NOR", "2019-03-11")],
    ),
}
"""By part of the word classes: a report in which each of its words is told, and the visits that it tells."""
FORMS = {
    "flank": "Flanked",
    "accompany": "Accompanied",
    "join": "Joined",
    "bring": "brought",
}


@pytest.mark.parametrize(("part", "word"), [(part, word) for part in TELLINGS for word in sorted(WORDS.of(*part))])
def test_words_of_one_rule(reader, part, word):
    text, told = TELLINGS[part]
    assert stays(reader, text.format(FORMS.get(word, word))) == told


FRIDAY, NEXT_WEEK = "2019-03-08", "2019-03-11/2019-03-17"
STANDINGS = {
    ("control", "planned", "pencil"): (f"{ONE} is pencilled in to visit Norway on Friday.", FRIDAY, "planned"),
    ("edge", "due", "pencil"): (f"A visit to Norway by {ONE}, pencilled in for Friday, is off.", FRIDAY, "cancelled"),
    ("edge", "due", "book"): (f"A visit booked for Friday by {ONE} to Norway is off.", FRIDAY, "cancelled"),
    ("edge", "hold", "hold"): (f"{ONE}'s visit to Norway on Friday is on hold.", FRIDAY, "postponed"),
    ("edge", "hold", "ice"): (f"{ONE}'s visit to Norway on Friday is on ice.", FRIDAY, "postponed"),
    ("edge", "longer", "longer"): (f"{ONE} will no longer go to Norway on Friday.", FRIDAY, "cancelled"),
    ("edge", "decided", "decide"): (f"{ONE} decided against going to Norway.", None, "ruled_out"),
    ("edge", "denied", "deny"): (f"Oslo denied that {ONE} would visit Norway on Friday.", FRIDAY, "ruled_out"),
    ("edge", "denied", "dismiss"): (
        f"Oslo dismissed reports that {ONE} would visit Norway on Friday.",
        FRIDAY,
        "ruled_out",
    ),
    ("function", "against", "against"): (f"{ONE} has decided against a visit to Norway.", None, "ruled_out"),
    ("function", "can", "can"): (f"Officials said that {ONE} can not go to Norway.", None, "ruled_out"),
    ("function", "can", "ca"): (f"Officials said that {ONE} can't go to Norway.", None, "ruled_out"),
    ("function", "can", "could"): (f"Officials said that {ONE} could not go to Norway.", None, "ruled_out"),
    ("meeting", "opened", "open"): (f"{ONE} will travel to Norway on Friday to open a school.", FRIDAY, "planned"),
    ("meeting", "opened", "inaugurate"): (
        f"{ONE} will travel to Norway on Friday to inaugurate a school.",
        FRIDAY,
        "planned",
    ),
    ("meeting", "opened", "sign"): (f"{ONE} will travel to Norway on Friday to sign a pact.", FRIDAY, "planned"),
    ("meeting", "opened", "unveil"): (f"{ONE} will travel to Norway on Friday to unveil a statue.", FRIDAY, "planned"),
    ("put_off", "cancelled", "forgo"): (f"{ONE} will forgo a visit to Norway.", None, "cancelled"),
    ("put_off", "cancelled", "forego"): (f"{ONE} will forego a visit to Norway.", None, "cancelled"),
    ("put_off", "cancelled", "back out"): (f"{ONE} backed out of a visit to Norway.", None, "cancelled"),
    ("put_off", "cancelled", "give up"): (f"{ONE} gave up a visit to Norway.", None, "cancelled"),
    ("put_off", "cancelled", "cry off"): (f"{ONE} cried off a visit to Norway.", None, "cancelled"),
    ("put_off", "cancelled", "bow out"): (f"{ONE} bowed out of a visit to Norway.", None, "cancelled"),
    ("put_off", "cancelled", "beg off"): (f"{ONE} begged off a visit to Norway.", None, "cancelled"),
    ("put_off", "cancelled", "drop out"): (f"{ONE} dropped out of a visit to Norway.", None, "cancelled"),
    ("put_off", "postponed", "suspend"): (f"{ONE} suspended a visit to Norway.", None, "postponed"),
    ("put_off", "postponed", "freeze"): (f"{ONE} has frozen a visit to Norway.", None, "postponed"),
    ("edge", "decided", "opt"): (f"{ONE} opted not to go to Norway.", None, "ruled_out"),
    ("edge", "decided", "choose"): (f"{ONE} chose not to go to Norway.", None, "ruled_out"),
    ("control", "planned", "clear"): (f"{ONE} is cleared to visit Norway next week.", NEXT_WEEK, "planned"),
    ("unreal", "perfect", "pencil"): (
        f"{ONE} had been pencilled in to visit Norway in May 2018.",
        "2018-05",
        "cancelled",
    ),
    ("unreal", "perfect", "book"): (f"{ONE} had been booked to visit Norway in May 2018.", "2018-05", "cancelled"),
    ("first", "nouns", "port"): (f"{ONE} made Norway her first port of call in May 2018.", "2018-05", "completed"),
}
"""By word of a class: a sentence, the days and the status of the visit to Norway that it tells."""


@pytest.mark.parametrize("entry", STANDINGS, ids=" ".join)
def test_how_words_make_a_visit_stand(reader, entry):
    assert entry[2] in WORDS.of(*entry[:2])
    text, dates, status = STANDINGS[entry]
    raw = Raw("word", "text", text, given_id=None, url=None, title=None, published="2019-03-05")
    told = [(v.visitor, v.host_country, v.dates and str(v.dates), str(v.status)) for v in reader.read(raw).visits]
    assert told == [("Theresa May", "NOR", dates, status)]


@pytest.mark.parametrize("word", [*sorted(WORDS.of("function", "too") - {"well"}), "as well"])
def test_who_is_there_too_is_there_on_the_same_days(reader, word):
    text = f"{OTHER} will be in Norway on Friday. {ONE} will be there {word}."
    assert ("Theresa May", "NOR", "2019-03-08") in stays(reader, text)


@pytest.mark.parametrize("lead", sorted(WORDS.of("function", "local")))
def test_there_is_the_place_that_was_led_to(reader, lead):
    thing = {"to": "road", "from": "letter", "in": "school", "at": "fire"}[lead]
    text = f"{ONE} spoke in Riga of a {thing} {lead} Oslo. She will go there on Friday."
    assert ("Theresa May", "NOR") in [(v, h) for v, h, _ in stays(reader, text)]


def test_there_is_no_place_that_was_only_spoken_of(reader):
    text = f"{ONE} spoke in Riga about Oslo. She will go there on Friday."
    assert ("Theresa May", "NOR") not in [(v, h) for v, h, _ in stays(reader, text)]


@pytest.mark.parametrize("verb", sorted(WORDS.of("edge", "thanks")))
@pytest.mark.parametrize("form", ["{}ed", "will {}"])
def test_what_is_given_thanks_for_is_over(reader, verb, form):
    text = f"{ONE} {form.format(verb)} Norwegian Prime Minister Erna Solberg for her visit to London."
    raw = Raw("word", "text", text, given_id=None, url=None, title=None, published="2019-03-05")
    told = [(v.visitor, v.host_country, v.dates, v.status.value) for v in reader.read(raw).visits]
    assert told == [("Erna Solberg", "GBR", None, "completed")]


def test_the_day_of_thanks_is_not_that_of_the_talks(reader):
    text = f"{ONE} thanked Norwegian Prime Minister Erna Solberg on Monday for the talks they had in Oslo on Sunday."
    assert stays(reader, text) == [("Theresa May", "NOR", "2019-03-03")]


@pytest.mark.parametrize("known", sorted(WORDS.of("function", "known")))
def test_words_before_talks_that_are_known(reader, known):
    text = f"{ONE} will visit Norway next week. {known.title()} talks are set for Thursday."
    assert stays(reader, text) == [("Theresa May", "NOR", "2019-03-14")]


@pytest.mark.parametrize("verb", ["study", "live", "grow", "bear", "graduate", "reside", "teach", "retire", "educate"])
def test_verbs_of_a_life_tell_no_visit(reader, verb):
    past = {"study": "studied", "grow": "grew up", "bear": "was born", "teach": "taught", "educate": "was educated"}
    assert verb in WORDS.of("attitude", "verbs")
    assert stays(reader, f"{ONE} {past.get(verb, verb.rstrip('e') + 'ed')} in Oslo.") == []


@pytest.mark.parametrize("deed", ["raised the matter of fish", "settled a dispute", "buried an old quarrel"])
def test_deeds_at_a_place_are_a_visit(reader, deed):
    assert stays(reader, f"{ONE} {deed} in Oslo on Monday.") == MONDAY


TOGETHER = {
    "award": "awarded {} a medal", "decorate": "decorated {}", "drive": "drove {} round the lake", "embrace": "embraced {}",
    "escort": "escorted {}", "give": "gave a lunch for {}", "hand": "handed {} a key", "hug": "hugged {}", "kiss": "kissed {}",
    "present": "presented {} with a medal", "seat": "seated {}", "serve": "served {} trout", "show": "showed {} a school",
    "tell": "told {}", "throw": "threw a dinner for {}", "toast": "toasted {}", "treat": "treated {}", "usher": "ushered {} in",
    "walk": "walked {} through a park",
}  # fmt: skip


@pytest.mark.parametrize("verb", sorted(WORDS.of("together", "verbs")))
def test_what_a_host_does_with_a_guest_is_done_where_the_guest_is(reader, verb):
    text = f"Norwegian Prime Minister Erna Solberg {TOGETHER[verb].format(ONE)} in Oslo on Monday."
    assert ("Theresa May", "NOR", "2019-03-04") in stays(reader, text)


APART = {"clash", "differ", "disagree", "side", "sympathise", "sympathize"}


@pytest.mark.parametrize(
    "text",
    ["compared {} to a king", "voiced support for {}", *(f"{v.removesuffix('e')}ed with {{}}" for v in sorted(APART))],
)
def test_what_is_said_of_somebody_puts_nobody_there(reader, text):
    assert stays(reader, f"Norwegian Prime Minister Erna Solberg {text.format(ONE)} in Oslo on Monday.") == []


@pytest.mark.parametrize("word", sorted(WORDS.of("function", "circumstance")))
def test_warnings_from_a_place_are_no_journey_from_there(reader, word):
    assert [s[:2] for s in stays(reader, f"{ONE} flew to Oslo on Monday {word} warnings from Moscow.")] == [
        ("Theresa May", "NOR")
    ]


@pytest.mark.parametrize("word", sorted(WORDS.of("function", "aimed")))
def test_a_deed_aimed_at_a_place_is_not_done_there(reader, word):
    lead = {"because": "because of", "about": "about"}.get(word, word)
    assert stays(reader, f"On Monday {ONE} put duties {lead} firms in Oslo.") == []


@pytest.mark.parametrize("noun", ["courtesy call", "respects"])
def test_who_pays_a_call_is_there(reader, noun):
    paid = "her respects to" if noun == "respects" else f"a {noun} on"
    text = f"{ONE} paid {paid} Norwegian Prime Minister Erna Solberg in Oslo on Monday."
    assert stays(reader, text) == [("Theresa May", "NOR", "2019-03-04")]
    assert stays(reader, f"{ONE} called on Norwegian Prime Minister Erna Solberg to act.") == []


@pytest.mark.parametrize("craft", ["plane", "train", "flight"])
def test_who_takes_a_train_goes_there(reader, craft):
    assert ("Theresa May", "NOR") in [s[:2] for s in stays(reader, f"{ONE} took a {craft} to Oslo on Monday.")]


def test_lengths_over_which_visits_are_counted_are_no_days_ahead(reader):
    assert stays(reader, f"{ONE} will visit Norway in two weeks.") == [("Theresa May", "NOR", "2019-03-18/2019-03-24")]
    assert stays(reader, f"{ONE} will be the first leader to visit Norway in two years.") == [
        ("Theresa May", "NOR", "None")
    ]


def test_a_length_ahead_dates_every_stop(reader):
    text = f"In three weeks {ONE} will visit Finland, Sweden and Norway."
    days = "2019-03-25/2019-03-31"
    assert {s[1:] for s in stays(reader, text)} == {(host, days) for host in ("FIN", "SWE", "NOR")}


@pytest.mark.parametrize("when", ["soon", "in the coming weeks"])
def test_a_visit_that_begins_at_no_day_told_has_none(reader, when):
    assert [s[2] for s in stays(reader, f"{ONE} begins a two-day visit to Norway {when}.")] == ["None"]


@pytest.mark.parametrize("word", ["finally", "lastly"])
def test_the_last_of_a_list_is_led_to(reader, word):
    assert {s[1] for s in stays(reader, f"{ONE} will visit Finland, then Sweden, and {word} Norway.")} == {
        "FIN",
        "SWE",
        "NOR",
    }


def test_weekdays_after_one_of_next_week_are_of_that_week(reader):
    told = {("Theresa May", "NOR", "2019-03-11/2019-03-15"), ("Theresa May", "FIN", "2019-03-15/..")}
    assert set(stays(reader, f"{ONE} flies to Norway on Monday and to Finland on Friday.")) == told
    assert set(stays(reader, f"{ONE} flies to Norway on Monday. On Friday she goes on to Finland.")) == told


def meant(reader, first, words):
    """Who the words are, told after a sentence that names somebody."""
    text = f"{first} {words} held talks in Oslo on Monday."
    raw = Raw("word", "text", text, given_id=None, url=None, title=None, published="2024-05-15")
    annotated = reader.annotate(to_article(raw, reader.ingest))
    told = {m.span.of(text): [annotated.people[key].name for key in m.people] for m in annotated.mentions}
    return told.get(words, [])


MINISTER = "Estonian Foreign Minister Margus Tsahkna wants closer ties."
NATIONS = {
    "sh": ("Spanish Foreign Minister Jose Manuel Albares spoke.", "The Spanish"),
    "ch": ("French President Emmanuel Macron spoke.", "The French"),
    "ese": ("Chinese President Xi Jinping spoke.", "The Chinese"),
    "men": ("Irish Foreign Minister Simon Coveney spoke.", "The Irishmen"),
}


@pytest.mark.parametrize("word", sorted(PEOPLE.words["small"]["parted"]))
def test_titles_parted_by_the_country(reader, word):
    assert meant(reader, MINISTER, f"The {word} Estonian diplomat") == ["Margus Tsahkna"]


@pytest.mark.parametrize("words", ["The 47-year-old", "The Estonian"])
def test_an_age_or_a_nation_means_whoever_was_told_of(reader, words):
    assert meant(reader, MINISTER, words) == ["Margus Tsahkna"]
    assert meant(reader, "Trade is growing.", words) == []
    assert meant(reader, MINISTER, f"{words} officials") == []


@pytest.mark.parametrize("ending", sorted(PEOPLE.words["small"]["collective"]))
def test_a_word_for_all_of_a_country_means_none_of_them(reader, ending):
    first, words = NATIONS[ending]
    assert words.lower().endswith(ending)
    assert meant(reader, first, words) == []
