"""Every surviving mutant must be explained, and every explanation must still be needed.

``equivalent.txt`` holds a line for each mutant that changes nothing anybody could notice: the
hash of its place and its changed lines, its module, and the reason.
"""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

from tests.mutation.tables import mutants, survivors

EQUIVALENT = Path(__file__).with_name("equivalent.txt")


def mutmut(*words: str) -> str:
    command = [sys.executable, "-m", "mutmut", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def mutants_of_functions() -> tuple[int, dict[str, str]]:
    """How many mutants mutmut made, and what survived: hash to place and diff."""
    results = re.findall(r"(\S+): (.+)", mutmut("results", "--all", "true"))
    alive = [name for name, status in results if status not in {"killed", "timeout"}]
    explained: dict[str, str] = {}
    for name in alive:
        diff = re.findall(r"^(?:[-+](?![-+])).*$", mutmut("show", name), re.MULTILINE)
        place = re.sub(r"__mutmut_\d+$", "", name)
        explained |= named(place, "\n".join(diff))
    return len(results), explained


def mutants_of_tables() -> tuple[int, dict[str, str]]:
    """The same for what stands outside of functions."""
    made = mutants()
    alive: dict[str, str] = {}
    for mutant in survivors(made):
        alive |= named(f"rarepath.kernel.{mutant.module}", mutant.diff)
    return len(made), alive


def named(place: str, diff: str) -> dict[str, str]:
    text = f"{place}\n{diff}"
    return {hashlib.sha256(text.encode()).hexdigest()[:12]: text}


def main() -> int:
    (functions, alive), (tables, more) = mutants_of_functions(), mutants_of_tables()
    alive |= more
    listed = {line.split()[0] for line in EQUIVALENT.read_text().splitlines()}
    for name in sorted(alive.keys() - listed):
        print(f"A mutant survived; test it, or list it: {name}\n{alive[name]}\n")
    for name in sorted(listed - alive.keys()):
        print(f"No longer a survivor; take it off the list: {name}")
    killed = functions + tables - len(alive)
    print(f"{functions} mutants in functions, {tables} outside: {killed} killed, {len(alive)} not.")
    return int(functions == 0 or tables == 0 or alive.keys() != listed)


if __name__ == "__main__":
    sys.exit(main())
