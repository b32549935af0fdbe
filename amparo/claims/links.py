"""One address as a person pasted it → the address of the item: no tracking, no credentials, one spelling."""

import re
from ipaddress import ip_address
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

import idna
import tldextract

MAX_LINK_CHARS = 4_000
# The packaged copy of the Public Suffix List: nothing is fetched.
_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

# Query fields that tell where a click came from. Never one that says which item is meant (viewkey, v, id).
# fmt: off
_TRACKING = frozenset((
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid",
    "twclid", "ttclid", "li_fat_id", "igshid", "igsh", "mibextid", "rdid", "share_url", "mc_cid",
    "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking", "_ga",
    "_gl", "_gac", "vero_id", "vero_conv", "oly_anon_id", "oly_enc_id", "wickedid", "rb_clickid",
    "s_cid", "ml_subscriber", "ml_subscriber_hash", "__tn__", "__xts__", "__s", "ref_src",
    "ref_url", "is_from_webapp", "sender_device", "sender_web_id", "is_copy_url", "guccounter",
    "guce_referrer", "guce_referrer_sig", "cmpid", "campaign_id", "epik", "trk", "trkinfo",
))
# fmt: on
_TRACKING_STARTS = ("utm_", "pk_", "mtm_", "__cft__", "hmb_", "wt_mc")
# The same field can name an item on one site and only count clicks on another.
_TRACKING_ON = {
    "youtube.com": {"si", "feature", "pp", "ab_channel"},
    "youtu.be": {"si", "feature", "pp"},
    "spotify.com": {"si", "context"},
    "x.com": {"s", "t", "ref"},
    "twitter.com": {"s", "t", "ref"},
    "tiktok.com": {"_t", "_r", "u_code", "share_app_id", "share_link_id", "timestamp", "tt_from"},
    "instagram.com": {"hl", "ig_rid", "ig_mid"},
    "facebook.com": {"ref", "refid", "fref", "hc_ref", "paipv", "eav", "_rdr"},
    "reddit.com": {"share_id", "rdt", "context", "ref"},
    "linkedin.com": {"lipi", "originalsubdomain"},
    "google.com": {
        "ved",
        "ei",
        "sa",
        "usg",
        "sclient",
        "gs_lcp",
        "gs_lp",
        "oq",
        "aqs",
        "sourceid",
        "bih",
        "biw",
    },
}
# Pages that only pass on to another address, and the query field that holds it.
_WRAPPERS = (
    (re.compile(r"^(?:l|lm)\.(?:facebook|instagram)\.com$"), "/l.php", ("u",)),
    (re.compile(r"^(?:l|lm)\.instagram\.com$"), "/", ("u",)),
    (re.compile(r"^(?:www\.)?google\.[a-z.]{2,6}$"), "/url", ("q", "url")),
    (re.compile(r"^(?:www\.)?duckduckgo\.com$"), "/l/", ("uddg",)),
    (re.compile(r"^[a-z0-9-]+\.safelinks\.protection\.outlook\.com$"), "/", ("url",)),
    (re.compile(r"^out\.reddit\.com$"), "/", ("url",)),
    (re.compile(r"^t\.umblr\.com$"), "/redirect", ("z",)),
    (re.compile(r"^(?:www\.)?youtube\.com$"), "/redirect", ("q",)),
    (re.compile(r"^vk\.com$"), "/away.php", ("to",)),
)
# A fragment is kept only where it says which item: a comment, a page routed in the browser, a MEGA key.
_NAMING_FRAGMENT = re.compile(r"^(?:[!/@]|(?:[a-z]*comment|post|reply|msg|message|pid|p|c)[-_]?\d)", re.I)
_FRAGMENT_HOSTS = ("mega.nz", "mega.co.nz", "mega.io", "web.telegram.org")
_LABEL = re.compile(r"^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$")


def registrable_domain(host: str) -> str:
    """Gives the domain someone registered (`a.b.co.uk` → `b.co.uk`), or the host where there is none."""
    return _SUFFIXES(host).top_domain_under_public_suffix or host


def has_public_suffix(host: str) -> bool:
    """Says whether the name ends as registered names do (Public Suffix List, packaged copy) or in .onion."""
    return bool(_SUFFIXES(host).top_domain_under_public_suffix) or host.endswith(".onion")


def host_of(untrusted: str) -> str | None:
    """Gives the host in its one spelling (lower case, punycode), or None where it cannot be one."""
    name = untrusted.strip().rstrip(".").lower()
    if name.startswith("[") and name.endswith("]"):
        name = name[1:-1]
    if not name or len(name) > 253:
        return None
    try:
        return ip_address(name).compressed
    except ValueError:
        pass
    try:
        name = name if name.isascii() else idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None
    labels = name.split(".")
    if not all(_LABEL.match(label) for label in labels) or labels[-1].isdigit():
        return None
    return name if len(labels) > 1 or name == "localhost" else None


def clean(untrusted_link: str) -> str | None:
    """Gives the address of the item, `https://host/path?fields`, or None where this is no web address.

    Credentials, tracking fields and empty fragments go; passing-on pages are opened on paper (never fetched).
    """
    return _clean(untrusted_link, unwrap=3)


def _clean(untrusted_link: str, unwrap: int) -> str | None:
    if len(untrusted_link) > MAX_LINK_CHARS:
        return None
    text = untrusted_link if "://" in untrusted_link else f"https://{untrusted_link}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    host = host_of(parts.hostname or "")
    if parts.scheme not in ("http", "https") or host is None:
        return None
    inner = _wrapped(host, parts.path, parts.query) if unwrap else None
    if inner:
        return _clean(inner, unwrap - 1) or None
    where = f"[{host}]" if ":" in host else host
    if port and port != {"http": 80, "https": 443}[parts.scheme]:
        where = f"{where}:{port}"
    query = "&".join(_kept(parts.query, host))
    fragment = _spelled(parts.fragment) if _names_item(parts.fragment, host) else ""
    return urlunsplit((parts.scheme, where, _spelled(parts.path) or "/", query, fragment))


def same_item(clean_link: str) -> str:
    """Gives what two spellings of one item share: no scheme, no `www.`, no last slash, fields in order."""
    parts = urlsplit(clean_link)
    host = parts.netloc.removeprefix("www.")
    fields = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{host}{unquote(parts.path).rstrip('/')}?{fields}#{parts.fragment}"


def _spelled(path: str) -> str:
    """Gives the path in ASCII; what was escaped stays as it was."""
    return quote(path, safe="/%:@!$&'()*+,;=~-._")


def _kept(query: str, host: str) -> list[str]:
    here = _TRACKING_ON.get(registrable_domain(host), set())
    kept = []
    for pair in query.split("&"):
        name = unquote(pair.split("=", 1)[0]).lower()
        tracking = name in _TRACKING or name in here or name.startswith(_TRACKING_STARTS)
        if pair and not tracking:
            kept.append(quote(pair, safe="/%:@!$'()*+,;=~-._?"))
    return kept


def _names_item(fragment: str, host: str) -> bool:
    return bool(_NAMING_FRAGMENT.match(fragment)) or (bool(fragment) and host in _FRAGMENT_HOSTS)


def _wrapped(host: str, path: str, query: str) -> str | None:
    for name, start, fields in _WRAPPERS:
        if name.match(host) and path.startswith(start):
            held = dict(parse_qsl(query))
            inner = (held[field] for field in fields if field in held)
            return next((one for one in inner if one.startswith(("http://", "https://"))), None)
    return None
