"""The network of all-MiniLM-L6-v2 as an ONNX graph: from its weights to the unit vector of a text.

It is BERT (Devlin et al. 2019) with 6 layers, 12 heads and a width of 384, then the mean over
the tokens and division by the length, as sentence-transformers does. Only standard operators.
Importing this module needs the part `vectors`.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, checker, helper, numpy_helper

__all__ = ["bert_graph"]

_LAYERS, _HEADS, _WIDTH = 6, 12, 384
_OPSET, _IR = 20, 10  # 20 is the first with Gelu; onnxruntime runs it since 1.17
_INPUT, _OUTPUT = "tokens", "vector"

_Weights = Mapping[str, NDArray[np.float32]]


def bert_graph(weights: _Weights) -> Any:
    """The model as an ``onnx.ModelProto``, in 32-bit floats.

    ``weights`` are by the names of the upstream file. Input: ``tokens``, int64, (texts, tokens),
    every row as long as the others and without padding. Output: ``vector``, (texts, 384).
    """
    graph = _Graph(weights)
    graph.write()
    value = helper.make_tensor_value_info
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [value(_INPUT, TensorProto.INT64, ["texts", "length"])],
            [value(_OUTPUT, TensorProto.FLOAT, ["texts", _WIDTH])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR,
    )
    checker.check_model(model)
    return model


class _Graph:
    """Writes nodes in order; each method returns the name of its result."""

    def __init__(self, weights: _Weights) -> None:
        self._weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def write(self) -> None:
        self._constant("first", np.array([0]))
        self._constant("split", np.array([0, 0, _HEADS, _WIDTH // _HEADS]))
        self._constant("joined", np.array([0, 0, _WIDTH]))
        self._constant("scale", np.float32((_WIDTH / _HEADS) ** -0.5))
        hidden = self._embeddings()
        for number in range(_LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{number}")
        mean = self._node(
            "ReduceMean", hidden, self._constant("tokens_axis", np.array([1])), keepdims=0
        )
        self._node("LpNormalization", mean, axis=-1, p=2, output=_OUTPUT)

    def _embeddings(self) -> str:
        name = "embeddings"
        words = self._constant(name, self._weights[f"{name}.word_embeddings.weight"])
        # A text is always of the first of BERT's two kinds, so that vector is a constant.
        kind = self._weights[f"{name}.token_type_embeddings.weight"][0]
        places = self._weights[f"{name}.position_embeddings.weight"] + kind
        length = self._node("Shape", _INPUT, start=1, end=2)
        placed = self._node("Slice", self._constant("places", places), "first", length)
        return self._norm(
            self._sum(self._node("Gather", words, _INPUT), placed), f"{name}.LayerNorm"
        )

    def _layer(self, hidden: str, name: str) -> str:
        seen = self._dense(
            self._attention(hidden, f"{name}.attention.self"), f"{name}.attention.output.dense"
        )
        hidden = self._norm(self._sum(hidden, seen), f"{name}.attention.output.LayerNorm")
        inner = self._node("Gelu", self._dense(hidden, f"{name}.intermediate.dense"))
        return self._norm(
            self._sum(hidden, self._dense(inner, f"{name}.output.dense")),
            f"{name}.output.LayerNorm",
        )

    def _attention(self, hidden: str, name: str) -> str:
        query = self._heads(hidden, f"{name}.query", [0, 2, 1, 3])
        key = self._heads(hidden, f"{name}.key", [0, 2, 3, 1])
        value = self._heads(hidden, f"{name}.value", [0, 2, 1, 3])
        scores = self._node("Mul", self._node("MatMul", query, key), "scale")
        mixed = self._node("MatMul", self._node("Softmax", scores, axis=-1), value)
        return self._node("Reshape", self._node("Transpose", mixed, perm=[0, 2, 1, 3]), "joined")

    def _heads(self, hidden: str, name: str, order: list[int]) -> str:
        split = self._node("Reshape", self._dense(hidden, name), "split")
        return self._node("Transpose", split, perm=order)

    def _dense(self, given: str, name: str) -> str:
        weight = self._constant(f"{name}.weight", self._weights[f"{name}.weight"].T)
        return self._sum(self._node("MatMul", given, weight), self._kept(f"{name}.bias"))

    def _norm(self, given: str, name: str) -> str:
        scale, shift = self._kept(f"{name}.weight"), self._kept(f"{name}.bias")
        return self._node("LayerNormalization", given, scale, shift, axis=-1, epsilon=1e-12)

    def _sum(self, left: str, right: str) -> str:
        return self._node("Add", left, right)

    def _kept(self, name: str) -> str:
        return self._constant(name, self._weights[name])

    def _constant(self, name: str, array: Any) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def _node(self, kind: str, *given: str, output: str | None = None, **attributes: Any) -> str:
        name = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, given, [name], name=name, **attributes))
        return name
