from collections.abc import Collection, Mapping

import pytest

from rarepath.ask.linking import Known, Names
from rarepath.ask.matching import PackWords
from rarepath.ask.words import words
from rarepath.knowledge.packs import Pack
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import Ask


@pytest.fixture(scope="module")
def names(invented: Knowledge) -> Names:
    return Names(invented.conditions())


@pytest.mark.parametrize(
    ("text", "kinds", "rest"),
    [
        ("What is moss ear?", ["own"], "what is"),
        ("What is moss ear syndrome", ["own"], "what is"),
        ("Bryson's disease, brysons disease", ["own", "own"], ""),
        ("brisson disease", [], "brisson diseas"),
        ("brysom disease", ["own"], ""),
        ("mes and MES", ["guarded", "guarded"], "and"),
        ("the Mossel sign", ["other"], "the mossel sign"),
        ("lichen ear or moss ear", ["other", "own"], "lichen ear or"),
        ("lichen elbow ear", ["other"], "lichen elbow ear"),
        ("moss on an ear", [], "moss on an ear"),
    ],
)
def test_names_are_found(names: Names, text: str, kinds: list[str], rest: str) -> None:
    links = names.find(words(text))
    assert [meaning.kind for meaning in links.meanings] == kinds
    assert " ".join(links.rest) == rest


def test_the_links_of_a_text(names: Names) -> None:
    links = names.find(words("moss ear, moss ear, MES, lichen ear, fern lip"))
    assert links.packs() == ("moss", "fern")
    assert [meaning.text for meaning in links.guarded()] == ["MES"]
    assert [meaning.differential for meaning in links.others()] == ["lichen_ear"]


def test_a_name_is_looked_up(names: Names) -> None:
    meaning = names.meaning(("me",))
    assert meaning is None
    guarded = names.meaning(words("MES"))
    assert guarded and guarded.means_also == ("medial epicondyle strain",)


def test_no_packs_no_names() -> None:
    assert Names([]).find(words("moss ear")).meanings == ()


class Listed:
    """A directory held in memory: the code, the name and the synonyms of each disease."""

    def __init__(self, *diseases: tuple[str, str, list[str]]) -> None:
        self.asked: list[list[str]] = []
        self.held = {
            " ".join(words(text)): Known(name, code, text)
            for code, name, synonyms in diseases
            for text in (*synonyms, name)
        }

    def starts(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for run in self.held:
            parts = run.split()
            found[parts[0]] = max(found.get(parts[0], 0), len(parts))
        return found

    def find(self, runs: Collection[str]) -> Mapping[str, Known]:
        self.asked.append(list(runs))
        return {run: self.held[run] for run in runs if run in self.held}


DISEASES = Listed(
    ("1", "Reddel palsy", ["Quillon disease"]),
    ("2", "Moss ear, juvenile type", []),
    ("3", "Hoar syndrome with moss ear", []),
    ("4", "SHORN syndrome", ["SHORN", "HELP", "ReDl", "HAE 1", "SHORN palsy"]),
    ("5", "Pain", ["Ache", "Burrow", "Treatment", "Papyrism", "Acquired"]),
    ("6", "Quillon", []),
    ("7", "Sporaline dose", ["Green growth"]),
    ("8", "Growth of moss", []),
    ("9", "Lichen elbow", ["Elbow lichenoid"]),
    ("90001", "Ear moss disease", ["Auricular bryosis", "EMD"]),
    ("90002", "Lichen of the ear", ["Auricular lichenosis"]),
    ("13", "Moss ear", ["Bryotic ear"]),
    ("14", "MES", ["Mesal palsy"]),
    ("15", "Bryson palsy", ["Bryson's disease"]),
)


@pytest.fixture(scope="module")
def listing(invented: Knowledge) -> Names:
    packs = invented.conditions()
    return Names(packs, DISEASES, [PackWords(pack) for pack in packs])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What is Reddel palsy?", [("other", "Reddel palsy", "1")]),
        ("quillon diseases", [("other", "Reddel palsy", "1")]),
        ("quillon", [("other", "Quillon", "6")]),
        ("redel palsy", []),  # only packs' own names may be misspelt
        # The longest name wins, wherever it is listed.
        ("moss ear of the juvenile type", [("own", "Moss ear", None)]),
        ("moss ear juvenile type", [("other", "Moss ear, juvenile type", "2")]),
        ("hoar syndrome with moss ear", [("other", "Hoar syndrome with moss ear", "3")]),
        ("moss ear", [("own", "Moss ear", None)]),
        ("Bryson's disease", [("own", "Bryson's disease", None)]),  # at equal length, the packs'
        ("bryson palsy", [("other", "Bryson palsy", "15")]),
        ("growth of moss ear", [("own", "Moss ear", None)]),  # an own name is not cut in two
        ("growth of moss", [("other", "Growth of moss", "8")]),
        ("reddel palsy or moss ear", [("other", "Reddel palsy", "1"), ("own", "Moss ear", None)]),
        # The pack's own disease, by its code or by its name, whatever the directory calls it.
        ("auricular bryosis", [("own", "Moss ear", None)]),
        ("bryotic ear", [("own", "Moss ear", None)]),
        ("EMD", []),
        ("Mesal palsy", []),  # the name of a disease that packs guard
        ("MES", [("guarded", "MES", None)]),
        # Look-alikes and other conditions keep what the packs say of them.
        ("auricular lichenosis", [("other", "Lichen ear", "90002")]),
        ("lichen ear", [("other", "Lichen ear", "90002")]),
        ("elbow lichenoid", [("other", "Lichen elbow", None)]),
        # Abbreviations, and words that are not names.
        ("What is SHORN?", [("other", "SHORN syndrome", "4")]),
        ("What is shorn?", []),
        ("WHAT IS SHORN?", []),
        ("SHORNS", []),
        ("a shorn palsy", [("other", "SHORN syndrome", "4")]),
        ("SHORN palsy", [("other", "SHORN syndrome", "4")]),
        ("the shorn syndrome", [("other", "SHORN syndrome", "4")]),
        ("ReDl", [("other", "SHORN syndrome", "4")]),
        ("redl", []),
        ("HAE 1 at last", [("other", "SHORN syndrome", "4")]),
        ("hae 1 at last", []),
        ("Pain in the ear", []),
        ("Ache", []),
        ("Is it burrow?", [("other", "Pain", "5")]),
        ("papyrism", [("other", "Pain", "5")]),
        ("It is acquired", []),  # a word of a statement, so the packs know it
        ("Treatment", []),
        ("TREATMENT of it", []),
        ("sporaline dose", []),  # a wording of the pack
    ],
)
def test_the_directory(listing: Names, text: str, found: list[tuple[str, str, str | None]]) -> None:
    links = listing.find(words(text), text)
    assert [(m.kind, m.text, m.code) for m in links.meanings] == found


def test_an_exact_name_of_the_directory_goes_before_a_mended_one() -> None:
    names = Names.of({"hyper": ["Hypermossia"]}, Listed(("1", "Hypermosia", [])))
    assert names.find(words("hypermosia")).others()[0].code == "1"
    assert names.find(words("hypermosja")).packs() == ()
    assert names.find(words("hypermossja")).packs() == ("hyper",)


def test_the_directory_is_asked_once_and_only_for_what_it_may_hold(invented: Knowledge) -> None:
    directory = Listed(("1", "Reddel palsy", []), ("2", "Reddel palsy of the ear", []))
    names = Names(invented.conditions(), directory)
    names.find(words("is a reddel palsy like moss"))
    assert directory.asked == [
        ["reddel", "reddel palsi", "reddel palsi lik", "reddel palsi lik moss"]
    ]
    names.find(words("is it moss"))
    assert len(directory.asked) == 1


def test_every_name_of_the_directory_is_looked_up_again(listing: Names) -> None:
    for known in DISEASES.held.values():
        meaning = listing.meaning(words(known.name))
        assert meaning is not None
    reddel = listing.meaning(("reddel", "palsi"))
    assert reddel and (reddel.kind, reddel.text, reddel.code) == ("other", "Reddel palsy", "1")
    elbow = listing.meaning(words("Lichen elbow"))
    assert elbow and (elbow.text, elbow.code) == ("Lichen elbow", "9")
    own = listing.meaning(words("Moss ear"))
    assert own and (own.kind, own.code) == ("own", None)
    assert listing.meaning(("nothing",)) is None


def test_no_wording_of_a_pack_is_about_another_disease_by_the_directory(
    invented: Knowledge,
) -> None:
    packs = invented.conditions()
    wordings = [
        text
        for pack in packs
        for question in pack.questions.values()
        for text in (*question.phrasings, *(answer.question for _, answer in question.each()))
    ]
    traps = Listed(
        *((str(n), text, []) for n, text in enumerate(wordings)),
        *((f"9{n}", word, [word.upper()]) for n, word in enumerate(" ".join(wordings).split())),
    )
    names = Names(packs, traps, [PackWords(pack) for pack in packs])
    plain = Names(packs)
    assert len(wordings) > 10 and any(traps.find([" ".join(words(text))]) for text in wordings)
    for text in wordings:
        assert names.find(words(text), text) == plain.find(words(text)), text


@pytest.mark.parametrize(
    "text", ["mossbound disease", "moss bound disease", "moss-bound disease", "mossbuond disease"]
)
@pytest.mark.parametrize("name", ["Moss-bound disease", "Mossbound disease"])
def test_a_name_written_as_one_word_or_as_two(name: str, text: str) -> None:
    assert Names.of({"moss": [name]}).find(words(text)).packs() == ("moss",)


def test_a_number_is_never_lost_or_mended() -> None:
    names = Names.of({"twelve": ["Lichenosis type 12"]})
    assert names.find(words("lichenosis type 12")).packs() == ("twelve",)
    for text in ("lichenosis type 1", "lichenosis type", "lichenosis type 13", "lichenosistype 1"):
        assert names.find(words(text)).packs() == (), text


def test_names_without_packs() -> None:
    names = Names.of({"a": ["Reed knee", "RK"], "b": ["Rush knee", "RK", "rk"], "c": ["RK"]})
    assert names.find(words("rush knee")).packs() == ("b",)
    assert names.find(words("rk?")).packs() == ("a", "b", "c")
    both = names.find(words("rk and rush knee"))
    assert both.packs() == ("a", "b", "c")
    assert both.rest == ("and",)
    assert Names.of({}).find(words("rk")).packs() == ()


@pytest.fixture(scope="module")
def real(shipped: Knowledge) -> Pack:
    return shipped.pack("parry_romberg")


def test_the_wordings_of_the_pack_name_few_other_conditions(real: Pack) -> None:
    names = Names([real])
    texts = [
        text
        for question in real.questions.values()
        for text in (*question.phrasings, *(answer.question for _, answer in question.each()))
    ]
    named = {
        meaning.text
        for text in texts
        for meaning in names.find(words(text)).others()
        if meaning.differential is None
    }
    # What the pack itself tells apart. A complication or a side effect must never be added to
    # other_conditions.yaml: a question about it would be declined.
    assert named <= {
        "Craniosynostosis",
        "Juvenile idiopathic arthritis",
        "Lipoatrophy",
        "Parotitis",
        "Pierre Robin sequence",
        "Rasmussen encephalitis",
        "Raynaud's phenomenon",
        "Systemic sclerosis",
    }


SUBJECTS = """
epilepsy, seizures, uveitis, glaucoma, cataract, migraine, headache, stroke, aneurysm,
depression, anxiety, facial pain, trigeminal neuralgia, hair loss, alopecia, osteoporosis,
diabetes, high blood pressure, tuberculosis, shingles, chickenpox, measles, flu, covid,
pneumonia, meningitis, anaemia, pancreatitis, hepatitis, cirrhosis, kidney disease,
lymphoma, skin cancer, cancer, infertility, pregnancy, acne, obesity, insomnia, keloid,
sinusitis, gum disease, jaw pain, blood clot, heart attack, angioedema, hives, malaria,
concussion, head injury, hearing loss, blindness, double vision, dry eye, tinnitus
"""


@pytest.mark.parametrize(
    "subject",
    [" ".join(subject.split()) for subject in SUBJECTS.split(",")],
)
def test_what_may_come_with_the_disease_or_its_treatment_is_no_other_disease(
    real: Pack, subject: str
) -> None:
    text = f"Can it lead to {subject}?"
    assert Names([real]).find(words(text)).others() == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("How is asthma treated?", "Asthma"),
        ("bowel cancer", "Bowel cancer"),
        ("colon cancer screening", "Bowel cancer"),
        ("I broke out in impetigo", "Impetigo"),
        ("pneumoconiosis or asbestosis", "Asbestosis"),
        ("What is HUS? Hemolytic uremic syndrome", "Haemolytic uraemic syndrome"),
        ("bulimia", "Bulimia"),
        ("carpal tunnel syndrome surgery", "Carpal tunnel syndrome"),
    ],
)
def test_a_general_disease_is_known_by_name(real: Pack, text: str, name: str) -> None:
    assert [meaning.text for meaning in Names([real]).find(words(text)).others()] == [name]


def test_known_words_do_not_make_it_the_packs_own_question(put_real: Ask) -> None:
    reply = put_real("What are the treatments for Down syndrome?")
    assert reply.declined and reply.declined.reason == "another_disease"
    assert reply.id.endswith("~down-syndrom")


def test_a_relative_that_the_pack_asks_about_offers_its_answer(put_real: Ask) -> None:
    reply = put_real("What is en coup de sabre?", pack=None)
    assert (reply.status, reply.declined and reply.declined.reason) == (
        "needs_facts",
        "which_disease",
    )
    reply = put_real("What is Rasmussen encephalitis?", pack=None)
    assert reply.declined and reply.declined.reason == "another_disease"
