"""The register of scoring methods, and the calculator (试算) that runs one of them."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from desktop.domain.names import display_name
from desktop.domain.points import Rounding
from desktop.domain.scoring import (
    s01_completion,
    s02_completion_bonus,
    s03_percentage_points,
    s04_percent_steps,
    s05_tiers,
    s06_reverse_difference,
    s07_reverse_ratio,
    s08_obligation,
    s09_grades,
    s10_benchmark,
    s11_increment_growth,
    s12_efficacy,
    s13_rank_points,
    s14_against_best,
    s15_trimmed_mean,
    s16_checklist,
    s17_open_covert,
    s18_periods,
    s19_bonus_penalty,
    s20_revisit,
    s21_votes,
    s22_pro_rata,
    s23_group_factor,
    s27_no_task,
    s30_rectification,
    s31_total,
    s32_notices,
    s33_bottom_places,
)
from desktop.domain.scoring.method import Method, Result, conclude
from desktop.domain.scoring.parameters import Values
from desktop.errors import UserError
from desktop.i18n import _

METHODS: Mapping[str, Method] = MappingProxyType(
    {
        module.METHOD.code: module.METHOD
        for module in (
            s01_completion,
            s02_completion_bonus,
            s03_percentage_points,
            s04_percent_steps,
            s05_tiers,
            s06_reverse_difference,
            s07_reverse_ratio,
            s08_obligation,
            s09_grades,
            s10_benchmark,
            s11_increment_growth,
            s12_efficacy,
            s13_rank_points,
            s14_against_best,
            s15_trimmed_mean,
            s16_checklist,
            s17_open_covert,
            s18_periods,
            s19_bonus_penalty,
            s20_revisit,
            s21_votes,
            s22_pro_rata,
            s23_group_factor,
            s27_no_task,
            s30_rectification,
            s31_total,
            s32_notices,
            s33_bottom_places,
        )
    }
)


def calculate(code: str, params: Mapping[str, object], rounding: Rounding = Rounding.HALF_UP) -> Result:
    """Compute one method; numbers are int, Decimal or text, never float. Raises UserError naming what is wrong."""
    method = METHODS.get(code)
    if method is None:
        raise UserError(
            _("There is no scoring method {code}.").format(code=display_name(code, 40)),
            _("The methods are: {codes}.").format(codes=", ".join(METHODS)),
        )
    return conclude(method.score(Values(method.parameters, params)), rounding)


def read_params(text: str) -> dict[str, object]:
    """Return the parameters in a JSON text, with its numbers as Decimal; raises UserError for anything else."""
    try:
        params = json.loads(
            text,
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_without_duplicates,
        )
    except (ValueError, RecursionError, InvalidOperation):
        params = None
    if not isinstance(params, dict):
        raise UserError(
            _("The parameters are not a JSON object."),
            _("Write them like this: {example}").format(example=_EXAMPLE),
        )
    return params


_EXAMPLE = '{"W": 10, "T": 120, "A": "111.6"}'


def _refuse_constant(text: str) -> object:
    raise ValueError(text)


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)
