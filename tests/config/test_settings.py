"""The machine's settings: read once, whole, and refused in words."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from config.settings import InvalidSettings, Settings, as_environment, load_settings


def refused(**given: object) -> str:
    with pytest.raises(InvalidSettings) as caught:
        load_settings(**given)
    return str(caught.value)


def test_with_nothing_set_everything_is_in_one_folder_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    assert settings.data == tmp_path / "baton-data"
    assert settings.master_key_file == tmp_path / "baton-data" / "master.key"
    assert settings.database_file == tmp_path / "baton-data" / "baton.db"
    assert (settings.temporal_address, settings.database_url) == ("127.0.0.1:7233", None)


def test_what_is_given_wins_over_the_environment_and_none_counts_as_not_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BATON_WEB_PORT", "9000")
    monkeypatch.setenv("BATON_CALENDAR", "wales")
    settings = load_settings(web_port=9001, calendar=None)
    assert (settings.web_port, settings.calendar) == (9001, "wales")


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_DATABASE_URL", "")
    assert load_settings().database_url is None


def test_a_child_process_reads_equal_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = load_settings(
        data=tmp_path / "a folder # one",
        database_url="postgresql+psycopg://baton@db/baton",
        demonstration=True,
        build="2026.11",
    )
    for name, value in as_environment(settings).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    assert load_settings() == settings


def test_settings_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load_settings().web_port = 1


def test_every_fault_is_named_by_its_variable_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_WEB_PORT", "99999")
    monkeypatch.setenv("BATON_POLICY", "no such?")
    faults = refused(temporal_address="localhost").splitlines()
    assert [fault.partition(":")[0] for fault in faults] == [
        "BATON_TEMPORAL_ADDRESS",
        "BATON_WEB_PORT",
        "BATON_POLICY",
    ]
    assert "host:port" in faults[0]


@pytest.mark.parametrize("address", ["localhost", ":7233", "host:0", "host:70000", "http://h:1"])
def test_an_address_is_a_host_and_a_port(address: str) -> None:
    assert "BATON_TEMPORAL_ADDRESS" in refused(temporal_address=address)


def test_a_misspelt_variable_is_refused_and_the_right_one_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BATON_DATABSE_URL", "sqlite://")
    assert refused() == "BATON_DATABSE_URL: no such setting; did you mean BATON_DATABASE_URL?"


def test_a_refusal_does_not_quote_a_password() -> None:
    text = refused(database_url="mysql://baton:hunter2@db/baton")
    assert "BATON_DATABASE_URL" in text
    assert "hunter2" not in text


def test_a_printed_settings_object_does_not_show_the_database_password() -> None:
    assert "hunter2" not in repr(Settings(database_url="postgresql://baton:hunter2@db/baton"))


def test_one_queue_cannot_serve_cases_and_post() -> None:
    assert "must differ" in refused(case_queue="one", post_queue="one")


def test_a_folder_of_nobody_is_refused_in_words() -> None:
    assert "home folder" in refused(data=Path("~nobody-of-this-name/baton"))


@pytest.mark.parametrize("named", ["ours.toml", "./ours.toml", "sub folder/ours"])
def test_a_policy_file_is_the_same_one_from_every_folder(
    named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(policy=named, calendar=named)
    assert settings.policy == settings.calendar == str(tmp_path / named)
    monkeypatch.chdir("/")
    assert load_settings(policy=settings.policy).policy == settings.policy


def test_a_shipped_name_stays_a_name() -> None:
    assert load_settings(policy="cwdc-2007").policy == "cwdc-2007"
