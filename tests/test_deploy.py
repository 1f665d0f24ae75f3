"""What is set up for a real shop: docker-compose.yml, odoo.conf, the proxy, the backups.

No Docker engine is needed: the files are read strictly, and everything that can run without one does.
"""

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tooling import addons, odoo, paths, ports, processes, venv

DEPLOY = paths.PROJECT / "deploy"
SECRETS = {"POSTGRES_PASSWORD": "test", "ADMIN_PASSWORD": "test"}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((paths.PROJECT / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def configuration():
    parser = configparser.ConfigParser()
    parser.read(paths.PROJECT / "odoo.conf")
    return parser


def test_compose_is_accepted_by_docker_compose():
    program = next((words for words in (["docker", "compose"], ["docker-compose"]) if _runs(words)), None)
    if not program:
        pytest.skip("neither `docker compose` nor docker-compose is installed here")
    command = [*program, "-f", "docker-compose.yml", "config", "--quiet"]
    done = subprocess.run(command, cwd=paths.PROJECT, env={**os.environ, **SECRETS}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _runs(words):
    try:
        return subprocess.run([*words, "version"], capture_output=True, timeout=30).returncode == 0
    except FileNotFoundError:
        return False


def test_services_are_complete(compose):
    """Each long-running service restarts, says whether it is healthy and pins its image."""
    serving = {name: service for name, service in compose["services"].items() if "profiles" not in service}
    assert set(serving) == {"db", "odoo", "proxy", "backup"}
    for name, service in serving.items():
        assert service["restart"] == "unless-stopped", name
        assert service["healthcheck"]["test"], name
        assert re.fullmatch(r"[\w./-]+:[\w.-]+|panier-odoo", service["image"]), name


def test_only_the_proxy_is_reachable(compose):
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]


def test_what_must_survive_is_in_named_volumes(compose):
    used = set()
    for service in compose["services"].values():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (paths.PROJECT / source).exists(), f"{source} is mounted but does not exist"
            else:
                used.add(source)
    assert used == set(compose["volumes"])


def test_every_variable_is_explained(compose):
    """A newcomer finds each variable in env.example; a secret has no default and no value there."""
    text = (paths.PROJECT / "docker-compose.yml").read_text()
    example = (DEPLOY / "env.example").read_text()
    for name, rest in re.findall(r"(?<!\$)\$\{(\w+)([^}]*)\}", text):
        assert re.search(rf"^(# )?{name}=", example, re.MULTILINE), f"{name} is missing in env.example"
        if "PASSWORD" in name:
            assert rest.startswith(":?"), f"{name} must be required"
            assert re.search(rf"^{name}=$", example, re.MULTILINE), f"{name} must be empty in env.example"


def test_upgrade_reaches_every_addon(compose):
    """Odoo upgrades what depends on a named addon: the ones that depend on none of ours must be named."""
    named = next(word for word in compose["services"]["upgrade"]["command"] if word.startswith("--update="))
    named = set(named.removeprefix("--update=").split(","))
    manifests = addons.manifests()
    roots = {name for name, manifest in manifests.items() if not set(manifest["depends"]) & set(manifests)}
    assert roots <= named <= set(manifests)


def test_odoo_configuration_is_safe(configuration):
    options = configuration["options"]
    assert options["list_db"] == "False"
    assert options["proxy_mode"] == "True"
    assert int(options["workers"]) >= 2
    assert not [key for key in options if "pass" in key], "no secret in odoo.conf"


def test_websocket_goes_to_the_gevent_port(configuration):
    proxy = (DEPLOY / "Caddyfile").read_text()
    assert f"reverse_proxy /websocket* odoo:{configuration['options']['gevent_port']}" in proxy
    assert f"reverse_proxy odoo:{configuration['options']['http_port']}" in proxy


def test_caddyfile_is_accepted_by_caddy():
    if not shutil.which("caddy"):
        pytest.skip("caddy is not installed here (Debian's package caddy)")
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_image_has_what_it_copies():
    """Whatever the Dockerfile copies exists and is let through by .dockerignore."""
    ignore = (paths.PROJECT / ".dockerignore").read_text().split("\n")
    for source in re.findall(r"^COPY (\S+) ", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE):
        assert (paths.PROJECT / source).exists()
        assert f"!{source}" in ignore
    assert re.search(r"^USER odoo$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)


def test_image_pins_what_the_suite_was_tested_with():
    """The image's packages are the versions of requirements/odoo.lock, with hashes."""
    pattern = re.compile(r"^(\S+==\S+)", re.MULTILINE)
    ours = set(pattern.findall((paths.REQUIREMENTS / "odoo.lock").read_text()))
    image = pattern.findall((DEPLOY / "requirements.lock").read_text())
    assert image
    assert set(image) <= ours


def test_odoo_serves_with_the_production_configuration(databases, configuration, tmp_path):
    """odoo.conf with only folders, ports and the database's name changed: workers, gevent and the job runner."""
    name = "panier_test_deploy"
    port, gevent_port = ports.free(2)
    databases.create(name)
    configuration["options"].update(
        {
            "addons_path": str(paths.ADDONS),
            "data_dir": str(odoo.data_folder()),
            "db_name": name,
            "dbfilter": f"^{name}$",
            "http_interface": "127.0.0.1",
            "http_port": str(port),
            "gevent_port": str(gevent_port),
        }
    )
    with open(tmp_path / "odoo.conf", "w") as file:
        configuration.write(file)
    log = paths.log_file("test-deploy")
    with open(log, "w") as output:
        command = [databases.python, venv.odoo_script(), "server", "-c", tmp_path / "odoo.conf"]
        process = processes.start(command, env=odoo.environment(databases.client), stdout=output, stderr=output)
    try:
        assert _answers(port, "/web/health") == 200
        assert _answers(port, "/shop", {"X-Forwarded-Host": "shop.example", "X-Forwarded-Proto": "https"}) == 200
        assert _answers(gevent_port, "/websocket") == 400, "the gevent port answers, and wants a handshake"
        assert _answers(port, "/web/database/manager") in {303, 403, 404, 200}
    finally:
        processes.stop(process)
        databases.drop(name)
    text = log.read_text()
    assert not re.findall(r"^\S+ \S+ \d+ (?:ERROR|CRITICAL) .*$", text, re.MULTILINE)
    assert "queue_job" in text
    assert not re.findall(r"^.*unknown option.*$", text, re.MULTILINE)


def _answers(port, path, headers=None, patience=90):
    """The status a page answers with, once the server is there."""
    import time

    import requests

    deadline = time.monotonic() + patience
    while True:
        try:
            return requests.get(
                f"http://127.0.0.1:{port}{path}", headers=headers, allow_redirects=False, timeout=60
            ).status_code
        except requests.ConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


@pytest.fixture
def backup(databases, tmp_path):
    """Runs deploy/backup.sh on a small database with files, with the embedded server's programs."""
    name = "panier_test_backup"
    databases.drop(name)
    databases.client.run("createdb", name)
    databases.client.sql("CREATE TABLE basket (name text); INSERT INTO basket VALUES ('carrots')", name)
    (tmp_path / "filestore/ab").mkdir(parents=True)
    (tmp_path / "filestore/ab/abcd").write_text("a picture")
    (tmp_path / "backups").mkdir()
    env = {
        **databases.client.env,
        "PATH": f"{databases.client.bin}:{os.environ['PATH']}",
        "DATABASE": name,
        "FILESTORE": str(tmp_path / "filestore"),
        "BACKUPS": str(tmp_path / "backups"),
        "KEEP_DAYS": "14",
    }

    def run(action, **variables):
        words = ["sh", DEPLOY / "backup.sh", action]
        return subprocess.run(words, env={**env, **variables}, capture_output=True, text=True, timeout=60)

    run.folder = tmp_path / "backups"
    yield run
    databases.drop(name)


def test_backup_can_be_restored(backup, databases):
    done = backup("once")
    assert done.returncode == 0, done.stderr
    (day,) = backup.folder.iterdir()
    databases.client.run("createdb", "panier_test_restored")
    try:
        databases.client.run("pg_restore", "--no-owner", "-d", "panier_test_restored", day / "database.dump")
        assert databases.client.sql("SELECT name FROM basket", "panier_test_restored") == [["carrots"]]
    finally:
        databases.drop("panier_test_restored")
    listed = subprocess.run(["tar", "-tzf", day / "filestore.tar.gz"], capture_output=True, text=True, check=True)
    assert "./ab/abcd" in listed.stdout


def test_backup_keeps_so_many_days_and_nothing_half_done(backup):
    old, recent = backup.folder / "2020-01-01", backup.folder / "2020-01-20"
    for folder, days in ((old, 15.5), (recent, 13.5)):
        folder.mkdir()
        _age(folder, days)
    assert backup("once").returncode == 0
    assert not old.exists()
    assert recent.exists()
    assert not list(backup.folder.glob(".*"))


def test_failed_backup_is_told_and_keeps_the_old_ones(backup):
    old = backup.folder / "2020-01-01"
    old.mkdir()
    _age(old, 30)
    assert backup("check").returncode == 1, "the last backup is too old"
    assert backup("once", DATABASE="nowhere").returncode != 0
    assert [folder.name for folder in backup.folder.glob("[0-9]*")] == [old.name]
    assert backup("once").returncode == 0
    assert backup("check").returncode == 0


def _age(folder: Path, days):
    import time

    then = time.time() - days * 86400
    os.utime(folder, (then, then))
