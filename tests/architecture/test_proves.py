"""The collector of `proves`: rule to tests, what was left out, and a marker that names nothing."""

import pytest

pytest_plugins = ("pytester",)

HEAD = "import pytest\n"
TWO = HEAD + (
    "@pytest.mark.proves('R99', 'I12')\ndef test_lapse(): pass\n"
    "@pytest.mark.parametrize('year', [1, 2])\n"
    "@pytest.mark.proves('R99')\n@pytest.mark.night\ndef test_ten_years(year): pass\n"
)
OPTIONS = ("-p", "tests.proves", "-p", "no:cacheprovider")
INI = "[pytest]\nmarkers =\n  proves(*ids): rules\n  night: long\n"


def run(pytester: pytest.Pytester, source: str, *more: str) -> pytest.RunResult:
    pytester.makepyfile(source)
    pytester.makefile(".ini", pytest=INI)
    return pytester.runpytest_subprocess(*OPTIONS, *more, timeout=60)


def test_each_rule_is_listed_with_the_tests_that_prove_it(pytester: pytest.Pytester) -> None:
    result = run(pytester, TWO, "--proves")
    result.stdout.fnmatch_lines(["I12: *::test_lapse", "R99: *::test_lapse, *::test_ten_years"])
    assert "passed" not in result.stdout.str()
    assert result.ret == pytest.ExitCode.OK


def test_a_test_left_out_is_named_and_never_skipped_in_silence(pytester: pytest.Pytester) -> None:
    result = run(pytester, TWO, "-m", "not night")
    result.stdout.fnmatch_lines(["*left out of this run: 2*", "*::test_ten_years*"])
    assert result.ret == pytest.ExitCode.OK


def test_a_marker_that_names_no_rule_is_refused(pytester: pytest.Pytester) -> None:
    result = run(pytester, HEAD + "@pytest.mark.proves()\ndef test_nothing(): pass\n")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*test_nothing: proves() names no rule*"])
