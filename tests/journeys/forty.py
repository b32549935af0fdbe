"""Forty links over eight services, as a caseworker gets them: a chat, a list, spoilt links, repeats."""

SERVICES = {
    "Pornhub": [f"https://www.pornhub.com/view_video.php?viewkey=ph63a1b2c3d4{n:02d}" for n in range(5)],
    "XVideos": [f"https://www.xvideos.com/video.okx{n:02d}abc/private_clip_{n}" for n in range(5)],
    "Instagram": [f"https://www.instagram.com/p/CxY{n}zzQm1kA/" for n in range(5)],
    "X": [f"https://x.com/leakroom{n}/status/17215500000000000{n:02d}" for n in range(5)],
    "Reddit": [f"https://www.reddit.com/r/somewhere/comments/1abc{n:02d}/title/" for n in range(5)],
    "Telegram": [f"https://t.me/leakroom_es/{4400 + n}" for n in range(5)],
    "EroMe": [f"https://www.erome.com/a/Qw3rTy{n}u" for n in range(5)],
    "ImageFap": [f"https://www.imagefap.com/photo/10293847{n:02d}/" for n in range(5)],
}
LINKS = [link for links in SERVICES.values() for link in links]


def messy() -> str:
    """Gives the forty links in chat lines, some twice, some with tracking, some spoilt on purpose."""
    spoilt = [
        link.replace("https://", "hxxps://").replace(".com", "[.]com") if place % 4 == 0 else link
        for place, link in enumerate(LINKS)
    ]
    tracked = [f"{link}{'&' if '?' in link else '?'}utm_source=share&fbclid=IwAR3xyz" for link in LINKS[:10]]
    lines = [
        f"[12/11/26, 23:{place % 60:02d}] Lucia: también aquí 😥 {link}, y no sé qué hacer."
        for place, link in enumerate(spoilt)
    ]
    lines += [f"  - <{link}>  (enviado por la abogada)" for link in tracked]
    lines += ["Reunión el 3.12. a las 10.30; ver anexo informe.pdf", "tel. 600 123 456 / ok?? ..."]
    return "\n".join(lines)
