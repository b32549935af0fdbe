"""docs/vault-format.md is enough: a reader written from it, with libsodium alone, reads a backup.

It opens `vectors/v1.amparo` with the backup's words and Noor's, walks keys, statements, chain and head, and
gets the same records.
"""

import base64
import hashlib
import struct
import unicodedata
from pathlib import Path

from nacl import bindings
from nacl.pwhash import argon2id

FILE = Path(__file__).with_name("vectors") / "v1.amparo"
BACKUP_WORDS, NOORS_WORDS = b"the backup has its own words", b"river lamp seven orange quiet table"


def h(key: bytes, message: bytes, size: int = 32) -> bytes:
    return hashlib.blake2b(message, key=key, digest_size=size, person=b"amparo vault 1").digest()


def pack(*parts: bytes | str | int) -> bytes:
    done = b""
    for part in parts:
        raw = (
            part
            if isinstance(part, bytes)
            else part.encode()
            if isinstance(part, str)
            else struct.pack(">Q", part)
        )
        done += struct.pack(">I", len(raw)) + raw
    return done


def unpack(data: bytes) -> list[bytes]:
    parts = []
    while data:
        size = int.from_bytes(data[:4], "big")
        parts.append(data[4 : 4 + size])
        data = data[4 + size :]
    return parts


def derive(key: bytes, *about: bytes | str | int) -> bytes:
    return h(key, pack(*about))


def unpad(data: bytes) -> bytes:
    return data.rstrip(b"\0")[:-1]


def unseal(key: bytes, sealed: bytes, *about: bytes | str | int) -> bytes:
    assert sealed[0] == 1
    bound = pack("amparo", b"\x01", *about)
    return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[25:], bound, sealed[1:25], key)


def unbox(secret: bytes, sealed: bytes) -> bytes:
    return bindings.crypto_box_seal_open(sealed[1:], bindings.crypto_scalarmult_base(secret), secret)


def content_of_file(data: bytes) -> bytes:
    assert data[:19] == b"AMPARO SEALED FILE\x01"
    kib, passes = struct.unpack_from(">II", data, 19)
    opening = argon2id.kdf(32, BACKUP_WORDS, data[27:43], opslimit=passes, memlimit=kib * 1024)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, data[43:67], derive(opening, "file"))
    bound, rest, plain = data[:67], data[67:], b""
    while rest:
        size = int.from_bytes(rest[:4], "big")
        part, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(
            state, rest[4 : 4 + size], bound or None
        )
        plain, rest, bound = plain + part, rest[4 + size :], b""
    assert tag == bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
    return plain


def value(tagged: bytes) -> int | str | bytes:
    kind, rest = tagged[:1], tagged[1:]
    return int.from_bytes(rest, "big") if kind == b"n" else rest if kind == b"b" else rest.decode()


def tables_of(content: bytes) -> dict[str, list[dict[str, object]]]:
    tables: dict[str, list[dict[str, object]]] = {}
    name, columns = "", []
    for record in unpack(content):  # records lie behind their length, as parts do
        kind, *parts = unpack(record)
        if kind == b"table":
            name, columns = parts[0].decode(), [one.decode() for one in parts[1:]]
            tables[name] = []
        elif kind == b"row":
            tables[name].append(dict(zip(columns, map(value, parts), strict=True)))
        elif kind == b"file":
            tables.setdefault("files", []).append({"name": parts[0].decode(), "content": parts[1]})
    return tables


def secret_of(tables: dict[str, list], name: str, words: bytes) -> tuple[str, bytes]:
    server_key = next(one["content"] for one in tables["files"] if one["name"] == "server.key")
    wanted = h(server_key, pack("name", unicodedata.normalize("NFKC", name.casefold()))).hex()
    row = next(one for one in tables["vault.Account"] if one["name_hash"] == wanted)
    kib, passes, salt = row["argon_memory_kib"], row["argon_passes"], row["argon_salt"]
    opening = argon2id.kdf(32, words, salt, opslimit=passes, memlimit=kib * 1024)
    about = ("account", row["id"], row["epoch"], kib, passes, salt)
    return row["id"], unseal(derive(opening, "account"), row["secret_sealed"], *about)


def holds(statement: bytes) -> list[bytes]:
    message, signature = unpack(statement)
    parts = unpack(message)
    assert bindings.crypto_sign_open(signature + message, parts[8]) == message
    return parts


def keys_of(
    tables: dict[str, list], case: dict, account: str, secret: bytes
) -> tuple[dict[int, bytes], bytes]:
    """Gives K by epoch and the chain key, each statement's signature and key check verified."""
    grant = next(one for one in tables["claims.CaseGrant"] if one["account_id"] == account)
    keys = {case["epoch"]: unbox(secret[:32], grant["key_sealed"])}
    sealed, about = grant["statement_sealed"], ("statement", case["id"], case["epoch"])
    told = [unpad(unseal(derive(keys[case["epoch"]], "statement"), sealed, *about))]
    for epoch in range(case["epoch"], 0, -1):
        for parts in map(holds, told):
            assert parts[9] == derive(keys[epoch], "check")
        row = next(one for one in tables["claims.CaseEpoch"] if one["epoch"] == epoch)
        link = unpad(unseal(derive(keys[epoch], "link"), row["link_sealed"], "link", case["id"], epoch))
        chain, before, *told = unpack(link)
        if before:
            keys[epoch - 1] = before
    return keys, chain


def records_of(
    tables: dict[str, list], case: dict, keys: dict[int, bytes], chain: bytes
) -> list[bytes | None]:
    previous, bodies, case_id = h(b"", pack("first", case["id"])), [], case["id"]
    for row in sorted(tables["claims.CaseEntry"], key=lambda one: one["seq"]):
        sealed, n, day = row["header_sealed"], row["seq"], row["day"]
        assert sealed[25:57] == previous
        bound = pack("amparo", b"\x01", "record", case_id, row["epoch"], n, previous, day)
        header = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
            sealed[57:], bound, sealed[1:25], derive(keys[row["epoch"]], "record")
        )
        kind, target, author = header[0], header[1:17], header[17:33].hex()
        digest, body_key = header[33:65], header[65:]
        previous = h(chain, pack("link", case_id, n, day, previous, kind, target, author, digest))
        if body_key == bytes(32):
            bodies.append(None)
            continue
        plain = unpad(unseal(body_key, row["body_sealed"], "body", case_id, n))
        assert h(plain[:32], plain[32:]) == digest
        bodies.append(unpack(plain[32:])[1])
    head = unseal(derive(keys[case["epoch"]], "head"), case["head_sealed"], "head", case_id, case["epoch"])
    assert unpack(head)[:2] == [struct.pack(">Q", len(bodies)), previous]
    return bodies


def test_a_second_reader_reads_the_same_records() -> None:
    tables = tables_of(content_of_file(FILE.read_bytes()))
    account, secret = secret_of(tables, "Noor", NOORS_WORDS)
    (case,) = tables["claims.Case"]
    keys, chain = keys_of(tables, case, account, secret)
    assert records_of(tables, case, keys, chain) == [b"opened", None, b"a file", b"erased", b"newest"]


def test_it_reads_the_file_too() -> None:
    tables = tables_of(content_of_file(FILE.read_bytes()))
    account, secret = secret_of(tables, "Noor", NOORS_WORDS)
    (case,), (blob,) = tables["claims.Case"], tables["claims.CaseBlob"]
    keys, _ = keys_of(tables, case, account, secret)
    about = ("blob", case["id"], blob["epoch"], blob["id"])
    digest, size, count, key = unpack(
        unseal(derive(keys[blob["epoch"]], "blob"), blob["header_sealed"], *about)
    )
    last = int.from_bytes(count, "big") - 1
    chunks = sorted(tables["claims.CaseChunk"], key=lambda one: one["seq"])
    plain = b"".join(
        unseal(key, one["sealed"], "chunk", blob["id"], one["seq"], int(one["seq"] == last)) for one in chunks
    )
    content = plain[: int.from_bytes(size, "big")]
    assert content == b"scan" * 100
    assert hashlib.blake2b(content, key=derive(key, "digest"), digest_size=32).digest() == digest


def test_a_recovery_key_is_written_as_the_document_says() -> None:
    key = bytes(range(32))
    check = hashlib.blake2b(key, digest_size=3, person=b"amparo recovery").digest()
    letters = base64.b32encode(key + check).decode()
    from amparo.vault import recovery

    assert recovery.written(key) == "-".join(letters[at : at + 7] for at in range(0, 56, 7))
