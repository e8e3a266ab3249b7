import stat
from pathlib import Path

import pytest

from rarepath.kernel.errors import ConfigBroken
from rarepath.services.home import Home, find_home


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_variable_names_the_home(tmp_path: Path) -> None:
    assert find_home({"RAREPATH_HOME": str(tmp_path)}).root == tmp_path


def test_a_relative_or_short_name_becomes_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/ana")
    assert find_home({"RAREPATH_HOME": "data"}).root == tmp_path / "data"
    assert find_home({"RAREPATH_HOME": "~/data"}).root == Path("/home/ana/data")


@pytest.mark.parametrize(
    ("environment", "root"),
    [
        ({}, "/home/ana/.local/share/rarepath"),
        ({"RAREPATH_HOME": ""}, "/home/ana/.local/share/rarepath"),
        ({"XDG_DATA_HOME": "/data"}, "/data/rarepath"),
        ({"XDG_DATA_HOME": "data"}, "/home/ana/.local/share/rarepath"),
        ({"XDG_DATA_HOME": ""}, "/home/ana/.local/share/rarepath"),
    ],
)
def test_the_default_follows_xdg(
    environment: dict[str, str], root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    assert find_home(environment).root == Path(root)


def test_finding_creates_nothing(tmp_path: Path) -> None:
    home = find_home({"RAREPATH_HOME": str(tmp_path / "home")})
    assert home.where("packs") == tmp_path / "home" / "packs"
    assert home.config_file == tmp_path / "home" / "config.toml"
    assert not home.root.exists()


def test_folders_are_made_on_demand_and_private(tmp_path: Path) -> None:
    home = Home(tmp_path / "deep" / "home")
    assert home.make("record") == home.make("record") == home.root / "record"
    assert mode(home.root) == mode(home.root / "record") == 0o700
    assert [path.name for path in home.root.iterdir()] == ["record"]


def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys").chmod(0o755)
    assert mode(Home(tmp_path).make("keys")) == 0o700


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(ConfigBroken) as caught:
        Home(tmp_path / "home").make("cache")
    assert caught.value.where == str(tmp_path / "home" / "cache")
    assert "RAREPATH_HOME" in caught.value.what_to_do
