"""The containers by their structure: pinned, closed to the outside, no password written down."""

import re
from typing import Any

import yaml

from tests.architecture.source import ROOT

COMPOSE = ROOT / "docker-compose.yml"
SECRET = re.compile(r"PASSWORD|PWD|SECRET|TOKEN", re.IGNORECASE)
FROM_OUTSIDE = re.compile(r"^\$\{\w+:\?[^}]*\}$")
IN_A_URL = re.compile(r"://[^/\s]*:([^/\s]*)@")
ENTRY_POINTS = {"worker-cases", "worker-post", "web", "watchdog"}

Service = dict[str, Any]


def services() -> dict[str, Service]:
    return dict(yaml.safe_load(COMPOSE.read_text("utf-8"))["services"])


def is_one_shot(service: Service) -> bool:
    return str(service.get("restart", "")).startswith("on-failure:")


def literal_secrets(service: Service) -> list[str]:
    """Names of variables that hold a password in clear, alone or inside a URL."""
    variables = service.get("environment", {})
    alone = [n for n, v in variables.items() if SECRET.search(n) and not FROM_OUTSIDE.match(v)]
    inside = [
        n for n, v in variables.items() for p in IN_A_URL.findall(v) if not FROM_OUTSIDE.match(p)
    ]
    return alone + inside


def test_every_process_of_ours_is_there_from_the_one_image() -> None:
    ours = {name: s for name, s in services().items() if s.get("build")}
    assert set(ours) == ENTRY_POINTS
    assert len({service["image"] for service in ours.values()}) == 1


def test_every_image_is_pinned_and_none_is_the_deprecated_one() -> None:
    images = [service["image"] for service in services().values()]
    assert all(re.search(r":\d", image) for image in images)
    assert not [image for image in images if "auto-setup" in image]


def test_every_service_comes_back_or_is_done_once() -> None:
    for name, service in services().items():
        assert is_one_shot(service) or service["restart"] == "unless-stopped", name


def test_what_is_waited_for_says_when_it_is_ready() -> None:
    known = services()
    waits = [w for service in known.values() for w in service.get("depends_on", {}).items()]
    assert waits
    for name, wait in waits:
        once = wait["condition"] == "service_completed_successfully"
        assert is_one_shot(known[name]) if once else "healthcheck" in known[name], name


def test_nothing_is_published_beyond_this_machine() -> None:
    ports = [port for service in services().values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_password_is_written_down() -> None:
    assert {name: literal_secrets(s) for name, s in services().items() if literal_secrets(s)} == {}


def test_a_written_password_is_seen() -> None:
    service = {"environment": {"POSTGRES_PASSWORD": "temporal", "BATON_URL": "a://b:c@d/e"}}
    assert literal_secrets(service) == ["POSTGRES_PASSWORD", "BATON_URL"]


def test_ours_run_with_as_little_as_they_need() -> None:
    for name in ENTRY_POINTS:
        service = services()[name]
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name


def test_the_image_does_not_run_as_root() -> None:
    stage = (ROOT / "Dockerfile").read_text("utf-8").rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER (?!root|0)\w+$", stage, re.MULTILINE)


def test_history_shards_are_set_because_they_can_never_be_changed() -> None:
    assert int(services()["temporal"]["environment"]["NUM_HISTORY_SHARDS"]) >= 512
