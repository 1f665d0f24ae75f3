"""Reading Odoo's log: what its tests did, and what it complained about."""

import re
from dataclasses import dataclass, field

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+?): (?P<message>.*)$"
)
FAILED = re.compile(r"^(?:FAIL|ERROR): (?P<name>.+)$")
SKIPPED = re.compile(r"^skipped (?P<name>.+?) : (?P<reason>.*)$")
STARTED = re.compile(r"^Starting (?P<name>\S+) \.\.\.")

# Complaints of Odoo that are none of our addons' fault, as (logger, message): each with its reason.
ALLOWED = (
    # The closing line: its level follows the result, which is read elsewhere.
    ("odoo.tests.result", r"\d+ failed, \d+ error\(s\) of \d+ tests"),
    # Chromium's own noise in Odoo's browser tests, on machines without a D-Bus or a GPU.
    (r"odoo\.addons\..*\.browser", r".*(dbus|DevTools listening|gpu|GPU).*"),
)


@dataclass
class Report:
    """What one run of Odoo's tests did."""

    started: list = field(default_factory=list)
    failures: dict = field(default_factory=dict)  # test → traceback
    skips: dict = field(default_factory=dict)  # test → reason
    complaints: list = field(default_factory=list)  # warnings and errors outside the tests' own results


def read(text):
    """:param text: the log of an Odoo that installed addons and ran their tests"""
    report = Report()
    sink = None
    for raw in text.splitlines():
        if not (line := LINE.match(raw)):
            if sink is not None:
                sink.append(raw)
            continue
        sink = _entry(report, line["level"], line["logger"], line["message"])
    report.failures = {name: "\n".join(lines) for name, lines in report.failures.items()}
    report.complaints = ["\n".join(lines) for lines in report.complaints]
    return report


def _entry(report, level, logger, message):
    """Note one log entry; give the list that its following lines belong to, if they matter."""
    if match := STARTED.match(message):
        report.started.append(match["name"])
    elif match := SKIPPED.match(message):
        report.skips[match["name"]] = match["reason"]
    elif level in ("ERROR", "CRITICAL") and (match := FAILED.match(message)):
        return report.failures.setdefault(match["name"], [])
    elif level in ("WARNING", "ERROR", "CRITICAL") and not _allowed(logger, message):
        report.complaints.append([f"{level} {logger}: {message}"])
        return report.complaints[-1]
    return None


def _allowed(logger, message):
    return any(re.fullmatch(who, logger) and re.match(what, message) for who, what in ALLOWED)
