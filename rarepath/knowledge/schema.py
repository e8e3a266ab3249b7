"""The JSON Schema of a pack file, for editors: `python -m rarepath.knowledge.schema` prints it.

An editor reads YAML with guessed types (`15` is a number to it, `true` a truth value), the
strict reader reads text. So where a pack holds text, the schema lets an editor see any scalar.
"""

import json
from typing import Any

from rarepath.knowledge.packs import PackFile

__all__ = ["as_text", "pack_schema"]

_SCALARS = ["string", "number", "boolean"]


def pack_schema() -> dict[str, Any]:
    """The schema of one file of a pack, as plain JSON values."""
    schema: dict[str, Any] = _loosened(PackFile.model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def as_text() -> str:
    """The schema as docs/schema/pack.schema.json holds it."""
    return json.dumps(pack_schema(), indent=2, ensure_ascii=False) + "\n"


def _loosened(part: Any) -> Any:
    """`part` with every text also allowed as the number or truth value an editor may see."""
    if isinstance(part, list):
        return [_loosened(item) for item in part]
    if not isinstance(part, dict):
        return part
    result = {key: _loosened(value) for key, value in part.items() if key != "default"}
    if result.get("type") == "string" and not {"enum", "const"} & result.keys():
        result["type"] = _SCALARS
    return result


if __name__ == "__main__":
    print(as_text(), end="")
