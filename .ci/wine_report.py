"""Counts the tests that ran on another platform, and fails when one was skipped that the list of exclusions does not have.

usage: wine_report.py <folder of JUnit reports> <list of exclusions> <page that quotes the list> [<platform>]

A line of the list is a name, a tab, and the reason; the page must hold both. A name is `Class`, `Class#method`, or
`Class/words`: those tests of the class that were skipped for a reason with these words.
"""
import pathlib
import sys
import xml.etree.ElementTree as xml


def entries(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, reason = line.split("\t", 1)
            yield name, reason


def main(reports, exclusions, page, platform="Windows"):
    listed = dict(entries(pathlib.Path(exclusions)))
    ran, skipped, unlisted, used = 0, 0, [], set()
    for report in pathlib.Path(reports).rglob("*.xml"):
        for case in xml.parse(report).getroot().iter("testcase"):
            name = case.get("classname").rsplit(".", 1)[-1]
            method = name + "#" + case.get("name").split("(", 1)[0]
            found = case.find("skipped")
            if found is None:
                ran += 1
                continue
            skipped += 1
            why = next(iter((found.text or "").strip().splitlines()), "")
            entry = next((e for e in listed if e in (method, name)
                          or e.startswith(name + "/") and e.split("/", 1)[1] in why), None)
            if entry is None:
                unlisted.append(method + ": " + why)
            else:
                used.add(entry)
    print(f"{platform}: {ran} tests run, {skipped} excluded:")
    for entry in sorted(used):
        print(f"  {entry}: {listed[entry]}")
    faults = [f"skipped, but not in {exclusions}: {each}" for each in unlisted]
    faults += [f"in {exclusions}, but not skipped: {each}" for each in sorted(listed.keys() - used)]
    text = pathlib.Path(page).read_text(encoding="utf-8") if pathlib.Path(page).exists() else ""
    faults += [f"in {exclusions}, but not in {page} with its reason: {name}"
               for name, reason in listed.items() if f"`{name}`" not in text or reason not in text]
    if ran == 0:
        faults.append("no test ran")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
