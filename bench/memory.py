"""What memory a process took."""

import re
import resource
from pathlib import Path


def peak_memory() -> float:
    """The most memory this process has taken, in MB.

    Where Linux tells it, without that of the process that started this one, which `getrusage`
    hands on.
    """
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(re.findall(r"VmHWM:\s*(\d+)", status.read_text())[0]) / 1024
