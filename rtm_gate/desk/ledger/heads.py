"""The head of the ledger, signed, outside the database: rows that are cut off at its end, or a ledger written anew, are missed there."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)  # fmt: skip

from rtm_gate.desk.ledger.chain import canonical
from rtm_gate.model.record import Entry


@dataclass(frozen=True, slots=True)
class Head:
    """The last row at a moment. `key` and `signature` are hexadecimal: an Ed25519 public key, and its signature over the rest."""

    at: str
    id: int
    hash: str
    key: str
    signature: str

    @property
    def text(self) -> str:
        """One line, which `head_of` reads."""
        return canonical(asdict(self))

    @property
    def signed(self) -> bool:
        """Whether whoever holds the key's other half wrote it."""
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.key)).verify(bytes.fromhex(self.signature), _message(self.at, self.id, self.hash))
        except (InvalidSignature, ValueError):
            return False
        return True


class HeadError(RuntimeError):
    """A key or a head that cannot be read or written. The message is one sentence."""


class Heads:
    """The key and the last head of one machine, two files in one folder. They are made when the first row is written."""

    def __init__(self, folder: Path) -> None:
        self.key_file = folder / "ledger.key"
        self.head_file = folder / "ledger.head"
        self._key: Ed25519PrivateKey | None = None

    def ready(self) -> None:
        """For rows that are worth nothing unsigned: asked before they are written. HeadError where nothing could be signed."""
        self._private()

    def sign(self, entry: Entry, now: datetime) -> Head:
        """A head that says that `entry` is the last row. HeadError."""
        key = self._private()
        at = now.astimezone(UTC).isoformat(timespec="seconds")
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
        return Head(at, entry.id, entry.hash, public, key.sign(_message(at, entry.id, entry.hash)).hex())

    def keep(self, head: Head) -> None:
        """In place of the one before, whole or not at all. HeadError."""
        try:
            _write(self.head_file, f"{head.text}\n".encode(), 0o644)
        except OSError as fault:
            raise HeadError(f"{self.head_file} cannot be written: {fault.strerror}") from fault

    def last(self) -> Head | None:
        """None where nothing was written from here yet. HeadError for one that cannot be read."""
        try:
            return head_of(self.head_file.read_text(encoding="utf-8"), str(self.head_file)) if self.head_file.exists() else None
        except (OSError, UnicodeDecodeError) as fault:
            raise HeadError(f"{self.head_file} cannot be read: {getattr(fault, 'strerror', None) or 'it is no text'}") from fault

    def _private(self) -> Ed25519PrivateKey:
        if self._key is None:
            self._key = self._read_key() if self.key_file.exists() else self._new_key()
        return self._key

    def _read_key(self) -> Ed25519PrivateKey:
        try:
            key = load_pem_private_key(self.key_file.read_bytes(), None)
        except (OSError, ValueError, TypeError) as fault:
            raise HeadError(f"{self.key_file} cannot be read: {getattr(fault, 'strerror', None) or 'it is no private key'}") from fault
        if not isinstance(key, Ed25519PrivateKey):
            raise HeadError(f"{self.key_file} is no Ed25519 key")
        return key

    def _new_key(self) -> Ed25519PrivateKey:
        key = Ed25519PrivateKey.generate()
        try:
            _write(self.key_file, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600, lasting=True)
        except OSError as fault:
            raise HeadError(f"{self.key_file} cannot be written: {fault.strerror}") from fault
        return key


def head_of(text: str, name: str) -> Head:
    """HeadError for a text that is no head."""
    try:
        fields: dict[str, Any] = json.loads(text)
        head = Head(**fields)
    except (ValueError, TypeError, RecursionError) as fault:
        raise HeadError(f"{name} is no head of a ledger") from fault
    if not all(isinstance(value, str) for value in (head.at, head.hash, head.key, head.signature)) or type(head.id) is not int or head.id < 1:
        raise HeadError(f"{name} is no head of a ledger")
    return head


def _message(at: str, id_: int, hash_: str) -> bytes:
    return canonical(["rtm-gate/ledger/1", at, id_, hash_]).encode()


def _write(file: Path, content: bytes, mode: int, *, lasting: bool = False) -> None:
    """`lasting`: waits for the disk, or the file may be empty after a power failure. A head is written anew with the next row."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            os.fchmod(opened.fileno(), mode)
            if lasting:
                opened.flush()
                os.fsync(opened.fileno())
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
