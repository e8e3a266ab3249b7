"""Quantities: strict to read, exact to convert, impossible to mix up."""

from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rarepath.kernel.errors import ImplausibleValue, UnitMismatch
from rarepath.kernel.quantity import Quantity, Unit, plain_decimal

q = Quantity.parse


# Each unit against the base of its kind, written out a second time: what one of it is.
ONE_OF = [
    ("kg", "1000", "g"),
    ("mg", "0.001", "g"),
    ("ug", "0.000001", "g"),
    ("ng", "0.000000001", "g"),
    ("[lb_av]", "453.59237", "g"),
    ("mmol", "0.001", "mol"),
    ("umol", "0.000001", "mol"),
    ("nmol", "0.000000001", "mol"),
    ("cm", "0.01", "m"),
    ("mm", "0.001", "m"),
    ("[in_i]", "25.4", "mm"),
    ("cm2", "0.0001", "m2"),
    ("mm2", "0.000001", "m2"),
    ("dL", "0.1", "L"),
    ("mL", "0.001", "L"),
    ("uL", "0.000001", "L"),
    ("fL", "0.000000000000001", "L"),
    ("mm[Hg]", "0.133322", "kPa"),
    ("%", "0.01", "1"),
    ("10*3", "1000", "1"),
    ("10*6", "1000000", "1"),
    ("10*9", "1000000000", "1"),
    ("d", "24", "h"),
    ("h", "60", "min"),
    ("wk", "7", "d"),
    ("a", "12", "mo"),
    ("mg/dL", "10", "mg/L"),
    ("mg/dL", "0.01", "g/L"),
    ("10*9/L", "1000", "/uL"),
    ("mg/kg", "1000", "ug/kg"),
    ("mg/g", "1000", "mg/kg"),
    ("J/cm2", "10000", "J/m2"),
    ("g/m2/wk", "1000", "mg/m2/wk"),
    ("mL/min/{1.73_m2}", "0.001", "L/min/{1.73_m2}"),
]


@pytest.mark.parametrize(("unit", "amount", "base"), ONE_OF)
def test_factors(unit: str, amount: str, base: str) -> None:
    one = Quantity.of("1", unit)
    assert one.to(Unit(base)).amount == Decimal(amount)
    assert one == Quantity.of(amount, base)
    assert Quantity.of(amount, base).to(Unit(unit)).amount == 1


def test_base_units_are_one() -> None:
    for code in ("g", "mol", "U", "J", "m", "m2", "L", "kPa", "Cel", "1", "d", "mo", "{1.73_m2}"):
        assert Unit(code).factor == 1
        assert Unit(code).offset == 0


DIMENSIONS = [
    ("mg", "mass"),
    ("mmol", "amount of substance"),
    ("umol", "amount of substance"),
    ("nmol", "amount of substance"),
    ("fL", "volume"),
    ("mol", "amount of substance"),
    ("U", "enzyme activity"),
    ("J", "energy"),
    ("mm", "length"),
    ("cm2", "area"),
    ("mL", "volume"),
    ("kPa", "pressure"),
    ("Cel", "temperature"),
    ("[degF]", "temperature"),
    ("%", "number"),
    ("10*9", "number"),
    ("{1.73_m2}", "standard body surface"),
    ("wk", "time"),
    ("min", "time"),
    ("mo", "calendar time"),
    ("a", "calendar time"),
    ("mg/kg", "mass per mass"),
    ("mg/m2", "mass per area"),
    ("mmol/L", "amount of substance per volume"),
    ("/uL", "number per volume"),
    ("mg/min", "mass per minute"),
    ("mg/h", "mass per hour"),
    ("mg/d", "mass per day"),
    ("mg/wk", "mass per week"),
    ("mg/mo", "mass per month"),
    ("mg/a", "mass per year"),
    ("mg/m2/wk", "mass per area per week"),
    ("mg/wk/m2", "mass per area per week"),
    ("mL/{1.73_m2}/min", "volume per minute per standard body surface"),
]


@pytest.mark.parametrize(("code", "dimension"), DIMENSIONS)
def test_dimensions(code: str, dimension: str) -> None:
    assert Unit(code).dimension == dimension


WRITTEN = [
    # what is written, its code, its text for readers
    ("mcg", "ug", "mcg"),
    ("\u00b5g", "ug", "mcg"),
    ("\u03bcg", "ug", "mcg"),
    ("\u00b5L", "uL", "\u00b5L"),
    ("\u03bcL", "uL", "\u00b5L"),
    ("\u00b5mol/L", "umol/L", "\u00b5mol/L"),
    ("\u03bcmol/L", "umol/L", "\u00b5mol/L"),
    ("lb", "[lb_av]", "lb"),
    ("in", "[in_i]", "in"),
    ("mg/m²", "mg/m2", "mg/m²"),
    ("J/cm²", "J/cm2", "J/cm²"),
    ("mm²", "mm2", "mm²"),
    ("mmHg", "mm[Hg]", "mmHg"),
    ("degC", "Cel", "°C"),
    ("°C", "Cel", "°C"),
    ("degF", "[degF]", "°F"),
    ("°F", "[degF]", "°F"),
    ("10^3/L", "10*3/L", "× 10³/L"),
    ("10^6/L", "10*6/L", "× 10⁶/L"),
    ("10^9/L", "10*9/L", "× 10⁹/L"),
    ("1/uL", "/uL", "/\u00b5L"),
    ("/uL", "/uL", "/\u00b5L"),
    ("1", "1", ""),
    ("%", "%", "%"),
    ("mL/min/1.73m2", "mL/min/{1.73_m2}", "mL/minute/1.73 m²"),
    ("mL/{1.73_m2}/min", "mL/min/{1.73_m2}", "mL/minute/1.73 m²"),
    ("mg/hour", "mg/h", "mg/hour"),
    ("mg/day", "mg/d", "mg/day"),
    ("mg/week/m²", "mg/m2/wk", "mg/m²/week"),
    ("mg/d/kg", "mg/kg/d", "mg/kg/day"),
    ("month", "mo", "month"),
    ("year", "a", "year"),
]


@pytest.mark.parametrize(("written", "code", "text"), WRITTEN)
def test_spellings(written: str, code: str, text: str) -> None:
    unit = Unit(written)
    assert (unit.code, unit.text()) == (code, text)
    assert unit == Unit(code)


@pytest.mark.parametrize(
    "text", ["", "mgs", "MG", " mg", "mg ", "mg//d", "mg/", "/", "mg*d", "mg/%", "mg/1", "/Cel"]
)
def test_unknown_units(text: str) -> None:
    with pytest.raises(UnitMismatch) as caught:
        Unit(text)
    assert caught.value.message == f"{text!r} is not a unit known here."
    assert caught.value.what_to_do.startswith("Use a UCUM code built from: g, kg, mg, ug, ng, ")


@pytest.mark.parametrize("text", ["Cel/kg", "degF/d", "10*9/10*3", None, 1])
def test_meaningless_units(text: str) -> None:
    with pytest.raises(UnitMismatch) as caught:
        Unit(text)
    assert caught.value.message == f"{text!r} is not a unit known here."


@pytest.mark.parametrize(
    ("text", "amount", "code"),
    [
        ("15.9 mg", "15.9", "mg"),
        ("0 mg", "0", "mg"),
        ("-1.25 mm", "-1.25", "mm"),
        ("0.05 mg", "0.05", "mg"),
        ("5 10*9/L", "5", "10*9/L"),
        ("100 %", "100", "%"),
        ("123456789012345.123456789012345 g", "123456789012345.123456789012345", "g"),
    ],
)
def test_reading(text: str, amount: str, code: str) -> None:
    assert (q(text).amount, q(text).unit) == (Decimal(amount), Unit(code))


NUMBERS_ELSEWHERE = [
    *("NaN", "Infinity", "-Infinity", "inf", "1_0", "1e3", "1E3", "0x1F", "1/2", "1,5", "1.2.3"),
    *("015", "00", ".5", "5.", "+5", "--5", "-", "", " 5", "5\n"),
    *("1234567890123456", "1.1234567890123456"),
    *("\uff16\uff10", "\u0661\u0665", "\u22125"),  # full-width, Arabic, a minus sign
]


@pytest.mark.parametrize("amount", [*NUMBERS_ELSEWHERE, 5, 5.0, True, None, Decimal(5)])
def test_amounts_that_are_refused(amount: str) -> None:
    with pytest.raises(ImplausibleValue) as caught:
        Quantity.of(amount, "mg")
    assert caught.value.message == f"{amount!r} is not a plain decimal number."
    assert caught.value.what_to_do == ("Write digits with a point if needed, such as 0.5 or 15.9.")


@pytest.mark.parametrize("text", ["15", "15mg", "", "NaN", 15, 15.0, True, None])
def test_a_unit_cannot_be_left_out(text: str) -> None:
    with pytest.raises(ImplausibleValue) as caught:
        q(text)
    assert caught.value.message == f"{text!r} is not an amount with a unit."
    assert caught.value.what_to_do == "Write the amount, a space and the unit, such as 15 mg."


@pytest.mark.parametrize("text", ["15 ", "15  mg", "15 mg ", "15 mg daily"])
def test_spaces_are_not_guessed(text: str) -> None:
    with pytest.raises(UnitMismatch):
        q(text)


NO_AMOUNTS = [
    *(True, 1, 1.5, float("nan"), "1", None),
    *map(Decimal, ("NaN", "-Infinity", "1E+31", "-1E+31", "9E-31")),
]


@pytest.mark.parametrize("number", NO_AMOUNTS)
def test_only_finite_decimals(number: Decimal) -> None:
    builds: list[Callable[[], Quantity]] = [
        lambda: Quantity(number, Unit("mg")),
        lambda: q("1 mg").times(number),
    ]
    for build in builds:
        with pytest.raises(ImplausibleValue) as caught:
            build()
        assert (
            caught.value.message == f"{number!r} is not a finite decimal number of ordinary size."
        )
        assert caught.value.what_to_do == (
            "Give a Decimal; a float, NaN or infinity is never an amount."
        )


def test_the_largest_and_the_smallest_amount() -> None:
    for number in (Decimal("9E+30"), Decimal("1E-30")):
        assert Quantity(number, Unit("mg")).amount == number


APART = [
    ("mg/d", "mg/wk"),
    ("mg/wk", "mg/mo"),
    ("mg/h", "mg/d"),
    ("mg", "mg/wk"),
    ("mg/kg", "mg"),
    ("mg/kg", "1"),
    ("mg/kg", "mg/m2"),
    ("mg/dL", "mmol/L"),
    ("mo", "d"),
    ("a", "d"),
    ("a", "wk"),
    ("m", "m2"),
    ("mL/min", "mL/min/{1.73_m2}"),
    ("U/L", "mol/L"),
    ("Cel", "1"),
]


@pytest.mark.parametrize(("one", "other"), [*APART, *(pair[::-1] for pair in APART)])
def test_what_never_mixes(one: str, other: str) -> None:
    first, second = Quantity.of("1", one), Quantity.of("1", other)
    for mix in (
        lambda: first.to(second.unit),
        lambda: first + second,
        lambda: first - second,
        lambda: first < second,
        lambda: first <= second,
        lambda: first > second,
        lambda: first >= second,
        lambda: first.rounded_to(second),
    ):
        with pytest.raises(UnitMismatch):
            mix()
    assert first != second


def test_a_mismatch_names_both_sides() -> None:
    with pytest.raises(UnitMismatch) as caught:
        q("15 mg/d").to(Unit("mg/wk"))
    assert caught.value.message == "mg/d is mass per day, but mg/wk is mass per week."
    assert caught.value.what_to_do == "Give both in units that measure the same thing."


@pytest.mark.parametrize(
    ("fahrenheit", "celsius"), [("98.6", "37"), ("32", "0"), ("-40", "-40"), ("212", "100")]
)
def test_temperatures(fahrenheit: str, celsius: str) -> None:
    hot = Quantity.of(fahrenheit, "degF")
    assert hot.to(Unit("Cel")).text() == f"{celsius} °C"
    assert Quantity.of(celsius, "Cel").to(Unit("degF")).text() == f"{fahrenheit} °F"
    assert hot == Quantity.of(celsius, "Cel")


def test_temperatures_have_no_sums() -> None:
    combinations: list[Callable[[], Quantity]] = [
        lambda: q("37 Cel") + q("1 Cel"),
        lambda: q("37 Cel") - q("1 Cel"),
        lambda: q("98 degF").times(Decimal(2)),
        lambda: q("37.2 Cel").rounded_to(q("1 Cel")),
    ]
    for combine in combinations:
        with pytest.raises(UnitMismatch) as caught:
            combine()
        assert caught.value.message == (
            "A temperature is a point on a scale; it has no sums or multiples."
        )
        assert caught.value.what_to_do == "Compare temperatures instead."


def test_comparison_is_physical() -> None:
    assert q("1 g") == q("1000 mg")
    assert hash(q("1 g")) == hash(q("1000 mg"))
    assert len({hash(q(f"{n} mg")) for n in range(1, 100)}) > 90
    assert q("1 g") != q("1001 mg")
    assert q("999 mg") < q("1 g") <= q("1000 mg")
    assert not q("1 g") < q("1000 mg")
    assert min(q("15.9 mg"), q("0.025 g")) == q("15.9 mg")
    assert q("1 mg") != "1 mg"
    assert q("1 mg").__eq__("1 mg") is NotImplemented


def test_sums_keep_the_first_unit() -> None:
    assert (q("1 g") + q("500 mg")).text() == "1.5 g"
    assert (q("1 g") - q("1500 mg")).text() == "-0.5 g"
    assert q("12.5 mg").times(Decimal("0.5")).text() == "6.25 mg"


def test_a_dose_by_body() -> None:
    assert q("15 mg/m2/wk").applied_to(q("1.06 m2")).text() == "15.9 mg/week"
    assert q("1 mg/kg/d").applied_to(q("18.4 kg")).text() == "18.4 mg/day"
    assert q("1 mg/kg").applied_to(q("100 lb")).text() == "45.359237 mg"
    assert q("5 /uL").applied_to(q("2 mL")) == q("10000 1")
    assert q("5 10*9/L").applied_to(q("2 L")).text() == "10 × 10⁹"
    assert q("6 L/kg/L").applied_to(q("2 L")).text() == "12 L/kg"


@pytest.mark.parametrize(
    ("rate", "measure", "per"),
    [
        ("1 mg/kg", "1.06 m2", "area"),
        ("1 mg", "70 kg", "mass"),
        ("15 mg/wk", "7 d", "time"),
        ("15 mg/wk", "1 wk", "time"),
        ("1 kg", "1 kg", "mass"),
    ],
)
def test_a_dose_by_the_wrong_measure(rate: str, measure: str, per: str) -> None:
    with pytest.raises(UnitMismatch) as caught:
        q(rate).applied_to(q(measure))
    assert caught.value.message == f"{q(rate).unit.code} is not an amount per {per}."
    assert caught.value.what_to_do == (
        "Give the measure that the amount is per, such as a weight in kg for mg/kg."
    )


@pytest.mark.parametrize(
    ("amount", "step", "rounded"),
    [
        ("15.9 mg", "2.5 mg", "15 mg"),
        ("16.3 mg", "2.5 mg", "17.5 mg"),
        ("16.25 mg", "2.5 mg", "15 mg"),  # 6.5 steps: the tie goes down
        ("13.75 mg", "2.5 mg", "12.5 mg"),  # 5.5 steps: half-even would give 15
        ("-1.5 mm", "1 mm", "-1 mm"),
        ("-1.6 mm", "1 mm", "-2 mm"),
        ("0 mg", "2.5 mg", "0 mg"),
        ("1 mg", "2.5 mg", "0 mg"),
        ("0.0159 g", "2.5 mg", "15 mg"),
    ],
)
def test_rounding(amount: str, step: str, rounded: str) -> None:
    assert q(amount).rounded_to(q(step)).text() == rounded


@pytest.mark.parametrize("step", ["0 mg", "-2.5 mg"])
def test_a_step_is_above_zero(step: str) -> None:
    with pytest.raises(ImplausibleValue) as caught:
        q("15.9 mg").rounded_to(q(step))
    assert caught.value.message == "A rounding step is above zero."
    assert caught.value.what_to_do == "Give a step such as 2.5 mg."


def test_a_small_step() -> None:
    assert q("1.26 mg").rounded_to(q("0.5 mg")).text() == "1.5 mg"


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        ("25.0 mg", "25 mg"),
        ("100 mg", "100 mg"),
        ("100.00 mg", "100 mg"),
        ("0.50 mg", "0.5 mg"),
        ("0.0 mg", "0 mg"),
        ("-0 mg", "0 mg"),
        ("15 mg/m2/wk", "15 mg/m²/week"),
        ("250 10*9/L", "250 × 10⁹/L"),
        ("1500 /uL", "1500/\u00b5L"),
        ("5 %", "5%"),
        ("0.8 1", "0.8"),
        ("1 d", "1 day"),
        ("1.0 mo", "1 month"),
        ("2 wk", "2 weeks"),
        ("0.5 h", "0.5 hours"),
        ("30 min", "30 minutes"),
        ("12 mo", "12 months"),
        ("2 a", "2 years"),
        ("2 mg/d", "2 mg/day"),
    ],
)
def test_text(quantity: str, text: str) -> None:
    assert q(quantity).text() == text


def test_json_is_ucum() -> None:
    assert q("25.0 mg/m²/week").as_json() == {"amount": "25", "unit": "mg/m2/wk"}


@pytest.mark.parametrize(
    ("number", "text"), [("1E+3", "1000"), ("1E-7", "0.0000001"), ("-0.00", "0"), ("10", "10")]
)
def test_plain_decimals(number: str, text: str) -> None:
    assert plain_decimal(Decimal(number)) == text


def test_what_has_no_finite_decimal_is_rounded_once() -> None:
    pounds = q("70 kg").to(Unit("lb"))
    assert pounds.amount == Decimal("154.3235835294143065060816609415189")
    assert q("1 d").to(Unit("wk")).amount == Decimal("0." + "142857" * 5 + "1429")


def test_the_callers_context_changes_nothing() -> None:
    with localcontext() as context:
        context.prec = 2
        assert q("123.456 kg").to(Unit("g")).text() == "123456 g"
        assert q("123.456 mg").text() == "123.456 mg"
        assert (q("123.456 mg") + q("0.001 mg")).text() == "123.457 mg"
        assert q("15 mg/m2").applied_to(q("1.063 m2")).text() == "15.945 mg"


MASSES = ("g", "kg", "mg", "ug", "ng", "[lb_av]")
CODES = st.one_of(*map(st.sampled_from, (MASSES, ("m", "cm", "mm", "[in_i]"), ("Cel", "[degF]"))))
DECIMALS = st.decimals(-(10**6), 10**6, places=3)


def spelled(number: Decimal, code: str) -> Quantity:
    return Quantity.of(format(number, "f"), code)


@given(DECIMALS, CODES)
def test_what_is_written_is_read_back(number: Decimal, code: str) -> None:
    quantity = spelled(number, code)
    assert Quantity.of(**quantity.as_json()) == quantity
    assert quantity.amount == number


@given(DECIMALS, DECIMALS, st.sampled_from(MASSES), st.sampled_from(MASSES))
def test_order_against_plain_grams(
    one: Decimal, other: Decimal, code: str, other_code: str
) -> None:
    grams = {row[0]: Fraction(row[1]) for row in ONE_OF if row[2] == "g"} | {"g": Fraction(1)}
    first, second = spelled(one, code), spelled(other, other_code)
    left, right = Fraction(one) * grams[code], Fraction(other) * grams[other_code]
    assert (first < second, first == second, first > second) == (
        left < right,
        left == right,
        left > right,
    )
    lost = abs((first + second).value - (left + right))
    assert lost <= Fraction(1, 10**30) * abs(left + right)


@given(DECIMALS, st.decimals("0.001", 1000, places=3))
def test_rounding_against_a_plain_search(number: Decimal, step: Decimal) -> None:
    rounded = spelled(number, "mg").rounded_to(spelled(step, "mg")).amount
    below = number // step * step
    nearest = min((below - step, below, below + step), key=lambda at: (abs(at - number), abs(at)))
    assert rounded == nearest
