"""Six words in her language, and one spelling for all the ways of typing them."""

import random
import unicodedata

import pytest

from amparo.errors import Refused, WrongUse
from amparo.vault import passphrases

UNFIT = {
    "en": """attack bomb corpse dead death drug enemy fear gun hate hurt kill knife murder naked pain prison
        rape rifle sex slave suffer torture trap victim violence virgin war weapon whip wound police
        border""",
    "fr": """arme attaque bombe cadavre couteau crime drogue ennemi esclave fusil guerre haine mort peur
        pistolet prison sang sexe torture tuer victime viol violence honte police larme frapper""",
    "es": """aborto abuso arma ataque bala bomba cadáver cárcel crimen cuchillo culpa desnudo droga enemigo
        esclavo fusil golpe guerra herir horca lágrima matar miedo muerte odio policía puñal sangre
        sexo veneno víctima violencia virgo""",
    "ar": "حرب قتل موت سلاح سكين خوف ألم عذاب سجن عبد جنس عار ضرب عدو حزن اغتصاب عنف ضحية شرطة",
    "ro": """armă bătaie bombă bici cadavru capcană crimă cuțit drog dușman durere frică fund glonț graniță
        închisoare lacrimă lanț moarte mort otravă pistol poliție pușcă rană război rușine sabie sânge sclav
        sex tortură ucide ură victimă vină viol violență virgină""",
    "uk": """біль бити бомба ворог вбити війна голий горе гріх жертва зброя зрада кара кров куля насилля
        насильство ненависть ніж нападати плакати поліція помста проституція раб рана рушниця секс сльоза
        смерть сором страх страждати тортури труп тюрма удар хвороба шибениця шлюха""",
}


@pytest.mark.parametrize("language", sorted(UNFIT))
def test_a_list_holds_enough_short_distinct_words(language: str) -> None:
    found = passphrases.list_of(language)
    typed = {passphrases.normal(word) for word in found}
    assert len(typed) == len(found) >= 2048
    assert all(3 <= len(word) <= 8 for word in found)
    assert all(word == unicodedata.normalize("NFC", word) and word.isalpha() for word in found)


@pytest.mark.parametrize("language", sorted(UNFIT))
def test_no_word_of_a_list_hurts(language: str) -> None:
    unfit = {passphrases.normal(word) for word in UNFIT[language].split()}
    assert unfit & {passphrases.normal(word) for word in passphrases.list_of(language)} == set()


@pytest.mark.parametrize("language", sorted(UNFIT))
def test_six_different_words_are_offered(language: str) -> None:
    offered = passphrases.offer(language)
    assert len(set(offered)) == 6
    assert set(offered) <= set(passphrases.list_of(language))


def test_the_same_randomness_offers_the_same_words() -> None:
    assert passphrases.offer("fr", random.Random(7)) == passphrases.offer("fr", random.Random(7))


@pytest.mark.parametrize("language", sorted(UNFIT))
def test_what_is_offered_is_good_enough_to_be_taken(language: str) -> None:
    for seed in range(200):
        passphrases.check(" ".join(passphrases.offer(language, random.Random(seed))), name="")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Étoile Forêt", "etoile foret"),
        ("ÁRBOL  niño", "arbol nino"),
        ("river\u00a0lamp", "river lamp"),
        ("river-lamp", "river lamp"),
        ("أرنب إبريق", "ارنب ابريق"),
        ("مدرسة", "مدرسه"),
        ("كِتَاب", "كتاب"),
        ("مقهى", "مقهي"),
        ("کتاب", "كتاب"),
        ("كتـــاب", "كتاب"),
        ("lamp ١٢٣", "lamp 123"),
        ("ﬁn", "fin"),
        ("ЇЖАК  Йогурт", "іжак иогурт"),
    ],
)
def test_two_ways_of_typing_the_same_words(one: str, other: str) -> None:
    assert passphrases.normal(one) == passphrases.normal(other)


@pytest.mark.parametrize("typed", ["river lamp", "किताब कुर्सी", "你好 世界", "كتاب"])
def test_one_spelling_stays_as_it_is(typed: str) -> None:
    assert passphrases.normal(passphrases.normal(typed)) == passphrases.normal(typed)


def test_marks_that_make_another_word_stay() -> None:
    assert passphrases.normal("कि") != passphrases.normal("की")


def test_the_name_does_not_count_as_a_secret() -> None:
    with pytest.raises(Refused, match="guessed soon"):
        passphrases.check("alexandrina alexandrina", name="Alexandrina")


def test_a_language_without_a_list_names_those_that_have_one() -> None:
    with pytest.raises(WrongUse) as wrong:
        passphrases.offer("xx")
    assert "ar, en, es, fr, ro" in str(wrong.value.next)
