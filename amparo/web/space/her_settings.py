"""What she set for her space. Sealed with her account; read and written whole."""

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime

from amparo.vault import accounts
from amparo.vault.keyring import Keyring


@dataclass(frozen=True, repr=False)
class Mail:
    """Her own mail server. `security` is tls, starttls or plain (plain only for this very machine)."""

    host: str = ""
    port: int = 465
    security: str = "tls"
    user: str = ""
    password: str = ""
    address: str = ""


@dataclass(frozen=True, repr=False)
class Settings:
    """`lock_minutes` 2 to 30; `exit_to` empty for the neutral page of this machine."""

    recovery_checked: bool = False
    lock_minutes: int = 10
    exit_to: str = ""
    mail: Mail | None = field(default=None)


def load(keyring: Keyring) -> Settings:
    """Gives her settings; fields a newer program wrote are left alone by being ignored here."""
    content = accounts.state(keyring)
    held = json.loads(content) if content else {}
    known = {one.name: held[one.name] for one in fields(Settings) if one.name in held}
    if known.get("mail"):
        known["mail"] = Mail(**{one.name: known["mail"][one.name] for one in fields(Mail)})
    return Settings(**known)


def save(keyring: Keyring, settings: Settings, *, now: datetime) -> None:
    """Seals her settings."""
    content = json.dumps(asdict(settings), ensure_ascii=False).encode()
    accounts.save_state(keyring, content, now=now)
