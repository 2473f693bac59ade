"""The device secret in the operating system's keyring, where an allow-listed one serves.

Loaded only when a store is unlocked: scanning for keyrings costs 0.15 s.
"""

from __future__ import annotations

import base64

SERVICE = "workbench"
ALLOWED = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)


class Keyring:
    """Reads and writes short secrets; every call says plainly whether it served."""

    def get(self, name: str) -> bytes | None:
        """The secret kept under `name`; None where there is none or no trusted keyring serves."""
        import keyring
        import keyring.errors

        if not self.serves():
            return None
        try:
            found = keyring.get_password(SERVICE, name)
        # Without a session bus SecretService raises RuntimeError, not a keyring error.
        except (keyring.errors.KeyringError, RuntimeError):
            return None
        try:
            return base64.b64decode(found, validate=True) if found else None
        except ValueError:
            return None

    def put(self, name: str, secret: bytes) -> bool:
        """Keeps a secret; false where no trusted keyring serves or it does not give back what it took."""
        import keyring
        import keyring.errors

        if not self.serves():
            return False
        try:
            keyring.set_password(SERVICE, name, base64.b64encode(secret).decode())
        except (keyring.errors.KeyringError, RuntimeError):
            return False
        return self.get(name) == secret

    def serves(self) -> bool:
        """Whether the keyring in use is on the allow-list (a plain-text one never is)."""
        import keyring

        backend = keyring.get_keyring()
        members = getattr(backend, "backends", None)
        if type(backend).__module__ == "keyring.backends.chainer" and members:
            return all(type(member).__module__.startswith(ALLOWED) for member in members)
        return type(backend).__module__.startswith(ALLOWED)


class NoKeyring(Keyring):
    """No keyring at all: the passphrase stands alone."""

    def serves(self) -> bool:
        """Never."""
        return False
