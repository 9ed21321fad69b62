"""docker-compose.yml holds together: nothing named is missing, nothing keeps state where it would be lost."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from egov.settings.env import KNOWN

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OWN = {name: service for name, service in SERVICES.items() if "build" in service}
STATELESS = ("web", "worker", "worker-express", "beat", "migrate")
DJANGOS_OWN = {"DJANGO_SETTINGS_MODULE"}
# Brought by the person who installs, not made by deploy/make-secrets.
BROUGHT = {"tls_certificate", "tls_key"}


def one_shot(service: dict[str, Any]) -> bool:
    return service.get("restart") == "no"


def mounts(service: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """Source, target and whether it is read only, of each mount."""
    parts = [volume.split(":") for volume in service.get("volumes", [])]
    return [(part[0], part[1], part[2:] == ["ro"]) for part in parts]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deploy") / "secrets"
    subprocess.run([sys.executable, ROOT / "deploy/make-secrets", folder], check=True, capture_output=True)
    return folder


def test_the_services_of_the_architecture_are_there() -> None:
    assert {"postgres", "valkey", "web", "worker", "worker-express", "beat", "proxy", "migrate"} <= set(
        SERVICES
    )
    assert SERVICES["postgres"]["image"] == "postgres:18"
    assert SERVICES["valkey"]["image"].endswith("valkey:9")


def test_the_portals_ground_is_laid_after_the_tables() -> None:
    command = " ".join(SERVICES["migrate"]["command"])
    assert re.search(r"migrate --no-input && .*lay_content", command)


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_tells_its_health_or_runs_once(name: str) -> None:
    service = SERVICES[name]
    assert one_shot(service) or service["healthcheck"]["test"]


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_names_exists(name: str) -> None:
    service = SERVICES[name]
    assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
    assert set(service.get("networks", [])) <= set(COMPOSE["networks"])
    assert set(service.get("depends_on", {})) <= set(SERVICES)
    for source, _, _ in mounts(service):
        assert source in COMPOSE["volumes"] or (ROOT / source).exists(), source


@pytest.mark.parametrize("name", SERVICES)
def test_it_waits_for_health_only_of_what_tells_its_health(name: str) -> None:
    for other, wait in SERVICES[name].get("depends_on", {}).items():
        wanted = "service_completed_successfully" if one_shot(SERVICES[other]) else "service_healthy"
        assert wait["condition"] == wanted, other


@pytest.mark.parametrize("name", SERVICES)
def test_no_folder_of_the_host_is_written(name: str) -> None:
    for source, target, read_only in mounts(SERVICES[name]):
        assert read_only or source in COMPOSE["volumes"], f"{source} at {target}"


@pytest.mark.parametrize("name", STATELESS)
def test_our_processes_keep_no_state_and_have_no_fixed_name(name: str) -> None:
    service = SERVICES[name]
    # Parts of uploads that have not ended: all share the one folder, and losing it costs a resumption.
    kept = {source for source, _, _ in mounts(service) if source in COMPOSE["volumes"]}
    assert kept <= {"uploads"}
    assert service["read_only"] is True
    assert not {"container_name", "ports", "hostname"} & set(service)


@pytest.mark.parametrize("name", OWN)
def test_the_settings_know_each_variable(name: str) -> None:
    variables = set(OWN[name]["environment"]) - DJANGOS_OWN
    assert {variable.removesuffix("_FILE") for variable in variables} <= set(KNOWN)
    for variable in variables:
        if variable.endswith("_FILE"):
            assert Path(OWN[name]["environment"][variable]).name in OWN[name]["secrets"]


def test_no_secret_stands_in_the_file() -> None:
    for service in SERVICES.values():
        for variable, value in service.get("environment", {}).items():
            secret = re.search(r"SECRET|PASSWORD|PEPPER|_URL$", variable)
            assert not secret or variable.endswith("_FILE") or str(value).startswith("${"), variable


def test_every_queue_has_workers_and_beat_is_one() -> None:
    queues = {
        word.removeprefix("--queues=")
        for service in OWN.values()
        for word in service["command"]
        if word.startswith("--queues=")
    }
    assert queues == {"default", "express"}
    assert SERVICES["beat"]["deploy"]["replicas"] == 1


def test_databases_have_no_way_out_and_no_port() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("postgres", "valkey", "files"):
        assert SERVICES[name]["networks"] == ["inside"]
        assert "ports" not in SERVICES[name]


def test_only_the_proxys_network_may_name_a_client() -> None:
    assert {name for name, service in SERVICES.items() if "front" in service.get("networks", [])} == {
        "proxy",
        "web",
    }
    trusted = SERVICES["web"]["environment"]["TRUSTED_PROXIES"]
    assert COMPOSE["networks"]["front"]["ipam"]["config"] == [{"subnet": trusted}]


def test_secrets_are_made_once_and_fit_together(made: Path) -> None:
    wanted = {Path(secret["file"]).stem for secret in COMPOSE["secrets"].values()} - BROUGHT
    assert {path.stem for path in made.iterdir()} == wanted
    assert made.stat().st_mode & 0o777 == 0o700
    before = {path.name: path.read_text() for path in made.iterdir()}
    subprocess.run([sys.executable, ROOT / "deploy/make-secrets", made], check=True, capture_output=True)
    assert {path.name: path.read_text() for path in made.iterdir()} == before
    assert before["database_password.txt"] in before["database_url.txt"]
    assert before["broker_password.txt"] in before["redis_url.txt"]


def test_the_settings_accept_what_compose_hands_them(made: Path) -> None:
    environment = {
        name: str(value).replace(
            "${SITE_HOST:?name the site in .env, as deploy/env.example does}", "egov.example"
        )
        for name, value in SERVICES["web"]["environment"].items()
    }
    environment = {name: re.sub(r"\$\{\w+:-(.*?)\}", r"\1", value) for name, value in environment.items()}
    for name, value in environment.items():
        if name.endswith("_FILE"):
            environment[name] = str(made / f"{Path(value).name}.txt")
    done = subprocess.run(
        [sys.executable, "-c", "import egov.settings.production"],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_secrets_and_data_stay_out_of_git_and_of_the_image() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert "deploy/secrets/*" in ignored
    allowed = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert not [line for line in allowed if re.search(r"secrets|var|\.git|tests", line)]
