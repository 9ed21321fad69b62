"""Finds a Python that the system runs on; readable by every Python 3, so that an old one can say so."""

import os
import shutil
import sys

OLDEST = (3, 11)
# The lock with hashes serves these; a newer one is tried when there is no other.
NEWEST = (3, 13)


def named(version):
    """Return the version as a person writes it."""
    return ".".join(str(part) for part in version[:2])


def choose(version, which=shutil.which):
    """Return what to do under this version: None (go on), the path of a better Python, or a sentence.

    The sentence is for the person: nothing suitable is installed.
    """
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return None, None
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        better = which(f"python3.{minor}")
        if better:
            return better, None
    if tuple(version[:2]) > NEWEST:
        return None, None
    return None, (
        "Python {} or newer is needed and this is {}: install one (Debian, Ubuntu: apt-get install python3) "
        "or name it, as in: python3.12 {}".format(named(OLDEST), named(version), " ".join(sys.argv))
    )


def require():
    """Go on under a suitable Python: this one, another one of this machine, or end with a sentence."""
    better, sentence = choose(sys.version_info)
    if sentence:
        sys.stderr.write(sentence + "\n")
        sys.exit(2)
    if better and os.environ.get("EGOV_PYTHON_CHOSEN") != "yes":
        os.environ["EGOV_PYTHON_CHOSEN"] = "yes"
        os.execv(better, [better, *sys.argv])
