"""Checks every crate's licence, name and origin against deny.toml, where cargo-deny is not installed.

Reads the lists of deny.toml, so the two cannot disagree. Everything in the lock file counts: every platform's crates and
those of the tests. Advisories are not looked at.
"""

import json
import re
import subprocess
import sys
import tomllib

CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"


def allowed(expression, allow):
    """Whether an SPDX expression can be met with the allowed licences; `/` is the old way to write `OR`."""
    tokens = re.findall(r"[()]|[^\s()]+", expression.replace("/", " OR "))

    def any_of():
        met = all_of()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            met = all_of() or met
        return met

    def all_of():
        met = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            met = one() and met
        return met

    def one():
        token = tokens.pop(0)
        if token == "(":
            met = any_of()
            tokens.pop(0)
            return met
        if tokens and tokens[0] == "WITH":
            tokens.pop(0)
            token = f"{token} WITH {tokens.pop(0)}"
        return token in allow

    met = any_of()
    if tokens:
        raise ValueError(f"`{expression}` is no licence expression")
    return met


def main():
    with open("deny.toml", "rb") as file:
        deny = tomllib.load(file)
    allow = set(deny["licenses"]["allow"])
    banned = {ban["name"]: ban["reason"] for ban in deny["bans"]["deny"]}
    asked = ["cargo", "metadata", "--format-version", "1", "--locked"]
    packages = json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)["packages"]
    wrong = []
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if not package["license"]:
            wrong.append(f"{name} states no licence")
        elif not allowed(package["license"], allow):
            wrong.append(f"{name}: `{package['license']}` cannot be met with what deny.toml allows")
        if package["name"] in banned:
            wrong.append(f"{name} is banned: {banned[package['name']]}")
        if package["source"] not in (None, CRATES_IO):
            wrong.append(f"{name} comes from {package['source']}, not from crates.io")
    for line in wrong:
        print(line)
    print(f"licences: {len(packages)} crates looked at, {len(wrong)} complaints")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
