"""What the whole repository keeps to: few dependencies, small modules, nothing private or foreign."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=30
    )
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of committed files")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts(*suffixes: str) -> list[tuple[str, str]]:
    return [
        (str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        for path in tracked()
        if path.suffix in suffixes
    ]


def test_there_are_fewer_than_25_direct_runtime_dependencies() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(project["dependencies"]) < 25


def test_no_module_grows_past_four_hundred_lines() -> None:
    long = {name: text.count("\n") for name, text in texts(".py") if "/migrations/" not in name}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_no_address_of_a_package_registry_is_committed() -> None:
    hosts = re.compile(r"(registry\.npmjs|files\.pythonhosted|pypi\.(org|python)|deb\.debian)\b")
    found = [name for name, text in texts(".json", ".toml", ".txt", ".md", ".cfg", "") if hosts.search(text)]
    assert found == []


def test_no_pixel_of_a_photograph_is_committed() -> None:
    kinds = {".jpg", ".jpeg", ".heic", ".avif", ".webp", ".mp4", ".gif"}
    assert [path for path in tracked() if path.suffix.lower() in kinds] == []


def test_every_exception_to_a_lint_rule_has_its_reason_beside_it() -> None:
    bare = re.compile(r"#\s*(noqa(:\s*[A-Z0-9, ]+)?|type:\s*ignore(\[[\w, -]+\])?)\s*$", re.M)
    found = [name for name, text in texts(".py") if name.startswith("amparo/") and bare.search(text)]
    assert found == []


def test_no_picture_library_that_could_look_for_faces_is_named() -> None:
    face = re.compile(r"CascadeClassifier|FaceDetector|haarcascade|face_encodings|detectMultiScale")
    assert [name for name, text in texts(".py") if name.startswith("amparo/") and face.search(text)] == []


def test_no_model_or_cascade_file_is_committed() -> None:
    kinds = {".onnx", ".pt", ".pth", ".tflite", ".pb", ".caffemodel", ".h5", ".safetensors"}
    assert [path for path in tracked() if path.suffix in kinds or "cascade" in path.name] == []


def test_nothing_outside_net_imports_a_url_opener() -> None:
    """import-linter cannot tell urllib.request from urllib.parse, so this reads the imports themselves."""
    opener = re.compile(
        r"^\s*(import urllib\.request|from urllib(\.request)? import .*(request|urlopen))", re.M
    )
    found = [
        name for name, text in texts(".py") if re.match(r"amparo/(?!net/)", name) and opener.search(text)
    ]
    assert found == []
