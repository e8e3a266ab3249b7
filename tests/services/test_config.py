from pathlib import Path

import pytest

from rarepath.kernel.errors import ConfigBroken
from rarepath.knowledge.base import Reader
from rarepath.services.config import Config, read_config
from rarepath.services.home import Home

EVERYTHING = """
jurisdiction = "DE"
emergency_number = "112"
code_edition = "2027"
actor_name = "Dr Ana Lima"
default_reader = "patient"
"""


def read(folder: Path, text: str | bytes) -> Config:
    content = text.encode() if isinstance(text, str) else text
    (folder / "config.toml").write_bytes(content)
    return read_config(Home(folder))


@pytest.mark.parametrize("home", ["", "missing"])
def test_no_file_means_the_defaults(tmp_path: Path, home: str) -> None:
    config = read_config(Home(tmp_path / home))
    assert config == Config() == read(tmp_path, "# nothing set")
    assert config.emergency_number == "your local emergency number"
    assert config.actor_name == "local user"
    assert config.default_reader is Reader.CLINICIAN
    assert config.jurisdiction is None
    assert config.code_edition is None


def test_every_setting_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, EVERYTHING) == Config(
        jurisdiction="DE",
        emergency_number="112",
        code_edition="2027",
        actor_name="Dr Ana Lima",
        default_reader=Reader.PATIENT,
    )


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('\nemergency_nummer = "112"', 2, "There is no setting 'emergency_nummer'"),
        ('\n\n["a b"]\nx = 1', 3, "There is no setting 'a b'"),
        ("emergency_number = 112", 1, "emergency_number: Input should be a valid string"),
        ('emergency_number = ""', 1, "emergency_number: String should match"),
        ('emergency_number = " 112"', 1, "emergency_number: String should match"),
        ('actor_name = "a\\nb"', 1, "actor_name: String should match"),
        ('\njurisdiction = "Germany"', 2, "jurisdiction: String should match"),
        ('jurisdiction = "de"', 1, "jurisdiction: String should match"),
        ("code_edition = 2027", 1, "code_edition: Input should be a valid string"),
        ('# default_reader\ndefault_reader = "nurse"', 2, "default_reader: Input should be"),
        ("default_reader = true", 1, "default_reader: Input should be"),
        ('"default\\u005freader" = "nurse"', 1, "default_reader: Input should be"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    with pytest.raises(ConfigBroken) as caught:
        read(tmp_path, text)
    assert caught.value.message.startswith(message)
    assert caught.value.where == f"{tmp_path}/config.toml:{line}"
    assert caught.value.what_to_do.startswith(("Write for example: ", "The settings are: "))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('jurisdiction = "DE"\nx = ', 2),
        ('\njurisdiction = DE\nx = "y"', 2),
        ('jurisdiction = "DE"\njurisdiction = "FR"', 2),
    ],
)
def test_what_is_not_toml(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(ConfigBroken, match="The settings are not TOML") as caught:
        read(tmp_path, text)
    assert caught.value.where == f"{tmp_path}/config.toml:{line}"


def test_what_is_not_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigBroken, match="The settings cannot be read"):
        read(tmp_path, b"\xff\xfe")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(ConfigBroken, match="The settings cannot be read"):
        read_config(Home(tmp_path))


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Config().actor_name = "someone else"
