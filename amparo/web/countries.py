"""The places on which a right in our rules or an authority in our records depends; we ask for no other."""

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


def name_of(code: str) -> Words | str:
    """Gives a place's name; its code where we have none."""
    return COUNTRIES.get(code) or NAMED_ONLY.get(code) or code
