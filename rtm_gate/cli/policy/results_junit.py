"""The results of `policy test` as JUnit XML, for build servers: one suite for the tests of the policy, one for the cases."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from rtm_gate.gate.testing.cases import CaseResult, summary
from rtm_gate.gate.testing.report import Report
from rtm_gate.gate.testing.run import Failure, TestResult

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot carry, not even escaped."""

OUTCOMES = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def junit(report: Report) -> str:
    """A document in the shape that Jenkins, GitLab and GitHub's readers share; times are in seconds."""
    root = ET.Element("testsuites", {"name": _clean(f"policy {report.policy.name}")})
    about = {"policy": report.policy.name, "digest": report.policy.digest}
    if report.coverage is not None:
        shares = {"blocks": report.coverage.blocks, "alternatives": report.coverage.alternatives, "exceptions": report.coverage.exceptions}
        about |= {f"coverage.{name}": f"{share.percent:g}" for name, share in shares.items()}
    _suite(root, "tests", [_test(result) for result in report.tests], about)
    if report.cases:
        named = summary(list(report.cases))["named"]
        counts = {"named": f"{named['named']} of {named['cases']}"} if named["cases"] else {}
        _suite(root, "cases", [_case(result) for result in report.cases], about | counts)
    for name in ("tests", *OUTCOMES):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    root.set("time", f"{sum(float(suite.get('time', '0')) for suite in root):.3f}")
    ET.indent(root, " ")
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document.decode()


def _suite(root: ET.Element, name: str, cases: Sequence[ET.Element], about: Mapping[str, str]) -> None:
    counts = {plural: str(sum(case.find(tag) is not None for case in cases)) for plural, tag in OUTCOMES.items()}
    seconds = sum(float(case.get("time", "0")) for case in cases)
    suite = ET.SubElement(root, "testsuite", {"name": name, "tests": str(len(cases)), **counts, "time": f"{seconds:.3f}"})
    properties = ET.SubElement(suite, "properties")
    for key, value in about.items():
        ET.SubElement(properties, "property", {"name": key, "value": _clean(value)})
    suite.extend(cases)


def _test(result: TestResult) -> ET.Element:
    at = result.test.at
    case = _testcase(result.test.name, at.file, result.seconds, file=at.file, line=str(at.line))
    if result.test.skipped:
        ET.SubElement(case, "skipped", {"message": _clean(result.test.skipped)})
    if result.failures:
        said = "\n\n".join(_told(failure) for failure in result.failures)
        kind = "error" if result.broken else "failure"
        problem = ET.SubElement(case, kind, {"message": _clean("; ".join(map(str, result.failures))), "type": kind})
        problem.text = _clean(f"{result.place}\n{said}")
    return case


def _told(failure: Failure) -> str:
    return "\n".join((f"wanted  {failure.wanted}", f"came    {failure.came}", *failure.why))


def _case(result: CaseResult) -> ET.Element:
    case = _testcase(result.id, "cases", result.seconds, file=str(result.folder / "case.json"))
    if result.right:
        return case
    message = f"expected {result.wanted}, came {result.came}"
    if not result.failed:
        ET.SubElement(case, "skipped", {"message": _clean(f"known: {result.known} ({message})")})
        return case
    kind = "failure" if result.verdict is not None else "error"
    said = "\n".join((*result.missing, result.problem or result.why))
    ET.SubElement(case, kind, {"message": _clean(message), "type": kind}).text = _clean(said)
    return case


def _testcase(name: str, classname: str, seconds: float, **more: str) -> ET.Element:
    # A dot in a class name makes packages of it: the path of a file would fall apart.
    plain = classname.removesuffix(".rtm").replace(".", "_")
    rows = {"name": name, "classname": plain, "time": f"{seconds:.3f}", **more}
    return ET.Element("testcase", {key: _clean(value) for key, value in rows.items()})


def _clean(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)
