#!/usr/bin/env bash
# The Python part of tests/run.sh: builds the wheel into a virtual environment
# of its own, installs it from there, and runs the tests, the cases, the
# examples, and the type checks; those of Django with 5.2 and with 6.
set -uo pipefail
cd "$(dirname "$0")/../.."
source tests/checks.sh
root=$PWD

# A Python that can make virtual environments.
fits() { has python3 && python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; }

fits || { can_install && apt-get update -qq && apt-get install -y -qq python3 python3-venv >"$log" 2>&1; }
fits || { skip "the Python package" "Python 3.10 or later with venv is needed"; exit 0; }

folder=$root/target/python
venv=$folder/venv
mkdir -p "$folder"
[ -x "$venv/bin/python" ] || python3 -m venv "$venv" || exit 1
cd bindings-python || exit 1

packages() {
    "$venv/bin/python" -m pip install -q --upgrade "pip>=25.1" &&
        "$venv/bin/python" -m pip install -q --group dev
}
build() {
    rm -rf "$folder/wheels" "$folder/stubs"
    "$venv/bin/maturin" build --locked --profile dev --target-dir "$root/target" --out "$folder/wheels" &&
        "$venv/bin/python" -m pip uninstall -q -y carekey &&
        "$venv/bin/python" -m pip install -q "$(echo "$folder"/wheels/*.whl)[cli,django]"
}
stub() {
    "$venv/bin/maturin" generate-stubs --locked --profile dev --target-dir "$root/target" --out "$folder/stubs" &&
        "$venv/bin/python" stubs.py --check "$folder/stubs"
}
# Where the tests find the package: installed from the wheel, and not in the
# folder of its sources.
where() { "$venv/bin/python" -c 'import carekey, sys; sys.exit("site-packages" not in carekey.__file__)'; }

check "packages for the tests" packages || exit 0
check "wheel" build || exit 0
check "installed from the wheel" where || exit 0
check "the type stub is that of the code" stub

run_tests() { # PYTHON REPORT TESTS...
    local python=$1 report=$2 code passed failed skipped
    shift 2
    "$python" -m pytest -p no:cacheprovider --junitxml "$report" "$@" 2>&1 | tee "$log"
    code=${PIPESTATUS[0]}
    read -r passed failed skipped < <("$python" - "$report" <<'PY'
import sys, xml.etree.ElementTree as tree
try:
    suite = tree.parse(sys.argv[1]).getroot().find("testsuite")
    count = {name: int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")}
except (OSError, tree.ParseError):
    count = {"tests": 0, "failures": 1, "errors": 0, "skipped": 0}
failed = count["failures"] + count["errors"]
print(max(0, count["tests"] - failed - count["skipped"]), failed, count["skipped"])
PY
    )
    if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
        failed=1
    fi
    count "$passed" "$failed" "$skipped"
}
run_tests "$venv/bin/python" "$folder/report.xml"

# Which Django is here follows from the Python: 6 is for 3.12 and later. The tests
# of Django run with the other one, too.
is_new() { "$1" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; }
new_python() {
    local python
    for python in python3.14 python3.13 python3.12 "$(pyenv root 2>/dev/null)"/versions/3.1[2-9].*/bin/python3; do
        is_new "$python" && echo "$python" && return
    done
    return 1
}
other=$folder/other-django
bring_other() { # PYTHON DJANGO
    rm -rf "$other" && mkdir "$other" && echo "$2" >"$other/constraint.txt" && "$1" -m venv "$other/venv" &&
        PIP_CONSTRAINT=$other/constraint.txt "$other/venv/bin/python" -m pip install -q \
            "$(echo "$folder"/wheels/*.whl)[django]" pytest httpx2
}
with_other() { # PYTHON DJANGO
    check "$2" bring_other "$1" "$2" &&
        PIP_CONSTRAINT=$other/constraint.txt run_tests "$other/venv/bin/python" "$other/report.xml" \
            tests/apps/test_django.py tests/test_adoption.py::test_a_django_site
}
if is_new "$venv/bin/python"; then
    with_other "$venv/bin/python" "django>=5.2,<6"
elif python=$(new_python); then
    with_other "$python" "django>=6"
else
    skip "Django 6" "Python 3.12 or later with venv is needed"
fi

check "types: mypy" "$venv/bin/mypy" python tests examples
check "types: pyright" "$venv/bin/pyright" --pythonpath "$venv/bin/python"
check "types: stubtest" "$venv/bin/stubtest" carekey._carekey --ignore-disjoint-bases --allowlist stubtest.txt
exit 0
