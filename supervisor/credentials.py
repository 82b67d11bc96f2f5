"""The only door to the system's key store. Passwords are never written into files of ours.

Addresses are kept without their password; it is put in at the last moment. Where there is no key
store (a server without a desktop), nothing is kept and people are asked each session.
"""

import sys
from urllib.parse import quote, unquote, urlsplit, urlunsplit

SERVICE = "FieldCollectionSupervisor"


def without_password(address: str) -> tuple[str, str | None]:
    """Split an address into one fit for keeping and the password it held."""
    parts = urlsplit(address) if "://" in address else None
    if parts is None or parts.password is None:
        return address, None
    user, _, host = parts.netloc.rpartition("@")
    name = user.partition(":")[0]
    bare = f"{name}@{host}" if name else host
    return urlunsplit(parts._replace(netloc=bare)), unquote(parts.password)


def with_password(address: str, password: str | None) -> str:
    """The address to connect with; unchanged when there is no password or no user."""
    parts = urlsplit(address) if "://" in address else None
    if parts is None or password is None or parts.username is None or parts.password is not None:
        return address
    name, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{name}:{quote(password, safe='')}@{host}"))


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
