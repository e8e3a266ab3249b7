import json
import runpy
from pathlib import Path

import pytest

from rarepath.knowledge import schema as module
from rarepath.knowledge.schema import as_text, pack_schema

FILE = Path(__file__).parents[2] / "docs" / "schema" / "pack.schema.json"


def test_the_schema_in_the_docs_is_up_to_date() -> None:
    """Renew it with: python -m rarepath.knowledge.schema > docs/schema/pack.schema.json."""
    assert FILE.read_text() == as_text()


def test_the_documented_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(module.__file__), run_name="__main__")
    assert capsys.readouterr().out == FILE.read_text()


def test_an_editor_may_see_any_scalar_where_a_pack_holds_text() -> None:
    schema = pack_schema()
    source = schema["$defs"]["Source"]["properties"]
    assert source["label"]["type"] == ["string", "number", "boolean"]
    assert schema["$defs"]["Name"]["properties"]["kind"]["enum"] == [
        "preferred", "synonym", "guarded",
    ]  # fmt: skip
    assert schema["$defs"]["Name"]["properties"]["kind"]["type"] == "string"
    assert schema["$defs"]["Name"]["additionalProperties"] is False
    assert '"default"' not in json.dumps(schema)
