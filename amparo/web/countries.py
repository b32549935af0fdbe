"""The places on which a right in our rules or an authority in our records depends; we ask for no other."""

import json
from functools import cache
from pathlib import Path

from django.utils import translation

from amparo.words import Words, words

EUROPE = {
    "AT": words("Austria"), "BE": words("Belgium"), "BG": words("Bulgaria"), "HR": words("Croatia"),
    "CY": words("Cyprus"), "CZ": words("Czechia"), "DK": words("Denmark"), "EE": words("Estonia"),
    "FI": words("Finland"), "FR": words("France"), "DE": words("Germany"), "GR": words("Greece"),
    "HU": words("Hungary"), "IS": words("Iceland"), "IE": words("Ireland"), "IT": words("Italy"),
    "LV": words("Latvia"), "LI": words("Liechtenstein"), "LT": words("Lithuania"), "LU": words("Luxembourg"),
    "MT": words("Malta"), "NL": words("Netherlands"), "NO": words("Norway"), "PL": words("Poland"),
    "PT": words("Portugal"), "RO": words("Romania"), "SK": words("Slovakia"), "SI": words("Slovenia"),
    "ES": words("Spain"), "SE": words("Sweden"), "CH": words("Switzerland"), "GB": words("United Kingdom"),
    "MD": words("Moldova"), "UA": words("Ukraine"),
}  # fmt: skip
ELSEWHERE = {
    "AR": words("Argentina"), "AU": words("Australia"), "BR": words("Brazil"), "CA": words("Canada"),
    "CA-QC": words("Canada: Quebec"), "CL": words("Chile"), "CO": words("Colombia"), "IN": words("India"),
    "JP": words("Japan"), "KE": words("Kenya"), "KR": words("South Korea"), "MX": words("Mexico"),
    "NG": words("Nigeria"), "NZ": words("New Zealand"), "PH": words("Philippines"), "SG": words("Singapore"),
    "TH": words("Thailand"), "US": words("United States"), "US-CA": words("United States: California"),
    "ZA": words("South Africa"),
}  # fmt: skip
COUNTRIES: dict[str, Words] = EUROPE | ELSEWHERE
# Only named where a helper works; no question offers them, for nothing would change.
NAMED_ONLY = {
    "CA-BC": words("Canada: British Columbia"), "HK": words("Hong Kong"), "ID": words("Indonesia"),
    "LB": words("Lebanon"), "MA": words("Morocco"), "NP": words("Nepal"), "PE": words("Peru"),
    "PK": words("Pakistan"), "RS": words("Serbia"), "TR": words("Türkiye"), "TW": words("Taiwan"),
}  # fmt: skip


# Parts of countries with labour facts of their own.
PARTS: dict[str, Words] = {
    "AU-QLD": words("Australia: Queensland"), "BE-BRU": words("Belgium: Brussels"),
    "BE-VLG": words("Belgium: Flanders"),
    "BA-BIH": words("Bosnia and Herzegovina: Federation"), "BA-SRP": words("Bosnia and Herzegovina: Srpska"),
    "CA-AB": words("Canada: Alberta"), "CA-MB": words("Canada: Manitoba"),
    "CA-NB": words("Canada: New Brunswick"), "CA-NL": words("Canada: Newfoundland and Labrador"),
    "CA-NS": words("Canada: Nova Scotia"), "CA-ON": words("Canada: Ontario"),
    "CA-PE": words("Canada: Prince Edward Island"), "CA-SK": words("Canada: Saskatchewan"),
    "CA-YT": words("Canada: Yukon"), "CH-BS": words("Switzerland: Basel-Stadt"),
    "CH-GE": words("Switzerland: Geneva"), "CH-JU": words("Switzerland: Jura"),
    "CH-NE": words("Switzerland: Neuchâtel"), "CH-TI": words("Switzerland: Ticino"),
    "ID-JK": words("Indonesia: Jakarta"), "JP-13": words("Japan: Tokyo"), "JP-14": words("Japan: Kanagawa"),
    "JP-23": words("Japan: Aichi"), "JP-27": words("Japan: Osaka"), "PH-00": words("Philippines: Manila"),
    "PT-20": words("Portugal: Azores"), "PT-30": words("Portugal: Madeira"),
    "TH-10": words("Thailand: Bangkok"), "US-FL": words("United States: Florida"),
    "US-NY": words("United States: New York"), "US-TX": words("United States: Texas"),
}  # fmt: skip


def name_of(code: str) -> Words | str:
    """Gives a place's name, in the language of the page; its code where there is none."""
    return COUNTRIES.get(code) or NAMED_ONLY.get(code) or PARTS.get(code) or _listed(code)


def _listed(code: str) -> str:
    held = _names()
    return held.get(translation.get_language() or "en", held["en"]).get(code, code)


@cache
def _names() -> dict[str, dict[str, str]]:
    """Names of countries from the Unicode CLDR (scripts/place_names.py)."""
    found: dict[str, dict[str, str]] = json.loads(
        (Path(__file__).with_name("place_names.json")).read_text(encoding="utf-8")
    )
    return found
