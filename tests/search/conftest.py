"""The sentence model, built once; what needs it is skipped where the part is not installed."""

from pathlib import Path
from typing import Any

import pytest

from rarepath.search.model import COMMAND, part_present, prepare_model, weights_folder


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A freshly built model."""
    if not part_present():
        pytest.skip(f"the part 'vectors' is not installed: {COMMAND}")
    folder = prepare_model(tmp_path_factory.mktemp("cache"))
    assert folder is not None
    return folder


@pytest.fixture(scope="session")
def plain_vectors(model_folder: Path) -> dict[str, Any]:
    """Fifty sentences and the vectors that the model, written out in numpy, gives them."""
    from tests.search.sentences import SENTENCES, PlainModel

    source = weights_folder()
    assert source is not None
    plain = PlainModel(source)
    return {text: plain.vector(text) for text in SENTENCES}
