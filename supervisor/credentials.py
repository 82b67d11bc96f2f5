"""The only door to the system's key store. Passwords are never written into files of ours.

Addresses are kept without their password; it is put in at the last moment. Where there is no key
store (a server without a desktop), nothing is kept and people are asked each session.
"""

import os
import sys
from base64 import urlsafe_b64encode
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

SERVICE = "FieldCollectionSupervisor"
IN_QUERY = "password"
"""PostgreSQL also takes a password behind the question mark."""


def without_password(address: str) -> tuple[str, str | None]:
    """Split an address into one fit for keeping and the password it held."""
    parts = urlsplit(address) if "://" in address else None
    if parts is None:
        return address, None
    asked = parse_qsl(parts.query, keep_blank_values=True)
    behind = next((value for name, value in asked if name == IN_QUERY), None)
    if behind is not None:
        kept = [(name, value) for name, value in asked if name != IN_QUERY]
        parts = parts._replace(query=urlencode(kept, quote_via=quote))
    before = parts.password
    if before is not None:
        user, _, host = parts.netloc.rpartition("@")
        name = user.partition(":")[0]
        parts = parts._replace(netloc=f"{name}@{host}" if name else host)
    if before is None and behind is None:
        return address, None
    return urlunsplit(parts), behind if before is None else unquote(before)


def with_password(address: str, password: str | None) -> str:
    """The address to connect with; unchanged when there is no password or no user."""
    parts = urlsplit(address) if "://" in address else None
    if parts is None or password is None or parts.username is None:
        return address
    if without_password(address)[1] is not None:
        return address
    name, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{name}:{quote(password, safe='')}@{host}"))


def completed(address: str) -> str:
    """The address to connect with: the kept password put in where there is one."""
    return with_password(address, password_for(address)) if "://" in address else address


def put_away(address: str) -> str:
    """The address fit for keeping; the password it held goes into the key store."""
    bare, password = without_password(address)
    if password:
        keep_password(bare, password)
    return bare


def password_for(address: str) -> str | None:
    """The password kept for this address, None when there is none or no key store."""
    import keyring
    from keyring.errors import KeyringError

    _choose_backend()
    try:
        return keyring.get_password(SERVICE, without_password(address)[0])
    except KeyringError:
        return None


def keep_password(address: str, password: str) -> bool:
    """Keep a password in the system's key store; False when it would not take it."""
    import keyring
    from keyring.errors import KeyringError

    _choose_backend()
    try:
        keyring.set_password(SERVICE, without_password(address)[0], password)
    except KeyringError:
        return False
    return True


def secret(name: str, *, make: bool) -> str | None:
    """A random key of ours, 32 bytes in base64, that only the key store holds.

    `make`: one is made where there is none. None: there is none, or no store that keeps it.
    """
    import keyring
    from keyring.errors import KeyringError

    _choose_backend()
    try:
        known = keyring.get_password(SERVICE, name)
        if known is None and make:
            keyring.set_password(SERVICE, name, urlsafe_b64encode(os.urandom(32)).decode())
            known = keyring.get_password(SERVICE, name)
    except KeyringError:
        return None
    return known


def forget_password(address: str) -> None:
    """Remove a kept password; nothing happens when there is none."""
    import keyring
    from keyring.errors import KeyringError

    _choose_backend()
    try:
        keyring.delete_password(SERVICE, without_password(address)[0])
    except KeyringError:
        return


def _choose_backend() -> None:
    # A frozen program does not find the Windows backend by its entry point.
    if sys.platform == "win32":
        import keyring
        from keyring.backends.Windows import WinVaultKeyring

        keyring.set_keyring(WinVaultKeyring())
