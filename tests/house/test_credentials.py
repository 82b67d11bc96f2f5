import keyring
import keyring.backend
import keyring.backends.fail
import pytest
from keyring.errors import PasswordDeleteError

from supervisor import credentials

IN_QUERY = "postgresql://li@office/d?password=x"


class Remembering(keyring.backend.KeyringBackend):
    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Remembering:
    made = Remembering()
    monkeypatch.setattr(credentials, "_choose_backend", lambda: keyring.set_keyring(made))
    return made


@pytest.mark.parametrize(
    ("address", "bare", "password"),
    [
        ("postgresql://li:p%40ss@office:5432/d?x=1", "postgresql://li@office:5432/d?x=1", "p@ss"),
        ("postgresql://li@office/d", "postgresql://li@office/d", None),
        ("postgresql://:only@office/d", "postgresql://office/d", "only"),
        ("postgresql://a,b/d", "postgresql://a,b/d", None),
        ("postgresql://li@o/d?password=p%40ss&x=1", "postgresql://li@o/d?x=1", "p@ss"),
        ("postgresql://li:one@o/d?password=two", "postgresql://li@o/d", "one"),
        ("C:\\数据\\a.db", "C:\\数据\\a.db", None),
    ],
)
def test_that_the_password_is_taken_out_of_an_address(
    address: str, bare: str, password: str | None
) -> None:
    assert credentials.without_password(address) == (bare, password)


def test_that_a_password_goes_in_and_comes_out_unchanged() -> None:
    hard = "a:b@c/d?e#f%g 密"
    whole = credentials.with_password("postgresql://li@office/d", hard)
    assert credentials.without_password(whole) == ("postgresql://li@office/d", hard)


def test_that_an_address_is_put_away_without_and_completed_with_its_password(
    store: Remembering,
) -> None:
    bare = "postgresql://li@office/d?sslmode=require"
    assert credentials.put_away(bare + "&password=neu") == bare
    assert credentials.completed(bare) == "postgresql://li:neu@office/d?sslmode=require"
    assert credentials.completed("案件.db") == credentials.put_away("案件.db") == "案件.db"


def test_that_files_and_addresses_without_a_user_take_no_password() -> None:
    for address in ("a.db", "postgresql://office/d", "postgresql://li:x@office/d", IN_QUERY):
        assert credentials.with_password(address, "secret") == address


def test_that_a_kept_password_is_found_under_the_address_without_it(store: Remembering) -> None:
    assert credentials.keep_password("postgresql://li:old@office/d", "new")
    assert credentials.password_for("postgresql://li@office/d") == "new"
    assert [user for _, user in store.kept] == ["postgresql://li@office/d"]
    credentials.forget_password("postgresql://li@office/d")
    credentials.forget_password("postgresql://li@office/d")
    assert credentials.password_for("postgresql://li@office/d") is None


def test_that_without_a_key_store_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    fail = keyring.backends.fail.Keyring()
    monkeypatch.setattr(credentials, "_choose_backend", lambda: keyring.set_keyring(fail))
    assert not credentials.keep_password("postgresql://li@office/d", "new")
    assert credentials.password_for("postgresql://li@office/d") is None
    credentials.forget_password("postgresql://li@office/d")


def test_that_a_secret_is_made_once_and_only_where_it_is_kept(
    store: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert credentials.secret("drafts", make=False) is None
    made = credentials.secret("drafts", make=True)
    assert made is not None
    assert len(made) == 44
    assert credentials.secret("drafts", make=True) == made
    fail = keyring.backends.fail.Keyring()
    monkeypatch.setattr(credentials, "_choose_backend", lambda: keyring.set_keyring(fail))
    assert credentials.secret("drafts", make=True) is None
    monkeypatch.setattr(store, "set_password", lambda *_: None)
    monkeypatch.setattr(credentials, "_choose_backend", lambda: keyring.set_keyring(store))
    store.kept.clear()
    assert credentials.secret("drafts", make=True) is None
