"""What docs/ says about packs is what the program does."""

import re
import textwrap
import typing
from pathlib import Path

import pytest
from pydantic import BaseModel

from rarepath.knowledge.checks import RULES
from rarepath.knowledge.packs import PackFile
from rarepath.knowledge.reader import read_yaml
from tests.knowledge.tiny import TINY

DOCS = Path(__file__).parents[2] / "docs"


def parts(page: str) -> dict[str, str]:
    """The text below each `## heading` of a page."""
    pieces = re.split(r"^## (.+)$", page, flags=re.M)
    return dict(zip(pieces[1::2], map(str.strip, pieces[2::2]), strict=True))


def models(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """`model` and every model inside it, by name."""
    found = {model.__name__: model}
    pending: list[object] = [field.annotation for field in model.model_fields.values()]
    for annotation in pending:
        pending += typing.get_args(annotation)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            found |= models(annotation)
    return found


MODELS = models(PackFile)


@pytest.mark.parametrize("name", MODELS)
def test_every_key_of_a_pack_is_described(name: str) -> None:
    section = parts((DOCS / "pack-format.md").read_text())[name]
    rows = re.findall(r"^\| `(\w+)` \| (yes|no)(?:: `(.+?)`)? \| (.+) \|$", section, re.M)
    described = [(key, needed == "yes", default) for key, needed, default, _ in rows]
    fields = MODELS[name].model_fields.items()
    assert described == [
        (key, field.is_required(), field.default if isinstance(field.default, str) else "")
        for key, field in fields
    ]
    for key, field in fields:
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            meaning = next(text for row, _, _, text in rows if row == key)
            assert f"[{field.annotation.__name__}](#" in meaning


@pytest.mark.parametrize("name", MODELS)
def test_every_fixed_word_of_a_pack_is_described(name: str) -> None:
    section = parts((DOCS / "pack-format.md").read_text())[name]
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", section, re.M))
    definitions = PackFile.model_json_schema()["$defs"]
    schema = definitions.get(name, {"properties": {}})
    for key, field in schema["properties"].items():
        for word in fixed_words(field, definitions):
            assert f"`{word}`" in rows[key], f"{name}.{key} does not name {word}"


def fixed_words(
    field: dict[str, typing.Any], definitions: dict[str, dict[str, typing.Any]]
) -> list[str]:
    found = [*field.get("enum", ()), *([field["const"]] if "const" in field else ())]
    inner = [field["items"]] if "items" in field else []
    for inside in (*field.get("anyOf", ()), *inner):
        found += fixed_words(inside, definitions)
    if "$ref" in field:
        found += definitions[field["$ref"].rsplit("/", 1)[1]].get("enum", ())
    return found


def test_the_page_describes_no_part_that_does_not_exist() -> None:
    written = set(parts((DOCS / "pack-format.md").read_text()))
    assert written - set(MODELS) == {
        "How files are read", "Patterns", "Words of the phrasebook",
    }  # fmt: skip


def test_every_rule_is_described_by_its_own_summary() -> None:
    written = parts((DOCS / "rules.md").read_text())
    assert list(written) == ["readable", *(rule.name for rule in RULES)]
    for rule in RULES:
        assert written[rule.name].startswith(f"{rule.summary}\n")
        assert len(written[rule.name]) > len(rule.summary) + 40


def blocks() -> list[str]:
    page = (DOCS / "authoring-a-pack.md").read_text()
    return re.findall(r"^```yaml\n(.*?)^```", page, flags=re.M | re.S)


def held_in(part: object, whole: object) -> bool:
    """Whether `part` is a cut-out of `whole`: a mapping with fewer keys, a list with fewer."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and held_in(value, whole[key]) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return all(any(held_in(item, each) for each in whole) for item in part)
    return part == whole


@pytest.mark.parametrize("block", blocks())
def test_the_walk_through_shows_what_stands_in_the_example(block: str, tmp_path: Path) -> None:
    (tmp_path / "block.yaml").write_text(textwrap.dedent(block))
    part = read_yaml(tmp_path / "block.yaml").content
    example = {}
    for file in sorted(TINY.glob("*.yaml")):
        example |= read_yaml(file).content
    inside = [example, example["condition"], *example["statements"]]
    assert any(held_in(part, whole) for whole in inside)


def test_what_is_not_in_the_example_would_be_noticed() -> None:
    whole = {"a": [{"b": "1", "c": "2"}], "d": "3"}
    assert held_in({"a": [{"b": "1"}]}, whole)
    assert not held_in({"a": [{"b": "2"}]}, whole)
    assert not held_in({"e": "3"}, whole)
